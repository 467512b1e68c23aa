"""Ngày trên địa chỉ và trong ô nhập: nhận cả 2025-07-01 lẫn 01/07/2025."""

from datetime import date

from django.utils.dateparse import parse_date


def parse_day(text: str) -> date | None:
    """Ngày, hoặc ``None`` khi chữ nhập không phải một ngày."""
    text = text.strip()
    parts = text.split("/")
    if len(parts) == 3:
        text = f"{parts[2]:0>4}-{parts[1]:0>2}-{parts[0]:0>2}"
    try:
        return parse_date(text)
    except ValueError:
        return None
