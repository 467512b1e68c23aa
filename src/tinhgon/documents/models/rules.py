"""Bộ quy tắc thể thức theo ngày, mỗi lần sửa một phiên bản; và lối viết riêng của từng cơ quan."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhgon.org.models import Person, Unit


class Side(models.TextChoices):
    """Văn bản theo thể thức của Đảng hay của Nhà nước."""

    PARTY = "party", _("văn bản của Đảng")
    STATE = "state", _("văn bản của Nhà nước")


class RuleSet(models.Model):
    """Một bộ quy tắc: HD 36, HD 05, NĐ 30. ``valid``: các ngày ban hành áp dụng bộ này."""

    code = models.CharField(_("mã"), max_length=20, unique=True)
    name = models.CharField(_("tên"), max_length=200)
    side = models.CharField(_("áp dụng cho"), max_length=5, choices=Side)
    valid = DateRangeField(_("hiệu lực"))
    note = models.CharField(_("ghi chú"), max_length=500, blank=True)

    class Meta:
        db_table = "documents_rule_set"
        ordering = ["side", "-valid"]

    def __str__(self):
        return self.code


class RuleSetVersion(models.Model):
    """Nội dung của một bộ ở một lần sửa. Đã ghi thì không đổi, không xóa (trình kích hoạt của bảng giữ điều ấy).

    ``rules``: các dòng như ``engine.form.rules.Rule``. ``valid``: các ngày của bộ ở lần sửa này. ``author`` trống: bản đi kèm sản phẩm.
    """

    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("phiên bản"))
    rules = models.JSONField()
    valid = DateRangeField(_("hiệu lực"))
    author = models.ForeignKey(
        Person, verbose_name=_("người sửa"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("lý do"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("ghi lúc"))

    class Meta:
        db_table = "documents_rule_set_version"
        ordering = ["rule_set", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "number"], name="documents_rule_version_once"),
            models.CheckConstraint(
                condition=models.Q(author__isnull=True) | ~models.Q(reason=""), name="documents_rule_change_has_reason"
            ),
        ]

    def __str__(self):
        return f"{self.rule_set_id}/{self.number}"


class ShippedRules(models.Model):
    """Nguyên nội dung một bộ ở một đợt đi kèm sản phẩm, như lúc nạp: gốc để biết cơ quan đã sửa gì. Đợt 0: bản có từ trước khi đánh số đợt.

    ``head``: tên, ngày và ghi chú của bộ ở đợt ấy. Cũng như phiên bản, đã ghi thì không đổi, không xóa.
    """

    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="shipped")
    revision = models.PositiveIntegerField(_("đợt"))
    revised_on = models.DateField(_("ngày của đợt"), null=True)
    source = models.CharField(_("nguồn của đợt"), max_length=500, blank=True)
    head = models.JSONField()
    rules = models.JSONField()
    loaded_at = models.DateTimeField(_("nạp lúc"))

    class Meta:
        db_table = "documents_shipped_rules"
        ordering = ["rule_set", "-revision"]
        constraints = [models.UniqueConstraint(fields=["rule_set", "revision"], name="documents_shipped_rules_once")]

    def __str__(self):
        return f"{self.rule_set_id}/{self.revision}"


class RuleProposal(models.Model):
    """Một quy tắc mà cơ quan đã sửa và đợt đi kèm mới cũng đổi: bản của cơ quan ở lại, bản đi kèm chờ người giữ quy tắc nhận hay không.

    ``row``: quy tắc của đợt; trống: đợt ấy bỏ quy tắc này. ``rule_code`` trống: ngày và ghi chú của bộ, ``row`` là ``head`` của đợt.
    """

    class State(models.TextChoices):
        OPEN = "open", _("chờ quyết định")
        ACCEPTED = "accepted", _("đã nhận")
        KEPT = "kept", _("giữ bản của cơ quan")
        REPLACED = "replaced", _("đợt sau thay")

    shipped = models.ForeignKey(ShippedRules, on_delete=models.PROTECT, related_name="proposals")
    rule_code = models.CharField(max_length=100, blank=True)
    row = models.JSONField(null=True)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(_("lý do"), max_length=500, blank=True)

    class Meta:
        db_table = "documents_rule_proposal"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["shipped", "rule_code"], name="documents_rule_proposed_once")]


class OrganStyle(models.Model):
    """Lối viết của một cơ quan: theo thể thức nào, dấu thanh kiểu nào, trích yếu công văn mở đầu thế nào. Không có: mặc định."""

    class Spelling(models.TextChoices):
        NEW = "new", _("ủy, hòa (dấu trên âm chính)")
        OLD = "old", _("kiểu cũ (dấu giữa vần)")

    class LetterOpening(models.TextChoices):
        SHORT = "V/v", _("V/v")
        LONG = "về việc", _("về việc")

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="document_style")
    side = models.CharField(_("thể thức"), max_length=5, choices=Side, default=Side.PARTY)
    spelling = models.CharField(_("dấu thanh"), max_length=3, choices=Spelling, default=Spelling.NEW)
    letter_opening = models.CharField(
        _("trích yếu công văn mở đầu"), max_length=10, choices=LetterOpening, default=LetterOpening.SHORT
    )
    place = models.CharField(_("địa danh"), max_length=80, blank=True)
    contact = models.TextField(_("thông tin liên hệ"), max_length=400, blank=True, default="", db_default="")  # cuối trang đầu, mỗi phần một dòng

    class Meta:
        db_table = "documents_organ_style"
