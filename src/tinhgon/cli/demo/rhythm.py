"""Nhịp của một văn phòng: ngày trong tuần, ngày nghỉ, cuối tháng, giờ trong ngày."""

import random
from datetime import date, datetime, time, timedelta
from functools import cache

import holidays

from tinhgon.cli.demo.world import FIRST_DAY, TODAY, ZONE

_WEEK = (0.9, 1.1, 1.1, 1.15, 1.0, 0.05, 0.01)
_HOURS = (7, 8, 8, 9, 9, 9, 10, 10, 11, 13, 14, 14, 15, 15, 16, 16, 17)


@cache
def off_days() -> frozenset[date]:
    return frozenset(holidays.country_holidays("VN", years=(2024, 2025, 2026)))


@cache
def _days() -> tuple[tuple[date, ...], tuple[float, ...]]:
    """Các ngày của nửa đầu năm 2025 và sức nặng dồn: gần đây bận hơn, trước Tết và cuối tháng dồn báo cáo."""
    listed, total, weights = [], 0.0, []
    day = FIRST_DAY
    while day < TODAY:
        weight = _WEEK[day.weekday()]
        if day in off_days():
            weight = 0.01
        elif (day + timedelta(days=5)).month != day.month:
            weight *= 1.35
        total += weight * (0.85 + 0.5 * (day - FIRST_DAY).days / (TODAY - FIRST_DAY).days)
        listed.append(day)
        weights.append(total)
        day += timedelta(days=1)
    return tuple(listed), tuple(weights)


def some_days(rng: random.Random, count: int) -> list[date]:
    """``count`` ngày theo nhịp."""
    listed, weights = _days()
    return rng.choices(listed, cum_weights=weights, k=count)


def at(rng: random.Random, day: date) -> datetime:
    """Một lúc trong giờ làm việc của ngày ấy."""
    return datetime.combine(day, time(rng.choice(_HOURS), rng.randrange(60), rng.randrange(60)), ZONE)


def is_working(day: date) -> bool:
    return day.weekday() < 5 and day not in off_days()


def working_day_after(day: date, count: int) -> date:
    """Ngày làm việc thứ ``count`` sau ``day``; ``count`` âm thì trước; 0 là chính ngày ấy hoặc ngày làm việc kế tiếp."""
    step = timedelta(days=1 if count >= 0 else -1)
    while not is_working(day):
        day += step
    for _index in range(abs(count)):
        day += step
        while not is_working(day):
            day += step
    return day
