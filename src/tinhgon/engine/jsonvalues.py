"""Hai cách đọc giá trị JSON mà ``placement.decoding`` chưa có: ngày, và số thực hữu hạn."""

import math
from datetime import date
from typing import Any

from tinhgon.engine.placement.decoding import Read
from tinhgon.engine.placement.model import Refused


def day(value: Any, where: str) -> date:
    """``2026-07-01``."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Refused("not_day", where=where, value=value) from error


def number(least: float, most: float) -> Read:
    """Số thực trong khoảng; đúng sai không phải là số."""

    def read(value: Any, where: str) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Refused("not_number", where=where)
        if not math.isfinite(value) or not least <= value <= most:
            raise Refused("out_of_range", where=where, value=value, least=least, most=most)
        return float(value)

    return read
