"""Cấp phó và biên chế của các cơ quan mà người xem lãnh đạo hoặc quản lý, theo 187-KL/TW.

Ban tổ chức và thường trực cấp ủy thấy cấp mình và các cấp dưới: đây là số liệu tổ chức, không phải của một người.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Reason
from tinhgon.engine.headcount import Breach, Rules, Team, breaches, reduction_plan
from tinhgon.org.access import scope_of, structure_root
from tinhgon.org.models import Role
from tinhgon.org.selectors.units import descendants
from tinhgon.personnel.access import own_units
from tinhgon.personnel.selectors.rules import deputies_book

_OTHERS = 100
_WHOLE_LEVEL = (Role.ORGANISATION_BOARD, Role.STANDING_COMMITTEE)

_TEAMS_SQL = """
SELECT v.unit_id, v.name, COALESCE(s.seats, 0), COALESCE(s.deputies, 0), p.unit_id, v.parent_id, v.level,
       EXISTS (SELECT 1 FROM org_unit_version c WHERE c.parent_id = v.unit_id AND c.valid @> %(on)s::date)
FROM org_unit_version v
LEFT JOIN org_unit_version p ON p.unit_id = v.parent_id AND p.valid @> %(on)s::date AND p.kind <> 'committee'
LEFT JOIN LATERAL (
    SELECT sum(po.seats) AS seats, (
        SELECT count(*) FROM org_appointment a JOIN org_post d ON d.id = a.post_id
        WHERE d.unit_id = v.unit_id AND d.rank = 2 AND NOT d.is_pool AND a.valid @> %(on)s::date
    ) AS deputies
    FROM org_post po WHERE po.unit_id = v.unit_id AND NOT po.is_pool AND po.valid @> %(on)s::date
) s ON true
WHERE v.unit_id = ANY(%(units)s) AND v.valid @> %(on)s::date AND v.kind <> 'committee'
ORDER BY v.level DESC, v.name_key, v.unit_id
"""


@dataclass(frozen=True, slots=True)
class TeamLine:
    """Một đơn vị với con số của nó, chỗ vượt (nếu có), và lộ trình giảm tới 2030."""

    team: Team
    name: str
    breaches: tuple[Breach, ...]
    plan: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class DeputiesPage:
    """``rules``: bộ đã dùng; ``over``: đơn vị vượt, kèm lộ trình; ``others``: đơn vị khác, nhiều nhất 100; ``teams``: số đơn vị đã xét; ``names``: tên theo mã."""

    rules: Rules
    teams: int
    deputies: int
    over: tuple[TeamLine, ...]
    others: tuple[TeamLine, ...]
    names: dict[int, str]


def deputies(actor: Actor, *, on: date) -> DeputiesPage:
    """Ba phép kiểm tra ngày ``on``. ``Forbidden`` khi không lãnh đạo đơn vị nào."""
    units: set[int] = set()
    for standing in scope_of(actor, on=on).counted:
        if standing.sees_whole_unit:
            units |= descendants([structure_root(standing)], on=on) if standing.role in _WHOLE_LEVEL else own_units(standing)
    if not units:
        raise Forbidden(Reason("personnel.no_deputies", _("Số cấp phó và biên chế chỉ hiện với lãnh đạo đơn vị và ban tổ chức.")))
    rules = deputies_book().on(on)
    teams, names = _teams(units, on)
    by_team: dict[int, list[Breach]] = {}
    for breach in breaches(rules, teams):
        by_team.setdefault(breach.team, []).append(breach)
    over = [
        TeamLine(team, names[team.id], tuple(found), _steps(reduction_plan(rules, team.deputies, min(b.most for b in found), year=on.year)))
        for team in teams
        if (found := by_team.get(team.id))
    ]
    others = [TeamLine(team, names[team.id], (), ()) for team in teams if team.id not in by_team][:_OTHERS]
    return DeputiesPage(rules, len(teams), sum(team.deputies for team in teams), tuple(over), tuple(others), names)


def _steps(plan: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Chỉ những năm số cấp phó giảm: năm nào cũng như năm trước thì không kể lại."""
    found: list[tuple[int, int]] = []
    for year, count in plan:
        if not found or found[-1][1] != count:
            found.append((year, count))
    return tuple(found)


def _teams(units: set[int], on: date) -> tuple[list[Team], dict[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_TEAMS_SQL, {"units": sorted(units), "on": on})
        rows = cursor.fetchall()
    headcount = {row[0]: int(row[2]) for row in rows}
    parents = {row[0]: row[4] for row in rows}
    for unit, _title, seats, *_rest in rows:  # biên chế của cơ quan gồm cả các phòng bên trong
        above = parents[unit]
        while above in headcount:
            headcount[above] += int(seats)
            above = parents[above]
    teams = [
        Team(unit, headcount[unit], int(count), parent, (above, level), has_inside) for unit, _title, _seats, count, parent, above, level, has_inside in rows
    ]
    return teams, {row[0]: row[1] for row in rows}
