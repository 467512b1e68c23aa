"""Sổ cũ: số, ngày, ký hiệu như sổ ghi; cái máy tự sửa thì nói ra, cái không đọc được thì chặn."""

import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.engine.registers import FIELDS, guess_mapping, read_day, read_rows

TODAY = date(2025, 6, 20)
TYPES = {"quyet-dinh": ("Quyết định", "QĐ"), "ke-hoach": ("Kế hoạch", "KH"), "cong-van": ("Công văn", "CV"), "quy-dinh": ("Quy định", "QĐ")}
MAPPING = {"symbol": "ky", "issued_on": "ngay", "summary": "trich"}


def read(*rows: tuple[str, str, str], incoming: bool = False):
    numbered = [(n, {"ky": a, "ngay": b, "trich": c}) for n, (a, b, c) in enumerate(rows, start=2)]
    return read_rows(numbered, MAPPING, incoming=incoming, types=TYPES, today=TODAY)


def codes(found) -> list[str]:
    return [problem.code for problem in found.problems]


def test_the_number_and_type_come_from_the_symbol():
    (entry,) = read(("1707/QĐ-UBND", "15/07/2022", "Công bố thủ tục")).entries
    assert (entry.number, entry.type, entry.year) == (1707, "quyet-dinh", 2022)
    (letter,) = read(("3637/UBND-VX", "20/07/2022", "Triển khai")).entries
    assert letter.type == "cong-van"


def test_a_foreign_d_and_loose_spaces_are_mended_and_said():
    found = read(("1034 /Q\u00d0-UBND", "15/07/2022", "Giao đất"))
    assert found.entries[0].symbol == "1034/QĐ-UBND"
    assert (codes(found), found.blocking) == (["wrong_d", "spaces"], [])


def test_a_summary_without_a_capital_gets_its_first_one():
    found = read(("1/QĐ-UBND", "15/07/2022", "giao đất cho trạm y tế"))
    assert found.entries[0].summary == "Giao đất cho trạm y tế"
    assert codes(found) == ["lower"]


def test_a_repeated_number_is_kept_with_a_letter_and_the_very_same_row_once():
    row = ("80/KH-UBND", "11/07/2022", "Diễn tập")
    found = read(row, row, ("80/KH-UBND", "12/07/2022", "Diễn tập khác"), ("80/KH-UBND", "12/07/2021", "Năm trước"))
    assert [(e.number, e.suffix, e.year) for e in found.entries] == [(80, "", 2022), (80, "a", 2022), (80, "", 2021)]
    assert (codes(found), found.same) == (["same_row", "repeated"], 1)


@pytest.mark.parametrize("row", [("", "1/1/2022", "x"), ("1/QĐ", "32/1/2022", "x"), ("1/QĐ", "", "x"), ("1/QĐ", "1/1/2022", ""), ("1/QĐ", "1/1/2031", "x"), ("QĐ-UB", "1/1/2022", "x")])
def test_what_cannot_be_read_blocks(row):
    found = read(row)
    assert found.blocking
    assert not found.entries


@pytest.mark.parametrize("text", ["20/07/2022", "20-7-2022", "20.7.22", "2022-07-20", "ngày 20 tháng 7 năm 2022", "44762", "2022-07-20 00:00:00"])
def test_a_day_is_read_however_it_was_written(text):
    assert read_day(text) == date(2022, 7, 20)


def test_columns_are_guessed_by_the_names_offices_use():
    found = guess_mapping(["STT", "Số, ký hiệu", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung", "Số đến", "Ngày đến", "Tác giả"])
    assert found["symbol"] == "Số, ký hiệu"
    assert {"issued_on", "summary", "number", "arrived_on", "issuer_name"} <= set(found)
    assert set(found) <= set(FIELDS)


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from(["QĐ", "KH"]), st.dates(date(2020, 1, 1), TODAY), st.text("abc", min_size=1, max_size=3)), max_size=40))
def test_no_two_rows_of_a_book_ever_carry_the_same_number_and_letter(rows):
    found = read(*((f"{n}/{k}-UB", f"{d:%d/%m/%Y}", f"X{text}") for n, k, d, text in rows))
    keys = [(e.year, e.type, e.number, e.suffix) for e in found.entries]
    assert len(keys) == len(set(keys))
    assert len(found.entries) + found.same == len(rows)
    assert all(len(e.suffix) <= 3 for e in found.entries)


def test_the_real_register_of_a_province_reads_without_a_blocking_row(real_data):
    with (real_data / "register/register_sample.csv").open(encoding="utf-8-sig") as file:
        table = list(csv.DictReader(file))
    rows = list(enumerate(table, start=2))
    found = read_rows(rows, guess_mapping(list(table[0])), incoming=False, types=TYPES, today=TODAY)
    assert found.blocking == []
    assert len(found.entries) + found.same == 1500
    assert {"wrong_d", "lower", "spaces", "repeated", "same_row"} <= set(codes(found))
    assert not [e for e in found.entries if "\u00d0" in e.symbol + e.summary]
