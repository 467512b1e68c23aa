"""Nhiệm vụ đi qua động từ thật, trong Thành ủy nhỏ của ``documents.tests.factories``."""

from tinhgon.core.actor import Actor
from tinhgon.documents.tests.factories import TODAY, Office
from tinhgon.tasks import services
from tinhgon.tasks.models import Task


def assigned(office: Office, actor: Actor | None = None, **extra: object) -> Task:
    """Văn phòng giao Ban Tổ chức một việc, trừ khi nêu khác."""
    values = {"title": "Tổng hợp báo cáo quý II", "lead_id": office.board}
    return services.assign_task(actor or office.head, on=TODAY, **(values | extra))


def submitted(office: Office, **extra: object) -> Task:
    task = assigned(office, **extra)
    services.accept(office.board_head, on=TODAY, task_id=task.pk)
    return services.submit(office.board_head, on=TODAY, task_id=task.pk, note="Đã có báo cáo")
