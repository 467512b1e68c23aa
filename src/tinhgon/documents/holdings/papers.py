"""Văn bản mà đơn vị giữ, và cách bàn giao: dự thảo, văn bản đang xử lý, hồ sơ lưu, dòng luân chuyển, sổ số.

Cơ quan ban hành, nơi nhận thay, số và ký hiệu là lịch sử: không bao giờ đi theo chuyển giao.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tinhgon.org.holdings import (
    PLAN_ROWS_OF_BATCH,
    ColumnHolding,
    Written,
    batch_parameters,
    execute,
    keeps_its_holder,
    register,
)
from tinhgon.org.models.handover import Batch, Direction, Outcome

_DOCUMENT_CONTENT = (
    "direction", "type_id", "issuer_id", "issuer_name", "series_id", "number", "number_suffix", "symbol", "issued_on",
    "arrived_on", "received_for_id", "summary", "signer_name", "urgency", "secrecy", "due_on", "drafter_id",
    "function_id", "void_reason", "created_at", "signer_position", "authority", "place", "receivers", "pages", "copies",
    "checked_by_id",
    "addressees", "answers_id", "in_approval",
    "late_reason", "copy_of_id", "copy_kind", "circulation", "paper_size", "recorder_name",
)  # fmt: skip
_LINE_CONTENT = ("document_id", "role", "remark", "due_on", "sent_at", "parent_id", "depth", "personal")
_BOOK_CONTENT = (
    "organ_id", "direction", "kind", "type_id", "term_id", "year", "congress_id", "is_secret", "last_number", "opened_on",
)  # fmt: skip

# Tên mục hiện với người làm việc sắp xếp, chưa chắc được xem mật: tài liệu mật chỉ hiện là có.
_DOCUMENT_TITLE = """CASE WHEN {d}.secrecy > 0 THEN 'Văn bản mật'
    ELSE concat_ws(' · ', NULLIF({d}.symbol, ''), left({d}.summary, 200)) END"""
_LINE_TITLE = f"(SELECT {_DOCUMENT_TITLE.format(d='d')} FROM documents_document d WHERE d.id = t.document_id)"
_BOOK_TITLE = """concat_ws(' · ',
    CASE t.direction WHEN 'incoming' THEN 'Sổ đến' WHEN 'outgoing' THEN 'Sổ đi' ELSE 'Sổ nội bộ' END,
    CASE t.kind WHEN 'copies' THEN 'Bản sao' END,
    (SELECT y.name FROM documents_type y WHERE y.id = t.type_id),
    COALESCE((SELECT c.name FROM documents_congress c WHERE c.id = t.congress_id),
             (SELECT m.name FROM org_term m WHERE m.id = t.term_id), t.year::text),
    CASE WHEN t.is_secret THEN 'mật' END, 'số cuối ' || t.last_number)"""


@dataclass(frozen=True, kw_only=True)
class LineHolding(ColumnHolding):
    """Hai dòng mở của một văn bản về cùng một đơn vị thì gộp: giữ dòng ở bậc trên, rồi chủ trì, rồi đứng yên, rồi có trước.

    Dòng gộp dẫn tới dòng giữ lại (``joined_into``) nên những gì đã chuyển xuống dưới nó vẫn có cha đang mở. Dòng đích danh chỉ
    gộp với dòng đích danh của cùng người ấy.
    """

    def plan_joins(self, handover_id: object, direction: str) -> None:
        execute(_JOIN_LINES, {"handover": handover_id, "direction": direction, "kind": self.kind})


_JOIN_LINES = """
    WITH planned AS (
        SELECT p.id, p.item_id, p.to_unit_id, p.outcome, l.document_id FROM org_plan_row p
        JOIN documents_routing_line l ON l.id = p.item_id
        WHERE p.handover_id = %(handover)s AND p.direction = %(direction)s AND p.kind = %(kind)s
          AND p.outcome IN ('move', 'stay', 'reopen') AND p.to_unit_id IS NOT NULL
    ), line AS (
        SELECT p.id AS plan_id, p.outcome, l.id, l.document_id, l.role, l.state, l.depth,
               COALESCE(p.to_unit_id, l.to_unit_id) AS unit_id, CASE WHEN l.personal THEN COALESCE(l.assignee_id, -l.id) END AS person
        FROM documents_routing_line l LEFT JOIN planned p ON p.item_id = l.id
        WHERE l.document_id IN (SELECT document_id FROM planned)
          AND (l.state IN ('unread', 'accepted') OR p.outcome = 'reopen')
    ), ranked AS (
        SELECT plan_id, outcome, state, row_number() OVER best AS place, first_value(id) OVER best AS kept
        FROM line WINDOW best AS (
            PARTITION BY document_id, unit_id, person ORDER BY depth, role <> 'lead', plan_id IS NOT NULL, outcome = 'move', id)
    )
    UPDATE org_plan_row p
    SET outcome = 'join', detail = jsonb_build_object('state', r.state, 'into', r.kept)
    FROM ranked r WHERE p.id = r.plan_id AND r.place > 1 AND r.outcome = 'move'
"""

# Mở lại dòng đã gộp: nếu dòng giữ lại đã xong thì phần việc ấy cũng đã xong.
_REOPEN_LINE = """
    state = CASE WHEN k.is_open THEN p.detail->>'state' ELSE 'done' END,
    kept_by_id = CASE WHEN k.is_open THEN NULL ELSE t.to_unit_id END,
    finished_at = CASE WHEN k.is_open THEN NULL ELSE %(now)s END,
    joined_into_id = NULL
"""
_KEPT_OPEN = "(SELECT k.state IN ('unread', 'accepted') FROM documents_routing_line k WHERE k.id = (p.detail->>'into')::bigint)"


@dataclass(frozen=True, kw_only=True)
class BookHolding(ColumnHolding):
    """Sổ số: khóa ở số cuối từ ngày chuyển giao, nơi nhận giữ sổ cũ và mở sổ mới từ 01 trong nhiệm kỳ của mình.

    Sổ của một kỳ đại hội chỉ khóa: nơi nhận không nối tiếp đại hội của cấp ủy cũ. Sổ chưa rút số nào thì không có gì để
    bàn giao. Hoàn tác: sổ cũ mở lại và chạy tiếp sau số cuối, sổ mới chưa dùng của đơn vị vừa đóng thì khóa.
    """

    def hand_over(self, batch: Batch) -> Written:
        if batch.outcome == Outcome.CLOSE and batch.direction == Direction.APPLY:
            execute(_OPEN_BOOKS, batch_parameters(batch))
        if batch.outcome == Outcome.REOPEN:
            execute(_CLOSE_UNUSED, batch_parameters(batch))
        return super().hand_over(batch)

    def intruders_sql(self) -> str:
        """Văn bản trong một sổ chưa khóa của đơn vị đã kết thúc, hay mang số quá số cuối của sổ."""
        return """
            SELECT d.id AS item_id FROM documents_number_series s JOIN documents_document d ON d.series_id = s.id
            WHERE s.organ_id = ANY(%(units)s) AND (s.closed_on IS NULL OR d.number > s.last_number)
        """

    def _set_sql(self, batch: Batch) -> str:
        if batch.outcome == Outcome.CLOSE:
            return "keeper_id = COALESCE(p.to_unit_id, t.keeper_id), closed_on = %(on)s"
        if batch.outcome == Outcome.REOPEN:
            return "keeper_id = p.to_unit_id, closed_on = NULL"
        return super()._set_sql(batch)

    def _guard_sql(self, batch: Batch) -> str:
        return "t.keeper_id = p.from_unit_id"


_OPEN_BOOKS = f"""
    INSERT INTO documents_number_series
        (organ_id, keeper_id, direction, kind, type_id, term_id, year, is_secret, last_number, opened_on, continues_id)
    SELECT p.to_unit_id, p.to_unit_id, s.direction, s.kind, s.type_id, term.id,
           CASE WHEN s.year IS NOT NULL THEN extract(year FROM %(on)s::date)::int END AS for_year,
           s.is_secret, 0, %(on)s::date, CASE WHEN count(*) = 1 THEN min(s.id) END
    FROM org_plan_row p
    JOIN documents_number_series s ON s.id = p.item_id
    JOIN org_unit_version v ON v.unit_id = p.to_unit_id AND v.valid @> %(on)s::date AND v.is_organ
    LEFT JOIN LATERAL (
        SELECT m.id FROM org_term m WHERE m.unit_id IN (v.unit_id, v.parent_id) AND m.valid @> %(on)s::date
        ORDER BY m.unit_id <> v.unit_id LIMIT 1
    ) term ON s.term_id IS NOT NULL
    WHERE {PLAN_ROWS_OF_BATCH} AND s.congress_id IS NULL AND (s.term_id IS NULL OR term.id IS NOT NULL)
    GROUP BY p.to_unit_id, s.direction, s.kind, s.type_id, term.id, for_year, s.is_secret
    ON CONFLICT DO NOTHING
"""

_CLOSE_UNUSED = f"""
    UPDATE documents_number_series s SET closed_on = %(on)s
    WHERE s.last_number = 0 AND s.closed_on IS NULL
      AND s.organ_id IN (SELECT p.from_unit_id FROM org_plan_row p WHERE {PLAN_ROWS_OF_BATCH})
      AND NOT EXISTS (SELECT 1 FROM org_unit_version v WHERE v.unit_id = s.organ_id AND v.valid @> %(on)s::date)
"""


def _documents(kind: str, label: object, order: int, states: str, *keys: str, is_work: bool = True) -> ColumnHolding:
    """Ba loại văn bản chung cột ``holder``, khác trạng thái."""
    return ColumnHolding(
        kind=kind, label=label, keys=keys, order=order, is_work=is_work, table="documents_document", holder="holder_id",
        where=f"t.state IN ({states})", content=_DOCUMENT_CONTENT, title=_DOCUMENT_TITLE.format(d="t"),
        function="t.function_id", secrecy="t.secrecy",
    )  # fmt: skip


_OF_DOCUMENT: dict[str, Any] = {
    "function": "(SELECT d.function_id FROM documents_document d WHERE d.id = t.document_id)",
    "secrecy": "(SELECT d.secrecy FROM documents_document d WHERE d.id = t.document_id)",
    "table": "documents_routing_line",
    "content": _LINE_CONTENT,
    "title": _LINE_TITLE,
}
_OF_BOOK: dict[str, Any] = {
    "table": "documents_number_series",
    "holder": "keeper_id",
    "content": _BOOK_CONTENT,
    "title": _BOOK_TITLE,
    "secrecy": "CASE WHEN t.is_secret THEN 1 ELSE 0 END",
}

register(
    _documents("documents.draft", _("Dự thảo"), 30, "'draft', 'ready'"),
    _documents("documents.open", _("Văn bản đang xử lý"), 31, "'registered', 'in_process'", "documents.Document.holder"),
    _documents("documents.record", _("Văn bản lưu"), 32, "'done', 'void', 'dropped'", is_work=False),
    LineHolding(
        kind="documents.line", label=_("Văn bản chuyển đến, chưa xong"), order=33, holder="to_unit_id", is_work=True,
        keys=("documents.RoutingLine.to_unit", "documents.RoutingLine.assignee"),
        where="t.state IN ('unread', 'accepted')", person="assignee_id",
        join_set="state = 'joined', joined_into_id = (p.detail->>'into')::bigint", reopen_set=_REOPEN_LINE.replace("k.is_open", _KEPT_OPEN), **_OF_DOCUMENT,
    ),
    ColumnHolding(
        kind="documents.line_sender", label=_("Văn bản đã chuyển đi, chờ kết quả"), order=34, holder="from_unit_id",
        keys=("documents.RoutingLine.from_unit",), where="t.state IN ('unread', 'accepted')", **_OF_DOCUMENT,
    ),
    ColumnHolding(
        kind="documents.line_record", label=_("Kết quả xử lý đang lưu"), order=35, holder="kept_by_id",
        keys=("documents.RoutingLine.kept_by",), where="t.state = 'done'", **_OF_DOCUMENT,
    ),
    BookHolding(
        kind="documents.series", label=_("Sổ văn bản đang mở"), order=36, outcome=Outcome.CLOSE,
        keys=("documents.NumberSeries.keeper",), where="t.closed_on IS NULL AND t.last_number > 0", **_OF_BOOK,
    ),
    ColumnHolding(
        kind="documents.book", label=_("Sổ văn bản đã khóa, đang giữ"), order=37, where="t.closed_on IS NOT NULL AND t.last_number > 0",
        **_OF_BOOK,
    ),
)  # fmt: skip

keeps_its_holder(
    documents__NumberSeries__organ="Lịch sử: sổ mang tên cơ quan đã mở nó; ai giữ sổ nằm ở keeper.",
    documents__Document__issuer="Lịch sử: cơ quan ban hành không đổi.",
    documents__Document__received_for="Lịch sử: nhận thay cho đơn vị nào.",
    documents__RemarkTemplate__person="Bút phê mẫu là của riêng người ấy, đi theo người.",
    documents__Document__drafter="Lịch sử: ai soạn; người ấy luôn thấy văn bản của mình.",
)
