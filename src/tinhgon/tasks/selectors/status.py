"""Hạn của một nhiệm vụ: còn mấy ngày làm việc, màu gì, trễ hay không. Luôn tính, không bao giờ lưu."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tinhgon.engine.workdays import WorkCalendar
from tinhgon.tasks.models import Task

SOON = 3
"""Còn từ chừng này ngày làm việc trở xuống thì vàng (domain §4)."""


class Light(StrEnum):
    """Màu, luôn đi cùng chữ: xanh còn thời gian, vàng sắp tới hạn, đỏ quá hạn, không màu khi không có hạn hay đã khép."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Status:
    """``days_left``: số ngày làm việc tới hạn, âm khi quá hạn; ``None`` khi không có hạn hoặc đã khép.

    ``is_late``: quá hạn đang có, hoặc đã hoàn thành sau hạn ấy. ``is_late_originally``: so với hạn ban đầu, để việc gia
    hạn không che mất.
    """

    light: Light
    days_left: int | None
    is_late: bool
    is_late_originally: bool


def status_of(task: Task, *, on: date, calendar: WorkCalendar) -> Status:
    """Tình trạng của nhiệm vụ ngày ``on``. ``calendar``: ``core.workcalendar.work_calendar()``, đọc một lần cho cả trang."""
    day = task.finished_on if task.state == Task.State.DONE else on
    if task.state == Task.State.CANCELLED or task.due_on is None or day is None:
        return Status(Light.NONE, None, is_late=False, is_late_originally=False)
    late = day > task.due_on
    late_originally = task.original_due_on is not None and day > task.original_due_on
    if task.state == Task.State.DONE:
        return Status(Light.NONE, None, late, late_originally)
    days = calendar.working_days_between(on, task.due_on)
    light = Light.RED if late else Light.AMBER if days <= SOON else Light.GREEN
    return Status(light, days, late, late_originally)
