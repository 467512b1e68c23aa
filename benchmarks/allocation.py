"""Chia việc: các bài OR-Library (khi có TINHGON_REAL_DATA), bài cùng họ dựng mới, cụm lớn; bên cạnh là HiGHS trần trên đúng bài ấy.

    python benchmarks/allocation.py [giây cho mỗi bài lớn]

Thời gian là giây CPU. "Cách cận": phần triệu giữa phương án và cận của chính lời giải ấy.
"""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from tinhgon.engine.allocation.arcs import arcs_of
from tinhgon.engine.allocation.model import Problem
from tinhgon.engine.allocation.orlib import aim_of, read_orlib
from tinhgon.engine.allocation.solving import Limits, solve
from tinhgon.engine.allocation.tests.worlds import district, family
from tinhgon.engine.refusal import Refused

SECONDS = 30.0


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    print(f"{'':34}{'điểm':>8}{'cận':>8}{'cách cận':>10}{'giây':>8}   {'HiGHS trần':>10}{'cách cận':>10}{'giây':>8}{'tỉ số':>8}")
    for label, problems in _groups():
        points, bound, ours, plain_points, plain_low, plain = 0, 0, 0.0, 0, 0, 0.0
        for problem in problems:
            begun = time.process_time()
            try:
                plan = solve(problem, Limits(seconds=seconds))
            except Refused as refused:
                print(f"{label:34} {refused.code}")
                break
            ours += time.process_time() - begun
            points, bound = points + plan.points, bound + plan.bound
            begun = time.process_time()
            found, low = _bare(problem, max(seconds, 5.0))
            plain += time.process_time() - begun
            plain_points, plain_low = plain_points + found, plain_low + low
        else:
            told = f"{plain_points:>10}{_gap(plain_points, plain_low):>10}" if plain_points else f"{'không có':>10}{'':>10}"
            print(f"{label:34}{points:>8}{bound:>8}{_gap(points, bound):>10}{ours:>8.2f}   {told}{plain:>8.2f}{ours / plain:>8.2f}")


def _groups() -> Iterator[tuple[str, list[Problem]]]:
    folder = Path(os.environ.get("TINHGON_REAL_DATA", "")) / "orlib/gap"
    for file in sorted(folder.glob("gap*.txt")):
        problems = list(read_orlib(file.read_text(), aim_of(file.name)))
        yield f"OR-Library {file.stem}, {len(problems)} bài", problems
    for kind, people, tasks in (("gap", 10, 60), ("gapa", 20, 200), ("gapb", 10, 100), ("gapb", 20, 200), ("gapc", 5, 100), ("gapc", 20, 200)):
        yield f"cùng họ {kind}, {people} người × {tasks} việc", [family(kind, people, tasks, seed) for seed in (1, 2)]
    for people, tasks in ((50, 430), (100, 1000), (200, 2000), (400, 5000)):
        yield f"cụm {people} người, {tasks} việc, 3 hạn", [district(people, tasks)]


def _bare(problem: Problem, seconds: float) -> tuple[int, int]:
    """HiGHS (qua SciPy) trên cả bài, không gì thêm: (điểm, cận); (0, 0) khi hết giây mà chưa có phương án."""
    arcs = arcs_of(problem)
    one = np.ones(len(arcs.tasks))
    found = milp(
        arcs.cost, integrality=np.ones(len(arcs)), bounds=Bounds(0, 1),
        constraints=[LinearConstraint(arcs.task_rows(), one, one), LinearConstraint(arcs.hour_rows(), -np.inf, arcs.room)],
        options={"mip_rel_gap": 0.0, "time_limit": seconds},
    )  # fmt: skip
    return (0, 0) if found.x is None else (abs(round(found.fun)), abs(round(found.mip_dual_bound)))


def _gap(points: int, bound: int) -> int:
    return -(-abs(points - bound) * 1_000_000 // max(1, abs(bound)))


if __name__ == "__main__":
    main()
