"""Hạn mức đếm chung: hai tiến trình không được gấp đôi; sang cửa sổ sau thì đếm lại; khóa lâu không gọi thì dọn."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tinhgon.core import clock, rates
from tinhgon.core.models import Rate

AT = datetime(2026, 7, 1, 8, 0, 30, tzinfo=UTC)


def test_two_workers_share_one_allowance(committed_db, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)

    def worker(_number: int) -> int:
        try:
            return sum(rates.within("mã 7", most=50, seconds=60) for _call in range(40))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(worker, range(2))) == 50


@pytest.mark.django_db
def test_the_next_window_begins_again_and_no_key_spends_anothers(monkeypatch):
    now = [AT]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    assert [rates.within("a", most=1, seconds=60) for _call in range(2)] == [True, False]
    assert rates.within("b", most=1, seconds=60)
    now[0] += timedelta(seconds=31)
    assert rates.within("a", most=1, seconds=60)
    now[0] += timedelta(days=3)
    assert rates.within("c", most=1, seconds=60)
    assert list(Rate.objects.values_list("key", flat=True)) == ["c"]
