"""Kế hoạch từng mục: mỗi mục của mỗi đơn vị bị ảnh hưởng có một nơi nhận, theo một quy tắc nêu tên.

Toàn SQL theo tập trên ``org_plan_row``; dùng chung cho đi (cũ -> mới) và hoàn tác (mới -> cũ), chỉ khác chiều của cạnh.
Thứ tự thắng, cụ thể trước: chọn từng mục; quy tắc theo loại và chức năng; theo chức năng; phần chức năng của kế thừa;
theo loại; cả đơn vị; nơi kế thừa duy nhất. Đơn vị chia tách không có dòng cuối, nên không bao giờ tự ánh xạ.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from tinhgon.core import clock
from tinhgon.org import holdings
from tinhgon.org.holdings import Holding
from tinhgon.org.models import Batch, PlanRow
from tinhgon.org.models.handover import Direction, Outcome
from tinhgon.reorg import given, placed
from tinhgon.reorg.models import Reorganisation

ROWS_PER_BATCH = 5_000

_EDGES: dict[str, str] = {
    Direction.APPLY: "SELECT predecessor_id AS unit_id, successor_id AS heir_id, id FROM reorg_planned_succession "
    "WHERE reorganisation_id = %(reorg)s",
    Direction.UNDO: "SELECT successor_id AS unit_id, predecessor_id AS heir_id, id FROM reorg_planned_succession "
    "WHERE reorganisation_id = %(reorg)s",
}

_INSERT = """
WITH edge AS ({edges}),
single AS (
    SELECT unit_id, min(heir_id) AS heir_id FROM edge GROUP BY unit_id HAVING count(*) = 1
), share AS (
    SELECT e.unit_id, f.function_id, min(e.heir_id) AS heir_id
    FROM edge e JOIN reorg_planned_succession_functions f ON f.plannedsuccession_id = e.id
    GROUP BY e.unit_id, f.function_id HAVING count(*) = 1
), rule AS (
    SELECT unit_id, kind, function_id, no_function, heir_id FROM reorg_disposition_rule
    WHERE reorganisation_id = %(reorg)s
), item AS ({inventory})
INSERT INTO org_plan_row
    (handover_id, direction, kind, item_id, from_unit_id, to_unit_id, function_id, secrecy, outcome, rule, content)
SELECT %(handover)s, %(direction)s, %(kind)s, i.item_id, i.holder_id, d.heir_id, i.function_id, i.secrecy,
       CASE WHEN d.heir_id = i.holder_id THEN 'stay' ELSE %(outcome)s END, COALESCE(d.rule, ''), i.content
FROM item i
LEFT JOIN reorg_disposition_override o
       ON o.reorganisation_id = %(reorg)s AND o.kind = %(kind)s AND o.item_id = i.item_id
LEFT JOIN rule kf ON kf.unit_id = i.holder_id AND kf.kind = %(kind)s AND kf.function_id = i.function_id
LEFT JOIN rule af ON af.unit_id = i.holder_id AND af.kind = '' AND af.function_id = i.function_id
LEFT JOIN share sh ON sh.unit_id = i.holder_id AND sh.function_id = i.function_id
LEFT JOIN rule kn ON kn.unit_id = i.holder_id AND kn.kind = %(kind)s AND kn.no_function AND i.function_id IS NULL
LEFT JOIN rule an ON an.unit_id = i.holder_id AND an.kind = '' AND an.no_function AND i.function_id IS NULL
LEFT JOIN rule k ON k.unit_id = i.holder_id AND k.kind = %(kind)s AND k.function_id IS NULL AND NOT k.no_function
LEFT JOIN rule a ON a.unit_id = i.holder_id AND a.kind = '' AND a.function_id IS NULL AND NOT a.no_function
LEFT JOIN single s ON s.unit_id = i.holder_id
CROSS JOIN LATERAL (
    SELECT COALESCE(o.heir_id, kf.heir_id, af.heir_id, sh.heir_id, kn.heir_id, an.heir_id, k.heir_id, a.heir_id,
                    s.heir_id) AS heir_id,
           CASE WHEN o.heir_id IS NOT NULL THEN 'item'
                WHEN kf.heir_id IS NOT NULL THEN 'kind+function'
                WHEN af.heir_id IS NOT NULL THEN 'function'
                WHEN sh.heir_id IS NOT NULL THEN 'share'
                WHEN COALESCE(kn.heir_id, k.heir_id) IS NOT NULL THEN 'kind'
                WHEN COALESCE(an.heir_id, a.heir_id) IS NOT NULL THEN 'unit'
                WHEN s.heir_id IS NOT NULL THEN 'single' END AS rule
) d
WHERE NOT %(keep)s OR NOT EXISTS (
    SELECT 1 FROM org_plan_row q WHERE q.handover_id = %(handover)s AND q.direction = %(direction)s
    AND q.kind = ANY(%(siblings)s) AND q.item_id = i.item_id)
ORDER BY i.item_id
"""


def affected_units(reorg: Reorganisation) -> list[int]:
    """Đơn vị giao khi đi: mọi đơn vị trước có mục phải quyết định nơi nhận (đổi tên, chuyển cấp trên thì không)."""
    return list(
        reorg.successions.exclude(type__in=["renamed", "moved"])
        .order_by("predecessor_id").values_list("predecessor_id", flat=True).distinct()
    )  # fmt: skip


def build(reorg: Reorganisation, *, direction: str, units: list[int], on: date, keep: bool = False) -> None:
    """Dựng lại kế hoạch một chiều, từ ngày ``on``, cho các mục của ``units``. ``keep``: giữ các dòng đã có (hoàn tác: dòng lấy từ sổ cái)."""
    if not keep:
        rows_of(reorg, direction)._raw_delete(using="default")
    for holding in holdings.all_holdings():
        _insert(reorg, holding, direction, units, on, keep)
    if direction == Direction.APPLY:
        placed.carry(reorg, units)
        given.carry(reorg, units)
    for holding in holdings.all_holdings():
        holding.plan_joins(reorg.handover_id, direction)
    if direction == Direction.APPLY:
        for holding in holdings.all_holdings():
            holding.plan_persons(reorg.handover_id)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE org_plan_row")


def refresh(reorg: Reorganisation, *, direction: str, units: list[int]) -> None:
    """Tính lại nơi nhận cho mục của vài đơn vị, ngay sau một quyết định; bản xem trước vẫn dựng lại tất cả."""
    rows = rows_of(reorg, direction).filter(from_unit__in=units)
    undoing = direction == Direction.UNDO
    (rows.exclude(rule="undo") if undoing else rows)._raw_delete(using="default")
    on = clock.today() if undoing else reorg.effective_on
    for holding in holdings.all_holdings():
        _insert(reorg, holding, direction, units, on, keep=undoing)
    if not undoing:
        placed.carry(reorg, units)
        given.carry(reorg, units)
    if undoing:
        for holding in holdings.all_holdings():
            holding.plan_joins(reorg.handover_id, direction)


_FROM_LEDGER = """
INSERT INTO org_plan_row
    (handover_id, direction, kind, item_id, from_unit_id, to_unit_id, secrecy, outcome, rule, content, detail)
SELECT DISTINCT ON (l.item_id) l.handover_id, 'undo', l.kind, l.item_id,
       COALESCE(b.to_unit_id, l.to_unit_id, l.from_unit_id),
       l.from_unit_id, 0, CASE l.outcome WHEN 'move' THEN 'move' WHEN 'open' THEN 'end' ELSE 'reopen' END, 'undo', pr.content, l.detail
FROM org_ledger_row l JOIN ({present}) pr ON pr.item_id = l.item_id
LEFT JOIN (
    SELECT DISTINCT ON (item_id) item_id, to_unit_id FROM org_ledger_row
    WHERE handover_id = %(handover)s AND direction = 'undo' AND kind = %(kind)s ORDER BY item_id, id DESC
) b ON b.item_id = l.item_id
WHERE l.handover_id = %(handover)s AND l.direction = 'apply' AND l.kind = %(kind)s
  AND (l.outcome <> 'move' OR pr.holder_id = COALESCE(b.to_unit_id, l.to_unit_id))
  AND b.to_unit_id IS DISTINCT FROM l.from_unit_id{still}
ORDER BY l.item_id
"""


def build_undo(reorg: Reorganisation, *, units: list[int], on: date) -> None:
    """Kế hoạch hoàn tác từ ngày ``on``: mục còn ở nơi đã nhận thì về lại; việc mới của ``units`` (đơn vị sẽ khóa) cần nơi nhận riêng."""
    rows_of(reorg, Direction.UNDO)._raw_delete(using="default")
    with connection.cursor() as cursor:
        for holding in holdings.all_holdings():
            over = holding.over_sql()
            sql = _FROM_LEDGER.format(present=holding.present_sql(), still=f" AND l.item_id NOT IN ({over})" if over else "")
            cursor.execute(sql, {"handover": reorg.handover_id, "kind": holding.kind, "on": on})
    build(reorg, direction=Direction.UNDO, units=units, on=on, keep=True)


def rows_to_decide(reorg: Reorganisation, direction: str):
    """Các dòng mà người ta chọn nơi nhận: khi hoàn tác chỉ việc mới, vì mục của sổ cái về đúng nơi cũ."""
    rows = rows_of(reorg, direction)
    return rows.exclude(rule="undo") if direction == Direction.UNDO else rows


def rows_of(reorg: Reorganisation, direction: str):
    """Các dòng kế hoạch một chiều."""
    return PlanRow.objects.filter(handover=reorg.handover_id, direction=direction)


def _insert(reorg: Reorganisation, holding: Holding, direction: str, units: list[int], on: date, keep: bool) -> None:
    sql = _INSERT.format(edges=_EDGES[direction], inventory=holding.inventory_sql())
    siblings = [other.kind for other in holdings.all_holdings() if other.column == holding.column]
    parameters = _parameters(reorg, holding, direction, units) | {"on": on, "keep": keep, "siblings": siblings}
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def _parameters(reorg: Reorganisation, holding: Holding, direction: str, units: list[int]) -> dict[str, Any]:
    return {
        "reorg": reorg.pk,
        "handover": reorg.handover_id,
        "direction": direction,
        "kind": holding.kind,
        "outcome": holding.outcome,
        "units": units,
        "on": reorg.effective_on,
    }


@dataclass(frozen=True, slots=True)
class Difference:
    """Một mục đã đổi sau khi xem trước: mới có, không còn, hoặc nội dung khác."""

    kind: str
    item_id: int
    what: str  # "new", "gone", "changed"


def differences(reorg: Reorganisation, *, units: list[int], most: int = 5) -> list[Difference]:
    """So kế hoạch với dữ liệu hiện thời của các đơn vị giao; tối đa ``most`` mục khác cho mỗi loại. Cái mở mới không có ở kiểm kê."""
    found: list[Difference] = []
    for holding in holdings.all_holdings():
        if holding.opens:
            continue
        sql = f"""
            SELECT COALESCE(i.item_id, p.item_id),
                   CASE WHEN p.item_id IS NULL THEN 'new' WHEN i.item_id IS NULL THEN 'gone' ELSE 'changed' END
            FROM ({holding.inventory_sql()}) i
            FULL JOIN (SELECT item_id, from_unit_id, function_id, secrecy, content FROM org_plan_row
                       WHERE handover_id = %(handover)s AND direction = 'apply' AND kind = %(kind)s
                         AND from_unit_id = ANY(%(units)s)) p
              ON p.item_id = i.item_id
            WHERE i.item_id IS NULL OR p.item_id IS NULL OR i.content <> p.content OR i.holder_id <> p.from_unit_id
               OR i.function_id IS DISTINCT FROM p.function_id OR i.secrecy <> p.secrecy
            LIMIT {most}
        """
        with connection.cursor() as cursor:
            cursor.execute(sql, _parameters(reorg, holding, Direction.APPLY, units))
            found += [Difference(holding.kind, *row) for row in cursor.fetchall()]
    return found


def cut_batches(reorg: Reorganisation, *, direction: str, day: date) -> int:
    """Chia kế hoạch thành các đợt: theo thứ tự loại, gộp trước chuyển (để không va khóa duy nhất); trả về số đợt."""
    number = 0
    for holding in holdings.all_holdings():
        for outcome in (Outcome.JOIN, Outcome.CLOSE, Outcome.MOVE, Outcome.REOPEN, Outcome.OPEN, Outcome.END):
            number += _cut(reorg, holding.kind, direction, outcome, day, start=number)
    return number


def _cut(reorg: Reorganisation, kind: str, direction: str, outcome: str, day: date, *, start: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT min(id), max(id), count(*) FROM (
                SELECT id, (row_number() OVER (ORDER BY id) - 1) / %s AS cut FROM org_plan_row
                WHERE handover_id = %s AND direction = %s AND kind = %s AND outcome = %s AND (to_unit_id IS NOT NULL OR outcome = 'close')
            ) r GROUP BY cut ORDER BY cut
            """,
            [ROWS_PER_BATCH, reorg.handover_id, direction, kind, outcome],
        )
        cuts = cursor.fetchall()
    Batch.objects.bulk_create(
        Batch(
            handover_id=reorg.handover_id, direction=direction, number=start + n, kind=kind, outcome=outcome,
            first_row=first, last_row=last, rows=rows, day=day,
        )
        for n, (first, last, rows) in enumerate(cuts, start=1)
    )  # fmt: skip
    return len(cuts)


_DIGEST = """
SELECT kind, from_unit_id, count(*),
       md5(string_agg(concat_ws('|', item_id, COALESCE(to_unit_id, 0), COALESCE(function_id, 0), secrecy, outcome, rule,
                                content, detail::text), ',' ORDER BY item_id))
FROM org_plan_row WHERE handover_id = %s AND direction = %s
GROUP BY kind, from_unit_id ORDER BY kind, from_unit_id
"""


def digest(reorg: Reorganisation, direction: str) -> list[list[object]]:
    """[loại, đơn vị giao, số mục, md5 các dòng]: vào băm của bản xem trước."""
    with connection.cursor() as cursor:
        cursor.execute(_DIGEST, [reorg.handover_id, direction])
        return [list(row) for row in cursor.fetchall()]
