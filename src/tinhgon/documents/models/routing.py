"""Dòng luân chuyển."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models.papers import Document
from tinhgon.org.models import Person, Unit


class RoutingLine(models.Model):
    """Một dòng luân chuyển tới một đơn vị: chủ trì, phối hợp hoặc nhận để biết.

    ``to_unit`` của dòng đang mở đi theo chuyển giao; dòng đã xong thì giữ nguyên là lịch sử, còn ``kept_by`` là đơn vị
    đang lưu kết quả, để nơi kế thừa không mất chỗ xem. Một đơn vị có một dòng mở cho mỗi văn bản: động từ ``route`` giữ
    điều ấy (không phải ràng buộc của bảng, vì giữa hai đợt của một chuỗi chuyển giao có thể tạm có hai).

    ``parent``: dòng mà đơn vị nhận đã chuyển tiếp xuống; ``depth``: số bậc, dòng từ nơi giữ là 0; ``personal``: chuyển đích
    danh cho một người trong đơn vị. Dòng đã gộp dẫn tới dòng giữ lại (``joined_into``); dòng con của nó khi ấy tính là con
    của dòng giữ lại: xem ``documents.branches``. Dòng cha còn mở chừng nào bên dưới còn việc.
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
    result = models.CharField(_("kết quả"), max_length=2000, blank=True, db_default="")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    joined_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="joined")
    depth = models.PositiveSmallIntegerField(default=0, db_default=0)
    personal = models.BooleanField(_("đích danh"), default=False, db_default=False)

    class Meta:
        db_table = "documents_routing_line"
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(role="lead", state__in=["unread", "accepted"], parent__isnull=True),
                name="documents_one_lead_line",
            ),
            models.UniqueConstraint(
                fields=["parent"],
                condition=Q(role="lead", state__in=["unread", "accepted"]),
                name="documents_one_lead_in_a_branch",
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


class RemarkTemplate(models.Model):
    """Bút phê mẫu của một người lãnh đạo."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(_("bút phê"), max_length=1000)

    class Meta:
        db_table = "documents_remark_template"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["person", "text"], name="documents_remark_template_once")]
