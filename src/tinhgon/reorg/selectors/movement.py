"""Ai nhận gì, ai thấy thêm hay thôi thấy gì, và sổ cái đã ghi."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q

from tinhgon.org import holdings
from tinhgon.org.models import LedgerRow
from tinhgon.org.models.handover import Direction
from tinhgon.reorg import checks, plan
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.selectors.inventory import Item, titles_of


@dataclass(frozen=True, slots=True)
class Transfer:
    """Một đơn vị giao cho một đơn vị nhận: số mục, số mục gộp, số mục mật."""

    from_unit_id: int
    from_unit: str
    to_unit_id: int
    to_unit: str
    items: int
    joined: int
    secret: int


def transfers(reorg: Reorganisation, direction: str = Direction.APPLY, *, unit_id: int | None = None) -> list[Transfer]:
    """Tổng hợp kế hoạch theo cặp giao - nhận."""
    rows = plan.rows_of(reorg, direction).filter(to_unit__isnull=False).exclude(outcome="stay")
    if unit_id:
        rows = rows.filter(Q(from_unit=unit_id) | Q(to_unit=unit_id))
    grouped = list(
        rows.values("from_unit", "to_unit")
        .annotate(n=Count("id"), joined=Count("id", filter=Q(outcome="join")), secret=Count("id", filter=Q(secrecy__gt=0)))
        .order_by("-n")
    )
    names = checks.unit_names([u for row in grouped for u in (row["from_unit"], row["to_unit"])], reorg)
    return [
        Transfer(r["from_unit"], names[r["from_unit"]], r["to_unit"], names[r["to_unit"]], r["n"], r["joined"], r["secret"])
        for r in grouped
    ]


@dataclass(frozen=True, slots=True)
class Sight:
    """Tầm nhìn đổi thế nào ở một cặp giao - nhận: số người thôi thấy, số người thấy thêm, trên bao nhiêu mục."""

    from_unit_id: int
    to_unit_id: int
    items: int
    secret: int
    losing: int
    gaining: int


_SIGHT = """
WITH pair AS (
    SELECT from_unit_id, to_unit_id, count(*) AS items, count(*) FILTER (WHERE secrecy > 0) AS secret
    FROM org_plan_row
    WHERE handover_id = %(handover)s AND direction = %(direction)s AND to_unit_id IS NOT NULL AND outcome IN ('move', 'join')
      AND kind <> 'org.appointment'
    GROUP BY 1, 2
), before AS (
    SELECT DISTINCT po.unit_id, a.person_id FROM org_appointment a JOIN org_post po ON po.id = a.post_id
    WHERE a.valid @> %(eve)s::date AND NOT po.is_pool AND po.role = ANY(%(seeing)s)
), after AS (
    SELECT p.to_unit_id AS unit_id, a.person_id FROM org_plan_row p
    JOIN org_appointment a ON a.id = p.item_id JOIN org_post po ON po.id = a.post_id
    WHERE p.handover_id = %(handover)s AND p.direction = %(direction)s AND p.kind = 'org.appointment'
      AND p.to_unit_id IS NOT NULL AND NOT po.is_pool AND po.role = ANY(%(seeing)s)
    UNION
    SELECT b.unit_id, b.person_id FROM before b
    WHERE NOT EXISTS (SELECT 1 FROM org_plan_row p JOIN org_appointment a ON a.id = p.item_id
                      WHERE p.handover_id = %(handover)s AND p.direction = %(direction)s AND p.kind = 'org.appointment'
                      AND p.from_unit_id = b.unit_id AND a.person_id = b.person_id)
)
SELECT pair.from_unit_id, pair.to_unit_id, pair.items, pair.secret,
       (SELECT count(*) FROM before b WHERE b.unit_id = pair.from_unit_id
        AND NOT EXISTS (SELECT 1 FROM after x WHERE x.unit_id = pair.to_unit_id AND x.person_id = b.person_id)),
       (SELECT count(DISTINCT x.person_id) FROM after x WHERE x.unit_id = pair.to_unit_id
        AND NOT EXISTS (SELECT 1 FROM before b WHERE b.unit_id = pair.from_unit_id AND b.person_id = x.person_id))
FROM pair ORDER BY pair.items DESC LIMIT %(limit)s
"""


def sight(reorg: Reorganisation, direction: str = Direction.APPLY, *, limit: int = 500) -> list[Sight]:
    """Người giữ vị trí thấy cả đơn vị, trước và sau, theo cặp giao - nhận. Độ mật không bao giờ nới: vẫn theo vị trí."""
    seeing = ["unit_head", "office_head", "standing_committee", "organisation_board"]
    day = reorg.effective_on if direction == Direction.APPLY else reorg.undo_on or reorg.effective_on
    with connection.cursor() as cursor:
        cursor.execute(
            _SIGHT, {"handover": reorg.handover_id, "direction": direction, "eve": day, "seeing": seeing, "limit": limit}
        )
        return [Sight(*row) for row in cursor.fetchall()]


def ledger(
    reorg: Reorganisation, *, kind: str = "", unit_id: int | None = None, outcome: str = "",
    direction: str = Direction.APPLY, within: Collection[int] | None = None, offset: int = 0, limit: int = 50,
) -> tuple[list[Item], int]:  # fmt: skip
    """(dòng sổ cái của trang, tổng số), theo thứ tự ghi. ``within``: chỉ mục các đơn vị ấy giao hay nhận."""
    rows = LedgerRow.objects.filter(handover=reorg.handover_id, direction=direction)
    if within is not None:
        rows = rows.filter(Q(from_unit__in=within) | Q(to_unit__in=within))
    if kind:
        rows = rows.filter(kind=kind)
    if unit_id:
        rows = rows.filter(Q(from_unit=unit_id) | Q(to_unit=unit_id))
    if outcome:
        rows = rows.filter(outcome=outcome)
    return ledger_items(reorg, list(rows.order_by("pk")[offset : offset + limit])), rows.count()


def ledger_items(reorg: Reorganisation, rows: Sequence[LedgerRow]) -> list[Item]:
    """Các dòng sổ cái kèm tên mục và tên đơn vị."""
    names = checks.unit_names([u for row in rows for u in (row.from_unit_id, row.to_unit_id) if u], reorg)
    titles = titles_of([(row.kind, row.item_id) for row in rows])
    return [
        Item(
            row.kind, str(holdings.holding(row.kind).label), row.item_id, titles.get((row.kind, row.item_id), ""),
            row.from_unit_id, names[row.from_unit_id], row.to_unit_id, names.get(row.to_unit_id or 0, ""),
            None, row.outcome, row.rule,
        )
        for row in rows
    ]  # fmt: skip
