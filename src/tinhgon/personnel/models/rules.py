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


class ShippedRuleBook(models.Model):
    """Nguyên một quyển đi kèm sản phẩm như lúc nhận: gốc để biết cơ quan đã sửa gì. Đã ghi thì không đổi, không xóa."""

    book = models.CharField(_("quyển"), max_length=10, choices=RuleBookVersion.Book)
    revision = models.PositiveIntegerField(_("đợt"))
    data = models.JSONField()
    loaded_at = models.DateTimeField(_("nhận lúc"))

    class Meta:
        db_table = "personnel_shipped_rule_book"
        ordering = ["book", "-revision"]
        constraints = [models.UniqueConstraint(fields=["book", "revision"], name="personnel_shipped_rule_book_once")]


class RuleLineProposal(models.Model):
    """Một dòng mà cơ quan đã sửa và bản đi kèm mới cũng đổi: bản của cơ quan ở lại, bản đi kèm chờ người giữ quy định nhận hay không.

    ``row`` trống: bản đi kèm bỏ dòng này.
    """

    class State(models.TextChoices):
        OPEN = "open", _("chờ quyết định")
        ACCEPTED = "accepted", _("đã nhận")
        KEPT = "kept", _("giữ bản của cơ quan")
        REPLACED = "replaced", _("đợt sau thay")

    shipped = models.ForeignKey(ShippedRuleBook, on_delete=models.PROTECT, related_name="proposals")
    line = models.CharField(max_length=300)
    row = models.JSONField(null=True)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(_("lý do"), max_length=500, blank=True)

    class Meta:
        db_table = "personnel_rule_line_proposal"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["shipped", "line"], name="personnel_rule_line_proposed_once")]
