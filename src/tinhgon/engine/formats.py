"""Cách viết số và ngày của văn bản tiếng Việt, cho giấy tờ in; trang web dùng định dạng của Django."""

from datetime import date
from decimal import Decimal

_SWAP = str.maketrans(",.", ".,")


def format_number(value: int | float | Decimal, decimals: int | None = None) -> str:
    """``1.234,5``: chấm hàng nghìn, phẩy thập phân. ``decimals``: số chữ số lẻ; bỏ trống thì viết đủ như giá trị."""
    exact = Decimal(str(value))
    text = f"{exact:,f}" if decimals is None else f"{exact:,.{decimals}f}"
    if text.startswith("-") and not text.strip("-0,."):
        text = text[1:]
    return text.translate(_SWAP)


def format_date(day: date) -> str:
    """``05/03/2026``."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def day_said(day: date | None) -> str:
    """Như ``format_date``; không có ngày thì không nói gì."""
    return format_date(day) if day else ""


def document_date(day: date) -> str:
    """``ngày 05 tháng 3 năm 2026``: ngày dưới 10 và tháng 1, 2 có số 0 phía trước, tháng khác thì không."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
