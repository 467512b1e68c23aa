"""Trình ký: một lượt có các bước theo thứ tự; các bước cùng thứ tự làm song song."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models.joint import JointOrgan
from tinhgon.documents.models.papers import Document
from tinhgon.org.models import Person, Unit


class Approval(models.Model):
    """Một lượt trình ký của dự thảo. ``version``: bản đã qua hết các bước, tính cả bản do người duyệt sửa."""

    class State(models.TextChoices):
        RUNNING = "running", _("đang trình ký")
        APPROVED = "approved", _("đã ký duyệt")
        RETURNED = "returned", _("bị trả lại")
        WITHDRAWN = "withdrawn", _("đã rút lại")
        OUTDATED = "outdated", _("đã sửa sau khi ký duyệt")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="approvals")
    number = models.PositiveSmallIntegerField(_("lượt"))
    version = models.PositiveIntegerField(_("bản trình"))
    note = models.CharField(_("lời trình"), max_length=1000, blank=True)
    state = models.CharField(_("trạng thái"), max_length=9, choices=State, default=State.RUNNING)
    started_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "documents_approval"
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="documents_approval_round_once"),
            models.UniqueConstraint(fields=["document"], condition=Q(state="running"), name="documents_one_running_approval"),
        ]


class ApprovalStep(models.Model):
    """Một bước: ``person`` của ``unit`` ký nháy, duyệt, ký ghi biên bản (chỉ biên bản, ngay trước chủ trì) hay ký. ``person`` trống: lãnh đạo của ``unit``.

    Văn bản liên tịch: người ký của mỗi cơ quan cùng ban hành một bước ký liên tịch (``joint`` là cơ quan ấy), rồi cơ quan chủ trì ký cuối.

    Khi chưa xong, ``unit`` đi theo chuyển giao; người không sang nơi nhận thì lãnh đạo nơi nhận thay. ``opened_at``: từ lúc
    tới lượt, cho câu "đang ở ai, từ bao giờ". Đổi người giữa lượt: dòng cũ thành "đã thay người", ở lại làm lịch sử; dòng mới
    (``replaces``) đứng đúng bậc và việc của nó. ``document`` chép lại từ lượt để bộ lọc quyền đi thẳng một chỉ mục.
    """

    OPEN = ("pending", "waiting")
    SEEN = ("waiting", "approved", "changed", "returned")

    class Kind(models.TextChoices):
        INITIAL = "initial", _("ký nháy")
        APPROVE = "approve", _("duyệt")
        RECORD = "record", _("ký ghi biên bản")
        JOINT = "joint", _("ký liên tịch")
        SIGN = "sign", _("ký văn bản")

    class State(models.TextChoices):
        PENDING = "pending", _("chưa tới lượt")
        WAITING = "waiting", _("chờ ký duyệt")
        APPROVED = "approved", _("đã duyệt")
        CHANGED = "changed", _("đã duyệt, có sửa")
        RETURNED = "returned", _("đã trả lại")
        CANCELLED = "cancelled", _("không còn cần")
        REPLACED = "replaced", _("đã thay người")

    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="steps")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="approval_steps")
    order = models.PositiveSmallIntegerField(_("bậc"))
    kind = models.CharField(_("việc"), max_length=8, choices=Kind)
    unit = models.ForeignKey(Unit, verbose_name=_("đơn vị"), on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, verbose_name=_("người"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("trạng thái"), max_length=9, choices=State, default=State.PENDING)
    version = models.PositiveIntegerField(_("bản đã duyệt"), null=True, blank=True)
    note = models.CharField(_("ý kiến"), max_length=1000, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    acted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    acted_at = models.DateTimeField(null=True, blank=True)
    joint = models.ForeignKey(JointOrgan, null=True, blank=True, on_delete=models.SET_NULL, related_name="steps")
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        db_table = "documents_approval_step"
        indexes = [
            models.Index(fields=["unit", "state"], name="documents_steps_of_unit"),
            models.Index(fields=["person", "state"], name="documents_steps_of_person"),
        ]
