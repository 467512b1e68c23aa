"""Bảng đọc được dù lưu kiểu nào; bảng hỏng thì nêu mọi chỗ hỏng."""

import io
import unicodedata
from datetime import date

import pytest
from openpyxl import Workbook

from tinhgon.engine.tables import TableError, read_table, write_csv, write_xlsx

LINES = "mã,tên,cấp trên\n00004,Đảng ủy phường Bến Nghé,TU\n00013,Đảng ủy phường Đa Kao,TU\n"
WANTED = [
    (2, {"mã": "00004", "tên": "Đảng ủy phường Bến Nghé", "cấp trên": "TU"}),
    (3, {"mã": "00013", "tên": "Đảng ủy phường Đa Kao", "cấp trên": "TU"}),
]


def windows_1258(text: str) -> bytes:
    """Windows-1258 viết dấu thanh rời sau nguyên âm; Python không tự tách khi ghi."""
    out = []
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tones = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones))
        out.append(base + tones)
    return "".join(out).encode("windows-1258")


def codes(data: bytes, **options) -> list[tuple[str, int]]:
    with pytest.raises(TableError) as refused:
        read_table(data, **options)
    return [(problem.code, problem.row) for problem in refused.value.problems]


def workbook(*lines, merge=(), formats=()) -> bytes:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    for area in merge:
        book.active.merge_cells(area)
    for cell, number_format in formats:
        book.active[cell].number_format = number_format
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        LINES.encode(),
        LINES.encode("utf-8-sig"),
        LINES.encode("utf-16"),
        LINES.encode("utf-16-le"),
        b"\xfe\xff" + LINES.encode("utf-16-be"),
        windows_1258(LINES),
        unicodedata.normalize("NFD", LINES).encode(),
        LINES.replace(",", ";").encode(),
        LINES.replace(",", "\t").encode(),
        LINES.replace("\n", "\r\n").encode(),
        LINES.replace("phường", "phường\u00a0").replace("tên", "\u200btên").encode(),
    ],
)
def test_the_same_rows_come_from_every_encoding_and_delimiter(data):
    assert list(read_table(data).rows) == WANTED


def test_the_separator_excel_writes_on_the_first_line_is_obeyed():
    table = read_table(("sep=;\n" + LINES.replace(",", ";")).encode())
    assert [cells for _n, cells in table.rows] == [cells for _n, cells in WANTED]
    assert table.rows[0][0] == 3


def test_text_in_an_old_font_encoding_is_refused_rather_than_misread():
    assert codes("m·,tªn\n1,V¨n phßng §¶ng uû ph­êng\n".encode("latin-1")) == [("encoding", 0)]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty"), (b"\n\n", "empty"), (b"\xd0\xcf\x11\xe0" + b"x" * 9, "old_excel"), (b"PK\x03\x04 rong", "broken_excel"),
     (b"a,b\n1,\x01\x02\n", "binary")],
)  # fmt: skip
def test_a_file_that_is_no_table_says_what_it_is(data, code):
    assert codes(data) == [(code, 0)]


def test_every_problem_of_a_table_is_named_with_its_row():
    found = codes("mã,Mã,tên\n1,2,a\n3,4,b,thừa\n5,6,c,,thừa\n".encode())
    assert found == [
        ("repeated_column", 1),
        ("repeated_column", 1),
        ("too_many_cells", 3),
        ("too_many_cells", 4),
    ]


def test_a_quote_never_closed_is_named_with_its_row():
    assert codes('mã,tên\n1,a\n2,"b\n3,c\n'.encode()) == [("broken_quotes", 3)]


def test_lines_above_the_header_are_skipped_when_the_headers_are_known():
    data = workbook(["DANH SÁCH ĐƠN VỊ"], [], ["Mã", "Tên"], ["1", "a"], merge=["A1:B1"])
    table = read_table(data, known=("ma", "ten"))
    assert table.columns == ("Mã", "Tên")
    assert table.rows == ((4, {"Mã": "1", "Tên": "a"}),)


def test_a_table_without_any_known_header_says_so():
    assert codes("một,hai\n1,2\n".encode(), known=("mã", "tên")) == [("no_header", 0)]


def test_cells_merged_downwards_fill_every_row_they_cover():
    data = workbook(["huyện", "xã"], ["Quận 1", "a"], [None, "b"], ["Quận 3", "c"], merge=["A2:A3"])
    assert [cells["huyện"] for _n, cells in read_table(data).rows] == ["Quận 1", "Quận 1", "Quận 3"]


def test_cells_merged_sideways_inside_the_data_are_refused():
    data = workbook(["a", "b", "c"], ["1", None, "3"], merge=["A2:B2"])
    assert codes(data) == [("merged_across", 2)]


def test_numbers_dates_and_padded_codes_of_excel_read_as_people_see_them():
    data = workbook(["mã", "số", "ngày"], [4, 12.0, date(2025, 7, 1)], formats=[("A2", "00000")])
    assert read_table(data).rows[0][1] == {"mã": "00004", "số": "12", "ngày": "2025-07-01"}


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_what_is_written_reads_back_the_same(write):
    columns, rows = (
        ("mã", "tên", "ngày"),
        [("00004", "=cộng(1)", date(2025, 7, 1)), ("-5", 'Phường "Một", Hai', None)],
    )
    table = read_table(write(columns, rows))
    assert [tuple(cells.values()) for _n, cells in table.rows] == [
        ("00004", "=cộng(1)", "2025-07-01"), ("-5", 'Phường "Một", Hai', ""),
    ]  # fmt: skip
