"""Cách viết số và ngày (HD 05-HD/VPTW)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.engine.formats import document_date, format_date, format_number


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0, None, "0"),
        (999, None, "999"),
        (1_250_000_000, None, "1.250.000.000"),
        (1234.5, None, "1.234,5"),
        (Decimal("1234.50"), None, "1.234,50"),
        (1234.56, 1, "1.234,6"),
        (-1234.5, None, "-1.234,5"),
        (-0.04, 1, "0,0"),
        (1e-7, None, "0,0000001"),
        (92, 1, "92,0"),
    ],
)
def test_thousands_take_a_dot_and_decimals_a_comma(value: float, decimals: int | None, written: str) -> None:
    assert format_number(value, decimals) == written


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_a_written_number_reads_back(value: Decimal) -> None:
    assert Decimal(format_number(value).replace(".", "").replace(",", ".")) == value


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 3, 5), "ngày 05 tháng 3 năm 2026"),
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 5, 27), "ngày 27 tháng 5 năm 2026"),
        (date(2026, 12, 1), "ngày 01 tháng 12 năm 2026"),
    ],
)
def test_a_document_pads_days_under_ten_and_only_the_first_two_months(day: date, written: str) -> None:
    assert document_date(day) == written


def test_a_short_date_is_day_month_year() -> None:
    assert format_date(date(2026, 3, 5)) == "05/03/2026"
