"""Nhiều văn thư cùng rút số, qua cả lúc khóa sổ: không trùng, không đứt, sổ đã khóa không rút thêm."""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

from django.db import close_old_connections, connection

from tinhgon.core.errors import Refused
from tinhgon.documents import services
from tinhgon.documents.models import Document, NumberReservation, NumberSeries
from tinhgon.documents.services import issuing, numbers, reserving
from tinhgon.documents.tests.factories import TODAY, Office, document_type

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


def test_64_issuers_over_several_books_with_reservations_voids_and_late_numbers_leave_nothing_unexplained(committed_db):
    office = Office()
    types = [document_type(code).pk for code in ("cong-van", "ke-hoach", "bao-cao")]
    first = {pk: office.issued(type_id=pk) for pk in types}
    ready = [[office.sent(type_id=types[(n + m) % 3]).pk for m in range(3)] for n in range(64)]
    start = threading.Barrier(64)
    with ThreadPoolExecutor(64) as pool:
        list(pool.map(lambda n: _mix(office, n, ready[n], types[n % 3], first[types[(n + 1) % 3]], start), range(64)))
    for series in NumberSeries.objects.filter(direction="outgoing"):
        assert numbers.unexplained(series) == []
        plain = list(series.documents.filter(number_suffix="").values_list("number", flat=True))
        assert len(plain) == len(set(plain))
    assert reserving.release_expired(on=TODAY + timedelta(days=2)) > 0
    late = Document.objects.exclude(number_suffix="")
    assert late.count() == len(set(late.values_list("series", "number", "number_suffix"))) > 0
    for series in NumberSeries.objects.filter(direction="outgoing"):
        assert series.documents.filter(number_suffix="").count() == series.last_number
        assert numbers.unexplained(series) == []


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


def _mix(office: Office, n: int, document_ids: list[int], kind: int, after: Document, start: threading.Barrier) -> None:
    """Một văn thư: giữ một số, cấp một số, chèn một số, dùng hay trả lại số giữ, hủy số vừa cấp."""
    close_old_connections()
    try:
        start.wait(timeout=120)
        kept = reserving.reserve(
            office.clerk, on=TODAY, issuer_id=office.office, type_id=kind, unit_id=office.office, reason="Chờ ký", until=TODAY
        )
        issued = services.issue(office.clerk, on=TODAY, document_id=document_ids[0])
        with contextlib.suppress(Refused):  # mỗi số chèn được từ a tới z, rồi thôi
            issuing.insert_late(
                office.clerk, on=TODAY, document_id=document_ids[1], after=after.number or 0, dated=TODAY, reason="Sót khi vào sổ"
            )
        if n % 4 == 0:
            services.void(office.clerk, on=TODAY, document_id=issued.pk, reason="Nhầm")
        elif n % 4 == 1:
            reserving.release(office.clerk, on=TODAY, reservation_id=kept.pk, reason="Không ký")
        elif n % 4 == 2:
            services.issue(office.clerk, on=TODAY, document_id=document_ids[2], reservation_id=_fits(kept, document_ids[2]))
    finally:
        connection.close()


def _fits(kept: NumberReservation, document_id: int) -> int | None:
    """Số giữ dùng được cho văn bản cùng tên loại; khác tên loại thì rút số mới."""
    return kept.pk if Document.objects.get(pk=document_id).type_id == kept.type_id else None


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
