"""Ngữ cảnh của một câu: ai viết, gửi ai, ngày nào."""

import random
from datetime import date, timedelta
from functools import cache

_QUARTERS = ("I", "II", "III", "IV")


@cache
def dates(on: date) -> dict[str, str]:
    """Các chỗ trống chỉ phụ thuộc ngày. Nửa đầu tháng còn báo cáo kỳ trước, nửa sau đã nói kỳ này."""
    period = on - timedelta(days=on.day) if on.day < 12 else on
    return {
        "thang": _month(period),
        "thang_sau": _month((period.replace(day=1) + timedelta(days=32)).replace(day=1)),
        "quy": f"quý {_QUARTERS[(period.month - 1) // 3]}/{period.year}",
        "tuan": str(on.isocalendar().week),
    }


def _month(day: date) -> str:
    return f"tháng {day.month:02d}/{day.year}" if day.month < 3 else f"tháng {day.month}/{day.year}"


def moment(rng: random.Random, on: date) -> dict[str, str]:
    """Các chỗ trống theo ngày, với một ngày gần đó và một thời hạn."""
    return dates(on) | {
        "ngay_gan": written(_weekday_before(on, rng.randint(0, 6))),
        "ngay_han": written(weekday_after(on, rng.randint(4, 21))),
        "so_nho": str(rng.randint(1, 12)),
    }


def written(day: date) -> str:
    """Ngày viết theo cách của văn phòng Đảng: ngày dưới 10 và tháng 1, 2 có số 0 ở trước (domain §1.4)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def weekday_after(on: date, days: int) -> date:
    found = on + timedelta(days=days)
    return found + timedelta(days=7 - found.weekday()) if found.weekday() > 4 else found


def _weekday_before(on: date, days: int) -> date:
    found = on - timedelta(days=days)
    return found - timedelta(days=max(0, found.weekday() - 4))
