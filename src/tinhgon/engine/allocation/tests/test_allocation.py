"""Chia việc: tốt nhất được chứng minh, giữ giờ và hạn, nói đúng vì sao không chia được."""

import random
import time
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhgon.engine.allocation.arcs import arcs_of
from tinhgon.engine.allocation.bound import SCALE, price_bound
from tinhgon.engine.allocation.hips import whole
from tinhgon.engine.allocation.knapsacks import at_worth, forced
from tinhgon.engine.allocation.model import (
    Aim,
    Option,
    Plan,
    Problem,
    Proof,
    Room,
    Task,
    Worker,
    broken,
    points_of,
)
from tinhgon.engine.allocation.orlib import aim_of, read_orlib
from tinhgon.engine.allocation.solving import Limits, solve
from tinhgon.engine.allocation.tests.worlds import district, family
from tinhgon.engine.allocation.windows import improved
from tinhgon.engine.refusal import Refused

OPTIMA = {
    "gap1": [336, 327, 339, 341, 326], "gap2": [434, 436, 420, 419, 428], "gap3": [580, 564, 573, 570, 564], "gap4": [656, 644, 673, 647, 664],
    "gap5": [563, 558, 564, 568, 559], "gap6": [761, 759, 758, 752, 747], "gapa": [1698, 3235, 1360, 2623, 1158, 2339],
}  # fmt: skip
WEEK1, WEEK2 = date(2026, 7, 3), date(2026, 7, 10)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Bài nhỏ, có khi không chia được: ba người, hai mốc giờ, vài việc có hạn."""
    people = []
    for name in "ABC":
        first, more = draw(st.integers(0, 6)), draw(st.integers(0, 6))
        people.append(Worker(id=name, rooms=(Room(first, WEEK1), Room(first + more, WEEK2)) if draw(st.booleans()) else (Room(first + more),)))
    tasks = []
    for number in range(draw(st.integers(1, 6))):
        able = draw(st.lists(st.sampled_from("ABC"), unique=True, min_size=1))
        options = tuple(Option(name, draw(st.integers(1, 5)), draw(st.integers(-3, 9))) for name in able)
        tasks.append(Task(id=f"v{number}", options=options, deadline=draw(st.sampled_from([None, WEEK1, WEEK2, date(2026, 7, 1)]))))
    return Problem(people=tuple(people), tasks=tuple(tasks), aim=draw(st.sampled_from(Aim)))


def best_by_trying(problem: Problem) -> int | None:
    found = []
    for people in product(*[[option.person for option in task.options] for task in problem.tasks]):
        choice = {task.id: person for task, person in zip(problem.tasks, people, strict=True)}
        if not list(broken(problem, choice)):
            found.append(points_of(problem, choice))
    return (min(found) if problem.aim == Aim.LEAST else max(found)) if found else None


@settings(deadline=None, max_examples=60)
@given(problems())
def test_the_plan_is_the_best_of_all_ways_or_there_is_none(problem: Problem) -> None:
    best = best_by_trying(problem)
    if best is None:
        with pytest.raises(Refused) as caught:
            solve(problem)
        assert caught.value.code == "infeasible"
        return
    plan = solve(problem)
    assert not list(broken(problem, plan.choice))
    assert (plan.points, plan.bound, plan.is_proven) == (best, best, True)


@settings(deadline=None, max_examples=60)
@given(problems())
def test_a_conflicting_set_alone_cannot_be_done_and_no_smaller_one_can_be_found(problem: Problem) -> None:
    if best_by_trying(problem) is not None:
        return
    with pytest.raises(Refused) as caught:
        solve(problem)
    conflict = caught.value.data["conflict"]
    assert best_by_trying(replace(problem, tasks=tuple(task for task in problem.tasks if task.id in conflict.tasks))) is None
    if conflict.is_smallest:
        for number in range(2 ** len(problem.tasks)):
            some = tuple(task for at, task in enumerate(problem.tasks) if number >> at & 1)
            assert not some or len(some) >= len(conflict.tasks) or best_by_trying(replace(problem, tasks=some)) is not None


@settings(deadline=None, max_examples=25)
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_in_the_file_changes_nothing(problem: Problem, pick: random.Random) -> None:
    if best_by_trying(problem) is None:
        return
    mixed = replace(problem, people=tuple(pick.sample(problem.people, len(problem.people))), tasks=tuple(pick.sample(problem.tasks, len(problem.tasks))))
    assert solve(problem) == solve(mixed)


@settings(deadline=None, max_examples=60)
@given(problems(), st.integers(0, 10**6))
def test_a_bound_is_a_bound_for_any_prices(problem: Problem, seed: int) -> None:
    best = best_by_trying(problem)
    if best is None:
        return
    arcs, pick = arcs_of(problem), np.random.default_rng(seed)
    least = best if problem.aim == Aim.LEAST else -best
    assert price_bound(arcs, pick.integers(0, 5 * SCALE, len(arcs.room))).cost <= least
    worths = at_worth(arcs, pick.integers(-5 * SCALE, 15 * SCALE, len(arcs.tasks)))
    assert worths.cost <= least
    extra = forced(arcs, worths)
    for arc in range(len(arcs)):
        given = {arcs.tasks[arcs.task[arc]]: arcs.people[arcs.person[arc]]}
        only = tuple(replace(task, options=tuple(one for one in task.options if given.get(task.id, one.person) == one.person)) for task in problem.tasks)
        best_with = best_by_trying(replace(problem, tasks=only))
        if best_with is not None:
            assert worths.low + extra[arc] <= (best_with if problem.aim == Aim.LEAST else -best_with) * SCALE


@pytest.mark.parametrize("name", OPTIMA)
def test_the_instances_of_or_library_are_solved_and_proven(name: str, real_data: Path) -> None:
    file = real_data / "orlib/gap" / f"{name}.txt"
    if not file.is_file():
        pytest.skip("Không có tệp OR-Library trên máy này.")
    plans = [solve(problem) for problem in read_orlib(file.read_text(), aim_of(name))]
    assert [plan.points for plan in plans] == OPTIMA[name]
    assert all(plan.is_proven and not plan.stopped for plan in plans)


@pytest.mark.parametrize(("kind", "people", "tasks"), [("gap", 10, 30), ("gap", 8, 40), ("gapa", 20, 100), ("gapa", 10, 200), ("gapb", 5, 100), ("gapc", 20, 100)])
def test_other_instances_of_the_same_families_are_proven_too(kind: str, people: int, tasks: int) -> None:
    plan = solve(family(kind, people, tasks, seed=7))
    assert plan.is_proven
    assert not plan.stopped


def test_a_thousand_tasks_of_a_hundred_people_are_proven_with_prices_anyone_can_add_up() -> None:
    problem = district(100, 1000)
    plan, arcs = solve(problem), arcs_of(problem)
    assert (plan.points, plan.proof, plan.stopped) == (plan.bound, Proof.WORTHS, "")
    assert at_worth(arcs, np.array([plan.duals[task] for task in arcs.tasks])).cost == plan.bound


@pytest.mark.slow
def test_running_out_of_time_means_the_processor_really_worked_that_long_however_busy_the_machine() -> None:
    arcs, begun = arcs_of(family("gapc", 20, 200, seed=1)), time.thread_time()
    found = whole(arcs, np.arange(len(arcs)), nodes=200_000, seconds=1.0)
    assert found.stopped == "time"
    assert time.thread_time() - begun >= 0.8


@pytest.mark.slow
def test_a_large_problem_tells_an_honest_gap_and_its_bound_can_be_recomputed() -> None:
    problem = district(50, 430)
    plan = solve(problem, Limits(nodes=1, seconds=10))
    assert not list(broken(problem, plan.choice))
    assert plan.bound <= plan.points == points_of(problem, plan.choice)
    if plan.proof == Proof.WORTHS:
        arcs = arcs_of(problem)
        assert at_worth(arcs, np.array([plan.duals[task] for task in arcs.tasks])).cost == plan.bound


@pytest.mark.slow
def test_windows_never_break_a_rule_and_never_lose_a_task() -> None:
    problem = district(20, 100)
    arcs = arcs_of(problem)
    ends = time.process_time() + 3
    start = at_worth(arcs, np.full(len(arcs.tasks), 30 * SCALE)).once(arcs)
    better = improved(arcs, start, arcs.cost * SCALE, left=lambda: ends - time.process_time())
    assert len(better) >= len(start)
    assert {code for code, _ in broken(problem, arcs.chosen(better.tolist()))} <= {"not_given"}


def office(*tasks: Task, **hours: int) -> Problem:
    return Problem(people=tuple(Worker(id=name, rooms=(Room(many),)) for name, many in hours.items()), tasks=tasks)


def task(name: str, hours: int, *people: str, deadline: date | None = None) -> Task:
    return Task(id=name, options=tuple(Option(person, hours) for person in people), deadline=deadline)


def conflict_of(problem: Problem) -> tuple[tuple[str, ...], tuple[str, ...], int, int, bool]:
    with pytest.raises(Refused) as caught:
        solve(problem)
    found = caught.value.data["conflict"]
    return found.tasks, found.people, found.need, found.room, found.is_smallest


def test_two_tasks_that_only_one_person_can_take_name_that_person_and_the_hours() -> None:
    problem = office(task("a", 6, "An"), task("b", 5, "An"), task("c", 1, "An", "Bình"), An=10, Bình=40)
    assert conflict_of(problem) == (("a", "b"), ("An",), 11, 10, True)


def test_hours_enough_but_tasks_that_cannot_be_cut_are_told_as_not_fitting() -> None:
    problem = office(task("a", 6, "An", "Bình"), task("b", 6, "An", "Bình"), task("c", 6, "An", "Bình"), task("d", 1, "An"), An=10, Bình=10)
    assert conflict_of(problem) == (("a", "b", "c"), ("An", "Bình"), 18, 20, True)


def test_a_task_without_a_person_in_time_is_a_conflict_alone() -> None:
    late = Worker(id="An", rooms=(Room(0, WEEK1), Room(20, WEEK2)))
    problem = Problem(people=(late,), tasks=(task("gấp", 3, "An", deadline=WEEK1), task("sau", 3, "An", deadline=WEEK2)))
    assert conflict_of(problem) == (("gấp",), ("An",), 3, 0, True)
    assert conflict_of(office(Task(id="không ai", options=()), An=9)) == (("không ai",), (), 0, 0, True)


def test_hours_after_the_deadline_do_not_count() -> None:
    early, late = Worker(id="An", rooms=(Room(4, WEEK1), Room(8, WEEK2))), Worker(id="Bình", rooms=(Room(0, WEEK1), Room(8, WEEK2)))
    problem = Problem(people=(early, late), tasks=(task("x", 4, "An", "Bình", deadline=WEEK1), task("y", 4, "An", "Bình", deadline=WEEK2)))
    assert solve(problem).choice["x"] == "An"


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (office(task("a", 1, "An")), "no_people"), (office(An=1), "no_tasks"), (office(task("a", 1, "An"), task("a", 1, "An"), An=5), "repeated_task"),
        (office(task("a", 1, "Bình"), An=5), "unknown_person"), (office(task("a", 1, "An", "An"), An=5), "repeated_option"),
        (office(task("a", 0, "An"), An=5), "bad_hours"), (office(task("a", 1, "An"), An=-1), "bad_hours"),
        (office(Task(id="a", options=(Option("An", 1, 10**7),)), An=5), "bad_points"),
        (Problem(people=(Worker(id="An", rooms=(Room(5, WEEK2), Room(6, WEEK1))),), tasks=(task("a", 1, "An"),)), "bad_calendar"),
        (Problem(people=(Worker(id="An", rooms=(Room(5),)), Worker(id="An", rooms=(Room(5),))), tasks=(task("a", 1, "An"),)), "repeated_person"),
    ],
)  # fmt: skip
def test_a_wrong_problem_is_refused_with_its_reason(problem: Problem, code: str) -> None:
    with pytest.raises(Refused) as caught:
        solve(problem)
    assert caught.value.code == code


@pytest.mark.parametrize("text", ["", "1", "1 1 1 5 3", "1 1 1 5 3 9 9", "1 1 1 x 3 9", "0"])
def test_a_broken_or_library_file_is_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        read_orlib(text, Aim.LEAST)
    assert caught.value.code == "bad_orlib"


def test_the_gap_is_told_in_points_and_rounded_up() -> None:
    plan = Plan(choice={}, points=1001, bound=1000, proof=Proof.TREE)
    assert (plan.gap, plan.gap_per_million, plan.is_proven) == (1, 1000, False)
