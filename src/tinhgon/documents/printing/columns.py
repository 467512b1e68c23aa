"""Cột của từng mẫu sổ. ``width``: phần bề ngang trên giấy A4 nằm; ``center``: căn giữa."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    INCOMING = "den", _("Sổ đăng ký văn bản đến")
    OUTGOING = "di", _("Sổ đăng ký văn bản đi")
    HANDOVER = "chuyen-giao", _("Sổ chuyển giao văn bản")
    FOLLOWING = "theo-doi", _("Sổ theo dõi giải quyết văn bản đến")
    POST = "gui", _("Sổ gửi văn bản đi bưu điện")
    COPIES = "sao", _("Sổ đăng ký bản sao văn bản")
    SECRET_IN = "mat-den", _("Sổ đăng ký bí mật nhà nước đến")
    SECRET_OUT = "mat-di", _("Sổ đăng ký bí mật nhà nước đi")


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    label: object
    width: float
    center: bool = False


_NOTE = Column("note", _("Ghi chú"), 2.2)
_SECRECY = Column("secrecy", _("Mức độ mật"), 1.3, center=True)
_ISSUED = Column("issued", _("Ngày tháng văn bản"), 1.6, center=True)
_SUBJECT = Column("subject", _("Tên loại và trích yếu nội dung"), 6.5)

_IN = (
    Column("arrived", _("Ngày đến"), 1.6, center=True),
    Column("number", _("Số đến"), 1.1, center=True),
    Column("author", _("Tác giả"), 2.8),
    Column("symbol", _("Số, ký hiệu"), 2, center=True),
    _ISSUED,
    _SUBJECT,
    Column("receivers", _("Đơn vị hoặc người nhận"), 2.8),
    Column("sent", _("Ngày chuyển"), 1.6, center=True),
    Column("blank", _("Ký nhận"), 1.6),
    _NOTE,
)
_OUT = (
    Column("symbol", _("Số, ký hiệu văn bản"), 2.2, center=True),
    _ISSUED,
    _SUBJECT,
    Column("signer", _("Người ký"), 2.4),
    Column("places", _("Nơi nhận văn bản"), 3.6),
    Column("kept", _("Đơn vị, người nhận bản lưu"), 2.4),
    Column("copies", _("Số lượng bản"), 1.2, center=True),
    _NOTE,
)

COLUMNS: dict[str, tuple[Column, ...]] = {
    Kind.INCOMING: _IN,
    Kind.SECRET_IN: (*_IN[:5], _SECRECY, *_IN[5:]),
    Kind.OUTGOING: _OUT,
    Kind.SECRET_OUT: (*_OUT[:2], _SECRECY, *_OUT[2:]),
    Kind.HANDOVER: (
        Column("sent", _("Ngày chuyển"), 1.6, center=True),
        Column("either", _("Số đến hoặc số, ký hiệu văn bản"), 2.4, center=True),
        Column("subject", _("Trích yếu"), 6),
        Column("receiver", _("Đơn vị hoặc người nhận"), 4),
        Column("accepted", _("Ký nhận"), 2.6),
        _NOTE,
    ),
    Kind.FOLLOWING: (
        Column("number", _("Số đến"), 1.1, center=True),
        Column("all", _("Tên loại, số và ký hiệu, ngày tháng, tác giả, trích yếu nội dung"), 7),
        Column("receivers", _("Đơn vị hoặc người nhận"), 3),
        Column("due", _("Thời hạn giải quyết"), 1.7, center=True),
        Column("progress", _("Tiến độ giải quyết"), 2.6),
        Column("answer", _("Số, ký hiệu văn bản trả lời"), 2.2, center=True),
        _NOTE,
    ),
    Kind.POST: (
        Column("issued", _("Ngày chuyển"), 1.6, center=True),
        Column("symbol", _("Số, ký hiệu văn bản"), 2.2, center=True),
        Column("places", _("Nơi nhận văn bản"), 6),
        Column("copies", _("Số lượng bì"), 1.4, center=True),
        Column("blank", _("Ký nhận và dấu bưu điện"), 3),
        _NOTE,
    ),
    Kind.COPIES: (
        Column("symbol", _("Số, ký hiệu bản sao"), 2.2, center=True),
        Column("issued", _("Ngày tháng sao"), 1.6, center=True),
        Column("copied", _("Văn bản được sao: số, ký hiệu, ngày tháng, trích yếu"), 6.5),
        Column("copy_kind", _("Loại bản sao"), 1.8, center=True),
        Column("signer", _("Người ký"), 2.4),
        Column("places", _("Nơi nhận bản sao"), 3.6),
        Column("copies", _("Số lượng bản"), 1.2, center=True),
        _NOTE,
    ),
}
