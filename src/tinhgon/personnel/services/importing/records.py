"""Trang Quá trình công tác, Đào tạo, Luân chuyển: mục mới thì ghi, mục đã có y như vậy thì thôi, mục ghi nhầm thì bỏ.

Không sửa đè: cùng một mục mà khác chi tiết là một chỗ sai, câu nói cách sửa.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Manager
from django.utils.translation import gettext as _

from tinhgon.core import clock
from tinhgon.engine.tables import header_key
from tinhgon.org.models import Person
from tinhgon.personnel.entries import entry_said
from tinhgon.personnel.models import PastWork, Rotation, Training
from tinhgon.personnel.services.importing.reading import Kind, Reading, Row

Identity = tuple[Any, ...]
Entry = Training | PastWork | Rotation
_KINDS = {header_key(str(kind.label)): kind for kind in Rotation.Kind} | {"chuyen doi": Rotation.Kind.CHANGE, "chuyen doi vi tri": Rotation.Kind.CHANGE}


@dataclass
class Records:
    """Ba trang cùng một cách: ``made`` sẽ ghi, ``gone`` sẽ xóa."""

    reading: Reading
    made: list[Entry] = field(default_factory=list)
    gone: list[Entry] = field(default_factory=list)

    def plan(self) -> None:
        self._trainings()
        self._past()
        self._rotations()

    def write(self, by: Person | None) -> None:
        for kind in (Training, PastWork, Rotation):
            table: Manager[Any] = kind._default_manager
            table.filter(pk__in=[one.pk for one in self.gone if isinstance(one, kind)]).delete()
            table.bulk_create([one for one in self.made if isinstance(one, kind)])

    def _trainings(self) -> None:
        rows = self.reading.rows["trainings"]
        read = [(row, (row.person.pk, header_key(row["title"]), day)) for row in rows if (day := self.reading.day(row, "finished"))]
        had = {(one.person_id, header_key(one.title), one.finished_on): one for one in Training.objects.filter(person__in=_people(rows)).select_related("field")}
        for row, identity in self._once(read, "title"):
            if identity[2] > self.reading.on:
                self.reading.fault(row, "finished", _("Khóa học chưa xong: chỉ ghi khóa đã học xong."))
                continue
            made = Training(
                person=row.person, title=self._fits(row, "title", 200), field=self.reading.field_of(row), place=self._fits(row, "place", 200), finished_on=identity[2],
                recorded_at=clock.now(),
            )  # fmt: skip
            self._entry(row, made, had.get(identity), {"field_id": "field", "place": "place"}, "title")

    def _past(self) -> None:
        rows = self.reading.rows["past"]
        had = {(one.person_id, one.term.lower, header_key(one.title), header_key(one.place)): one for one in PastWork.objects.filter(person__in=_people(rows))}
        read = [(row, (row.person.pk, since, header_key(row["title"]), header_key(row["place"]))) for row in rows if (since := self.reading.day(row, "since"))]
        for row, identity in self._once(read, "since"):
            last, since = self.reading.day(row, "until"), identity[1]
            if row.is_dropped:
                last = last or since
            if last is None or self._wrong_span(row, since, last):
                continue
            made = PastWork(
                person=row.person, title=self._fits(row, "title", 120), place=self._fits(row, "place", 200), field=self.reading.field_of(row),
                term=DateRange(since, last + timedelta(days=1)), basis=self._fits(row, "basis", 300), recorded_at=clock.now(),
            )  # fmt: skip
            self._entry(row, made, had.get(identity), {"term": "until", "field_id": "field", "basis": "basis"}, "since")

    def _wrong_span(self, row: Row, since: date, last: date) -> bool:
        if last < since:
            self.reading.fault(row, "until", _("Ngày cuối phải từ ngày đầu trở đi."))
        elif last >= self.reading.on:
            self.reading.fault(row, "until", _("Chỉ ghi quãng đã qua: việc đang giữ là phân công."))
        else:
            return False
        return True

    def _rotations(self) -> None:
        rows = self.reading.rows["rotations"]
        recorded = list(Rotation.objects.filter(person__in=_people(rows)))
        had = {(one.person_id, one.kind, one.term.lower): one for one in recorded}
        read = []
        for row in rows:
            kind, since = self.reading.chosen(row, "kind", _KINDS), self.reading.day(row, "since")
            if kind is not None and since is not None:
                read.append((row, (row.person.pk, str(kind), since)))
        planned: list[tuple[Row, Rotation]] = []
        for row, identity in self._once(read, "since"):
            due, since = self.reading.day(row, "due"), identity[2]
            if row.is_dropped:
                due = due or since + timedelta(days=1)
            if due is None:
                continue
            if due <= since:
                self.reading.fault(row, "due", _("Ngày tới hạn phải sau ngày bắt đầu."))
                continue
            made = Rotation(
                person=row.person, kind=identity[1], term=DateRange(since, due), note=self._fits(row, "note", 300), basis=self._fits(row, "basis", 300), recorded_at=clock.now()
            )
            if self._entry(row, made, had.get(identity), {"term": "due", "note": "note", "basis": "basis"}, "since"):
                planned.append((row, made))
        self._apart(planned, recorded)

    def _apart(self, planned: list[tuple[Row, Rotation]], recorded: list[Rotation]) -> None:
        """Hai thời hạn cùng hình thức của một người không chồng nhau, kể cả giữa các dòng của tệp."""
        gone = {one.pk for one in self.gone if isinstance(one, Rotation)}
        kept: dict[tuple[int, str], list[DateRange]] = {}
        for one in recorded:
            if one.pk not in gone:
                kept.setdefault((one.person_id, one.kind), []).append(one.term)
        for row, made in planned:
            others = kept.setdefault((made.person_id, made.kind), [])
            if any(made.term.lower < other.upper and other.lower < made.term.upper for other in others):
                self.reading.fault(row, "since", _("Đã có một thời hạn cùng hình thức trong khoảng ngày này."))
            others.append(made.term)

    def _once(self, read: Iterable[tuple[Row, Identity]], key: str) -> list[tuple[Row, Identity]]:
        """Dòng bỏ trước, dòng ghi sau: sửa một mục là bỏ dòng cũ và ghi dòng mới trong cùng một tệp."""
        found = self.reading.once(read, _("Dòng %(first)d đã ghi mục này cho %(person)s (%(code)s)."), key)
        return sorted(found, key=lambda one: not one[0].is_dropped)

    def _fits(self, row: Row, key: str, longest: int) -> str:
        if len(row[key]) > longest:
            self.reading.fault(row, key, _("Dài quá %(longest)d ký tự.") % {"longest": longest})
        return row[key]

    def _entry(self, row: Row, made: Entry, had: Entry | None, compared: Mapping[str, str], key: str) -> bool:
        """Xếp một dòng vào chỗ của nó; đúng khi mục sẽ được ghi mới. ``compared``: chi tiết -> cột của nó.

        Dòng "Bỏ" chỉ bỏ mục khớp mọi chi tiết đã điền: đưa lại tệp đã sửa mục thì không bỏ mục vừa sửa.
        """
        if had is not None and any(one is had for one in self.gone):
            had = None
        if row.is_dropped and had is not None and any(getattr(had, name) != getattr(made, name) for name, cell in compared.items() if row[cell]):
            had = None
        if row.is_dropped:
            if had is None:
                self.reading.effect(row, Kind.SAME, _("không có mục này để bỏ"))
                return False
            self.gone.append(had)
            self.reading.effect(row, Kind.REMOVED, _("bỏ %(entry)s") % {"entry": entry_said(had)})
            return False
        if had is None:
            self.made.append(made)
            self.reading.effect(row, Kind.NEW, entry_said(made))
            return True
        if all(getattr(had, name) == getattr(made, name) for name in compared):
            self.reading.effect(row, Kind.SAME, _("đã ghi"))
        else:
            sentence = _("Mục này đã ghi với chi tiết khác (%(entry)s): ghi x ở cột Bỏ cho dòng cũ rồi thêm một dòng mới.")
            self.reading.fault(row, key, sentence % {"entry": entry_said(had)})
        return False


def _people(rows: Iterable[Row]) -> list[int]:
    return [row.person.pk for row in rows]
