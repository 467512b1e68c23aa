"""Đồng hồ: giờ thật ngoài thế giới mẫu; trong thế giới mẫu dời được, và vẫn chạy."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tinhgon.core import clock
from tinhgon.core.models import DemoClock

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
CHANGE_DAY = datetime(2025, 7, 1, 7, 30, tzinfo=VIETNAM)
A_MOMENT = timedelta(seconds=5)

pytestmark = pytest.mark.django_db


def real_now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


@pytest.fixture(autouse=True)
def _fresh_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_cached", (-1e9, timedelta()))


def test_outside_the_demo_the_clock_is_real_and_cannot_be_moved(settings) -> None:
    settings.DEMO = False
    DemoClock.objects.create(pk=1, offset=timedelta(days=-400))
    assert abs(clock.now() - real_now()) < A_MOMENT
    with pytest.raises(RuntimeError):
        clock.set_demo_time(CHANGE_DAY)
    assert DemoClock.objects.get().offset == timedelta(days=-400)


def test_the_demo_clock_starts_where_it_is_set_and_goes_on_from_there(settings) -> None:
    settings.DEMO = True
    clock.set_demo_time(CHANGE_DAY)
    first = clock.now()
    assert timedelta() <= first - CHANGE_DAY < A_MOMENT
    assert clock.now() > first
    assert clock.today() == CHANGE_DAY.date()


def test_moving_the_demo_clock_again_replaces_the_first_move(settings) -> None:
    settings.DEMO = True
    clock.set_demo_time(CHANGE_DAY)
    clock.set_demo_time(CHANGE_DAY + timedelta(days=30))
    assert clock.today() == (CHANGE_DAY + timedelta(days=30)).date()
    assert DemoClock.objects.count() == 1


def test_another_process_moving_the_clock_is_seen_within_a_second(settings, monkeypatch) -> None:
    settings.DEMO = True
    clock.set_demo_time(CHANGE_DAY)
    clock.now()
    DemoClock.objects.update(offset=timedelta())
    monkeypatch.setattr(clock, "_REREAD_AFTER", 0.0)
    assert abs(clock.now() - real_now()) < A_MOMENT


def test_the_day_is_the_day_in_vietnam(settings) -> None:
    settings.DEMO = True
    clock.set_demo_time(datetime(2025, 6, 30, 17, 30, tzinfo=UTC))  # 00:30 ngày 01/07 ở Việt Nam
    assert clock.today() == datetime(2025, 7, 1, tzinfo=VIETNAM).date()
