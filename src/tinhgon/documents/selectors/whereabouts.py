"""Văn bản đang ở đâu, trong tay ai, từ bao giờ: một dòng cho mỗi văn bản, số câu SQL không theo số văn bản."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from tinhgon.documents.branches import Branches
from tinhgon.documents.models import Document, RoutingLine
from tinhgon.org.selectors.moves import moves_of
from tinhgon.org.selectors.standing_in import Absence, absences
from tinhgon.org.selectors.units import UnitAt, units_at

HELD_KINDS = ("documents.draft", "documents.open", "documents.record")


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """``unit`` đang xử lý từ ngày ``since`` (``days`` ngày); ``person``: tên người được giao, rỗng khi chưa giao.

    Theo dòng chủ trì ở sâu nhất: đã chuyển xuống phòng nào, người nào thì là nơi ấy. ``is_waiting``: nơi ấy chưa tiếp nhận.
    ``away``: người ấy đang vắng, ai làm thay. Khi không có dòng chủ trì mở: đơn vị đang giữ.
    """

    unit: UnitAt
    person: str
    since: date
    days: int
    is_waiting: bool
    away: Absence | None = None


def whereabouts(documents: Sequence[Document], *, on: date) -> dict[int, Whereabouts]:
    """Mã văn bản -> đang ở đâu ngày ``on``. Số câu SQL không theo số văn bản."""
    ids = [document.pk for document in documents]
    leads = _leads(ids)
    arrived = {move.item_id: move.on for move in moves_of(HELD_KINDS, ids)}
    away = absences([line.assignee_id or 0 for line in leads.values()] or [0], on=on)
    units = units_at({leads[d.pk].to_unit_id if d.pk in leads else d.holder_id for d in documents}, on=on)
    return {
        document.pk: _of(document, leads.get(document.pk), arrived.get(document.pk), units, away, on)
        for document in documents
    }


def _leads(ids: Sequence[int]) -> dict[int, RoutingLine]:
    """Văn bản -> dòng chủ trì đang mở ở sâu nhất. Dòng đã gộp cũng đọc, để biết cha đang có hiệu lực."""
    wanted = Q(role=RoutingLine.Role.LEAD, state__in=RoutingLine.OPEN) | Q(state=RoutingLine.State.JOINED)
    by_document: dict[int, list[RoutingLine]] = {}
    for line in RoutingLine.objects.filter(wanted, document__in=ids).select_related("assignee"):
        by_document.setdefault(line.document_id, []).append(line)
    deepest = {document: Branches(lines).deepest_lead() for document, lines in by_document.items()}
    return {document: line for document, line in deepest.items() if line is not None}


def _of(
    document: Document, lead: RoutingLine | None, moved_on: date | None, units: dict[int, UnitAt], away: dict[int, Absence],
    on: date,
) -> Whereabouts:  # fmt: skip
    if lead is not None:
        moment = lead.accepted_at or lead.sent_at
        since = timezone.localtime(moment).date()
        person = lead.assignee.full_name if lead.assignee else ""
        return Whereabouts(units[lead.to_unit_id], person, since, (on - since).days, lead.state == RoutingLine.State.UNREAD,
                           away.get(lead.assignee_id or 0))  # fmt: skip
    first = document.arrived_on or document.issued_on or timezone.localtime(document.created_at).date()
    since = max(first, moved_on) if moved_on else first
    return Whereabouts(units[document.holder_id], "", since, (on - since).days, is_waiting=False)
