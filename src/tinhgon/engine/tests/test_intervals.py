"""Khoảng ngày nửa mở, so với cách đếm từng ngày."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.engine.intervals import Span, covers, gaps, is_contiguous_cover, merged, overlaps

FIRST = date(2025, 7, 1)
HORIZON = 40


def at(number: int) -> date:
    return FIRST + timedelta(days=number)


@st.composite
def _spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, HORIZON - 5))
    end = draw(st.none() | st.integers(start + 1, HORIZON - 3))
    return Span(at(start), None if end is None else at(end))


SPANS = st.lists(_spans(), max_size=6)


def days(spans: list[Span]) -> set[int]:
    return {number for number in range(HORIZON) if any(at(number) in span for span in spans)}


@given(SPANS)
def test_the_union_holds_the_same_days_and_its_parts_never_touch(spans: list[Span]) -> None:
    whole = merged(spans)
    assert days(whole) == days(spans)
    assert all(
        one.end is not None and one.end < other.start for one, other in zip(whole, whole[1:], strict=False)
    )


@given(SPANS, _spans())
def test_gaps_are_exactly_the_uncovered_days(spans: list[Span], within: Span) -> None:
    assert days(gaps(spans, within)) == days([within]) - days(spans)
    assert covers(spans, within) == (days([within]) <= days(spans))


@given(SPANS)
def test_every_overlapping_pair_is_named_once(spans: list[Span]) -> None:
    pairs = sum(one.overlaps(other) for i, one in enumerate(spans) for other in spans[i + 1 :])
    assert len(overlaps(spans)) == pairs
    assert all(days([one]) & days([other]) for one, other in overlaps(spans))


@given(_spans(), _spans())
def test_an_intersection_holds_the_days_of_both(one: Span, other: Span) -> None:
    common = one.intersection(other)
    assert days([common] if common else []) == days([one]) & days([other])


@given(st.lists(st.integers(1, HORIZON), min_size=2, max_size=6, unique=True))
def test_versions_that_follow_each_other_cover_contiguously(cuts: list[int]) -> None:
    points = sorted(cuts)
    parts = [Span(at(one), at(other)) for one, other in zip(points, points[1:], strict=False)]
    assert is_contiguous_cover(parts, Span(at(points[0]), at(points[-1])))
    assert not is_contiguous_cover([*parts, parts[0]], Span(at(points[0]), at(points[-1])))
    assert not is_contiguous_cover(parts, Span(at(points[0]), None))


def test_the_day_of_the_change_belongs_to_the_new_version_only() -> None:
    old, new = Span(date(2020, 1, 1), date(2025, 7, 1)), Span(date(2025, 7, 1))
    assert date(2025, 6, 30) in old
    assert date(2025, 7, 1) not in old
    assert date(2025, 7, 1) in new
    assert not old.overlaps(new)


def test_an_empty_span_is_refused() -> None:
    with pytest.raises(ValueError):
        Span(FIRST, FIRST)
