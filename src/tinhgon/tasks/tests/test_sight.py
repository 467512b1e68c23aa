"""Ai thấy nhiệm vụ nào: chủ trì, giao, phối hợp, người thực hiện; ủy ban kiểm tra xem, không sửa."""

import pytest

from tinhgon.core import clock
from tinhgon.core.errors import NotFound
from tinhgon.documents.tests.factories import TODAY, person_of
from tinhgon.documents.tests.handing import DAY, plan
from tinhgon.org.models import Batch, Freeze, Kind, Level, Role
from tinhgon.org.models.handover import Outcome
from tinhgon.org.tests.factories import make_actor, make_unit
from tinhgon.search.selectors import search
from tinhgon.tasks import services
from tinhgon.tasks.access import abilities, task_for, visible_to
from tinhgon.tasks.models import Task
from tinhgon.tasks.tests.factories import assigned

EVERYONE = ("head", "clerk", "specialist", "colleague", "board_head", "secretary", "north_head", "administrator")


def seers(office, task: Task) -> set[str]:
    return {name for name in EVERYONE if visible_to(getattr(office, name), on=TODAY).filter(pk=task.pk).exists()}


def test_heads_of_the_assigning_leading_and_coordinating_units_see_the_task(office):
    assert seers(office, assigned(office)) == {"head", "board_head"}
    assert seers(office, assigned(office, coordinating=[office.north])) == {"head", "board_head", "north_head"}


def test_a_specialist_sees_only_their_own(office):
    task = assigned(office, lead_id=office.office)
    services.assign_person(office.head, on=TODAY, task_id=task.pk, person_id=person_of(office.specialist))
    assert seers(office, task) == {"head", "specialist"}
    assert abilities(office.specialist, Task.objects.get(pk=task.pk), on=TODAY) == {"report", "submit"}


def test_inspection_reads_the_tasks_of_its_level_and_below_and_changes_none(office):
    board = make_unit("Ủy ban Kiểm tra Thành ủy", office.city, kind=Kind.INSPECTION, level=Level.PROVINCE)
    inspector = make_actor(board, Role.INSPECTION, clearance=3)
    below = assigned(office, office.secretary, lead_id=office.north)
    assert visible_to(inspector, on=TODAY).filter(pk=below.pk).exists()
    assert abilities(inspector, below, on=TODAY) == frozenset()
    ward_board = make_unit("Ủy ban Kiểm tra phường Bắc", office.north, kind=Kind.INSPECTION)
    ward = make_actor(ward_board, Role.INSPECTION)
    assert not visible_to(ward, on=TODAY).filter(pk=assigned(office).pk).exists()
    assert visible_to(ward, on=TODAY).filter(pk=below.pk).exists()


def test_a_task_from_a_secret_document_is_seen_only_with_clearance(office):
    task = assigned(office)
    Task.objects.filter(pk=task.pk).update(secrecy=2)
    assert seers(office, task) == set()
    assert visible_to(make_actor(office.board, Role.UNIT_HEAD, clearance=2), on=TODAY).filter(pk=task.pk).exists()


def test_what_may_not_be_seen_does_not_exist(office):
    with pytest.raises(NotFound):
        task_for(office.north_head, assigned(office).pk, on=TODAY)


def test_search_keeps_to_what_may_be_seen(office):
    task = assigned(office)
    assert [hit.id for hit in search(office.board_head, on=TODAY, text="tong hop bao cao", kinds=["task"]).hits] == [task.pk]
    assert not search(office.north_head, on=TODAY, text="tong hop bao cao", kinds=["task"]).hits


def test_while_the_move_runs_the_receiver_already_sees_the_task(office):
    heir = make_unit("Đảng ủy phường Mới", office.city, on=DAY)
    task = assigned(office, office.secretary, lead_id=office.north)
    handover = plan({office.north: heir}, ("tasks.lead",))
    Freeze.objects.create(handover=handover, unit_id=office.north, since=clock.now())
    Batch.objects.create(
        handover=handover, direction="apply", number=1, kind="tasks.lead", outcome=Outcome.MOVE, first_row=0, last_row=0,
        rows=0, day=DAY,
    )  # fmt: skip
    receiver = make_actor(heir, Role.STANDING_COMMITTEE)
    assert visible_to(receiver, on=DAY).filter(pk=task.pk).exists()
    Batch.objects.update(done_at=clock.now())
    assert not visible_to(receiver, on=DAY).filter(pk=task.pk).exists()
