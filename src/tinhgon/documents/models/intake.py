"""Khay đến: mọi thứ vừa tới, bằng bất cứ kênh nào, chờ văn thư vào sổ; và những nơi máy tự lấy về."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models.papers import Document
from tinhgon.files.models import StoredFile
from tinhgon.org.models import Person, Unit


class Arrival(models.Model):
    """Một thứ vừa tới một cơ quan. Vào sổ thì thành ``document``; trước đó không ai ngoài cơ quan ấy thấy.

    ``to_unit`` đi theo chuyển giao khi còn chờ; ``addressed_to`` là nơi nhận lúc tới, không đổi. ``reading``: các ô đọc được kèm độ tin cậy và chỗ trên trang
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
    addressed_to = models.ForeignKey(Unit, verbose_name=_("nơi nhận lúc tới"), on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(_("kênh"), max_length=10, choices=Channel)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.RECEIVED)
    key = models.CharField(max_length=300, blank=True, db_default="")
    sender = models.CharField(_("nơi gửi"), max_length=200, blank=True, db_default="")
    subject = models.CharField(_("tiêu đề"), max_length=2000, blank=True, db_default="")
    reading = models.JSONField(default=dict, blank=True)
    problem = models.CharField(_("trục trặc"), max_length=500, blank=True, db_default="")
    folder = models.CharField(_("thư mục trong gói"), max_length=500, blank=True, db_default="")
    batch = models.UUIDField(_("đợt đưa vào"), null=True, blank=True)  # tiến độ đọc của cả đợt (core.Progress)
    reason = models.CharField(_("lý do"), max_length=500, blank=True, db_default="")  # từ chối, hoặc vẫn vào sổ dù đã có
    same_as = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
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
                fields=["addressed_to", "channel", "key"], condition=~models.Q(key=""), name="documents_arrival_once"
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
            ),
            models.Index(fields=["batch"], condition=models.Q(batch__isnull=False), name="documents_arrivals_batch"),
        ]

    def __str__(self):
        return self.subject or self.sender or f"#{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.addressed_to_id is None:
            self.addressed_to_id = self.to_unit_id
        super().save(*args, **kwargs)


class ArrivalFile(models.Model):
    """Một tệp của thứ vừa tới; vào sổ thì thành tệp đính kèm.

    ``text``: chữ đọc được (đã cắt ngắn), để vào sổ không phải đọc lần nữa. ``legacy``: bảng mã cũ đã đổi sang Unicode;
    ``legacy_sample``: vài dòng trước khi đổi, để văn thư đối chiếu.
    """

    arrival = models.ForeignKey(Arrival, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("tên tệp"), max_length=255)
    text = models.TextField(blank=True, db_default="")
    page_count = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=10, blank=True, db_default="")  # engine.extract.Source
    legacy = models.CharField(max_length=20, blank=True, db_default="")
    legacy_sample = models.TextField(blank=True, db_default="")

    class Meta:
        db_table = "documents_arrival_file"
        ordering = ["id"]


class WatchedPlace(models.Model):
    """Nơi máy tự lấy văn bản về khay của một cơ quan: một thư mục hoặc một hộp thư IMAP.

    ``path``: thư mục con dưới gốc được phép (``settings.INTAKE_ROOT``), không bao giờ là đường dẫn tùy ý của máy chủ.
    ``secret``: mật khẩu hộp thư, đã mã hóa bằng khóa của máy chủ.
    """

    class Kind(models.TextChoices):
        FOLDER = "folder", _("thư mục")
        MAIL = "mail", _("hộp thư IMAP")

    class Security(models.TextChoices):
        TLS = "tls", _("TLS (cổng 993)")
        STARTTLS = "starttls", _("STARTTLS (cổng 143)")
        PLAIN = "plain", _("không mã hóa, chỉ trong mạng nội bộ")

    unit = models.ForeignKey(Unit, verbose_name=_("cơ quan nhận"), on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kiểu"), max_length=6, choices=Kind)
    path = models.CharField(_("thư mục"), max_length=200, blank=True, db_default="")
    host = models.CharField(_("máy chủ thư"), max_length=200, blank=True, db_default="")
    port = models.PositiveIntegerField(_("cổng"), null=True, blank=True)
    security = models.CharField(_("mã hóa đường truyền"), max_length=8, choices=Security, default=Security.TLS)
    username = models.CharField(_("tài khoản"), max_length=200, blank=True, db_default="")
    secret = models.TextField(blank=True, db_default="")
    mailbox = models.CharField(_("hộp"), max_length=100, blank=True, db_default="INBOX", default="INBOX")
    is_active = models.BooleanField(_("đang dùng"), default=True)
    checked_at = models.DateTimeField(_("lần xem gần nhất"), null=True, blank=True)
    taken = models.PositiveIntegerField(_("đã lấy"), default=0)
    problem = models.CharField(_("trục trặc"), max_length=500, blank=True, db_default="")

    class Meta:
        db_table = "documents_watched_place"
        constraints = [
            models.UniqueConstraint(fields=["path"], condition=models.Q(kind="folder"), name="documents_watched_folder_once"),
            models.UniqueConstraint(
                fields=["host", "username", "mailbox"], condition=models.Q(kind="mail"), name="documents_watched_box_once"
            ),
        ]

    def __str__(self):
        return self.path if self.kind == self.Kind.FOLDER else f"{self.username} · {self.host}"


class ColumnMapping(models.Model):
    """Cách khớp cột của một bảng sổ đã nhập: lần sau gặp đúng các tiêu đề ấy thì chọn sẵn. ``columns``: khóa của tiêu đề."""

    columns = models.CharField(max_length=2000, unique=True)
    mapping = models.JSONField()
    used_at = models.DateTimeField()

    class Meta:
        db_table = "documents_column_mapping"
