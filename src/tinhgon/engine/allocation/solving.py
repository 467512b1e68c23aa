"""Giải: cận từ giá giờ (quy hoạch tuyến tính) và từ cái túi của từng người, bỏ các cung mà cận chứng minh là vô ích, rồi tìm hết trên phần
còn lại.

Tìm không hết thì giải từng cửa sổ, và nói đúng còn cách cận bao nhiêu. Giới hạn chính là số nút và số bước, nên cùng bài thì cùng kết
quả; giới hạn giây (bộ xử lý) chỉ để chặn, và được nói ra khi nó chặn.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tinhgon.engine.allocation.arcs import Arcs, Ints, arcs_of
from tinhgon.engine.allocation.bound import SCALE, PriceBound, price_bound
from tinhgon.engine.allocation.conflict import smallest_conflict
from tinhgon.engine.allocation.hips import linear, whole
from tinhgon.engine.allocation.knapsacks import Bools, Worths, forced, is_small_enough, raised
from tinhgon.engine.allocation.model import Aim, Plan, Problem, Proof, broken, points_of, validated
from tinhgon.engine.allocation.windows import improved
from tinhgon.engine.refusal import Refused

_CORE_PER_TASK = 1.5
"""Lần đầu giữ mọi cung mà một phương án đúng bằng cận có thể dùng, ít nhất chừng ấy cung mỗi việc; cận nói phần bỏ đi có đáng xét lại không."""
_SMALL = 500
"""Ít cung hơn thì tìm luôn trên mọi cung: tìm hai lần lâu hơn."""


@dataclass(frozen=True, slots=True)
class Limits:
    """``nodes``: số nút của mỗi lần tìm. ``seconds``: chặn trên của cả lời giải, giây bộ xử lý của luồng đang chạy."""

    nodes: int = 200_000
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class _Lows:
    """Hai cận của một bài, nhân SCALE. ``worths``: ``None`` khi bảng quá lớn. ``extra``, ``low``: dùng cung ấy thì ít nhất ``low + extra``."""

    prices: PriceBound
    worths: Worths | None
    low: int
    extra: Ints

    @property
    def cost(self) -> int:
        return -(-self.low // SCALE)

    @property
    def proof(self) -> Proof:
        return Proof.PRICES if self.prices.cost >= self.cost else Proof.WORTHS

    def may_beat(self, cost: int) -> Bools:
        """Cung có thể nằm trong một phương án rẻ hơn ``cost``."""
        wanted = (cost - 1) * SCALE
        return (self.low + self.extra <= wanted) & (self.prices.low + self.prices.extra <= wanted)


@dataclass(frozen=True, slots=True)
class _Best:
    """Cách chia tốt nhất (hay ``None``), cận dưới đã chứng minh, bị chặn bởi gì."""

    picked: Ints | None
    low: int
    stopped: str


def solve(problem: Problem, limits: Limits | None = None, *, clock: Callable[[], float] = time.thread_time) -> Plan:
    """Phương án tốt nhất tìm được, có cận. ``Refused``: như ``validated``; ``infeasible`` kèm bộ việc vướng nhau; ``not_found``."""
    limits = limits or Limits()
    until = clock() + limits.seconds
    arcs = arcs_of(validated(problem))
    duals = linear(arcs)
    if duals is None:
        raise Refused("infeasible", conflict=smallest_conflict(problem, arcs))
    lows = _lows(arcs, duals, until - limits.seconds * 3 / 4, clock)
    best = _exact(arcs, lows, limits, lambda: (until - clock()) / 2)
    if best.picked is None and not best.stopped:
        raise Refused("infeasible", conflict=smallest_conflict(problem, arcs))
    if best.stopped:
        best = _windows(arcs, lows, best, lambda: until - clock())
    return _plan(problem, arcs, duals[0], lows, best)


def _lows(arcs: Arcs, duals: tuple[Ints, Ints], until: float, clock: Callable[[], float]) -> _Lows:
    prices = price_bound(arcs, duals[0])
    if not is_small_enough(arcs):
        return _Lows(prices, None, prices.low, prices.extra)
    worths = raised(arcs, duals[1], is_over=lambda: clock() > until)
    if worths.low < prices.low:
        return _Lows(prices, worths, prices.low, prices.extra)
    return _Lows(prices, worths, worths.low, forced(arcs, worths))


def _exact(arcs: Arcs, lows: _Lows, limits: Limits, left: Callable[[], float]) -> _Best:
    """Lõi trước; sau đó đúng những cung mà hai cận chưa loại được."""
    count = len(arcs) if len(arcs) <= _SMALL else int(_CORE_PER_TASK * len(arcs.tasks))
    while True:
        core = lows.extra <= max(_nth(lows.extra, count), lows.cost * SCALE - lows.low)
        found = whole(arcs, np.flatnonzero(core), nodes=limits.nodes, seconds=max(1.0, left()))
        if found.picked is not None or found.stopped or core.all():
            break
        count *= 4
    if found.picked is None:
        return _Best(None, lows.cost, found.stopped)
    rest = lows.may_beat(found.cost)
    if lows.cost >= found.cost or not rest.any():
        return _Best(found.picked, found.cost, "")
    if not (rest & ~core).any() and not found.stopped:
        return _Best(found.picked, found.cost, "")
    again = whole(arcs, np.flatnonzero(rest), nodes=limits.nodes, seconds=max(1.0, left()))
    better = again if again.picked is not None and again.cost < found.cost else found
    assert better.picked is not None
    proven = better.cost if again.low is None and not again.stopped else min(again.low or lows.cost, better.cost)
    return _Best(better.picked, max(proven, lows.cost), again.stopped)


def _windows(arcs: Arcs, lows: _Lows, best: _Best, left: Callable[[], float]) -> _Best:
    """Tìm không hết: từ cách chia đang có (hay phần mọi người tự chọn) đi qua từng cửa sổ."""
    picked = best.picked
    if picked is None:
        picked = lows.worths.once(arcs) if lows.worths is not None else np.empty(0, dtype=np.int64)
    picked = improved(arcs, picked, np.maximum(0, lows.extra), left=left)
    stopped = "time" if left() <= 0 else best.stopped
    if len(picked) < len(arcs.tasks):
        raise Refused("not_found", stopped=stopped or "steps", missing=len(arcs.tasks) - len(picked))
    return _Best(picked, best.low, stopped)


def _plan(problem: Problem, arcs: Arcs, prices: Ints, lows: _Lows, best: _Best) -> Plan:
    """Lời giải đã đếm lại từ bài toán gốc, đổi dấu nếu điểm là giá trị."""
    assert best.picked is not None
    choice = arcs.chosen(best.picked.tolist())
    if wrong := list(broken(problem, choice)):
        raise AssertionError(f"Bộ giải trả về cách chia không giữ quy tắc: {wrong[:3]}")
    proof, told = Proof.TREE, dict[str, int]()
    if best.low <= lows.cost:
        proof = lows.proof
    if proof == Proof.PRICES:
        told = {f"{arcs.people[arcs.row_person[row]]}#{arcs.row_level[row]}": int(prices[row]) for row in np.flatnonzero(prices)}
    if proof == Proof.WORTHS and lows.worths is not None:
        told = {task: int(worth) for task, worth in zip(arcs.tasks, lows.worths.worth, strict=True)}
    sign = 1 if problem.aim == Aim.LEAST else -1
    stopped = best.stopped if best.low < int(arcs.cost[best.picked].sum()) else ""
    return Plan(choice=choice, points=points_of(problem, choice), bound=sign * best.low, proof=proof, duals=told, stopped=stopped)


def _nth(extra: Ints, count: int) -> int:
    """Mức mà chừng ``count`` cung rẻ nhất nằm dưới."""
    return int(np.partition(extra, count - 1)[count - 1]) if count < len(extra) else int(extra.max())
