"""Văn bản và tệp đính kèm."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models.choices import CopyKind, Direction, PaperSize, Secrecy, Urgency
from tinhgon.documents.models.rules import RuleSetVersion
from tinhgon.documents.models.series import NumberSeries
from tinhgon.documents.models.types import DocumentType
from tinhgon.files.models import StoredFile
from tinhgon.org.models import Function, Person, Unit
from tinhgon.search.fields import exact_vector, folded_vector, vector_indexes


class Document(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("dự thảo")
        READY = "ready", _("chờ cấp số")
        REGISTERED = "registered", _("đã vào sổ")
        IN_PROCESS = "in_process", _("đang xử lý")
        DONE = "done", _("đã xử lý xong")
        VOID = "void", _("hủy số")
        DROPPED = "dropped", _("đã bỏ")  # dự thảo không còn cần, chưa từng có số

    UNNUMBERED = (State.DRAFT, State.READY)
    NEVER_NUMBERED = (*UNNUMBERED, State.DROPPED)
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
    signer_position = models.CharField(_("chức vụ người ký"), max_length=120, blank=True, db_default="")
    authority = models.CharField(_("quyền hạn ký"), max_length=120, blank=True, db_default="")  # "T/M BAN THƯỜNG VỤ"
    place = models.CharField(_("địa danh"), max_length=80, blank=True, db_default="")
    addressees = models.TextField(_("Kính gửi"), blank=True, db_default="")  # mỗi dòng một nơi, công văn và tờ trình
    receivers = models.TextField(_("nơi nhận"), blank=True, db_default="")  # mỗi dòng một nơi nhận, như in trên văn bản
    circulation = models.CharField(_("phạm vi lưu hành"), max_length=120, blank=True, db_default="")  # "XEM XONG TRẢ LẠI"
    paper_size = models.CharField(_("khổ giấy"), max_length=2, choices=PaperSize, default=PaperSize.A4, db_default=PaperSize.A4)
    recorder_name = models.CharField(_("người ghi biên bản"), max_length=120, blank=True, db_default="")  # biên bản: ký bên trái
    pages = models.PositiveIntegerField(_("số trang"), null=True, blank=True)
    copies = models.PositiveIntegerField(_("số bản"), null=True, blank=True)
    content = models.TextField(_("toàn văn"), blank=True, db_default="")  # chữ đọc được từ các tệp; rỗng khi mật
    checked_by = models.ForeignKey(
        RuleSetVersion, verbose_name=_("kiểm tra theo"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # phiên bản quy tắc đã kiểm tra văn bản lần cuối
    urgency = models.PositiveSmallIntegerField(_("độ khẩn"), choices=Urgency, default=Urgency.NORMAL)
    secrecy = models.PositiveSmallIntegerField(_("độ mật"), choices=Secrecy, default=Secrecy.NORMAL)
    due_on = models.DateField(_("hạn xử lý"), null=True, blank=True)
    drafter = models.ForeignKey(
        Person, verbose_name=_("người soạn"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answers = models.ForeignKey(
        "self", verbose_name=_("trả lời văn bản"), null=True, blank=True, on_delete=models.PROTECT, related_name="answered_by"
    )
    # đang trong một lượt trình ký: người soạn không sửa được nữa, trừ khi rút lại hay bị trả
    in_approval = models.BooleanField(_("đang trình ký"), default=False, db_default=False)
    return_reason = models.CharField(_("lý do trả lại dự thảo"), max_length=500, blank=True, db_default="")
    void_reason = models.CharField(_("lý do hủy"), max_length=300, blank=True)
    late_reason = models.CharField(_("lý do chèn số"), max_length=300, blank=True, db_default="")  # số chèn 12a
    copy_of = models.ForeignKey(
        "self", verbose_name=_("bản sao của"), null=True, blank=True, on_delete=models.PROTECT, related_name="copies_made"
    )
    copy_kind = models.CharField(_("loại bản sao"), max_length=8, choices=CopyKind, blank=True, db_default="")
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
                condition=Q(state__in=["draft", "ready", "dropped"], number__isnull=True)
                | (~Q(state__in=["draft", "ready", "dropped"]) & Q(number__isnull=False)),
                name="documents_number_only_when_registered",
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "state", "-id"], name="documents_held"),
            models.Index(fields=["issuer", "-id"], name="documents_issued"),
            models.Index(fields=["drafter", "state"], name="documents_drafted"),
            models.Index(fields=["id"], condition=Q(secrecy__gt=0), name="documents_secret"),  # documents.clearance
            # Ai thấy dòng nào (documents.access.held_rows_sql) mà không phải mở dòng: mỗi lần tìm xét hai nghìn dòng.
            models.Index(fields=["id"], include=["drafter", "holder", "series", "secrecy"], name="documents_seen"),
            models.Index(Upper("symbol"), name="documents_by_symbol"),  # tìm bản đã có trước khi vào sổ
            *vector_indexes("documents"),
        ]

    def __str__(self):
        return self.symbol or self.summary[:60]


class Attachment(models.Model):
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("tên tệp"), max_length=255)
    is_final = models.BooleanField(_("bản ban hành"), default=False, db_default=False)  # bản mang số, đã ký hay chờ đóng dấu
    added_at = models.DateTimeField()
    line = models.ForeignKey(
        "documents.RoutingLine", null=True, blank=True, on_delete=models.PROTECT, related_name="results"
    )  # tệp kết quả mà đơn vị nhận nộp

    class Meta:
        db_table = "documents_attachment"
