"""Khay đến: cái còn chờ vào sổ đi theo cơ quan kế thừa; cái đã vào sổ hay đã từ chối là lịch sử."""

from django.utils.translation import gettext_lazy as _

from tinhgon.org.holdings import ColumnHolding, keeps_its_holder, register

register(
    ColumnHolding(
        kind="documents.arrival", label=_("Văn bản mới tới, chờ vào sổ"), order=29, table="documents_arrival",
        holder="to_unit_id", keys=("documents.Arrival.to_unit",), where="t.state IN ('received', 'ready', 'failed')",
        content=("channel", "key", "sender", "subject", "received_at"),
        title="concat_ws(' · ', NULLIF(t.sender, ''), left(t.subject, 200))",
    )
)  # fmt: skip

keeps_its_holder(documents__Arrival__added_by="Lịch sử: ai đưa vào.")
