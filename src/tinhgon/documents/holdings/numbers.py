"""Số đang giữ đi theo đơn vị kế thừa. Sổ của số giữ: ``papers.BookHolding``.

Sau chuyển giao sổ cũ đã khóa nên số giữ không dùng được nữa: nơi kế thừa trả lại, hoặc hết hạn thì thành "hủy số". Hoàn tác thì
sổ mở lại và đơn vị cũ dùng tiếp số mình giữ.
"""

from django.utils.translation import gettext_lazy as _

from tinhgon.org.holdings import ColumnHolding, keeps_its_holder, register

register(
    ColumnHolding(
        kind="documents.reservation", label=_("Số đang giữ"), order=38, table="documents_number_reservation",
        holder="unit_id", keys=("documents.NumberReservation.unit",), where="t.state = 'held'",
        content=("series_id", "type_id", "number", "symbol", "organ_name", "secrecy", "reserved_on", "until", "reason"),
        title="CASE WHEN t.secrecy > 0 THEN 'Số mật đang giữ' ELSE concat_ws(' · ', 'Số ' || t.symbol, left(t.reason, 200)) END",
        secrecy="t.secrecy",
    ),
)  # fmt: skip

keeps_its_holder(
    documents__NumberReservation__reserved_by="Lịch sử: ai đã giữ số.",
    documents__Congress__unit="Lịch sử: đại hội của cấp ủy nào; kỳ đại hội không sang cấp ủy khác.",
)
