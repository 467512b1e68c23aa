"""Việc đang chờ: của đơn vị mình, của chính mình, và chờ người khác. Nguồn của trang Hôm nay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from tinhgon.core.actor import Actor
from tinhgon.core.workcalendar import work_calendar
from tinhgon.documents.access import held_at, lines_at
from tinhgon.documents.branches import WORKING
from tinhgon.documents.models import Direction, Document, RoutingLine
from tinhgon.org.access import scope_of
from tinhgon.org.models import Covers
from tinhgon.org.selectors.units import UnitAt, units_at


@dataclass(frozen=True, slots=True)
class LineRow:
    """Một dòng luân chuyển kèm văn bản, nơi chuyển, nơi nhận; ``is_overdue``: quá hạn mà chưa xong.

    ``is_unacknowledged``: qua ngày mà nơi nhận chưa tiếp nhận (NĐ 30/2020 Đ.21: tiếp nhận trong ngày).
    """

    line: RoutingLine
    document: Document
    from_unit: UnitAt
    to_unit: UnitAt
    is_overdue: bool
    is_unacknowledged: bool = False


def arrivals(actor: Actor, *, on: date) -> QuerySet[RoutingLine]:
    """Dòng chờ tiếp nhận ở đơn vị mình (lãnh đạo hay văn thư), khẩn trước, cũ trước."""
    found = _lines(lines_at(actor, on=on, side="to_unit")).filter(state=RoutingLine.State.UNREAD)
    return found.order_by("-document__urgency", "sent_at")


def unacknowledged(actor: Actor, *, on: date) -> QuerySet[RoutingLine]:
    """Dòng tới đơn vị mình mà hết ngày chưa ai tiếp nhận, cũ trước."""
    return arrivals(actor, on=on).filter(sent_at__lt=_start_of(_acknowledge_from(on))).order_by("sent_at")


def awaiting_assignment(actor: Actor, *, on: date) -> QuerySet[RoutingLine]:
    """Dòng chủ trì, phối hợp đã tiếp nhận ở đơn vị mình mà không ai đang làm: chưa giao người, bên dưới không còn phần nào mở.

    Mới tiếp nhận thì chờ giao; bên dưới đã xong cả thì chờ đơn vị kết luận.
    """
    below = RoutingLine.objects.filter(parent=OuterRef("pk"), state__in=RoutingLine.OPEN, role__in=WORKING)
    found = _lines(lines_at(actor, on=on, side="to_unit")).filter(
        ~Exists(below), state=RoutingLine.State.ACCEPTED, role__in=WORKING, assignee__isnull=True
    )
    return found.order_by("due_on", "sent_at")


def my_lines(actor: Actor, *, on: date) -> QuerySet[RoutingLine]:
    """Dòng đang giao cho mình, hạn gần trước."""
    found = _lines(lines_at(actor, on=on, side="assignee")).filter(state__in=RoutingLine.OPEN)
    return found.order_by("due_on", "sent_at")


def unread_by_others(actor: Actor, *, on: date) -> QuerySet[RoutingLine]:
    """Dòng đơn vị mình đã chuyển mà nơi nhận chưa tiếp nhận, cũ trước."""
    scope = scope_of(actor, on=on).within(Covers.DOCUMENTS)
    found = _lines(lines_at(actor, on=on, side="from_unit")).filter(state=RoutingLine.State.UNREAD)
    return found.exclude(to_unit__in=scope.whole_units | scope.clerk_units).order_by("sent_at")


def ready_to_issue(actor: Actor, *, on: date) -> QuerySet[Document]:
    """Dự thảo chờ văn thư là mình cấp số, khẩn trước."""
    return _documents(held_at(actor, on=on, side="desk")).order_by("-urgency", "id")


def returned_drafts(actor: Actor, *, on: date) -> QuerySet[Document]:
    """Dự thảo của mình bị văn thư trả lại."""
    found = _documents(held_at(actor, on=on, side="drafter")).filter(state=Document.State.DRAFT)
    return found.exclude(return_reason="").order_by("id")


def unrouted(actor: Actor, *, on: date) -> QuerySet[Document]:
    """Văn bản đến đã vào sổ ở đơn vị mình mà chưa có bút phê, hoặc đã bị trả lại hết: chờ chuyển xử lý."""
    handled = RoutingLine.objects.filter(document=OuterRef("pk"), state__in=[*RoutingLine.OPEN, RoutingLine.State.DONE])
    found = _documents(held_at(actor, on=on, side="holder")).filter(~Exists(handled), state__in=Document.OPEN)
    return found.filter(direction=Direction.INCOMING).order_by("-urgency", "arrived_on")


def line_rows(lines: Sequence[RoutingLine], *, on: date) -> list[LineRow]:
    """Một trang dòng thành các dòng để hiện; một câu SQL tên đơn vị."""
    listed = list(lines)
    units = units_at({unit for line in listed for unit in (line.from_unit_id, line.to_unit_id)}, on=on)
    first = _start_of(_acknowledge_from(on))
    return [
        LineRow(
            line, line.document, units[line.from_unit_id], units[line.to_unit_id], line_is_overdue(line, on=on),
            line.state == RoutingLine.State.UNREAD and line.sent_at < first,
        )
        for line in listed
    ]  # fmt: skip


def _acknowledge_from(on: date) -> date:
    """Dòng chuyển từ ngày này còn trong ngày tiếp nhận: hôm nay, và những ngày nghỉ liền trước khi hôm nay là ngày làm việc."""
    calendar, first = work_calendar(), on
    while calendar.deadline(first - timedelta(days=1)) >= on:
        first -= timedelta(days=1)
    return first


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def line_is_overdue(line: RoutingLine, *, on: date) -> bool:
    return line.due_on is not None and line.due_on < on and line.state in RoutingLine.OPEN


def _lines(found: QuerySet[RoutingLine]) -> QuerySet[RoutingLine]:
    loaded = found.select_related("document__type", "assignee")
    return loaded.defer("document__search_folded", "document__search_exact")


def _documents(found: QuerySet[Document]) -> QuerySet[Document]:
    return found.select_related("type", "series").defer("search_folded", "search_exact")
