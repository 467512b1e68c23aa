"""Luật trái nhau: tập trả về thật sự trái nhau, và bỏ bất kỳ luật nào trong đó thì hết."""

from dataclasses import replace

from hypothesis import given, settings

from tinhgon.engine.placement.conflict import Rule, conflict
from tinhgon.engine.placement.model import Field, Person, Post, Problem, Rules, Skill, Unit
from tinhgon.engine.placement.rules import deputies_over
from tinhgon.engine.placement.solving import solve
from tinhgon.engine.placement.tests.worlds import problems


def kept(problem: Problem, rules: tuple[Rule, ...]) -> Problem:
    """Bài toán chỉ còn các luật ấy."""
    ids = {(one.kind, one.id) for one in rules}
    return replace(
        problem,
        posts=tuple(one if ("floor", one.id) in ids else replace(one, floor=0) for one in problem.posts),
        units=tuple(one if ("unit_cut", one.id) in ids else replace(one, cut_min=0) for one in problem.units),
        rules=replace(
            problem.rules,
            pins=tuple(pair for pair in problem.rules.pins if ("pin", pair[0]) in ids),
            also=tuple(pair for pair in problem.rules.also if ("also", pair[0]) in ids),
            cut=problem.rules.cut if ("cut", "") in ids else 0,
            deputy_percent=problem.rules.deputy_percent if ("deputies", "") in ids and deputies_over(problem) else None,
        ),
    )


@settings(max_examples=25, deadline=None)
@given(problems())
def test_the_set_is_in_conflict_and_none_of_it_can_be_spared(problem: Problem) -> None:
    found = conflict(problem)
    assert (found is None) == (not solve(problem).unmet)
    if found is None:
        return
    assert solve(kept(problem, found.rules)).unmet
    for one in found.rules:
        fewer = tuple(other for other in found.rules if other != one)
        assert not solve(kept(problem, fewer)).unmet, (found.rules, one)


def test_two_floors_that_need_the_same_veteran_are_named_with_that_person() -> None:
    problem = Problem(
        fields=(Field(id="th", kind="experience"),),
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
