"""Gióng đoạn rồi so chữ. Đoạn được gióng theo độ giống, để sửa một chữ không thành xóa cả đoạn rồi thêm cả đoạn."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from tinhgon.engine.vietnamese import nfc

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_LIKE = 0.4
"""Hai đoạn giống nhau từ chừng này trở lên thì là một đoạn được sửa."""
_MOST_PAIRS = 40_000
"""Khối đoạn đổi lớn hơn thế thì gióng theo thứ tự, để một bản thay hết nội dung không bắt người xem chờ."""


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class Word:
    """Một đoạn chữ liền nhau cùng một kiểu: giữ nguyên, thêm, bớt."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Một đoạn. ``before``, ``after``: đoạn thứ mấy ở hai bản (từ 1), ``None`` khi không có ở bản ấy."""

    change: Change
    before: int | None
    after: int | None
    words: tuple[Word, ...]


def difference(before: Sequence[str], after: Sequence[str]) -> tuple[Paragraph, ...]:
    """Các đoạn theo thứ tự đọc; ghép mọi chữ không bị bớt thì được ``after``, mọi chữ không thêm thì được ``before``."""
    old, new = [nfc(text) for text in before], [nfc(text) for text in after]
    found: list[Paragraph] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs: Iterator[tuple[int | None, int | None]] = zip(range(a, b), range(c, d), strict=True)
        else:
            pairs = _aligned(old, new, range(a, b), range(c, d))
        found += [_paragraph(old, new, i, j) for i, j in pairs]
    return tuple(found)


def is_same(before: Sequence[str], after: Sequence[str]) -> bool:
    return [nfc(text) for text in before] == [nfc(text) for text in after]


def _aligned(
    old: Sequence[str], new: Sequence[str], left: range, right: range
) -> Iterator[tuple[int | None, int | None]]:
    """Ghép các đoạn của một khối đổi sao cho tổng độ giống lớn nhất mà không đảo thứ tự (quy hoạch động)."""
    if len(left) * len(right) > _MOST_PAIRS:
        yield from ((i, None) for i in left)
        yield from ((None, j) for j in right)
        return
    likeness = [[_likeness(old[i], new[j]) for j in right] for i in left]
    best = [[0.0] * (len(right) + 1) for _row in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            paired = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] >= _LIKE else -1.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    i = j = 0
    while i < len(left) or j < len(right):
        if i < len(left) and j < len(right) and likeness[i][j] >= _LIKE and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            yield left[i], right[j]
            i, j = i + 1, j + 1
        elif i < len(left) and (j == len(right) or best[i][j] == best[i + 1][j]):
            yield left[i], None
            i += 1
        else:
            yield None, right[j]
            j += 1


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, _WORDS.findall(one), _WORDS.findall(other), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _LIKE and matcher.quick_ratio() >= _LIKE else 0.0


def _paragraph(old: Sequence[str], new: Sequence[str], i: int | None, j: int | None) -> Paragraph:
    before, after = None if i is None else i + 1, None if j is None else j + 1
    if i is None and j is not None:
        return Paragraph(Change.ADDED, before, after, (Word(Change.ADDED, new[j]),))
    if j is None and i is not None:
        return Paragraph(Change.REMOVED, before, after, (Word(Change.REMOVED, old[i]),))
    assert i is not None
    assert j is not None
    if old[i] == new[j]:
        return Paragraph(Change.SAME, before, after, (Word(Change.SAME, old[i]),))
    return Paragraph(Change.EDITED, before, after, tuple(_words(old[i], new[j])))


def _words(one: str, other: str) -> Iterator[Word]:
    """Hai chỗ đổi chỉ cách nhau khoảng trắng thì là một chỗ: "bớt cả cụm, thêm cả cụm" dễ đọc hơn xen kẽ từng tiếng."""
    left, right = _WORDS.findall(one), _WORDS.findall(other)
    removed, added = "", ""
    opcodes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    for place, (tag, a, b, c, d) in enumerate(opcodes):
        old, new = "".join(left[a:b]), "".join(right[c:d])
        between = tag == "equal" and old.isspace() and 0 < place < len(opcodes) - 1
        if tag != "equal" or between:
            removed, added = removed + old, added + new
            continue
        yield from _changed(removed, added)
        removed, added = "", ""
        yield Word(Change.SAME, old)
    yield from _changed(removed, added)


def _changed(removed: str, added: str) -> Iterator[Word]:
    if removed:
        yield Word(Change.REMOVED, removed)
    if added:
        yield Word(Change.ADDED, added)
