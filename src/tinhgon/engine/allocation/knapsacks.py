"""Cận chặt hơn cho bài lớn: trả giá cho từng việc rồi để mỗi người tự chọn phần việc có lợi nhất vừa giờ mình (cái túi, quy hoạch động).

Với mọi giá, tổng giá cộng phần lợi (âm) của mọi người không vượt phương án tốt nhất (Lagrange; Fisher, Jaikumar và Van Wassenhove 1986).
Phép tính trên số nguyên, nên giá có được từ đâu cũng không sai cận; bước đi là bước Polyak.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tinhgon.engine.allocation.arcs import Arcs, Ints
from tinhgon.engine.allocation.bound import SCALE

_STEPS = 150
_PATIENCE = 8
_MOST_CELLS = 60_000_000
"""Số ô quy hoạch động mỗi bước; hơn nữa thì thôi, dùng cận của giá giờ."""
_FAR = np.iinfo(np.int64).max // 4


@dataclass(frozen=True, slots=True)
class Worths:
    """``worth``: giá từng việc (số việc,), nhân SCALE. ``low``: cận dưới của chi phí, nhân SCALE. ``picked``: các cung mọi người tự chọn."""

    worth: Ints
    low: int
    picked: Ints

    @property
    def cost(self) -> int:
        return -(-self.low // SCALE)

    def once(self, arcs: Arcs) -> Ints:
        """Các cung tự chọn, việc nhiều người chọn thì lấy người rẻ nhất: giữ mọi mốc giờ, còn thiếu vài việc."""
        order = self.picked[np.lexsort((self.picked, arcs.cost[self.picked], arcs.task[self.picked]))]
        first = np.diff(arcs.task[order], prepend=-1) != 0
        return np.sort(order[first])


def is_small_enough(arcs: Arcs) -> bool:
    return int(arcs.room[arcs.last].sum()) <= _MOST_CELLS


def at_worth(arcs: Arcs, worth: Ints) -> Worths:
    """Cận của một bộ giá. Mỗi người chỉ xét các việc có lợi cho mình."""
    gain = arcs.cost * SCALE - worth[arcs.task]
    useful = np.flatnonzero(gain < 0)
    order = useful[np.lexsort((arcs.task[useful], arcs.first[useful], arcs.person[useful]))]
    low, picked = sum(map(int, worth)), list[int]()
    for own in np.split(order, np.flatnonzero(np.diff(arcs.person[order])) + 1):
        if len(own):
            best, mine = _one_knapsack(arcs, own, gain)
            low += best
            picked += mine
    return Worths(worth, low, np.array(picked, dtype=np.int64))


def _one_knapsack(arcs: Arcs, own: Ints, gain: Ints) -> tuple[int, list[int]]:
    """Phần việc lợi nhất của một người; ``own`` xếp theo mốc hạn. Qua mỗi mốc, giờ đã dùng không được hơn giờ của mốc."""
    size = int(arcs.room[arcs.last[own[0]]])
    best = np.full(size + 1, _FAR, dtype=np.int64)
    best[0] = 0
    better = np.zeros((len(own), size + 1), dtype=bool)
    levels = arcs.first[own]
    for at, arc in enumerate(own):
        if at and levels[at] != levels[at - 1]:
            best[int(arcs.room[levels[at] - 1]) + 1 :] = _FAR
        hours = int(arcs.hours[arc])
        trial = best[: size + 1 - hours] + gain[arc]
        improved = trial < best[hours:]
        better[at, hours:] = improved
        best[hours:] = np.where(improved, trial, best[hours:])
        room = int(arcs.room[levels[at]])
        best[room + 1 :] = _FAR
    used = int(best.argmin())
    value = int(best[used])
    picked: list[int] = []
    for at in range(len(own) - 1, -1, -1):
        if better[at, used]:
            picked.append(int(own[at]))
            used -= int(arcs.hours[own[at]])
    return value, picked


def raised(arcs: Arcs, start: Ints, *, is_over: Callable[[], bool]) -> Worths:
    """Nâng cận từ bộ giá ``start`` (số việc,). Đích của bước Polyak là cận đang có cộng một phần trăm, rồi nhỏ dần theo ``pace``."""
    best = at = at_worth(arcs, start)
    worth, pace, stale = start.astype(np.float64), 1.0, 0
    for _ in range(_STEPS):
        slope = 1 - np.bincount(arcs.task[at.picked], minlength=len(arcs.tasks))
        norm = int((slope * slope).sum())
        if norm == 0 or is_over():
            break
        target = best.low + max(abs(best.low) // 100, SCALE)
        worth = worth + pace * (target - at.low) / norm * slope
        at = at_worth(arcs, np.rint(worth).astype(np.int64))
        if at.low > best.low:
            best, stale = at, 0
            continue
        stale += 1
        if stale >= _PATIENCE:
            pace, stale, worth, at = pace / 2, 0, best.worth.astype(np.float64), best
    return best
