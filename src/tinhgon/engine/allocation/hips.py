"""Một lần gọi HiGHS (qua SciPy) trên một phần các cung; mọi kết quả đếm lại bằng số nguyên."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from tinhgon.engine.allocation.arcs import Arcs, Ints
from tinhgon.engine.allocation.bound import SCALE, scaled
from tinhgon.engine.refusal import Refused

_OPTIMAL, _INFEASIBLE = 0, 2
_SURE = 1e-6
"""Cận của HiGHS là số thực: lùi chừng này trước khi làm tròn lên."""


@dataclass(frozen=True, slots=True)
class Found:
    """``picked``: các cung chọn, hay ``None``. ``low``: cận dưới của bài con, ``None`` khi không có (vô nghiệm thì mọi cận đều đúng).
    ``stopped``: giới hạn nào chặn ("", "nodes", "time").
    """

    picked: Ints | None
    cost: int
    low: int | None
    stopped: str


def linear(arcs: Arcs) -> tuple[Ints, Ints] | None:
    """(giá giờ (R,), giá việc (số việc,)) nhân SCALE của bài cho phép chia nhỏ việc; ``None`` khi bài ấy cũng vô nghiệm."""
    if len(np.unique(arcs.task)) < len(arcs.tasks):
        return None
    found = linprog(
        arcs.cost, A_ub=arcs.hour_rows(), b_ub=arcs.room, A_eq=arcs.task_rows(), b_eq=np.ones(len(arcs.tasks)), bounds=(0, None), method="highs",
    )  # fmt: skip
    if found.status == _INFEASIBLE:
        return None
    if found.status != _OPTIMAL:
        raise Refused("not_found", stopped="linear")
    return scaled(-found.ineqlin.marginals), np.rint(found.eqlin.marginals * SCALE).astype(np.int64)


def whole(arcs: Arcs, wanted: Ints, *, nodes: int, seconds: float, skip_cost: int | None = None) -> Found:
    """Cách chia tốt nhất chỉ dùng các cung ``wanted`` (chỉ số), cho mọi việc có cung ở đó.

    ``skip_cost``: được bỏ một việc với giá ấy (``cost`` đã tính cả); không cho thì việc nào cũng phải giao.
    """
    mask = np.zeros(len(arcs), dtype=bool)
    mask[wanted] = True
    part = arcs.keep(mask)
    tasks = np.unique(part.task)
    rows = part.hour_rows()
    used = np.flatnonzero(np.diff(rows.indptr))
    skipped = 0 if skip_cost is None else len(tasks)
    cost = np.concatenate([part.cost, np.full(skipped, skip_cost or 0)])
    given = sparse.hstack([part.task_rows()[tasks], sparse.eye_array(skipped)]) if skipped else part.task_rows()[tasks]
    spent = sparse.hstack([rows[used], sparse.csr_array((len(used), skipped))]) if skipped else rows[used]
    found = milp(
        cost, integrality=np.ones(len(cost)), bounds=Bounds(0, 1),
        constraints=[LinearConstraint(given, 1, 1), LinearConstraint(spent, -np.inf, arcs.room[used])],
        options={"mip_rel_gap": 0.0, "node_limit": nodes, "time_limit": seconds},
    )  # fmt: skip
    if found.status == _INFEASIBLE:
        return Found(None, 0, None, "")
    stopped = "" if found.status == _OPTIMAL else "nodes" if (found.mip_node_count or 0) >= nodes else "time"
    low = int(np.ceil(found.mip_dual_bound - _SURE)) if found.mip_dual_bound is not None and np.isfinite(found.mip_dual_bound) else None
    if found.x is None:
        return Found(None, 0, low, stopped or "time")
    picked = np.sort(wanted)[found.x[: len(part)] > 0.5]
    return Found(picked, int(arcs.cost[picked].sum()) + (skip_cost or 0) * (len(tasks) - len(picked)), low, stopped)
