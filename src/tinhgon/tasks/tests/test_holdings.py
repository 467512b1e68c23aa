"""Sắp xếp bộ máy: từng vai của nhiệm vụ đi theo; hai vế về một đơn vị thì gộp; hoàn tác thì tách lại."""

from datetime import date

import pytest

from tinhgon.documents.tests.factories import TODAY, person_of
from tinhgon.documents.tests.handing import DAY, carry_out, contents, plan, take_back
from tinhgon.org.models import Role
from tinhgon.org.tests.factories import make_actor, make_unit
from tinhgon.tasks import selectors, services
from tinhgon.tasks.access import visible_to
from tinhgon.tasks.models import Task
from tinhgon.tasks.tests.factories import assigned

KINDS = ("tasks.lead", "tasks.assigner", "tasks.coordinating", "tasks.record")
LATER = date(2025, 7, 10)


@pytest.fixture
def heir(office) -> int:
    return make_unit("Đảng ủy phường Mới", office.city, on=DAY)


def test_the_lead_follows_and_the_person_who_stays_behind_lets_go_and_takes_it_back(office, heir):
    task = assigned(office, office.secretary, lead_id=office.north)
    services.assign_person(office.north_head, on=TODAY, task_id=task.pk, person_id=person_of(office.north_head))
    before = contents("tasks.lead")
    handover = plan({office.north: heir}, KINDS)
    carry_out(handover)
    task.refresh_from_db()
    assert (task.lead_id, task.assignee_id, task.assigner_id) == (heir, None, office.city)
    assert contents("tasks.lead") == before
    take_back(handover, day=LATER)
    task.refresh_from_db()
    assert (task.lead_id, task.assignee_id) == (office.north, person_of(office.north_head))


def test_assigner_and_lead_ending_in_one_unit_are_marked_joined_and_its_head_approves(office, heir):
    task = assigned(office, office.secretary, lead_id=office.south)
    Task.objects.filter(pk=task.pk).update(assigner=office.north)
    handover = plan({office.north: heir, office.south: heir}, KINDS)
    carry_out(handover)
    task.refresh_from_db()
    assert (task.lead_id, task.assigner_id, task.joined) == (heir, heir, True)
    head = make_actor(heir, Role.STANDING_COMMITTEE)
    services.accept(head, on=DAY, task_id=task.pk)
    services.submit(head, on=DAY, task_id=task.pk, note="Xong")
    assert services.approve(head, on=DAY, task_id=task.pk).state == Task.State.DONE
    take_back(handover, day=LATER)
    task.refresh_from_db()
    assert (task.lead_id, task.assigner_id, task.joined) == (office.south, office.north, False)


def test_a_partner_that_ends_in_the_lead_or_in_another_partner_is_joined(office, heir):
    into_lead = assigned(office, office.secretary, lead_id=office.north, coordinating=[office.south])
    into_partner = assigned(office, office.secretary, lead_id=office.board, coordinating=[office.north, office.south])
    handover = plan({office.north: heir, office.south: heir}, KINDS)
    carry_out(handover)
    assert _partners(into_lead) == {office.south: DAY}
    assert _partners(into_partner) == {heir: None, office.south: DAY}
    take_back(handover, day=LATER)
    assert _partners(into_lead) == {office.south: None}
    assert _partners(into_partner) == {office.north: None, office.south: None}


def test_a_lead_moving_to_a_partner_shows_that_unit_once(office):
    task = assigned(office, office.secretary, lead_id=office.north, coordinating=[office.south])
    carry_out(plan({office.north: office.south}, KINDS))
    page = selectors.page(office.secretary, task.pk, on=DAY)
    assert (page.lead.id, page.coordinating) == (office.south, ())


def test_closed_work_is_kept_by_the_heir_and_its_history_names_who_did_it(office, heir):
    task = assigned(office, office.secretary, lead_id=office.north)
    services.cancel(office.secretary, on=TODAY, task_id=task.pk, reason="Trùng việc")
    handover = plan({office.north: heir}, KINDS)
    carry_out(handover)
    task.refresh_from_db()
    assert (task.lead_id, task.kept_by_id) == (office.north, heir)
    assert visible_to(make_actor(heir, Role.STANDING_COMMITTEE), on=DAY).filter(pk=task.pk).exists()
    take_back(handover, day=LATER)
    task.refresh_from_db()
    assert task.kept_by_id == office.north


def test_the_page_tells_the_way_a_task_went(office, heir):
    task = assigned(office, office.secretary, lead_id=office.north)
    carry_out(plan({office.north: heir}, KINDS))
    (move,) = selectors.page(office.secretary, task.pk, on=DAY).moves
    assert (move.from_unit_id, move.to_unit_id, move.on, move.decree) == (office.north, heir, DAY, "QĐ 10")


def _partners(task: Task) -> dict[int, date | None]:
    return dict(task.coordinations.values_list("unit", "joined_on"))
