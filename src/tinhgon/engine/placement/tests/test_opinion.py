"""Ý kiến thứ hai: ổn định, trong số ghế, chỉ xếp người vào nơi người ấy được vào."""

from hypothesis import given, settings

from tinhgon.engine.placement.eligible import obstacles
from tinhgon.engine.placement.model import Problem, Weights
from tinhgon.engine.placement.network import network_of, seats_of
from tinhgon.engine.placement.opinion import second_opinion
from tinhgon.engine.placement.tests.worlds import problems


@settings(max_examples=40, deadline=None)
@given(problems())
def test_it_is_stable_within_the_seats_and_places_only_who_may_be_there(problem: Problem) -> None:
    found = second_opinion(network_of(problem), Weights())
    assert found.blocking == 0
    assert sorted([*found.plan.places, *found.plan.unplaced]) == sorted(problem.person_of)
    taken = list(found.plan.places.values())
    assert all(taken.count(one.id) <= seats for one, seats in zip(problem.posts, seats_of(problem).tolist(), strict=True))
    assert not any(obstacles(problem, problem.person_of[who], problem.post_of[post]) for who, post in found.plan.places.items())
