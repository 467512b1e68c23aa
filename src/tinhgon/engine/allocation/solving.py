"""Giải: giá giờ từ quy hoạch tuyến tính, bỏ các cung mà giá chứng minh là vô ích, rồi tìm hết trên phần còn lại.

Bài vừa thì chứng minh tốt nhất. Bài lớn thì giải từng cửa sổ, nâng cận bằng cái túi, và nói đúng còn cách cận bao nhiêu. Giới hạn chính là
số nút và số bước, nên cùng bài thì cùng kết quả; giới hạn giây chỉ để chặn, và được nói ra khi nó chặn.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tinhgon.engine.allocation.arcs import Arcs, Ints, arcs_of
from tinhgon.engine.allocation.bound import SCALE, PriceBound, price_bound
from tinhgon.engine.allocation.conflict import smallest_conflict
from tinhgon.engine.allocation.hips import linear, whole
from tinhgon.engine.allocation.knapsacks import Worths, is_small_enough, raised
from tinhgon.engine.allocation.model import Aim, Plan, Problem, Proof, broken, points_of, validated
from tinhgon.engine.allocation.windows import improved
from tinhgon.engine.refusal import Refused

_CORE_PER_TASK = 4
"""Lần đầu giữ chừng ấy cung rẻ nhất mỗi việc; cận nói phần bỏ đi có đáng xét lại không."""
_SMALL = 1_500
"""Ít cung hơn thì tìm luôn trên mọi cung: tìm hai lần lâu hơn."""
_EXACT_ARCS = 5_000
"""Nhiều cung hơn thì không tìm hết: cửa sổ và cái túi."""


@dataclass(frozen=True, slots=True)
class Limits:
    """``nodes``: số nút của mỗi lần tìm. ``seconds``: chặn trên của cả lời giải."""

    nodes: int = 200_000
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class _Best:
    """Cách chia tốt nhất (hay ``None``), cận dưới đã chứng minh, nhờ đâu, bị chặn bởi gì."""

    picked: Ints | None
    low: int
    proof: Proof
    stopped: str
    worths: Worths | None = None


def solve(problem: Problem, limits: Limits | None = None, *, clock: Callable[[], float] = time.monotonic) -> Plan:
    """Phương án tốt nhất tìm được, có cận. ``Refused``: như ``validated``; ``infeasible`` kèm bộ việc vướng nhau; ``not_found``."""
    limits = limits or Limits()
    until = clock() + limits.seconds
    arcs = arcs_of(validated(problem))
    duals = linear(arcs)
    if duals is None:
        raise Refused("infeasible", conflict=smallest_conflict(problem, arcs))
    bound = price_bound(arcs, duals[0])
    best = _Best(None, bound.cost, Proof.PRICES, "")
    if len(arcs) <= _EXACT_ARCS:
        best = _exact(arcs, bound, limits, lambda: (until - clock()) / 2)
    if best.picked is None and not best.stopped and len(arcs) <= _EXACT_ARCS:
        raise Refused("infeasible", conflict=smallest_conflict(problem, arcs))
    if len(arcs) > _EXACT_ARCS or best.stopped:
        best = _large(arcs, duals[1], best, lambda: until - clock())
    return _plan(problem, arcs, duals[0], best)


def _exact(arcs: Arcs, bound: PriceBound, limits: Limits, left: Callable[[], float]) -> _Best:
    """Lõi trước; sau đó đúng những cung mà giá chưa loại được."""
    count = len(arcs) if len(arcs) <= _SMALL else _CORE_PER_TASK * len(arcs.tasks)
    while True:
        core = bound.extra <= _nth(bound.extra, count)
        found = whole(arcs, np.flatnonzero(core), nodes=limits.nodes, seconds=max(1.0, left()))
        if found.picked is not None or found.stopped or core.all():
            break
        count *= 4
    outside = bound.extra[~core]
    beyond = [-(-(bound.low + int(outside.min())) // SCALE)] if len(outside) else []
    if found.picked is None:
        return _Best(None, bound.cost, Proof.PRICES, found.stopped)
    low = min([*beyond, found.cost if found.low is None else found.low])
    if found.stopped or low >= found.cost:
        return _with_low(found.picked, min(low, found.cost), bound, found.stopped)
    wider = core | (bound.extra <= (found.cost - 1) * SCALE - bound.low)
    again = whole(arcs, np.flatnonzero(wider), nodes=limits.nodes, seconds=max(1.0, left()))
    better = again if again.picked is not None and again.cost < found.cost else found
    proven = better.cost if again.low is None and not again.stopped else bound.cost if again.low is None else min(again.low, better.cost)
    assert better.picked is not None
    return _with_low(better.picked, proven, bound, again.stopped)


def _large(arcs: Arcs, worth: Ints, best: _Best, left: Callable[[], float]) -> _Best:
    """Cái túi cho cận và cách chia ban đầu, rồi cửa sổ. Hết giây giữa chừng thì trả lời bằng điều đang có."""
    low, proof, picked, extra = best.low, best.proof, best.picked, arcs.cost * SCALE - worth[arcs.task]
    worths = None
    if is_small_enough(arcs):
        half = left() / 2
        worths = raised(arcs, worth, is_over=lambda: left() <= half)
        extra = arcs.cost * SCALE - worths.worth[arcs.task]
        if worths.cost > low:
            low, proof = worths.cost, Proof.WORTHS
    if picked is None:
        picked = worths.once(arcs) if worths is not None else np.empty(0, dtype=np.int64)
    picked = improved(arcs, picked, extra, left=left)
    stopped = "time" if left() <= 0 else best.stopped
    if len(picked) < len(arcs.tasks):
        raise Refused("not_found", stopped=stopped or "steps", missing=len(arcs.tasks) - len(picked))
    return _Best(picked, low, proof, stopped, worths)


def _with_low(picked: Ints, low: int, bound: PriceBound, stopped: str) -> _Best:
    if bound.cost >= low:
        return _Best(picked, bound.cost, Proof.PRICES, stopped)
    return _Best(picked, low, Proof.TREE, stopped)


def _plan(problem: Problem, arcs: Arcs, prices: Ints, best: _Best) -> Plan:
    """Lời giải đã đếm lại từ bài toán gốc, đổi dấu nếu điểm là giá trị."""
    assert best.picked is not None
    choice = arcs.chosen(best.picked.tolist())
    if wrong := list(broken(problem, choice)):
        raise AssertionError(f"Bộ giải trả về cách chia không giữ quy tắc: {wrong[:3]}")
    told: dict[str, int] = {}
    if best.proof == Proof.PRICES:
        told = {f"{arcs.people[arcs.row_person[row]]}#{arcs.row_level[row]}": int(prices[row]) for row in np.flatnonzero(prices)}
    if best.proof == Proof.WORTHS and best.worths is not None:
        told = {task: int(worth) for task, worth in zip(arcs.tasks, best.worths.worth, strict=True)}
    sign = 1 if problem.aim == Aim.LEAST else -1
    return Plan(choice=choice, points=points_of(problem, choice), bound=sign * best.low, proof=best.proof, duals=told, stopped=best.stopped)


def _nth(extra: Ints, count: int) -> int:
    """Mức mà chừng ``count`` cung rẻ nhất nằm dưới."""
    return int(np.partition(extra, count - 1)[count - 1]) if count < len(extra) else int(extra.max())
