"""Một thao tác trên bảng là chỗ khác nhau giữa hai ảnh chụp của phương án; hoàn lại là đặt đúng các dòng ấy như trước."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Rows = Mapping[str, Mapping[str, Any]]
"""Bảng -> khóa -> nội dung của dòng (giá trị so được, viết được thành JSON)."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Bảng -> khóa -> [nội dung trước, nội dung sau]; ``None``: không có dòng."""

    rows: Mapping[str, Mapping[str, tuple[Any, Any]]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(self.rows.values())


def difference(before: Rows, after: Rows) -> Changes:
    """Mọi dòng khác nhau giữa hai ảnh chụp."""
    found = {}
    for table in sorted({*before, *after}):
        old, new = before.get(table, {}), after.get(table, {})
        changed = {key: (old.get(key), new.get(key)) for key in sorted({*old, *new}) if old.get(key) != new.get(key)}
        if changed:
            found[table] = changed
    return Changes(found)


def taken_back(now: Rows, changes: Changes) -> Rows | None:
    """Ảnh chụp trước thao tác, từ ảnh chụp lúc này. ``None``: có dòng đã đổi sau thao tác ấy, không hoàn lại được."""
    back = {table: dict(rows) for table, rows in now.items()}
    for table, rows in changes.rows.items():
        at = back.setdefault(table, {})
        for key, (was, became) in rows.items():
            if at.get(key) != became:
                return None
            if was is None:
                at.pop(key, None)
            else:
                at[key] = was
    return back
