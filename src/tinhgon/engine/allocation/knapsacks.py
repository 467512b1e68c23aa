"""Cận chặt hơn giá giờ: trả giá cho từng việc rồi để mỗi người tự chọn phần việc có lợi nhất vừa giờ mình (cái túi, quy hoạch động).

Với mọi giá, tổng giá cộng phần lợi (âm) của mọi người không vượt phương án tốt nhất (Lagrange; Fisher, Jaikumar và Van Wassenhove 1986).
Cũng phép tính ấy nói mỗi cung mà bắt buộc phải dùng thì cận lên tới đâu: cung lên quá phương án đang có thì bỏ.
Phép tính trên số nguyên, nên giá có được từ đâu cũng không sai cận; bước đi là bước Polyak. Mọi người tính cùng một lượt.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinhgon.engine.allocation.arcs import Arcs, Ints
from tinhgon.engine.allocation.bound import SCALE

_STEPS = 300
_PATIENCE = 10
_SLOWEST = 1 / 256
_MOST_CELLS = 20_000_000
"""Số ô quy hoạch động; hơn nữa thì thôi, dùng cận của giá giờ."""
_FAR = np.iinfo(np.int64).max // 4
Bools = NDArray[np.bool_]


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


@dataclass(frozen=True, slots=True)
class _Step:
    """Cung thứ ``k`` (theo mốc hạn) của những người còn cung: họ là các hàng đầu của bảng. ``most``: giờ được dùng tới sau cung ấy."""

    arcs: Ints
    hours: Ints
    most: Ints


@dataclass(frozen=True, slots=True)
class _Layout:
    """Người nhiều cung xếp trước, nên bước nào cũng là một lát đầu của bảng (người, giờ đã dùng).

    Giờ của một người đếm bằng ước chung của các việc của người ấy, và không quá tổng của chúng: bảng hẹp lại mà không mất gì.
    """

    steps: tuple[_Step, ...]
    width: int

    @classmethod
    def of(cls, arcs: Arcs, useful: Ints) -> "_Layout":
        order = useful[np.lexsort((arcs.task[useful], arcs.first[useful], arcs.person[useful]))]
        if not len(order):
            return cls((), 1)
        _, begins, counts = np.unique(arcs.person[order], return_index=True, return_counts=True)
        hours, each = arcs.hours[order], np.repeat(np.arange(len(counts)), counts)
        unit = np.gcd.reduceat(hours, begins)[each]
        hours, most = hours // unit, np.minimum(arcs.room[arcs.first[order]] // unit, np.add.reduceat(hours // unit, begins)[each])
        begins = begins[np.argsort(-counts, kind="stable")]
        counts = -np.sort(-counts)
        own = [begins[: int((counts > k).sum())] + k for k in range(int(counts[0]))]
        return cls(tuple(_Step(order[at], hours[at], most[at]) for at in own), 1 + int(most.max()))

    @property
    def rows(self) -> int:
        return len(self.steps[0].arcs) if self.steps else 0

    @property
    def cells(self) -> int:
        return self.width * sum(len(step.arcs) for step in self.steps)

    def start(self) -> Ints:
        table = np.full((self.rows, self.width), _FAR, dtype=np.int64)
        table[:, 0] = 0
        return table


def is_small_enough(arcs: Arcs) -> bool:
    return _Layout.of(arcs, np.arange(len(arcs))).cells <= _MOST_CELLS


def at_worth(arcs: Arcs, worth: Ints) -> Worths:
    """Cận của một bộ giá. Mỗi người chỉ xét các việc có lợi cho mình."""
    gain = arcs.cost * SCALE - worth[arcs.task]
    layout = _Layout.of(arcs, np.flatnonzero(gain < 0))
    best, better = layout.start(), []
    columns = np.arange(layout.width)
    for step in layout.steps:
        now = best[: len(step.arcs)]
        trial = _shifted(now, columns - step.hours[:, None]) + gain[step.arcs][:, None]
        improved = (trial < now) & (columns <= step.most[:, None])
        better.append(improved)
        np.copyto(now, trial, where=improved)
    used = best.argmin(axis=1) if layout.rows else np.empty(0, dtype=np.int64)
    low = sum(map(int, worth)) + sum(map(int, best[np.arange(layout.rows), used]))
    picked = [np.empty(0, dtype=np.int64)]
    for step, improved in zip(reversed(layout.steps), reversed(better), strict=True):
        taken = improved[np.arange(len(step.arcs)), used[: len(step.arcs)]]
        used[: len(step.arcs)] -= np.where(taken, step.hours, 0)
        picked.append(step.arcs[taken])
    return Worths(worth, low, np.concatenate(picked))


def _shifted(table: Ints, column: Ints) -> Ints:
    """``table[người, column]``; cột âm là không tới được."""
    found = np.take_along_axis(table, np.maximum(column, 0), axis=1)
    found[column < 0] = _FAR
    return found


def forced(arcs: Arcs, worths: Worths) -> Ints:
    """Mảng (A,): bắt buộc dùng cung ấy thì chi phí ít nhất là ``worths.low`` cộng chừng này (nhân SCALE)."""
    gain = arcs.cost * SCALE - worths.worth[arcs.task]
    layout = _Layout.of(arcs, np.arange(len(arcs)))
    best, before, columns = layout.start(), [], np.arange(layout.width)
    for step in layout.steps:
        now = best[: len(step.arcs)]
        before.append(now.copy())
        trial = _shifted(now, columns - step.hours[:, None]) + gain[step.arcs][:, None]
        np.copyto(now, trial, where=(trial < now) & (columns <= step.most[:, None]))
    least = best.min(axis=1)
    after, extra = np.zeros((layout.rows, layout.width), dtype=np.int64), np.zeros(len(arcs), dtype=np.int64)
    for step, sofar in zip(reversed(layout.steps), reversed(before), strict=True):
        now, count = after[: len(step.arcs)], len(step.arcs)
        end = columns + step.hours[:, None]
        taking = np.where(end <= step.most[:, None], np.take_along_axis(now, np.minimum(end, layout.width - 1), axis=1) + gain[step.arcs][:, None], _FAR)
        extra[step.arcs] = (sofar + taking).min(axis=1) - least[:count]
        np.minimum(now, taking, out=now)
    return extra


def raised(arcs: Arcs, start: Ints, *, is_over: Callable[[], bool], goal: int | None = None) -> Worths:
    """Nâng cận từ bộ giá ``start`` (số việc,). Đích của bước Polyak là ``goal`` (chi phí của phương án đang có), không có thì cận đang có
    cộng một phần trăm; rồi nhỏ dần theo ``pace``. Tới đích thì thôi.
    """
    best = at = at_worth(arcs, start)
    worth, pace, stale = start.astype(np.float64), 1.0, 0
    for _ in range(_STEPS):
        slope = 1 - np.bincount(arcs.task[at.picked], minlength=len(arcs.tasks))
        norm = int((slope * slope).sum())
        if norm == 0 or pace < _SLOWEST or (goal is not None and best.cost >= goal) or is_over():
            break
        target = best.low + max(abs(best.low) // 100, SCALE) if goal is None else goal * SCALE
        worth = worth + pace * (target - at.low) / norm * slope
        at = at_worth(arcs, np.rint(worth).astype(np.int64))
        if at.low > best.low:
            best, stale = at, 0
            continue
        stale += 1
        if stale >= _PATIENCE:
            pace, stale, worth, at = pace / 2, 0, best.worth.astype(np.float64), best
    return best
