"""Tệp bài toán (JSON, ``docs/schemas/placement-problem.schema.json``) thành ``Problem``; tệp sai thì ``Refused`` với một lý do, không nhận nửa vời."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from tinhgon.engine import jsonvalues as d
from tinhgon.engine.placement.model import (
    KINDS,
    MAX_PAIRS,
    PLAIN,
    TOP_GRADE,
    TOP_LEVEL,
    Field,
    Person,
    Post,
    Problem,
    Rules,
    Skill,
    Unit,
)
from tinhgon.engine.refusal import Refused

FORMAT = "tinhgon-placement-1"
MOST_PEOPLE = 200_000
MOST_SEATS = 100_000
MOST_PRICE = 1_000_000_000
_YEARS = d.whole(0, 100)
_COUNT = d.whole(0, MOST_SEATS)

_FIELD = d.row(
    Field,
    {"id": d.name, "name": d.text, "kind": d.one_of(*KINDS), "veteran_years": _YEARS, "newcomer_years": _YEARS},
    frozenset({"id"}),
)
_UNIT = d.row(
    Unit,
    {"id": d.name, "name": d.text, "area": d.text, "commune": d.text, "at": d.maybe(d.spot), "cut_min": _COUNT, "cut_max": d.maybe(_COUNT)},
    frozenset({"id"}),
)
_POST = d.row(
    Post,
    {
        "id": d.name, "unit": d.name, "field": d.name, "seats": _COUNT, "name": d.text, "min_level": d.whole(0, TOP_LEVEL),
        "kind": d.one_of("", *KINDS), "ranks": d.many(d.name), "cut": _COUNT, "floor": _COUNT, "deputy": d.yes_no,
    },
    frozenset({"id", "unit", "field", "seats"}),
)  # fmt: skip
_SKILL = d.row(Skill, {"field": d.name, "level": d.whole(0, TOP_LEVEL), "years": _YEARS}, frozenset({"field", "level"}))
_PERSON = d.row(
    Person,
    {
        "id": d.name, "unit": d.name, "skills": d.many(_SKILL), "name": d.text, "post": d.text, "rank": d.text,
        "grades": d.many(d.whole(1, TOP_GRADE)), "wishes": d.many(d.name), "ranked": d.many(d.whole(1, 1000)), "agrees": d.many(d.name),
        "agrees_anywhere": d.yes_no, "commune": d.text, "at": d.maybe(d.spot), "sex": d.text, "born": d.maybe(d.whole(1900, 2100)), "origin": d.text,
    },
    frozenset({"id", "unit"}),
)  # fmt: skip


def _cost(value: Any, where: str) -> tuple[str, str, int]:
    if not isinstance(value, list) or len(value) != 3:
        raise Refused("not_cost", where=where)
    return d.name(value[0], where), d.name(value[1], where), _PRICE(value[2], where)


_PRICE = d.whole(-MOST_PRICE, MOST_PRICE)
_PAIRS = d.many(d.pair)
_RULES = d.row(
    Rules,
    {
        "cut": _COUNT, "cover": d.whole(0, 2), "status_quo": d.yes_no, "within_area": d.yes_no, "deputy_percent": d.maybe(d.whole(0, 100)),
        "pins": _PAIRS, "forbidden": _PAIRS, "also": _PAIRS, "together": _PAIRS, "apart": _PAIRS, "unit_veteran_percent": d.whole(0, 100),
        "unit_cover": d.yes_no,
    },
    frozenset(),
)  # fmt: skip
_PROBLEM = d.row(
    lambda **given: given,
    {
        "format": d.one_of(FORMAT), "fields": d.many(_FIELD), "units": d.many(_UNIT), "posts": d.many(_POST), "people": d.many(_PERSON),
        "rules": _RULES, "costs": d.many(_cost),
    },
    frozenset({"format", "fields", "units", "posts", "people"}),
)  # fmt: skip


def read_problem(text: str | bytes) -> Problem:
    return problem_of(d.parse(text))


def problem_of(value: Any, where: str = "") -> Problem:
    given = _PROBLEM(value, where)
    given.pop("format")
    costs = given.pop("costs", None)
    if costs is not None:
        given["costs"] = {(person, post): cost for person, post, cost in costs}
        _once((f"{person}, {post}" for person, post, _ in costs), "costs")
    problem = Problem(**given)
    verify(problem)
    return problem


def verify(problem: Problem) -> None:
    """Bài toán dựng bằng tay cũng qua đây: mã lạ, mã lặp, số trái nhau."""
    if problem.costs is not None and len(problem.costs) > MAX_PAIRS:
        raise Refused("too_many_pairs", count=len(problem.costs), most=MAX_PAIRS)
    if len(problem.people) > MOST_PEOPLE:
        raise Refused("too_many_people", count=len(problem.people), most=MOST_PEOPLE)
    for kind in ("fields", "units", "posts", "people"):
        _once((one.id for one in getattr(problem, kind)), kind)
    both = problem.unit_of.keys() & problem.post_of.keys()
    if both:
        raise Refused("unit_and_post", id=min(both))
    for one in problem.posts:
        _verify_post(problem, one)
    for person in problem.people:
        _verify_person(problem, person)
    _verify_rules(problem)
    for who, place in problem.costs or ():
        _known(problem.person_of, "person", who, "costs")
        _known(problem.post_of, "post", place, "costs")


def _verify_post(problem: Problem, one: Post) -> None:
    _known(problem.unit_of, "unit", one.unit, one.id)
    _known(problem.field_of, "field", one.field, one.id)
    if one.floor > one.seats or one.cut > one.seats:
        raise Refused("more_than_seats", post=one.id, seats=one.seats)
    if one.floor and problem.kind_of(one) == PLAIN:
        raise Refused("floor_of_plain", post=one.id)


def _verify_person(problem: Problem, one: Person) -> None:
    _known(problem.unit_of, "unit", one.unit, one.id)
    _once((skill.field for skill in one.skills), f"skills:{one.id}")
    _once(one.wishes, f"wishes:{one.id}")
    if one.ranked and (len(one.ranked) != len(one.wishes) or list(one.ranked) != sorted(one.ranked)):
        raise Refused("bad_ranks", person=one.id)
    for skill in one.skills:
        _known(problem.field_of, "field", skill.field, one.id)
    for wish in (*one.wishes, *one.agrees):
        if wish not in problem.post_of and wish not in problem.unit_of:
            raise Refused("unknown_id", kind="post_or_unit", id=wish, where=one.id)


def _verify_rules(problem: Problem) -> None:
    rules = problem.rules
    for name in ("pins", "forbidden", "also"):
        for person, post in getattr(rules, name):
            _known(problem.person_of, "person", person, f"rules.{name}")
            _known(problem.post_of, "post", post, f"rules.{name}")
    for name, one, other in (*(("together", *pair) for pair in rules.together), *(("apart", *pair) for pair in rules.apart)):
        _known(problem.person_of, "person", one, f"rules.{name}")
        _known(problem.person_of, "person", other, f"rules.{name}")
        if one == other:
            raise Refused("with_oneself", person=one)
    _once((person for person, _ in rules.pins), "rules.pins")
    for person, post in rules.pins:
        if (person, post) in problem.barred:
            raise Refused("pinned_and_forbidden", person=person, post=post)
    for post, count in Counter(post for _, post in rules.also).items():
        if count > problem.post_of[post].seats:
            raise Refused("more_than_seats", post=post, seats=problem.post_of[post].seats)


def _once(ids: Iterable[str], kind: str) -> None:
    for one in _repeated(ids):
        raise Refused("twice", kind=kind, id=one)


def _repeated(ids: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            yield one
        seen.add(one)


def _known(known: Any, kind: str, key: str, where: str) -> None:
    if key not in known:
        raise Refused("unknown_id", kind=kind, id=key, where=where)
