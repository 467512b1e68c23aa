"""Đủ quy tắc: cận luôn đúng, phương án không kém phương án nào khi thử hết, tiến độ chỉ tốt lên."""

import time
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tinhgon.engine.placement.checking import check
from tinhgon.engine.placement.full.searching import search
from tinhgon.engine.placement.full.side import side_of
from tinhgon.engine.placement.model import Plan, Problem, Weights
from tinhgon.engine.placement.network import Network, network_of
from tinhgon.engine.placement.pricing import Pricing
from tinhgon.engine.placement.rules import unmet_of
from tinhgon.engine.placement.solving import Planner
from tinhgon.engine.placement.tests.worlds import every_plan, problems


@st.composite
def full_problems(draw) -> Problem:
    problem = draw(problems())
    names = [one.id for one in problem.people]
    pairs = [(a, b) for a in names for b in names if a < b]
    together = tuple(draw(st.lists(st.sampled_from(pairs), max_size=2, unique=True))) if pairs else ()
    rules = replace(problem.rules, together=together, unit_cover=draw(st.booleans()), unit_veteran_percent=draw(st.sampled_from([0, 40, 100])))
    return replace(problem, rules=rules)


def flow_of(network: Network, plan: Plan):
    return Pricing(network.problem, plan, network).flow


@settings(max_examples=25, deadline=None)
@given(full_problems())
def test_the_last_plan_is_the_best_of_all_and_the_bound_is_never_above_it(problem: Problem) -> None:
    steps = list(search(problem, seconds=20, now=time.monotonic))
    planner = Planner(problem)
    cost, penalty = planner.merged(Weights())
    kept, side = planner.kept(Weights()), side_of(planner.network)
    best = min(
        int(flow @ cost) + penalty * int(side.short(flow).sum()) + kept
        for flow in (flow_of(planner.network, plan) for plan in every_plan(problem, Weights()))
        if flow.min(initial=0) >= 0  # cắt quá số phải cắt thì không phải luồng
    )
    assert steps[-1].value == best
    assert all(step.bound <= best for step in steps)
    assert [step.value for step in steps] == sorted((step.value for step in steps), reverse=True)
    assert check(problem, steps[-1].plan).is_sound


@settings(max_examples=25, deadline=None)
@given(full_problems())
def test_the_rows_say_what_the_named_rules_say(problem: Problem) -> None:
    network = network_of(problem)
    side = side_of(network)
    named = {"unmet.together", "unmet.unit_veterans", "unmet.unit_cover"}
    for plan in every_plan(problem, Weights()):
        flow = flow_of(network, plan)
        unmet = [one for one in unmet_of(problem, plan.places, plan.cuts) if one.code in named]
        assert int((side.short(flow) > 0).sum()) == len({repr(one) for one in unmet})
