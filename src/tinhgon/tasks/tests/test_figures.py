"""Con số về nhiệm vụ: đang mở, quá hạn, xong trong kỳ, đúng hạn, nghiệm thu ngay lần đầu; theo đơn vị chủ trì."""

from datetime import UTC, date, datetime

import pytest

from tinhgon.org import figures
from tinhgon.org.figures import Period, Structure
from tinhgon.org.tests.factories import make_unit
from tinhgon.tasks.models import Task

pytestmark = pytest.mark.django_db
MAY = Period(date(2025, 5, 1), date(2025, 5, 31))
CODES = ("tasks.open", "tasks.overdue", "tasks.closed", "tasks.closed_due", "tasks.on_time", "tasks.first_time")


@pytest.fixture
def unit():
    return make_unit("Ban Tổ chức")


def task(unit: int, state: str = "accepted", **extra) -> None:
    kept = unit if state in ("done", "cancelled") else None
    Task.objects.create(
        title="Việc", lead_id=unit, assigner_id=unit, state=state, kept_by_id=kept, created_at=datetime(2025, 5, 2, tzinfo=UTC), **extra
    )  # fmt: skip


def told(unit: int, period: Period = MAY) -> list[object]:
    found = figures.total(CODES, Structure(((unit, unit),)), period)
    return [found[code] for code in CODES]


def test_open_overdue_and_closed_are_told_apart(unit):
    task(unit)
    task(unit, due_on=date(2025, 5, 20))
    task(unit, "done", finished_on=date(2025, 5, 9), due_on=date(2025, 5, 9))
    task(unit, "done", finished_on=date(2025, 5, 10), due_on=date(2025, 5, 9), returns=1)
    task(unit, "done", finished_on=date(2025, 5, 11))
    assert told(unit) == [2, 1, 3, 2, 1, 2]


def test_a_task_done_later_was_open_that_day(unit):
    task(unit, "done", finished_on=date(2025, 5, 9))
    assert told(unit, Period(date(2025, 5, 1), date(2025, 5, 8)))[0] == 1


def test_a_task_not_yet_given_and_a_cancelled_one_are_not_counted(unit):
    task(unit, "cancelled")
    assert told(unit) == [0] * 6
    task(unit)
    assert told(unit, Period(date(2025, 4, 1), date(2025, 4, 30))) == [0] * 6


def test_the_unit_that_led_keeps_its_figures_and_the_assigner_has_none(unit):
    other = make_unit("Văn phòng")
    Task.objects.create(title="Việc", lead_id=other, assigner_id=unit, created_at=datetime(2025, 5, 2, tzinfo=UTC))
    assert told(unit)[0] == 0
    assert told(other)[0] == 1
