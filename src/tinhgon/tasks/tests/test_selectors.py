"""Danh sách, trang Hôm nay, hạn và màu; số câu SQL không theo số dòng."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tinhgon.core import clock
from tinhgon.core.workcalendar import work_calendar
from tinhgon.documents.tests.factories import TODAY, person_of
from tinhgon.tasks import selectors, services
from tinhgon.tasks.models import Task
from tinhgon.tasks.selectors import Filters, Light
from tinhgon.tasks.tests.factories import assigned, submitted

MONDAY = date(2025, 6, 23)


@pytest.mark.parametrize(
    ("due", "light", "days"),
    [
        (date(2025, 6, 27), Light.GREEN, 4),  # còn bốn ngày làm việc
        (date(2025, 6, 26), Light.AMBER, 3),
        (MONDAY, Light.AMBER, 0),
        (date(2025, 6, 20), Light.RED, -1),
        (None, Light.NONE, None),
    ],
)
def test_the_light_counts_working_days(db, due, light, days):
    status = selectors.status_of(Task(due_on=due, original_due_on=due), on=MONDAY, calendar=work_calendar())
    assert (status.light, status.days_left, status.is_late) == (light, days, light == Light.RED)


def test_an_extension_does_not_hide_lateness_against_the_original_deadline(db):
    task = Task(due_on=date(2025, 6, 30), original_due_on=date(2025, 6, 10))
    status = selectors.status_of(task, on=MONDAY, calendar=work_calendar())
    assert (status.is_late, status.is_late_originally) == (False, True)


def test_finished_work_is_judged_by_its_day_of_finishing(db):
    late = Task(state=Task.State.DONE, due_on=date(2025, 6, 20), original_due_on=date(2025, 6, 20), finished_on=MONDAY)
    status = selectors.status_of(late, on=date(2026, 1, 1), calendar=work_calendar())
    assert (status.light, status.is_late) == (Light.NONE, True)


def test_views_of_the_list_are_mine_led_assigned_and_coordinating(office):
    task = assigned(office, coordinating=[office.north])
    views = {
        "head": {"assigned"}, "board_head": {"led"}, "north_head": {"coordinating"}, "specialist": set(),
    }  # fmt: skip
    for name, wanted in views.items():
        actor = getattr(office, name)
        found = {v for v in ("mine", "led", "assigned", "coordinating") if task in selectors.tasks(actor, on=TODAY, filters=Filters(view=v))}
        assert found == wanted, name


def test_filters_and_counts_agree(office):
    assigned(office, due_on=TODAY)
    late = assigned(office, due_on=TODAY, title="Rà soát chuyển đổi số")
    Task.objects.filter(pk=late.pk).update(due_on=date(2025, 6, 10))
    actor = office.board_head
    assert list(selectors.tasks(actor, on=TODAY, filters=Filters(overdue=True))) == [late]
    assert list(selectors.tasks(actor, on=TODAY, filters=Filters(text="chuyen doi so"))) == [late]
    assert selectors.tasks(actor, on=TODAY, filters=Filters(due_this_week=True)).count() == 1
    counts = selectors.counts(actor, on=TODAY)
    assert (counts.led, counts.to_accept, counts.overdue, counts.mine) == (2, 2, 1, 0)


def test_the_desk_of_the_lead_and_of_the_assigner(office):
    waiting = assigned(office, due_on=date(2025, 6, 24))
    handed_in = submitted(office)
    assert list(selectors.arrivals(office.board_head, on=TODAY)) == [waiting]
    assert list(selectors.urgent(office.board_head, on=TODAY)) == [waiting]
    assert list(selectors.awaiting_approval(office.head, on=TODAY)) == [handed_in]
    assert list(selectors.waiting_on_others(office.head, on=TODAY)) == [waiting]
    services.send_back(office.head, on=TODAY, task_id=handed_in.pk, reason="Thiếu phụ lục")
    assert list(selectors.sent_back(office.board_head, on=TODAY)) == [handed_in]


def test_load_per_person_with_the_unassigned_first(office):
    for _n in range(2):
        task = assigned(office, lead_id=office.office, due_on=date(2025, 6, 24))
        services.assign_person(office.head, on=TODAY, task_id=task.pk, person_id=person_of(office.specialist))
    assigned(office, lead_id=office.office)
    loads = selectors.loads(office.head, on=TODAY)
    assert [(load.person_id, load.open, load.soon) for load in loads] == [(None, 1, 0), (person_of(office.specialist), 2, 2)]


def test_risks_by_unit_and_results_of_what_we_assigned(office):
    task = assigned(office, due_on=TODAY)
    Task.objects.filter(pk=task.pk).update(due_on=date(2025, 6, 10))
    (risk,) = selectors.risks(office.head, on=TODAY)
    assert (risk.unit.id, risk.open, risk.overdue) == (office.board, 1, 1)
    done = submitted(office)
    services.approve(office.head, on=TODAY, task_id=done.pk)
    results = selectors.results(office.head, on=TODAY, since=date(2025, 1, 1))
    assert (results.overdue, results.in_time, results.doing) == (1, 1, 0)


def test_the_page_names_the_source_only_to_those_who_may_see_it(office):
    source = office.incoming()
    task = assigned(office, source_id=source.pk)
    assert selectors.page(office.head, task.pk, on=TODAY).source == source
    assert selectors.page(office.board_head, task.pk, on=TODAY).source is None


def test_a_list_asks_the_same_number_of_questions_for_10_100_and_1000_rows(office):
    Task.objects.bulk_create(
        Task(title=f"Việc {n}", lead_id=office.board, assigner_id=office.city, created_at=clock.now()) for n in range(1000)
    )
    asked = set()
    for size in (10, 100, 1000):
        with CaptureQueriesContext(connection) as captured:
            assert len(selectors.rows_of(selectors.tasks(office.board_head, on=TODAY)[:size], on=TODAY)) == size
        asked.add(len(captured))
    assert len(asked) == 1
