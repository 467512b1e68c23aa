"""Phương án chia việc bị sửa chỗ nào, phép kiểm tra thấy chỗ ấy, không gọi máy giải."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhgon.engine.allocation.checking import Report, check
from tinhgon.engine.allocation.model import Problem
from tinhgon.engine.allocation.reading import plan_dict, plans_json, plans_of
from tinhgon.engine.allocation.solving import solve
from tinhgon.engine.allocation.tests.test_allocation import best_by_trying, problems
from tinhgon.engine.allocation.tests.worlds import district, family


def written(problem: Problem) -> dict[str, Any]:
    return json.loads(plans_json([plan_dict(problem, solve(problem))]))


def checked(problem: Problem, file: dict[str, Any]) -> Report:
    ((plan, told),) = plans_of(file)
    return check(problem, plan, told)


@pytest.fixture(scope="module")
def proven_by_worths():
    problem = district(20, 120)
    return problem, written(problem)


def test_a_plan_as_written_is_sound_and_its_bound_is_added_up_again(proven_by_worths):
    problem, file = proven_by_worths
    assert file["plans"][0]["proof"] == "worths"
    assert checked(problem, file).is_proven
    prices = family("gapa", 10, 60, seed=3)
    assert checked(prices, written(prices)).is_sound


@pytest.mark.parametrize("key", ["points", "bound", "gap", "gap_per_million", "proven"])
@pytest.mark.parametrize("step", [-1, 1])
def test_a_false_figure_is_seen(proven_by_worths, key, step):
    problem, file = proven_by_worths
    touched = copy.deepcopy(file)
    plan = touched["plans"][0]
    plan[key] = not plan[key] if key == "proven" else plan[key] + step
    assert not checked(problem, touched).is_sound


def test_prices_or_hours_that_were_touched_are_seen(proven_by_worths):
    problem, file = proven_by_worths
    for change in ({"duals": {}}, {"duals": {"lạ": 1}}, {"duals": {next(iter(file["plans"][0]["duals"])): 1 << 60}}, {"proof": "prices"}, {"proof": "tree"}, {"people": []}):
        assert not checked(problem, {**file, "plans": [{**file["plans"][0], **change}]}).is_sound


@settings(deadline=None, max_examples=60)
@given(problems(), st.data())
def test_giving_a_task_to_another_is_seen_unless_it_is_as_good(problem: Problem, data: st.DataObject) -> None:
    best = best_by_trying(problem)
    if best is None:
        return
    file = written(problem)
    assert checked(problem, file).is_sound
    choice = file["plans"][0]["choice"]
    task = data.draw(st.sampled_from(sorted(choice)))
    choice[task] = data.draw(st.sampled_from(sorted({*"ABC", "lạ"} - {choice[task]})))
    found = checked(problem, file)
    assert not found.is_sound or found.points == best


def test_a_task_left_out_and_a_task_made_up_are_named(proven_by_worths):
    problem, file = proven_by_worths
    for change, code in ((lambda choice: choice.pop("t00000"), "not_given"), (lambda choice: choice.update({"t99999": "p0000"}), "unknown_task")):
        touched = copy.deepcopy(file)
        change(touched["plans"][0]["choice"])
        assert [one for one, _data in checked(problem, touched).faults] == [code]
