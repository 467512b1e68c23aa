"""Nhiều văn thư cùng rút số, qua cả lúc khóa sổ: không trùng, không đứt, sổ đã khóa không rút thêm."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from django.db import close_old_connections, connection

from tinhgon.core.errors import Refused
from tinhgon.documents import services
from tinhgon.documents.models import Document, NumberSeries
from tinhgon.documents.tests.factories import TODAY, Office

CLERKS = 32
EACH = 4


def test_32_clerks_draw_at_once_without_a_duplicate_or_a_gap(committed_db):
    office = Office()
    ready = [office.sent().pk for _n in range(CLERKS)]
    start = threading.Barrier(CLERKS)
    with ThreadPoolExecutor(CLERKS) as pool:
        list(pool.map(lambda pk: _draw(office, [pk], start), ready))
    numbers = sorted(Document.objects.filter(state=Document.State.REGISTERED).values_list("number", flat=True))
    assert numbers == list(range(1, CLERKS + 1))
    assert NumberSeries.objects.get(last_number__gt=0).last_number == CLERKS


def test_drawing_across_the_closing_of_a_book_stops_at_its_last_number(committed_db):
    office = Office()
    first = office.issued()
    ready = [[office.sent().pk for _m in range(EACH)] for _n in range(8)]
    start = threading.Barrier(len(ready) + 1)
    with ThreadPoolExecutor(len(ready) + 1) as pool:
        closing = pool.submit(_close, first.series_id, start)
        outcomes = list(pool.map(lambda ids: _draw(office, ids, start), ready))
        last = closing.result()
    drawn, refused = sum(o[0] for o in outcomes), sum(o[1] for o in outcomes)
    assert drawn + refused == len(ready) * EACH
    numbers = sorted(Document.objects.filter(series=first.series_id).values_list("number", flat=True))
    assert numbers == list(range(1, drawn + 2))
    assert NumberSeries.objects.get(pk=first.series_id).last_number == last == drawn + 1


def test_registering_across_midnight_of_new_year_opens_one_new_book_from_01(committed_db):
    office = Office()
    days = [date(2025, 12, 31), date(2026, 1, 1)] * (CLERKS // 2)
    start = threading.Barrier(CLERKS)
    with ThreadPoolExecutor(CLERKS) as pool:
        list(pool.map(lambda day: _register(office, day, start), days))
    books = {series.year: series for series in NumberSeries.objects.filter(direction="incoming")}
    assert set(books) == {2025, 2026}
    for book in books.values():
        assert sorted(book.documents.values_list("number", flat=True)) == list(range(1, CLERKS // 2 + 1))


def _register(office: Office, day: date, start: threading.Barrier) -> None:
    try:
        start.wait(timeout=60)
        office.incoming(on=day)
    finally:
        connection.close()


def _draw(office: Office, document_ids: list[int], start: threading.Barrier) -> tuple[int, int]:
    """(số đã rút, số lần bị từ chối)."""
    close_old_connections()
    drawn = refused = 0
    try:
        start.wait(timeout=60)
        for document_id in document_ids:
            try:
                services.issue(office.clerk, on=TODAY, document_id=document_id)
                drawn += 1
            except Refused:
                refused += 1
    finally:
        connection.close()
    return drawn, refused


def _close(series_id: int, start: threading.Barrier) -> int:
    """Khóa sổ giữa chừng như một đợt chuyển giao; trả về số cuối lúc khóa."""
    try:
        start.wait(timeout=60)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.15)")
            cursor.execute(
                "UPDATE documents_number_series SET closed_on = %s WHERE id = %s RETURNING last_number", [TODAY, series_id]
            )
            return cursor.fetchone()[0]
    finally:
        connection.close()
