"""Con số về nhiệm vụ mà đơn vị chủ trì. Nhiệm vụ đã xong giữ đơn vị đã chủ trì; hạn là hạn đang có, kể cả đã gia hạn."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from tinhgon.org.figures import Count, Figure, Foreseen, Period, Structure, register


def _open(structure: Structure, period: Period) -> Sequence[Sequence[Any]]:
    """Đang mở ngày cuối kỳ; nhiệm vụ đã hủy không giữ ngày hủy nên không tính cho ngày nào."""
    return structure.rows(
        """
        SELECT m.group_id, count(*), count(*) FILTER (WHERE t.due_on < %(on)s::date)
        FROM member m JOIN tasks_task t ON t.lead_id = m.unit_id AND t.created_at < %(last)s
        AND (t.state IN ('assigned', 'accepted', 'in_progress', 'submitted') OR t.state = 'done' AND t.finished_on > %(on)s::date)
        GROUP BY 1
        """,
        period,
    )


def _closed(structure: Structure, period: Period) -> Sequence[Sequence[Any]]:
    return structure.rows(
        """
        SELECT m.group_id, count(*), count(t.due_on), count(*) FILTER (WHERE t.finished_on <= t.due_on), count(*) FILTER (WHERE t.returns = 0)
        FROM member m JOIN tasks_task t ON t.lead_id = m.unit_id AND t.state = 'done' AND t.finished_on BETWEEN %(since)s::date AND %(on)s::date
        GROUP BY 1
        """,
        period, since=period.since,
    )  # fmt: skip


_TASKS = _("nhiệm vụ")
register(
    Count(
        (
            Figure("tasks.open", _("Nhiệm vụ đang mở"), _TASKS, Foreseen.CARRIED),
            Figure("tasks.overdue", _("Nhiệm vụ đang quá hạn"), _TASKS, Foreseen.CARRIED),
        ),
        _open,
    ),
    Count(
        (
            Figure("tasks.closed", _("Nhiệm vụ hoàn thành trong kỳ"), _TASKS, Foreseen.AFTERWARDS),
            Figure("tasks.closed_due", _("Nhiệm vụ có hạn, hoàn thành trong kỳ"), _TASKS, Foreseen.AFTERWARDS),
            Figure("tasks.on_time", _("Nhiệm vụ hoàn thành đúng hạn trong kỳ"), _TASKS, Foreseen.AFTERWARDS),
            Figure("tasks.first_time", _("Nhiệm vụ nghiệm thu ngay lần đầu trong kỳ"), _TASKS, Foreseen.AFTERWARDS),
        ),
        _closed,
    ),
)
