"""Ai, ở vị trí nào, trong đơn vị nào, vào một ngày. Mọi ứng dụng phía trên dựng ``visible_to`` của mình từ đây."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from tinhgon.core import clock, prepared
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Reason
from tinhgon.org.models import Appointment, Covers, Kind, Person, Role
from tinhgon.org.rights import POOL_RIGHTS, RIGHTS, SEES_WHOLE_UNIT, SERVES_COMMITTEE, Verb


@dataclass(frozen=True, slots=True)
class Standing:
    """Một phân công có hiệu lực. ``units``: đơn vị mình, các phòng bên trong, và cấp ủy mà văn phòng phục vụ.

    Làm thay (``is_lent``): phân công và ``person_id`` là của người vắng; ``covers`` phần việc được làm thay; ``until`` ngày đầu
    tiên không còn làm thay.
    """

    appointment_id: int
    person_id: int
    title: str
    role: str
    clearance: int
    is_pool: bool
    is_main: bool
    unit_id: int
    unit_name: str
    unit_kind: str
    level: str
    parent_id: int | None
    organ_id: int
    units: frozenset[int]
    principal: str = ""
    covers: str = ""
    until: date | None = None

    @property
    def is_lent(self) -> bool:
        return bool(self.covers)

    @property
    def rights(self) -> frozenset[Verb]:
        rights = POOL_RIGHTS if self.is_pool else RIGHTS[self.role]
        if self.covers in ("", Covers.ALL):
            return rights
        return frozenset(verb for verb in rights if verb.startswith(f"{self.covers}."))

    @property
    def sees_whole_unit(self) -> bool:
        return not self.is_pool and self.role in SEES_WHOLE_UNIT

    def may(self, verb: Verb, unit_id: int | None = None) -> bool:
        """Có động từ ấy, và đơn vị (nếu nêu) nằm trong phạm vi của vị trí."""
        return verb in self.rights and (unit_id is None or unit_id in self.units)


@dataclass(frozen=True, slots=True)
class Scope:
    """Hợp các phân công của một người trong ngày, của mình trước, làm thay sau. ``is_moving``: có đơn vị đang chuyển giao.

    Phân công chỉ làm thay một phần việc không cho thấy gì ngoài phần ấy: xem ``within``. Mặc định là không.
    """

    standings: tuple[Standing, ...]
    is_moving: bool = False
    part: str = ""

    def within(self, part: str) -> "Scope":
        """Phạm vi cho một phần việc (``Covers.DOCUMENTS``, ``Covers.TASKS``): kể cả những phân công chỉ làm thay phần ấy."""
        return replace(self, part=part)

    @property
    def counted(self) -> tuple[Standing, ...]:
        """Các phân công cho thấy việc ở phần đang xét."""
        return tuple(s for s in self.standings if s.covers in ("", Covers.ALL, self.part))

    @property
    def person_id(self) -> int | None:
        return self.standings[0].person_id if self.standings else None

    @property
    def people(self) -> frozenset[int]:
        """Mình, và những người mà mình đang làm thay ở phần việc đang xét: việc của họ là việc mình thấy."""
        return frozenset(standing.person_id for standing in self.counted)

    @property
    def acts_for(self) -> frozenset[int]:
        """Những người mà người này được duyệt và ký thay hôm nay, kể cả chính mình."""
        return frozenset(standing.person_id for standing in self.standings if standing.covers != Covers.TASKS)

    @property
    def whole_units(self) -> frozenset[int]:
        """Đơn vị mà người này thấy mọi việc bên trong."""
        return frozenset().union(*(s.units for s in self.counted if s.sees_whole_unit))

    @property
    def clerk_units(self) -> frozenset[int]:
        """Đơn vị mà người này giữ sổ."""
        return frozenset().union(*(s.units for s in self.counted if s.role == Role.CLERK and not s.is_pool))

    def clearance_in(self) -> dict[int, int]:
        """Đơn vị -> độ mật cao nhất người này được xem ở đó."""
        found: dict[int, int] = {}
        for standing in self.counted:
            if not standing.is_pool:
                for unit in standing.units:
                    found[unit] = max(found.get(unit, 0), standing.clearance)
        return found

    def may(self, verb: Verb) -> bool:
        return any(standing.may(verb) for standing in self.standings)


def within_clearance(scope: Scope, unit: str, *, secrecy: str = "secrecy") -> Q:
    """Bộ lọc: mục thường, hoặc mục mật mà người này được xem độ mật ấy ở chính đơn vị ``unit`` của mục.

    ``unit``, ``secrecy``: tên cột (đường dẫn) của bảng đang lọc.
    """
    clearance = scope.clearance_in()
    found = Q(**{secrecy: 0})
    for level in range(1, max(clearance.values(), default=0) + 1):
        cleared = [unit_id for unit_id, highest in clearance.items() if highest >= level]
        found |= Q(**{secrecy: level, f"{unit}__in": cleared})
    return found


_remembered: ContextVar[dict[tuple[int, date], Scope] | None] = ContextVar("org_scopes", default=None)


@contextmanager
def remembering_scopes() -> Iterator[None]:
    """Trong một yêu cầu của cửa, phạm vi của cùng một người cùng một ngày chỉ hỏi cơ sở dữ liệu một lần."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def scope_of(actor: Actor, *, on: date) -> Scope:
    """Mọi phân công của người hành động có hiệu lực ngày ``on``. Máy chủ và người không có phân công: phạm vi rỗng."""
    if actor.user_id is None:
        return Scope(())
    remembered = _remembered.get()
    key = (actor.user_id, on)
    if remembered is not None and key in remembered:
        return remembered[key]
    scope = _read_scope(actor.user_id, on)
    if remembered is not None:
        remembered[key] = scope
    return scope


def acting(actor: Actor, *, on: date) -> Standing:
    """Phân công đang dùng để hành động. ``Forbidden`` khi phân công ấy không còn hiệu lực trong ngày."""
    for standing in scope_of(actor, on=on).standings:
        if standing.appointment_id == actor.appointment_id:
            return standing
    raise Forbidden(
        Reason("org.no_standing", _("Bạn không có phân công nào có hiệu lực trong ngày này để làm việc đó."))
    )


def require(actor: Actor, verb: Verb, *, on: date, unit_id: int | None = None) -> Standing | None:
    """Người này, ở vị trí đang dùng, được làm ``verb`` (trong ``unit_id``). Máy chủ được; ai khác mặc định là không."""
    if actor.is_system:
        return None
    standing = acting(actor, on=on)
    if not standing.may(verb, unit_id):
        raise Forbidden(
            Reason(
                "org.not_permitted",
                _("Vị trí “%(title)s” tại %(unit)s không có quyền làm việc này.")
                % {"title": standing.title, "unit": standing.unit_name},
                data={"verb": str(verb), "unit": unit_id},
            )
        )
    return standing


def structure_root(standing: Standing) -> int:
    """Đỉnh của phần tổ chức mà vị trí này được giữ: cấp ủy mà cơ quan của mình giúp việc ("cấp mình và các cấp dưới").

    Vị trí nằm ngay trong cấp ủy (văn phòng không lập riêng) thì đỉnh là chính cấp ủy ấy, không phải cấp trên của nó.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CASE WHEN kind = %s THEN unit_id ELSE COALESCE(parent_id, unit_id) END"
            " FROM org_unit_version WHERE unit_id = %s ORDER BY id DESC LIMIT 1",
            [Kind.COMMITTEE, standing.organ_id],
        )
        row = cursor.fetchone()
    return row[0] if row else standing.organ_id


def require_below(actor: Actor, verb: Verb, *, on: date, unit_ids: Iterable[int | None]) -> Standing | None:
    """Như ``require``, và mọi đơn vị phải thuộc cấp mình hoặc cấp dưới ngày ``on``. ``None``: đứng ngoài mọi cấp ủy, chỉ máy chủ."""
    standing = require(actor, verb, on=clock.today())
    if standing is None:
        return None
    wanted = set(unit_ids)
    outside = wanted - _belonging(wanted, structure_root(standing), on)
    if outside:
        raise Forbidden(
            Reason(
                "org.not_below",
                _("Vị trí “%(title)s” tại %(unit)s chỉ làm việc này với tổ chức của cấp mình và cấp dưới.")
                % {"title": standing.title, "unit": standing.unit_name},
                data={"verb": str(verb), "units": sorted(unit for unit in outside if unit is not None)},
            )
        )
    return standing


def files_visible_to(actor: Actor, *, on: date) -> QuerySet[Person]:
    """Người mà người hành động được thấy hồ sơ: ban tổ chức thấy cấp mình và cấp dưới; ai cũng thấy hồ sơ của mình."""
    if actor.is_system:
        return Person.objects.all()
    boards = [s for s in scope_of(actor, on=on).counted if s.role == Role.ORGANISATION_BOARD and not s.is_pool]
    if not boards:
        return Person.objects.filter(user=actor.user_id)
    return Person.objects.filter(Q(user=actor.user_id) | people_below(boards, on=on))


def people_below(boards: Iterable[Standing], *, on: date) -> Q:
    """Bộ lọc trên ``Person``: người ở cấp của các vị trí ấy và các cấp dưới ngày ``on``; ai thôi mọi vị trí thì theo nơi đã từng giữ."""
    below = RawSQL(_BELOW_SQL, [[structure_root(board) for board in boards], on])
    held = Appointment.objects.filter(person=OuterRef("pk"))
    here, now = held.filter(post__unit__in=below), Q(valid__contains=on)
    return Q(Exists(here.filter(now))) | (Q(Exists(here)) & ~Q(Exists(held.filter(now))))


def _belonging(unit_ids: set[int | None], root: int, on: date) -> set[int | None]:
    """Các đơn vị mà đi ngược cấp trên thì tới ``root``; đơn vị không hoạt động ngày ấy thì theo phiên bản sau cùng của nó."""
    with connection.cursor() as cursor:
        cursor.execute(_UPWARDS_SQL, {"units": [unit for unit in unit_ids if unit is not None], "root": root, "on": on})
        return {row[0] for row in cursor.fetchall()}


_UPWARDS_SQL = """
WITH RECURSIVE up AS (
    SELECT u AS start, u AS here FROM unnest(%(units)s::bigint[]) AS u
    UNION
    SELECT up.start, v.parent_id
    FROM up CROSS JOIN LATERAL (
        SELECT parent_id FROM org_unit_version WHERE unit_id = up.here ORDER BY valid @> %(on)s::date DESC, id DESC LIMIT 1
    ) v
    WHERE v.parent_id IS NOT NULL
)
SELECT DISTINCT start FROM up WHERE here = %(root)s
"""


_BELOW_SQL = """
WITH RECURSIVE down AS (
    SELECT unit_id FROM unnest(%s::bigint[]) AS unit_id
    UNION
    SELECT v.unit_id FROM down JOIN org_unit_version v ON v.parent_id = down.unit_id AND v.valid @> %s::date
)
SELECT unit_id FROM down
"""

_SCOPE_SQL = """
WITH RECURSIVE lent AS (
    SELECT s.appointment_id, s.covers, upper(s.valid) AS until
    FROM org_person me JOIN org_stand_in s ON s.person_id = me.id AND s.valid @> $2::date
    WHERE me.user_id = $1
    UNION
    SELECT n.id, l.covers, l.until FROM lent l JOIN org_appointment n ON n.moved_from_id = l.appointment_id
), held AS (
    SELECT a.id AS appointment_id, '' AS covers, NULL::date AS until
    FROM org_person me JOIN org_appointment a ON a.person_id = me.id WHERE me.user_id = $1
    UNION ALL
    SELECT appointment_id, covers, until FROM lent
), mine AS (
    SELECT a.id AS appointment_id, pe.id AS person_id, po.title, po.role, po.clearance, po.is_pool, a.is_main,
           v.unit_id, v.name, v.kind, v.level, v.parent_id, v.is_organ, pe.full_name, h.covers, h.until
    FROM held h
    JOIN org_appointment a ON a.id = h.appointment_id AND a.valid @> $2::date
    JOIN org_person pe ON pe.id = a.person_id
    JOIN org_post po ON po.id = a.post_id
    JOIN org_unit_version v ON v.unit_id = po.unit_id AND v.valid @> $2::date
), down AS (
    SELECT appointment_id, unit_id FROM mine
    UNION
    SELECT appointment_id, parent_id FROM mine
    WHERE kind = $3 AND role = ANY($4) AND parent_id IS NOT NULL
    UNION
    SELECT d.appointment_id, c.unit_id
    FROM down d
    JOIN org_unit_version c ON c.parent_id = d.unit_id AND c.valid @> $2::date AND NOT c.is_organ
), up AS (
    SELECT appointment_id, unit_id, parent_id, is_organ FROM mine
    UNION
    SELECT u.appointment_id, v.unit_id, v.parent_id, v.is_organ
    FROM up u
    JOIN org_unit_version v ON v.unit_id = u.parent_id AND v.valid @> $2::date
    WHERE NOT u.is_organ
)
SELECT m.appointment_id, m.person_id, m.title, m.role, m.clearance, m.is_pool, m.is_main, m.unit_id, m.name,
       m.kind, m.level, m.parent_id,
       COALESCE((SELECT u.unit_id FROM up u WHERE u.appointment_id = m.appointment_id AND u.is_organ LIMIT 1),
                m.unit_id),
       ARRAY(SELECT d.unit_id FROM down d WHERE d.appointment_id = m.appointment_id),
       CASE WHEN m.covers <> '' THEN m.full_name ELSE '' END, m.covers, m.until, EXISTS (SELECT 1 FROM org_freeze)
FROM mine m ORDER BY m.covers <> '', m.is_main DESC, m.appointment_id
"""


def _read_scope(user_id: int, on: date) -> Scope:
    with connection.cursor() as cursor:
        prepared.execute(cursor, _SCOPE_SQL, [user_id, on, Kind.OFFICE, sorted(SERVES_COMMITTEE)])
        rows = cursor.fetchall()
    standings = [Standing(*row[:13] + (frozenset(row[13]),) + row[14:17]) for row in rows]
    own = [standing for standing in standings if not standing.is_lent]
    lent = [_bounded(standing, own) for standing in standings if standing.is_lent]
    return Scope((*own, *(s for s in lent if s is not None)), is_moving=bool(rows and rows[0][17]))


def _bounded(lent: Standing, own: list[Standing]) -> Standing | None:
    """Làm thay chỉ trong cơ quan mình đang làm việc, và không bao giờ được xem mật hơn vị trí của chính mình ở đó."""
    here = [s for s in own if s.organ_id == lent.organ_id and not s.is_pool]
    if not here:
        return None
    return replace(lent, clearance=min(lent.clearance, max(s.clearance for s in here)))
