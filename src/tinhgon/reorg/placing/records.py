"""Dữ liệu về người cho bài toán: mức được công nhận trong hồ sơ năng lực; chưa công nhận thì suy từ vị trí đã giữ và số năm.

Xếp loại năm đã quyết định, nguyện vọng của phiếu sau cùng cũng từ đây. Giới tính, năm sinh chỉ để báo cáo công bằng.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from tinhgon.engine.placement.model import Skill
from tinhgon.org.models import Kind, Role
from tinhgon.personnel.models import Grade, Grading, GradingRound, Profile, Wish, WishSheet
from tinhgon.personnel.models import Skill as Recognised

LEADING, GENERAL = "lanh-dao", "chung"
"""Hai lĩnh vực không có trong danh mục: lãnh đạo cấp ủy, và việc chung của đơn vị không ghi chức năng."""
_YEARS_TO_MASTER, _YEARS_TO_GUIDE = 3, 8
_KNOWS, _DOES, _MASTERS, _GUIDES = 1, 2, 3, 4

_SERVED = """
SELECT a.person_id, po.unit_id, v.kind, po.role, GREATEST(0, LEAST(COALESCE(upper(a.valid), %(on)s), %(on)s) - lower(a.valid))
FROM org_appointment a
JOIN org_post po ON po.id = a.post_id AND NOT po.is_pool
JOIN LATERAL (SELECT kind FROM org_unit_version v WHERE v.unit_id = po.unit_id
              ORDER BY v.valid @> lower(a.valid) DESC, v.id DESC LIMIT 1) v ON true
WHERE a.person_id = ANY(%(people)s) AND NOT isempty(a.valid) AND lower(a.valid) < %(on)s
"""


@dataclass(frozen=True, slots=True)
class Served:
    """Một khoảng đã giữ vị trí: ``days`` ngày."""

    person_id: int
    unit_id: int
    kind: str
    role: str
    days: int


def served(people: Iterable[int], *, on: date) -> list[Served]:
    """Các vị trí đã giữ trước ngày ``on``."""
    with connection.cursor() as cursor:
        cursor.execute(_SERVED, {"people": sorted(set(people)), "on": on})
        return [Served(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Private:
    """Chỉ để đo chênh lệch của phương án, không vào giá của cặp nào."""

    sex: str = ""
    born: int | None = None


def private(people: Iterable[int]) -> dict[int, Private]:
    rows = Profile.objects.filter(person__in=list(people)).values_list("person_id", "sex", "born_on")
    return {person: Private(sex, born.year if born else None) for person, sex, born in rows}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Phiếu nguyện vọng. ``wishes``: (vị trí, đơn vị) theo thứ tự muốn. ``agrees``: đồng ý điều động. ``with_person``: muốn ở cùng nơi với ai."""

    wishes: tuple[tuple[int | None, int | None], ...] = ()
    agrees: bool = False
    with_person: int | None = None


def sheets(people: Iterable[int]) -> dict[int, Sheet]:
    """Người -> phiếu ghi sau cùng."""
    last = list(WishSheet.objects.filter(person__in=list(people)).order_by("person", "-updated_at", "-pk").distinct("person"))
    found: dict[int, list[tuple[int | None, int | None]]] = defaultdict(list)
    for sheet, post, unit in Wish.objects.filter(sheet__in=[one.pk for one in last]).order_by("rank").values_list("sheet_id", "post_id", "unit_id"):
        found[sheet].append((post, unit))
    return {one.person_id: Sheet(tuple(found[one.pk]), one.agrees_to_move, one.with_person_id) for one in last}


_POINTS = {Grade.EXCELLENT: 4, Grade.GOOD: 3, Grade.DONE: 2, Grade.FAILED: 1}


def grades(people: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Người -> xếp loại các năm đã có quyết định, cũ trước."""
    decided = Grading.objects.filter(person__in=list(people), round__period=GradingRound.Period.YEAR, round__state=GradingRound.State.DECIDED)
    found: dict[int, list[int]] = defaultdict(list)
    for person, level in decided.exclude(level="").order_by("round__year", "pk").values_list("person_id", "level"):
        found[person].append(_POINTS[Grade(level)])
    return {person: tuple(points) for person, points in found.items()}


def skills(
    history: Iterable[Served], fields: Mapping[int, Sequence[int]], clerical: int | None, *, on: date
) -> dict[int, tuple[Skill, ...]]:
    """Người -> mức và số năm từng lĩnh vực. Mức được công nhận thì dùng đúng mức ấy.

    Chưa công nhận: lĩnh vực chính của vị trí: dưới 3 năm làm được, từ 3 năm thạo, từ 8 năm giỏi. Lĩnh vực khác của đơn vị: từ 3 năm làm được,
    ít hơn thì biết. Ai cũng làm được việc chung.
    """
    main: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    near: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in history:
        held = [str(field) for field in fields.get(one.unit_id, ())]
        own = _main_field(one, held, clerical)
        main[one.person_id][own] += one.days
        main[one.person_id][GENERAL] += one.days if own != GENERAL else 0
        for field in held:
            near[one.person_id][field] += one.days
    known = _recognised(main, on)
    return {person: tuple(_levels(days, near[person], known.get(person, {}))) for person, days in main.items()}


def _recognised(people: Iterable[int], on: date) -> dict[int, dict[str, int]]:
    """Người -> lĩnh vực -> mức được công nhận ngày ấy."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Recognised.objects.filter(person__in=list(people), valid__contains=on)
    for person, field, level in rows.values_list("person_id", "field_id", "level"):
        found[person][str(field)] = level
    return found


def _main_field(one: Served, held: Sequence[str], clerical: int | None) -> str:
    if one.kind == Kind.COMMITTEE and one.role == Role.STANDING_COMMITTEE:
        return LEADING
    if not held:
        return GENERAL
    return str(clerical) if one.role == Role.CLERK and str(clerical) in held else held[0]


def _levels(main: dict[str, int], near: dict[str, int], known: dict[str, int]) -> Iterable[Skill]:
    for field in sorted({*main, *near, *known}):
        own, around = main.get(field, 0) // 365, near.get(field, 0) // 365
        if field in known:
            yield Skill(field, known[field], max(own, around))
        elif field == GENERAL:
            yield Skill(field, _DOES, own)
        elif field in main:
            yield Skill(field, _GUIDES if own >= _YEARS_TO_GUIDE else _MASTERS if own >= _YEARS_TO_MASTER else _DOES, max(own, around))
        else:
            yield Skill(field, _DOES if around >= _YEARS_TO_MASTER else _KNOWS, around)
