"""Đường đi của một mục qua các lần sắp xếp, đọc từ sổ cái: từ đâu, tới đâu, ngày nào, theo quyết định nào."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection

_MOVES_SQL = """
SELECT l.kind, l.item_id, l.direction, l.from_unit_id, l.to_unit_id, l.outcome, l.rule, l.decree, b.day
FROM org_ledger_row l
JOIN org_batch b ON b.handover_id = l.handover_id AND b.direction = l.direction AND b.number = l.batch
WHERE l.kind = ANY(%(kinds)s) AND l.item_id = ANY(%(items)s)
ORDER BY l.item_id, l.id
"""


@dataclass(frozen=True, slots=True)
class Move:
    """Một dòng sổ cái. ``on``: ngày hiệu lực của chiều ấy."""

    kind: str
    item_id: int
    direction: str
    from_unit_id: int
    to_unit_id: int | None
    outcome: str
    rule: str
    decree: str
    on: date


def moves_of(kinds: Collection[str], item_ids: Collection[int]) -> list[Move]:
    """Mọi lần chuyển của các mục, cũ trước. Một câu SQL."""
    if not item_ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_MOVES_SQL, {"kinds": list(kinds), "items": list(item_ids)})
        return [Move(*row) for row in cursor.fetchall()]
