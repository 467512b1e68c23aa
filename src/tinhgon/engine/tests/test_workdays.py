"""Ngày làm việc, hạn, và số ngày còn lại; không cần lịch thật."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.engine.workdays import WorkCalendar

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
CALENDARS = st.builds(
    WorkCalendar,
    st.frozensets(DAYS, max_size=30),
    st.frozensets(DAYS.filter(lambda day: day.weekday() >= 5), max_size=10),
)

# Nghỉ thứ hai 31/8/2026, làm bù thứ bảy 22/8/2026; 1/9 và 2/9 là Quốc khánh.
AUTUMN = WorkCalendar(
    frozenset({date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)}), frozenset({date(2026, 8, 22)})
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 8, 21), True),
        (date(2026, 8, 22), True),  # thứ bảy làm bù
        (date(2026, 8, 23), False),
        (date(2026, 8, 31), False),  # thứ hai nghỉ hoán đổi
        (date(2026, 9, 3), True),
    ],
)
def test_made_up_saturdays_work_and_swapped_mondays_rest(day: date, works: bool) -> None:
    assert AUTUMN.is_working_day(day) is works


def test_a_deadline_on_a_day_off_moves_to_the_next_working_day() -> None:
    assert AUTUMN.deadline(date(2026, 8, 29)) == date(2026, 9, 3)
    assert AUTUMN.deadline(date(2026, 8, 22)) == date(2026, 8, 22)


def test_five_working_days_skip_the_holidays_and_do_not_count_the_first_day() -> None:
    assert AUTUMN.add_working_days(date(2026, 8, 27), 1) == date(2026, 8, 28)
    assert AUTUMN.add_working_days(date(2026, 8, 27), 2) == date(2026, 9, 3)
    assert AUTUMN.add_working_days(date(2026, 9, 3), -2) == date(2026, 8, 27)
    assert AUTUMN.add_working_days(date(2026, 8, 30), 0) == date(2026, 9, 3)


def test_days_left_are_negative_when_overdue() -> None:
    assert AUTUMN.working_days_between(date(2026, 8, 28), date(2026, 9, 4)) == 2
    assert AUTUMN.working_days_between(date(2026, 9, 4), date(2026, 8, 28)) == -2
    assert AUTUMN.working_days_between(date(2026, 9, 4), date(2026, 9, 4)) == 0


@given(CALENDARS, DAYS, st.integers(-60, 60).filter(bool))
def test_adding_then_counting_gives_the_number_back(calendar: WorkCalendar, day: date, count: int) -> None:
    end = calendar.add_working_days(day, count)
    assert calendar.is_working_day(end)
    start = day if count > 0 else calendar.deadline(day)
    assert calendar.working_days_between(start, end) == count


@given(CALENDARS, DAYS)
def test_nothing_works_between_a_day_and_its_next_working_day(calendar: WorkCalendar, day: date) -> None:
    after = calendar.next_working_day(day)
    between = [day + timedelta(days=number) for number in range(1, (after - day).days)]
    assert not any(map(calendar.is_working_day, between))
    assert calendar.previous_working_day(after) <= day
    assert calendar.deadline(day) in (day, after)


def test_a_calendar_without_a_working_day_says_so() -> None:
    day = date(2026, 1, 1)
    endless = WorkCalendar(frozenset(day + timedelta(days=number) for number in range(400)))
    with pytest.raises(ValueError):
        endless.next_working_day(day)
