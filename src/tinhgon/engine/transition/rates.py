"""Việc đến và năng suất từ chính việc đã đóng của đơn vị; quá ít thì dùng mức mặc định và nói là mặc định."""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST_ITEMS = 20
"""Ít việc hơn thì số trung bình chưa nói lên gì (sai số quá một phần năm)."""


@dataclass(frozen=True, slots=True)
class Rate:
    """``per_day``: số việc mỗi ngày làm việc. ``spread``: phương sai chia trung bình. ``is_own``: từ số liệu của chính đơn vị."""

    per_day: float
    spread: float
    is_own: bool


def rate_of(counts: Sequence[int], *, default: float, least: int = LEAST_ITEMS) -> Rate:
    """``counts``: số việc của từng ngày làm việc, ngày không có việc là 0. Dưới ``least`` việc hay dưới hai ngày: ``default``."""
    total = sum(counts)
    if total < least or len(counts) < 2:
        return Rate(default, 1.0, is_own=False)
    mean = total / len(counts)
    variance = sum((count - mean) ** 2 for count in counts) / (len(counts) - 1)
    return Rate(mean, variance / mean, is_own=True)
