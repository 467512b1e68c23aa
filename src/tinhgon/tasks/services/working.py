"""Bên chủ trì làm: nhận, phân công người, báo tiến độ, nộp kết quả."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, Refused
from tinhgon.org.access import scope_of
from tinhgon.org.models import Appointment
from tinhgon.tasks.models import ProgressEntry, Task
from tinhgon.tasks.services.steps import add_entry, held, required

State = Task.State


@transaction.atomic
def accept(actor: Actor, *, on: date, task_id: int) -> Task:
    """Đơn vị chủ trì xác nhận đã nhận việc."""
    task = held(actor, task_id, "accept", on)
    task.state, task.accepted_at = State.ACCEPTED, clock.now()
    task.save(update_fields=["state", "accepted_at"])
    add_entry(actor, task, _("Đã nhận nhiệm vụ."), on=on)
    record(actor, "tasks.accepted", ("task", task.pk), after={"lead": task.lead_id})
    return task


@transaction.atomic
def assign_person(actor: Actor, *, on: date, task_id: int, person_id: int) -> Task:
    """Phân công một người của đơn vị chủ trì; việc chưa nhận thì coi như nhận. ``Refused`` khi người ấy ở nơi khác."""
    task = held(actor, task_id, "assign_person", on)
    post = _post_in_unit(actor, task, person_id, on)
    before = {"assignee": task.assignee_id, "state": task.state}
    task.assignee_id = person_id
    if task.state == State.ASSIGNED:
        task.state, task.accepted_at = State.ACCEPTED, clock.now()
    task.save(update_fields=["assignee", "state", "accepted_at"])
    name = post.person.full_name
    add_entry(actor, task, _("Phân công %(person)s thực hiện.") % {"person": name}, on=on)
    record(
        actor, "tasks.person_assigned", ("task", task.pk), before=before,
        after={"assignee": person_id, "person": name, "state": task.state},
    )  # fmt: skip
    return task


@transaction.atomic
def report_progress(actor: Actor, *, on: date, task_id: int, progress: int, note: str) -> ProgressEntry:
    """Báo tiến độ (0 tới 100) kèm nội dung; các lần báo trước giữ nguyên."""
    told = required(note, "note", _("Hãy ghi đã làm được gì."))
    if not 0 <= progress <= 100:
        raise Invalid(Reason("tasks.progress", _("Tiến độ từ 0 tới 100 phần trăm."), "progress"))
    task = held(actor, task_id, "report", on)
    before = {"progress": task.progress, "state": task.state}
    task.progress, task.state = progress, State.IN_PROGRESS
    task.save(update_fields=["progress", "state"])
    entry = add_entry(actor, task, told, on=on)
    record(
        actor, "tasks.reported", ("task", task.pk), before=before,
        after={"progress": progress, "state": task.state, "note": told},
    )  # fmt: skip
    return entry


@transaction.atomic
def submit(actor: Actor, *, on: date, task_id: int, note: str) -> Task:
    """Nộp kết quả, chờ bên giao nghiệm thu."""
    told = required(note, "note", _("Hãy ghi kết quả nộp."))
    task = held(actor, task_id, "submit", on)
    before = {"progress": task.progress, "state": task.state}
    task.progress, task.state = 100, State.SUBMITTED
    task.save(update_fields=["progress", "state"])
    add_entry(actor, task, told, on=on)
    record(actor, "tasks.submitted", ("task", task.pk), before=before, after={"note": told, "state": task.state})
    return task


def _post_in_unit(actor: Actor, task: Task, person_id: int, on: date) -> Appointment:
    """Phân công của người ấy trong đơn vị chủ trì (hay phòng, văn phòng của nó), đủ độ mật."""
    standings = scope_of(actor, on=on).standings
    units = {task.lead_id}.union(*(s.units for s in standings if task.lead_id in s.units))
    able = Appointment.objects.filter(person=person_id, valid__contains=on, post__unit__in=units).select_related("person")
    if not able:
        sentence = _("Người này không có phân công ở đơn vị chủ trì trong ngày này.")
        raise Refused(Reason("tasks.not_in_unit", sentence, "person"))
    cleared = [a for a in able.select_related("person", "post") if a.post.clearance >= task.secrecy]
    if not cleared:
        raise Refused(Reason("tasks.not_cleared", _("Người này không được xem độ mật của văn bản giao."), "person"))
    return cleared[0]
