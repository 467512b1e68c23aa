"""Sổ in ra đọc lại được: đúng cột, đúng thứ tự, mỗi số một lần, trang kết nêu tổng số và lời giải thích."""

import io

import openpyxl
import pypdfium2 as pdfium
import pytest

from tinhgon.core.errors import Invalid, NotFound
from tinhgon.documents import services
from tinhgon.documents.printing import book_of, write_pdf, write_xlsx
from tinhgon.documents.printing.sheet import HEADING_ROWS
from tinhgon.documents.tests.factories import TODAY


def sheet_rows(book) -> list[list[str]]:
    out = io.BytesIO()
    write_xlsx(book, out)
    sheet = openpyxl.load_workbook(out).worksheets[0]
    return [[cell or "" for cell in row] for row in sheet.iter_rows(min_row=HEADING_ROWS + 1, values_only=True)]


def pdf_text(book) -> list[str]:
    out = io.BytesIO()
    write_pdf(book, out)
    pdf = pdfium.PdfDocument(out.getvalue())
    return [page.get_textpage().get_text_bounded() for page in pdf]


def test_the_incoming_book_has_the_official_columns_and_every_number_once(office):
    made = [office.incoming(summary=f"=Báo cáo thứ {n}") for n in range(12)]
    services.void(office.clerk, on=TODAY, document_id=made[4].pk, reason="Vào sổ nhầm")
    book = book_of(office.clerk, made[0].series_id, on=TODAY)
    head, *rows = sheet_rows(book)
    assert head[:7] == [
        "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung", "Đơn vị hoặc người nhận",
    ]  # fmt: skip
    assert [row[1] for row in rows] == [f"{n:02d}" for n in range(1, 13)]
    assert rows[4][-1] == "Đã hủy số: Vào sổ nhầm"
    opening, *pages, closing = pdf_text(book)
    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN" in opening
    assert "Từ số 01 đến số 12" in opening
    assert "Sổ này ghi 12 văn bản, từ số 01 đến số 12." in closing.replace("\r\n", " ")
    assert "Vào sổ nhầm" in closing
    assert all("Tác giả" in page for page in pages)


def test_a_period_that_leaves_numbers_out_never_claims_they_are_in_a_row(office):
    days = [TODAY, TODAY.replace(day=10), TODAY]
    made = [office.incoming(arrived_on=day, issued_on=day) for day in days]
    closing = pdf_text(book_of(office.clerk, made[0].series_id, on=TODAY, since=TODAY))[-1]
    assert "Sổ này ghi 2 văn bản, từ số 01 đến số 03." in closing
    assert "liền nhau" not in closing
    assert "liền nhau" in pdf_text(book_of(office.clerk, made[0].series_id, on=TODAY))[-1]


def test_a_period_prints_only_its_days(office):
    document = office.incoming()
    book = book_of(office.clerk, document.series_id, on=TODAY, since=TODAY, until=TODAY)
    assert book.entries == 1
    assert book_of(office.clerk, document.series_id, on=TODAY, until=TODAY.replace(day=1)).entries == 0
    with pytest.raises(Invalid):
        book_of(office.clerk, document.series_id, on=TODAY, since=TODAY, until=TODAY.replace(day=1))


def test_a_book_is_printed_only_in_a_form_that_fits_it_and_by_who_may_see_it(office):
    document = office.incoming()
    with pytest.raises(Invalid):
        book_of(office.clerk, document.series_id, on=TODAY, kind="sao")
    with pytest.raises(NotFound):
        book_of(office.north_clerk, document.series_id, on=TODAY)


@pytest.mark.parametrize("kind", ["chuyen-giao", "theo-doi"])
def test_the_handover_book_has_a_row_for_every_receiver(office, kind):
    document = office.incoming()
    services.route(office.head, on=TODAY, document_id=document.pk, lead_id=office.board, for_information=[office.north])
    _head, *rows = sheet_rows(book_of(office.clerk, document.series_id, on=TODAY, kind=kind))
    assert len(rows) == (2 if kind == "chuyen-giao" else 1)
    assert "Ban Tổ chức Thành ủy" in " ".join(rows[0])
