"""Kiểm tra một phương án chia việc ghi trong tệp, không tin con số nào và không gọi máy giải: ai làm gì, giờ, điểm, và cận từ bộ giá."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tinhgon.engine.allocation.arcs import Arcs, arcs_of
from tinhgon.engine.allocation.bound import price_bound
from tinhgon.engine.allocation.knapsacks import at_worth
from tinhgon.engine.allocation.model import Aim, Plan, Problem, Proof, broken, points_of, validated
from tinhgon.engine.allocation.reading import plan_dict

_LARGEST = 1 << 45
"""Giá lớn hơn thì phép cộng 64 bit có thể tràn: không phải giá của bài toán nào."""


@dataclass(frozen=True, slots=True)
class Report:
    """``faults``: mã và dữ liệu của từng chỗ sai. ``bound``: cận tính lại, ``None`` khi cận là lời của HiGHS (``tree``)."""

    faults: tuple[tuple[str, Mapping[str, object]], ...]
    points: int | None
    bound: int | None

    @property
    def is_sound(self) -> bool:
        return not self.faults

    @property
    def is_proven(self) -> bool:
        return self.is_sound and self.points is not None and self.points == self.bound


def check(problem: Problem, plan: Plan, told: Mapping[str, Any]) -> Report:
    """``told``: mọi điều tệp ghi; ``plan``: phần của nó đã đọc được."""
    faults = list(broken(validated(problem), plan.choice))
    if faults:
        return Report(tuple(faults), None, None)
    points, bound = points_of(problem, plan.choice), bound_of(problem, plan)
    if points != plan.points:
        faults.append(("points", {"told": plan.points, "found": points}))
    if plan.proof == Proof.TREE and plan.duals:
        faults.append(("duals", {}))
    if bound is None:
        if plan.proof != Proof.TREE:
            faults.append(("duals", {}))
    elif bound != plan.bound:
        faults.append(("bound", {"told": plan.bound, "found": bound}))
    if (plan.bound > points) if problem.aim == Aim.LEAST else (plan.bound < points):
        faults.append(("beyond", {"told": plan.bound, "found": points}))
    if not faults:
        faults += _figures(plan_dict(problem, plan), told)
    return Report(tuple(faults), points, bound)


def _figures(right: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Những con số suy ra: khoảng cách, lời "đã chứng minh", giờ của từng người."""
    for key in ("gap", "gap_per_million", "proven", "people"):
        if right[key] != told[key] or type(right[key]) is not type(told[key]):
            yield "figure", {"key": key}


def bound_of(problem: Problem, plan: Plan) -> int | None:
    """Cận của bộ giá ghi trong phương án; ``None``: không có bộ giá, hay nó không phải của bài này."""
    arcs = arcs_of(problem)
    if plan.proof == Proof.TREE or any(abs(price) > _LARGEST for price in plan.duals.values()):
        return None
    if plan.proof == Proof.PRICES:
        cost = _of_prices(arcs, plan.duals)
    else:
        cost = at_worth(arcs, np.array([plan.duals.get(task, 0) for task in arcs.tasks], dtype=np.int64)).cost if plan.duals.keys() <= set(arcs.tasks) else None
    return cost if cost is None or problem.aim == Aim.LEAST else -cost


def _of_prices(arcs: Arcs, duals: Mapping[str, int]) -> int | None:
    rows = {f"{arcs.people[person]}#{level}": row for row, (person, level) in enumerate(zip(arcs.row_person, arcs.row_level, strict=True))}
    if not duals.keys() <= rows.keys() or min(duals.values(), default=0) < 0 or max(duals.values(), default=0) > 1 << 32:
        return None
    prices = np.zeros(len(arcs.room), dtype=np.int64)
    for key, price in duals.items():
        prices[rows[key]] = price
    return price_bound(arcs, prices).cost
