"""Các quyển quy định về cán bộ, mỗi lần sửa một phiên bản."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhgon.org.models import Person


class RuleBookVersion(models.Model):
    """Cả quyển ở một lần sửa (``engine.rulebook``). Đã ghi thì không đổi, không xóa: trình kích hoạt của bảng giữ điều ấy.

    ``is_shipped``: bản đi kèm sản phẩm, chép lại để việc đã xét theo nó không đổi khi sản phẩm lên bản mới.
    """

    class Book(models.TextChoices):
        LEAVE = "leave", _("Thôi làm và nghỉ hưu")
        GRADING = "grading", _("Xếp loại và thi đua")
        DEPUTIES = "deputies", _("Cấp phó và biên chế")

    book = models.CharField(_("quyển"), max_length=10, choices=Book)
    number = models.PositiveIntegerField(_("phiên bản"))
    data = models.JSONField()
    is_shipped = models.BooleanField(default=False)
    author = models.ForeignKey(Person, verbose_name=_("người sửa"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("lý do"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("ghi lúc"))

    class Meta:
        db_table = "personnel_rule_book_version"
        ordering = ["book", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="personnel_rule_version_once"),
            models.CheckConstraint(condition=models.Q(is_shipped=True) | ~models.Q(reason=""), name="personnel_rule_change_has_reason"),
        ]
