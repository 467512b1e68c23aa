"""187-KL/TW: ba phép kiểm tra trên con số, lộ trình tới 2030 không bao giờ tăng và tới đích đúng hạn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.engine.headcount import Check, Team, breaches, reduction_plan, shipped

RULES = shipped().sets[0]


def team(number: int, deputies: int, *, headcount: int = 20, parent: int | None = None, has_inside: bool = False) -> Team:
    return Team(number, headcount, deputies, parent, parent or "cấp ủy", has_inside)


def test_the_examples_of_the_rule() -> None:
    """domain §9 ví dụ 7: cấp trên 3 cấp phó, bên trong 4; sáu biên chế mà bốn cấp phó."""
    assert [(b.check, b.most, b.against) for b in breaches(RULES, [team(1, 3, has_inside=True), team(2, 4, parent=1)])] == [(Check.PARENT, 3, 1)]
    assert [(b.check, b.most) for b in breaches(RULES, [team(3, 4, headcount=6)])] == [(Check.HALF, 3)]


def test_one_without_rooms_has_no_more_deputies_than_one_with() -> None:
    found = breaches(RULES, [team(1, 2, has_inside=True), team(2, 3), team(3, 2)])
    assert [(b.team, b.check, b.most, b.against) for b in found] == [(2, Check.SIBLINGS, 2, 1)]


@pytest.mark.parametrize(("deputies", "headcount", "over"), [(3, 6, False), (3, 7, False), (4, 7, True), (1, 2, False), (1, 1, True), (0, 0, False)])
def test_half_is_counted_in_whole_people(deputies: int, headcount: int, over: bool) -> None:
    assert bool(breaches(RULES, [team(1, deputies, headcount=headcount)])) is over


def test_the_plan_goes_down_evenly() -> None:
    assert reduction_plan(RULES, 7, 3, year=2027) == ((2027, 6), (2028, 5), (2029, 4), (2030, 3))
    assert reduction_plan(RULES, 4, 3, year=2026) == ((2026, 3), (2027, 3), (2028, 3), (2029, 3), (2030, 3))
    assert reduction_plan(RULES, 3, 3, year=2026) == ()
    assert reduction_plan(RULES, 9, 3, year=2032) == ((2032, 3),)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(2024, 2035))
def test_a_plan_never_rises_and_ends_at_the_most_by_2030(deputies: int, most: int, year: int) -> None:
    plan = reduction_plan(RULES, deputies, most, year=year)
    counts = [deputies, *(count for _year, count in plan)]
    assert counts == sorted(counts, reverse=True)
    if deputies > most:
        assert plan[-1] == (max(RULES.last_year, year), most)
