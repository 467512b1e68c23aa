"""Luật trái nhau: tập trả về thật sự trái nhau (thử hết mọi cách), và bỏ bất kỳ thành viên nào trong đó thì các luật còn lại giữ được."""

from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings

from tinhgon.engine.placement.conflict.candidates import LAWS, Rule, rules_of
from tinhgon.engine.placement.conflict.searching import Conflict, conflict, conflicts
from tinhgon.engine.placement.eligible import obstacles
from tinhgon.engine.placement.model import EXPERIENCE, Field, Person, Post, Problem, Rules, Skill, Unit
from tinhgon.engine.placement.rules import commune_of, deputies_over, unmet_of
from tinhgon.engine.placement.sentences import Speaker
from tinhgon.engine.placement.solving import solve
from tinhgon.engine.placement.tests.city import city
from tinhgon.engine.placement.tests.test_full import full_problems, office
from tinhgon.engine.placement.tests.worlds import problems

BACKGROUND = {"barred.forbidden": "forbid", "barred.status_quo": "status_quo", "barred.area": "within_area"}


def can_hold(problem: Problem, rules: tuple[Rule, ...]) -> bool:
    """Có cách xếp nào giữ đúng các luật ấy không: thử hết, không qua mạng hay máy giải."""
    able = [[None, *(post.id for post in problem.posts if _may(problem, rules, one, post))] for one in problem.people]
    cuts = _cuts(problem) if {one.kind for one in rules} & {"cut", "unit_cut", "deputies"} else [{}]
    also = [one.post for one in rules if one.kind == "also"]
    seats = {one.id: one.seats for one in problem.posts}
    for chosen in product(*able):
        places = {one.id: post for one, post in zip(problem.people, chosen, strict=True) if post}
        taken = Counter([*places.values(), *also])
        for cut in cuts:
            within = all(taken[post] + cut.get(post, 0) <= count for post, count in seats.items())
            if within and _all_met(problem, rules, places, cut):
                return True
    return False


def _may(problem: Problem, rules: tuple[Rule, ...], person: Person, post: Post) -> bool:
    pinned = [one.post for one in rules if one.kind == "pin" and one.id == person.id]
    if any(one != post.id for one in pinned):
        return False
    dropped = {code for code, kind in BACKGROUND.items() if _is_dropped(kind, rules, person, post)}
    return all(why.code in {"barred.pinned", *dropped} for why in obstacles(problem, person, post))


def _is_dropped(kind: str, rules: tuple[Rule, ...], person: Person, post: Post) -> bool:
    """``rules`` có thành viên nền thì chỉ những thành viên ấy còn chặn; không có thì mọi điều kiện còn nguyên."""
    if Rule("whole") in rules:
        return False
    return (Rule(kind, person.id, post.id) if kind == "forbid" else Rule(kind)) not in rules


def _cuts(problem: Problem) -> list[dict[str, int]]:
    over = deputies_over(problem)
    most = [one.seats if one.deputy and one.unit in over else one.cut for one in problem.posts]
    found = []
    for counts in product(*(range(one + 1) for one in most)):
        cut = dict(zip((one.id for one in problem.posts), counts, strict=True))
        by_unit = Counter()
        for one in problem.posts:
            by_unit[one.unit] += cut[one.id]
        if all(unit.cut_max is None or by_unit[unit.id] <= max(unit.cut_max, over.get(unit.id, 0)) for unit in problem.units):
            found.append(cut)
    return found


def _all_met(problem: Problem, rules: tuple[Rule, ...], places: dict[str, str], cut: dict[str, int]) -> bool:
    unmet = unmet_of(problem, places, {})
    named = {(one.code, *(str(one.data.get(key, "")) for key in ("person", "post", "other", "unit", "field"))) for one in unmet}
    kinds = {(one.code, str(one.data.get("unit", ""))) for one in unmet}
    floors = {str(one.data["post"]) for one in unmet if one.code.startswith("unmet.floor")}
    unit_of = {one.id: one.unit for one in problem.posts}
    for one in rules:
        if one.kind == "pin" and places.get(one.id) != one.post or one.kind == "also" and one.id not in places:
            return False
        if one.kind == "floor" and one.id in floors or one.kind == "unit_veterans" and ("unmet.unit_veterans", one.id) in kinds:
            return False
        if one.kind == "unit_cover" and ("unmet.unit_cover", "", "", "", one.id, one.other) in named:
            return False
        if one.kind in ("apart", "together") and one.id in places and one.other in places:
            by = (lambda post: unit_of[post]) if one.kind == "apart" else (lambda post: commune_of(problem, post))
            if (by(places[one.id]) == by(places[one.other])) == (one.kind == "apart"):
                return False
        if one.kind == "cut" and sum(cut.values()) < problem.rules.cut:
            return False
        if one.kind == "unit_cut" and sum(n for post, n in cut.items() if unit_of[post] == one.id) < problem.unit_of[one.id].cut_min:
            return False
        if one.kind == "deputies" and any(
            sum(n for post, n in cut.items() if unit_of[post] == unit and problem.post_of[post].deputy) < count
            for unit, count in deputies_over(problem).items()
        ):
            return False
    return True


def assert_smallest(problem: Problem, found: Conflict) -> None:
    assert not can_hold(problem, found.rules), found
    for one in found.rules:
        assert can_hold(problem, tuple(other for other in found.rules if other != one)), (one, found)


@settings(max_examples=40, deadline=None)
@given(problems())
def test_the_set_is_in_conflict_and_none_of_it_can_be_spared(problem: Problem) -> None:
    found = conflict(problem)
    laws = (Rule("whole"), *(one for one in rules_of(problem) if one.kind in LAWS))
    assert (found is None) == can_hold(problem, laws) == (not solve(problem).unmet)
    if found is not None:
        assert_smallest(problem, found)


@settings(max_examples=60, deadline=None)
@given(full_problems())
def test_with_every_kind_of_rule_the_sets_are_in_conflict_and_none_of_them_can_be_spared(problem: Problem) -> None:
    laws = (Rule("whole"), *(one for one in rules_of(problem) if one.kind in LAWS))
    assert (conflict(problem) is None) == can_hold(problem, laws)
    everything = (Rule("whole"), *rules_of(problem))
    found = conflicts(problem, solve(problem), 9)
    assert bool(found) <= (not can_hold(problem, everything))
    assert found or can_hold(problem, everything) or not solve(problem).unmet
    for one in found:
        assert_smallest(problem, one)


def sentence(problem: Problem, found: Conflict) -> str:
    speaker = Speaker(problem)
    return speaker.conflict([speaker.rule(one.kind, one.data) for one in found.rules], [speaker.fact(one) for one in found.because])


def test_two_pinned_into_one_unit_who_must_not_share_it() -> None:
    problem = office(Rules(pins=(("an", "pu"), ("cả", "pu")), apart=(("an", "cả"),)))
    found = conflict(problem)
    assert found is not None
    assert_smallest(problem, found)
    assert sentence(problem, found) == (
        "Không phương án nào giữ được cùng lúc: ghim an vào pu; ghim cả vào pu; an và cả không cùng một đơn vị. pu thuộc u. "
        "Bỏ một trong các điều ấy thì các điều còn lại giữ được."
    )


def test_a_couple_pinned_into_two_communes_is_a_wish_that_cannot_be_and_no_law_is_broken() -> None:
    problem = office(Rules(pins=(("an", "pu"), ("ba", "pv")), together=(("an", "ba"),)))
    assert conflict(problem) is None
    (found,) = conflicts(problem, solve(problem), 5)
    assert not found.is_law
    assert_smallest(problem, found)
    assert [one.kind for one in found.rules] == ["pin", "pin", "together"]
    assert [one.code for one in found.because] == ["because.commune", "because.commune"]


def test_more_pins_and_second_posts_than_seats() -> None:
    problem = office(Rules(pins=(("an", "pu"), ("ba", "pu")), also=(("dư", "pu"),)))
    found = conflict(problem)
    assert found is not None
    assert_smallest(problem, found)
    assert {one.kind for one in found.rules} == {"pin", "also"}
    assert "pu có 2 ghế." in sentence(problem, found)


def test_a_second_post_whose_holder_has_nowhere_left_for_the_main_one() -> None:
    crowded = replace(office(Rules()), posts=(Post(id="pu", unit="u", field="th", seats=2),))
    problem = replace(crowded, rules=Rules(pins=(("an", "pu"),), also=(("ba", "pu"),)))
    found = conflict(problem)
    assert found is not None
    assert_smallest(problem, found)


def test_a_pin_into_a_post_one_may_not_hold_says_why() -> None:
    problem = office(Rules(pins=(("an", "pu"),)))
    problem = replace(problem, posts=tuple(replace(one, min_level=4) for one in problem.posts))
    found = conflict(problem)
    assert found is not None
    assert sentence(problem, found) == "Không phương án nào giữ được: ghim an vào pu. an không vào được pu: th: mức 3 (thành thạo), cần từ mức 4 (hướng dẫn được người khác)."


def test_a_switch_that_makes_the_conflict_is_a_member_of_it() -> None:
    problem = office(Rules(pins=(("an", "pv"),), status_quo=True))
    problem = replace(problem, people=tuple(replace(one, post="pu") if one.id == "an" else one for one in problem.people))
    found = conflict(problem)
    assert found is not None
    assert_smallest(problem, found)
    assert [one.kind for one in found.rules] == ["pin", "status_quo"]


def test_a_forbidden_pair_that_empties_a_floor_is_a_member_of_it() -> None:
    problem = office(Rules(forbidden=(("an", "pu"),)))
    problem = replace(problem, posts=tuple(replace(one, floor=1) if one.id == "pu" else one for one in problem.posts))
    found = conflict(problem)
    assert found is not None
    assert_smallest(problem, found)
    assert [one.kind for one in found.rules] == ["floor", "forbid"]


def test_newcomers_pinned_where_a_share_of_veterans_is_wanted_and_a_duty_two_seats_cannot_cover() -> None:
    problem = office(Rules(pins=(("ba", "pu"), ("cả", "pu")), unit_veteran_percent=50, unit_cover=True))
    problem = replace(problem, units=(*problem.units, Unit(id="x")), posts=(*problem.posts, Post(id="x", unit="x", field="th", seats=1)))
    found = conflicts(problem, solve(problem), 5)
    kinds = {tuple(sorted(rule.kind for rule in one.rules)) for one in found}
    assert {("pin", "pin", "unit_veterans"), ("unit_cover",)} <= kinds
    for one in found:
        assert_smallest(problem, one)
        assert not one.is_law


def test_two_floors_that_need_the_same_veteran_are_named_with_that_person() -> None:
    problem = Problem(
        fields=(Field(id="th", kind=EXPERIENCE),),
        units=(Unit(id="u"),),
        posts=tuple(Post(id=f"v{k}", unit="u", field="th", seats=2, floor=1) for k in range(9)),
        people=(
            *(Person(id=f"cũ{k}", unit="u", skills=(Skill("th", 3, 9),)) for k in range(8)),
            *(Person(id=f"mới{k}", unit="u", skills=(Skill("th", 3, 0),)) for k in range(8)),
        ),
        rules=Rules(),
    )
    found = conflict(problem)
    assert found is not None
    assert [one.kind for one in found.rules] == ["floor"] * 9
    assert found.people == tuple(f"cũ{k}" for k in range(8))


@pytest.mark.parametrize("kind", ["apart", "together"])
def test_in_a_city_of_ten_thousand_a_pair_that_two_of_two_thousand_pins_contradict_is_answered_with_just_those_two(kind: str) -> None:
    problem = city(10_000)
    problem = replace(problem, posts=tuple(replace(one, floor=0) for one in problem.posts), rules=replace(problem.rules, cut=0))
    pins = dict(list(solve(problem).places.items())[:2000])
    one, other = next((a, b) for a, x in pins.items() for b, y in pins.items() if a < b and (problem.post_of[x].unit == problem.post_of[y].unit) == (kind == "apart"))
    problem = replace(problem, rules=replace(problem.rules, pins=tuple(pins.items()), **{kind: ((one, other),)}))
    plan = solve(problem)
    (found,) = conflicts(problem, plan, 5)
    assert {(rule.kind, rule.id) for rule in found.rules} == {(kind, one), ("pin", one), ("pin", other)}
