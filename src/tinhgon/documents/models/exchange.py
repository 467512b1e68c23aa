"""Gửi, nhận giữa các cơ quan: dòng gửi, biên nhận, lời xin lấy lại hay cập nhật, hộp thư đi, nơi đã đăng ký."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models.intake import Arrival
from tinhgon.documents.models.papers import Document
from tinhgon.engine.edxml.states import State
from tinhgon.files.models import StoredFile
from tinhgon.org.models import Unit


class Status(models.TextChoices):
    """Bước tiếp nhận, xử lý ở nơi nhận (QCVN 102:2016)."""

    NONE = "", _("chưa có hồi âm")
    ARRIVED = "01", _("đã đến")
    REFUSED = "02", _("từ chối tiếp nhận")
    REGISTERED = "03", _("đã vào sổ")
    ASSIGNED = "04", _("đã phân công xử lý")
    PROCESSING = "05", _("đang xử lý")
    DONE = "06", _("hoàn thành xử lý")


class Partner(models.Model):
    """Một hệ thống khác đã đăng ký. Không gửi tới địa chỉ nào ngoài bảng này, không tin chứng thư nào ngoài bảng này."""

    name = models.CharField(_("tên hệ thống"), max_length=200)
    address = models.URLField(_("địa chỉ"), max_length=300, blank=True)  # rỗng: chỉ trao đổi bằng tệp
    certificate = models.TextField(_("chứng thư"), blank=True)  # PEM
    is_active = models.BooleanField(_("đang nối"), default=False)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "documents_partner"

    def __str__(self):
        return self.name


class PartnerOrgan(models.Model):
    """Một cơ quan ở hệ thống ấy, theo mã định danh."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="organs")
    code = models.CharField(_("mã định danh"), max_length=20, unique=True)
    name = models.CharField(_("tên cơ quan"), max_length=200)

    class Meta:
        db_table = "documents_partner_organ"

    def __str__(self):
        return self.name


class ExchangeIdentity(models.Model):
    """Khóa ký của hệ thống này: một dòng, pk=1. Khóa riêng niêm phong bằng khóa bí mật của máy chủ (settings.SECRET_KEY)."""

    certificate = models.TextField()
    sealed_key = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "documents_exchange_identity"


class _Standing(models.Model):
    """Trạng thái mà hai bên cùng giữ (``engine.edxml.states``)."""

    code = models.CharField(_("trạng thái"), max_length=2, choices=Status, blank=True, default="", db_default="")
    is_asked = models.BooleanField(default=False, db_default=False)
    is_withdrawn = models.BooleanField(default=False, db_default=False)

    class Meta:
        abstract = True

    @property
    def standing(self) -> State:
        return State(self.code, self.is_asked, self.is_withdrawn)

    @standing.setter
    def standing(self, state: State) -> None:
        self.code, self.is_asked, self.is_withdrawn = state.code, state.asked, state.withdrawn


STANDING = ("code", "is_asked", "is_withdrawn")


class Delivery(_Standing):
    """Một văn bản đi tới một nơi nhận. ``from_unit``: cơ quan theo dõi, đi theo chuyển giao; nơi nhận là lịch sử."""

    class Way(models.TextChoices):
        INTERNAL = "internal", _("trong hệ thống")
        NETWORK = "network", _("trục liên thông")
        FILE = "file", _("tệp edXML")
        PAPER = "paper", _("bản giấy")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="deliveries")
    from_unit = models.ForeignKey(Unit, verbose_name=_("cơ quan gửi"), on_delete=models.PROTECT, related_name="+")
    from_code = models.CharField(max_length=20, blank=True)
    way = models.CharField(_("cách gửi"), max_length=8, choices=Way)
    to_unit = models.ForeignKey(Unit, verbose_name=_("nơi nhận"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_organ = models.ForeignKey(PartnerOrgan, null=True, blank=True, on_delete=models.PROTECT, related_name="deliveries")
    to_name = models.CharField(_("nơi nhận"), max_length=200)
    note = models.CharField(_("ghi chú"), max_length=500, blank=True)
    sent_by = models.CharField(_("người gửi"), max_length=120, blank=True)
    sent_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True, blank=True)
    answer_due_on = models.DateField(_("hạn hồi âm"), null=True, blank=True)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        db_table = "documents_delivery"
        indexes = [
            models.Index(fields=["from_unit", "-id"], name="documents_deliveries_of"),
            models.Index(
                fields=["answer_due_on"], condition=Q(code__in=["", "01"], is_withdrawn=False), name="documents_deliveries_silent"
            ),
        ]

    def __str__(self):
        return self.to_name


class DeliveryStep(models.Model):
    """Lịch sử của một dòng gửi: chỉ thêm. ``said``: lời của bên kia, hay lỗi của đường truyền."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="steps")
    code = models.CharField(max_length=2, blank=True)
    said = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "documents_delivery_step"


class Receipt(_Standing):
    """Một văn bản tới từ cơ quan khác: giữ trạng thái đã báo lại. ``to_unit`` đi theo chuyển giao.

    ``delivery``: dòng gửi khi bên gửi ở ngay hệ thống này; ``partner``: hệ thống gửi; cả hai rỗng: nhập từ tệp.
    ``received_for``: cơ quan đã kết thúc mà thông điệp ghi tên, nơi kế thừa nhận thay.
    """

    to_unit = models.ForeignKey(Unit, verbose_name=_("cơ quan nhận"), on_delete=models.PROTECT, related_name="+")
    to_code = models.CharField(max_length=20, blank=True)
    received_for = models.ForeignKey(Unit, verbose_name=_("nhận thay"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    arrival = models.OneToOneField(Arrival, on_delete=models.PROTECT, related_name="receipt")
    delivery = models.OneToOneField(Delivery, null=True, blank=True, on_delete=models.PROTECT, related_name="receipt")
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="receipts")
    from_code = models.CharField(max_length=20, blank=True)
    from_name = models.CharField(max_length=200)
    message_id = models.CharField(max_length=200)  # DocumentId của quy chuẩn
    received_at = models.DateTimeField()

    class Meta:
        db_table = "documents_receipt"
        constraints = [
            models.UniqueConstraint(
                fields=["message_id", "to_code"], condition=Q(delivery__isnull=True), name="documents_received_once"
            )
        ]
        indexes = [models.Index(fields=["to_unit", "-id"], name="documents_receipts_of")]


class ExchangeRequest(models.Model):
    """Bên gửi xin lấy lại, cập nhật hay thay thế; bên nhận đồng ý (15) hoặc từ chối (16) kèm lý do.

    Hai đầu ở một hệ thống thì chung một dòng; khác hệ thống thì mỗi bên một dòng. ``changes``: các ô và tệp mới.
    """

    class Kind(models.TextChoices):
        RECALL = "recall", _("lấy lại")
        UPDATE = "update", _("cập nhật")
        REPLACE = "replace", _("thay thế")

    class State(models.TextChoices):
        PENDING = "pending", _("chờ trả lời")
        AGREED = "agreed", _("đã đồng ý")
        DECLINED = "declined", _("đã từ chối")

    TAKES_AWAY = (Kind.RECALL, Kind.REPLACE)

    delivery = models.ForeignKey(Delivery, null=True, blank=True, on_delete=models.PROTECT, related_name="requests")
    receipt = models.ForeignKey(Receipt, null=True, blank=True, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(_("xin gì"), max_length=8, choices=Kind)
    state = models.CharField(_("trạng thái"), max_length=8, choices=State, default=State.PENDING)
    reason = models.CharField(_("lý do"), max_length=500)
    changes = models.JSONField(default=dict, blank=True)
    answer = models.CharField(_("lời đáp"), max_length=500, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "documents_exchange_request"
        constraints = [
            models.UniqueConstraint(fields=["receipt"], condition=Q(state="pending"), name="documents_one_request_waiting"),
            models.CheckConstraint(
                condition=Q(delivery__isnull=False) | Q(receipt__isnull=False), name="documents_request_has_a_side"
            ),
        ]


class Outbox(models.Model):
    """Thông điệp phải tới một hệ thống khác. Ghi cùng giao dịch với việc sinh ra nó; việc nền gửi cho tới khi có biên nhận.

    ``line``: các thông điệp cùng giá trị đi theo thứ tự. ``body``: nguyên byte đã soạn và ký, gửi lại là đúng những byte ấy.
    """

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("văn bản")
        REQUEST = "request", _("xin lấy lại, cập nhật")
        STATUS = "status", _("trạng thái")

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ gửi")
        SENT = "sent", _("đã tới")
        FAILED = "failed", _("không gửi được")

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="outbox")
    line = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=Kind)
    delivery = models.ForeignKey(Delivery, null=True, blank=True, on_delete=models.PROTECT, related_name="outbox")
    receipt = models.ForeignKey(Receipt, null=True, blank=True, on_delete=models.PROTECT, related_name="outbox")
    request = models.ForeignKey(ExchangeRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="outbox")
    code = models.CharField(max_length=2, blank=True)
    said = models.CharField(max_length=500, blank=True)
    body = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    problem = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "documents_outbox"
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="documents_outbox_due"),
            models.Index(fields=["line", "id"], condition=~Q(state="sent"), name="documents_outbox_line"),
        ]


class Inbox(models.Model):
    """Thông điệp đã nhận, theo băm của nguyên byte: tới lần nữa thì trả lại biên nhận cũ, không làm gì."""

    digest = models.CharField(max_length=64, unique=True)
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="inbox")
    answer = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        db_table = "documents_inbox"
