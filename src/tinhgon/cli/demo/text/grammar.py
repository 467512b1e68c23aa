"""Văn phạm nhỏ: ``{chỗ}`` lấy từ ngữ cảnh hoặc danh sách, ``{a|b}`` chọn một trong các cách nói."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

_SLOT = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Dated:
    """Một câu chỉ hợp trong khoảng ngày: văn bản sau khi ban hành, sự kiện trước khi diễn ra."""

    text: str
    since: date = date(2000, 1, 1)
    until: date = date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class Piece:
    """Một mẫu văn bản. ``audience``: down, up, side, inside; ``types``: các tên loại hợp với mẫu."""

    audience: str
    types: tuple[str, ...]
    pattern: str

    def fits(self, on: date) -> bool:
        return _fits(self.pattern, on)


@dataclass(frozen=True, slots=True)
class Job:
    """Một mẫu nhiệm vụ: nội dung và sản phẩm phải nộp."""

    title: str
    product: str

    def fits(self, on: date) -> bool:
        return _fits(self.title, on)


@dataclass(frozen=True, slots=True)
class Work:
    """Việc của một chức năng."""

    pieces: tuple[Piece, ...]
    jobs: tuple[Job, ...]


_TIMELY = (
    # Không tổ chức cấp huyện, sắp xếp cấp xã: chỉ nói tới từ sau Kết luận 127-KL/TW ngày 28/02/2025.
    (re.compile("cấp huyện|phường, xã mới|đơn vị hành chính|sắp xếp|kết thúc hoạt động|cơ quan mới|trụ sở mới|bàn giao|hết giá trị"), date(2025, 3, 4), date(2100, 1, 1)),
    (re.compile("cuối năm 2025|30/6/2025"), date(2025, 5, 20), date(2100, 1, 1)),
    (re.compile("Phật đản"), date(2025, 4, 15), date(2025, 5, 15)),
    (re.compile("01/01/2025|năm 2024"), date(2000, 1, 1), date(2025, 4, 10)),
)  # fmt: skip


@cache
def _window(pattern: str) -> tuple[date, date]:
    """Khoảng ngày mà một mẫu câu còn hợp thời."""
    windows = [(since, until) for word, since, until in _TIMELY if word.search(pattern)]
    return max((w[0] for w in windows), default=date.min), min((w[1] for w in windows), default=date.max)


def _fits(pattern: str, on: date) -> bool:
    since, until = _window(pattern)
    return since <= on <= until


def pieces(audience: str, types: str, *patterns: str) -> tuple[Piece, ...]:
    return tuple(Piece(audience, tuple(types.split()), pattern) for pattern in patterns)


_TAILS = {
    "down": (" đối với {ben_duoi}", " trên địa bàn {dia_ban}", " {thang}", ""),
    "up": (" của {cap_uy}", " {thang}", " trên địa bàn {dia_ban}", ""),
    "side": (" của {ben_duoi}", " {thang}", ""),
    "inside": (" ngày {ngay_gan}", " ngày {ngay_gan}", " {thang}"),
}
_HAS_PERIOD = re.compile(r"\d{4}|kỳ|tháng|năm")


def tails(piece: Piece) -> tuple[str, ...]:
    """Đuôi cụ thể hóa một mẫu câu chung chung: việc gì thì phải của ai, ở đâu, lúc nào."""
    if "{" in piece.pattern:
        return ("",)
    able = [t for t in _TAILS[piece.audience] if t != " {thang}" or not _HAS_PERIOD.search(piece.pattern)]
    return tuple(t for t in able if not (t.startswith(" của ") and " của " in piece.pattern)) or ("",)


class Speaker:
    """Nói một mẫu câu trong một ngữ cảnh, vào một ngày."""

    def __init__(self, rng: random.Random, words: Mapping[str, Sequence[str | Dated]]) -> None:
        self._rng = rng
        self._words = words
        self._by_month: dict[tuple[str, int, int], list[str]] = {}

    def say(self, pattern: str, context: Mapping[str, str], on: date) -> str:
        """Câu hoàn chỉnh: viết hoa chữ đầu, không dấu chấm cuối."""
        text = self._expand(pattern, context, on)
        return text[:1].upper() + text[1:]

    def _expand(self, pattern: str, context: Mapping[str, str], on: date) -> str:
        parts = []
        for is_slot, text in _parts(pattern):
            if not is_slot:
                parts.append(text)
            elif "|" in text:
                parts.append(self._rng.choice(text.split("|")))
            elif text in context:
                parts.append(context[text])
            else:
                parts.append(self._expand(self._rng.choice(self._fitting(text, on)), context, on))
        return "".join(parts)

    def _fitting(self, slot: str, on: date) -> list[str]:
        key = (slot, on.year, on.timetuple().tm_yday)
        found = self._by_month.get(key)
        if found is None:
            found = [
                item if isinstance(item, str) else item.text
                for item in self._words[slot]
                if isinstance(item, str) or item.since <= on <= item.until
            ]
            self._by_month[key] = found
        return found


@cache
def _parts(pattern: str) -> tuple[tuple[bool, str], ...]:
    """Tách "ab{c}d" thành ((False, "ab"), (True, "c"), (False, "d"))."""
    split = _SLOT.split(pattern)
    return tuple((bool(n % 2), text) for n, text in enumerate(split) if text)
