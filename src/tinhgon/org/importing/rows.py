"""Dòng của bảng thành giá trị có kiểu; mỗi ô sai là một ``Problem`` có số dòng và cột."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from tinhgon.core.errors import Invalid
from tinhgon.engine.intervals import Span
from tinhgon.engine.tables import header_key
from tinhgon.engine.vietnamese import fold
from tinhgon.org.importing import wording
from tinhgon.org.importing.columns import TABLES, TITLES, Column

_YES, _NO = {"1", "x", "co", "dung", "yes", "true"}, {"0", "khong", "sai", "no", "false"}
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True, slots=True)
class Problem:
    """Một chỗ sai: bảng, số dòng trong tệp (0: cả tệp), tiêu đề cột, câu nói sai gì và sửa sao."""

    table: str
    row: int
    column: str
    sentence: str


@dataclass
class Row:
    """Một dòng đã đọc; ``values`` theo khóa cột. Ô sai có giá trị ``None`` và một ``Problem`` trong ``problems`` của bảng."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    @property
    def span(self) -> Span | None:
        """Khoảng ngày của dòng; ``None`` khi ngày sai."""
        since, until = self.values.get("since"), self.values.get("until")
        if since is None or (until is not None and until <= since):
            return None
        return Span(since, until)


class Sheet:
    """Một bảng đang đọc: các dòng, và các vấn đề gặp trên đường."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.columns = {column.key: column for column in TABLES[table]}
        self.rows: list[Row] = []
        self.problems: list[Problem] = []

    def fault(self, row: int, key: str, sentence: str) -> None:
        column = self.columns.get(key)
        self.problems.append(Problem(self.table, row, column.header if column else "", sentence))


def load(table: str, data: bytes, choices: Mapping[str, Mapping[str, str]]) -> Sheet:
    """Đọc một bảng. ``choices``: cột -> (khóa không dấu -> giá trị) cho các cột chọn trong danh sách."""
    sheet = Sheet(table)
    known = [name for column in TABLES[table] for name in (column.header, *column.aliases)]
    try:
        read = wording.read(data, known=known, title=TITLES[table])
    except Invalid as broken:
        for reason in broken.reasons:
            sheet.problems.append(Problem(table, reason.data["row"], reason.data["column"], str(reason)))
        return sheet
    headers = _headers(sheet, read.columns)
    if not sheet.problems:
        sheet.rows = [_row(sheet, number, cells, headers, choices) for number, cells in read.rows]
    return sheet


def _headers(sheet: Sheet, columns: tuple[str, ...]) -> dict[str, str]:
    """Khóa cột -> tiêu đề trong tệp; cột bắt buộc thiếu là vấn đề."""
    present = {header_key(name): name for name in columns}
    found: dict[str, str] = {}
    for column in sheet.columns.values():
        for name in (column.header, column.key, *column.aliases):
            if header_key(name) in present:
                found.setdefault(column.key, present[header_key(name)])
        unclear = next((present[header_key(name)] for name in column.unclear if header_key(name) in present), "")
        if unclear and column.key not in found:
            sentence = _("Cột “%(unclear)s” không rõ ngày ấy còn tính hay không: đổi tên thành “%(column)s” và ghi ngày cuối còn tính.")
            sheet.fault(0, column.key, sentence % {"unclear": unclear, "column": column.header})
        elif column.is_required and column.key not in found:
            sheet.fault(0, column.key, _("Thiếu cột “%(column)s”.") % {"column": column.header})
    return found


def _row(
    sheet: Sheet, number: int, cells: Mapping[str, str], headers: Mapping[str, str],
    choices: Mapping[str, Mapping[str, str]],
) -> Row:  # fmt: skip
    row = Row(number)
    for key, column in sheet.columns.items():
        text = cells.get(headers.get(key, ""), "")
        row.values[key] = _value(sheet, number, column, text, choices.get(key))
    since, until = row["since"] if "since" in row.values else None, row.values.get("until")
    if since is not None and until is not None and until <= since:
        sheet.fault(number, "until", _("Ngày cuối phải từ ngày đầu trở đi."))
    return row


def _value(sheet: Sheet, number: int, column: Column, text: str, choice: Mapping[str, str] | None) -> Any:
    if not text:
        if column.is_required:
            sheet.fault(number, column.key, _("Ô này không được trống."))
        return None if column.key in ("since", "until") or choice is not None else ""
    if choice is not None:
        found = choice.get(header_key(text))
        if found is None:
            listed = ", ".join(dict.fromkeys(choice.values()))
            sheet.fault(number, column.key, _("Không hiểu “%(text)s”; các giá trị dùng được: %(listed)s.") % {"text": text, "listed": listed})  # fmt: skip
        return found
    if column.key in ("since", "until"):
        day = read_day(text)
        if day is None:
            sheet.fault(number, column.key, _("“%(text)s” không phải ngày; viết như 01/07/2025.") % {"text": text})
        return day_after(day) if day and column.key == "until" else day
    return text


def read_day(text: str) -> date | None:
    """``01/7/2025`` hay ``2025-07-01``; ``None`` khi không phải ngày có thật."""
    try:
        if parts := _DAY_FIRST.fullmatch(text):
            return date(int(parts[3]), int(parts[2]), int(parts[1]))
        return date.fromisoformat(text)
    except ValueError:
        return None


def day_after(last: date) -> date | None:
    """Ngày đầu tiên không còn tính, từ ngày cuối còn tính; ngày cuối của lịch (31/12/9999) là chưa có ngày cuối."""
    return last + timedelta(days=1) if last < date.max else None


def day_before(upper: date | None) -> date | None:
    """Ngược lại, để viết ra bảng."""
    return upper - timedelta(days=1) if upper else None


def read_yes(sheet: Sheet, row: Row, key: str, default: bool) -> bool:
    """Ô có/không; trống là ``default``."""
    text = fold(row[key] or "")
    if not text:
        return default
    if text not in _YES | _NO:
        sheet.fault(row.number, key, _("Ghi 1 hoặc 0 (có hoặc không)."))
    return text in _YES


def read_count(sheet: Sheet, row: Row, key: str, *, default: int, least: int, most: int) -> int:
    """Ô số nguyên trong khoảng; trống là ``default``."""
    text = row[key]
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        sheet.fault(row.number, key, _("Phải là số từ %(least)d đến %(most)d.") % {"least": least, "most": most})
        return default
    return int(text)
