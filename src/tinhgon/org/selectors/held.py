"""Một đơn vị đang giữ bao nhiêu, theo loại: con số, không nội dung."""

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
