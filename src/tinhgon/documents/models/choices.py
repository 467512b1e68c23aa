"""Các mức và các chiều dùng chung."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Secrecy(models.IntegerChoices):
    """Độ mật. Trên thường chỉ có dòng sổ: nội dung không bao giờ lưu ở đây (domain §1.6)."""

    NORMAL = 0, _("Thường")
    CONFIDENTIAL = 1, _("Mật")
    SECRET = 2, _("Tối mật")
    TOP_SECRET = 3, _("Tuyệt mật")


class Urgency(models.IntegerChoices):
    NORMAL = 0, _("Thường")
    URGENT = 1, _("Khẩn")
    VERY_URGENT = 2, _("Thượng khẩn")
    EXPRESS = 3, _("Hỏa tốc")
    EXPRESS_TIMED = 4, _("Hỏa tốc hẹn giờ")


class Direction(models.TextChoices):
    INCOMING = "incoming", _("đến")
    OUTGOING = "outgoing", _("đi")
    INTERNAL = "internal", _("nội bộ")


class CopyKind(models.TextChoices):
    """Ba loại bản sao (domain §1.6)."""

    FULL = "full", _("sao y bản chính")
    EXTRACT = "extract", _("trích sao")
    AGAIN = "again", _("sao lục")


class PaperSize(models.TextChoices):
    """Khổ giấy; tên loại nào được in A5 là một quy tắc của bộ."""

    A4 = "A4", "A4"
    A5 = "A5", "A5"
