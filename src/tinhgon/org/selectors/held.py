"""Đơn vị đang giữ bao nhiêu: theo loại, hay việc đang mở theo chức năng. Chỉ con số, không nội dung."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from tinhgon.org.holdings import all_holdings


def held_counts(unit_id: int, *, on: date) -> list[tuple[object, int]]:
    """(tên loại, số mục) của các loại đơn vị đang giữ, theo thứ tự chuyển giao. Một câu SQL cho mọi loại."""
    holdings = all_holdings()
    if not holdings:
        return []
    counted = " UNION ALL ".join(
        f"SELECT {place} AS place, count(*) AS items FROM ({holding.inventory_sql()}) h{place}"
        for place, holding in enumerate(holdings)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"{counted} ORDER BY place", {"units": [unit_id], "on": on})
        return [(holdings[place].label, items) for place, items in cursor.fetchall() if items]


def open_work(unit_ids: Iterable[int], *, on: date) -> dict[int, dict[int | None, int]]:
    """Đơn vị -> chức năng (``None``: không ghi) -> số việc đang mở. Một câu SQL cho mọi đơn vị và mọi loại."""
    holdings = [holding for holding in all_holdings() if holding.is_work]
    units = sorted(set(unit_ids))
    if not holdings or not units:
        return {}
    every = " UNION ALL ".join(f"SELECT holder_id, function_id FROM ({holding.inventory_sql()}) h{place}" for place, holding in enumerate(holdings))
    found: dict[int, dict[int | None, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT holder_id, function_id, count(*) FROM ({every}) i GROUP BY 1, 2", {"units": units, "on": on})
        for unit, function, count in cursor.fetchall():
            found.setdefault(unit, {})[function] = count
    return found
