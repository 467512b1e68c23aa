"""Đủ quy tắc: cận luôn đúng, phương án không kém phương án nào khi thử hết, tiến độ chỉ tốt lên."""

import time
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tinhgon.engine.placement.checking import check
from tinhgon.engine.placement.explaining import MOST_LINES, explain, options, why_not
from tinhgon.engine.placement.fairness import fairness
from tinhgon.engine.placement.full.certificate import bound_and_reduced
from tinhgon.engine.placement.full.exchanging import FullPricing
from tinhgon.engine.placement.full.searching import Progress, search
from tinhgon.engine.placement.full.side import side_of
from tinhgon.engine.placement.model import (
    EXPERIENCE,
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
from tinhgon.engine.placement.network import Network, network_of
from tinhgon.engine.placement.pricing import Pricing
from tinhgon.engine.placement.rules import unmet_of
from tinhgon.engine.placement.sentences import Speaker
from tinhgon.engine.placement.solving import Planner
from tinhgon.engine.placement.tests.worlds import every_plan, problems


@st.composite
def full_problems(draw) -> Problem:
    problem = draw(problems())
    names = [one.id for one in problem.people]
    pairs = [(a, b) for a in names for b in names if a < b]
    together = tuple(draw(st.lists(st.sampled_from(pairs), max_size=2, unique=True))) if pairs else ()
    apart = tuple(draw(st.lists(st.sampled_from(pairs), max_size=2, unique=True))) if pairs else ()
    rules = replace(problem.rules, together=together, apart=apart, unit_cover=draw(st.booleans()), unit_veteran_percent=draw(st.sampled_from([0, 40, 100])))
    return replace(problem, rules=rules)


def last(problem: Problem) -> Progress:
    return list(search(problem, seconds=20, now=time.monotonic))[-1]


def office(rules: Rules) -> Problem:
    """Hai đơn vị ở hai xã, mỗi nơi hai ghế; bốn người cùng thạo, thạo nhất ở nơi mình đang làm."""
    people = tuple(Person(id=name, unit=unit, skills=(Skill("th", 3, years),)) for name, unit, years in (("an", "u", 9), ("ba", "v", 0), ("cả", "u", 0), ("dư", "v", 0)))
    posts = tuple(Post(id=f"p{unit}", unit=unit, field="th", seats=2) for unit in ("u", "v"))
    return Problem(fields=(Field(id="th", kind=EXPERIENCE),), units=(Unit(id="u"), Unit(id="v")), posts=posts, people=people, rules=rules)


def test_two_who_must_not_share_a_unit_and_two_who_wish_one_commune() -> None:
    found = last(office(Rules(together=(("an", "ba"),), apart=(("ba", "dư"),))))
    places = found.plan.places
    assert places["an"] == places["ba"] != places["dư"]
    assert (found.short, found.plan.unmet, found.gap) == (0, (), 0)


def test_nobody_loses_a_seat_to_round_a_ratio_or_to_keep_a_couple_together() -> None:
    found = last(office(Rules(unit_veteran_percent=100)))
    assert not found.plan.unplaced
    assert {one.code for one in found.plan.unmet} == {"unmet.unit_veterans"}
    crowded = replace(office(Rules(together=(("an", "ba"),))), posts=tuple(Post(id=f"p{unit}", unit=unit, field="th", seats=1) for unit in ("u", "v")))
    found = last(replace(crowded, people=crowded.people[:2]))
    assert not found.plan.unplaced
    assert [one.code for one in found.plan.unmet] == ["unmet.together"]


def test_a_certificate_with_other_prices_only_lowers_the_bound_and_a_boast_is_named() -> None:
    problem = office(Rules(together=(("an", "ba"),)))
    found = last(problem)
    assert check(problem, found.plan, found.certificate).is_sound
    network = network_of(problem)
    wrong = replace(found.certificate, multipliers=tuple(one + 3 for one in found.certificate.multipliers), prices={})
    assert bound_and_reduced(network, Weights(), wrong)[0] <= found.value
    boast = replace(found.certificate, value=found.value - 1, own_bound=True)
    assert {one.code for one in check(problem, found.plan, boast).faults} == {"fault.full_value", "fault.full_bound"}


def test_a_full_plan_is_priced_by_bounds_when_its_certificate_is_there() -> None:
    problem = office(Rules(together=(("an", "ba"),)))
    found = last(problem)
    assert not found.plan.certificate.is_proven
    assert explain(problem, found.plan, "ba")[0].code == "placed"
    other = next(post for post in problem.post_of if post != found.plan.places["ba"])
    assert [one.code for one in why_not(problem, found.plan, "ba", other).facts] == ["why.full", "why.points"]
    told = why_not(problem, found.plan, "ba", other, FullPricing(problem, found.plan, found.certificate)).facts
    assert told[0].code in ("why.full.exact", "why.full.between", "why.full.most")
    assert {"why.full.parts", "chain"} <= {one.code for one in told}
    assert fairness(problem, found.plan, year=2026, full=found.certificate).envy == ()


@settings(max_examples=40, deadline=None)
@given(full_problems(), st.data())
def test_whatever_a_certificate_of_the_full_rules_claims_its_bound_is_below_the_best_plan(problem: Problem, data: st.DataObject) -> None:
    found, network = last(problem), network_of(problem)
    most = data.draw(st.sampled_from([1000, 2**60]))
    number = st.sampled_from([0, most]) | st.integers(0, most)
    prices = {name: data.draw(number) * data.draw(st.sampled_from([-1, 1])) for name in found.certificate.prices}
    wrong = replace(found.certificate, prices=prices, multipliers=tuple(data.draw(number) for _ in found.certificate.multipliers))
    assert bound_and_reduced(network, Weights(), wrong)[0] <= found.value


def flow_of(network: Network, plan: Plan):
    return Pricing(network.problem, plan, network).flow


@settings(max_examples=25, deadline=None)
@given(full_problems())
def test_the_last_plan_is_the_best_of_all_and_the_bound_is_never_above_it(problem: Problem) -> None:
    steps = list(search(problem, seconds=20, now=time.monotonic))
    planner = Planner(problem)
    steps_of, cost, side = planner.network.steps(Weights()), planner.network.merged(Weights()), side_of(planner.network)
    kept, penalties = steps_of.total(planner.network.whole), side.penalties(steps_of)
    best = min(
        int(flow @ cost) + int(penalties @ side.short(flow)) + kept
        for flow in (flow_of(planner.network, plan) for plan in every_plan(problem, Weights()))
        if flow.min(initial=0) >= 0  # cắt quá số phải cắt thì không phải luồng
    )
    assert steps[-1].value == best
    assert all(step.bound <= best for step in steps)
    assert [step.value for step in steps] == sorted((step.value for step in steps), reverse=True)
    assert all(check(problem, step.plan, step.certificate).is_sound for step in steps)


@settings(max_examples=40, deadline=None)
@given(full_problems(), st.booleans())
def test_why_not_another_post_is_answered_by_bounds_that_hold_against_every_plan(problem: Problem, early: bool) -> None:
    """Thử hết mọi phương án có người ấy ở X: phương án tốt nhất trong đó không bao giờ ngoài hai cận, và "giá đúng" thì đúng."""
    found = next(iter(search(problem, seconds=20, now=time.monotonic))) if early else last(problem)
    network, pricing = network_of(problem), FullPricing(problem, found.plan, found.certificate)
    steps, cost, side = network.steps(Weights()), network.merged(Weights()), side_of(network)
    kept, penalties = steps.total(network.whole), side.penalties(steps)
    tried = [
        (plan, int(flow @ cost) + int(penalties @ side.short(flow)) + kept)
        for plan, flow in ((plan, flow_of(network, plan)) for plan in every_plan(problem, Weights()))
        if flow.min(initial=0) >= 0
    ]
    for person in problem.person_of:
        for post in problem.post_of:
            with_them = [value for plan, value in tried if plan.places.get(person) == post]
            if found.plan.places.get(person) == post or pricing.network.options.find(pricing.people[person], pricing.posts[post]) is None:
                continue
            asked = pricing.exchange(person, post)
            rest = min(value for _plan, value in tried) - found.value
            if with_them:
                assert asked.least + min(0, rest) <= min(with_them) - found.value
            if asked.found is not None:
                assert min(with_them) - found.value <= asked.found.most
                assert asked.least <= asked.found.most
            if asked.is_exact and not rest:
                assert min(with_them) - found.value == asked.least
            assert len(why_not(problem, found.plan, person, post, pricing).facts) <= MOST_LINES


@settings(max_examples=40, deadline=None)
@given(full_problems())
def test_whoever_waits_is_told_every_post_they_could_have_and_whether_its_price_is_exact(problem: Problem) -> None:
    found = last(problem)
    pricing = FullPricing(problem, found.plan, found.certificate)
    for person in found.plan.unplaced:
        told = options(problem, found.plan, person, pricing, 99)
        open_posts = [one.id for one, seats in zip(problem.posts, pricing.network.seats.tolist(), strict=True) if seats]
        able = [post for post in open_posts if pricing.network.options.find(pricing.people[person], pricing.posts[post]) is not None]
        assert sorted(str(one.data["post"]) for one in told) == sorted(able)
        for one in told:
            asked, kind = pricing.exchange(person, str(one.data["post"])), one.code.rsplit(".", 1)[1]
            assert (one.data["least"], one.data.get("most")) == (asked.least, asked.found.most if asked.found else None)
            assert kind != "exact" or asked.is_exact
            Speaker(problem).fact(one)
        assert [one.code for one in explain(problem, found.plan, person, pricing) if one.code.startswith("option.full.")] or not told


@settings(max_examples=25, deadline=None)
@given(full_problems())
def test_the_rows_say_what_the_named_rules_say(problem: Problem) -> None:
    network = network_of(problem)
    side = side_of(network)
    named = {"unmet.together", "unmet.apart", "unmet.unit_veterans", "unmet.unit_cover"}
    for plan in every_plan(problem, Weights()):
        flow = flow_of(network, plan)
        unmet = [one for one in unmet_of(problem, plan.places, plan.cuts) if one.code in named]
        assert int((side.short(flow) > 0).sum()) == len({repr(one) for one in unmet})
