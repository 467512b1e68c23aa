"""Công thức của sáu tiêu chí, mỗi lần sửa một phiên bản."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhgon.org.models import Person


class MeasureSet(models.Model):
    """Mọi thước đo ở một lần sửa. Đã ghi thì không đổi, không xóa (trình kích hoạt của bảng giữ điều ấy).

    ``measures``: các dòng như ``engine.criteria.measures.Measure``. ``since``: các ngày đo từ ngày này theo phiên bản này, tới phiên bản kế.
    ``author`` trống: bản đi kèm sản phẩm.
    """

    number = models.PositiveIntegerField(_("phiên bản"), unique=True)
    measures = models.JSONField()
    since = models.DateField(_("áp dụng từ ngày"))
    author = models.ForeignKey(Person, verbose_name=_("người sửa"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("lý do"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("ghi lúc"))

    class Meta:
        db_table = "scorecard_measure_set"
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=models.Q(author__isnull=True) | ~models.Q(reason=""), name="scorecard_change_has_reason")
        ]

    def __str__(self):
        return str(self.number)
