"""Bộ quy tắc đi kèm có đợt mới, cơ quan thì đã sửa bộ của mình: quy tắc cơ quan chưa sửa theo đợt mới, quy tắc đã sửa thì giữ và nêu ra.

Ba bản: ``base`` (đợt đã nạp lần trước), ``own`` (bộ đang dùng), ``shipped`` (đợt mới). Mỗi quy tắc là một đơn vị, không trộn từng ô: câu của
bản này với nguồn của bản kia là một quy tắc không ai viết.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Upgrade:
    """``rules``: bộ sau khi lên đợt. ``contested``: mã các quy tắc cả hai bên cùng đổi, khác nhau; ``taken``: số quy tắc theo đợt mới."""

    rules: list[Row]
    contested: tuple[str, ...]
    taken: int


def upgraded(base: Sequence[Row], own: Sequence[Row], shipped: Sequence[Row]) -> Upgrade:
    """Giữ thứ tự của bộ đang dùng; quy tắc mới đứng cuối, theo thứ tự của đợt mới."""
    old, mine, new = ({row["code"]: row for row in rows} for rows in (base, own, shipped))
    found: list[Row] = []
    contested: list[str] = []
    taken = 0
    for code in dict.fromkeys((*mine, *new, *old)):
        before, kept, came = old.get(code), mine.get(code), new.get(code)
        follows = kept == before
        if not follows and came not in (before, kept):
            contested.append(code)
        chosen = came if follows else kept
        taken += follows and came != kept
        if chosen is not None:
            found.append(chosen)
    return Upgrade(found, tuple(contested), taken)
