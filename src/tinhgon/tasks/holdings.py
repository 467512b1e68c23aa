"""Nhiệm vụ đang mở mà đơn vị giữ: vai chủ trì, vai giao việc, vai phối hợp, chuyển riêng từng vai."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tinhgon.org.holdings import ColumnHolding, execute, keeps_its_holder, register
from tinhgon.org.models.handover import Direction

_OPEN = "t.state IN ('assigned', 'accepted', 'in_progress', 'submitted')"
_CONTENT = ("title", "detail", "product", "original_due_on", "due_on", "source_id", "function_id", "created_at")


@dataclass(frozen=True, kw_only=True)
class CoordinationHolding(ColumnHolding):
    """Vai phối hợp gộp khi về cùng đơn vị với bên chủ trì, hay với một dòng phối hợp khác của cùng nhiệm vụ."""

    def plan_joins(self, handover_id: object, direction: str) -> None:
        if direction == Direction.APPLY:
            execute(_LEAD_ARRIVES, {"handover": handover_id, "kind": self.kind})
            execute(_JOIN_COORDINATIONS, {"handover": handover_id, "kind": self.kind})


_LEAD_ARRIVES = """
    INSERT INTO org_plan_row (handover_id, direction, kind, item_id, from_unit_id, to_unit_id, secrecy, outcome, rule, content)
    SELECT %(handover)s, 'apply', %(kind)s, c.id, c.unit_id, c.unit_id, l.secrecy, 'join', 'lead', md5(ROW(c.id, c.task_id)::text)::uuid
    FROM org_plan_row l JOIN tasks_coordination c ON c.task_id = l.item_id AND c.unit_id = l.to_unit_id AND c.joined_on IS NULL
    WHERE l.handover_id = %(handover)s AND l.direction = 'apply' AND l.kind = 'tasks.lead' AND l.outcome = 'move'
    ON CONFLICT DO NOTHING
"""
"""Bên chủ trì chuyển tới đúng một đơn vị đang phối hợp mà không bị sắp xếp: dòng phối hợp ấy gộp vào."""

_JOIN_COORDINATIONS = """
    WITH moving AS (
        SELECT p.id, p.to_unit_id AS unit_id, c.id AS line_id, c.task_id FROM org_plan_row p
        JOIN tasks_coordination c ON c.id = p.item_id
        WHERE p.handover_id = %(handover)s AND p.direction = 'apply' AND p.kind = %(kind)s AND p.outcome = 'move'
    ), line AS (
        SELECT id, unit_id, line_id, task_id FROM moving
        UNION ALL
        SELECT NULL, c.unit_id, 0, c.task_id FROM tasks_coordination c
        WHERE c.joined_on IS NULL AND c.task_id IN (SELECT task_id FROM moving)
          AND NOT EXISTS (SELECT 1 FROM moving m WHERE m.line_id = c.id)
    ), ranked AS (
        SELECT id, task_id, unit_id, row_number() OVER (PARTITION BY task_id, unit_id ORDER BY line_id) AS place FROM line
    )
    UPDATE org_plan_row p SET outcome = 'join' FROM ranked r
    JOIN tasks_task t ON t.id = r.task_id
    LEFT JOIN org_plan_row l ON l.handover_id = %(handover)s AND l.direction = 'apply' AND l.kind = 'tasks.lead'
                            AND l.item_id = t.id
    WHERE p.id = r.id AND (r.place > 1 OR r.unit_id = COALESCE(l.to_unit_id, t.lead_id))
"""
"""Giữ dòng đang đứng yên, rồi dòng có trước; bên chủ trì luôn thắng bên phối hợp."""

# Tên mục hiện với người làm việc sắp xếp, chưa chắc được xem mật.
_TITLE = "CASE WHEN {t}.secrecy > 0 THEN 'Nhiệm vụ mật' ELSE {t}.title END"

register(
    ColumnHolding(
        kind="tasks.lead", label=_("Nhiệm vụ chủ trì"), keys=("tasks.Task.lead", "tasks.Task.assignee"), order=20,
        table="tasks_task", holder="lead_id", where=_OPEN, is_work=True, content=_CONTENT, title=_TITLE.format(t="t"), function="t.function_id",
        secrecy="t.secrecy", person="assignee_id", also_set="joined = (p.to_unit_id = t.assigner_id)",
    ),
    ColumnHolding(
        kind="tasks.assigner", label=_("Nhiệm vụ đã giao, chờ nghiệm thu"), keys=("tasks.Task.assigner",), order=21,
        table="tasks_task", holder="assigner_id", where=_OPEN, content=_CONTENT, title=_TITLE.format(t="t"),
        function="t.function_id", secrecy="t.secrecy", also_set="joined = (p.to_unit_id = t.lead_id)",
    ),
    CoordinationHolding(
        kind="tasks.coordinating", label=_("Nhiệm vụ phối hợp"), keys=("tasks.Coordination.unit",), order=22,
        table="tasks_coordination", holder="unit_id",
        where="t.joined_on IS NULL AND EXISTS (SELECT 1 FROM tasks_task k WHERE k.id = t.task_id "
        "AND k.state IN ('assigned', 'accepted', 'in_progress', 'submitted'))",
        content=("task_id",), title=f"(SELECT {_TITLE.format(t='k')} FROM tasks_task k WHERE k.id = t.task_id)",
        function="(SELECT k.function_id FROM tasks_task k WHERE k.id = t.task_id)",
        secrecy="(SELECT k.secrecy FROM tasks_task k WHERE k.id = t.task_id)",
        join_set="joined_on = %(on)s", reopen_set="joined_on = NULL",
    ),
    ColumnHolding(
        kind="tasks.record", label=_("Nhiệm vụ đã khép lại, đang lưu"), keys=("tasks.Task.kept_by",), order=23,
        table="tasks_task", holder="kept_by_id", where="t.kept_by_id IS NOT NULL", content=_CONTENT, title=_TITLE.format(t="t"),
        function="t.function_id", secrecy="t.secrecy",
    ),
)  # fmt: skip

keeps_its_holder(tasks__ProgressEntry__person="Lịch sử: ai đã báo tiến độ, không đổi theo đơn vị.")
