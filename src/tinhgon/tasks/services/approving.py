"""Bên giao: nghiệm thu, trả lại làm lại, gia hạn, hủy."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Reason, refuse_if
from tinhgon.tasks.models import ProgressEntry, Task
from tinhgon.tasks.services.steps import add_entry, held, required, working_deadline

State = Task.State


@transaction.atomic
def approve(actor: Actor, *, on: date, task_id: int, note: str = "", exceeded: bool | None = None) -> Task:
    """Nghiệm thu; ``exceeded``: kết quả vượt yêu cầu hay đúng yêu cầu, vượt thì nhận xét nói vượt ở đâu. Ngày hoàn thành là ngày nộp kết quả được nghiệm thu: bên giao chậm xem thì bên làm không bị trễ."""
    if exceeded:
        required(note, "note", _("Vượt yêu cầu thì hãy ghi vượt ở điểm nào."))
    task = held(actor, task_id, "approve", on)
    submitted = task.entries.filter(state=State.SUBMITTED).first()
    task.finished_on = timezone.localtime(submitted.at).date() if submitted else on
    task.state, task.kept_by_id = State.DONE, task.lead_id
    task.exceeded = exceeded
    task.save(update_fields=["state", "finished_on", "kept_by", "exceeded"])
    add_entry(actor, task, note.strip() or _("Đã nghiệm thu."), on=on)
    record(actor, "tasks.approved", ("task", task.pk), after={"finished": task.finished_on, "note": note.strip(), "exceeded": exceeded})
    return task


@transaction.atomic
def send_back(actor: Actor, *, on: date, task_id: int, reason: str) -> Task:
    """Trả lại làm lại, kèm lý do; tiến độ về mức báo trước khi nộp. Số lần trả lại được đếm."""
    told = required(reason, "reason", _("Hãy ghi vì sao trả lại."))
    task = held(actor, task_id, "send_back", on)
    reported: ProgressEntry | None = task.entries.exclude(state=State.SUBMITTED).first()
    task.state, task.progress, task.returns = State.IN_PROGRESS, reported.progress if reported else 0, task.returns + 1
    task.save(update_fields=["state", "progress", "returns"])
    add_entry(actor, task, told, on=on)
    record(actor, "tasks.sent_back", ("task", task.pk), after={"reason": told, "returns": task.returns})
    return task


@transaction.atomic
def extend(actor: Actor, *, on: date, task_id: int, due_on: date, reason: str) -> Task:
    """Gia hạn tới một ngày làm việc sau hạn cũ. Hạn ban đầu giữ nguyên: trễ so với hạn ban đầu vẫn thấy được."""
    told = required(reason, "reason", _("Hãy ghi lý do gia hạn."))
    task = held(actor, task_id, "extend", on)
    deadline, note = working_deadline(due_on)
    refuse_if(_not_later(task, deadline, on))
    before = {"due": task.due_on}
    task.due_on = deadline
    task.original_due_on = task.original_due_on or deadline
    task.save(update_fields=["due_on", "original_due_on"])
    add_entry(actor, task, " ".join(filter(None, [told, note])), on=on)
    record(actor, "tasks.extended", ("task", task.pk), before=before, after={"to": deadline, "reason": told})
    return task


@transaction.atomic
def cancel(actor: Actor, *, on: date, task_id: int, reason: str) -> Task:
    """Hủy nhiệm vụ, kèm lý do; nhiệm vụ ở lại trong lịch sử."""
    told = required(reason, "reason", _("Hãy ghi lý do hủy."))
    task = held(actor, task_id, "cancel", on)
    before = task.state
    task.state, task.kept_by_id = State.CANCELLED, task.lead_id
    task.save(update_fields=["state", "kept_by"])
    add_entry(actor, task, told, on=on)
    record(actor, "tasks.cancelled", ("task", task.pk), before={"state": before}, after={"reason": told})
    return task


def _not_later(task: Task, deadline: date, on: date) -> list[Reason]:
    if deadline < on:
        return [Reason("tasks.due_past", _("Hạn mới đã qua."), "due_on")]
    if task.due_on and deadline <= task.due_on:
        sentence = _("Hạn mới phải sau hạn đang có %(day)s.") % {"day": f"{task.due_on:%d/%m/%Y}"}
        return [Reason("tasks.due_not_later", sentence, "due_on")]
    return []
