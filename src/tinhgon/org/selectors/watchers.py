"""Ai trông coi một đơn vị: chiều ngược của ``org.access``, cho trang "ai thấy được, vì sao".

``access`` đi từ người ra đơn vị; ở đây đi từ đơn vị ra người, cùng quy tắc: thấy đơn vị mình và các phòng bên trong; văn thư
và lãnh đạo văn phòng còn phục vụ cấp ủy mà văn phòng giúp việc. Phép thử giữ hai chiều khớp nhau.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from tinhgon.org.models import Kind, Role
from tinhgon.org.rights import SEES_WHOLE_UNIT, SERVES_COMMITTEE
from tinhgon.org.selectors.units import path


@dataclass(frozen=True, slots=True)
class Watcher:
    """Một phân công thấy được việc của đơn vị ``covers``. ``whole``: thấy mọi việc; nếu không thì chỉ phần của sổ."""

    person_id: int
    full_name: str
    title: str
    unit_id: int
    covers: int
    role: str
    clearance: int

    @property
    def whole(self) -> bool:
        return self.role in SEES_WHOLE_UNIT


_WATCHERS_SQL = """
WITH RECURSIVE up AS (
    SELECT u AS covers, u AS unit_id FROM unnest(%(units)s::bigint[]) AS u
    UNION
    SELECT up.covers, v.parent_id FROM up
    JOIN org_unit_version v ON v.unit_id = up.unit_id AND v.valid @> %(on)s::date
    WHERE NOT v.is_organ AND v.parent_id IS NOT NULL
), place AS (
    SELECT covers, unit_id, false AS serving FROM up
    UNION
    SELECT up.covers, v.unit_id, true FROM up
    JOIN org_unit_version v ON v.parent_id = up.unit_id AND v.valid @> %(on)s::date AND v.kind = %(office)s
)
SELECT DISTINCT pe.id, pe.full_name, po.title, po.unit_id, p.covers, po.role, po.clearance, po.rank, pe.name_key
FROM place p
JOIN org_post po ON po.unit_id = p.unit_id AND NOT po.is_pool
JOIN org_appointment a ON a.post_id = po.id AND a.valid @> %(on)s::date
JOIN org_person pe ON pe.id = a.person_id
WHERE po.role = ANY(%(roles)s) AND (NOT p.serving OR po.role = ANY(%(servants)s))
ORDER BY p.covers, po.rank, pe.name_key, pe.id
"""


def watchers(unit_ids: Iterable[int], *, on: date) -> list[Watcher]:
    """Người trông coi các đơn vị ngày ``on``: lãnh đạo thấy mọi việc, và văn thư. Một câu SQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            _WATCHERS_SQL,
            {
                "units": sorted(set(unit_ids)), "on": on, "office": Kind.OFFICE,
                "roles": sorted({*SEES_WHOLE_UNIT, Role.CLERK}), "servants": sorted(SERVES_COMMITTEE),
            },
        )  # fmt: skip
        return [Watcher(*row[:7]) for row in cursor.fetchall()]


def clearance_at(person_id: int, unit_id: int, *, on: date) -> int:
    """Độ mật cao nhất người này được xem ở đơn vị ấy (vị trí nào của họ cũng tính); 0 khi không có."""
    with connection.cursor() as cursor:
        cursor.execute(_CLEARANCE_SQL, {"person": person_id, "unit": unit_id, "on": on, "office": Kind.OFFICE,
                                        "servants": sorted(SERVES_COMMITTEE)})  # fmt: skip
        row = cursor.fetchone()
    return row[0] if row and row[0] is not None else 0


_CLEARANCE_SQL = """
WITH RECURSIVE up AS (
    SELECT %(unit)s::bigint AS unit_id
    UNION
    SELECT v.parent_id FROM up
    JOIN org_unit_version v ON v.unit_id = up.unit_id AND v.valid @> %(on)s::date
    WHERE NOT v.is_organ AND v.parent_id IS NOT NULL
)
SELECT max(po.clearance) FROM org_appointment a
JOIN org_post po ON po.id = a.post_id AND NOT po.is_pool
JOIN org_unit_version v ON v.unit_id = po.unit_id AND v.valid @> %(on)s::date
WHERE a.person_id = %(person)s AND a.valid @> %(on)s::date
  AND (po.unit_id IN (SELECT unit_id FROM up)
       OR (v.kind = %(office)s AND po.role = ANY(%(servants)s) AND v.parent_id IN (SELECT unit_id FROM up)))
"""


_INSPECTORS_SQL = """
WITH RECURSIVE inside AS (
    SELECT v.unit_id FROM org_unit_version v
    WHERE v.valid @> %(on)s::date AND v.is_organ
      AND (v.parent_id = ANY(%(levels)s) OR (v.parent_id IS NULL AND v.unit_id = ANY(%(levels)s)))
    UNION
    SELECT v.unit_id FROM inside i JOIN org_unit_version v ON v.parent_id = i.unit_id AND v.valid @> %(on)s::date
    WHERE NOT v.is_organ
)
SELECT DISTINCT pe.id, pe.full_name, po.title, po.unit_id, po.unit_id, po.role, po.clearance, po.rank, pe.name_key
FROM inside i
JOIN org_post po ON po.unit_id = i.unit_id AND po.role = %(inspection)s AND NOT po.is_pool
JOIN org_appointment a ON a.post_id = po.id AND a.valid @> %(on)s::date
JOIN org_person pe ON pe.id = a.person_id
ORDER BY po.rank, pe.name_key, pe.id
"""


def inspectors(unit_ids: Iterable[int], *, on: date) -> list[Watcher]:
    """Người kiểm tra của cấp chứa các đơn vị ấy và của mọi cấp trên, ngày ``on``."""
    levels = {step.id for unit in set(unit_ids) for step in path(unit, on=on)}
    with connection.cursor() as cursor:
        cursor.execute(_INSPECTORS_SQL, {"levels": sorted(levels), "on": on, "inspection": Role.INSPECTION})
        return [Watcher(*row[:7]) for row in cursor.fetchall()]
