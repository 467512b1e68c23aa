"""Câu trả lời "vì sao không phải X" đúng bằng kém bao nhiêu khi ép người ấy vào X; giải thích không quá năm dòng."""

from dataclasses import replace

from hypothesis import given, settings

from tinhgon.engine.placement.eligible import obstacles
from tinhgon.engine.placement.explaining import MOST_LINES, explain, good_posts, why_not
from tinhgon.engine.placement.model import Field, Person, Plan, Post, Problem, Skill, Unit
from tinhgon.engine.placement.pricing import Pricing
from tinhgon.engine.placement.sentences import Speaker
from tinhgon.engine.placement.solving import solve
from tinhgon.engine.placement.tests.worlds import every_plan, problems


@settings(max_examples=25, deadline=None)
@given(problems())
def test_the_price_of_a_post_is_what_the_best_plan_with_it_costs_more(problem: Problem) -> None:
    plan = solve(problem)
    plans = list(every_plan(problem, plan.weights))
    pricing = Pricing(problem, plan)
    for who in problem.person_of:
        for post, answer in pricing.answers(who).items():
            forced = [one.certificate.value for one in plans if one.places.get(who) == post]
            expected = difference(min(forced), plan) if forced else None
            assert (answer and answer.price) == expected, (who, post)


@settings(max_examples=25, deadline=None)
@given(problems())
def test_carrying_the_chain_out_gives_a_sound_plan_at_that_price(problem: Problem) -> None:
    plan = solve(replace(problem, rules=replace(problem.rules, cut=0, deputy_percent=None), units=tuple(replace(u, cut_min=0) for u in problem.units)))
    bare = replace(problem, rules=replace(problem.rules, cut=0, deputy_percent=None))
    by_places = {tuple(sorted(one.places.items())): one for one in every_plan(bare, plan.weights) if not one.cuts}
    pricing = Pricing(bare, plan)
    for who in bare.person_of:
        for post, answer in pricing.answers(who).items():
            if answer is None or post == plan.places.get(who):
                continue
            places = {**plan.places, who: post, **{step.person: step.after for step in answer.chain}}
            moved = by_places[tuple(sorted((one, place) for one, place in places.items() if place))]
            assert difference(moved.certificate.value, plan) == answer.price


@settings(max_examples=25, deadline=None)
@given(problems())
def test_good_posts_are_those_of_some_best_plan(problem: Problem) -> None:
    plan = solve(problem)
    best = [one for one in every_plan(problem, plan.weights) if one.certificate.value == plan.certificate.value]
    for who in problem.person_of:
        assert set(good_posts(problem, plan, who)) == {one.places[who] for one in best if who in one.places}


@settings(max_examples=25, deadline=None)
@given(problems())
def test_everything_said_fits_five_lines_and_every_fact_has_its_sentence(problem: Problem) -> None:
    plan, speaker = solve(problem), Speaker(problem)
    for who, one in problem.person_of.items():
        facts = explain(problem, plan, who)
        assert 1 <= len(facts) <= MOST_LINES
        assert all("%" not in speaker.fact(fact).replace("%%", "") for fact in facts)
        for post in problem.posts:
            asked = why_not(problem, plan, who, post.id)
            assert 1 <= len([speaker.fact(fact) for fact in asked.facts]) <= MOST_LINES
            if plan.places.get(who) != post.id:
                assert asked.obstacles == obstacles(problem, one, post)
    for fact in plan.unmet:
        assert speaker.fact(fact)


def difference(value: tuple[int, ...], plan: Plan) -> tuple[int, ...]:
    return tuple(a - b for a, b in zip(value, plan.certificate.value, strict=True))


def test_a_move_is_told_with_the_names_of_both_units() -> None:
    problem = Problem(
        fields=(Field(id="f"),), units=(Unit(id="a", name="Quận ủy A"), Unit(id="b", name="Đảng ủy B")),
        posts=(Post(id="p", unit="b", field="f", seats=1),), people=(Person(id="n", unit="a", skills=(Skill("f", 3),)),),
    )  # fmt: skip
    told = [Speaker(problem).fact(fact) for fact in explain(problem, solve(problem), "n")]
    assert any("Chuyển từ Quận ủy A (a) sang Đảng ủy B (b)" in line for line in told), told
