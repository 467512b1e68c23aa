"""Con số ``org`` tự đếm: đơn vị, tầng, ghế, người đứng đầu, cấp phó, người, chức năng. ``org.figures`` là sổ đăng ký nên không tự tìm ra."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from tinhgon.org.figures import STAFF, Count, Figure, Foreseen, Period, Structure, register

Rows = Sequence[Sequence[Any]]


def _units(structure: Structure, period: Period) -> Rows:
    return structure.rows(
        "SELECT m.group_id, count(*) FROM member m JOIN org_unit_version v ON v.unit_id = m.unit_id AND v.valid @> %(on)s::date GROUP BY 1", period
    )


def _layers(structure: Structure, period: Period) -> Rows:
    """Số tầng: số độ sâu khác nhau trong cây tổ chức ngày ấy mà các đơn vị của nhóm đứng."""
    return structure.rows(_LAYERS, period)


_LAYERS = """
SELECT m.group_id, count(DISTINCT d.depth) FROM member m
JOIN LATERAL (
    WITH RECURSIVE up AS (
        SELECT v.parent_id FROM org_unit_version v WHERE v.unit_id = m.unit_id AND v.valid @> %(on)s::date
        UNION ALL
        SELECT v.parent_id FROM up JOIN org_unit_version v ON v.unit_id = up.parent_id AND v.valid @> %(on)s::date
    ) SELECT count(*) AS depth FROM up
) d ON d.depth > 0
GROUP BY 1
"""


def _posts(structure: Structure, period: Period) -> Rows:
    """Ghế, không kể nơi chờ bố trí và vị trí quản trị hệ thống; thứ bậc 1 đứng đầu, 2 cấp phó."""
    return structure.rows(
        """
        SELECT m.group_id, count(*), sum(po.seats), COALESCE(sum(po.seats) FILTER (WHERE po.rank = 1), 0),
               COALESCE(sum(po.seats) FILTER (WHERE po.rank = 2), 0)
        FROM member m JOIN org_post po ON po.unit_id = m.unit_id AND po.valid @> %(on)s::date AND NOT po.is_pool AND po.role <> 'administrator'
        GROUP BY 1
        """,
        period,
    )


def _staff(structure: Structure, period: Period) -> Rows:
    return structure.rows("SELECT group_id, count(*) FROM person GROUP BY 1", period)


def _duties(structure: Structure, period: Period) -> Rows:
    return structure.rows("SELECT group_id, count(*) FROM duty GROUP BY 1", period)


register(
    Count((Figure("org.units", _("Đơn vị"), _("đơn vị"), Foreseen.PLAN),), _units),
    Count((Figure("org.layers", _("Tầng"), _("tầng"), Foreseen.PLAN, adds_up=False),), _layers),
    Count(
        (
            Figure("org.posts", _("Vị trí việc làm"), _("vị trí"), Foreseen.PLAN), Figure("org.seats", _("Ghế"), _("ghế"), Foreseen.PLAN),
            Figure("org.heads", _("Ghế đứng đầu"), _("ghế"), Foreseen.PLAN), Figure("org.deputies", _("Ghế cấp phó"), _("ghế"), Foreseen.PLAN),
        ),
        _posts,
    ),
    Count((Figure(STAFF, _("Người"), _("người"), Foreseen.PLAN),), _staff),
    Count((Figure("org.functions", _("Chức năng khác nhau"), _("chức năng"), Foreseen.PLAN, adds_up=False),), _duties),
    Count((Figure("org.duties", _("Lượt giao chức năng"), _("lượt"), Foreseen.PLAN),), _duties),
)  # fmt: skip
