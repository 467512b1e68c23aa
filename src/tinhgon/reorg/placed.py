"""Phương án bố trí đã quyết định đi vào kế hoạch chuyển giao: mỗi người tới đúng vị trí ấy, người chưa có chỗ thì chờ bố trí.

Chi tiết của dòng kế hoạch: {"planned": vị trí nhận người, "heir": nơi nhận lẽ ra, "why": "placed"}; vị trí mới chưa mở nên chưa có
mã, tới lúc mở thì thêm {"post": mã}. Người chưa có chỗ: {"pool": true, "why": "unplaced"} ở nơi nhận lẽ ra.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from tinhgon.org.models import Post
from tinhgon.reorg import concurrent
from tinhgon.reorg.models import PlannedPost, Reorganisation

PLACED, UNPLACED = "placed", "unplaced"

_DECIDED = """
    SELECT p.appointment_id, t.post_id, t.id AS planned_id, t.unit_id, a.post_id AS old_post_id
    FROM reorg_proposal p
    JOIN reorg_placement m ON m.id = p.placement_id AND m.state = 'decided' AND m.reorganisation_id = %(reorg)s
    JOIN org_appointment a ON a.id = p.appointment_id
    LEFT JOIN reorg_planned_post t ON t.id = p.post_id
"""

_TO_THEIR_POSTS = f"""
    UPDATE org_plan_row r SET
        to_unit_id = d.unit_id, rule = 'placed',
        outcome = CASE WHEN d.post_id = d.old_post_id THEN 'stay' ELSE 'move' END,
        detail = jsonb_strip_nulls(jsonb_build_object('planned', d.planned_id, 'heir', r.to_unit_id, 'why', 'placed', 'post', d.post_id))
    FROM ({_DECIDED}) d
    WHERE r.handover_id = %(handover)s AND r.direction = 'apply' AND r.kind = 'org.appointment'
      AND r.item_id = d.appointment_id AND d.planned_id IS NOT NULL AND r.from_unit_id = ANY(%(units)s)
"""

_TO_WAIT = f"""
    UPDATE org_plan_row r SET outcome = 'move', detail = jsonb_build_object('pool', true, 'why', 'unplaced')
    FROM ({_DECIDED}) d
    WHERE r.handover_id = %(handover)s AND r.direction = 'apply' AND r.kind = 'org.appointment'
      AND r.item_id = d.appointment_id AND d.planned_id IS NULL AND r.from_unit_id = ANY(%(units)s)
"""


def carry(reorg: Reorganisation, units: Sequence[int]) -> None:
    """Sửa kế hoạch của các đơn vị giao ``units`` theo phương án bố trí đã quyết định; chưa quyết định thì không đổi gì."""
    parameters: dict[str, Any] = {"reorg": reorg.pk, "handover": reorg.handover_id, "units": list(units)}
    with connection.cursor() as cursor:
        for statement in (_TO_THEIR_POSTS, _TO_WAIT):
            cursor.execute(statement, parameters)
    concurrent.carry(reorg, units)


_NAME_THE_POSTS = """
    UPDATE org_plan_row r SET detail = r.detail || jsonb_build_object('post', t.post_id)
    FROM reorg_planned_post t
    WHERE r.handover_id = %(handover)s AND r.direction = 'apply' AND r.kind = ANY(%(kinds)s) AND r.rule = 'placed'
      AND t.id = (r.detail->>'planned')::bigint AND t.reorganisation_id = %(reorg)s
"""


def open_posts(reorg: Reorganisation) -> None:
    """Mở các vị trí mới từ ngày hiệu lực và ghi mã của chúng vào kế hoạch. Sau khi đơn vị đã mở, trong cùng giao dịch."""
    waiting = list(reorg.planned_posts.filter(is_new=True).order_by("pk"))
    made = Post.objects.bulk_create(
        Post(
            unit_id=one.unit_id, title=one.title, role=one.role, rank=one.rank, seats=one.seats, clearance=one.clearance,
            valid=DateRange(reorg.effective_on, None),
        )
        for one in waiting
        if one.seats
    )  # fmt: skip
    for one, post in zip((one for one in waiting if one.seats), made, strict=True):
        one.post = post
    PlannedPost.objects.bulk_update(waiting, ["post"], batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute(_NAME_THE_POSTS, {"reorg": reorg.pk, "handover": reorg.handover_id, "kinds": ["org.appointment", concurrent.KIND]})
