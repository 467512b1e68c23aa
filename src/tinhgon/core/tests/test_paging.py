"""Danh sách theo trang: không dòng nào mất hay lặp giữa hai trang, số đếm có mức dừng."""

from datetime import date, timedelta

import pytest

from tinhgon.core import paging
from tinhgon.core.models import CalendarOverride
from tinhgon.core.paging import paginate

pytestmark = pytest.mark.django_db


def put(count: int) -> None:
    CalendarOverride.objects.bulk_create(
        CalendarOverride(day=date(2020, 1, 1) + timedelta(days=n), is_working=True, note="như nhau")
        for n in range(count)
    )


def test_rows_that_sort_alike_are_neither_lost_nor_repeated_between_pages() -> None:
    put(23)
    rows = CalendarOverride.objects.order_by("note")
    seen = [row.pk for number in (1, 2, 3) for row in paginate(rows, number=number, size=10).items]
    assert len(seen) == len(set(seen)) == 23


def test_a_page_says_where_it_stands() -> None:
    put(23)
    page = paginate(CalendarOverride.objects.all(), number=3, size=10)
    assert (page.first, page.last, page.total, page.pages, page.capped) == (21, 23, 23, 3, False)


@pytest.mark.parametrize(("asked", "given"), [(-1, 1), (0, 1), (99, 3)])
def test_a_page_outside_the_list_is_the_nearest_one(asked: int, given: int) -> None:
    put(23)
    assert paginate(CalendarOverride.objects.all(), number=asked, size=10).number == given


def test_an_empty_list_is_one_empty_page() -> None:
    page = paginate(CalendarOverride.objects.all())
    assert (page.items, page.number, page.pages, page.first, page.last, page.total) == ([], 1, 1, 0, 0, 0)


def test_counting_stops_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "COUNT_LIMIT", 10)
    put(11)
    page = paginate(CalendarOverride.objects.all(), number=2, size=5)
    assert (page.total, page.capped, page.pages) == (10, True, 2)


def test_a_page_takes_two_queries(django_assert_num_queries) -> None:
    put(30)
    with django_assert_num_queries(2):
        paginate(CalendarOverride.objects.all())
