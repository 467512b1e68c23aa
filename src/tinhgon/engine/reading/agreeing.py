"""Bản quét được đọc hai lần, mỗi lần một cách chia trang: từng ô lấy bên đọc ra chữ có nghĩa hơn; nơi nhận thì từng mục.

Hai lần đọc trùng nhau cũng không làm một ô thành chắc: cùng một máy quét thì sai giống nhau.
"""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tinhgon.engine.reading.model import Field
from tinhgon.engine.reading.vocabulary import POSITION, SHORT, key, province, surname
from tinhgon.engine.vietnamese import tone_norm
from tinhgon.engine.vietnamese.syllables import is_syllable

_TOKEN = re.compile(r"\S+")
_EDGES = " ,.;:()[]\"'“”-–"
_ODD = re.compile(r"[^\w\s,.;:/()\-–&\"“”'’]")
_KEPT = re.compile(r"^L[ưu]u\b")
_SAME = 0.6
_LEGIBLE = 0.6
_LISTS = frozenset(("noi_nhan",))


def agreed(first: Field, second: Field, name: str) -> Field:
    """Ô lấy từ hai lần đọc."""
    if not first.value or not second.value or tone_norm(first.value) == tone_norm(second.value):
        return max(first, second, key=lambda found: (bool(found.value), found.confidence))
    if name in _LISTS:
        return replace(_longer(first, second), value="\n".join(_merged(first.value.split("\n"), second.value.split("\n"))), confidence=min(first.confidence, second.confidence) or 0.3)
    return first if _worth(first, name) > _worth(second, name) else second


def _longer(first: Field, second: Field) -> Field:
    return first if len(first.value) >= len(second.value) else second


def _worth(found: Field, name: str) -> tuple[float, ...]:
    """Ít chữ lạ hơn, rồi đủ hơn, rồi máy quét tự tin hơn."""
    if name == "nguoi_ky":
        return (float(bool(surname(found.value.split()[0]))), -strangeness(found.value), min(len(found.value.split()), 4), found.confidence)
    if name == "dia_danh":
        return (float(bool(province(found.value))), -strangeness(found.value), found.confidence)
    if name == "quyen_han_chuc_vu":
        parts = found.value.split(" / ")
        return (-strangeness(found.value), len(parts) if all(map(POSITION.match, parts[1:])) else 0, len(found.value.split()), found.confidence)
    whole = len(found.value.split()) if name == "co_quan" else 0
    return (float(found.confidence > _LEGIBLE), -strangeness(found.value), whole, found.confidence)


def strangeness(text: str) -> int:
    """Số chữ không phải âm tiết, số, hay chữ viết tắt quen."""
    return sum(_is_strange(token[0]) for token in _TOKEN.finditer(text)) + len(_ODD.findall(text))


def _is_strange(token: str) -> bool:
    bare = token.strip(_EDGES)
    if not bare or any(before.islower() and after.isupper() for before, after in zip(bare, bare[1:], strict=False)):
        return token not in ("/", "-", "–", "&")
    parts = [part for part in re.split(r"[/.\-–]", bare) if part]
    return not all(part.isdecimal() or part.upper() in SHORT or is_syllable(part) or part in ("b", "c", "đ", "t", "h", "v", "V") for part in parts)


def _merged(first: list[str], second: list[str]) -> Iterator[str]:
    """Hai danh sách xếp theo thứ tự chung; mục có ở cả hai thì lấy bên ít chữ lạ, mục chỉ một bên thấy thì giữ nếu đọc được."""
    at = 0
    for entry in first:
        other = next((i for i in range(at, len(second)) if _alike(entry, second[i])), None)
        if other is None:
            yield from _legible([entry])
            continue
        yield from _legible(second[at:other])
        yield min(second[other], entry, key=strangeness)
        at = other + 1
    yield from _legible(second[at:])


def _legible(entries: Iterable[str]) -> Iterator[str]:
    return (entry for entry in entries if strangeness(entry) * 2 < len(entry.split()))


def _alike(first: str, second: str) -> bool:
    if _KEPT.match(first) and _KEPT.match(second):  # mục cuối: mỗi văn bản chỉ có một
        return True
    return difflib.SequenceMatcher(None, key(first), key(second), autojunk=False).ratio() >= _SAME
