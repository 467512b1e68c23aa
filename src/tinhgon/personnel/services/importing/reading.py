"""Đọc tệp hồ sơ: nhận ra từng trang và từng cột, ô thành giá trị có kiểu; mỗi ô sai là một câu có trang, dòng và cột."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason
from tinhgon.engine.tables import NamedTable, TableError, header_key, read_sheets
from tinhgon.engine.vietnamese import fold
from tinhgon.org.access import require
from tinhgon.org.importing import wording
from tinhgon.org.importing.rows import read_day
from tinhgon.org.models import Field, Person
from tinhgon.org.rights import Verb
from tinhgon.personnel.access import people_of_standing
from tinhgon.personnel.workbook import IGNORED, KNOWN, MATTERS, UNREAD, Matter

_YES, _NO = {"1", "x", "co", "dung", "chinh"}, {"", "0", "khong", "khac"}
_BRACKETS = re.compile(r"\([^)]*\)")


class Kind(StrEnum):
    """Một dòng làm gì với hồ sơ."""

    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Problem:
    """Một chỗ sai: trang, số dòng trong trang (0: cả trang hay cả tệp), cột, câu nói sai gì và sửa sao."""

    sheet: str
    row: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Effect:
    """Một dòng hiểu được: của ai, làm gì. Câu không bao giờ chứa ngày sinh, giới tính."""

    sheet: str
    row: int
    person_id: int
    person: str
    kind: Kind
    sentence: str


@dataclass
class Row:
    """Một dòng của một người đã nhận ra; ``cells`` theo khóa cột."""

    matter: Matter
    number: int
    person: Person
    cells: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.cells.get(key, "")

    @property
    def is_dropped(self) -> bool:
        return fold(self["drop"]) in _YES


@dataclass
class Reading:
    """Cả lần đọc: người trong phạm vi của vị trí đang dùng (không kể chính mình), mọi chỗ sai, lời nhắc và việc sẽ làm."""

    actor: Actor
    on: date
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=lambda: {key: [] for key in MATTERS})

    def __post_init__(self) -> None:
        standing = require(self.actor, Verb.KEEP_PROFILES, on=self.on)
        people = Person.objects.all()
        if standing is not None:
            people = people.filter(people_of_standing(standing, on=self.on)).exclude(user=self.actor.user_id)
        self.people = {person.code: person for person in people}
        self.fields: dict[str, Field] = {}
        for one in Field.objects.all():
            self.fields |= {header_key(one.name): one, header_key(one.code): one}

    def fault(self, row: Row, key: str, sentence: str) -> None:
        self._fault(row.matter, row.number, key, sentence)

    def _fault(self, matter: Matter, number: int, key: str, sentence: str) -> None:
        header = next(column.header for column in matter.columns if column.key == key)
        self.problems.append(Problem(matter.title, number, header, sentence))

    def effect(self, row: Row, kind: Kind, sentence: str) -> None:
        self.effects.append(Effect(row.matter.title, row.number, row.person.pk, row.person.full_name, kind, sentence))

    def read(self, data: bytes) -> None:
        """Mọi trang của tệp vào ``rows``. ``Invalid`` khi tệp không mở được."""
        try:
            sheets = read_sheets(data, known=KNOWN, skipped=UNREAD)
        except TableError as broken:
            raise Invalid(*(Reason(f"table.{p.code}", wording.sentence(p), "file", {"row": p.row, "column": p.column}) for p in broken.problems)) from broken
        taken: dict[str, str] = {}
        for sheet in sheets:
            matter = _matter_of(sheet)
            if matter is None:
                self.notes.append(_("Trang “%(title)s” không phải trang hồ sơ nào: đã bỏ qua.") % {"title": sheet.title})
            elif matter.key in taken:
                sentence = _("Trang “%(title)s” và trang “%(other)s” cùng là %(matter)s: gộp lại làm một.")
                self.problems.append(Problem(sheet.title, 0, "", sentence % {"title": sheet.title, "other": taken[matter.key], "matter": matter.title}))
            else:
                taken[matter.key] = sheet.title
                self._sheet(matter, sheet)
        if not taken and not self.problems:
            self.problems.append(Problem("", 0, "", _("Không nhận ra trang nào: hãy điền vào tệp tải ở trang này.")))

    def _sheet(self, matter: Matter, sheet: NamedTable) -> None:
        self.problems += (Problem(matter.title, p.row, p.column, wording.sentence(p)) for p in sheet.problems)
        if sheet.problems:
            return
        headers, strangers = _headers(matter, sheet.table.columns)
        missing = [column.header for column in matter.needed if column.key not in headers]
        self.problems += (Problem(matter.title, 0, header, _("Thiếu cột “%(column)s”.") % {"column": header}) for header in missing)
        if strangers:
            sentence = _("Trang %(matter)s: không đọc cột %(columns)s.")
            self.notes.append(sentence % {"matter": matter.title, "columns": ", ".join(f"“{name}”" for name in strangers)})
        if missing:
            return
        for number, cells in sheet.table.rows:
            row = self._row(matter, number, {key: cells.get(header, "").strip() for key, header in headers.items()})
            if row is not None:
                self.rows[matter.key].append(row)

    def _row(self, matter: Matter, number: int, cells: dict[str, str]) -> Row | None:
        code, name = cells["code"], cells["name"]
        person = self.people.get(code)
        if not code:
            self._fault(matter, number, "code", _("Ô này không được trống."))
        elif person is None:
            self._fault(matter, number, "code", _("Không có người mang số hiệu “%(code)s” trong phạm vi của bạn, hoặc đó là chính bạn.") % {"code": code})
        elif fold(person.full_name) != fold(name):
            sentence = _("Số hiệu %(code)s là của %(person)s, không phải “%(name)s”.")
            self._fault(matter, number, "name", sentence % {"code": code, "person": person.full_name, "name": name})
        else:
            row = Row(matter, number, person, cells)
            return row if self._filled(row) else None
        return None

    def _filled(self, row: Row) -> bool:
        empty = [column for column in row.matter.needed if not row[column.key] and not (row.is_dropped and column.key in ("basis", "level", "due", "until"))]
        for column in empty:
            self.fault(row, column.key, _("Ô này không được trống."))
        return not empty

    def day(self, row: Row, key: str) -> date | None:
        """Ngày trong ô; ``None`` khi trống hoặc sai (sai thì đã ghi chỗ sai)."""
        text = row[key]
        found = read_day(text) if text else None
        if text and found is None:
            self.fault(row, key, _("“%(text)s” không phải ngày; viết như 01/07/2025.") % {"text": text})
        return found

    def flag(self, row: Row, key: str) -> bool:
        text = fold(row[key])
        if text not in _YES | _NO:
            self.fault(row, key, _("Ghi x hoặc để trống."))
        return text in _YES

    def chosen(self, row: Row, key: str, choices: Mapping[str, Any]) -> Any:
        """Giá trị theo danh sách ``choices`` (khóa không dấu -> giá trị); ``None`` khi không có (đã ghi chỗ sai)."""
        found = choices.get(header_key(row[key]))
        if found is None:
            shown = ", ".join(dict.fromkeys(str(getattr(value, "label", value)) for value in choices.values()))
            self.fault(row, key, _("Không hiểu “%(text)s”; các giá trị dùng được: %(listed)s.") % {"text": row[key], "listed": shown})
        return found

    def field_of(self, row: Row) -> Field | None:
        """Lĩnh vực của dòng; ``None`` khi trống hoặc sai (sai thì đã ghi chỗ sai)."""
        text = row["field"]
        found = self.fields.get(header_key(text)) if text else None
        if text and found is None:
            self.fault(row, "field", _("Không có lĩnh vực “%(text)s”.") % {"text": text})
        return found

    def once(self, rows: Iterable[tuple[Row, tuple[Any, ...]]], sentence: str, key: str) -> list[tuple[Row, tuple[Any, ...]]]:
        """Bỏ những dòng trùng khóa với dòng trước, mỗi dòng trùng một chỗ sai; dòng "Bỏ" và dòng ghi lại cùng mục thì không trùng."""
        first: dict[tuple[Any, ...], int] = {}
        kept = []
        for row, identity in rows:
            full = (*identity, row.is_dropped)
            if full in first:
                self.fault(row, key, sentence % {"first": first[full], "person": row.person.full_name, "code": row.person.code})
                continue
            first[full] = row.number
            kept.append((row, identity))
        return kept


def _matter_of(sheet: NamedTable) -> Matter | None:
    """Trang này là loại nào: theo tên trang; tên lạ thì theo các cột bắt buộc, loại khớp nhiều cột nhất."""
    title = header_key(sheet.title)
    for matter in MATTERS.values():
        if title and title in map(header_key, (matter.title, *matter.aliases)):
            return matter
    scored = []
    for matter in MATTERS.values():
        headers, _strangers = _headers(matter, sheet.table.columns)
        own = [column.key for column in matter.columns if column.key in headers and column.key not in ("code", "name", "drop")]
        if own and all(column.key in headers for column in matter.needed):
            scored.append((len(own), matter))
    return max(scored, key=lambda one: one[0])[1] if scored else None


def _headers(matter: Matter, columns: tuple[str, ...]) -> tuple[dict[str, str], list[str]]:
    """Khóa cột -> tiêu đề trong tệp; và những tiêu đề lạ. Tên đúng được xét trước tên khác; phần trong ngoặc đơn không kể."""
    present: dict[str, str] = {}
    for name in columns:
        present.setdefault(header_key(name), name)
        present.setdefault(header_key(_BRACKETS.sub("", name)), name)
    found: dict[str, str] = {}
    for names in ([(one, (one.header,)) for one in matter.columns], [(one, one.aliases) for one in matter.columns]):
        for column, spellings in names:
            for spelling in spellings:
                header = present.get(header_key(spelling))
                if column.key not in found and header is not None and header not in found.values():
                    found[column.key] = header
    strangers = [name for name in columns if name not in found.values() and header_key(name) not in IGNORED]
    return {key: header for key, header in found.items() if not next(c for c in matter.columns if c.key == key).is_shown_only}, strangers
