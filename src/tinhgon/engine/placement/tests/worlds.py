"""Bài toán nhỏ cho phép thử: hypothesis dựng, đủ nhỏ để thử hết mọi cách."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

from tinhgon.engine.placement.checking import points_of, value_of
from tinhgon.engine.placement.eligible import obstacles
from tinhgon.engine.placement.model import (
    KINDS,
    PLAIN,
    Certificate,
    Field,
    Person,
    Plan,
    Post,
    Problem,
    Rules,
    Skill,
    Unit,
    Weights,
)
from tinhgon.engine.placement.rules import unmet_of

FIELDS = tuple(Field(id=f"f{k}", kind=kind) for k, kind in enumerate(KINDS))
UNITS = (
    Unit(id="u0", area="a", at=(10.7, 106.7)),
    Unit(id="u1", area="a", at=(10.8, 106.6)),
    Unit(id="u2", area="b", at=(10.4, 107.1), cut_max=1),
)
_unit = st.sampled_from([one.id for one in UNITS])


@st.composite
def posts(draw, index: int) -> Post:
    field = draw(st.sampled_from(FIELDS))
    seats = draw(st.integers(1, 2))
    floor = draw(st.integers(0, seats)) if field.kind != PLAIN else 0
    return Post(
        id=f"v{index}", unit=draw(_unit), field=field.id, seats=seats, min_level=draw(st.integers(1, 2)), floor=floor,
        cut=draw(st.integers(0, seats)), ranks=draw(st.sampled_from([(), ("cv",)])), deputy=draw(st.booleans()),
    )  # fmt: skip


@st.composite
def people(draw, index: int, posts: tuple[Post, ...]) -> Person:
    skills = draw(st.lists(st.builds(Skill, st.sampled_from([f.id for f in FIELDS]), st.integers(1, 4), st.sampled_from([0, 1, 5, 9])), max_size=3, unique_by=lambda s: s.field))
    names = [one.id for one in posts] + [one.id for one in UNITS]
    wishes = tuple(draw(st.lists(st.sampled_from(names), max_size=3, unique=True)))
    ranked = tuple(sorted(draw(st.lists(st.integers(1, 3), min_size=len(wishes), max_size=len(wishes))))) if draw(st.booleans()) else ()
    return Person(
        id=f"p{index}", unit=draw(_unit), skills=tuple(skills), post=draw(st.sampled_from(["", *[one.id for one in posts]])),
        rank=draw(st.sampled_from(["cv", "ns"])), grades=tuple(draw(st.lists(st.integers(1, 4), max_size=3))),
        wishes=wishes, ranked=ranked, agrees_anywhere=draw(st.booleans()), agrees=tuple(draw(st.lists(st.sampled_from(names), max_size=1))),
        at=draw(st.sampled_from([None, (10.75, 106.65)])),
    )  # fmt: skip


@st.composite
def problems(draw, most_people: int = 4, most_posts: int = 3) -> Problem:
    places = tuple(draw(posts(k)) for k in range(draw(st.integers(1, most_posts))))
    staff = tuple(draw(people(k, places)) for k in range(draw(st.integers(1, most_people))))
    pairs = st.tuples(st.sampled_from([one.id for one in staff]), st.sampled_from([one.id for one in places]))
    pins = tuple(draw(st.lists(pairs, max_size=1)))
    rules = Rules(
        cut=draw(st.integers(0, 2)), status_quo=draw(st.booleans()), within_area=draw(st.booleans()), pins=pins,
        forbidden=tuple(draw(st.lists(pairs.filter(lambda pair: pair not in pins), max_size=1))),
        also=tuple(draw(st.lists(pairs, max_size=1))), deputy_percent=draw(st.sampled_from([None, 50])),
    )  # fmt: skip
    return Problem(fields=FIELDS, units=UNITS, posts=places, people=staff, rules=rules)


def every_plan(problem: Problem, weights: Weights) -> Iterator[Plan]:
    """Mọi phương án giữ điều kiện và ghế: thử hết, không qua mạng dòng chảy."""
    able: list[list[str | None]] = [[None, *(post.id for post in problem.posts if not obstacles(problem, one, post))] for one in problem.people]
    also = [post for _, post in problem.rules.also]
    deputies = problem.rules.deputy_percent is not None
    cuts = [range((one.seats if one.deputy and deputies else one.cut) + 1) for one in problem.posts]
    for chosen in product(*able):
        taken = [*filter(None, chosen), *also]
        for cut in product(*cuts):
            if any(taken.count(one.id) + count > one.seats for one, count in zip(problem.posts, cut, strict=True)):
                continue
            plan = _plan(problem, weights, dict(zip((one.id for one in problem.people), chosen, strict=True)), cut)
            if _within(problem, plan):
                yield plan


def _within(problem: Problem, plan: Plan) -> bool:
    from tinhgon.engine.placement.checking import _seats  # noqa: PLC0415  (trần số ghế cắt của đơn vị)

    return not list(_seats(problem, plan))


def _plan(problem: Problem, weights: Weights, chosen: dict[str, str | None], cut: tuple[int, ...]) -> Plan:
    places = {who: post for who, post in chosen.items() if post is not None}
    cuts = {one.id: count for one, count in zip(problem.posts, cut, strict=True) if count}
    plan = Plan(
        places=places, unplaced=tuple(who for who, post in chosen.items() if post is None), cuts=cuts, weights=weights, points={},
        certificate=Certificate(value=(), bound=(), prices={}), unmet=unmet_of(problem, places, cuts),
    )  # fmt: skip
    value = value_of(problem, plan, points_of(problem, plan), plan.unmet)
    return replace(plan, certificate=Certificate(value=value, bound=(), prices={}))


def best(problem: Problem, weights: Weights) -> tuple[int, ...]:
    return min(plan.certificate.value for plan in every_plan(problem, weights))
