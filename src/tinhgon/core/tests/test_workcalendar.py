"""Lịch thật của Việt Nam: nghỉ hoán đổi, làm bù, ngày lễ mới; phần sửa tay luôn thắng (domain §9.6)."""

import csv
import os
from datetime import date
from pathlib import Path

import pytest

from tinhgon.core.models import CalendarOverride
from tinhgon.core.workcalendar import holiday_name, work_calendar

REAL = Path(os.environ.get("TINHGON_REAL_DATA", "../shared/data")) / "holidays"

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 8, 22), True),  # thứ bảy làm bù
        (date(2026, 8, 31), False),  # thứ hai nghỉ hoán đổi
        (date(2026, 11, 24), False),  # Ngày Văn hóa Việt Nam, từ 2026
        (date(2025, 11, 24), True),
        (date(2025, 4, 26), True),
        (date(2025, 5, 2), False),
        (date(2026, 2, 17), False),  # mùng một Tết
        (date(2026, 4, 27), False),  # Giỗ Tổ rơi vào chủ nhật, nghỉ bù thứ hai
        (date(2025, 7, 1), True),
    ],
)
def test_the_calendar_knows_swaps_made_up_saturdays_and_new_holidays(day: date, works: bool) -> None:
    assert work_calendar().is_working_day(day) is works


def test_a_hand_made_override_wins_both_ways_and_its_ground_is_shown() -> None:
    CalendarOverride.objects.create(day=date(2026, 8, 22), is_working=False, note="Thông báo số 1")
    CalendarOverride.objects.create(day=date(2026, 9, 1), is_working=True, note="Thông báo số 2")
    CalendarOverride.objects.create(day=date(2026, 9, 5), is_working=True, note="Thông báo số 3")
    calendar = work_calendar()
    assert not calendar.is_working_day(date(2026, 8, 22))
    assert calendar.is_working_day(date(2026, 9, 1))
    assert calendar.is_working_day(date(2026, 9, 5))
    assert holiday_name(date(2026, 9, 1)) == "Thông báo số 2"


def test_a_holiday_has_its_vietnamese_name() -> None:
    assert holiday_name(date(2026, 9, 2)) == "Quốc khánh"
    assert holiday_name(date(2026, 9, 3)) == ""


def test_the_calendar_takes_one_query(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        work_calendar()


def _rows(name: str) -> list[dict[str, str]]:
    if not (REAL / name).exists():
        pytest.skip("Không có dữ liệu thật (TINHGON_REAL_DATA).")
    with (REAL / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_published_holiday_is_a_day_off() -> None:
    calendar = work_calendar()
    working = [
        row
        for row in _rows("holidays_2024_2027.csv")
        if calendar.is_working_day(date.fromisoformat(row["date"]))
    ]
    assert not working


def test_every_confirmed_swap_rests_one_day_and_works_the_other() -> None:
    calendar = work_calendar()
    for row in _rows("swapped_working_days.csv"):
        if row["status"].startswith("confirmed"):
            assert not calendar.is_working_day(date.fromisoformat(row["day_off"])), row
            assert calendar.is_working_day(date.fromisoformat(row["worked_instead"])), row
