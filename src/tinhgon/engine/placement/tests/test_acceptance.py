"""Xếp theo nguyện vọng: ổn định, tốt nhất cho người, không phụ thuộc thứ tự, và từ chối dữ liệu sai."""

import random
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.engine.placement.acceptance import Acceptance, Proposals, accepted, blocking_pairs
from tinhgon.engine.refusal import Refused


@st.composite
def problems(draw: st.DrawFn, most: int = 7) -> Proposals:
    posts = draw(st.integers(1, 4))
    wishes = draw(st.lists(st.lists(st.integers(0, posts - 1), unique=True, max_size=posts), max_size=most))
    scores = [draw(st.lists(st.integers(0, 3), min_size=len(each), max_size=len(each))) for each in wishes]
    return Proposals(wishes, scores, draw(st.lists(st.integers(0, 3), min_size=posts, max_size=posts)))


@given(problems())
def test_no_person_and_post_prefer_each_other(problem: Proposals) -> None:
    found = accepted(problem)
    assert list(blocking_pairs(problem, found)) == []
    taken = [found.post_of(problem, person) for person in range(len(problem.wishes))]
    assert all(taken.count(post) <= seats for post, seats in enumerate(problem.seats))


@given(problems(most=5))
def test_every_person_gets_the_best_of_any_stable_placing(problem: Proposals) -> None:
    ours = accepted(problem).choice
    for choice in product(*[[None, *range(len(each))] for each in problem.wishes]):
        other = Acceptance(choice, 0)
        taken = [other.post_of(problem, person) for person in range(len(choice))]
        if all(taken.count(post) <= seats for post, seats in enumerate(problem.seats)) and not list(blocking_pairs(problem, other)):
            worst = len(problem.seats)
            assert all((worst if mine is None else mine) <= (worst if theirs is None else theirs) for mine, theirs in zip(ours, choice, strict=True))


@given(problems(), st.integers(0, 5), st.integers(0, 3))
def test_a_better_score_never_turns_a_placed_person_out(problem: Proposals, who: int, which: int) -> None:
    people = len(problem.wishes)
    if not people or not problem.wishes[who % people]:
        return
    who, before = who % people, accepted(problem).choice
    scores = [list(each) for each in problem.scores]
    scores[who][which % len(scores[who])] += 5
    after = accepted(Proposals(problem.wishes, scores, problem.seats)).choice
    assert before[who] is None or after[who] is not None


def test_equal_scores_go_to_the_one_who_stands_first_and_a_post_without_seats_to_nobody() -> None:
    problem = Proposals([[0], [0, 1], [1]], [[5], [5, 9], [1]], [1, 0])
    assert accepted(problem).choice == (0, None, None)


def test_a_longer_queue_is_settled_once() -> None:
    pick = random.Random(4)
    problem = Proposals(
        [pick.sample(range(300), 8) for _ in range(3000)], [[pick.randint(0, 50) for _ in range(8)] for _ in range(3000)], [9] * 300
    )
    found = accepted(problem)
    assert not list(blocking_pairs(problem, found))
    assert found.proposals <= 8 * 3000


@pytest.mark.parametrize(
    ("wishes", "scores", "seats", "code"),
    [
        ([[0, 0]], [[1, 1]], [1], "repeated_wish"), ([[1]], [[1]], [1], "unknown_post"), ([[-1]], [[1]], [1], "unknown_post"),
        ([[0]], [[1, 2]], [1], "uneven_scores"), ([[0]], [], [1], "uneven_scores"), ([[0]], [[1]], [-1], "negative_seats"),
    ],
)  # fmt: skip
def test_wrong_data_is_refused(wishes: list[list[int]], scores: list[list[int]], seats: list[int], code: str) -> None:
    with pytest.raises(Refused) as caught:
        accepted(Proposals(wishes, scores, seats))
    assert caught.value.code == code
