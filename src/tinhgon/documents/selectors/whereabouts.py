"""Văn bản đang ở đâu, trong tay ai, từ bao giờ: một dòng cho mỗi văn bản, số câu SQL không theo số văn bản."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from tinhgon.documents.models import Document, RoutingLine
from tinhgon.org.selectors.moves import moves_of
from tinhgon.org.selectors.units import UnitAt, units_at

HELD_KINDS = ("documents.draft", "documents.open", "documents.record")


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """``unit`` đang xử lý từ ngày ``since`` (``days`` ngày); ``person``: tên người được giao, rỗng khi chưa giao.

    ``is_waiting``: đơn vị chủ trì chưa tiếp nhận. Khi không có dòng chủ trì mở: đơn vị đang giữ.
    """

    unit: UnitAt
    person: str
    since: date
    days: int
    is_waiting: bool


def whereabouts(documents: Sequence[Document], *, on: date) -> dict[int, Whereabouts]:
    """Mã văn bản -> đang ở đâu ngày ``on``. Ba câu SQL."""
    ids = [document.pk for document in documents]
    leads = {
        line.document_id: line
        for line in RoutingLine.objects.filter(
            document__in=ids, role=RoutingLine.Role.LEAD, state__in=RoutingLine.OPEN
        ).select_related("assignee")
    }
    arrived = {move.item_id: move.on for move in moves_of(HELD_KINDS, ids)}
    units = units_at({leads[d.pk].to_unit_id if d.pk in leads else d.holder_id for d in documents}, on=on)
    return {
        document.pk: _of(document, leads.get(document.pk), arrived.get(document.pk), units, on)
        for document in documents
    }


def _of(
    document: Document, lead: RoutingLine | None, moved_on: date | None, units: dict[int, UnitAt], on: date
) -> Whereabouts:
    if lead is not None:
        moment = lead.accepted_at or lead.sent_at
        since = timezone.localtime(moment).date()
        person = lead.assignee.full_name if lead.assignee else ""
        return Whereabouts(units[lead.to_unit_id], person, since, (on - since).days, lead.state == RoutingLine.State.UNREAD)
    first = document.arrived_on or document.issued_on or timezone.localtime(document.created_at).date()
    since = max(first, moved_on) if moved_on else first
    return Whereabouts(units[document.holder_id], "", since, (on - since).days, is_waiting=False)
