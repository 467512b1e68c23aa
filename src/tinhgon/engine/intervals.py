"""Khoảng ngày nửa mở [từ, đến): chỗ hở, chỗ chồng, phủ kín. ``end`` bỏ trống là không có ngày kết thúc."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """[``start``, ``end``). Khoảng rỗng hoặc ngược là lỗi của nơi gọi."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"Khoảng ngày rỗng: {self.start} tới {self.end}.")

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: "Span") -> bool:
        return self.intersection(other) is not None

    def intersection(self, other: "Span") -> "Span | None":
        """Phần chung, hoặc ``None``."""
        start = max(self.start, other.start)
        end = _earlier(self.end, other.end)
        return Span(start, end) if end is None or start < end else None


def overlaps(spans: Iterable[Span]) -> list[tuple[Span, Span]]:
    """Mọi cặp chồng nhau, theo ngày bắt đầu."""
    found: list[tuple[Span, Span]] = []
    running: list[Span] = []
    for span in _sorted(spans):
        running = [earlier for earlier in running if earlier.end is None or earlier.end > span.start]
        found += ((earlier, span) for earlier in running)
        running.append(span)
    return found


def merged(spans: Iterable[Span]) -> list[Span]:
    """Hợp của các khoảng, thành các khoảng rời nhau; hai khoảng liền nhau thành một."""
    whole: list[Span] = []
    for span in _sorted(spans):
        last = whole[-1] if whole else None
        if last is not None and (last.end is None or span.start <= last.end):
            whole[-1] = Span(last.start, _later(last.end, span.end))
        else:
            whole.append(span)
    return whole


def gaps(spans: Iterable[Span], within: Span) -> list[Span]:
    """Các đoạn của ``within`` mà không khoảng nào phủ."""
    return list(_gaps(merged(spans), within))


def covers(spans: Iterable[Span], within: Span) -> bool:
    """``within`` được phủ kín; có thể chồng nhau."""
    return not gaps(spans, within)


def is_contiguous_cover(spans: Iterable[Span], within: Span) -> bool:
    """Phủ đúng ``within``: không hở, không chồng, không thò ra ngoài."""
    parts = list(spans)
    return merged(parts) == [within] and not overlaps(parts)


def _gaps(parts: list[Span], within: Span) -> Iterator[Span]:
    at: date | None = within.start
    for part in parts:
        if at is None or (within.end is not None and at >= within.end):
            return
        if part.end is not None and part.end <= at:
            continue
        if part.start > at:
            yield Span(at, _earlier(part.start, within.end))
        at = part.end
    if at is not None and (within.end is None or at < within.end):
        yield Span(at, within.end)


def _sorted(spans: Iterable[Span]) -> list[Span]:
    return sorted(spans, key=lambda span: (span.start, span.end or date.max))


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((end for end in (one, other) if end is not None), default=None)


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)
