"""Cái đơn vị giữ ngay trong ``org``: phân công. Và lý do các khóa khác của tầng này không đi theo chuyển giao.

Một phân công không đổi vị trí tại chỗ: dòng cũ dừng ở ngày chuyển, dòng mới (``moved_from``) bắt đầu từ ngày ấy. Mã mục trong
kế hoạch và sổ cái là dòng gốc; "hiện thời" là dòng cuối của chuỗi ``moved_from``.

Vị trí nhận ở đơn vị nhận: cùng vai trò và thứ bậc, độ mật không cao hơn, còn ghế; hết thì nơi chờ bố trí (``Post.is_pool``),
không có quyền gì. Quyền vì thế không bao giờ rộng ra. Ai giữ vị trí lâu hơn vào ghế trước.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tinhgon.org.holdings import (
    PLAN_ROWS_OF_BATCH,
    Holding,
    Written,
    batch_parameters,
    execute,
    keeps_its_holder,
    register,
    write_ledger,
)
from tinhgon.org.models.handover import Batch, Direction, Outcome

POOL_TITLE = "Chờ bố trí công tác"
_POOL_SEATS = 999

TIPS = """
    WITH RECURSIVE line AS (
        SELECT t.id AS root_id, t.id AS tip_id FROM org_appointment t {roots}
        UNION ALL
        SELECT l.root_id, n.id FROM line l JOIN org_appointment n ON n.moved_from_id = l.tip_id
    )
    SELECT DISTINCT ON (root_id) root_id, tip_id FROM line ORDER BY root_id, tip_id DESC
"""
"""Dòng gốc -> dòng cuối của chuỗi; ``roots``: lọc dòng gốc (bí danh ``t``)."""

_TIPS_OF_BATCH = TIPS.format(roots=f"JOIN org_plan_row p ON p.item_id = t.id AND {PLAN_ROWS_OF_BATCH}")
_LEDGER_ROOTS = "JOIN org_ledger_row r ON r.item_id = t.id AND r.handover_id = %(handover)s AND r.direction = 'apply' AND r.kind = %(kind)s"
_JOINED = """
    SELECT 1 FROM org_ledger_row j
    WHERE j.item_id = tip.root_id AND j.handover_id = %(handover)s AND j.direction = 'apply' AND j.kind = %(kind)s AND j.outcome = 'join'
"""
_CONTENT = "md5(ROW({root}, {tip}.person_id, {tip}.is_main)::text)::uuid"


@dataclass(frozen=True)
class AppointmentHolding(Holding):
    """Loại ``org.appointment``: đơn vị của vị trí là nơi giữ. Xem đầu tệp."""

    def inventory_sql(self) -> str:
        return f"""
            SELECT t.id AS item_id, po.unit_id AS holder_id, NULL::bigint AS function_id, 0 AS secrecy,
                   {_CONTENT.format(root="t.id", tip="t")} AS content, pe.full_name || ' – ' || po.title AS title
            FROM org_appointment t
            JOIN org_post po ON po.id = t.post_id
            JOIN org_person pe ON pe.id = t.person_id
            WHERE po.unit_id = ANY(%(units)s) AND t.valid && daterange(%(on)s, NULL)
        """

    def present_sql(self) -> str:
        return f"""
            SELECT tip.root_id AS item_id, po.unit_id AS holder_id, {_CONTENT.format(root="tip.root_id", tip="t")} AS content
            FROM ({TIPS.format(roots="")}) tip
            JOIN org_appointment t ON t.id = tip.tip_id
            JOIN org_post po ON po.id = t.post_id
        """

    def title_sql(self) -> str:
        return """
            SELECT t.id AS item_id, pe.full_name || ' · ' || po.title AS title FROM org_appointment t
            JOIN org_post po ON po.id = t.post_id JOIN org_person pe ON pe.id = t.person_id WHERE t.id = ANY(%(items)s)
        """

    def over_sql(self) -> str:
        """Phân công cuối của chuỗi đã hết; phân công đã gộp thì khi người ấy không còn giữ vị trí nào."""
        return f"""
            SELECT tip.root_id AS item_id
            FROM ({TIPS.format(roots=_LEDGER_ROOTS)}) tip
            JOIN org_appointment t ON t.id = tip.tip_id
            WHERE NOT t.valid && daterange(%(on)s, NULL)
              AND NOT (EXISTS ({_JOINED}) AND EXISTS (
                SELECT 1 FROM org_appointment kept WHERE kept.person_id = t.person_id AND kept.valid && daterange(%(on)s, NULL)))
        """

    def plan_joins(self, handover_id: object, direction: str) -> None:
        """Hai phân công cùng vai trò, thứ bậc của một người về cùng một đơn vị thì gộp: giữ phân công chính, hoặc cái có trước."""
        statements = (_JOIN_SAME_PERSON,) if direction == Direction.APPLY else (_FORGET_OWN_TIPS, _FORGET_SEATS)
        for statement in statements:
            execute(statement, {"handover": handover_id, "kind": self.kind})

    def plan_persons(self, handover_id: object) -> None:
        """Chọn trước vị trí nhận ở các đơn vị đã có vị trí; đơn vị còn dự kiến thì chọn lúc chuyển, khi đã mở."""
        _place(handover_id, Direction.APPLY, self.kind)

    def hand_over(self, batch: Batch) -> Written:
        if batch.outcome == Outcome.JOIN:
            return write_ledger(batch, changed=_END_JOINED)
        _place(batch.handover_id, batch.direction, self.kind)
        execute(_WAIT, {"handover": batch.handover_id, "direction": batch.direction, "kind": self.kind})  # đơn vị mở mà không có vị trí nào
        parameters = batch_parameters(batch) | {"pool": POOL_TITLE, "seats": _POOL_SEATS}
        execute(_OPEN_POOLS, parameters)
        execute(_REOPEN if batch.outcome == Outcome.REOPEN else _MOVE, parameters)
        return write_ledger(batch, changed=_MOVED)


_JOIN_SAME_PERSON = """
    UPDATE org_plan_row p SET outcome = 'join'
    FROM (
        SELECT r.id, row_number() OVER (PARTITION BY a.person_id, r.to_unit_id, po.role, po.rank
                                        ORDER BY a.is_main DESC, a.id) AS place
        FROM org_plan_row r
        JOIN org_appointment a ON a.id = r.item_id
        JOIN org_post po ON po.id = a.post_id
        WHERE r.handover_id = %(handover)s AND r.direction = 'apply' AND r.kind = %(kind)s AND r.outcome = 'move'
          AND r.to_unit_id IS NOT NULL
    ) ranked
    WHERE p.id = ranked.id AND ranked.place > 1
"""

_RETURNING = """JOIN org_plan_row r ON r.item_id = t.id AND r.handover_id = %(handover)s AND r.direction = 'undo'
    AND r.kind = %(kind)s AND r.rule = 'undo'"""
_FORGET_OWN_TIPS = f"""
    DELETE FROM org_plan_row p
    USING ({TIPS.format(roots=_RETURNING)}) tip
    WHERE p.handover_id = %(handover)s AND p.direction = 'undo' AND p.kind = %(kind)s AND p.rule <> 'undo'
      AND p.item_id = tip.tip_id
"""
"""Hoàn tác: phân công do chính lần chuyển giao sinh ra không phải việc mới, nó về theo dòng gốc."""

_FORGET_SEATS = """
    UPDATE org_plan_row SET detail = NULL WHERE handover_id = %(handover)s AND direction = 'undo' AND kind = %(kind)s
"""
"""Ghế trong sổ cái là ghế đã nhận khi đi; khi về phải chọn lại ở đơn vị cũ."""

_WAITING = """
    SELECT r.id, r.from_unit_id, r.to_unit_id, a.id AS root_id, a.person_id, a.is_main, a.valid, old.id AS post_id,
           old.title, old.role, old.rank, old.clearance, h.effective_on
    FROM org_plan_row r
    JOIN org_handover h ON h.id = r.handover_id
    JOIN org_appointment a ON a.id = r.item_id
    JOIN org_post old ON old.id = a.post_id
    WHERE r.handover_id = %(handover)s AND r.direction = %(direction)s AND r.kind = %(kind)s
      AND r.outcome IN ('move', 'reopen') AND r.detail IS NULL AND r.to_unit_id IS NOT NULL
"""

_BACK_TO_OWN_SEAT = f"""
    WITH RECURSIVE waiting AS ({_WAITING}), seat AS (
        SELECT w.id, w.to_unit_id, w.post_id FROM waiting w
        UNION ALL
        SELECT s.id, s.to_unit_id, n.id FROM seat s JOIN org_post n ON n.continues_id = s.post_id
    )
    UPDATE org_plan_row p SET detail = jsonb_build_object('post', s.post_id, 'why', 'own_seat')
    FROM seat s JOIN org_post po ON po.id = s.post_id AND po.unit_id = s.to_unit_id AND upper_inf(po.valid)
    WHERE p.id = s.id
"""

_TAKE_SEATS = f"""
    WITH waiting AS ({_WAITING}), offered AS (
        SELECT po.* FROM org_post po
        WHERE po.unit_id IN (SELECT to_unit_id FROM waiting) AND NOT po.is_pool AND upper_inf(po.valid)
    ), used AS (
        SELECT t.post_id, count(*) AS people
        FROM org_appointment t
        LEFT JOIN org_plan_row m ON m.kind = %(kind)s AND m.item_id = t.id AND m.handover_id = %(handover)s
                                AND m.direction = %(direction)s AND m.outcome <> 'stay'
        WHERE t.post_id IN (SELECT id FROM offered) AND m.id IS NULL
          AND (upper_inf(t.valid) OR t.valid @> (SELECT min(effective_on) FROM waiting))
        GROUP BY t.post_id
    ), promised AS (
        SELECT (m.detail->>'post')::bigint AS post_id, count(*) AS people
        FROM org_plan_row m
        WHERE m.handover_id = %(handover)s AND m.direction = %(direction)s AND m.detail ? 'post'
          AND NOT EXISTS (SELECT 1 FROM org_appointment t
                          WHERE m.kind = %(kind)s AND t.moved_from_id = m.item_id AND t.post_id = (m.detail->>'post')::bigint)
        GROUP BY 1
    ), vacancy AS (
        SELECT o.id AS post_id, o.unit_id, o.role, o.rank, o.clearance, o.title,
               o.seats - COALESCE(u.people, 0) - COALESCE(p.people, 0) AS free
        FROM offered o LEFT JOIN used u ON u.post_id = o.id LEFT JOIN promised p ON p.post_id = o.id
    ), seat AS (
        SELECT v.*, row_number() OVER (PARTITION BY v.unit_id, v.role, v.rank{{title_of_seat}}
                                       ORDER BY v.clearance, v.post_id, n) AS place
        FROM vacancy v CROSS JOIN LATERAL generate_series(1, v.free::int) AS n
    ), asking AS (
        SELECT w.*, row_number() OVER (PARTITION BY w.to_unit_id, w.role, w.rank{{title_of_person}}
                                       ORDER BY w.clearance, w.is_main DESC, lower(w.valid), w.root_id) AS place
        FROM waiting w
    )
    UPDATE org_plan_row p SET detail = jsonb_build_object('post', s.post_id, 'why', '{{why}}')
    FROM asking w
    JOIN seat s ON s.unit_id = w.to_unit_id AND s.role = w.role AND s.rank = w.rank{{same_title}} AND s.place = w.place
    WHERE p.id = w.id AND s.clearance <= w.clearance
      AND NOT EXISTS (SELECT 1 FROM org_appointment t
                      WHERE t.person_id = w.person_id AND t.post_id = s.post_id AND upper_inf(t.valid))
      AND NOT EXISTS (SELECT 1 FROM org_plan_row m JOIN org_appointment mine ON mine.id = m.item_id
                      WHERE m.kind = %(kind)s AND m.handover_id = %(handover)s AND m.direction = %(direction)s
                        AND mine.person_id = w.person_id AND (m.detail->>'post')::bigint = s.post_id)
      AND NOT EXISTS (SELECT 1 FROM org_plan_row m
                      WHERE m.handover_id = %(handover)s AND m.direction = %(direction)s AND m.outcome = 'open'
                        AND (m.detail->>'person')::bigint = w.person_id AND (m.detail->>'post')::bigint = s.post_id)
"""

_TAKE_SAME_TITLE = _TAKE_SEATS.format(
    title_of_seat=", v.title", title_of_person=", w.title", same_title=" AND s.title = w.title", why="same_title"
)
_TAKE_SAME_RANK = _TAKE_SEATS.format(title_of_seat="", title_of_person="", same_title="", why="same_rank")

_WAIT = f"""
    WITH waiting AS ({_WAITING})
    UPDATE org_plan_row p SET detail = jsonb_build_object('pool', true, 'why', CASE
        WHEN NOT EXISTS (SELECT 1 FROM org_post po WHERE po.unit_id = w.to_unit_id AND po.role = w.role
                         AND po.rank = w.rank AND NOT po.is_pool AND upper_inf(po.valid)) THEN 'no_such_post'
        WHEN NOT EXISTS (SELECT 1 FROM org_post po WHERE po.unit_id = w.to_unit_id AND po.role = w.role
                         AND po.rank = w.rank AND NOT po.is_pool AND upper_inf(po.valid)
                         AND po.clearance <= w.clearance) THEN 'clearance'
        ELSE 'no_seat' END)
    FROM waiting w
    WHERE p.id = w.id
"""
_WAIT_FOR_A_SEAT = f"{_WAIT} AND EXISTS (SELECT 1 FROM org_post po WHERE po.unit_id = w.to_unit_id)"
"""Đơn vị còn dự kiến thì chưa có vị trí nào: để tới lúc chuyển."""


def _place(handover_id: object, direction: str, kind: str) -> None:
    """Ghi vị trí nhận vào ``detail`` của các dòng chưa có: {"post": mã, "why": ...} hoặc {"pool": true, "why": ...}.

    ``why``: own_seat (hoàn tác về đúng ghế cũ), same_title, same_rank; no_seat, no_such_post, clearance (chờ bố trí).
    Dòng đã có ``detail`` thì giữ: ``reorg`` ghi placed, unplaced theo phương án bố trí đã quyết định.
    """
    parameters = {"handover": handover_id, "direction": direction, "kind": kind}
    if direction == Direction.UNDO:
        execute(_BACK_TO_OWN_SEAT, parameters)
    for statement in (_TAKE_SAME_TITLE, _TAKE_SAME_RANK, _WAIT_FOR_A_SEAT):
        execute(statement, parameters)


_CURRENT = f"""
    SELECT p.id, p.detail, p.from_unit_id, p.to_unit_id, c.id AS current_id, c.person_id, c.post_id, c.is_main, c.valid,
           root.is_main AS root_is_main, old.title, old.role, old.rank
    FROM org_plan_row p
    JOIN ({_TIPS_OF_BATCH}) tip ON tip.root_id = p.item_id
    JOIN org_appointment c ON c.id = tip.tip_id
    JOIN org_appointment root ON root.id = p.item_id
    JOIN org_post old ON old.id = root.post_id
    WHERE {PLAN_ROWS_OF_BATCH}
"""
"""Mỗi dòng kế hoạch của đợt cùng phân công cuối của chuỗi, và vị trí gốc."""

_POOL_OF = """
    SELECT q.id FROM org_post q
    WHERE q.unit_id = {w}.to_unit_id AND q.is_pool AND q.role = {w}.role AND q.rank = {w}.rank AND upper_inf(q.valid)
      AND NOT EXISTS (SELECT 1 FROM org_appointment t
                      WHERE t.post_id = q.id AND t.person_id = {w}.person_id AND t.valid && daterange(%(on)s, NULL))
    ORDER BY q.id LIMIT 1
"""

_OPEN_POOLS = f"""
    INSERT INTO org_post (unit_id, title, role, rank, seats, clearance, is_pool, valid)
    SELECT DISTINCT w.to_unit_id, %(pool)s, w.role, w.rank, %(seats)s, 0, true, daterange(%(on)s, NULL)
    FROM ({_CURRENT}) w
    WHERE w.detail ? 'pool' AND NOT EXISTS ({_POOL_OF.format(w="w")})
"""

_RECEIVING_POST = f"COALESCE((w.detail->>'post')::bigint, ({_POOL_OF.format(w='w')}))"

_MOVE = f"""
    WITH w AS (
        UPDATE org_appointment t SET valid = t.valid * daterange(NULL, %(on)s)
        FROM ({_CURRENT}) now JOIN org_post held ON held.id = now.post_id
        WHERE t.id = now.current_id AND held.unit_id = now.from_unit_id AND t.valid && daterange(%(on)s, NULL)
        RETURNING now.*
    )
    INSERT INTO org_appointment (person_id, post_id, is_main, valid, decree, moved_from_id)
    SELECT w.person_id, {_RECEIVING_POST}, w.is_main, w.valid * daterange(%(on)s, NULL), %(decree)s, w.current_id FROM w
"""

_REOPEN = f"""
    INSERT INTO org_appointment (person_id, post_id, is_main, valid, decree, moved_from_id)
    SELECT w.person_id, {_RECEIVING_POST}, w.root_is_main, daterange(%(on)s, NULL), %(decree)s, w.current_id
    FROM ({_CURRENT}) w WHERE NOT w.valid && daterange(%(on)s, NULL)
"""

_MOVED = f"""
    SELECT p.id FROM org_plan_row p
    JOIN ({_TIPS_OF_BATCH}) tip ON tip.root_id = p.item_id
    JOIN org_appointment n ON n.id = tip.tip_id AND n.moved_from_id IS NOT NULL AND n.valid && daterange(%(on)s, NULL)
    JOIN org_post held ON held.id = n.post_id AND held.unit_id = p.to_unit_id
    WHERE {PLAN_ROWS_OF_BATCH}
"""

_END_JOINED = f"""
    UPDATE org_appointment t SET valid = t.valid * daterange(NULL, %(on)s)
    FROM org_plan_row p JOIN org_appointment before ON before.id = p.item_id
    JOIN org_post held ON held.id = before.post_id
    WHERE {PLAN_ROWS_OF_BATCH} AND t.id = p.item_id AND held.unit_id = p.from_unit_id
      AND t.valid && daterange(%(on)s, NULL)
    RETURNING p.id
"""

register(
    AppointmentHolding(
        kind="org.appointment",
        label=_("Phân công"),
        keys=("org.Appointment.post", "org.Appointment.person"),
        order=10,
        seats_anew=True,
    )
)

_STRUCTURE = _("Cấu trúc: mở, đổi, khóa cùng đơn vị theo quyết định, không phải mục đem bàn giao.")
_HISTORY = _("Lịch sử: giữ nguyên đơn vị đã ghi, mãi mãi dẫn tới người kế thừa.")
_MACHINERY = _("Sổ của chính việc chuyển giao.")

keeps_its_holder(
    org__UnitVersion__unit=_STRUCTURE,
    org__UnitVersion__parent=_STRUCTURE,
    org__UnitFunction__unit=_STRUCTURE,
    org__Term__unit=_STRUCTURE,
    org__Post__unit=_STRUCTURE,
    org__Post__continues=_STRUCTURE,
    org__ExternalCode__unit=_HISTORY,
    org__Succession__predecessor=_HISTORY,
    org__Succession__successor=_HISTORY,
    org__PlanRow__from_unit=_MACHINERY,
    org__PlanRow__to_unit=_MACHINERY,
    org__LedgerRow__from_unit=_MACHINERY,
    org__LedgerRow__to_unit=_MACHINERY,
    org__Freeze__unit=_MACHINERY,
    org__StandIn__person=_("Ủy quyền gắn với phân công của người vắng và đi theo phân công ấy; người làm thay không đổi."),
    org__Invitation__person=_("Lời mời là của riêng người ấy, dùng một lần, có hạn."),
)
