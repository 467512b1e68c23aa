"""Dựng bài toán của một lần sắp xếp: ai đang chờ chỗ, vị trí nào nhận, ghim và cấm nào, luật nào."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from tinhgon.engine.placement.model import PLAIN, Field, Person, Post, Problem, Rules, Unit
from tinhgon.org import models as org
from tinhgon.org.models import Kind
from tinhgon.personnel.selectors.fields import fields_at
from tinhgon.reorg import checks, plan
from tinhgon.reorg.models import PlacementPin, PlannedPost, Reorganisation
from tinhgon.reorg.placing import records
from tinhgon.reorg.placing.posts import CLERICAL, fields_of_units, receiving_open_units

DEPUTY = 2
LEAST_LEVEL = 2
LEADERS = ("1", "2")
"""Người đứng đầu, và lãnh đạo cấp ủy, chọn trong những người đang là trưởng hay phó; cấp phó của cơ quan thì ai thạo việc cũng xét."""
SWITCHES = ("status_quo", "within_area")
COVER = 2

_MOVING = """
SELECT DISTINCT ON (a.person_id) a.person_id, a.id, po.id, po.unit_id, po.title, po.rank, po.is_pool, pe.full_name,
       COALESCE((r.detail->>'heir')::bigint, CASE WHEN r.rule <> 'placed' THEN r.to_unit_id END)
FROM org_appointment a
JOIN org_post po ON po.id = a.post_id
JOIN org_person pe ON pe.id = a.person_id
LEFT JOIN org_plan_row r ON r.handover_id = %(handover)s AND r.direction = 'apply' AND r.kind = 'org.appointment' AND r.item_id = a.id
WHERE po.unit_id = ANY(%(units)s) AND a.is_main AND a.valid && daterange(%(on)s, NULL)
ORDER BY a.person_id, lower(a.valid)
"""


@dataclass(frozen=True, slots=True)
class Mover:
    """Người phải có chỗ: phân công chính ở một đơn vị giao. ``heir_id``: đơn vị nhận theo quyết định nơi nhận, nếu đã có."""

    person_id: int
    appointment_id: int
    post_id: int
    unit_id: int
    title: str
    rank: int
    is_pool: bool
    name: str
    heir_id: int | None


def movers(reorg: Reorganisation) -> list[Mover]:
    """Mọi người có phân công chính ở các đơn vị giao vào ngày hiệu lực, một câu SQL."""
    parameters: dict[str, Any] = {"units": plan.affected_units(reorg), "on": reorg.effective_on, "handover": reorg.handover_id}
    with connection.cursor() as cursor:
        cursor.execute(_MOVING, parameters)
        rows = cursor.fetchall()
    single = _single_heirs(reorg)
    found = [Mover(*row) for row in rows]
    return [one if one.heir_id else replace(one, heir_id=single.get(one.unit_id)) for one in found]


def _single_heirs(reorg: Reorganisation) -> dict[int, int]:
    """Đơn vị giao -> nơi kế thừa duy nhất."""
    heirs: dict[int, set[int]] = {}
    for before, after in reorg.successions.values_list("predecessor_id", "successor_id"):
        heirs.setdefault(before, set()).add(after)
    return {before: next(iter(found)) for before, found in heirs.items() if len(found) == 1}


def person_key(person_id: int) -> str:
    return f"c{person_id}"


def post_key(post_id: int) -> str:
    return f"v{post_id}"


def unit_key(unit_id: int) -> str:
    return f"d{unit_id}"


def number_of(key: str) -> int:
    """Mã số trong cơ sở dữ liệu của một mã trong bài toán."""
    return int(key[1:])


def problem_of(reorg: Reorganisation, switches: Mapping[str, Any]) -> Problem:
    """Bài toán đầy đủ. Vài câu SQL, dù bao nhiêu người."""
    waiting, posts = movers(reorg), list(reorg.planned_posts.order_by("pk"))
    history = records.served([one.person_id for one in waiting], on=reorg.effective_on)
    clerical = org.Field.objects.filter(code=CLERICAL).values_list("pk", flat=True).first()
    able = records.skills(history, fields_of_units(sorted({one.unit_id for one in history}), reorg), clerical, on=reorg.effective_on)
    ids = [one.person_id for one in waiting]
    private, grades, wishes = records.private(ids), records.grades(ids), _wishes(reorg, posts, records.wishes(ids))
    own_post = {one.post_id: post_key(one.pk) for one in posts if one.post_id and not one.is_new}
    units = {*(one.unit_id for one in posts), *(home_of(one) for one in waiting)}
    names, areas = checks.unit_names(sorted(units), reorg), _areas(reorg)
    kinds = _kinds(reorg, {one.unit_id for one in posts})
    return Problem(
        fields=_fields(reorg),
        units=tuple(Unit(id=unit_key(unit), name=names[unit], area=areas.get(unit, "")) for unit in sorted(units)),
        posts=tuple(_post(one, kinds.get(one.unit_id, ""), names[one.unit_id]) for one in posts),
        people=tuple(
            replace(
                _person(one, able, own_post, private.get(one.person_id, records.Private())),
                grades=grades.get(one.person_id, ()), wishes=wishes.get(one.person_id, ()),
            )
            for one in waiting
        ),
        rules=_rules(reorg, {one.person_id for one in waiting}, switches),
    )


def _wishes(
    reorg: Reorganisation, posts: list[PlannedPost], asked: Mapping[int, list[tuple[int | None, int | None]]]
) -> dict[int, tuple[str, ...]]:
    """Nguyện vọng nói bằng nơi sau sắp xếp: đơn vị kết thúc thì là các nơi kế thừa của nó, vị trí kết thúc thì theo đơn vị."""
    heirs: dict[int, list[int]] = defaultdict(list)
    for before, after in reorg.successions.order_by("pk").values_list("predecessor_id", "successor_id"):
        heirs[before].append(after)
    kept = {one.post_id: post_key(one.pk) for one in posts if one.post_id and not one.is_new}
    wanted = {post for found in asked.values() for post, _unit in found if post and post not in kept}
    unit_of = dict(org.Post.objects.filter(pk__in=wanted).values_list("pk", "unit_id"))

    def names(post: int | None, unit: int | None) -> list[str]:
        if post in kept:
            return [kept[post]]
        place = unit or unit_of[post or 0]
        return [unit_key(heir) for heir in heirs.get(place, [place])]

    return {person: tuple(dict.fromkeys(name for one in found for name in names(*one))) for person, found in asked.items()}


def home_of(one: Mover) -> int:
    """Nơi được coi là đơn vị của người ấy: nơi kế thừa đơn vị cũ, vì theo đơn vị mình thì không phải là chuyển đi."""
    return one.heir_id or one.unit_id


def _fields(reorg: Reorganisation) -> tuple[Field, ...]:
    listed = [Field(id=str(one.id), name=one.name, kind=one.nature) for one in fields_at(reorg.effective_on)]
    return (*listed, Field(id=records.LEADING, name=_("lãnh đạo cấp ủy"), kind=PLAIN), Field(id=records.GENERAL, name=_("việc chung"), kind=PLAIN))


def _areas(reorg: Reorganisation) -> dict[int, str]:
    """Địa bàn của đơn vị nhận: huyện cũ góp nhiều đơn vị nhất; đơn vị đang có thì chung một địa bàn riêng, của cấp trên."""
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, {"reorg": reorg.pk, "on": reorg.effective_on})
        rows = cursor.fetchall()
    above = {unit: parent for unit, _heir, parent, _kind in rows}
    committees = {unit for unit, _heir, _parent, kind in rows if kind == Kind.COMMITTEE}
    districts = {above[unit] for unit in committees} & committees

    def area(unit: int) -> int:
        committee = unit if unit in committees else above[unit] or unit
        parent = above.get(committee)
        return parent if parent is not None and parent in districts and committee not in districts else committee

    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for unit, heir, _parent, _kind in rows:
        votes[heir][area(unit)] += 1
    here = {heir: str(min((-times, place) for place, times in found.items())[1]) for heir, found in votes.items()}
    return here | dict.fromkeys(receiving_open_units(reorg), "0")


_BEFORE = """
SELECT s.predecessor_id, s.successor_id, v.parent_id, v.kind
FROM reorg_planned_succession s
JOIN LATERAL (SELECT parent_id, kind FROM org_unit_version v WHERE v.unit_id = s.predecessor_id
              ORDER BY v.valid @> (%(on)s::date - 1) DESC, v.id DESC LIMIT 1) v ON true
WHERE s.reorganisation_id = %(reorg)s
"""


def _kinds(reorg: Reorganisation, units: set[int]) -> dict[int, str]:
    found = dict(org.UnitVersion.objects.filter(unit__in=units, valid__contains=reorg.effective_on).values_list("unit_id", "kind"))
    return found | dict(reorg.planned_units.values_list("unit_id", "kind"))


def _post(one: PlannedPost, kind: str, unit: str) -> Post:
    field = str(one.field_id) if one.field_id else records.LEADING if kind == Kind.COMMITTEE and one.rank <= DEPUTY else records.GENERAL
    return Post(
        id=post_key(one.pk), unit=unit_key(one.unit_id), field=field, seats=one.seats, name=f"{one.title}, {unit}", min_level=LEAST_LEVEL,
        ranks=LEADERS if one.rank < DEPUTY or kind == Kind.COMMITTEE else (), deputy=one.rank == DEPUTY,
    )  # fmt: skip


def _person(one: Mover, able: Mapping[int, tuple[Any, ...]], own_post: Mapping[int, str], private: records.Private) -> Person:
    return Person(
        id=person_key(one.person_id), unit=unit_key(home_of(one)), name=one.name, post=own_post.get(one.post_id, ""),
        rank=str(one.rank), skills=able.get(one.person_id, ()), sex=private.sex, born=private.born,
    )  # fmt: skip


def _rules(reorg: Reorganisation, people: set[int], switches: Mapping[str, Any]) -> Rules:
    said = [one for one in reorg.pins.order_by("pk") if one.person_id in people]
    kinds = PlacementPin.Kind
    pairs = {kind: tuple((person_key(o.person_id), post_key(o.post_id)) for o in said if o.kind == kind) for kind in kinds}
    return Rules(
        cover=COVER, pins=pairs[kinds.PIN], forbidden=pairs[kinds.FORBID],
        status_quo=bool(switches.get("status_quo")), within_area=bool(switches.get("within_area")),
    )  # fmt: skip


_BASELINE = """
SELECT concat_ws('|',
    (SELECT md5(string_agg(concat_ws(',', a.person_id, a.id, a.post_id), ';' ORDER BY a.id)) FROM org_appointment a
     JOIN org_post po ON po.id = a.post_id
     WHERE po.unit_id = ANY(%(units)s) AND a.is_main AND a.valid && daterange(%(on)s, NULL)),
    (SELECT md5(string_agg(concat_ws(',', p.id, p.unit_id, p.seats, p.field_id, p.role, p.rank), ';' ORDER BY p.id))
     FROM reorg_planned_post p WHERE p.reorganisation_id = %(reorg)s))
"""


def baseline_of(reorg: Reorganisation) -> str:
    """Băm của phân công ở các đơn vị giao và của danh sách vị trí: khác lúc tính là dữ liệu gốc đã đổi."""
    with connection.cursor() as cursor:
        cursor.execute(_BASELINE, {"units": plan.affected_units(reorg), "on": reorg.effective_on, "reorg": reorg.pk})
        return hashlib.md5(cursor.fetchone()[0].encode(), usedforsecurity=False).hexdigest()


