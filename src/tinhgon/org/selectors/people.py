"""Người và vị trí. Danh bạ (tên, chức danh, đơn vị) hiện với mọi người đã đăng nhập; hồ sơ chỉ với ban tổ chức và chính mình."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import NotFound, Reason
from tinhgon.engine.vietnamese import parse
from tinhgon.org import access
from tinhgon.org.models import Appointment, Person


@dataclass(frozen=True, slots=True)
class DirectoryLine:
    """Một dòng danh bạ: người ở một vị trí vào một ngày."""

    person_id: int
    full_name: str
    appointment_id: int
    post_id: int
    title: str
    role: str
    rank: int
    is_main: bool
    is_pool: bool
    unit_id: int


@dataclass(frozen=True, slots=True)
class PostLine:
    """Một vị trí vào một ngày: số ghế, số người, số ghế trống (không âm)."""

    id: int
    title: str
    role: str
    rank: int
    clearance: int
    is_pool: bool
    seats: int
    used: int

    @property
    def free(self) -> int:
        return max(self.seats - self.used, 0)


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Trang của một người. ``code`` và ``history`` chỉ có khi ``is_full`` (ban tổ chức cấp trên, hoặc chính người ấy)."""

    id: int
    full_name: str
    lines: tuple[DirectoryLine, ...]
    is_full: bool
    code: str
    history: tuple[Appointment, ...]


_LINES_SQL = """
SELECT pe.id, pe.full_name, a.id, po.id, po.title, po.role, po.rank, a.is_main, po.is_pool, po.unit_id
FROM org_appointment a
JOIN org_post po ON po.id = a.post_id
JOIN org_person pe ON pe.id = a.person_id
WHERE a.valid @> %(on)s::date AND {which}
ORDER BY po.unit_id, po.is_pool, po.rank, NOT a.is_main, pe.name_key, a.id
"""


def people_of(unit_ids: Iterable[int], *, on: date) -> list[DirectoryLine]:
    """Danh bạ của các đơn vị ngày ``on``: theo đơn vị, rồi thứ bậc, rồi tên gọi."""
    return _lines("po.unit_id = ANY(%(ids)s)", unit_ids, on)


def posts_held_by(person_ids: Iterable[int], *, on: date) -> list[DirectoryLine]:
    """Các vị trí mà những người ấy giữ ngày ``on``."""
    return _lines("pe.id = ANY(%(ids)s)", person_ids, on)


def directory(*, on: date, text: str = "", role: str = "") -> QuerySet[Appointment]:
    """Danh bạ cả hệ thống ngày ``on``, kèm người và vị trí; ``text``: một phần tên, gõ không dấu cũng được."""
    rows = Appointment.objects.filter(valid__contains=on).select_related("person", "post")
    if role:
        rows = rows.filter(post__role=role)
    query = parse(text, prefix=True)
    if query:
        wanted = SearchQuery(query.folded(), config="vi", search_type="raw")
        rows = rows.filter(person__in=Person.objects.filter(search_folded=wanted).values("pk"))
    return rows


def _lines(which: str, ids: Iterable[int], on: date) -> list[DirectoryLine]:
    with connection.cursor() as cursor:
        cursor.execute(_LINES_SQL.format(which=which), {"ids": sorted(set(ids)), "on": on})
        return [DirectoryLine(*row) for row in cursor.fetchall()]


def heads_of(unit_ids: Iterable[int], *, on: date) -> dict[int, DirectoryLine]:
    """Đơn vị -> người đứng đầu ngày ``on`` (thứ bậc 1), cho sơ đồ; đơn vị khuyết người đứng đầu thì không có."""
    found: dict[int, DirectoryLine] = {}
    for line in _lines("po.unit_id = ANY(%(ids)s) AND po.rank = 1 AND NOT po.is_pool", unit_ids, on):
        found.setdefault(line.unit_id, line)
    return found


def headcounts(unit_ids: Iterable[int], *, on: date) -> dict[int, int]:
    """Đơn vị -> số người (mỗi người một lần) ngày ``on``."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT po.unit_id, count(DISTINCT a.person_id) FROM org_appointment a JOIN org_post po ON po.id = a.post_id
            WHERE a.valid @> %(on)s::date AND po.unit_id = ANY(%(ids)s) GROUP BY po.unit_id
            """,
            {"ids": sorted(set(unit_ids)), "on": on},
        )
        return dict(cursor.fetchall())


def posts_of(unit_ids: Iterable[int], *, on: date) -> dict[int, list[PostLine]]:
    """Đơn vị -> các vị trí ngày ``on``. Nơi chờ bố trí chỉ hiện khi có người."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT po.unit_id, po.id, po.title, po.role, po.rank, po.clearance, po.is_pool, po.seats, count(a.id) AS used
            FROM org_post po LEFT JOIN org_appointment a ON a.post_id = po.id AND a.valid @> %(on)s::date
            WHERE po.unit_id = ANY(%(ids)s) AND po.valid @> %(on)s::date
            GROUP BY po.id HAVING NOT po.is_pool OR count(a.id) > 0
            ORDER BY po.unit_id, po.is_pool, po.rank, po.id
            """,
            {"ids": sorted(set(unit_ids)), "on": on},
        )
        found: dict[int, list[PostLine]] = {}
        for unit_id, *line in cursor.fetchall():
            found.setdefault(unit_id, []).append(PostLine(*line))
    return found


def free_posts(unit_id: int, *, on: date) -> list[PostLine]:
    """Vị trí còn ghế trống ngày ``on``, để chọn khi phân công."""
    return [post for post in posts_of([unit_id], on=on).get(unit_id, []) if post.free]


def person_for(actor: Actor, person_id: int, *, on: date) -> PersonPage:
    """Trang một người: danh bạ với mọi người; số hiệu và quá trình chỉ với người được thấy hồ sơ. ``NotFound`` khi không có."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotFound(Reason("org.person_not_found", _("Không tìm thấy người này.")))
    is_full = access.files_visible_to(actor, on=on).filter(pk=person_id).exists()
    return PersonPage(
        id=person.pk,
        full_name=person.full_name,
        lines=tuple(posts_held_by([person.pk], on=on)),
        is_full=is_full,
        code=person.code if is_full else "",
        history=tuple(career(person.pk)) if is_full else (),
    )


def career(person_id: int) -> QuerySet[Appointment]:
    """Mọi phân công từ trước tới nay, mới trước, kèm vị trí."""
    return Appointment.objects.filter(person=person_id).select_related("post").order_by("-pk")
