"""Chữ trong từng ô của sổ, cho một khúc văn bản; mỗi khúc vài câu SQL."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from tinhgon.documents.models import Document, RoutingLine
from tinhgon.documents.printing.columns import Kind
from tinhgon.org.selectors.units import units_at

State = RoutingLine.State


@dataclass(frozen=True, slots=True)
class Entry:
    """Một dòng sổ: văn bản, các dòng chuyển của nó, tên đơn vị; ``line``: dòng chuyển của dòng này (sổ chuyển giao)."""

    document: Document
    names: dict[int, str]
    lines: list[RoutingLine] = field(default_factory=list)
    answers: str = ""
    line: RoutingLine | None = None


def rows(kind: Kind, keys: Sequence[str], documents: Sequence[Document], *, on: date) -> Iterator[list[list[str]]]:
    """Các dòng của từng văn bản trong khúc, theo thứ tự của khúc."""
    for entries in _entries(kind, documents, on):
        yield [[_CELLS[key](entry) for key in keys] for entry in entries]


def _entries(kind: Kind, documents: Sequence[Document], on: date) -> Iterator[list[Entry]]:
    ids = [document.pk for document in documents]
    lines: dict[int, list[RoutingLine]] = defaultdict(list)
    for line in RoutingLine.objects.filter(document__in=ids).exclude(state=State.RECALLED).select_related("assignee").order_by("pk"):
        lines[line.document_id].append(line)
    units = units_at({line.to_unit_id for found in lines.values() for line in found} | {d.holder_id for d in documents}, on=on)
    names = {unit.id: unit.name for unit in units.values()}
    answers: dict[int, list[str]] = defaultdict(list)
    if kind == Kind.FOLLOWING:
        replies = Document.objects.filter(answers__in=ids).exclude(symbol="").order_by("pk")
        for answered, symbol in replies.values_list("answers", "symbol"):
            answers[answered or 0].append(symbol)
    for document in documents:
        entry = Entry(document, names, lines[document.pk], "; ".join(answers[document.pk]))
        if kind == Kind.HANDOVER:
            yield [Entry(document, names, entry.lines, entry.answers, line) for line in entry.lines]
        else:
            yield [entry]


def _day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def _number(entry: Entry) -> str:
    return f"{entry.document.number or 0:02d}{entry.document.number_suffix}"


def _subject(entry: Entry) -> str:
    document = entry.document
    return f"{document.type.name}: {document.summary}"


def _everything(entry: Entry) -> str:
    document = entry.document
    issued = _("ngày %(day)s") % {"day": _day(document.issued_on)} if document.issued_on else ""
    symbol = _("số %(symbol)s") % {"symbol": document.symbol} if document.symbol else ""
    head = " ".join(part for part in (document.type.name, symbol, issued) if part)
    return f"{head}, {document.issuer_name}: {document.summary}"


def _receivers(entry: Entry) -> str:
    """Chủ trì trước, rồi phối hợp; chưa chuyển thì nơi đang giữ."""
    order = {RoutingLine.Role.LEAD: 0, RoutingLine.Role.COORDINATING: 1}
    lines = sorted((x for x in entry.lines if x.state != State.RETURNED), key=lambda x: order.get(RoutingLine.Role(x.role), 2))
    found = dict.fromkeys(entry.names[line.to_unit_id] for line in lines)
    return "; ".join(found) or entry.names[entry.document.holder_id]


def _sent(entry: Entry) -> str:
    line = entry.line or (entry.lines[0] if entry.lines else None)
    return _day(timezone.localtime(line.sent_at).date()) if line else ""


def _receiver(entry: Entry) -> str:
    assert entry.line is not None
    person = entry.line.assignee.full_name if entry.line.assignee else ""
    return f"{entry.names[entry.line.to_unit_id]}{f' ({person})' if person else ''}"


def _accepted(entry: Entry) -> str:
    """Nhận trên hệ thống thì ghi ngày; nhận tay thì để trống cho người nhận ký."""
    assert entry.line is not None
    if entry.line.accepted_at is None:
        return ""
    return _("Nhận trên hệ thống %(day)s") % {"day": _day(timezone.localtime(entry.line.accepted_at).date())}


def _places(entry: Entry) -> str:
    written = [line.strip(" -;.,") for line in entry.document.receivers.splitlines()]
    return "; ".join(line for line in written if line) or "; ".join(dict.fromkeys(entry.names[x.to_unit_id] for x in entry.lines))


def _due(entry: Entry) -> str:
    due = entry.document.due_on or next((line.due_on for line in entry.lines if line.due_on), None)
    return _day(due)


def _progress(entry: Entry) -> str:
    document = entry.document
    if document.state == Document.State.DONE:
        return _("Đã giải quyết %(day)s") % {"day": _day(document.finished_on)}
    return document.get_state_display().capitalize()


def _copied(entry: Entry) -> str:
    origin = entry.document.copy_of
    if origin is None:
        return entry.document.summary
    return f"{origin.symbol}, {_day(origin.issued_on)}: {origin.summary}"


def _note(entry: Entry) -> str:
    document = entry.document
    said = []
    if document.state == Document.State.VOID:
        said.append(_("Đã hủy số: %(reason)s") % {"reason": document.void_reason})
    if document.late_reason:
        said.append(_("Số chèn: %(reason)s") % {"reason": document.late_reason})
    if document.urgency:
        said.append(document.get_urgency_display())
    if document.received_for_id:
        said.append(_("Nhận thay đơn vị đã kết thúc"))
    if entry.line is not None and entry.line.state == State.RETURNED:
        said.append(_("Trả lại: %(reason)s") % {"reason": entry.line.return_reason})
    return ". ".join(said)


_CELLS: dict[str, Callable[[Entry], str]] = {
    "arrived": lambda entry: _day(entry.document.arrived_on),
    "number": _number,
    "author": lambda entry: entry.document.issuer_name,
    "symbol": lambda entry: entry.document.symbol or _number(entry),
    "issued": lambda entry: _day(entry.document.issued_on),
    "secrecy": lambda entry: entry.document.get_secrecy_display(),
    "subject": _subject,
    "receivers": _receivers,
    "sent": _sent,
    "blank": lambda entry: "",
    "note": _note,
    "signer": lambda entry: entry.document.signer_name,
    "places": _places,
    "kept": lambda entry: entry.names[entry.document.holder_id],
    "copies": lambda entry: str(entry.document.copies or ""),
    "either": lambda entry: _number(entry) if entry.document.direction == "incoming" else entry.document.symbol,
    "receiver": _receiver,
    "accepted": _accepted,
    "all": _everything,
    "due": _due,
    "progress": _progress,
    "answer": lambda entry: entry.answers,
    "copied": _copied,
    "copy_kind": lambda entry: entry.document.get_copy_kind_display(),
}
