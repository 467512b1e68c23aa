"""Khảo sát tâm tư: nhóm dưới ngưỡng không hiện, hỏi kiểu nào rồi trừ nhau cũng không ra; ngưỡng khóa từ lúc mở."""

import dataclasses
import random
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.engine.pulse import (
    Launch,
    PulseProblem,
    Question,
    Response,
    Results,
    Thresholds,
    closed,
    launched,
)
from tinhgon.engine.pulse.results import PARTICIPATION
from tinhgon.engine.pulse.tests.worlds import random_query, world

OFFICE: dict[str, str | None] = {"văn phòng": None, "tổng hợp": "văn phòng", "hành chính": "văn phòng", "văn thư": "văn phòng", "tài chính": "văn phòng"}


def office(**thresholds: int) -> Launch:
    return launched("2026-1", parents=OFFICE, questions=[Question("q1")], thresholds=Thresholds(**thresholds))


def results(counts: Mapping[str, int], *, score: int = 4, comment: str = "", launch: Launch | None = None) -> Results:
    given = [Response(group, {"q1": score}, f"{comment}{number}" if comment else "") for group, many in counts.items() for number in range(many)]
    return closed(launch or office(), given)


def shown(found: Results) -> set[str]:
    return {group for group, each in found.table("q1").items() if each is not None}


def test_five_are_shown_and_four_are_not() -> None:
    assert shown(results({"tổng hợp": 5})) == {"văn phòng", "tổng hợp"}
    assert shown(results({"tổng hợp": 4})) == set()


def test_a_shown_group_tells_people_scores_and_mean() -> None:
    launch = office()
    given = [Response("tổng hợp", {"q1": score}) for score in (1, 4, 4, 5, 5)] + [Response("tổng hợp")]
    found = closed(launch, given)
    one = found.of("q1", "tổng hợp")
    assert one is not None
    assert (one.count, one.tally, one.mean) == (5, {1: 1, 4: 2, 5: 2}, Fraction(19, 5))
    everybody = found.of(PARTICIPATION, "tổng hợp")
    assert everybody is not None
    assert (everybody.count, everybody.tally, everybody.mean) == (6, {}, None)


def test_a_small_group_hides_one_sibling_more_because_of_subtraction() -> None:
    found = results({"tổng hợp": 9, "hành chính": 6, "văn thư": 7, "tài chính": 2})
    assert shown(found) == {"văn phòng", "tổng hợp", "văn thư"}
    assert [(one.groups, one.count) for one in found.merged("q1")] == [(("hành chính", "tài chính"), 8)]


def test_several_small_groups_cover_each_other_and_hide_nobody_else() -> None:
    found = results({"tổng hợp": 9, "hành chính": 3, "văn thư": 2, "tài chính": 6})
    assert shown(found) == {"văn phòng", "tổng hợp", "tài chính"}


def test_the_whole_minus_the_shown_cannot_be_asked_by_a_filter() -> None:
    found = results({"tổng hợp": 9, "hành chính": 6, "văn thư": 7, "tài chính": 2})
    assert found.ask("q1", {"văn phòng", "tổng hợp", "văn thư", "tài chính"}) is None
    assert found.ask("q1", {"tài chính", "hành chính"}) is not None


def test_what_is_hidden_does_not_say_why() -> None:
    found = results({"tổng hợp": 9, "hành chính": 6, "tài chính": 2})
    assert found.of("q1", "hành chính") is found.of("q1", "tài chính") is None


def test_comments_need_ten_people_and_come_in_an_order_that_tells_nothing() -> None:
    found = results({"tổng hợp": 10, "hành chính": 9, "văn thư": 12}, comment="ý kiến ")
    assert found.comments("hành chính") is None
    assert found.of("q1", "hành chính") is not None
    # chỉ một nhóm thiếu: một nhóm anh em phải che thêm, nhóm kia vẫn hiện
    assert found.comments("tổng hợp") is None
    texts = found.comments("văn thư")
    assert texts is not None
    assert len(texts) == 12
    assert list(texts) != [f"ý kiến {number}" for number in range(12)]
    backwards = closed(office(), [Response("văn thư", {"q1": 4}, f"ý kiến {number}") for number in reversed(range(12))])
    assert texts == backwards.comments("văn thư")


@pytest.mark.parametrize(("group", "comments"), [(4, 10), (5, 9), (12, 11), (0, 0)])
def test_thresholds_can_be_raised_and_never_lowered(group: int, comments: int) -> None:
    with pytest.raises(PulseProblem) as caught:
        Thresholds(group, comments)
    assert caught.value.code == "thresholds"
    assert shown(results({"tổng hợp": 7}, launch=office(group=8, comments=20))) == set()


def test_a_launch_is_frozen_and_its_fingerprint_tells_any_change() -> None:
    launch = office()
    with pytest.raises(dataclasses.FrozenInstanceError):
        launch.thresholds = Thresholds(6)  # type: ignore[misc]
    assert launch.fingerprint == office().fingerprint
    assert len({launch.fingerprint, office(group=6).fingerprint, launched("2026-1", parents=OFFICE, questions=[Question("q1", 7)]).fingerprint}) == 3


@pytest.mark.parametrize(
    ("parents", "questions", "code"),
    [
        ({}, [Question("q1")], "no_group"), ({"a": None}, [], "no_question"), ({"a": None}, [Question("q"), Question("q")], "repeated_question"),
        ({"a": None}, [Question("q", 1)], "bad_scale"), ({"a": "x"}, [Question("q")], "unknown_parent"),
        ({"a": "b", "b": "a"}, [Question("q")], "circle"), ({"a": "a"}, [Question("q")], "circle"),
    ],
)  # fmt: skip
def test_a_broken_launch_is_refused(parents: dict[str, str | None], questions: list[Question], code: str) -> None:
    with pytest.raises(PulseProblem) as caught:
        launched("đợt", parents=parents, questions=questions)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("response", "code"),
    [
        (Response("nhóm lạ", {"q1": 3}), "unknown_group"), (Response("văn thư", {"q9": 3}), "unknown_question"),
        (Response("văn thư", {"q1": 0}), "bad_answer"), (Response("văn thư", {"q1": 6}), "bad_answer"), (Response("văn thư", {"q1": True}), "bad_answer"),
    ],
)  # fmt: skip
def test_a_response_outside_the_launch_is_refused(response: Response, code: str) -> None:
    with pytest.raises(PulseProblem) as caught:
        closed(office(), [response])
    assert caught.value.code == code


def test_asking_for_what_is_not_in_the_survey_is_refused() -> None:
    found = results({"tổng hợp": 5})
    for ask in (lambda: found.ask("q1", {"lạ"}), lambda: found.of("q1", "lạ"), lambda: found.comments("lạ"), lambda: found.of("q9", "tổng hợp")):
        with pytest.raises(PulseProblem):
            ask()


@given(st.integers(0, 10**6))
def test_no_combination_of_everything_published_isolates_a_group_under_five(seed: int) -> None:
    """Không tin phép chia: lấy mọi câu trả lời, tách nhau ra tới phần nhỏ nhất có thể, rồi đếm người thật."""
    pick = random.Random(seed)
    found, counts = world(seed, groups=pick.randint(1, 30))
    queries = [*found.under.values(), *(random_query(pick, found) for _ in range(60))]
    answered = [query for query in queries if found.ask("q1", query) is not None]
    answered += [frozenset(one.groups) for one in found.merged("q1")]
    for part in finest(answered):
        assert (size := sum(counts[group] for group in part)) == 0 or size >= 5


@given(st.integers(0, 10**6))
def test_comments_with_scores_isolate_no_group_under_five_and_alone_none_under_ten(seed: int) -> None:
    pick = random.Random(seed)
    found, _ = world(seed, groups=pick.randint(1, 30))
    people = {group: (one.count if one else 0) for group, one in found.table(PARTICIPATION).items()}
    with_comments = [found.under[group] for group in found.under if found.comments(group) is not None]
    everything = [*with_comments, *(found.under[group] for group, count in people.items() if count)]
    held = found._cuts[PARTICIPATION].sums
    for published, least in ((with_comments, 10), (everything, 5)):
        for part in finest(published):
            assert (size := sum(held.get(group, 0) for group in part)) == 0 or size >= least


@given(st.integers(0, 10**6))
def test_a_shown_answer_is_the_true_sum(seed: int) -> None:
    found, counts = world(seed, groups=20)
    for group, one in found.table("q1").items():
        assert one is None or one.count == sum(counts[each] for each in found.under[group])
        assert one is None or one.count == sum(one.tally.values())


def test_thousands_of_random_pairs_isolate_nobody() -> None:
    """Bản nhỏ của ``benchmarks/pulse.py``."""
    for seed in range(5):
        pick = random.Random(seed)
        found, counts = world(seed)
        for _ in range(400):
            first, second = random_query(pick, found), random_query(pick, found)
            if found.ask("q1", first) is not None and found.ask("q1", second) is not None:
                for part in (first - second, second - first, first & second):
                    assert (size := sum(counts[group] for group in part)) == 0 or size >= 5


def finest(sets: Iterable[Collection[str]]) -> list[frozenset[str]]:
    """Các phần nhỏ nhất tách được bằng giao, hiệu, hợp của mọi tập."""
    sets = [frozenset(each) for each in sets]
    parts: dict[tuple[bool, ...], set[str]] = {}
    for group in frozenset().union(*sets):
        parts.setdefault(tuple(group in each for each in sets), set()).add(group)
    return [frozenset(part) for part in parts.values()]
