"""Bộ kiểm tra không tin phương án: sửa một chỗ là thấy; chứng chỉ sai chỉ làm cận thấp đi."""

import json
from dataclasses import replace
from itertools import combinations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tinhgon.engine.placement.checking import bound_of, check
from tinhgon.engine.placement.model import Problem
from tinhgon.engine.placement.network import network_of
from tinhgon.engine.placement.solving import solve
from tinhgon.engine.placement.tests.worlds import every_plan, problems
from tinhgon.engine.placement.writing import plan_json, read_plan


@settings(max_examples=25, deadline=None)
@given(problems(most_people=3), st.data())
def test_whatever_the_prices_say_the_bound_is_below_every_plan(problem: Problem, data: st.DataObject) -> None:
    plan, network = solve(problem), network_of(problem)
    most = data.draw(st.sampled_from([50, 2**60]))  # tới giá lớn nhất tệp được ghi: tràn số không thành cận giả
    prices = {name: tuple(data.draw(st.sampled_from([-most, most]) | st.integers(-most, most)) for _ in range(4)) for name in plan.certificate.prices}
    wrong = replace(plan, certificate=replace(plan.certificate, prices=prices))
    assert all(bound_of(network, wrong) <= other.certificate.value for other in every_plan(problem, plan.weights))


@settings(max_examples=25, deadline=None)
@given(problems(), st.data())
def test_moving_one_person_of_a_plan_is_seen(problem: Problem, data: st.DataObject) -> None:
    plan = solve(problem)
    who = data.draw(st.sampled_from([one.id for one in problem.people]))
    other = data.draw(st.sampled_from([None, *problem.post_of]))
    assume(other != plan.places.get(who))
    places = {one: post for one, post in plan.places.items() if one != who} | ({} if other is None else {who: other})
    unplaced = tuple(one.id for one in problem.people if one.id not in places)
    assert not check(problem, replace(plan, places=places, unplaced=unplaced)).is_proven


@settings(max_examples=20, deadline=None)
@given(problems())
def test_a_person_left_out_a_strange_post_and_a_false_figure_are_named(problem: Problem) -> None:
    plan = solve(problem)
    who = problem.people[0].id
    gone = replace(plan, places={k: v for k, v in plan.places.items() if k != who}, unplaced=tuple(k for k in plan.unplaced if k != who))
    assert [one.code for one in check(problem, gone).faults] == ["fault.person_count"]
    strange = replace(gone, places={**gone.places, who: "đâu đó"})
    assert "fault.unknown_post" in {one.code for one in check(problem, strange).faults}
    value = plan.certificate.value
    boast = replace(plan, certificate=replace(plan.certificate, value=(*value[:3], value[3] - 1)))
    assert [one.code for one in check(problem, boast).faults] == ["fault.value"]


@settings(max_examples=40, deadline=None)
@given(problems(), st.data())
def test_every_claim_of_a_plan_that_was_altered_is_seen(problem: Problem, data: st.DataObject) -> None:
    file = json.loads(plan_json(solve(problem)))
    what = data.draw(st.sampled_from(["value", "bound", "points", "unmet", "made up"]))
    if what in ("value", "bound"):
        file["certificate"][what][data.draw(st.integers(0, 3))] += data.draw(st.sampled_from([-1, 1]))
    elif what == "points":
        file["points"][data.draw(st.sampled_from(sorted(file["points"])))] += 1
    elif what == "unmet" and file["unmet"]:
        file["unmet"].pop(data.draw(st.integers(0, len(file["unmet"]) - 1)))
    else:
        file["unmet"].append(data.draw(st.sampled_from([{"code": "unmet.floor.experience", "data": {}}, {"code": "unmet.cut", "data": {"has": [], "least": None}}])))
    assert not check(problem, read_plan(json.dumps(file)).plan).is_sound


@settings(max_examples=40, deadline=None)
@given(problems(), st.data())
def test_two_people_who_changed_places_other_cuts_other_weights_are_seen_unless_nothing_is_lost(problem: Problem, data: st.DataObject) -> None:
    plan = solve(problem)
    changes = [replace(plan, weights=replace(plan.weights, mastery=plan.weights.mastery + 1))]
    changes += [replace(plan, cuts={**plan.cuts, post: plan.cuts.get(post, 0) + 1}) for post in problem.post_of]
    changes += [
        replace(plan, places={**plan.places, one: plan.places[other], other: plan.places[one]}) for one, other in combinations(plan.places, 2) if plan.places[one] != plan.places[other]
    ]  # fmt: skip
    least = min(other.certificate.value for other in every_plan(problem, plan.weights))
    for changed in changes:
        found = check(problem, changed)
        assert not found.is_proven or found.value == least == plan.certificate.value
