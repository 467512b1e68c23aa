"""Văn bản liên tịch đã ban hành: nơi kế thừa của cơ quan cùng đứng tên được xem thay. Dự thảo thì nơi đọc tự tìm nơi kế thừa.

Tên, ký hiệu, người ký lúc ban hành là lịch sử: không bao giờ đi theo chuyển giao.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tinhgon.org.holdings import ColumnHolding, keeps_its_holder, register

_OF_DOCUMENT: dict[str, Any] = {
    "title": """(SELECT CASE WHEN d.secrecy > 0 THEN 'Văn bản mật' ELSE concat_ws(' · ', NULLIF(d.symbol, ''), left(d.summary, 200)) END
                 FROM documents_document d WHERE d.id = t.document_id)""",
    "secrecy": "(SELECT d.secrecy FROM documents_document d WHERE d.id = t.document_id)",
}
register(
    ColumnHolding(
        kind="documents.joint", label=_("Văn bản cùng đứng tên"), order=39, table="documents_joint_organ", holder="kept_by_id",
        keys=("documents.JointOrgan.kept_by",), where="t.kept_by_id IS NOT NULL",
        content=("document_id", "name", "symbol", "signer_name", "signer_position", "authority"), **_OF_DOCUMENT,
    ),
)  # fmt: skip

keeps_its_holder(
    documents__JointOrgan__unit="Dự thảo: nơi đọc tự tìm nơi kế thừa (selectors.joint), hoàn tác thì lại là nó; đã ban hành: lịch sử, ai đang lưu nằm ở kept_by.",
    documents__JointOrgan__person="Ghi trên dự thảo; không còn là lãnh đạo nơi ấy thì lượt trình mời người đứng đầu. Bước đang chờ ký đi theo documents.approval.",
    documents__JointOrgan__received_by="Lịch sử: ai đã nhận bản đã ký.",
)
