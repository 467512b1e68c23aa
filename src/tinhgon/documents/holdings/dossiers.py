"""Hồ sơ, lần nộp lưu đang chờ và danh mục hủy đang làm đi theo đơn vị kế thừa; đơn vị đã lập là lịch sử."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tinhgon.org.holdings import ColumnHolding, keeps_its_holder, register

_DOSSIER: dict[str, Any] = {
    "table": "documents_dossier",
    "holder": "holder_id",
    "content": ("title", "notation", "unit_id", "function_id", "retention_id", "opened_on", "created_at"),
    "title": "concat_ws(' · ', NULLIF(t.notation, ''), t.title)",
    "function": "t.function_id",
}  # fmt: skip

register(
    ColumnHolding(
        kind="documents.dossier", label=_("Hồ sơ công việc"), order=40, where="t.state IN ('open', 'closed', 'offered')",
        keys=("documents.Dossier.holder", "documents.Dossier.keeper"), person="keeper_id", **_DOSSIER,
    ),
    ColumnHolding(
        kind="documents.dossier_record", label=_("Hồ sơ đã nộp lưu trữ, đã hủy"), order=41, where="t.state IN ('archived', 'destroyed')",
        **_DOSSIER,
    ),
    ColumnHolding(
        kind="documents.archive_transfer", label=_("Hồ sơ đang nộp lưu"), order=42, table="documents_archive_transfer",
        holder="from_unit_id", keys=("documents.ArchiveTransfer.from_unit",), where="t.state = 'waiting'",
        content=("package_id", "made_by_id", "made_on"), title="'Nộp lưu ngày ' || to_char(t.made_on, 'DD/MM/YYYY')",
    ),
    ColumnHolding(
        kind="documents.archive", label=_("Kho lưu trữ đang giữ"), order=43, table="documents_archive_transfer", holder="archive_id",
        keys=("documents.ArchiveTransfer.archive",), where="t.state IN ('waiting', 'received')",
        content=("package_id", "made_by_id", "made_on"), title="'Gói nộp lưu ngày ' || to_char(t.made_on, 'DD/MM/YYYY')",
    ),
    ColumnHolding(
        kind="documents.disposal", label=_("Danh mục hủy"), order=44, table="documents_disposal_list", holder="unit_id",
        keys=("documents.DisposalList.unit",), where="true", content=("title", "made_by_id", "made_on"), title="t.title",
    ),
)  # fmt: skip

keeps_its_holder(
    documents__Dossier__unit="Lịch sử: đơn vị đã lập hồ sơ; ai giữ nằm ở holder.",
    documents__DossierEntry__added_by="Lịch sử: ai đưa vào mục lục.",
    documents__ArchiveTransfer__made_by="Lịch sử: ai nộp.",
    documents__ArchiveTransfer__settled_by="Lịch sử: ai nhận hay trả lại.",
    documents__DisposalList__made_by="Lịch sử: ai lập.",
    documents__DisposalList__appraised_by="Lịch sử: ai xét giá trị.",
    documents__DisposalList__approved_by="Lịch sử: ai duyệt.",
)
