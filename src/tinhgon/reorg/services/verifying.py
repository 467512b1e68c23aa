"""Chứng minh: trước = sau + khóa + gộp theo từng loại; nội dung không đổi; không mục nào còn ở đơn vị đã kết thúc."""

import hashlib
import json
from typing import Any

from django.db import connection, transaction

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.org import holdings
from tinhgon.org.holdings import Holding
from tinhgon.org.models import Batch
from tinhgon.org.models.handover import Direction
from tinhgon.reorg import structure
from tinhgon.reorg.access import reorg_for
from tinhgon.reorg.models import Reorganisation

_COUNT = """
WITH planned AS (
    SELECT item_id, outcome, content FROM org_plan_row
    WHERE handover_id = %(handover)s AND direction = %(direction)s AND kind = %(kind)s AND outcome <> 'stay'
), written AS (
    SELECT item_id, outcome, to_unit_id, content FROM org_ledger_row
    WHERE handover_id = %(handover)s AND direction = %(direction)s AND kind = %(kind)s AND batch >= 0
), now AS ({present})
SELECT count(p.item_id),
       count(*) FILTER (WHERE w.outcome IN ('move', 'open', 'end')),
       count(*) FILTER (WHERE w.outcome = 'join'),
       count(*) FILTER (WHERE w.outcome = 'close'),
       count(*) FILTER (WHERE w.outcome = 'reopen'),
       count(*) FILTER (WHERE w.outcome IN ('move', 'open', 'end') AND n.holder_id = w.to_unit_id),
       count(*) FILTER (WHERE p.item_id IS NULL OR w.item_id IS NULL OR n.item_id IS NULL),
       count(*) FILTER (WHERE n.content IS DISTINCT FROM p.content)
FROM planned p FULL JOIN written w ON w.item_id = p.item_id LEFT JOIN now n ON n.item_id = w.item_id
"""


def prove(reorg: Reorganisation, direction: str) -> dict[str, Any]:
    """Bảng chứng minh, đọc lại từ dữ liệu. ``whole`` đúng khi mọi dòng khớp.

    Mỗi dòng: ``before`` mục phải chuyển, ``moved``/``joined``/``closed``/``reopened`` theo sổ cái, ``after`` mục đang ở
    đúng nơi nhận, ``lost`` thiếu ở một trong ba chỗ, ``changed`` nội dung khác, ``left`` còn ở đơn vị đã kết thúc,
    ``intruders`` phát sinh nhân danh đơn vị đã kết thúc.
    """
    ended = structure.closing_units(reorg) if direction == Direction.APPLY else structure.opened_units(reorg)
    day = reorg.effective_on if direction == Direction.APPLY else reorg.undo_on
    rows = [_row(reorg, direction, holding, ended, day) for holding in holdings.all_holdings()]
    batches = list(
        Batch.objects.filter(handover=reorg.handover_id, direction=direction).order_by("number").values_list("number", "ledger_hash")
    )
    return {
        "direction": direction,
        "at": clock.now().isoformat(),
        "rows": rows,
        "items": sum(row["before"] for row in rows),
        "whole": all(row["equal"] for row in rows),
        "hash": hashlib.sha256(json.dumps([rows, batches], sort_keys=True).encode()).hexdigest(),
    }


def _row(reorg: Reorganisation, direction: str, holding: Holding, ended: list[int], day: object) -> dict[str, Any]:
    parameters: dict[str, Any] = {"handover": reorg.handover_id, "direction": direction, "kind": holding.kind, "units": ended, "on": day}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(present=holding.present_sql()), parameters)
        names = ("before", "moved", "joined", "closed", "reopened", "after", "lost", "changed")
        row: dict[str, Any] = {"kind": holding.kind} | dict(zip(names, cursor.fetchone(), strict=True))
        cursor.execute(f"SELECT count(*) FROM ({holding.inventory_sql()}) i", parameters)
        row["left"] = cursor.fetchone()[0]
        row["intruders"] = 0
        if sql := holding.intruders_sql():
            cursor.execute(f"SELECT count(*) FROM ({sql}) i", parameters)
            row["intruders"] = cursor.fetchone()[0]
    row["equal"] = (
        row["before"] == row["after"] + row["joined"] + row["closed"] + row["reopened"]
        and row["moved"] == row["after"]
        and not any(row[name] for name in ("lost", "changed", "left", "intruders"))
    )
    return row


@transaction.atomic
def verify(actor: Actor, reorg_id: int) -> dict[str, Any]:
    """Chứng minh lại bất cứ lúc nào. Việc làm sau chuyển giao có thể đổi nội dung hoặc chuyển tiếp: bảng nói rõ bao nhiêu."""
    reorg = reorg_for(actor, reorg_id, to="see", on=clock.today(), lock=True)
    direction = Direction.UNDO if reorg.state in (reorg.State.UNDONE, reorg.State.UNDOING) else Direction.APPLY
    proof = prove(reorg, direction)
    record(actor, "reorg.verified", ("reorg", reorg.pk), after={"whole": proof["whole"], "hash": proof["hash"]})
    return proof
