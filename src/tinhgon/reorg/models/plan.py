"""Bảng của một lần sắp xếp. Đơn vị mới được dự kiến là một ``org.Unit`` chưa có phiên bản, nên mọi khóa trỏ thẳng vào đó."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon.core.models import Progress
from tinhgon.org.models import Function, Handover, Kind, Level, Person, Succession, Unit


class Reorganisation(models.Model):
    """Một lần sắp xếp. Còn đang soạn thì là một phương án: nhiều phương án cùng đứng trên một bộ máy.

    ``baseline``: những gì phương án dựa vào lúc soạn, theo đơn vị (``reorg.baseline``); tổ chức đổi khác đi thì thành xung đột.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("soạn phương án")
        INVENTORY = "inventory", _("đã kiểm kê")
        DECIDED = "decided", _("đã quyết định")
        APPLYING = "applying", _("đang chuyển giao")
        APPLIED = "applied", _("đã chuyển giao")
        UNDOING = "undoing", _("đang hoàn tác")
        CLOSED = "closed", _("đã khép lại")
        UNDONE = "undone", _("đã hoàn tác")

    name = models.CharField(_("tên"), max_length=200)
    decree_number = models.CharField(_("số quyết định"), max_length=80)
    decree_date = models.DateField(_("ngày quyết định"))
    effective_on = models.DateField(_("ngày hiệu lực"))
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.DRAFT)
    handover = models.OneToOneField(Handover, on_delete=models.PROTECT, related_name="reorganisation")
    prepared_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    preview_hash = models.CharField(max_length=64, blank=True)
    previewed_at = models.DateTimeField(null=True)
    is_scheduled = models.BooleanField(_("tự chuyển giao vào ngày hiệu lực"), default=False)
    acting_user_id = models.BigIntegerField(null=True)  # người ra lệnh chuyển giao hay hoàn tác, để việc nền ghi nhật ký đúng tên
    acting_appointment_id = models.BigIntegerField(null=True)
    applied_at = models.DateTimeField(null=True)
    undo_on = models.DateField(null=True)
    progress = models.ForeignKey(Progress, null=True, on_delete=models.SET_NULL, related_name="+")
    proof = models.JSONField(null=True)  # kết quả chứng minh lần cuối, do reorg.services.verify ghi
    copied_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="copies")
    copied_at = models.DateTimeField(null=True)
    baseline = models.JSONField(default=dict)

    class Meta:
        db_table = "reorg_reorganisation"
        ordering = ["-effective_on", "-id"]

    def __str__(self):
        return self.name


class PlannedUnit(models.Model):
    """Đơn vị sẽ mở: thuộc tính của phiên bản đầu, viết thành ``UnitVersion`` khi chuyển giao."""

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="planned_units")
    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="planned")
    name = models.CharField(_("tên"), max_length=200)
    short_name = models.CharField(_("tên ngắn"), max_length=80)
    symbol = models.CharField(_("ký hiệu"), max_length=30, blank=True)
    kind = models.CharField(_("loại"), max_length=20, choices=Kind)
    level = models.CharField(_("cấp"), max_length=10, choices=Level)
    parent = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    is_organ = models.BooleanField(default=True)
    code = models.CharField(_("mã đơn vị hành chính"), max_length=40, blank=True)
    template = models.CharField(_("mẫu vị trí"), max_length=40, blank=True)

    class Meta:
        db_table = "reorg_planned_unit"


class PlannedSuccession(models.Model):
    """Đơn vị trước -> đơn vị sau. Đơn vị trước có từ hai đơn vị sau là chia tách: không bao giờ tự ánh xạ."""

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="successions")
    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="planned_out")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="planned_in")
    type = models.CharField(_("kiểu"), max_length=10, choices=Succession.Type)
    new_name = models.CharField(max_length=200, blank=True)  # chỉ khi đổi tên: đơn vị sau chính là đơn vị trước
    new_parent = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # chuyển cấp trên
    functions = models.ManyToManyField(Function, blank=True, related_name="+")

    class Meta:
        db_table = "reorg_planned_succession"
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation", "predecessor", "successor"], name="reorg_succession_planned_once"
            )
        ]


class DispositionRule(models.Model):
    """Quy tắc chỉ nơi nhận cho các mục của một đơn vị: theo loại, theo chức năng; dòng cụ thể hơn thắng.

    ``kind`` rỗng: mọi loại. ``function`` trống: mọi chức năng. ``no_function``: chỉ mục không ghi chức năng.
    """

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="rules")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40, blank=True)
    function = models.ForeignKey(Function, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    no_function = models.BooleanField(default=False)
    heir = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        db_table = "reorg_disposition_rule"
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation", "unit", "kind", "function", "no_function"],
                nulls_distinct=False,
                name="reorg_one_rule_per_case",
            ),
            models.CheckConstraint(
                condition=Q(no_function=False) | Q(function__isnull=True), name="reorg_rule_function_or_none"
            ),
        ]


class DispositionOverride(models.Model):
    """Nơi nhận của đúng một mục, đè lên mọi quy tắc."""

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="overrides")
    kind = models.CharField(max_length=40)
    item_id = models.BigIntegerField()
    heir = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        db_table = "reorg_disposition_override"
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "kind", "item_id"], name="reorg_one_override_per_item")
        ]


class PlainHolding(models.Model):
    """Thứ không nằm trong hệ thống mà vẫn phải bàn giao: tài sản, con dấu, hồ sơ giấy."""

    class Category(models.TextChoices):
        ASSET = "asset", _("tài sản")
        SEAL = "seal", _("con dấu")
        ARCHIVE = "archive", _("hồ sơ, tài liệu giấy")
        MONEY = "money", _("tài chính")
        OTHER = "other", _("khác")

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="plain_holdings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(_("nhóm"), max_length=10, choices=Category)
    description = models.CharField(_("tên, mô tả"), max_length=300)
    quantity = models.CharField(_("số lượng"), max_length=60, blank=True)
    receiver = models.ForeignKey(
        Unit, verbose_name=_("bên nhận"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(_("tình trạng"), max_length=300, blank=True)

    class Meta:
        db_table = "reorg_plain_holding"


class Gesture(models.Model):
    """Một thao tác soạn phương án (trên bảng, hay nhập từ tệp), hoàn lại được theo thứ tự ngược.

    ``code``, ``told``: câu kể (``reorg.gesture_words``). ``changes``: bảng -> khóa -> [trước, sau] (``engine.structure.changes``).
    """

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="gestures")
    code = models.CharField(max_length=40)
    told = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "reorg_gesture"
        indexes = [models.Index(fields=["reorganisation", "id"], name="reorg_gesture_in_order")]
