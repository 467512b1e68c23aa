"""Khay đến: cái còn chờ vào sổ, và nơi máy tự lấy về, đi theo cơ quan kế thừa; cái đã xong là lịch sử."""

from django.utils.translation import gettext_lazy as _

from tinhgon.org.holdings import ColumnHolding, keeps_its_holder, register

register(
    ColumnHolding(
        kind="documents.arrival", label=_("Văn bản mới tới, chờ vào sổ"), order=29, table="documents_arrival",
        holder="to_unit_id", keys=("documents.Arrival.to_unit",), where="t.state IN ('received', 'ready', 'failed')",
        content=("addressed_to_id", "channel", "key", "sender", "subject", "folder", "received_at"),
        title="concat_ws(' · ', NULLIF(t.sender, ''), left(t.subject, 200))",
    ),
    ColumnHolding(
        kind="documents.watched_place", label=_("Thư mục, hộp thư tự lấy về khay"), order=28, table="documents_watched_place",
        holder="unit_id", keys=("documents.WatchedPlace.unit",), where="true",
        content=("kind", "path", "host", "port", "username", "mailbox"),
        title="CASE WHEN t.kind = 'folder' THEN t.path ELSE concat_ws(' · ', t.username, t.host) END",
    ),
)  # fmt: skip

keeps_its_holder(
    documents__Arrival__added_by="Lịch sử: ai đưa vào.",
    documents__Arrival__addressed_to="Lịch sử: nơi nhận lúc tới; vào sổ sau chuyển giao thì ghi nhận thay.",
)
