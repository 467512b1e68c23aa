"""Thẻ và bộ lọc dùng trong mọi mẫu (nạp sẵn, không cần ``load``)."""

from datetime import date, datetime

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """01/07/2025."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return f"{value:%d/%m/%Y}" if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """07:30 01/07/2025."""
    return f"{timezone.localtime(value):%H:%M %d/%m/%Y}" if value else ""


@register.filter
def iso(value: date | datetime | None) -> str:
    """2025-07-01, cho địa chỉ và ô nhập ngày."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return value.isoformat() if value else ""


@register.filter
def local_input(value: datetime | None) -> str:
    """2025-07-01T07:30, giá trị của ô ``datetime-local``."""
    return f"{timezone.localtime(value):%Y-%m-%dT%H:%M}" if value else ""
