"""Báo cáo công bằng: đếm đúng, nhóm nhỏ không lộ, cặp so bì nào cũng có lý do không cao hơn giá đúng."""

from dataclasses import replace

from hypothesis import given, settings

from tinhgon.engine.placement.curve import trade_off
from tinhgon.engine.placement.fairness import fairness, justified_envy
from tinhgon.engine.placement.model import Field, Person, Plan, Post, Problem, Skill, Unit
from tinhgon.engine.placement.points import goodness, wish_points
from tinhgon.engine.placement.solving import Planner, solve
from tinhgon.engine.placement.tests.worlds import every_plan, problems


@settings(max_examples=25, deadline=None)
@given(problems())
def test_every_justified_envy_has_a_price_that_is_true_and_zero_only_when_just_as_good(problem: Problem) -> None:
    plan = solve(problem)
    report = fairness(problem, plan, year=2026)
    assert [(one.person, one.holder, one.post) for one in report.envy] == list(justified_envy(problem, plan))
    plans = list(every_plan(problem, plan.weights))
    for one in report.envy:
        forced = min((other.certificate.value for other in plans if other.places.get(one.person) == one.post), default=None)
        if forced is not None:
            true = tuple(a - b for a, b in zip(forced, plan.certificate.value, strict=True))
            assert one.price <= true
            assert any(one.price) or not any(true)
            if not any(one.price):
                level = [other for other in plans if other.places.get(one.person) == one.post and other.certificate.value == forced]
                assert one.ties == min(ties_of(problem, other) for other in level) - ties_of(problem, plan)


def ties_of(problem: Problem, plan: Plan) -> int:
    """Phá thế ngang, tính thẳng: trọng số giữ người x mất điểm nguyện vọng của mọi người có chỗ."""
    placed = ((problem.person_of[who], problem.post_of[post]) for who, post in plan.places.items())
    return sum(goodness(one) * (100 - wish_points(one, post)) for one, post in placed)


@settings(max_examples=25, deadline=None)
@given(problems())
def test_among_plans_just_as_good_the_better_graded_get_their_wishes(problem: Problem) -> None:
    plan = solve(problem)
    level = [ties_of(problem, other) for other in every_plan(problem, plan.weights) if other.certificate.value == plan.certificate.value]
    assert ties_of(problem, plan) == min(level)


def office(count: int) -> Problem:
    people = tuple(
        Person(id=f"p{k}", unit="u", sex="nữ" if k % 3 else "nam", born=1970 + k, wishes=("a", "b") if k % 2 else ("b",), skills=(Skill("th", 1 + k % 4), Skill("nv", 4 - k % 4)))
        for k in range(count)
    )
    posts = (Post(id="a", unit="u", field="th", seats=4), Post(id="b", unit="v", field="nv", seats=4))
    return Problem(fields=(Field(id="th"), Field(id="nv")), units=(Unit(id="u"), Unit(id="v")), posts=posts, people=people)


def test_groups_under_five_are_not_shown_nor_left_to_subtraction() -> None:
    problem = office(30)
    report = fairness(problem, solve(problem), year=2026)
    assert {(one.by, one.name) for one in report.groups} == {("sex", "nam"), ("sex", "nữ"), ("unit", "u"), ("age", "35-44"), ("age", "45-54")}
    problem = office(12)
    report = fairness(problem, solve(problem), year=2026)
    assert {(one.by, one.name) for one in report.groups} == {("unit", "u")}
    assert report.hidden == 4
    assert sum(one.outcome.people for one in report.groups if one.by == "unit") == report.everyone.people == 12
    assert report.everyone.placed == 8


def test_along_the_curve_wishes_rise_as_mastery_gives_way() -> None:
    points = trade_off(Planner(office(12)))
    wishes = [one.plan.points["wishes"] for one in points]
    assert len(points) > 1
    assert wishes == sorted(wishes, reverse=True)
    assert [one.plan.points["mastery"] for one in points] == sorted(one.plan.points["mastery"] for one in points)
    assert all(one.plan.certificate.is_proven for one in points)


def test_sex_only_moves_the_groups() -> None:
    problem = office(12)
    other = replace(problem, people=tuple(replace(one, sex="") for one in problem.people))
    before, after = fairness(problem, solve(problem), year=2026), fairness(other, solve(other), year=2026)
    assert (before.everyone, before.envy) == (after.everyone, after.envy)


def test_places_named_in_one_wish_share_its_rank_and_a_wish_for_a_unit_can_be_envied() -> None:
    problem = office(12)
    both = replace(problem.people[1], wishes=("v", "u"), ranked=(1, 1), skills=(Skill("th", 4), Skill("nv", 1)))
    people = (both, *(replace(one, wishes=("u",), skills=(Skill("th", 2),)) for one in problem.people[2:5]))
    problem = replace(problem, people=people, rules=replace(problem.rules, cover=0))
    assert solve(problem).places["p1"] == "a"
    assert fairness(problem, solve(problem), year=2026).everyone.first == 4
    barred = solve(replace(problem, rules=replace(problem.rules, forbidden=(("p1", "a"),))))
    assert not list(justified_envy(problem, barred))  # vị trí kia cùng bậc nguyện vọng
    envious = replace(problem, people=(replace(both, wishes=("u", "v"), ranked=()), *people[1:]))
    assert [(who, post) for who, _holder, post in justified_envy(envious, barred)] == [("p1", "a")] * 3
