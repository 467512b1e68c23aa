"""Thẩm định hai bước: thể thức (máy kiểm, sửa giúp được) và nội dung (góp ý gắn với từng đoạn)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models.papers import Document
from tinhgon.org.models import Person, Unit


class Appraisal(models.Model):
    """Một vòng thẩm định một bản của dự thảo. Khi còn chờ, ``by_unit`` đi theo chuyển giao.

    ``findings``: các lỗi thể thức máy thấy lúc kết luận, chép lại làm lịch sử vì quy tắc có thể đổi về sau.
    """

    SEEN = ("waiting", "passed", "must_fix")

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ thẩm định")
        PASSED = "passed", _("đạt")
        MUST_FIX = "must_fix", _("phải sửa")
        WITHDRAWN = "withdrawn", _("đã rút")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="appraisals")
    number = models.PositiveSmallIntegerField(_("vòng"))
    version = models.PositiveIntegerField(_("bản thẩm định"))
    by_unit = models.ForeignKey(Unit, verbose_name=_("nơi thẩm định"), on_delete=models.PROTECT, related_name="+")
    appraiser = models.ForeignKey(
        Person, verbose_name=_("người thẩm định"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(_("kết quả"), max_length=10, choices=State, default=State.WAITING)
    conclusion = models.CharField(_("kết luận"), max_length=2000, blank=True)
    findings = models.JSONField(_("lỗi thể thức"), default=list, blank=True)
    asked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    concluded_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    concluded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "documents_appraisal"
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="documents_appraisal_round_once"),
            models.UniqueConstraint(fields=["document"], condition=Q(state="waiting"), name="documents_one_open_appraisal"),
        ]
        indexes = [
            models.Index(fields=["by_unit", "state"], name="documents_appraisals_of_unit"),
            models.Index(fields=["appraiser", "state"], name="documents_appraisals_of_person"),
        ]


class AppraisalRemark(models.Model):
    """Một góp ý nội dung. ``paragraph``: đoạn thứ mấy của bản thẩm định (từ 1; 0: cả văn bản); ``quote``: chữ của đoạn lúc góp ý."""

    class State(models.TextChoices):
        OPEN = "open", _("chờ tiếp thu")
        ANSWERED = "answered", _("đã giải trình")
        RESOLVED = "resolved", _("đã xong")

    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="remarks")
    paragraph = models.PositiveIntegerField(_("đoạn"), default=0)
    quote = models.CharField(_("trích đoạn"), max_length=300, blank=True)
    text = models.TextField(_("góp ý"))
    state = models.CharField(_("trạng thái"), max_length=8, choices=State, default=State.OPEN)
    author = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    answer = models.TextField(_("tiếp thu, giải trình"), blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "documents_appraisal_remark"
