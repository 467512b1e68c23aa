"""Việc đang chờ: của đơn vị mình, của chính mình, và chờ người khác. Nguồn của trang Hôm nay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from tinhgon.core.actor import Actor
from tinhgon.documents.access import visible_to
from tinhgon.documents.models import Document, RoutingLine
from tinhgon.org.access import scope_of
from tinhgon.org.selectors.units import UnitAt, units_at


@dataclass(frozen=True, slots=True)
class LineRow:
    """Một dòng luân chuyển kèm văn bản, nơi chuyển, nơi nhận; ``is_overdue``: quá hạn mà chưa xong."""

    line: RoutingLine
    document: Document
    from_unit: UnitAt
    to_unit: UnitAt
    is_overdue: bool


def arrivals(actor: Actor, *, on: date) -> QuerySet[RoutingLine]:
    """Dòng chờ tiếp nhận ở đơn vị mình (lãnh đạo hay văn thư), khẩn trước, cũ trước."""
    scope = scope_of(actor, on=on)
    found = _lines(actor, on).filter(to_unit__in=scope.whole_units | scope.clerk_units, state=RoutingLine.State.UNREAD)
    return found.order_by("-document__urgency", "sent_at")


def my_lines(actor: Actor, *, on: date) -> QuerySet[RoutingLine]:
    """Dòng đang giao cho mình, hạn gần trước."""
    found = _lines(actor, on).filter(assignee=scope_of(actor, on=on).person_id, state__in=RoutingLine.OPEN)
    return found.order_by("due_on", "sent_at")


def unread_by_others(actor: Actor, *, on: date) -> QuerySet[RoutingLine]:
    """Dòng đơn vị mình đã chuyển mà nơi nhận chưa tiếp nhận, cũ trước."""
    scope = scope_of(actor, on=on)
    mine = scope.whole_units | scope.clerk_units
    found = _lines(actor, on).filter(from_unit__in=mine, state=RoutingLine.State.UNREAD).exclude(to_unit__in=mine)
    return found.order_by("sent_at")


def ready_to_issue(actor: Actor, *, on: date) -> QuerySet[Document]:
    """Dự thảo chờ văn thư là mình cấp số, khẩn trước."""
    books = scope_of(actor, on=on).clerk_units
    found = _documents(actor, on).filter(Q(issuer__in=books) | Q(holder__in=books), state=Document.State.READY)
    return found.order_by("-urgency", "id")


def returned_drafts(actor: Actor, *, on: date) -> QuerySet[Document]:
    """Dự thảo của mình bị văn thư trả lại."""
    person = scope_of(actor, on=on).person_id
    found = _documents(actor, on).filter(drafter=person, state=Document.State.DRAFT).exclude(return_reason="")
    return found.order_by("id")


def unrouted(actor: Actor, *, on: date) -> QuerySet[Document]:
    """Văn bản đến đã vào sổ ở đơn vị mình mà chưa có bút phê, hoặc đã bị trả lại hết: chờ chuyển xử lý."""
    waiting = RoutingLine.objects.filter(state__in=[*RoutingLine.OPEN, RoutingLine.State.DONE])
    found = _documents(actor, on).filter(
        holder__in=scope_of(actor, on=on).whole_units, direction="incoming", state__in=Document.OPEN
    )
    return found.exclude(pk__in=waiting.values("document")).order_by("-urgency", "arrived_on")


def line_rows(lines: Sequence[RoutingLine], *, on: date) -> list[LineRow]:
    """Một trang dòng thành các dòng để hiện; một câu SQL tên đơn vị."""
    listed = list(lines)
    units = units_at({unit for line in listed for unit in (line.from_unit_id, line.to_unit_id)}, on=on)
    return [
        LineRow(line, line.document, units[line.from_unit_id], units[line.to_unit_id], line_is_overdue(line, on=on))
        for line in listed
    ]


def line_is_overdue(line: RoutingLine, *, on: date) -> bool:
    return line.due_on is not None and line.due_on < on and line.state in RoutingLine.OPEN


def _lines(actor: Actor, on: date) -> QuerySet[RoutingLine]:
    found = RoutingLine.objects.filter(document__in=visible_to(actor, on=on).values("pk"))
    return found.select_related("document__type", "assignee").defer("document__search_folded", "document__search_exact")


def _documents(actor: Actor, on: date) -> QuerySet[Document]:
    found = visible_to(actor, on=on).select_related("type", "series")
    return found.defer("search_folded", "search_exact")
