"""Dựng bài toán của một lần sắp xếp: ai đang chờ chỗ, vị trí nào nhận, ghim và cấm nào, luật nào."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from tinhgon.engine.placement.model import PLAIN, Field, Person, Post, Problem, Rules, Unit
from tinhgon.org import models as org
from tinhgon.org.models import Kind
from tinhgon.personnel.selectors.fields import fields_at
from tinhgon.reorg import checks, plan
from tinhgon.reorg.models import PlacementPair, PlacementPin, PlannedPost, Reorganisation
from tinhgon.reorg.placing import records
from tinhgon.reorg.placing.posts import CLERICAL, fields_of_units, receiving_open_units
from tinhgon.reorg.placing.wishing import Wanted, couples, wanted

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


@dataclass(frozen=True, slots=True)
class Assembled:
    """Bài toán, và những người phải có chỗ mà nó được dựng từ đó."""

    problem: Problem
    waiting: tuple[Mover, ...]


def assembled(reorg: Reorganisation, switches: Mapping[str, Any]) -> Assembled:
    """Bài toán đầy đủ. Vài câu SQL, dù bao nhiêu người."""
    waiting, posts = movers(reorg), list(reorg.planned_posts.order_by("pk"))
    history = records.served([one.person_id for one in waiting], on=reorg.effective_on)
    clerical = org.Field.objects.filter(code=CLERICAL).values_list("pk", flat=True).first()
    able = records.skills(history, fields_of_units(sorted({one.unit_id for one in history}), reorg), clerical, on=reorg.effective_on)
    ids = [one.person_id for one in waiting]
    private, grades, sheets = records.private(ids), records.grades(ids), records.sheets(ids)
    own_post = {one.post_id: post_key(one.pk) for one in posts if one.post_id and not one.is_new}
    wished = wanted(reorg, posts, sheets, own_post)
    units = {*(one.unit_id for one in posts), *(home_of(one) for one in waiting)}
    names, places = checks.unit_names(sorted(units | {one.unit_id for one in waiting}), reorg), _Places(reorg)
    problem = Problem(
        fields=_fields(reorg),
        units=tuple(Unit(id=unit_key(unit), name=names[unit], area=places.area(unit), commune=places.commune(unit)) for unit in sorted(units)),
        posts=tuple(_post(one, places.kinds.get(one.unit_id, ""), names[one.unit_id]) for one in posts),
        people=tuple(
            replace(
                _person(one, able, own_post, private.get(one.person_id, records.Private())), origin=names[one.unit_id],
                grades=grades.get(one.person_id, ()), wishes=wished.get(one.person_id, Wanted()).names,
                ranked=wished.get(one.person_id, Wanted()).ranked, agrees_anywhere=sheets.get(one.person_id, records.Sheet()).agrees,
            )
            for one in waiting
        ),
        rules=_rules(reorg, set(ids), switches, couples(sheets)),
    )  # fmt: skip
    return Assembled(problem, tuple(waiting))


def problem_of(reorg: Reorganisation, switches: Mapping[str, Any]) -> Problem:
    return assembled(reorg, switches).problem


def home_of(one: Mover) -> int:
    """Nơi được coi là đơn vị của người ấy: nơi kế thừa đơn vị cũ, vì theo đơn vị mình thì không phải là chuyển đi."""
    return one.heir_id or one.unit_id


def _fields(reorg: Reorganisation) -> tuple[Field, ...]:
    listed = [Field(id=str(one.id), name=one.name, kind=one.nature) for one in fields_at(reorg.effective_on)]
    return (*listed, Field(id=records.LEADING, name=_("lãnh đạo cấp ủy"), kind=PLAIN), Field(id=records.GENERAL, name=_("việc chung"), kind=PLAIN))


_BEFORE = """
SELECT s.predecessor_id, s.successor_id, v.parent_id, v.kind
FROM reorg_planned_succession s
JOIN LATERAL (SELECT parent_id, kind FROM org_unit_version v WHERE v.unit_id = s.predecessor_id
              ORDER BY v.valid @> (%(on)s::date - 1) DESC, v.id DESC LIMIT 1) v ON true
WHERE s.reorganisation_id = %(reorg)s
"""


class _Places:
    """Loại, địa bàn cũ, và xã, phường của từng đơn vị nhận."""

    def __init__(self, reorg: Reorganisation) -> None:
        open_rows = org.UnitVersion.objects.filter(valid__contains=reorg.effective_on).values_list("unit_id", "kind", "parent_id")
        rows = [*open_rows, *reorg.planned_units.values_list("unit_id", "kind", "parent_id")]
        self.kinds = {unit: kind for unit, kind, _parent in rows}
        self._above = {unit: parent for unit, _kind, parent in rows}
        self._areas = _areas(reorg)

    def area(self, unit: int) -> str:
        return self._areas.get(unit, "")

    def commune(self, unit: int) -> str:
        """Cấp ủy mà đơn vị thuộc về: một xã, phường là một đảng ủy và các cơ quan của nó."""
        step: int | None = unit
        while step is not None and self.kinds.get(step) != Kind.COMMITTEE:
            step = self._above.get(step)
        return unit_key(step if step is not None else unit)


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


def _rules(reorg: Reorganisation, people: set[int], switches: Mapping[str, Any], wish_pairs: Sequence[tuple[int, int]]) -> Rules:
    """Lời của ban tổ chức luôn vào; các luật ngoài dòng chảy chỉ khi phương án đòi. Vị trí kiêm nhiệm thì không là vị trí chính của chính người ấy."""
    said = [one for one in reorg.pins.order_by("pk") if one.person_id in people]
    kinds = PlacementPin.Kind
    to_posts = {kind: tuple((person_key(o.person_id), post_key(o.post_id)) for o in said if o.kind == kind) for kind in kinds}
    words = [one for one in reorg.pairs.order_by("pk") if {one.person_id, one.other_id} <= people]
    two = {kind: [(o.person_id, o.other_id) for o in words if o.kind == kind] for kind in PlacementPair.Kind}
    together = [*two[PlacementPair.Kind.TOGETHER], *(wish_pairs if switches.get("together") else ())]
    return Rules(
        cover=COVER, pins=to_posts[kinds.PIN], forbidden=(*to_posts[kinds.FORBID], *to_posts[kinds.ALSO]), also=to_posts[kinds.ALSO],
        together=_pairs(together), apart=_pairs(two[PlacementPair.Kind.APART]),
        status_quo=bool(switches.get("status_quo")), within_area=bool(switches.get("within_area")),
        unit_cover=bool(switches.get("unit_cover")), unit_veteran_percent=int(switches.get("unit_veteran_percent") or 0),
    )  # fmt: skip


def _pairs(found: Sequence[tuple[int, int]]) -> tuple[tuple[str, str], ...]:
    return tuple((person_key(one), person_key(other)) for one, other in dict.fromkeys(found))


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
