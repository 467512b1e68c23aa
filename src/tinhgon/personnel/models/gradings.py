"""Xếp loại: một đợt của một cơ quan cho một kỳ; mỗi người một dòng đi qua tự xếp, tập thể, quyết định; khiếu nại và trả lời."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon.org.models import Person, Unit
from tinhgon.personnel.models.rules import RuleBookVersion


class Grade(models.TextChoices):
    EXCELLENT = "excellent", _("hoàn thành xuất sắc nhiệm vụ")
    GOOD = "good", _("hoàn thành tốt nhiệm vụ")
    DONE = "done", _("hoàn thành nhiệm vụ")
    FAILED = "failed", _("không hoàn thành nhiệm vụ")


class GradingRound(models.Model):
    """``unit``: cơ quan có người được xếp. ``authority``: đơn vị quyết định. ``rules``: mã bộ quy định khóa lúc mở (``engine.grading``).

    ``rules_version``: phiên bản của quyển quy định đã dùng để quyết định; đợt còn mở thì trống, xét theo phiên bản mới nhất.
    """

    class Period(models.TextChoices):
        QUARTER = "quarter", _("quý")
        YEAR = "year", _("năm")

    class State(models.TextChoices):
        OPEN = "open", _("đang xếp loại")
        DECIDED = "decided", _("đã quyết định")

    unit = models.ForeignKey(Unit, verbose_name=_("cơ quan"), on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Unit, verbose_name=_("cấp quyết định"), on_delete=models.PROTECT, related_name="+")
    period = models.CharField(_("kỳ"), max_length=8, choices=Period)
    year = models.PositiveSmallIntegerField(_("năm"))
    quarter = models.PositiveSmallIntegerField(_("quý"), default=0)  # 0: cả năm
    rules = models.CharField(_("quy định"), max_length=30)
    rules_version = models.ForeignKey(
        RuleBookVersion, verbose_name=_("phiên bản quy định"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(_("trạng thái"), max_length=8, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    self_until = models.DateField(_("tự xếp loại tới ngày"))
    decree = models.CharField(_("quyết định"), max_length=200, blank=True)
    cap_reason = models.CharField(_("lý do vượt tỉ lệ"), max_length=500, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    is_from_paper = models.BooleanField(default=False, db_default=False)  # ghi lại kết quả đã quyết định trên giấy: sửa được bằng cách nhập lại

    class Meta:
        db_table = "personnel_grading_round"
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "quarter"], name="personnel_one_round_a_period"),
            models.CheckConstraint(
                condition=Q(period="year", quarter=0) | Q(period="quarter", quarter__range=(1, 4)), name="personnel_quarter_of_a_round"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_on__isnull=True) | Q(state="decided", decided_on__isnull=False), name="personnel_decided_on_a_day"
            ),
        ]


class Grading(models.Model):
    """Một người trong một đợt. Điểm: phần chung và phần kết quả, do từng vòng tự ghi; mức cuối cùng chỉ do cấp quyết định ghi."""

    round = models.ForeignKey(GradingRound, on_delete=models.PROTECT, related_name="gradings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="gradings")
    title = models.CharField(_("chức danh"), max_length=120)
    self_level = models.CharField(_("tự xếp"), max_length=10, choices=Grade, blank=True)
    self_general = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    self_result = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    self_note = models.CharField(max_length=2000, blank=True)
    self_at = models.DateTimeField(null=True, blank=True)
    proposed_level = models.CharField(_("tập thể đề nghị"), max_length=10, choices=Grade, blank=True)
    proposed_general = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    proposed_result = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    proposed_note = models.CharField(max_length=2000, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    level = models.CharField(_("mức"), max_length=10, choices=Grade, blank=True)

    class Meta:
        db_table = "personnel_grading"
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="personnel_graded_once_a_round")]


class Appeal(models.Model):
    """Khiếu nại một kết quả; mỗi lúc nhiều nhất một cái chưa trả lời. ``changed_to``: mức mới khi khiếu nại được chấp nhận."""

    grading = models.ForeignKey(Grading, on_delete=models.PROTECT, related_name="appeals")
    text = models.CharField(_("nội dung"), max_length=2000)
    made_on = models.DateField()
    answer = models.CharField(_("trả lời"), max_length=2000, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    changed_to = models.CharField(max_length=10, choices=Grade, blank=True)

    class Meta:
        db_table = "personnel_appeal"
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["grading"], condition=Q(answered_on__isnull=True), name="personnel_one_open_appeal")
        ]
