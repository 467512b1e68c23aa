"""Phương án là tốt nhất trong mọi phương án, có chứng chỉ, và chỉ tùy dữ liệu của người chứ không tùy tên."""

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tinhgon.engine.placement.checking import check
from tinhgon.engine.placement.eligible import obstacles
from tinhgon.engine.placement.model import Problem, Weights
from tinhgon.engine.placement.options import options_of
from tinhgon.engine.placement.points import goodness, is_counted, losses
from tinhgon.engine.placement.solving import Planner, solve
from tinhgon.engine.placement.tests.worlds import best, problems

weights = st.builds(Weights, mastery=st.integers(0, 100), kind=st.integers(0, 100), wishes=st.integers(0, 100), moves=st.integers(0, 100))


@settings(max_examples=25, deadline=None)
@given(problems(), weights)
def test_no_plan_at_all_is_better_and_the_certificate_proves_it(problem: Problem, sliders: Weights) -> None:
    plan = solve(problem, sliders)
    assert plan.certificate.value == best(problem, sliders)
    assert check(problem, plan).is_proven, check(problem, plan)


@settings(max_examples=20, deadline=None)
@given(problems(most_people=8, most_posts=6))
def test_the_options_are_those_of_the_plain_rules_with_the_same_figures(problem: Problem) -> None:
    options = options_of(problem)
    listed = {}
    for k, (i, j) in enumerate(zip(options.person.tolist(), options.post.tolist(), strict=True)):
        listed[options.people[i].id, problem.posts[j].id] = (tuple(options.losses[:, k].tolist()), bool(options.counted[k]))
    plain = {
        (one.id, post.id): (losses(problem, one, post), is_counted(problem, one, post))
        for one in problem.people for post in problem.posts if not obstacles(problem, one, post)
    }  # fmt: skip
    assert listed == plain


@settings(max_examples=20, deadline=None)
@given(problems(), weights, weights)
def test_a_slider_moved_and_moved_back_gives_the_same_plan(problem: Problem, one: Weights, other: Weights) -> None:
    planner = Planner(problem)
    first = planner.plan(one)
    planner.plan(other)
    again, alone = planner.plan(one), solve(problem, one)
    assert first.places == again.places == alone.places
    assert first.cuts == again.cuts == alone.cuts


@settings(max_examples=25, deadline=None)
@given(problems(most_people=6), st.randoms(use_true_random=False))
def test_renaming_people_changes_nothing_up_to_people_with_equal_data(problem: Problem, dice: random.Random) -> None:
    renamed, new = rename(problem, dice)
    before, after = solve(problem), solve(renamed)
    assert signature(problem, before.places) == signature(renamed, after.places)
    assert before.cuts == after.cuts
    unlike = [one for one in problem.people if sum(bare(problem, other) == bare(problem, one) for other in problem.people) == 1]
    assert [before.places.get(one.id) for one in unlike] == [after.places.get(new[one.id]) for one in unlike]


@settings(max_examples=25, deadline=None)
@given(problems(most_people=6), st.data())
def test_a_better_grade_never_turns_a_placed_person_into_an_unplaced_one(problem: Problem, data: st.DataObject) -> None:
    plan = solve(problem)
    if not plan.places:
        return
    who = data.draw(st.sampled_from(sorted(plan.places)))
    one = problem.person_of[who]
    better = tuple(min(4, grade + data.draw(st.integers(0, 2))) for grade in one.grades)
    assert goodness(replace(one, grades=better)) >= goodness(one)
    improved = replace(problem, people=tuple(replace(p, grades=better) if p.id == who else p for p in problem.people))
    assert who in solve(improved).places


@settings(max_examples=20, deadline=None)
@given(problems(), st.data())
def test_sex_and_age_change_nothing(problem: Problem, data: st.DataObject) -> None:
    other = tuple(replace(one, sex=data.draw(st.sampled_from("nm")), born=data.draw(st.integers(1960, 2000))) for one in problem.people)
    assert solve(replace(problem, people=other)).places == solve(problem).places


def rename(problem: Problem, dice: random.Random) -> tuple[Problem, dict[str, str]]:
    names = [f"n{k}" for k in range(len(problem.people))]
    dice.shuffle(names)
    new = {one.id: name for one, name in zip(problem.people, names, strict=True)}
    staff = [replace(one, id=new[one.id]) for one in problem.people]
    dice.shuffle(staff)
    pairs = {kind: tuple((new[who], post) for who, post in getattr(problem.rules, kind)) for kind in ("pins", "forbidden", "also")}
    return replace(problem, people=tuple(staff), rules=replace(problem.rules, **pairs)), new


def bare(problem: Problem, one) -> tuple[object, ...]:
    ties = sorted((kind, post) for kind in ("pins", "forbidden", "also") for who, post in getattr(problem.rules, kind) if who == one.id)
    return repr(replace(one, id="", grades=(), agrees=tuple(sorted(one.agrees)), skills=tuple(sorted(one.skills, key=repr)))), goodness(one), repr(ties)


def signature(problem: Problem, places) -> list[tuple[object, str]]:
    return sorted((bare(problem, one), places.get(one.id, "")) for one in problem.people)
