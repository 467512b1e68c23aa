"""Ai đang vắng, ai làm thay, tới ngày nào. Hiện với mọi người đã đăng nhập, như danh bạ."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from tinhgon.core.actor import Actor
from tinhgon.org.access import scope_of
from tinhgon.org.models import Appointment, Covers
from tinhgon.org.selectors.people import DirectoryLine, people_of, posts_held_by
from tinhgon.org.selectors.units import organs_of


@dataclass(frozen=True, slots=True)
class Absence:
    """Một lần ủy quyền. ``appointment_id``, ``unit_id``: phân công hiện thời của người vắng, sau mọi lần chuyển giao."""

    id: int
    appointment_id: int
    principal_id: int
    principal: str
    title: str
    unit_id: int
    person_id: int
    person: str
    covers: str
    first_day: date
    last_day: date
    reason: str

    @property
    def what(self) -> str:
        return str(Covers(self.covers).label)

    def is_on(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class Lent:
    """Một phân công đang cho làm thay, có hiệu lực thật (cùng cơ quan); ``clearance`` đã chặn ở mức của người làm thay."""

    appointment_id: int
    principal_id: int
    principal: str
    person_id: int
    full_name: str
    clearance: int


_FOLLOWED = """
WITH RECURSIVE loan AS (
    SELECT s.id, s.appointment_id, s.person_id, s.covers, s.valid, s.reason FROM org_stand_in s
    WHERE NOT isempty(s.valid) AND {when}
    UNION
    SELECT l.id, n.id, l.person_id, l.covers, l.valid, l.reason
    FROM loan l JOIN org_appointment n ON n.moved_from_id = l.appointment_id
)
"""
_ABSENCES_SQL = f"""
{_FOLLOWED.format(when="upper(s.valid) > %(on)s::date")}
SELECT l.id, a.id, away.id, away.full_name, po.title, po.unit_id, stand.id, stand.full_name, l.covers,
       lower(l.valid), upper(l.valid) - 1, l.reason
FROM loan l
JOIN org_appointment a ON a.id = l.appointment_id AND a.valid @> %(on)s::date
JOIN org_post po ON po.id = a.post_id
JOIN org_person away ON away.id = a.person_id
JOIN org_person stand ON stand.id = l.person_id
WHERE {{which}}
ORDER BY lower(l.valid), l.id
"""
_LENT_SQL = f"""
{_FOLLOWED.format(when="s.valid @> %(on)s::date")}
SELECT a.id, away.id, away.full_name, stand.id, stand.full_name, po.clearance, po.unit_id
FROM loan l
JOIN org_appointment a ON a.id = l.appointment_id AND a.valid @> %(on)s::date
JOIN org_post po ON po.id = a.post_id
JOIN org_person away ON away.id = a.person_id
JOIN org_person stand ON stand.id = l.person_id
WHERE l.covers IN ('all', %(part)s) AND {{which}} ORDER BY l.id
"""


def absences(person_ids: Iterable[int], *, on: date) -> dict[int, Absence]:
    """Người đang vắng ngày ``on`` -> lần ủy quyền (lần dài nhất khi có vài phần việc). Một câu SQL, không có ai thì không hỏi."""
    wanted = sorted(set(person_ids))
    found: dict[int, Absence] = {}
    for absence in _read("away.id = ANY(%(ids)s)", wanted, on) if wanted else ():
        held = found.get(absence.principal_id)
        if absence.is_on(on) and (held is None or absence.last_day > held.last_day):
            found[absence.principal_id] = absence
    return found


def arranged_for(person_id: int, *, on: date) -> list[Absence]:
    """Các lần vắng của một người, từ ``on`` trở đi."""
    return _read("away.id = ANY(%(ids)s)", [person_id], on)


def standing_in_by(person_id: int, *, on: date) -> list[Absence]:
    """Các lần người này làm thay, từ ``on`` trở đi."""
    return _read("stand.id = ANY(%(ids)s)", [person_id], on)


def arranged_in(unit_ids: Iterable[int], *, on: date) -> list[Absence]:
    """Các lần vắng của người trong những đơn vị ấy, từ ``on`` trở đi."""
    return _read("po.unit_id = ANY(%(ids)s)", sorted(set(unit_ids)), on)


def arrangeable(actor: Actor, *, on: date) -> list[DirectoryLine]:
    """Phân công mà người này được cử người làm thay: của mình, và của người trong đơn vị mình lãnh đạo (vị trí đang dùng)."""
    scope = scope_of(actor, on=on)
    if scope.person_id is None:
        return []
    own = [line for line in posts_held_by([scope.person_id], on=on) if not line.is_pool]
    standing = next((s for s in scope.standings if s.appointment_id == actor.appointment_id and not s.is_lent), None)
    led = people_of(standing.units, on=on) if standing and standing.sees_whole_unit else []
    mine = {line.appointment_id for line in own}
    return own + [line for line in led if line.appointment_id not in mine and not line.is_pool]


def acted_for(pairs: Iterable[tuple[int | None, int | None]]) -> dict[tuple[int | None, int | None], str]:
    """(tài khoản, phân công) của nhật ký -> tên người giữ phân công ấy, khi người làm không phải là họ. Một câu SQL."""
    wanted = {(user, appointment) for user, appointment in pairs if user and appointment}
    if not wanted:
        return {}
    holders = {
        row.pk: row.person for row in Appointment.objects.filter(pk__in={a for _u, a in wanted}).select_related("person")
    }  # fmt: skip
    return {
        (user, appointment): holders[appointment].full_name
        for user, appointment in wanted
        if appointment in holders and holders[appointment].user_id != user
    }


def lent(
    part: str, *, on: date, principals: Collection[int] | None = None, persons: Collection[int] | None = None,
    appointments: Collection[int] | None = None,
) -> list[Lent]:  # fmt: skip
    """Các phân công đang cho làm thay ở phần việc ấy, theo người vắng, người làm thay hay phân công. Chiều ngược của ``scope_of``."""
    for column, wanted in (("away.id", principals), ("stand.id", persons), ("a.id", appointments)):
        if wanted is not None:
            return _lent(part, f"{column} = ANY(%(ids)s)", sorted(wanted), on)
    raise ValueError("Phải nêu người vắng, người làm thay hay phân công.")


def _lent(part: str, which: str, ids: list[int], on: date) -> list[Lent]:
    with connection.cursor() as cursor:
        cursor.execute(_LENT_SQL.format(which=which), {"ids": ids, "on": on, "part": part})
        rows = cursor.fetchall()
    if not rows:
        return []
    own = _own_clearances({row[3] for row in rows}, {row[6] for row in rows}, on)
    organs = organs_of({row[6] for row in rows}, on=on)
    return [
        Lent(*row[:5] + (min(row[5], own[row[3], organs[row[6]]]),)) for row in rows if (row[3], organs[row[6]]) in own
    ]  # fmt: skip


def _own_clearances(persons: set[int], units: set[int], on: date) -> dict[tuple[int, int], int]:
    """(người, cơ quan) -> độ mật cao nhất của vị trí chính người ấy ở cơ quan ấy."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT a.person_id, po.unit_id, po.clearance FROM org_appointment a
            JOIN org_post po ON po.id = a.post_id AND NOT po.is_pool
            WHERE a.person_id = ANY(%(persons)s) AND a.valid @> %(on)s::date
            """,
            {"persons": sorted(persons), "on": on},
        )
        rows = cursor.fetchall()
    organs = organs_of(units | {unit for _person, unit, _clearance in rows}, on=on)
    found: dict[tuple[int, int], int] = {}
    for person, unit, clearance in rows:
        key = (person, organs[unit])
        found[key] = max(found.get(key, 0), clearance)
    return found


def _read(which: str, ids: list[int], on: date) -> list[Absence]:
    with connection.cursor() as cursor:
        cursor.execute(_ABSENCES_SQL.format(which=which), {"ids": ids, "on": on})
        return [Absence(*row) for row in cursor.fetchall()]
