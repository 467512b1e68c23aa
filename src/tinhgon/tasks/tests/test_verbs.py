"""Vòng đời của nhiệm vụ: giao, nhận, làm, nộp, nghiệm thu; mọi lý do từ chối cùng lúc, không đổi gì."""

from datetime import date

import pytest

from tinhgon.audit.models import Entry
from tinhgon.core import clock
from tinhgon.core.errors import Forbidden, Invalid, Refused
from tinhgon.documents import services as document_services
from tinhgon.documents.tests.factories import TODAY, person_of
from tinhgon.org.models import Freeze, Handover, Role
from tinhgon.org.services import structure
from tinhgon.org.tests.factories import make_actor
from tinhgon.tasks import services
from tinhgon.tasks.models import ProgressEntry, Task
from tinhgon.tasks.tests.factories import assigned, submitted

State = Task.State
SATURDAY = date(2025, 6, 28)


def test_a_task_has_one_lead_its_partners_and_its_history_begins(office):
    task = assigned(office, coordinating=[office.north], product="Báo cáo", due_on=date(2025, 6, 30))
    assert (task.assigner_id, task.lead_id, task.state) == (office.office, office.board, State.ASSIGNED)
    assert list(task.coordinations.values_list("unit", flat=True)) == [office.north]
    assert [entry.note for entry in task.entries.all()] == ["Giao nhiệm vụ."]


def test_a_deadline_on_a_day_off_moves_to_the_next_working_day_and_says_so(office):
    task = assigned(office, due_on=SATURDAY)
    assert task.due_on == task.original_due_on == date(2025, 6, 30)
    assert "28/06/2025" in task.entries.get().note


def test_every_objection_to_an_assignment_is_named_and_nothing_is_saved(office):
    structure.close_units([office.south], on=date(2025, 6, 1))
    draft = office.draft(office.head)
    with pytest.raises(Refused) as refusal:
        assigned(
            office, office.board_head, lead_id=office.city, coordinating=[office.south, office.south],
            due_on=date(2025, 6, 1), function_id=10**6,
        )  # fmt: skip
    codes = {reason.code for reason in refusal.value.reasons}
    assert codes == {"documents.unit_closed", "tasks.unit_repeated", "tasks.out_of_reach", "tasks.due_past", "documents.no_such_function"}
    with pytest.raises(Refused) as refusal:
        assigned(office, source_id=draft.pk)
    assert refusal.value.code == "tasks.source_draft"
    assert not Task.objects.exists()


def test_an_organ_never_assigns_upward(office):
    with pytest.raises(Refused) as refusal:
        assigned(office, office.north_head, lead_id=office.city)
    assert refusal.value.code == "tasks.out_of_reach"


def test_a_specialist_assigns_nothing(office):
    with pytest.raises(Forbidden):
        assigned(office, office.specialist)
    assert not Task.objects.exists()


def test_work_given_inside_ones_own_unit_is_taken_as_accepted(office):
    task = assigned(office, lead_id=office.office)
    assert (task.state, task.joined) == (State.ACCEPTED, True)


def test_the_lead_accepts_gives_it_to_a_person_who_reports_and_hands_in(office):
    task = assigned(office)
    services.accept(office.board_head, on=TODAY, task_id=task.pk)
    worker = make_actor(office.board, Role.SPECIALIST)
    services.assign_person(office.board_head, on=TODAY, task_id=task.pk, person_id=person_of(worker))
    services.report_progress(worker, on=TODAY, task_id=task.pk, progress=40, note="Đã có số liệu")
    done = services.submit(worker, on=TODAY, task_id=task.pk, note="Gửi báo cáo")
    assert (done.state, done.progress) == (State.SUBMITTED, 100)
    notes = list(task.entries.values_list("note", "progress"))
    assert notes[:2] == [("Gửi báo cáo", 100), ("Đã có số liệu", 40)]


def test_only_the_lead_accepts_and_only_the_assigner_approves(office):
    task = assigned(office)
    with pytest.raises(Forbidden):
        services.accept(office.head, on=TODAY, task_id=task.pk)
    services.accept(office.board_head, on=TODAY, task_id=task.pk)
    services.submit(office.board_head, on=TODAY, task_id=task.pk, note="Xong")
    with pytest.raises(Forbidden):
        services.approve(office.board_head, on=TODAY, task_id=task.pk)
    assert Task.objects.get(pk=task.pk).state == State.SUBMITTED


def test_a_person_of_another_unit_is_never_given_the_task(office):
    task = assigned(office)
    with pytest.raises(Refused) as refusal:
        services.assign_person(office.board_head, on=TODAY, task_id=task.pk, person_id=person_of(office.specialist))
    assert refusal.value.code == "tasks.not_in_unit"
    assert Task.objects.get(pk=task.pk).assignee_id is None


def test_progress_is_told_in_words_and_between_0_and_100(office):
    task = assigned(office, lead_id=office.office)
    for progress, note in ((101, "x"), (-1, "x"), (50, " ")):
        with pytest.raises(Invalid):
            services.report_progress(office.head, on=TODAY, task_id=task.pk, progress=progress, note=note)
    assert ProgressEntry.objects.filter(task=task).count() == 1


def test_approved_the_day_of_finishing_is_the_day_of_handing_in(office):
    task = submitted(office)
    entry = task.entries.filter(state=State.SUBMITTED).get()
    ProgressEntry.objects.filter(pk=entry.pk).update(at=clock.now().replace(year=2025, month=6, day=20, hour=3))
    done = services.approve(office.head, on=date(2025, 7, 15), task_id=task.pk)
    assert (done.state, done.finished_on, done.kept_by_id) == (State.DONE, TODAY, office.board)


def test_sent_back_the_task_returns_to_its_last_reported_progress_and_is_counted(office):
    task = assigned(office)
    services.accept(office.board_head, on=TODAY, task_id=task.pk)
    services.report_progress(office.board_head, on=TODAY, task_id=task.pk, progress=70, note="Gần xong")
    services.submit(office.board_head, on=TODAY, task_id=task.pk, note="Xong")
    with pytest.raises(Invalid):
        services.send_back(office.head, on=TODAY, task_id=task.pk, reason="")
    back = services.send_back(office.head, on=TODAY, task_id=task.pk, reason="Thiếu phụ lục")
    assert (back.state, back.progress, back.returns) == (State.IN_PROGRESS, 70, 1)


def test_an_extension_keeps_the_original_deadline(office):
    task = assigned(office, due_on=date(2025, 6, 30))
    with pytest.raises(Refused) as refusal:
        services.extend(office.head, on=TODAY, task_id=task.pk, due_on=date(2025, 6, 27), reason="Chờ số liệu")
    assert refusal.value.code == "tasks.due_not_later"
    longer = services.extend(office.head, on=TODAY, task_id=task.pk, due_on=date(2025, 7, 12), reason="Chờ số liệu")
    assert (longer.original_due_on, longer.due_on) == (date(2025, 6, 30), date(2025, 7, 14))


def test_a_cancelled_task_stays_in_history_and_can_do_nothing_more(office):
    task = assigned(office)
    services.cancel(office.head, on=TODAY, task_id=task.pk, reason="Trùng việc")
    before = Entry.objects.count()
    for verb in (services.accept, services.approve):
        with pytest.raises((Refused, Forbidden)):
            verb(office.head, on=TODAY, task_id=task.pk)
    assert Entry.objects.count() == before
    assert Task.objects.get(pk=task.pk).kept_by_id == office.board


def test_a_task_is_read_only_while_any_of_its_units_is_being_handed_over(office):
    task = assigned(office, coordinating=[office.north])
    handover = Handover.objects.create(decree="QĐ", effective_on=TODAY)
    Freeze.objects.create(handover=handover, unit_id=office.north, since=clock.now())
    with pytest.raises(Refused) as refusal:
        services.accept(office.board_head, on=TODAY, task_id=task.pk)
    assert refusal.value.code == "org.unit_frozen"
    assert Task.objects.get(pk=task.pk).state == State.ASSIGNED


def test_a_task_from_a_secret_document_takes_its_secrecy_and_needs_a_cleared_lead(office):
    keeper = make_actor(office.office, Role.CLERK, clearance=1)
    head = make_actor(office.office, Role.OFFICE_HEAD, clearance=1)
    secret = office.incoming(keeper, secrecy=1)
    with pytest.raises(Refused) as refusal:
        assigned(office, head, source_id=secret.pk)
    assert refusal.value.code == "documents.no_clearance"
    make_actor(office.board, Role.UNIT_HEAD, clearance=1)
    assert assigned(office, head, source_id=secret.pk).secrecy == 1


def test_a_task_may_come_only_from_a_document_one_may_see(office):
    hidden = document_services.issue(office.north_clerk, on=TODAY, document_id=office.sent(office.north_head).pk)
    with pytest.raises(Exception, match="Không có văn bản này"):
        assigned(office, source_id=hidden.pk)


def test_the_assigner_may_say_the_result_exceeds_what_was_asked_and_then_says_where(office):
    task = submitted(office)
    with pytest.raises(Invalid, match="vượt ở điểm nào"):
        services.approve(office.head, on=TODAY, task_id=task.pk, exceeded=True)
    assert Task.objects.get(pk=task.pk).state == State.SUBMITTED
    done = services.approve(office.head, on=TODAY, task_id=task.pk, note="Xong trước hạn, thêm phụ lục so sánh", exceeded=True)
    assert Task.objects.get(pk=done.pk).exceeded is True


def test_without_a_remark_nobody_knows_whether_the_result_exceeds(office):
    assert services.approve(office.head, on=TODAY, task_id=submitted(office).pk).exceeded is None
