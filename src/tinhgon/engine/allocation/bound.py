"""Cận từ giá giờ, tính lại bằng số nguyên: với mọi giá không âm, tổng (điểm + giá × giờ) nhỏ nhất của từng việc, trừ giá × giờ có,
không vượt phương án tốt nhất (Lagrange). Giá lấy từ bộ giải; đúng hay sai thì cận vẫn là cận, chỉ chặt hay lỏng.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinhgon.engine.allocation.arcs import Arcs, Ints

SCALE = 1 << 16
"""Giá giờ là bội của 1/65536 điểm."""
_DEAREST = 1 << 32
"""Giá cao nhất một hàng, sau khi nhân SCALE; nhân với giờ lớn nhất (10^6) và số mốc giờ nhiều nhất (400) vẫn dưới ngưỡng tràn 64 bit."""


@dataclass(frozen=True, slots=True)
class PriceBound:
    """``low``: cận dưới của chi phí nhân SCALE. ``extra``: mảng (A,), dùng cung ấy thì chi phí ít nhất là ``low + extra``."""

    low: int
    extra: Ints

    @property
    def cost(self) -> int:
        """Cận dưới là số nguyên: chi phí nguyên thì làm tròn lên được."""
        return -(-self.low // SCALE)


def scaled(prices: NDArray[np.float64]) -> Ints:
    """Giá thực của bộ giải (R,) thành giá nguyên không âm."""
    return np.clip(np.rint(np.nan_to_num(prices) * SCALE), 0, _DEAREST).astype(np.int64)


def price_bound(arcs: Arcs, prices: Ints) -> PriceBound:
    """Cận của một bộ giá (R,). Mọi việc phải có ít nhất một cung."""
    running = np.concatenate(([0], np.cumsum(prices)))
    full = arcs.cost * SCALE + arcs.hours * (running[arcs.last + 1] - running[arcs.first])
    starts = np.flatnonzero(np.diff(arcs.task, prepend=-1))
    cheapest = np.minimum.reduceat(full, starts)
    spent = sum(int(price) * int(room) for price, room in zip(prices, arcs.room, strict=True))
    return PriceBound(sum(map(int, cheapest)) - spent, full - cheapest[arcs.task])
