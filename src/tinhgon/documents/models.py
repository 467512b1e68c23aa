"""Bảng của văn bản. Đơn vị ban hành là lịch sử và không đổi; ``holder`` là đơn vị đang giữ và đi theo chuyển giao."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon.files.models import StoredFile
from tinhgon.org.models import Function, Person, Term, Unit
from tinhgon.search.fields import exact_vector, folded_vector, vector_indexes


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


class DocumentType(models.Model):
    """Tên loại. Ký hiệu không suy ra được tên loại: Quyết định và Quy định cùng là QĐ (domain §1.1).

    ``rule_set``: bộ quy tắc nêu tên loại này; ``source``: nơi đọc được; ``is_certain``: ký hiệu thấy trong nguồn, không
    phải suy từ chữ đầu. ``is_slip``: giấy tờ hành chính, không có thể thức ký hiệu thống nhất.
    """

    code = models.CharField(_("mã"), max_length=30, unique=True)
    name = models.CharField(_("tên loại"), max_length=60)
    abbreviation = models.CharField(_("ký hiệu"), max_length=10, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    is_slip = models.BooleanField(_("giấy tờ hành chính"), default=False)
    rule_set = models.CharField(_("bộ quy tắc"), max_length=40, blank=True)
    source = models.CharField(_("nguồn"), max_length=200, blank=True)
    is_certain = models.BooleanField(_("ký hiệu chắc chắn"), default=False)

    class Meta:
        db_table = "documents_type"
        ordering = ["order"]

    def __str__(self):
        return self.name


class NumberSeries(models.Model):
    """Một dãy số của một cơ quan: đi và nội bộ theo tên loại và nhiệm kỳ; đến theo năm. Dãy mật để riêng.

    Số chỉ rút khi ban hành hoặc vào sổ, không đứt quãng, khóa dòng này. ``closed_on``: khóa từ ngày này ở ``last_number``,
    không rút thêm nữa. ``organ``: cơ quan đứng tên, là lịch sử; ``keeper``: đơn vị đang giữ sổ, đi theo chuyển giao.
    """

    organ = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="number_series")
    keeper = models.ForeignKey(Unit, verbose_name=_("đơn vị giữ sổ"), on_delete=models.PROTECT, related_name="kept_series")
    direction = models.CharField(max_length=8, choices=Direction)
    type = models.ForeignKey(DocumentType, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    is_secret = models.BooleanField(default=False)
    last_number = models.PositiveIntegerField(_("số cuối"), default=0)
    opened_on = models.DateField(_("mở ngày"))
    closed_on = models.DateField(_("khóa ngày"), null=True, blank=True)
    continues = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued_by")

    class Meta:
        db_table = "documents_number_series"
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "direction", "type", "term", "year", "is_secret"],
                nulls_distinct=False,
                name="documents_one_series_per_book",
            ),
            models.CheckConstraint(
                condition=Q(term__isnull=False, year__isnull=True) | Q(term__isnull=True, year__isnull=False),
                name="documents_series_by_term_or_year",
            ),
        ]


class Document(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("dự thảo")
        READY = "ready", _("chờ cấp số")
        REGISTERED = "registered", _("đã vào sổ")
        IN_PROCESS = "in_process", _("đang xử lý")
        DONE = "done", _("đã xử lý xong")
        VOID = "void", _("hủy số")

    UNNUMBERED = (State.DRAFT, State.READY)
    OPEN = (State.REGISTERED, State.IN_PROCESS)

    direction = models.CharField(_("chiều"), max_length=8, choices=Direction)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.DRAFT)
    type = models.ForeignKey(DocumentType, verbose_name=_("tên loại"), on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Unit, verbose_name=_("đơn vị đang giữ"), on_delete=models.PROTECT, related_name="+")
    function = models.ForeignKey(
        Function, verbose_name=_("chức năng"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Lịch sử: ai ban hành, số nào, ngày nào. Chuyển giao không chạm vào.
    issuer = models.ForeignKey(
        Unit, verbose_name=_("cơ quan ban hành"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    issuer_name = models.CharField(_("tác giả"), max_length=200, blank=True)  # nơi gửi ngoài hệ thống
    series = models.ForeignKey(NumberSeries, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    number = models.PositiveIntegerField(_("số"), null=True, blank=True)  # số đi, hoặc số đến
    number_suffix = models.CharField(max_length=3, blank=True)
    symbol = models.CharField(_("số, ký hiệu"), max_length=60, blank=True)  # "15-CV/VPTU" như in trên văn bản
    issued_on = models.DateField(_("ngày văn bản"), null=True, blank=True)
    arrived_on = models.DateField(_("ngày đến"), null=True, blank=True)
    received_for = models.ForeignKey(
        Unit, verbose_name=_("nhận thay"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # thư đến muộn của đơn vị đã kết thúc
    summary = models.CharField(_("trích yếu"), max_length=2000)
    signer_name = models.CharField(_("người ký"), max_length=120, blank=True)
    urgency = models.PositiveSmallIntegerField(_("độ khẩn"), choices=Urgency, default=Urgency.NORMAL)
    secrecy = models.PositiveSmallIntegerField(_("độ mật"), choices=Secrecy, default=Secrecy.NORMAL)
    due_on = models.DateField(_("hạn xử lý"), null=True, blank=True)
    drafter = models.ForeignKey(
        Person, verbose_name=_("người soạn"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    return_reason = models.CharField(_("lý do trả lại dự thảo"), max_length=500, blank=True, db_default="")
    void_reason = models.CharField(_("lý do hủy"), max_length=300, blank=True)
    finished_on = models.DateField(_("ngày xử lý xong"), null=True, blank=True)
    created_at = models.DateTimeField()
    search_folded = folded_vector("summary", "symbol", "issuer_name")
    search_exact = exact_vector("summary", "symbol", "issuer_name")

    class Meta:
        db_table = "documents_document"
        constraints = [
            models.UniqueConstraint(
                fields=["series", "number", "number_suffix"], name="documents_number_drawn_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "ready"], number__isnull=True)
                | (~Q(state__in=["draft", "ready"]) & Q(number__isnull=False)),
                name="documents_number_only_when_registered",
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "state", "-id"], name="documents_held"),
            models.Index(fields=["issuer", "-id"], name="documents_issued"),
            models.Index(fields=["drafter", "state"], name="documents_drafted"),
            *vector_indexes("documents"),
        ]

    def __str__(self):
        return self.symbol or self.summary[:60]


class Attachment(models.Model):
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("tên tệp"), max_length=255)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "documents_attachment"


class RoutingLine(models.Model):
    """Một dòng luân chuyển tới một đơn vị: chủ trì, phối hợp hoặc nhận để biết.

    ``to_unit`` của dòng đang mở đi theo chuyển giao; dòng đã xong thì giữ nguyên là lịch sử, còn ``kept_by`` là đơn vị
    đang lưu kết quả, để nơi kế thừa không mất chỗ xem. Một đơn vị có một dòng mở cho mỗi văn bản: động từ ``route`` giữ
    điều ấy (không phải ràng buộc của bảng, vì giữa hai đợt của một chuỗi chuyển giao có thể tạm có hai).
    """

    OPEN = ("unread", "accepted")

    class Role(models.TextChoices):
        LEAD = "lead", _("chủ trì")
        COORDINATING = "coordinating", _("phối hợp")
        FOR_INFORMATION = "for_information", _("nhận để biết")

    class State(models.TextChoices):
        UNREAD = "unread", _("chờ tiếp nhận")
        ACCEPTED = "accepted", _("đang xử lý")
        DONE = "done", _("đã xong")
        RETURNED = "returned", _("đã trả lại")
        RECALLED = "recalled", _("đã thu hồi")
        JOINED = "joined", _("đã gộp")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="lines")
    to_unit = models.ForeignKey(Unit, verbose_name=_("đơn vị nhận"), on_delete=models.PROTECT, related_name="+")
    from_unit = models.ForeignKey(Unit, verbose_name=_("đơn vị chuyển"), on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("vai trò"), max_length=16, choices=Role)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.UNREAD)
    remark = models.CharField(_("bút phê"), max_length=1000, blank=True)
    due_on = models.DateField(_("hạn"), null=True, blank=True)
    assignee = models.ForeignKey(
        Person, verbose_name=_("người xử lý"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    kept_by = models.ForeignKey(
        Unit, verbose_name=_("đơn vị lưu"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    return_reason = models.CharField(_("lý do trả lại"), max_length=500, blank=True)

    class Meta:
        db_table = "documents_routing_line"
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(role="lead", state__in=["unread", "accepted"]),
                name="documents_one_lead_line",
            ),
            models.CheckConstraint(
                condition=Q(state="done", kept_by__isnull=False) | (~Q(state="done") & Q(kept_by__isnull=True)),
                name="documents_finished_line_is_kept",
            ),
        ]
        indexes = [
            models.Index(fields=["to_unit", "state"], name="documents_lines_of_unit"),
            models.Index(fields=["kept_by"], name="documents_lines_kept", condition=Q(kept_by__isnull=False)),
            models.Index(fields=["from_unit", "state"], name="documents_lines_sent"),
            models.Index(fields=["assignee", "state"], name="documents_lines_of_person"),
        ]
