"""Trang của một văn bản: là gì, trong tay ai, đã đi những đâu. Số câu SQL không theo số dòng hay số tệp."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from tinhgon.core.actor import Actor
from tinhgon.documents.access import abilities, document_for, line_abilities, visible_to
from tinhgon.documents.branches import Branches
from tinhgon.documents.models import Attachment, Document, RoutingLine
from tinhgon.documents.selectors.lists import is_overdue
from tinhgon.documents.selectors.whereabouts import HELD_KINDS, Whereabouts, whereabouts
from tinhgon.org.selectors.moves import Move, moves_of
from tinhgon.org.selectors.units import UnitAt, units_at


@dataclass(frozen=True, slots=True)
class PageLine:
    """Một dòng luân chuyển và việc người xem làm được với nó.

    ``depth``: bậc trong cây; ``below``: số dòng còn mở bên dưới; ``days``: số ngày ở trạng thái này, khi còn mở;
    ``waits_below``: bên dưới còn phần chủ trì, phối hợp chưa xong; ``results``: tệp kết quả đã nộp.
    """

    line: RoutingLine
    from_unit: UnitAt
    to_unit: UnitAt
    assignee: str
    abilities: frozenset[str]
    depth: int = 0
    below: int = 0
    days: int | None = None
    waits_below: bool = False
    results: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """``units``: mọi đơn vị nhắc tới, tên ngày ``on``; ``issuer_then``: cơ quan ban hành vào ngày ban hành."""

    document: Document
    holder: UnitAt
    issuer_then: UnitAt | None
    at: Whereabouts
    is_overdue: bool
    drafter: str
    lines: tuple[PageLine, ...]
    attachments: tuple[Attachment, ...]
    moves: tuple[Move, ...]
    units: dict[int, UnitAt]
    abilities: frozenset[str]


def page(actor: Actor, document_id: int, *, on: date) -> Page:
    """``NotFound`` khi không có hoặc không được thấy."""
    document = document_for(actor, document_id, on=on)
    lines = list(document.lines.select_related("assignee").order_by("pk"))
    for line in lines:
        line.document = document
    moves = moves_of(HELD_KINDS, [document.pk])
    units = units_at(_mentioned(document, lines, moves), on=on)
    branches = Branches(lines)
    attachments = list(document.attachments.select_related("file").order_by("pk"))
    able = line_abilities(actor, lines, on=on)
    return Page(
        document=document,
        holder=units[document.holder_id],
        issuer_then=_issuer_then(document, units, on),
        at=whereabouts([document], on=on)[document.pk],
        is_overdue=is_overdue(document, on=on),
        drafter=document.drafter.full_name if document.drafter else "",
        lines=tuple(_page_line(line, depth, branches, units, able[line.pk], attachments, on) for line, depth in branches.in_order()),
        attachments=tuple(file for file in attachments if file.line_id is None),
        moves=tuple(moves),
        units=units,
        abilities=abilities(actor, document, on=on),
    )


def _mentioned(document: Document, lines: list[RoutingLine], moves: list[Move]) -> set[int]:
    found = {document.holder_id, document.issuer_id, document.received_for_id}
    for line in lines:
        found |= {line.from_unit_id, line.to_unit_id, line.kept_by_id}
    for move in moves:
        found |= {move.from_unit_id, move.to_unit_id}
    return {unit for unit in found if unit is not None}


def _issuer_then(document: Document, units: dict[int, UnitAt], on: date) -> UnitAt | None:
    if document.issuer_id is None:
        return None
    if document.issued_on is None or document.issued_on == on:
        return units[document.issuer_id]
    return units_at([document.issuer_id], on=document.issued_on).get(document.issuer_id)


def _page_line(
    line: RoutingLine, depth: int, branches: Branches, units: dict[int, UnitAt], able: frozenset[str],
    attachments: list[Attachment], on: date,
) -> PageLine:  # fmt: skip
    since = timezone.localtime(line.accepted_at or line.sent_at).date()
    return PageLine(
        line=line,
        from_unit=units[line.from_unit_id],
        to_unit=units[line.to_unit_id],
        assignee=line.assignee.full_name if line.assignee else "",
        abilities=able,
        depth=depth,
        below=len(branches.open_below(line)),
        days=(on - since).days if line.state in RoutingLine.OPEN else None,
        waits_below=bool(branches.unfinished(line)),
        results=tuple(file for file in attachments if file.line_id == line.pk),
    )


def copies_of(actor: Actor, document_id: int, *, on: date) -> list[Document]:
    """Các bản sao đã ban hành của một văn bản, những bản người này thấy được."""
    found = visible_to(actor, on=on).filter(copy_of=document_id)
    return list(found.only("pk", "symbol").order_by("pk"))


def visible_symbol(actor: Actor, document_id: int, *, on: date) -> str:
    """Số ký hiệu của một văn bản nếu người này thấy được; không thì rỗng."""
    return visible_to(actor, on=on).filter(pk=document_id).values_list("symbol", flat=True).first() or ""
