"""Trọng tài: SimPy chạy từng việc một (đến ngẫu nhiên, làm ngẫu nhiên), mỗi người một dòng việc, người mới chuyển thì làm chậm hơn."""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import simpy


@dataclass(frozen=True)
class Worker:
    """Có mặt từ ngày ``first`` tới trước ngày ``last``; độ thạo như mô hình."""

    rate: float
    first: int = 0
    last: int = 10**9
    start: float = 1.0
    tau: float = 26.0

    def speed(self, now: float) -> float:
        return self.rate * (1 - (1 - self.start) * math.exp(-(now - self.first) / self.tau))


def mean_path(arrivals: float, workers: Sequence[Worker], *, backlog: int, days: int, runs: int, seed: int) -> list[float]:
    """Số việc còn mở (đang chờ và đang làm) cuối từng ngày, trung bình của ``runs`` lần chạy."""
    found = paths(arrivals, workers, backlog=backlog, days=days, runs=runs, seed=seed)
    return [sum(day) / runs for day in zip(*found, strict=True)]


def paths(arrivals: float, workers: Sequence[Worker], *, backlog: int, days: int, runs: int, seed: int) -> list[list[int]]:
    """Từng lần chạy một, để biết trung bình của chúng còn sai bao nhiêu."""
    return [_once(arrivals, workers, backlog, days, random.Random(seed * 1_000 + run)) for run in range(runs)]


def _once(arrivals: float, workers: Sequence[Worker], backlog: int, days: int, pick: random.Random) -> list[int]:
    env = simpy.Environment()
    waiting = simpy.Store(env)
    waiting.items.extend(range(backlog))
    found: list[int] = []
    busy = [0]
    for worker in workers:
        env.process(_works(env, worker, waiting, busy, pick))
    env.process(_arrive(env, arrivals, waiting, pick))
    env.process(_count(env, waiting, busy, found, days))
    env.run(until=days + 0.001)
    return found


def _arrive(env: simpy.Environment, arrivals: float, waiting: simpy.Store, pick: random.Random) -> Iterator[simpy.Event]:
    while True:
        yield env.timeout(pick.expovariate(arrivals))
        waiting.put(1)


def _works(env: simpy.Environment, worker: Worker, waiting: simpy.Store, busy: list[int], pick: random.Random) -> Iterator[simpy.Event]:
    yield env.timeout(worker.first)
    while env.now < worker.last:
        yield waiting.get()
        busy[0] += 1
        yield env.timeout(pick.expovariate(1) / worker.speed(env.now))
        busy[0] -= 1


def _count(env: simpy.Environment, waiting: simpy.Store, busy: list[int], found: list[int], days: int) -> Iterator[simpy.Event]:
    for _ in range(days):
        yield env.timeout(1)
        found.append(len(waiting.items) + busy[0])
