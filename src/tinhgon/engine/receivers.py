"""Nơi nhận ghi trên văn bản thành tên để gửi: bỏ gạch đầu dòng, dấu câu, lời chú; "Như trên" là nơi kính gửi, "Lưu" thì ở lại.

Không đoán: nơi nhận qua máy khi tên đúng (không kể hoa thường, kiểu dấu) và chỉ một nơi mang tên ấy; còn lại là bản giấy.
"""

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from tinhgon.engine.vietnamese import fold

Key = TypeVar("Key", bound=Hashable)
_NOTE = re.compile(r"\s*\([^()]*\)\s*$")
_NOT_SENT = re.compile(r"^(?:nhu tren|nhu kinh (?:gui|trinh)|luu)\b")


@dataclass(frozen=True, slots=True)
class Matched(Generic[Key]):
    """``found``: các nơi nhận được qua máy, theo thứ tự trên văn bản; ``left``: tên không có ở đây."""

    found: tuple[Key, ...]
    left: tuple[str, ...]


def names(receivers: Iterable[str], addressees: Iterable[str] = ()) -> list[str]:
    """Tên các nơi nhận, mỗi nơi một lần: nơi kính gửi trước, rồi các dòng "Nơi nhận"."""
    found = (_NOTE.sub("", line.strip(" -–+•\t.,;")).strip(" .,;") for line in (*addressees, *receivers))
    kept = {fold(name): name for name in reversed([one for one in found if one]) if not _NOT_SENT.match(fold(name))}
    return list(kept.values())[::-1]


def matched(wanted: Iterable[str], places: Iterable[tuple[Key, str]]) -> Matched[Key]:
    """Đối chiếu tên với các nơi gửi được; hai nơi trùng tên thì người gửi tự chọn."""
    known: dict[str, set[Key]] = {}
    for key, name in places:
        known.setdefault(fold(name), set()).add(key)
    found: list[Key] = []
    left: list[str] = []
    for name in wanted:
        here = known.get(fold(name), set())
        if len(here) == 1:
            found.extend(here - set(found))
        else:
            left.append(name)
    return Matched(tuple(found), tuple(left))
