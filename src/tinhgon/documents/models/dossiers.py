"""Hồ sơ công việc, mục lục, nộp lưu, và danh mục hủy."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models.papers import Document
from tinhgon.files.models import StoredFile
from tinhgon.org.models import Function, Person, Unit
from tinhgon.search.fields import exact_vector, folded_vector, vector_indexes


class RetentionPeriod(models.Model):
    """Thời hạn bảo quản, dữ liệu có ngày: hồ sơ lập ngày nào chọn trong những thời hạn có hiệu lực ngày ấy.

    ``years`` trống: vĩnh viễn. ``source``: nơi quy định; ``is_certain`` sai: chờ đối chiếu bản đầy đủ.
    """

    code = models.CharField(_("mã"), max_length=20)
    name = models.CharField(_("thời hạn bảo quản"), max_length=60)
    years = models.PositiveSmallIntegerField(_("số năm"), null=True, blank=True)
    source = models.CharField(_("nguồn"), max_length=300)
    is_certain = models.BooleanField(_("chắc chắn"), default=False)
    valid_from = models.DateField(_("có hiệu lực từ"))
    valid_until = models.DateField(_("hết hiệu lực từ"), null=True, blank=True)

    class Meta:
        db_table = "documents_retention_period"
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="documents_retention_once_a_day")]

    def __str__(self):
        return self.name


class ArchiveTransfer(models.Model):
    """Một lần nộp hồ sơ vào lưu trữ cơ quan: gói dữ liệu có mục lục và băm từng tệp; lưu trữ nhận hay trả lại kèm lý do.

    ``from_unit`` đi theo chuyển giao khi còn chờ; ``archive``: cơ quan giữ lưu trữ.
    ``package`` trống khi mọi hồ sơ của gói đã hủy; hủy một phần thì gói được đóng lại không còn phần ấy.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ lưu trữ nhận")
        RECEIVED = "received", _("lưu trữ đã nhận")
        REFUSED = "refused", _("lưu trữ trả lại")

    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.WAITING)
    from_unit = models.ForeignKey(Unit, verbose_name=_("đơn vị nộp"), on_delete=models.PROTECT, related_name="+")
    archive = models.ForeignKey(Unit, verbose_name=_("lưu trữ cơ quan"), on_delete=models.PROTECT, related_name="+")
    package = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Person, verbose_name=_("người nộp"), null=True, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField(_("ngày nộp"))
    settled_by = models.ForeignKey(
        Person, verbose_name=_("người nhận"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_on = models.DateField(_("ngày nhận"), null=True, blank=True)
    note = models.CharField(_("ghi chú"), max_length=500, blank=True)

    class Meta:
        db_table = "documents_archive_transfer"
        ordering = ["-pk"]


class DisposalList(models.Model):
    """Danh mục hồ sơ hết thời hạn bảo quản: lập, xét giá trị từng hồ sơ, người đứng đầu duyệt, rồi mới hủy. Danh mục ở lại mãi."""

    OPEN = ("made", "appraised", "approved")

    class State(models.TextChoices):
        MADE = "made", _("chờ xét giá trị")
        APPRAISED = "appraised", _("chờ duyệt")
        APPROVED = "approved", _("đã duyệt, chờ hủy")
        REJECTED = "rejected", _("không duyệt")
        DESTROYED = "destroyed", _("đã tiêu hủy")

    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.MADE)
    unit = models.ForeignKey(Unit, verbose_name=_("cơ quan"), on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("tên danh mục"), max_length=300)
    made_by = models.ForeignKey(Person, verbose_name=_("người lập"), null=True, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField(_("ngày lập"))
    appraised_by = models.ForeignKey(
        Person, verbose_name=_("người xét giá trị"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    appraised_on = models.DateField(_("ngày xét"), null=True, blank=True)
    approved_by = models.ForeignKey(
        Person, verbose_name=_("người duyệt"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_on = models.DateField(_("ngày duyệt"), null=True, blank=True)
    destroyed_on = models.DateField(_("ngày hủy"), null=True, blank=True)
    note = models.CharField(_("ghi chú"), max_length=500, blank=True)

    class Meta:
        db_table = "documents_disposal_list"
        ordering = ["-pk"]


class Dossier(models.Model):
    """Hồ sơ của một việc. ``holder`` đi theo chuyển giao; ``unit`` là đơn vị đã lập, lịch sử.

    ``hold_reason`` khác rỗng: đang giữ lại (kiểm tra, khiếu nại, tố tụng), không hủy được. Văn bản trong hồ sơ vẫn theo quyền
    xem của từng văn bản; văn bản mật chỉ có dòng mục lục.
    """

    class State(models.TextChoices):
        OPEN = "open", _("đang lập")
        CLOSED = "closed", _("đã kết thúc")
        OFFERED = "offered", _("chờ lưu trữ nhận")
        ARCHIVED = "archived", _("đã nộp lưu trữ")
        DESTROYED = "destroyed", _("đã tiêu hủy")

    HELD = (State.OPEN, State.CLOSED, State.OFFERED)

    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.OPEN)
    title = models.CharField(_("tiêu đề"), max_length=500)
    notation = models.CharField(_("số, ký hiệu hồ sơ"), max_length=60, blank=True)
    unit = models.ForeignKey(Unit, verbose_name=_("đơn vị lập"), on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Unit, verbose_name=_("đơn vị giữ"), on_delete=models.PROTECT, related_name="+")
    keeper = models.ForeignKey(
        Person, verbose_name=_("người lập hồ sơ"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    function = models.ForeignKey(
        Function, verbose_name=_("lĩnh vực"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    retention = models.ForeignKey(RetentionPeriod, verbose_name=_("thời hạn bảo quản"), on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField(_("ngày mở"))
    closed_on = models.DateField(_("ngày kết thúc"), null=True, blank=True)
    reopen_reason = models.CharField(_("lý do mở lại"), max_length=500, blank=True)
    hold_reason = models.CharField(_("lý do giữ lại"), max_length=500, blank=True)
    transfer = models.ForeignKey(ArchiveTransfer, null=True, blank=True, on_delete=models.PROTECT, related_name="dossiers")
    created_at = models.DateTimeField()
    search_folded = folded_vector("title", "notation")
    search_exact = exact_vector("title", "notation")

    class Meta:
        db_table = "documents_dossier"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True) | (~Q(state="open") & Q(closed_on__isnull=False)),
                name="documents_closed_dossier_has_day",
            )
        ]
        indexes = [
            models.Index(fields=["holder", "state", "-id"], name="documents_dossiers_held"),
            models.Index(fields=["keeper", "state"], name="documents_dossiers_kept"),
            *vector_indexes("dossiers"),
        ]

    def __str__(self):
        return self.title


class DossierEntry(models.Model):
    """Một dòng mục lục: một văn bản trong hệ thống, hoặc tài liệu chỉ có bản giấy (``document`` trống)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="entries")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="filed_in")
    position = models.PositiveIntegerField(_("số thứ tự"))
    title = models.CharField(_("tên loại và trích yếu"), max_length=500, blank=True)
    symbol = models.CharField(_("số, ký hiệu"), max_length=60, blank=True)
    author = models.CharField(_("tác giả"), max_length=200, blank=True)
    issued_on = models.DateField(_("ngày văn bản"), null=True, blank=True)
    pages = models.PositiveIntegerField(_("số tờ"), null=True, blank=True)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    added_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    added_on = models.DateField()

    class Meta:
        db_table = "documents_dossier_entry"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "document"], condition=Q(document__isnull=False), name="documents_filed_once_in_a_dossier"
            ),
            models.CheckConstraint(condition=Q(document__isnull=False) | ~Q(title=""), name="documents_paper_entry_has_title"),
        ]


class DisposalItem(models.Model):
    """Một hồ sơ trong danh mục hủy, ý kiến xét giá trị, và những gì đã hủy: tên tệp và băm ở lại."""

    class Verdict(models.TextChoices):
        NONE = "", _("chưa xét")
        DESTROY = "destroy", _("hủy")
        KEEP = "keep", _("giữ lại")

    disposal = models.ForeignKey(DisposalList, on_delete=models.PROTECT, related_name="items")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="disposals")
    verdict = models.CharField(_("ý kiến"), max_length=10, choices=Verdict, blank=True, default=Verdict.NONE)
    note = models.CharField(_("lý do"), max_length=300, blank=True)
    destroyed = models.JSONField(default=list, blank=True)

    class Meta:
        db_table = "documents_disposal_item"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["disposal", "dossier"], name="documents_disposed_once_in_a_list")]
