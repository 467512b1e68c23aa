"""Bước chung của mọi động từ: đơn vị không đang chuyển giao, ghi lịch sử của nhiệm vụ."""

from datetime import date

from django.utils.translation import gettext as _

from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason
from tinhgon.core.workcalendar import work_calendar
from tinhgon.org.access import scope_of
from tinhgon.org.locks import hold_open
from tinhgon.tasks.access import task_for
from tinhgon.tasks.models import ProgressEntry, Task


def held(actor: Actor, task_id: int, to: str, on: date) -> Task:
    """Nhiệm vụ đã khóa, được phép ``to``, và không bên nào đang chuyển giao."""
    task = task_for(actor, task_id, to=to, on=on, lock=True)
    partners = task.coordinations.filter(joined_on__isnull=True).values_list("unit", flat=True)
    hold_open([task.lead_id], on=on, touching=[task.assigner_id, *partners])
    return task


def add_entry(actor: Actor, task: Task, note: str, *, on: date) -> ProgressEntry:
    """Thêm một dòng lịch sử với trạng thái và tiến độ hiện thời của nhiệm vụ."""
    return ProgressEntry.objects.create(
        task=task, person_id=scope_of(actor, on=on).person_id, at=clock.now(), progress=task.progress, state=task.state,
        note=note,
    )  # fmt: skip


def required(text: str, field: str, sentence: str) -> str:
    """Chữ bắt buộc, đã bỏ khoảng trắng thừa. ``Invalid`` khi để trống."""
    if not text.strip():
        raise Invalid(Reason("tasks.missing", sentence, field))
    return text.strip()


def working_deadline(due_on: date) -> tuple[date, str]:
    """Hạn rơi vào ngày nghỉ thì dời tới ngày làm việc kế tiếp; kèm lời ghi, rỗng khi không phải dời."""
    moved = work_calendar().deadline(due_on)
    if moved == due_on:
        return due_on, ""
    shown = {"day": f"{due_on:%d/%m/%Y}", "moved": f"{moved:%d/%m/%Y}"}
    return moved, _("Hạn %(day)s là ngày nghỉ, dời tới ngày làm việc kế tiếp %(moved)s.") % shown
