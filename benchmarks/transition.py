"""Dự báo việc tồn: 10.000 hàng chờ × 130 ngày; và đỉnh việc tồn so với SimPy chạy từng việc, khi tải trước lúc chuyển từ 0,9.

    python benchmarks/transition.py [số lần chạy SimPy]

SimPy chỉ là trung bình của từng ấy lần chạy: cột ± là sai số chuẩn của nó, phần trăm; một trăm lần thì còn hơn ba phần trăm.
Giới hạn vật lý bên cạnh: chỉ đọc ghi bộ nhớ của phép cộng và lấy max trên đúng các ma trận ấy. Thời gian là giây CPU, lần nhanh nhất của ba.
"""

import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np

from tinhgon.engine.transition.model import Move, Post, Problem, Queue
from tinhgon.engine.transition.simulate import Flow, flow_of, path, simulate
from tinhgon.engine.transition.tests.oracle import Worker, paths

QUEUES, DAYS, RUNS = 10_000, 130, 400
START = date(2026, 7, 1)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    problem = world()
    flow, one = flow_of(problem), np.ones(QUEUES)
    net = np.ascontiguousarray((flow.arrivals - flow.capacity).T)
    rows: list[tuple[str, float]] = [
        ("chỉ bộ nhớ: max(0, tồn + đến − làm), không hơn", _best(lambda: _bare(flow, net))),
        ("mô phỏng (trung bình và độ lệch)", _best(lambda: path(flow, one, one))),
        ("đọc bài thành ma trận, kiểm tra", _best(lambda: flow_of(problem))),
        ("cả kết quả: khoảng, ngày trở lại, cảnh báo", _best(lambda: simulate(problem))),
    ]
    print(f"{QUEUES} hàng chờ × {DAYS} ngày làm việc")
    for label, seconds in rows:
        print(f"{label:52}{seconds * 1000:>8.0f} ms{seconds / rows[0][1]:>8.1f} lần")
    print(f"\n{'tải trước, người, số người mới':34}{'đỉnh':>8}{'SimPy':>8}{'±':>7}{'sai':>8}{'giây SimPy':>12}")
    for load, people, moved, arrivals in ((0.9, 5, 3, 60.0), (0.92, 6, 6, 60.0), (0.95, 4, 2, 50.0), (0.99, 8, 4, 40.0)):
        single, workers = room(load, people, moved, arrivals)
        peak = simulate(single).forecasts[0].peak
        begun = time.process_time()
        found = np.array(paths(arrivals, workers, backlog=20, days=DAYS, runs=runs, seed=1), dtype=float)
        at = found.mean(axis=0).argmax()
        truth, error = found[:, at].mean(), found[:, at].std() / runs**0.5
        label = f"{load}, {people}, {moved}"
        print(f"{label:34}{peak:>8.1f}{truth:>8.1f}{error / truth:>7.1%}{peak / truth - 1:>8.1%}{time.process_time() - begun:>12.1f}")


def world() -> Problem:
    pick = random.Random(178)
    queues = tuple(Queue(id=f"q{number}", backlog=pick.randint(0, 30), arrivals=pick.uniform(2, 20)) for number in range(QUEUES))
    posts, moves = [], []
    days = Problem(start=START, days=20, queues=queues).dates()
    for queue in queues:
        people = pick.randint(1, 5)
        rate = queue.arrivals / pick.uniform(0.8, 1) / people
        for number in range(people):
            if pick.random() < 0.4:
                moves.append(Move(person=f"{queue.id}m{number}", on=pick.choice(days), target=queue.id, rate=rate, start=pick.choice((0.5, 0.8))))
            else:
                posts.append(Post(person=f"{queue.id}p{number}", queue=queue.id, rate=rate))
    return Problem(start=START, days=DAYS, queues=queues, posts=tuple(posts), moves=tuple(moves))


def room(load: float, people: int, moved: int, arrivals: float) -> tuple[Problem, list[Worker]]:
    """Một hàng chờ, ``moved`` người thay bằng người chưa quen ở ngày thứ mười; cùng điều ấy cho SimPy."""
    rate = arrivals / load / people
    posts = tuple(Post(person=f"p{number}", queue="q", rate=rate) for number in range(people - moved))
    plain = Problem(start=START, days=DAYS, queues=(Queue(id="q", backlog=20, arrivals=arrivals),), posts=posts)
    moves = tuple(Move(person=f"m{number}", on=plain.dates()[10], source="q", target="q", rate=rate) for number in range(moved))
    workers = [Worker(rate)] * (people - moved) + [Worker(rate, last=10)] * moved + [Worker(rate, first=10, start=0.5)] * moved
    return replace(plain, moves=moves), workers


def _bare(flow: Flow, net: np.ndarray) -> None:
    now, found = flow.backlog.copy(), np.empty_like(net)
    for day in range(len(net)):
        now += net[day]
        np.maximum(now, 0, out=now)
        found[day] = now


def _best(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(3):
        begun = time.process_time()
        work()
        seconds.append(time.process_time() - begun)
    return min(seconds)


if __name__ == "__main__":
    main()
