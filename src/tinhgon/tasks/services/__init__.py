"""Động từ với nhiệm vụ. Mỗi động từ: quyền, quy tắc, ghi, nhật ký trong một giao dịch."""

from tinhgon.tasks.services.approving import approve, cancel, extend, send_back
from tinhgon.tasks.services.assigning import assign_task
from tinhgon.tasks.services.working import accept, assign_person, report_progress, submit

__all__ = [
    "accept", "approve", "assign_person", "assign_task", "cancel", "extend", "report_progress", "send_back", "submit",
]  # fmt: skip
