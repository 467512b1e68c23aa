"""Nhập một sổ cũ từ Excel, CSV: đọc thử nêu mọi chỗ theo dòng; sạch lỗi mới ghi, tất cả hoặc không gì. Số giữ đúng như sổ cũ."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock, progress
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, TinhGonError
from tinhgon.core.models import Progress
from tinhgon.documents.models import ColumnMapping, Direction, Document, DocumentType, NumberSeries
from tinhgon.documents.services import numbers, reading_queue
from tinhgon.documents.services.intake import register_wording
from tinhgon.engine import registers as engine
from tinhgon.engine.registers import Entry, Problem
from tinhgon.engine.tables import Table, header_key
from tinhgon.files.models import StoredFile
from tinhgon.files.services import chunks, discard
from tinhgon.org.access import require
from tinhgon.org.importing.wording import read as read_table
from tinhgon.org.locks import hold_open
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import unit_at

BATCH = 500
KIND = "documents.register_import"


@dataclass(frozen=True, slots=True)
class Report:
    """Kết quả đọc thử hay nhập. ``documents``: số văn bản; ``books``: số sổ; ``same``: dòng trùng hoàn toàn đã bỏ."""

    columns: tuple[str, ...]
    mapping: dict[str, str]
    rows: int
    documents: int
    books: int
    same: int
    problems: tuple[Problem, ...]
    sample: tuple[Entry, ...] = ()

    @property
    def blocking(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.blocks]


def table_of(data: bytes) -> Table:
    known = [name for names in engine.ALIASES.values() for name in names]
    try:
        return read_table(data, known=known)
    except Invalid:
        return read_table(data)  # tiêu đề lạ cả: lấy dòng đầu có chữ, người tự khớp cột


def remembered(columns: tuple[str, ...]) -> dict[str, str]:
    """Cách khớp cột của lần nhập trước với đúng các tiêu đề này; chưa có thì đoán theo tên hay gặp."""
    kept = ColumnMapping.objects.filter(columns=_key(columns)).first()
    return {**kept.mapping} if kept else engine.guess_mapping(columns)


def dry_run(
    actor: Actor, *, on: date, organ_id: int, direction: str, data: bytes, mapping: Mapping[str, str] | None = None
) -> Report:
    """Đọc thử, không ghi gì: mọi chỗ sai và mọi chỗ tự sửa theo dòng, kể cả số đã có trong sổ."""
    require(actor, Verb.REGISTER, on=on, unit_id=organ_id)
    table = table_of(data)
    used = _checked_mapping(table, mapping if mapping is not None else remembered(table.columns), direction)
    return _report(organ_id, direction, table, used, on)[0]


@transaction.atomic
def import_register(
    actor: Actor, *, on: date, organ_id: int, direction: str, data: bytes, mapping: Mapping[str, str] | None = None,
    progress_id: UUID | str | None = None,
) -> Report:  # fmt: skip
    """Ghi mọi dòng, hoặc ``Invalid`` với mọi chỗ sai và không ghi gì. Sổ theo năm; số cuối của sổ lên tới số lớn nhất vừa nhập."""
    require(actor, Verb.REGISTER, on=on, unit_id=organ_id)
    table = table_of(data)
    used = _checked_mapping(table, mapping if mapping is not None else remembered(table.columns), direction)
    report, entries = _report(organ_id, direction, table, used, on)
    if report.blocking:
        raise Invalid(*(_reason(problem) for problem in report.blocking))
    _write(organ_id, direction, entries, on, progress_id)
    digest = hashlib.sha256(data).hexdigest()
    ColumnMapping.objects.update_or_create(columns=_key(table.columns), defaults={"mapping": used, "used_at": clock.now()})
    told = {"documents": report.documents, "books": report.books, "sha256": digest, "direction": direction}
    record(actor, "documents.register_imported", ("unit", organ_id), after=told)
    return report


def import_later(
    actor: Actor, *, on: date, organ_id: int, direction: str, file_id: int, mapping: Mapping[str, str]
) -> Progress:
    """Xếp hàng việc nhập một tệp đã ở trong kho; trả về tiến độ. Quyền xét lại khi chạy."""
    require(actor, Verb.REGISTER, on=on, unit_id=organ_id)
    with transaction.atomic():
        job = progress.start(KIND, total=1, sentence=_("Đang đọc sổ cũ"))
        reading_queue.import_later(
            user_id=actor.user_id, appointment_id=actor.appointment_id, on=on.isoformat(), organ_id=organ_id, direction=direction,
            file_id=file_id, mapping=dict(mapping), progress_id=str(job.pk),
        )  # fmt: skip
    return job


def run(
    *, user_id: int | None, appointment_id: int | None, on: str, organ_id: int, direction: str, file_id: int, mapping: dict[str, str],
    progress_id: str,
) -> None:  # fmt: skip
    """Việc nền: nhập, rồi nói kết quả. Chạy lại sau khi đã xong thì mọi số đã có trong sổ: không ghi thêm gì."""
    job = Progress.objects.filter(pk=progress_id).first()
    stored = StoredFile.objects.filter(pk=file_id).first()
    if job is None or stored is None or job.state == Progress.State.DONE:
        return
    try:
        report = import_register(
            Actor(user_id, appointment_id), on=date.fromisoformat(on), organ_id=organ_id, direction=direction,
            data=b"".join(chunks(stored)), mapping=mapping, progress_id=progress_id,
        )  # fmt: skip
    except TinhGonError as error:
        progress.finish(progress_id, sentence=_("Chưa nhập gì: %(why)s") % {"why": error}, failed=True)
        return
    told = {"documents": report.documents, "books": report.books, "same": report.same}
    progress.advance(progress_id, done=report.documents, total=report.documents, sentence="")
    progress.finish(progress_id, sentence=_("Đã nhập %(documents)d văn bản vào %(books)d sổ, bỏ %(same)d dòng trùng hoàn toàn.") % told)
    discard(stored)


def _key(columns: tuple[str, ...]) -> str:
    return "|".join(header_key(column) for column in columns)[:2000]


def needed(direction: str) -> tuple[str, ...]:
    """Các ô mà dòng sổ nào cũng phải có."""
    return ("summary", "issued_on", *(("number", "issuer_name") if direction == Direction.INCOMING else ("symbol",)))


def _checked_mapping(table: Table, mapping: Mapping[str, str], direction: str) -> dict[str, str]:
    used = {name: column for name, column in mapping.items() if column and name in engine.FIELDS and column in table.columns}
    missing = [register_wording.field(name) for name in needed(direction) if name not in used]
    if missing:
        sentence = _("Chưa chọn cột cho: %(fields)s.") % {"fields": ", ".join(missing)}
        raise Invalid(Reason("documents.no_column", sentence, "mapping", {"columns": list(table.columns), "mapping": used}))
    return used


def _report(organ_id: int, direction: str, table: Table, mapping: dict[str, str], on: date) -> tuple[Report, list[Entry]]:
    types = {t.code: (t.name, t.abbreviation) for t in DocumentType.objects.order_by("order")}
    incoming = direction == Direction.INCOMING
    found = engine.read_rows(table.rows, mapping, incoming=incoming, types=types, today=on)
    entries = sorted(found.entries, key=lambda e: (e.year, "" if incoming else e.type, e.number, e.suffix))
    problems = [*found.problems, *_taken(organ_id, direction, entries)]
    problems.sort(key=lambda problem: (not problem.blocks, problem.row))
    books = {(e.year, "" if incoming else e.type) for e in entries}
    report = Report(
        table.columns, mapping, len(table.rows), len(entries), len(books), found.same, tuple(problems), tuple(found.entries[:5])
    )
    return report, entries


def _taken(organ_id: int, direction: str, entries: list[Entry]) -> Iterator[Problem]:
    """Số đã có trong sổ của hệ thống: không đè, không thêm chữ; phải xem lại tệp."""
    years = {entry.year for entry in entries}
    held = Document.objects.filter(series__organ=organ_id, series__direction=direction, series__year__in=years)
    have = set(held.values_list("series__year", "series__type__code", "number", "number_suffix"))
    for entry in entries:
        code = None if direction == Direction.INCOMING else entry.type
        if (entry.year, code, entry.number, entry.suffix) in have:
            yield Problem("taken", entry.row, "number", f"{entry.number}{entry.suffix}", blocks=True)


def _write(organ_id: int, direction: str, entries: list[Entry], on: date, progress_id: UUID | str | None) -> None:
    incoming = direction == Direction.INCOMING
    types = dict(DocumentType.objects.values_list("code", "pk"))
    organ, moment, done = unit_at(organ_id, on=on), clock.now(), 0
    for (year, code), rows in groupby(entries, key=lambda e: (e.year, "" if incoming else e.type)):
        listed = list(rows)
        book = numbers.Book(organ_id=organ_id, direction=direction, type_id=None if incoming else types[code], year=year)
        series = numbers.lock(book, on=min(on, date(year, 12, 31)))
        hold_open([organ_id], on=on)
        for start in range(0, len(listed), BATCH):
            part = listed[start : start + BATCH]
            Document.objects.bulk_create(
                _document(entry, series, organ_id, organ.name if organ else "", types, moment, incoming) for entry in part
            )
            done += len(part)
            if progress_id is not None:
                progress.advance_apart(progress_id, done=done, total=len(entries), sentence=_("Đang ghi các dòng của sổ"))
        highest = max(entry.number for entry in listed)
        NumberSeries.objects.filter(pk=series.pk).update(
            last_number=max(series.last_number, highest), imported_to=max(series.imported_to, highest)
        )


def _document(
    entry: Entry, series: NumberSeries, organ_id: int, organ_name: str, types: Mapping[str, int], moment: datetime, incoming: bool
) -> Document:
    return Document(
        direction=series.direction, state=Document.State.DONE, type_id=types[entry.type], holder_id=organ_id,
        issuer_id=None if incoming else organ_id, issuer_name=entry.issuer_name or ("" if incoming else organ_name), series=series,
        number=entry.number, number_suffix=entry.suffix, symbol=entry.symbol, issued_on=entry.issued_on, arrived_on=entry.arrived_on,
        summary=entry.summary, signer_name=entry.signer_name, receivers=entry.receivers, pages=entry.pages,
        finished_on=entry.arrived_on or entry.issued_on, created_at=moment,
    )  # fmt: skip


def _reason(problem: Problem) -> Reason:
    return Reason(f"register.{problem.code}", register_wording.sentence(problem), problem.field, {"row": problem.row})
