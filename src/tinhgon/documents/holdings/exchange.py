"""Gửi, nhận: dòng gửi còn chờ hồi âm và biên nhận còn dở đi theo cơ quan kế thừa; lời xin và hộp thư đi nằm dưới chúng nên đi theo.

Nơi nhận ghi trên dòng gửi là lịch sử: thứ còn ở khay của nơi ấy đi theo bằng loại "documents.arrival".
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tinhgon.org.holdings import ColumnHolding, keeps_its_holder, register

_OPEN = "NOT t.is_withdrawn AND t.code NOT IN ('02', '06')"
_SENT: dict[str, Any] = {
    "content": ("document_id", "from_code", "way", "to_unit_id", "to_organ_id", "to_name", "sent_at"),
    "title": """concat_ws(' → ', (SELECT CASE WHEN d.secrecy > 0 THEN 'Văn bản mật' ELSE concat_ws(' · ', NULLIF(d.symbol, ''), left(d.summary, 120)) END
                                FROM documents_document d WHERE d.id = t.document_id), t.to_name)""",
    "secrecy": "(SELECT d.secrecy FROM documents_document d WHERE d.id = t.document_id)",
}  # fmt: skip

register(
    ColumnHolding(
        kind="documents.delivery", label=_("Văn bản đã gửi, chờ hồi âm"), order=38, table="documents_delivery", holder="from_unit_id",
        keys=("documents.Delivery.from_unit",), where=_OPEN, **_SENT,
    ),
    ColumnHolding(
        kind="documents.receipt", label=_("Văn bản nhận qua liên thông, chưa xong"), order=28, table="documents_receipt", holder="to_unit_id",
        keys=("documents.Receipt.to_unit",), where=_OPEN,
        content=("arrival_id", "delivery_id", "partner_id", "to_code", "from_code", "from_name", "message_id", "received_for_id", "received_at"),
        title="concat_ws(' · ', t.from_name, (SELECT left(a.subject, 200) FROM documents_arrival a WHERE a.id = t.arrival_id))",
    ),
)  # fmt: skip

keeps_its_holder(
    documents__Delivery__to_unit="Lịch sử: gửi cho ai; thứ còn chờ ở khay nơi ấy đi theo bằng documents.arrival.",
    documents__Receipt__received_for="Lịch sử: nhận thay cho cơ quan nào.",
)
