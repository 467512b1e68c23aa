"""Kiểm kê theo đơn vị giao: mỗi đơn vị bao nhiêu mục, còn bao nhiêu chưa quyết định, có mấy nơi kế thừa."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from tinhgon.org import holdings
from tinhgon.org.models import UnitVersion
from tinhgon.org.models.handover import Direction
from tinhgon.reorg import checks
from tinhgon.reorg.models import Reorganisation


@dataclass(frozen=True, slots=True)
class UnitTotal:
    """Một đơn vị giao. ``parent``: cấp trên trước ngày hiệu lực, để phân biệt các đơn vị trùng tên."""

    unit_id: int
    name: str
    parent: str
    heirs: int
    total: int
    undecided: int


_BY_UNIT = """
WITH giver AS (
    SELECT predecessor_id AS unit_id, count(*) AS heirs FROM reorg_planned_succession
    WHERE reorganisation_id = %(reorg)s GROUP BY 1
), item AS (
    SELECT from_unit_id AS unit_id, count(*) AS total,
           count(*) FILTER (WHERE to_unit_id IS NULL AND kind = ANY(%(needing)s)) AS undecided
    FROM org_plan_row WHERE handover_id = %(handover)s AND direction = %(direction)s GROUP BY 1
)
SELECT g.unit_id, COALESCE(v.name, ''), COALESCE(p.name, ''), g.heirs, COALESCE(i.total, 0), COALESCE(i.undecided, 0)
FROM giver g
LEFT JOIN item i ON i.unit_id = g.unit_id
LEFT JOIN org_unit_version v ON v.unit_id = g.unit_id AND v.valid @> %(eve)s::date
LEFT JOIN org_unit_version p ON p.unit_id = v.parent_id AND p.valid @> %(eve)s::date
ORDER BY COALESCE(i.undecided, 0) DESC, v.name_key, p.name_key, g.unit_id
"""


def by_unit(reorg: Reorganisation) -> list[UnitTotal]:
    """Mọi đơn vị giao, cả đơn vị không giữ mục nào; còn thiếu nhiều đứng trước, rồi theo tên. Một câu SQL."""
    parameters: dict[str, Any] = {
        "reorg": reorg.pk,
        "handover": reorg.handover_id,
        "direction": Direction.APPLY,
        "needing": [h.kind for h in holdings.all_holdings() if h.needs_receiver],
        "eve": reorg.effective_on - timedelta(days=1),
    }
    with connection.cursor() as cursor:
        cursor.execute(_BY_UNIT, parameters)
        return [UnitTotal(*row) for row in cursor.fetchall()]


def parent_names(unit_ids: list[int], reorg: Reorganisation) -> dict[int, str]:
    """Đơn vị -> tên cấp trên của nó ngày trước hiệu lực."""
    eve = reorg.effective_on - timedelta(days=1)
    pairs = dict(UnitVersion.objects.filter(unit__in=unit_ids, valid__contains=eve).values_list("unit_id", "parent_id"))
    names = checks.unit_names([parent for parent in set(pairs.values()) if parent], reorg)
    return {unit: names[parent] for unit, parent in pairs.items() if parent}
