"""Dự thảo giữa chừng: ý kiến đang chờ, vòng thẩm định, bước ký duyệt chưa xong, mẫu và đường trình ký đi theo chuyển giao.

Việc đã xong (đã trả lời, đã kết luận, đã ký) là lịch sử. Người được giao không sang nơi nhận thì việc chờ lãnh đạo nơi nhận;
hoàn tác thì người ấy lại đứng tên.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tinhgon.org.holdings import ColumnHolding, execute, keeps_its_holder, register

_TITLE = """(SELECT CASE WHEN d.secrecy > 0 THEN 'Văn bản mật' ELSE left(d.summary, 200) END
    FROM documents_document d WHERE d.id = t.document_id)"""
_OF_DRAFT: dict[str, Any] = {
    "function": "(SELECT d.function_id FROM documents_document d WHERE d.id = t.document_id)",
    "secrecy": "(SELECT d.secrecy FROM documents_document d WHERE d.id = t.document_id)",
    "title": _TITLE,
}


@dataclass(frozen=True, kw_only=True)
class OpinionHolding(ColumnHolding):
    """Hai dòng của một đợt về cùng một đơn vị, không ai đứng tên, thì gộp: nơi kế thừa trả lời một lần."""

    def plan_persons(self, handover_id: object) -> None:
        """Gộp xét sau cùng, vì phải biết người được hỏi có sang nơi nhận không."""
        super().plan_persons(handover_id)
        execute(_JOIN_OPINIONS, {"handover": handover_id, "kind": self.kind})


_JOIN_OPINIONS = """
    WITH planned AS (
        SELECT p.id, p.item_id, p.to_unit_id, p.detail, o.request_id FROM org_plan_row p
        JOIN documents_opinion o ON o.id = p.item_id
        WHERE p.handover_id = %(handover)s AND p.direction = 'apply' AND p.kind = %(kind)s
          AND p.outcome IN ('move', 'stay') AND p.to_unit_id IS NOT NULL
    ), line AS (
        SELECT p.id AS plan_id, o.id, o.request_id, COALESCE(p.to_unit_id, o.to_unit_id) AS unit_id
        FROM documents_opinion o LEFT JOIN planned p ON p.item_id = o.id
        WHERE o.request_id IN (SELECT request_id FROM planned) AND o.state = 'waiting'
          AND (o.to_person_id IS NULL OR p.detail ? 'person')
    ), ranked AS (
        SELECT plan_id, row_number() OVER same AS place, first_value(id) OVER same AS kept
        FROM line WINDOW same AS (PARTITION BY request_id, unit_id ORDER BY plan_id IS NOT NULL, id)
    )
    UPDATE org_plan_row p SET outcome = 'join', detail = jsonb_build_object('into', r.kept)
    FROM ranked r WHERE p.id = r.plan_id AND r.place > 1 AND p.outcome = 'move'
"""

# Mở lại dòng đã gộp: nơi kế thừa trả lời rồi thì câu trả lời ấy là của cả hai.
_REOPEN_OPINION = """
    (state, remark, file_id, file_name, answered_by_id, answered_at) = (
        SELECT k.state, k.remark, k.file_id, k.file_name, k.answered_by_id, k.answered_at
        FROM documents_opinion k WHERE k.id = (p.detail->>'into')::bigint)
"""

register(
    OpinionHolding(
        kind="documents.opinion", label=_("Ý kiến đang được hỏi"), order=38, table="documents_opinion", holder="to_unit_id",
        keys=("documents.Opinion.to_unit", "documents.Opinion.to_person"), where="t.state = 'waiting'", person="to_person_id",
        content=("request_id", "document_id"), join_set="state = 'joined'", reopen_set=_REOPEN_OPINION, **_OF_DRAFT,
    ),
    ColumnHolding(
        kind="documents.appraisal", label=_("Dự thảo đang thẩm định"), order=39, table="documents_appraisal", holder="by_unit_id",
        keys=("documents.Appraisal.by_unit", "documents.Appraisal.appraiser"), where="t.state = 'waiting'", person="appraiser_id",
        content=("document_id", "number", "version", "asked_at"), **_OF_DRAFT,
    ),
    ColumnHolding(  # không gộp hai bước về cùng đơn vị: mỗi bước là một trách nhiệm riêng trong thứ tự ký
        kind="documents.approval", label=_("Dự thảo đang trình ký"), order=40, table="documents_approval_step", holder="unit_id",
        keys=("documents.ApprovalStep.unit", "documents.ApprovalStep.person"), where="t.state IN ('pending', 'waiting')",
        person="person_id", content=("approval_id", "document_id", '"order"', "kind"), **_OF_DRAFT,
    ),
    ColumnHolding(
        kind="documents.template", label=_("Mẫu văn bản"), order=41, table="documents_template", holder="organ_id",
        keys=("documents.DraftTemplate.organ",), where="t.is_active", content=("type_id", "name"), title="t.name",
    ),
    ColumnHolding(
        kind="documents.approval_path", label=_("Đường trình ký đặt sẵn"), order=42, table="documents_approval_path",
        holder="organ_id", keys=("documents.ApprovalPath.organ",), where="t.is_active",
        content=("type_id", "groups", "is_required", "set_at"),
        title="COALESCE((SELECT y.name FROM documents_type y WHERE y.id = t.type_id), 'Mọi tên loại')",
    ),
)  # fmt: skip

keeps_its_holder(
    documents__DraftVersion__author="Lịch sử: ai lưu bản này.",
    documents__TemplateVersion__author="Lịch sử: ai lưu bản này của mẫu.",
    documents__OpinionRequest__asked_by="Lịch sử: ai xin ý kiến; nơi giữ dự thảo tổng hợp.",
    documents__Opinion__answered_by="Lịch sử: ai trả lời.",
    documents__Appraisal__asked_by="Lịch sử: ai xin thẩm định.",
    documents__Appraisal__concluded_by="Lịch sử: ai kết luận.",
    documents__AppraisalRemark__author="Lịch sử: ai góp ý.",
    documents__AppraisalRemark__answered_by="Lịch sử: ai giải trình.",
    documents__Approval__started_by="Lịch sử: ai trình.",
    documents__ApprovalStep__acted_by="Lịch sử: ai đã ký duyệt hay trả lại.",
)
