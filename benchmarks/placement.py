"""Bố trí cán bộ: lõi dòng chảy, kiểm tra, giải thích, đủ quy tắc, OR-Library, tính chất; bên cạnh là máy giải trần trong cùng một lần chạy.

    python benchmarks/placement.py [flow] [lap] [explain] [second] [full] [trials] [--people 1000,10000,100000] [--seconds 60] [--trials 10000]

Không nêu phần nào thì chạy mọi phần. Giây là giây đồng hồ; giây CPU trong ngoặc cho máy đang bận. OR-Library đọc ở TINHGON_REAL_DATA.
"""

import argparse
import os
import random
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from ortools.graph.python import min_cost_flow
from scipy.optimize import linear_sum_assignment

from tinhgon.engine.placement.acceptance import Proposals, accepted, blocking_pairs
from tinhgon.engine.placement.checking import check
from tinhgon.engine.placement.conflict.searching import conflict, conflicts
from tinhgon.engine.placement.flow import Face
from tinhgon.engine.placement.full.searching import search
from tinhgon.engine.placement.model import Problem, Weights
from tinhgon.engine.placement.orlib import read_assignment
from tinhgon.engine.placement.pricing import Pricing
from tinhgon.engine.placement.solving import Planner, solve
from tinhgon.engine.placement.tests.city import city, full_city
from tinhgon.engine.placement.tests.test_solving import rename, signature

PARTS = ("flow", "lap", "explain", "second", "full", "trials")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=[], metavar="PHẦN", help=", ".join(PARTS))
    parser.add_argument("--people", default="1000,10000,100000")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--trials", type=int, default=10_000)
    args = parser.parse_args()
    sizes = [int(one) for one in args.people.split(",")]
    for part in args.parts or PARTS:
        if part == "flow":
            flow(sizes)
        elif part == "lap":
            lap()
        elif part == "explain":
            explaining(sizes)
        elif part == "second":
            second(sizes)
        elif part == "full":
            full(sizes, args.seconds)
        else:
            trials(args.trials)


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    return work(), time.perf_counter() - wall, time.process_time() - cpu


def flow(sizes: list[int]) -> None:
    print("\nLõi dòng chảy: mỗi lần kéo thanh lập lại cả phương án, có chứng chỉ. Trần: SimpleMinCostFlow trên đúng các cung, dựng và giải.")
    print(f"{'người':>8}{'cung':>9}{'dựng':>8}{'lần đầu':>9}{'kéo p50':>9}{'p95':>8}{'(CPU)':>8}{'trần':>8}{'tỉ số':>7}{'trần, phần còn chọn':>21}{'tỉ số':>7}{'MB':>6}  chứng minh")
    for size in sizes:
        problem = city(size)
        planner, built, _ = timed(lambda problem=problem: Planner(problem))
        _, first, _ = timed(planner.plan)
        dice, walls, cpus, plain, inside, proven = random.Random(1), [], [], [], [], 0
        moves = 20 if size <= 10_000 else 4
        for _ in range(moves):
            weights = Weights(mastery=dice.randint(1, 100), kind=dice.randint(0, 100), wishes=dice.randint(0, 100), moves=dice.randint(0, 100))
            plan, wall, cpu = timed(lambda weights=weights, planner=planner: planner.plan(weights))
            proven += plan.certificate.is_proven
            walls.append(wall)
            cpus.append(cpu)
            merged = planner.network.merged(weights)
            arcs = planner.network.arrays
            plain.append(timed(lambda arcs=arcs, merged=merged: solver(arcs.tail, arcs.head, arcs.cap, merged, arcs.supply))[2])
            inside.append(timed(lambda planner=planner, weights=weights: within(planner, weights))[2])
        p95 = sorted(walls)[int(0.95 * (moves - 1))]
        cpu, beside, face = statistics.median(cpus), statistics.median(plain), statistics.median(inside)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{size:>8}{len(arcs.tail):>9}{built:>8.2f}{first:>9.2f}{statistics.median(walls):>9.3f}{p95:>8.3f}{cpu:>8.3f}{beside:>8.3f}{cpu / beside:>7.2f}"
            f"{face:>21.3f}{cpu / face:>7.2f}{memory:>6}  {proven}/{moves}", flush=True,
        )  # fmt: skip


def solver(tail: Any, head: Any, cap: Any, cost: Any, supply: Any) -> int:
    bare_flow = min_cost_flow.SimpleMinCostFlow()
    bare_flow.add_arcs_with_capacity_and_unit_cost(tail, head, cap, cost)
    bare_flow.set_nodes_supplies(np.arange(len(supply)), supply)
    assert bare_flow.solve() == bare_flow.OPTIMAL
    return bare_flow.optimal_cost()


def within(planner: Planner, weights: Weights) -> int:
    """Máy giải trần trên phần ba bậc đầu để lại: đúng bài toán mà thanh kéo phải giải."""
    face: Face = planner.strict[0]
    arcs, free, full_arcs = face.arcs, face.free, face.full
    supply = arcs.supply.copy()
    np.subtract.at(supply, arcs.tail[full_arcs], arcs.cap[full_arcs])
    np.add.at(supply, arcs.head[full_arcs], arcs.cap[full_arcs])
    return solver(arcs.tail[free], arcs.head[free], arcs.cap[free], planner.network.sliders(weights)[free], supply)


def lap() -> None:
    folder = Path(os.environ.get("TINHGON_REAL_DATA", Path(__file__).parents[2] / "shared/data")) / "orlib/lap"
    if not folder.is_dir():
        print("\nOR-Library: không có dữ liệu (TINHGON_REAL_DATA).")
        return
    words = (folder / "assignopt.txt").read_text().split()
    optima = {name: int(value) for name, value in zip(words, words[1:], strict=False) if name.startswith("assign") and value.isdigit()}
    print(f"\n{'OR-Library':16}{'tối ưu':>8}{'của ta':>8}{'chứng minh':>12}{'giây':>8}{'SciPy đặc':>11}")
    for file in sorted(folder.glob("assign*.txt")):
        if file.stem not in optima:
            continue
        problem = read_assignment(file.read_text())
        plan, wall, _ = timed(lambda problem=problem: solve(problem))
        size, costs = len(problem.people), problem.costs or {}
        dense = np.full((size, size), 10**6)
        for (one, post), cost in costs.items():
            dense[int(one) - 1, int(post[1:]) - 1] = cost
        _, beside, _ = timed(lambda dense=dense: linear_sum_assignment(dense))
        proven = check(problem, plan).is_proven and not plan.unplaced
        print(f"{file.stem:16}{optima[file.stem]:>8}{plan.points['cost']:>8}{'có' if proven else 'KHÔNG':>12}{wall:>8.2f}{beside:>11.2f}", flush=True)


def explaining(sizes: list[int]) -> None:
    print(f"\n{'người':>8}{'kiểm tra':>10}{'vì sao không p50':>18}{'p95 ms':>8}{'(CPU)':>8}{'tập trái nhau':>15}{'cỡ':>5}{'đôi trái lời':>14}{'cỡ':>5}")
    for size in sizes:
        problem = city(size)
        planner = Planner(problem)
        plan = planner.plan()
        report, checked, _ = timed(lambda problem=problem, plan=plan: check(problem, plan))
        assert report.is_proven
        pricing, dice, walls, cpus = Pricing(problem, plan, planner.network), random.Random(1), [], []
        pricing.answers(problem.people[0].id)
        for _ in range(40):
            who = dice.choice(problem.people).id
            _, wall, cpu = timed(lambda pricing=pricing, who=who: pricing.answers(who))
            walls.append(1000 * wall)
            cpus.append(1000 * cpu)
        found, searched, _ = timed(lambda problem=problem, plan=plan, planner=planner: conflict(problem, plan, planner.network.options))
        print(
            f"{size:>8}{checked:>10.2f}{statistics.median(walls):>18.0f}{sorted(walls)[37]:>8.0f}{statistics.median(cpus):>8.0f}"
            f"{searched:>15.2f}{len(found.rules) if found else 0:>5}{_contradicted(problem)}", flush=True,
        )  # fmt: skip


def _contradicted(problem: Problem) -> str:
    """Một đôi "không cùng đơn vị" mà hai trong số rất nhiều lời ghim (một phần năm số người) đặt vào một đơn vị: giây CPU, và cỡ của tập."""
    problem = replace(problem, posts=tuple(replace(one, floor=0) for one in problem.posts), rules=replace(problem.rules, cut=0))
    pins = dict(list(solve(problem).places.items())[: len(problem.people) // 5])
    unit = {person: problem.post_of[post].unit for person, post in pins.items()}
    one, other = next((a, b) for a in pins for b in pins if a < b and unit[a] == unit[b])
    problem = replace(problem, rules=replace(problem.rules, pins=tuple(pins.items()), apart=((one, other),)))
    plan = solve(problem)
    found, _, cpu = timed(lambda: conflicts(problem, plan, 5))
    return f"{cpu:>14.2f}{len(found[0].rules):>5}"


def second(sizes: list[int]) -> None:
    """Ý kiến thứ hai: mỗi người mười nguyện vọng, một phần ba ngắm cùng một phần mười số vị trí. Giới hạn: sắp một lần các đôi ấy."""
    print(f"\n{'người':>8}{'lần đề nghị':>13}{'giây':>8}{'sắp các đôi':>13}{'tỉ số':>7}{'được chọn đầu %':>17}{'cặp phá':>9}")
    for size in sizes:
        dice, posts = random.Random(size), size // 3
        wishes = [dice.sample(range(posts // 10 if person % 3 == 0 else posts), 10) for person in range(size)]
        scores = [[dice.randint(0, 100) for _ in ranked] for ranked in wishes]
        problem = Proposals(wishes, scores, [dice.randint(1, 4) for _ in range(posts)])
        found, _, cpu = timed(lambda problem=problem: accepted(problem))
        pairs = [(post, score) for ranked, given in zip(wishes, scores, strict=True) for post, score in zip(ranked, given, strict=True)]
        _, _, beside = timed(lambda pairs=pairs: sorted(pairs))
        first = 100 * sum(choice == 0 for choice in found.choice) / size
        print(f"{size:>8}{found.proposals:>13}{cpu:>8.2f}{beside:>13.2f}{cpu / beside:>7.1f}{first:>17.1f}{sum(1 for _pair in blocking_pairs(problem, found)):>9}", flush=True)


def full(sizes: list[int], seconds: float) -> None:
    print("\nĐủ quy tắc: tỉ lệ lâu năm trên đơn vị, kỹ năng chồng nhau, cặp cùng xã. Khoảng cách trên tổng, và trên riêng phần thanh kéo.")
    print(f"{'người':>8}{'pha':>10}{'giây':>8}{'khoảng cách %':>15}{'phần thanh kéo %':>18}{'còn thiếu':>11}  cận")
    for size in sizes:
        problem, begun, last = full_city(size), time.monotonic(), None
        for step in search(problem, seconds=seconds, now=time.monotonic):
            if last is None or step.phase != last:
                _line(size, step, begun)
            last = step.phase
        _line(size, step, begun)


def _line(size: int, step: Any, begun: float) -> None:
    sliders = step.plan.certificate.value[3]
    own = "số nguyên" if step.own_bound else "HiGHS"
    print(
        f"{size:>8}{step.phase:>10}{time.monotonic() - begun:>8.1f}{step.gap:>15.4f}{100 * (step.value - step.bound) / max(1, sliders):>18.4f}{step.short:>11}  {own}",
        flush=True,
    )


def trials(count: int) -> None:
    """Đổi tên người, và xếp loại tốt hơn, trên các bài toán ngẫu nhiên 30 người."""
    dice, renamed, graded = random.Random(9), 0, 0
    for number in range(count):
        problem = city(30, number % 500)
        plan = solve(problem)
        other, new = rename(problem, dice)
        again = solve(other)
        renamed += signature(problem, plan.places) != signature(other, again.places) or plan.cuts != again.cuts
        who = dice.choice(sorted(plan.places))
        graded += who not in solve(better(problem, who, dice)).places
    print(f"\n{count} lần đổi tên: {renamed} phương án đổi. {count} lần xếp loại tốt hơn: {graded} người mất chỗ.")


def better(problem: Problem, who: str, dice: random.Random) -> Problem:
    grades = tuple(min(4, grade + dice.randint(0, 2)) for grade in problem.person_of[who].grades)
    return replace(problem, people=tuple(replace(one, grades=grades) if one.id == who else one for one in problem.people))


if __name__ == "__main__":
    main()
