"""Hình việc tồn theo tuần: khoảng dự báo, đường giữa, mức bình thường, ngày chuyển, đường đo được. SVG dựng ở máy chủ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tinhgon.reorg.workload.reality import Band
from tinhgon.web.pages.reorg.workload.saying import number

LEFT, TOP, BOTTOM, RIGHT = 40, 14, 24, 10


@dataclass(frozen=True, slots=True)
class Mark:
    """Một chỗ trên trục hay một điểm đo được."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Picture:
    """Tọa độ đã tính; ``band``, ``line``, ``past``, ``real``: chuỗi điểm của đa giác và đường gấp khúc."""

    width: int
    height: int
    band: str
    line: str
    past: str
    real: str
    dots: tuple[Mark, ...]
    normal: float | None
    cuts: tuple[float, ...]
    rows: tuple[Mark, ...]
    columns: tuple[Mark, ...]

    @property
    def bottom(self) -> int:
        return self.height - BOTTOM

    @property
    def right(self) -> int:
        return self.width - RIGHT


def draw(
    weeks: Sequence[date], weekly: Sequence[Band], *, normal: float, cuts: Sequence[date] = (), past: Sequence[tuple[date, float]] = (),
    real: Sequence[tuple[date, int]] = (), width: int = 280, height: int = 130,
) -> Picture:  # fmt: skip
    """Trục ngang theo ngày, trục dọc từ 0 tới quá số cao nhất."""
    first = min([weeks[0], *cuts, *(day for day, _count in past)])
    top = _round_up(max([normal, 1.0, *(high for _low, _middle, high in weekly), *(count for _day, count in past), *(count for _day, count in real)]))
    span = max(1, (weeks[-1] - first).days)

    def x(day: date) -> float:
        return round(LEFT + (day - first).days / span * (width - LEFT - RIGHT), 1)

    def y(count: float) -> float:
        return round(TOP + (1 - count / top) * (height - TOP - BOTTOM), 1)

    def line(points: Sequence[tuple[date, float]]) -> str:
        return " ".join(f"{x(day):g},{y(count):g}" for day, count in points)

    days = list(weeks)
    upper = [(day, high) for day, (_low, _middle, high) in zip(days, weekly, strict=True)]
    lower = [(day, low) for day, (low, _middle, _high) in zip(days, weekly, strict=True)]
    return Picture(
        width, height, band=line([*upper, *reversed(lower)]), line=line([(day, middle) for day, (_l, middle, _h) in zip(days, weekly, strict=True)]),
        past=line(past), real=line(real), dots=tuple(Mark(x(day), y(count), f"{day:%d/%m/%Y}: {number(count)}") for day, count in real),
        normal=y(normal) if normal <= top else None, cuts=tuple(x(day) for day in cuts if first <= day <= weeks[-1]),
        rows=tuple(Mark(LEFT, y(value), number(value)) for value in (0, top / 2, top)),
        columns=tuple(Mark(x(day), height - 8, f"{day:%d/%m}") for day in _months(first, weeks[-1], most=max(2, (width - LEFT) // 90))),
    )  # fmt: skip


def _round_up(value: float) -> float:
    """Số chẵn đẹp ở đầu trục."""
    step = 10 ** max(0, len(str(int(value))) - 1)
    for size in (1, 2, 2.5, 4, 5, 8, 10):
        if value <= size * step:
            return max(2.0, size * step)
    return 10.0 * step


def _months(first: date, last: date, *, most: int) -> list[date]:
    """Đầu các tháng trong khoảng, thưa bớt cho vừa chỗ."""
    found = []
    year, month = first.year, first.month
    while (day := date(year, month, 1)) <= last:
        if day >= first:
            found.append(day)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    every = max(1, -(-len(found) // most))
    return found[::every]
