"""Chia việc đã xác nhận đi vào kế hoạch chuyển giao: chi tiết của dòng kế hoạch có {"receiver": mã người}, chuyển giao giao đúng người ấy.

Chỉ khi mục vẫn về đúng đơn vị đã chia; nơi nhận đã đổi thì mục theo lệ chung (``ColumnHolding.plan_persons``).
"""

from collections.abc import Sequence

from django.db import connection

from tinhgon.reorg.models import Reorganisation

_RECEIVERS = """
    UPDATE org_plan_row r SET detail = COALESCE(r.detail, '{}'::jsonb) || jsonb_build_object('receiver', l.person_id)
    FROM reorg_work_line l JOIN reorg_work_plan w ON w.id = l.plan_id AND w.state = 'confirmed' AND w.reorganisation_id = %(reorg)s
    WHERE r.handover_id = %(handover)s AND r.direction = 'apply' AND r.outcome = 'move' AND r.from_unit_id = ANY(%(units)s)
      AND r.kind = l.kind AND r.item_id = l.item_id AND r.to_unit_id = w.unit_id AND l.person_id IS NOT NULL
"""


def carry(reorg: Reorganisation, units: Sequence[int]) -> None:
    """Ghi người nhận vào kế hoạch của các đơn vị giao ``units``; chưa đơn vị nhận nào xác nhận thì không đổi gì."""
    with connection.cursor() as cursor:
        cursor.execute(_RECEIVERS, {"reorg": reorg.pk, "handover": reorg.handover_id, "units": list(units)})


_STRANGERS = """
    SELECT w.unit_id, count(*) FROM reorg_work_line l JOIN reorg_work_plan w ON w.id = l.plan_id
    JOIN org_plan_row r ON r.handover_id = %(handover)s AND r.direction = 'apply' AND r.kind = l.kind AND r.item_id = l.item_id
                       AND r.to_unit_id = w.unit_id AND r.outcome = 'move'
    WHERE w.reorganisation_id = %(reorg)s AND w.state = 'confirmed' AND l.person_id IS NOT NULL
      AND NOT EXISTS (
        SELECT 1 FROM org_plan_row a JOIN org_appointment ap ON ap.id = a.item_id
        WHERE a.handover_id = r.handover_id AND a.direction = 'apply' AND a.kind = 'org.appointment'
          AND ap.person_id = l.person_id AND a.to_unit_id = w.unit_id)
      AND NOT EXISTS (
        SELECT 1 FROM org_plan_row a
        WHERE a.handover_id = r.handover_id AND a.direction = 'apply' AND a.outcome = 'open'
          AND (a.detail->>'person')::bigint = l.person_id AND a.to_unit_id = w.unit_id)
      AND NOT EXISTS (
        SELECT 1 FROM org_appointment ap JOIN org_post po ON po.id = ap.post_id
        WHERE ap.person_id = l.person_id AND po.unit_id = w.unit_id AND ap.valid @> %(on)s::date
          AND NOT EXISTS (SELECT 1 FROM org_plan_row a WHERE a.handover_id = r.handover_id AND a.direction = 'apply'
                          AND a.kind = 'org.appointment' AND a.item_id = ap.id AND a.outcome = 'move'))
    GROUP BY w.unit_id ORDER BY w.unit_id
"""


def strangers(reorg: Reorganisation) -> list[tuple[int, int]]:
    """(đơn vị nhận, số việc) đã xác nhận giao cho người mà kế hoạch không đưa về đơn vị ấy."""
    with connection.cursor() as cursor:
        cursor.execute(_STRANGERS, {"reorg": reorg.pk, "handover": reorg.handover_id, "on": reorg.effective_on})
        return cursor.fetchall()
