"""Danh sách nhiệm vụ: lọc, xếp, đếm; luôn bắt đầu từ ``visible_to``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet

from tinhgon.core.actor import Actor
from tinhgon.core.workcalendar import work_calendar
from tinhgon.org.access import scope_of
from tinhgon.org.models import Covers
from tinhgon.org.selectors.units import UnitAt, units_at
from tinhgon.search.filters import typed
from tinhgon.tasks.access import visible_to
from tinhgon.tasks.models import Coordination, Task
from tinhgon.tasks.selectors.status import Status, status_of

ORDERS = ("due_on", "-due_on", "-id", "id", "-progress", "progress", "title")
"""Các cách xếp nhận từ ngoài; khác đi thì theo hạn. Việc không có hạn luôn ở cuối."""
VIEWS = ("mine", "led", "assigned", "coordinating")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Bộ lọc của danh sách; ô trống thì không lọc.

    ``view``: "mine" mình làm, "led" đơn vị mình chủ trì, "assigned" đơn vị mình giao, "coordinating" đơn vị mình phối hợp.
    ``unit_id``: chủ trì. ``due_this_week``: hạn từ ``on`` tới hết chủ nhật.
    """

    view: str = ""
    state: str = ""
    text: str = ""
    unit_id: int | None = None
    assignee_id: int | None = None
    function_id: int | None = None
    source_id: int | None = None
    open_only: bool = False
    overdue: bool = False
    due_this_week: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Một dòng danh sách. ``assignee``: tên người thực hiện, rỗng khi chưa phân công."""

    task: Task
    lead: UnitAt
    assigner: UnitAt
    assignee: str
    status: Status


@dataclass(frozen=True, slots=True)
class Counts:
    """Số nhiệm vụ đang mở mà mình thấy, theo nhóm của thanh điều hướng."""

    mine: int
    led: int
    assigned: int
    coordinating: int
    to_accept: int
    to_approve: int
    overdue: int


def tasks(actor: Actor, *, on: date, filters: Filters | None = None, order: str = "due_on") -> QuerySet[Task]:
    """Các nhiệm vụ thấy được; nơi gọi cắt trang. Không nạp hai cột tìm."""
    found = visible_to(actor, on=on).filter(_where(actor, on, filters or Filters()))
    chosen = order if order in ORDERS else "due_on"
    key = F(chosen.lstrip("-"))
    by = key.desc(nulls_last=True) if chosen.startswith("-") else key.asc(nulls_last=True)
    return found.select_related("assignee").defer("search_folded", "search_exact").order_by(by, "-id")


def of_document(actor: Actor, document_id: int, *, on: date) -> QuerySet[Task]:
    """Nhiệm vụ giao từ một văn bản, trong tầm được thấy."""
    return tasks(actor, on=on, filters=Filters(source_id=document_id), order="id")


def rows_of(tasks: Sequence[Task], *, on: date) -> list[Row]:
    """Một trang nhiệm vụ thành các dòng để hiện; số câu SQL không theo số dòng."""
    listed = list(tasks)
    units = units_at({unit for task in listed for unit in (task.lead_id, task.assigner_id)}, on=on)
    calendar = work_calendar()
    return [
        Row(
            task, units[task.lead_id], units[task.assigner_id], task.assignee.full_name if task.assignee else "",
            status_of(task, on=on, calendar=calendar),
        )
        for task in listed
    ]  # fmt: skip


def counts(actor: Actor, *, on: date) -> Counts:
    """Một câu SQL."""
    scope = scope_of(actor, on=on).within(Covers.TASKS)
    whole = scope.whole_units
    views = {view: _view(view, scope.people, whole) for view in VIEWS}
    found = visible_to(actor, on=on).filter(state__in=Task.OPEN).aggregate(
        **{view: Count("pk", filter=where) for view, where in views.items()},
        to_accept=Count("pk", filter=views["led"] & Q(state=Task.State.ASSIGNED)),
        to_approve=Count("pk", filter=views["assigned"] & Q(state=Task.State.SUBMITTED)),
        overdue=Count("pk", filter=(views["mine"] | views["led"]) & Q(due_on__lt=on)),
    )
    return Counts(**found)


def end_of_week(on: date) -> date:
    """Chủ nhật của tuần chứa ``on``."""
    return on + timedelta(days=6 - on.weekday())


def _view(view: str, people: frozenset[int], whole: frozenset[int]) -> Q:
    partners = Coordination.objects.filter(unit__in=whole, joined_on__isnull=True)
    return {
        "mine": Q(assignee__in=people),
        "led": Q(lead__in=whole),
        "assigned": Q(assigner__in=whole),
        "coordinating": Q(pk__in=partners.values("task")) & ~Q(lead__in=whole),
    }[view]


def _where(actor: Actor, on: date, filters: Filters) -> Q:
    plain = {
        "state": filters.state, "lead": filters.unit_id, "assignee": filters.assignee_id,
        "function": filters.function_id, "source": filters.source_id,
    }  # fmt: skip
    where = Q(**{name: value for name, value in plain.items() if value not in ("", None)}) & typed(filters.text)
    if filters.view in VIEWS:
        scope = scope_of(actor, on=on).within(Covers.TASKS)
        where &= _view(filters.view, scope.people, scope.whole_units)
    if filters.open_only:
        where &= Q(state__in=Task.OPEN)
    if filters.overdue:
        where &= Q(state__in=Task.OPEN, due_on__lt=on)
    if filters.due_this_week:
        where &= Q(state__in=Task.OPEN, due_on__gte=on, due_on__lte=end_of_week(on))
    return where
