"""Ai trông coi một đơn vị: chiều ngược của ``org.access``, cho trang "ai thấy được, vì sao".

``access`` đi từ người ra đơn vị; ở đây đi từ đơn vị ra người, cùng quy tắc: thấy đơn vị mình và các phòng bên trong; văn thư
và lãnh đạo văn phòng còn phục vụ cấp ủy mà văn phòng giúp việc. Phép thử giữ hai chiều khớp nhau.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from tinhgon.org.models import Kind, Role
from tinhgon.org.rights import SEES_WHOLE_UNIT, SERVES_COMMITTEE
from tinhgon.org.selectors.standing_in import lent
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
    appointment_id: int

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
SELECT DISTINCT pe.id, pe.full_name, po.title, po.unit_id, p.covers, po.role, po.clearance, a.id, po.rank, pe.name_key
FROM place p
JOIN org_post po ON po.unit_id = p.unit_id AND NOT po.is_pool
JOIN org_appointment a ON a.post_id = po.id AND a.valid @> %(on)s::date
JOIN org_person pe ON pe.id = a.person_id
WHERE po.role = ANY(%(roles)s) AND (NOT p.serving OR po.role = ANY(%(servants)s))
ORDER BY p.covers, po.rank, pe.name_key, pe.id
"""


def watchers(unit_ids: Iterable[int], *, on: date, part: str) -> list[Watcher]:
    """Người trông coi các đơn vị ngày ``on``: lãnh đạo thấy mọi việc, văn thư, và ai đang làm thay họ ở phần việc ấy."""
    with connection.cursor() as cursor:
        cursor.execute(
            _WATCHERS_SQL,
            {
                "units": sorted(set(unit_ids)), "on": on, "office": Kind.OFFICE,
                "roles": sorted({*SEES_WHOLE_UNIT, Role.CLERK}), "servants": sorted(SERVES_COMMITTEE),
            },
        )  # fmt: skip
        found = [Watcher(*row[:8]) for row in cursor.fetchall()]
    return _with_stand_ins(found, on, part)


def _with_stand_ins(found: list[Watcher], on: date, part: str) -> list[Watcher]:
    """Kèm những người đang làm thay các phân công ấy, với độ mật đã chặn ở mức của chính họ."""
    lending = lent(part, appointments={watcher.appointment_id for watcher in found}, on=on)
    by_appointment: dict[int, list[Watcher]] = {}
    for watcher in found:
        by_appointment.setdefault(watcher.appointment_id, []).append(watcher)
    return found + [
        replace(
            watcher, person_id=loan.person_id, full_name=loan.full_name, clearance=loan.clearance,
            title=_("%(title)s, thay %(name)s") % {"title": watcher.title, "name": loan.principal},
        )
        for loan in lending
        for watcher in by_appointment.get(loan.appointment_id, ())
    ]  # fmt: skip


def clearance_at(person_id: int, unit_id: int, *, on: date, part: str) -> int:
    """Độ mật cao nhất người này được xem ở đơn vị ấy (vị trí nào của họ, kể cả làm thay, cũng tính); 0 khi không có."""
    loans = lent(part, persons=[person_id], on=on)
    with connection.cursor() as cursor:
        cursor.execute(_CLEARANCE_SQL, {"person": person_id, "unit": unit_id, "on": on, "office": Kind.OFFICE,
                                        "servants": sorted(SERVES_COMMITTEE), "lent": [loan.appointment_id for loan in loans],
                                        "caps": [loan.clearance for loan in loans]})  # fmt: skip
        row = cursor.fetchone()
    return row[0] if row and row[0] is not None else 0


_CLEARANCE_SQL = """
WITH RECURSIVE up AS (
    SELECT %(unit)s::bigint AS unit_id
    UNION
    SELECT v.parent_id FROM up
    JOIN org_unit_version v ON v.unit_id = up.unit_id AND v.valid @> %(on)s::date
    WHERE NOT v.is_organ AND v.parent_id IS NOT NULL
), held AS (
    SELECT a.post_id, NULL::int AS cap FROM org_appointment a WHERE a.person_id = %(person)s AND a.valid @> %(on)s::date
    UNION ALL
    SELECT a.post_id, l.cap FROM unnest(%(lent)s::bigint[], %(caps)s::int[]) AS l(id, cap) JOIN org_appointment a ON a.id = l.id
)
SELECT max(LEAST(po.clearance, h.cap)) FROM held h
JOIN org_post po ON po.id = h.post_id AND NOT po.is_pool
JOIN org_unit_version v ON v.unit_id = po.unit_id AND v.valid @> %(on)s::date
WHERE (po.unit_id IN (SELECT unit_id FROM up)
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
SELECT DISTINCT pe.id, pe.full_name, po.title, po.unit_id, po.unit_id, po.role, po.clearance, a.id, po.rank, pe.name_key
FROM inside i
JOIN org_post po ON po.unit_id = i.unit_id AND po.role = %(inspection)s AND NOT po.is_pool
JOIN org_appointment a ON a.post_id = po.id AND a.valid @> %(on)s::date
JOIN org_person pe ON pe.id = a.person_id
ORDER BY po.rank, pe.name_key, pe.id
"""


def inspectors(unit_ids: Iterable[int], *, on: date, part: str) -> list[Watcher]:
    """Người kiểm tra của cấp chứa các đơn vị ấy và của mọi cấp trên, ngày ``on``."""
    levels = {step.id for unit in set(unit_ids) for step in path(unit, on=on)}
    with connection.cursor() as cursor:
        cursor.execute(_INSPECTORS_SQL, {"levels": sorted(levels), "on": on, "inspection": Role.INSPECTION})
        found = [Watcher(*row[:8]) for row in cursor.fetchall()]
    return _with_stand_ins(found, on, part)
