"""Bảng của chia việc cho người sau sắp xếp, và của dự báo đã giữ lại để so với thực tế."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon.org.models import Person, Unit
from tinhgon.reorg.models.plan import Reorganisation


class WorkPlan(models.Model):
    """Đề xuất chia việc của một đơn vị nhận. Giờ mỗi tuần dành cho nhiệm vụ là mức của chúng tôi, sửa được; ``own_hours``: của riêng vài người.

    Phương án về soạn lại thì đề xuất thành cũ (``STALE``): không còn là lời xác nhận nào, giờ đã đặt giữ nguyên, lập lại mới dùng tiếp.
    ``figures``: số giờ, điểm, cận đã chứng minh, bộ việc vướng nhau; xem ``reorg.workload.proposing``.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("đề xuất")
        CONFIRMED = "confirmed", _("đã xác nhận")
        STALE = "stale", _("cũ, phải lập lại")

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="work_plans")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.PROPOSED)
    hours = models.PositiveSmallIntegerField(_("giờ mỗi tuần"), default=30)
    lead_hours = models.PositiveSmallIntegerField(_("giờ mỗi tuần của lãnh đạo"), default=12)
    own_hours = models.JSONField(default=dict)  # {mã người: giờ mỗi tuần}
    figures = models.JSONField(default=dict)
    computed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reorg_work_plan"
        constraints = [models.UniqueConstraint(fields=["reorganisation", "unit"], name="reorg_one_work_plan_for_a_unit")]

    def __str__(self):
        return f"{self.reorganisation_id}/{self.unit_id}"


class WorkLine(models.Model):
    """Một việc trong đề xuất. ``person`` trống: không giao được. ``hours``: số giờ ước còn phải làm. ``is_edited``: người sửa, không phải máy."""

    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=40)
    item_id = models.BigIntegerField()
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    hours = models.PositiveIntegerField(_("giờ"))
    why = models.JSONField(default=dict)
    is_edited = models.BooleanField(default=False)

    class Meta:
        db_table = "reorg_work_line"
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind", "item_id"], name="reorg_a_task_is_given_once"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="reorg_a_task_takes_time"),
        ]
        indexes = [models.Index(fields=["kind", "item_id"], name="reorg_work_line_item")]


class Expectation(models.Model):
    """Dự báo giữ lại lúc chốt phương án, không sửa nữa sau khi chuyển giao: để so với số đo được về sau.

    ``body``: số đo trước, dự báo từng tuần của cả lần sắp xếp và từng đơn vị nhận; xem ``reorg.workload.reality``.
    """

    reorganisation = models.OneToOneField(Reorganisation, on_delete=models.CASCADE, related_name="expectation")
    made_at = models.DateTimeField()
    measured_until = models.DateField()
    body = models.JSONField()

    class Meta:
        db_table = "reorg_expectation"
