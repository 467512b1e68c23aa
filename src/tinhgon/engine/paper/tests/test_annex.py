"""Phụ lục và bảng: gõ bằng chữ thường, in thành trang mới sau phần ký, có trong cả PDF lẫn Word."""

from dataclasses import replace
from io import BytesIO

import pypdfium2 as pdfium
from docx import Document

from tinhgon.engine.paper import tables, to_docx, to_pdf
from tinhgon.engine.paper.blocks import BlockKind, blocks
from tinhgon.engine.paper.tests.samples import PARTY, PLAN

TITLES = tables.row(("TT", "Họ và tên", "Vị trí mới"))
ANNEX = ("DANH SÁCH", TITLES, *(tables.row((number, "Lê Thị Thử", "Chuyên viên | tổng hợp")) for number in range(1, 61)), "Danh sách có 60 người.")
PAPER = replace(PLAN, body=PLAN.body[:4], annex=ANNEX, annex_note="Kèm theo Kế hoạch số 09-KH/ĐU")


def test_the_text_is_cut_at_the_line_of_equal_signs_and_joined_back_the_same() -> None:
    text = "Một.\nHai.\n===\nDANH SÁCH\n| a | b |"
    body, annex = tables.split(text.split("\n"))
    assert (body, annex) == (("Một.", "Hai."), ("DANH SÁCH", "| a | b |"))
    assert tables.joined(body, annex) == text
    assert tables.split(["Một."]) == (("Một.",), ())


def test_rows_side_by_side_are_one_table_with_equally_many_cells() -> None:
    (first, table, last) = blocks(["Trước", "| a | b |", "| c |", "Sau"])
    assert (table.kind, table.rows) == (BlockKind.TABLE, (("a", "b"), ("c", "")))
    assert (first.text, last.text) == ("Trước", "Sau")


def test_the_columns_fill_the_text_width_and_a_narrow_one_stays_narrow() -> None:
    found = tables.widths([tables.cells(line) for line in ANNEX[1:-1]], 12, 165)
    assert abs(sum(found) - 165) < 0.1
    assert found[0] < 15


def test_the_annex_begins_a_page_after_the_signature_and_repeats_its_titles() -> None:
    pages = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(to_pdf(PAPER, PARTY))]
    assert "Nguyễn Văn Mẫu" in pages[0]
    assert "DANH SÁCH" not in pages[0]
    assert pages[1].index("DANH SÁCH") < pages[1].index("Kèm theo Kế hoạch số 09-KH/ĐU") < pages[1].index("Họ và tên")
    assert "Họ và tên" in pages[2]
    assert "Danh sách có 60 người." in pages[-1]


def test_word_holds_the_same_table() -> None:
    table = Document(BytesIO(to_docx(PAPER, PARTY))).tables[-1]
    assert len(table.rows) == 61
    assert [cell.text for cell in table.rows[1].cells] == ["1", "Lê Thị Thử", "Chuyên viên / tổng hợp"]
