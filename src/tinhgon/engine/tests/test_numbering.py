"""Số và ký hiệu trên văn bản của Đảng (HD 36-HD/VPTW mục 1.3; HD 05-HD/VPTW)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.engine.numbering import Printed, line, parse, symbol


@pytest.mark.parametrize(
    ("number", "abbreviation", "organ", "printed"),
    [
        (9, "CV", "VPTU", "09-CV/VPTU"),  # dưới 10 có số 0
        (15, "CV", "VPTU", "15-CV/VPTU"),
        (127, "QĐ", "TW", "127-QĐ/TW"),
    ],
)
def test_symbol_is_number_hyphen_type_slash_organ(number, abbreviation, organ, printed):
    assert symbol(number, abbreviation, organ) == printed


def test_a_late_insertion_carries_its_letter():
    assert symbol(12, "CV", "VPTU", suffix="a") == "12a-CV/VPTU"


def test_a_draft_leaves_the_place_of_the_number_blank():
    assert line(None, "NQ", "ĐU") == "Số       -NQ/ĐU"
    assert line(9, "CV", "VPTU") == "Số 09-CV/VPTU"
    assert parse(line(None, "NQ", "ĐU")) == Printed(None, "", "NQ", "ĐU")


@pytest.mark.parametrize(
    "text",
    [
        "Số 09-CV/VPTU",
        "Số: 09 – CV / VPTU",
        "9-CV/VPTU",
        "Số 9 —CV/VPTU ",
        unicodedata.normalize("NFD", "Số 09-CV/VPTU"),
    ],
)
def test_a_scanned_symbol_is_read_despite_colon_long_dash_and_spaces(text):
    assert parse(text) == Printed(9, "", "CV", "VPTU")


@pytest.mark.parametrize(
    "text", ["", "Số", "15/CV-VP", "Số 00-CV/VPTU", "Số 15-cv/VPTU", "Số 15-CV/", "Số 15-CV/VPTU ngày 5"]
)
def test_what_is_not_a_party_symbol_is_not_read(text):
    assert parse(text) is None


@given(
    st.integers(1, 99_999),
    st.sampled_from(["", "a", "b", "đ"]),
    st.sampled_from(["NQ", "QĐ", "CTr", "TTr", "ĐA", "CV", "BS"]),
    st.sampled_from(["TW", "TU", "VPTU", "ĐU", "UBKTTU", "BCĐTW", "VPĐU", "BTC-TU"]),
)
def test_what_is_printed_is_read_back(number, suffix, abbreviation, organ):
    assert parse(line(number, abbreviation, organ, suffix=suffix)) == Printed(
        number, suffix, abbreviation, organ
    )
