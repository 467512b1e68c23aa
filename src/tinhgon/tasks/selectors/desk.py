"""Việc đang chờ và bức tranh của đơn vị: nguồn của trang Hôm nay, mỗi vai trò một phần."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from tinhgon.core.actor import Actor
from tinhgon.core.workcalendar import work_calendar
from tinhgon.org.access import scope_of
from tinhgon.org.models import Covers
from tinhgon.org.selectors.units import UnitAt, units_at
from tinhgon.tasks.access import tasks_at
from tinhgon.tasks.models import Task
from tinhgon.tasks.selectors.lists import end_of_week
from tinhgon.tasks.selectors.status import SOON


@dataclass(frozen=True, slots=True)
class Load:
    """Việc đang mở của một người trong đơn vị mình. ``person_id`` trống: chưa phân công ai."""

    person_id: int | None
    name: str
    open: int
    overdue: int
    soon: int


@dataclass(frozen=True, slots=True)
class Risk:
    """Việc đang mở của một đơn vị chủ trì: quá hạn, và tới hạn trong tuần này."""

    unit: UnitAt
    open: int
    overdue: int
    this_week: int


@dataclass(frozen=True, slots=True)
class Results:
    """Kết quả các nhiệm vụ đơn vị mình giao, từ ngày nêu ra: đang làm, xong đúng hạn, xong trễ, quá hạn chưa xong."""

    doing: int
    in_time: int
    late: int
    overdue: int
    cancelled: int


def urgent(actor: Actor, *, on: date) -> QuerySet[Task]:
    """Việc mình làm, hoặc đơn vị mình chủ trì, đã quá hạn hay còn không quá 3 ngày làm việc; hạn gần trước."""
    soon = work_calendar().add_working_days(on, SOON)
    return _open(actor, on, "assignee", "lead").filter(due_on__lte=soon).order_by("due_on", "id")


def arrivals(actor: Actor, *, on: date) -> QuerySet[Task]:
    """Việc mới giao cho đơn vị mình, chờ nhận; cũ trước."""
    return _open(actor, on, "lead").filter(state=Task.State.ASSIGNED).order_by("created_at", "id")


def sent_back(actor: Actor, *, on: date) -> QuerySet[Task]:
    """Việc của mình hay đơn vị mình bị trả lại làm lại, chưa nộp lại."""
    found = _open(actor, on, "assignee", "lead").filter(returns__gt=0, state=Task.State.IN_PROGRESS)
    return found.order_by("due_on", "id")


def awaiting_approval(actor: Actor, *, on: date) -> QuerySet[Task]:
    """Kết quả đã nộp, chờ đơn vị mình nghiệm thu."""
    return _open(actor, on, "assigner").filter(state=Task.State.SUBMITTED).order_by("due_on", "id")


def waiting_on_others(actor: Actor, *, on: date) -> QuerySet[Task]:
    """Việc đơn vị mình giao, đơn vị khác đang làm; hạn gần trước."""
    whole = scope_of(actor, on=on).within(Covers.TASKS).whole_units
    found = _open(actor, on, "assigner").exclude(lead__in=whole).exclude(state=Task.State.SUBMITTED)
    return found.order_by(F("due_on").asc(nulls_last=True), "id")


def loads(actor: Actor, *, on: date) -> list[Load]:
    """Việc trên từng người của đơn vị mình, nặng trước; dòng đầu là việc chưa phân công, nếu có. Hai câu SQL."""
    soon = work_calendar().add_working_days(on, SOON)
    rows = (
        tasks_at(actor, on=on, sides=["lead"]).filter(state__in=Task.OPEN)
        .values("assignee", name=F("assignee__full_name"))
        .annotate(
            open=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=on)),
            soon=Count("pk", filter=Q(due_on__gte=on, due_on__lte=soon)),
        )
        .order_by(F("assignee").asc(nulls_first=True))
    )  # fmt: skip
    found = [Load(row["assignee"], row["name"] or "", row["open"], row["overdue"], row["soon"]) for row in rows]
    return sorted(found, key=lambda load: (load.person_id is not None, -load.overdue, -load.open))


def risks(actor: Actor, *, on: date) -> list[Risk]:
    """Đơn vị chủ trì nào sắp đỏ, trong các việc mình giao hay đơn vị mình làm; nhiều quá hạn trước. Hai câu SQL."""
    rows = list(
        tasks_at(actor, on=on, sides=["lead", "assigner"]).filter(state__in=Task.OPEN).values("lead")
        .annotate(
            open=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=on)),
            week=Count("pk", filter=Q(due_on__gte=on, due_on__lte=end_of_week(on))),
        )
        .order_by("-overdue", "-week", "lead")
    )  # fmt: skip
    units = units_at({row["lead"] for row in rows}, on=on)
    return [Risk(units[row["lead"]], row["open"], row["overdue"], row["week"]) for row in rows]


def results(actor: Actor, *, on: date, since: date) -> Results:
    """Kết quả việc đơn vị mình giao từ ngày ``since``. Một câu SQL."""
    done = Q(state=Task.State.DONE)
    late = Q(finished_on__gt=F("due_on"))
    found = tasks_at(actor, on=on, sides=["assigner"]).filter(created_at__date__gte=since).aggregate(
        doing=Count("pk", filter=Q(state__in=Task.OPEN) & (Q(due_on__isnull=True) | Q(due_on__gte=on))),
        overdue=Count("pk", filter=Q(state__in=Task.OPEN, due_on__lt=on)),
        late=Count("pk", filter=done & late),
        in_time=Count("pk", filter=done & (Q(due_on__isnull=True) | ~late)),
        cancelled=Count("pk", filter=Q(state=Task.State.CANCELLED)),
    )  # fmt: skip
    return Results(**found)


def _open(actor: Actor, on: date, *sides: str) -> QuerySet[Task]:
    found = tasks_at(actor, on=on, sides=sides).filter(state__in=Task.OPEN)
    return found.select_related("assignee").defer("search_folded", "search_exact")
