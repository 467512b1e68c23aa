"""Khay đến: mọi thứ vừa tới, bằng bất cứ kênh nào, chờ văn thư vào sổ."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models.papers import Document
from tinhgon.files.models import StoredFile
from tinhgon.org.models import Person, Unit


class Arrival(models.Model):
    """Một thứ vừa tới một cơ quan. Vào sổ thì thành ``document``; trước đó không ai ngoài cơ quan ấy thấy.

    ``to_unit`` đi theo chuyển giao khi còn chờ. ``reading``: các ô đọc được kèm độ tin cậy và chỗ trên trang
    (``engine.reading``); chỉ là đề nghị, văn thư xác nhận rồi mới vào sổ. ``key``: khóa chống nhận hai lần của kênh
    (mã thông điệp, mã thư, băm tệp).
    """

    WAITING = ("received", "ready", "failed")

    class Channel(models.TextChoices):
        UPLOAD = "upload", _("tải lên")
        FOLDER = "folder", _("thư mục theo dõi")
        MAIL = "mail", _("thư điện tử")
        EXCHANGE = "exchange", _("trục liên thông")
        INTERNAL = "internal", _("trong hệ thống")

    class State(models.TextChoices):
        RECEIVED = "received", _("đang đọc")
        READY = "ready", _("chờ vào sổ")
        FAILED = "failed", _("không đọc được")
        REGISTERED = "registered", _("đã vào sổ")
        REFUSED = "refused", _("đã từ chối")

    to_unit = models.ForeignKey(Unit, verbose_name=_("cơ quan nhận"), on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(_("kênh"), max_length=10, choices=Channel)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.RECEIVED)
    key = models.CharField(max_length=300, blank=True, db_default="")
    sender = models.CharField(_("nơi gửi"), max_length=200, blank=True, db_default="")
    subject = models.CharField(_("tiêu đề"), max_length=2000, blank=True, db_default="")
    reading = models.JSONField(default=dict, blank=True)
    problem = models.CharField(_("trục trặc"), max_length=500, blank=True, db_default="")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="arrivals")
    added_by = models.ForeignKey(
        Person, verbose_name=_("người đưa vào"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "documents_arrival"
        constraints = [
            models.UniqueConstraint(
                fields=["to_unit", "channel", "key"], condition=~models.Q(key=""), name="documents_arrival_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="registered", document__isnull=False)
                | (~models.Q(state="registered") & models.Q(document__isnull=True)),
                name="documents_arrival_registered_has_document",
            ),
        ]
        indexes = [
            models.Index(
                fields=["to_unit", "-id"],
                condition=models.Q(state__in=["received", "ready", "failed"]),
                name="documents_arrivals_waiting",
            )
        ]

    def __str__(self):
        return self.subject or self.sender or f"#{self.pk}"


class ArrivalFile(models.Model):
    """Một tệp của thứ vừa tới; vào sổ thì thành tệp đính kèm."""

    arrival = models.ForeignKey(Arrival, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("tên tệp"), max_length=255)

    class Meta:
        db_table = "documents_arrival_file"
