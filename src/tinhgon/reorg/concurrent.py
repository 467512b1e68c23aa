"""Kiêm nhiệm theo phương án bố trí đã quyết định: chuyển giao mở thêm một phân công không chính, hoàn tác thì phân công ấy thôi.

Mục của loại này là một dòng ``SecondPost``: trước chuyển giao chưa ai giữ, nên kiểm kê không thấy và ``carry`` ghi kế hoạch (kết cục
``open``). Nơi giữ: đơn vị của vị trí kiêm nhiệm khi phân công còn hiệu lực, không thì đơn vị mà người ấy từ đó sang. Chi tiết của dòng kế
hoạch: {"planned": vị trí, "person": người, "why": "concurrent"}, lúc vị trí đã mở thì thêm {"post": mã}.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tinhgon.core.errors import Reason
from tinhgon.org.holdings import PLAN_ROWS_OF_BATCH, Holding, Written, batch_parameters, execute, write_ledger
from tinhgon.org.models import Appointment, Person
from tinhgon.org.models.handover import Batch, Direction, Outcome
from tinhgon.org.own_holdings import TIPS
from tinhgon.reorg.models import Placement, PlannedPost, Reorganisation, SecondPost

KIND = "reorg.concurrent"

_LINES = """
    FROM reorg_second_post s
    JOIN reorg_proposal o ON o.id = s.proposal_id
    JOIN org_appointment a ON a.id = o.appointment_id
    JOIN org_post old ON old.id = a.post_id
    JOIN org_person pe ON pe.id = a.person_id
    JOIN reorg_planned_post t ON t.id = s.post_id
"""
_CONTENT = "md5(ROW(s.id, a.person_id, t.id)::text)::uuid"


@dataclass(frozen=True)
class ConcurrentHolding(Holding):
    """Loại ``reorg.concurrent``. Xem đầu tệp."""

    def inventory_sql(self) -> str:
        """Không đơn vị nào giữ nó trước chuyển giao; sau đó nó là một phân công như mọi phân công."""
        return """
            SELECT NULL::bigint AS item_id, NULL::bigint AS holder_id, NULL::bigint AS function_id, 0 AS secrecy, NULL::uuid AS content
            WHERE false
        """

    def present_sql(self) -> str:
        return f"""
            SELECT s.id AS item_id, CASE WHEN upper_inf(now.valid) THEN held.unit_id ELSE old.unit_id END AS holder_id, {_CONTENT} AS content
            {_LINES}
            JOIN ({TIPS.format(roots="JOIN reorg_second_post mine ON mine.appointment_id = t.id")}) tip ON tip.root_id = s.appointment_id
            JOIN org_appointment now ON now.id = tip.tip_id
            JOIN org_post held ON held.id = now.post_id
        """

    def title_sql(self) -> str:
        return f"SELECT s.id AS item_id, pe.full_name || ' · ' || t.title AS title {_LINES} WHERE s.id = ANY(%(items)s)"

    def plan_joins(self, handover_id: object, direction: str) -> None:
        """Hoàn tác: phân công do chính lần chuyển giao mở không phải việc mới cần nơi nhận; ghế của nó cũng không hứa cho ai."""
        if direction == Direction.UNDO:
            for statement in (_FORGET_OWN_TIPS, _FORGET_SEATS):
                execute(statement, {"handover": handover_id, "kind": self.kind})

    def hand_over(self, batch: Batch) -> Written:
        parameters = batch_parameters(batch)
        if batch.outcome == Outcome.OPEN:
            execute(_OPEN, parameters)
            return write_ledger(batch, changed=_NAMED)
        execute(_END, parameters)
        return write_ledger(batch, changed=_ENDED)


_OPEN = f"""
    INSERT INTO org_appointment (person_id, post_id, is_main, valid, decree)
    SELECT a.person_id, (p.detail->>'post')::bigint, false, daterange(GREATEST(%(on)s, lower(a.valid)), NULL), %(decree)s
    FROM org_plan_row p
    JOIN reorg_second_post s ON s.id = p.item_id
    JOIN reorg_proposal o ON o.id = s.proposal_id
    JOIN org_appointment a ON a.id = o.appointment_id
    WHERE {PLAN_ROWS_OF_BATCH} AND p.detail ? 'post'
"""

_NAMED = f"""
    UPDATE reorg_second_post s SET appointment_id = n.id
    FROM org_plan_row p
    JOIN org_appointment n ON n.person_id = (p.detail->>'person')::bigint AND n.post_id = (p.detail->>'post')::bigint
                          AND NOT n.is_main AND n.moved_from_id IS NULL AND upper_inf(n.valid)
    WHERE {PLAN_ROWS_OF_BATCH} AND s.id = p.item_id
    RETURNING p.id
"""
"""Một người giữ một vị trí nhiều nhất một lần mỗi ngày (ràng buộc của bảng), nên tìm lại được đúng dòng vừa mở."""

_TIPS_OF_BATCH = TIPS.format(
    roots=f"JOIN reorg_second_post s ON s.appointment_id = t.id JOIN org_plan_row p ON p.item_id = s.id AND {PLAN_ROWS_OF_BATCH}"
)
_END = f"""
    UPDATE org_appointment t SET valid = t.valid * daterange(NULL, %(on)s)
    FROM ({_TIPS_OF_BATCH}) tip WHERE t.id = tip.tip_id AND t.valid && daterange(%(on)s, NULL)
"""
_ENDED = f"""
    SELECT p.id FROM org_plan_row p
    WHERE {PLAN_ROWS_OF_BATCH} AND NOT EXISTS (
        SELECT 1 FROM reorg_second_post s JOIN org_appointment t ON t.id = s.appointment_id
        WHERE s.id = p.item_id AND t.valid && daterange(%(on)s, NULL))
"""

_FORGET_OWN_TIPS = f"""
    DELETE FROM org_plan_row p
    USING ({TIPS.format(roots='''JOIN reorg_second_post s ON s.appointment_id = t.id
        JOIN org_ledger_row r ON r.item_id = s.id AND r.handover_id = %(handover)s AND r.direction = 'apply' AND r.kind = %(kind)s''')}) tip
    WHERE p.handover_id = %(handover)s AND p.direction = 'undo' AND p.kind = 'org.appointment' AND p.rule <> 'undo' AND p.item_id = tip.tip_id
"""
_FORGET_SEATS = "UPDATE org_plan_row SET detail = NULL WHERE handover_id = %(handover)s AND direction = 'undo' AND kind = %(kind)s"


_CARRY = f"""
    INSERT INTO org_plan_row (handover_id, direction, kind, item_id, from_unit_id, to_unit_id, secrecy, outcome, rule, content, detail)
    SELECT %(handover)s, 'apply', %(kind)s, s.id, old.unit_id, t.unit_id, 0, 'open', 'placed', {_CONTENT},
           jsonb_strip_nulls(jsonb_build_object('planned', t.id, 'person', a.person_id, 'why', 'concurrent', 'post', t.post_id))
    {_LINES}
    JOIN reorg_placement m ON m.id = o.placement_id AND m.state = 'decided' AND m.reorganisation_id = %(reorg)s
    WHERE old.unit_id = ANY(%(units)s) AND a.valid && daterange(%(on)s, NULL)
"""


def carry(reorg: Reorganisation, units: Sequence[int]) -> None:
    """Ghi các phân công kiêm nhiệm của phương án đã quyết định vào kế hoạch; chưa quyết định thì kế hoạch không có dòng nào."""
    parameters: dict[str, Any] = {
        "reorg": reorg.pk, "handover": reorg.handover_id, "units": list(units), "on": reorg.effective_on, "kind": KIND,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM org_plan_row WHERE handover_id = %(handover)s AND direction = 'apply' AND kind = %(kind)s AND from_unit_id = ANY(%(units)s)",
            parameters,
        )
        cursor.execute(_CARRY, parameters)


def held_from(day: date) -> QuerySet[Appointment]:
    """Phân công còn hiệu lực ngày ấy hay về sau. Hoàn tác đúng ngày bắt đầu để lại khoảng rỗng, mà ``upper`` của khoảng rỗng cũng là NULL."""
    return Appointment.objects.filter(valid__overlap=DateRange(day, None))


def held_already(reorg: Reorganisation, wanted: Iterable[tuple[Person, PlannedPost]]) -> list[Reason]:
    """Kiêm nhiệm một vị trí mà chính người ấy đang giữ từ trước, chính hay kiêm nhiệm: mở thêm lần nữa là sai."""
    pairs = list(wanted)
    held = set(held_from(reorg.effective_on).filter(person__in={person.pk for person, _post in pairs}).values_list("person", "post"))
    sentence = _("%(name)s đang giữ sẵn vị trí “%(title)s”, không kiêm nhiệm nó lần nữa được; lời kiêm nhiệm đã ghi thì bỏ rồi tính lại.")
    return [
        Reason("placement.already_second", sentence % {"name": person.full_name, "title": post.title}, "post_id", {"person": person.pk, "post": post.pk})
        for person, post in pairs if post.post_id is not None and (person.pk, post.post_id) in held
    ]  # fmt: skip


def objections(reorg: Reorganisation) -> list[Reason]:
    """Lời kiêm nhiệm của phương án đã quyết định mà từ đó người ấy đã giữ chính vị trí ấy."""
    rows = SecondPost.objects.filter(proposal__placement__reorganisation=reorg, proposal__placement__state=Placement.State.DECIDED, appointment=None)
    return held_already(reorg, [(one.proposal.person, one.post) for one in rows.select_related("proposal__person", "post")])
