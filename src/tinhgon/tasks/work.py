"""Nhiệm vụ chủ trì là việc của đơn vị: đến lúc giao, xong lúc nghiệm thu; nhiệm vụ đã hủy không tính."""

from django.utils.translation import gettext_lazy as _

from tinhgon.org.work import WorkSource, register

register(
    WorkSource(
        kind="tasks.lead", label=_("Nhiệm vụ chủ trì"), hours=8, is_given=True,
        items_sql="""
            SELECT t.id AS item_id, t.lead_id AS unit_id, t.function_id, t.assignee_id AS person_id, t.secrecy, t.progress,
                   (t.created_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS arrived_on, t.finished_on, t.due_on
            FROM tasks_task t WHERE t.state <> 'cancelled'
        """,
    )
)  # fmt: skip
