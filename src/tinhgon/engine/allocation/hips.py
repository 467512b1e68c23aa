"""Một lần gọi HiGHS (qua SciPy) trên một phần các cung; mọi kết quả đếm lại bằng số nguyên.

Giới hạn giây của HiGHS là giây đồng hồ. Máy bận thì chưa làm gì đã hết giờ, nên giây ở đây là giây bộ xử lý: HiGHS dừng vì đồng hồ mà
luồng này chưa được chạy đủ thì chạy lại, lâu hơn.
"""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from tinhgon.engine.allocation.arcs import Arcs, Ints
from tinhgon.engine.allocation.bound import SCALE, scaled
from tinhgon.engine.refusal import Refused

_OPTIMAL, _INFEASIBLE = 0, 2
_SURE = 1e-6
"""Cận của HiGHS là số thực: lùi chừng này trước khi làm tròn lên."""
_RUNS, _ENOUGH, _LONGER = 3, 0.8, 8.0
"""Chạy lại nhiều nhất tới lần ấy; được chừng ấy phần giây là đủ; mỗi lần lâu hơn nhiều nhất ngần ấy lần."""


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
    rows_of = [LinearConstraint(given, 1, 1), LinearConstraint(spent, -np.inf, arcs.room[used])]
    found = _run(cost, rows_of, nodes=nodes, seconds=seconds)
    if found.status == _INFEASIBLE:
        return Found(None, 0, None, "")
    stopped = "" if found.status == _OPTIMAL else "time" if _is_late(found, nodes) else "nodes"
    low = int(np.ceil(found.mip_dual_bound - _SURE)) if found.mip_dual_bound is not None and np.isfinite(found.mip_dual_bound) else None
    if found.x is None:
        return Found(None, 0, low, stopped or "time")
    picked = np.sort(wanted)[found.x[: len(part)] > 0.5]
    return Found(picked, int(arcs.cost[picked].sum()) + (skip_cost or 0) * (len(tasks) - len(picked)), low, stopped)


def _run(cost: Ints, rows: list[LinearConstraint], *, nodes: int, seconds: float) -> Any:
    """Kết quả của SciPy; ``seconds``: giây bộ xử lý của luồng này."""
    limit = seconds
    for _ in range(_RUNS):
        begun = time.thread_time()
        found = milp(
            cost, integrality=np.ones(len(cost)), bounds=Bounds(0, 1), constraints=rows,
            options={"mip_rel_gap": 0.0, "node_limit": nodes, "time_limit": limit},
        )  # fmt: skip
        spent = time.thread_time() - begun
        if found.status in (_OPTIMAL, _INFEASIBLE) or not _is_late(found, nodes) or spent >= _ENOUGH * seconds:
            return found
        limit *= min(_LONGER, 1.25 * seconds / max(spent, 0.01))
    return found


def _is_late(found: Any, nodes: int) -> bool:
    return (found.mip_node_count or 0) < nodes
