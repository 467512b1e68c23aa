"""Con số về văn bản của đơn vị: theo dòng chuyển tới đơn vị để chủ trì hay phối hợp (nhận để biết thì không phải việc), và văn bản ban hành.

Dòng đã xong giữ đơn vị đã làm, nên con số của một kỳ là của đơn vị thời ấy; chuyển giao không đổi nó.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from tinhgon.org.figures import Count, Figure, Foreseen, Period, Structure, register

_LINES = "member m JOIN documents_routing_line l ON l.to_unit_id = m.unit_id AND l.role IN ('lead', 'coordinating')"
_FINISHED = f"{_LINES} AND l.state = 'done' AND l.finished_at >= %(first)s AND l.finished_at < %(last)s"
_DAY = "(l.finished_at AT TIME ZONE %(zone)s)::date"


def _handled(structure: Structure, period: Period) -> Sequence[Sequence[Any]]:
    return structure.rows(
        f"SELECT m.group_id, count(*), count(l.due_on), count(*) FILTER (WHERE {_DAY} <= l.due_on) FROM {_FINISHED} GROUP BY 1", period
    )


def _open(structure: Structure, period: Period) -> Sequence[Sequence[Any]]:
    return structure.rows(
        f"""
        SELECT m.group_id, count(*), count(*) FILTER (WHERE l.due_on < %(on)s::date) FROM {_LINES}
        AND l.sent_at < %(last)s AND (l.state IN ('unread', 'accepted') OR l.state IN ('done', 'returned', 'recalled') AND l.finished_at >= %(last)s)
        GROUP BY 1
        """,
        period,
    )


def _days(structure: Structure, period: Period) -> Sequence[Sequence[Any]]:
    """Trung vị số ngày lịch từ lúc chuyển tới lúc xong, làm tròn tới phần mười ngày."""
    taken = "extract(epoch FROM l.finished_at - l.sent_at) / 86400"
    return structure.rows(
        f"SELECT m.group_id, round((percentile_cont(0.5) WITHIN GROUP (ORDER BY {taken}))::numeric, 1) FROM {_FINISHED} GROUP BY 1", period
    )


def _issued(structure: Structure, period: Period) -> Sequence[Sequence[Any]]:
    return structure.rows(
        """
        SELECT m.group_id, count(*) FROM member m JOIN documents_document d ON d.issuer_id = m.unit_id AND d.direction = 'outgoing'
        AND d.number IS NOT NULL AND d.state <> 'void' AND d.issued_on BETWEEN %(since)s::date AND %(on)s::date GROUP BY 1
        """,
        period, since=period.since,
    )  # fmt: skip


_PAPERS = _("văn bản")
register(
    Count(
        (
            Figure("documents.handled", _("Văn bản đến xử lý xong trong kỳ"), _PAPERS, Foreseen.AFTERWARDS),
            Figure("documents.handled_due", _("Văn bản đến có hạn, xử lý xong trong kỳ"), _PAPERS, Foreseen.AFTERWARDS),
            Figure("documents.handled_on_time", _("Văn bản đến xử lý xong đúng hạn trong kỳ"), _PAPERS, Foreseen.AFTERWARDS),
        ),
        _handled,
    ),
    Count(
        (
            Figure("documents.open", _("Văn bản đến đang xử lý"), _PAPERS, Foreseen.CARRIED),
            Figure("documents.overdue", _("Văn bản đến đang quá hạn"), _PAPERS, Foreseen.CARRIED),
        ),
        _open,
    ),
    Count((Figure("documents.median_days", _("Số ngày xử lý một văn bản đến (trung vị)"), _("ngày"), Foreseen.AFTERWARDS, adds_up=False),), _days),
    Count((Figure("documents.issued", _("Văn bản ban hành trong kỳ"), _PAPERS, Foreseen.AFTERWARDS),), _issued),
)
