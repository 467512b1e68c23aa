"""Sổ chuyển giao: kế hoạch từng mục, từng đợt, sổ cái chỉ ghi thêm, và khóa đọc trong lúc chuyển.

Ở tầng org vì mọi ứng dụng phía trên đọc kế hoạch bằng một câu SQL theo tập; ``reorg`` điều khiển từ trên cùng.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhgon.org.models.units import Function, Unit


class Direction(models.TextChoices):
    APPLY = "apply", _("chuyển giao")
    UNDO = "undo", _("hoàn tác")


class Outcome(models.TextChoices):
    MOVE = "move", _("chuyển")
    JOIN = "join", _("gộp")  # hai vế của một việc về cùng một đơn vị
    CLOSE = "close", _("khóa")  # sổ số: khóa ở số cuối
    REOPEN = "reopen", _("mở lại")  # hoàn tác của gộp và khóa
    OPEN = "open", _("giao thêm")  # phân công kiêm nhiệm mới: trước đó chưa ai giữ
    END = "end", _("thôi giao")  # hoàn tác của giao thêm
    STAY = "stay", _("giữ nguyên")  # đơn vị chia tách mà vẫn tồn tại giữ lại mục này


class Handover(models.Model):
    """Một lần chuyển giao theo một quyết định; đầu mối của kế hoạch, các đợt và sổ cái."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    decree = models.CharField(_("quyết định"), max_length=200)
    effective_on = models.DateField(_("ngày hiệu lực"))

    class Meta:
        db_table = "org_handover"


class PlanRow(models.Model):
    """Một mục sẽ đi đâu. Làm lại được cho tới khi áp dụng; ``content`` = md5 phần nội dung mà chuyển giao không được chạm."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="+")
    direction = models.CharField(max_length=5, choices=Direction)
    kind = models.CharField(max_length=40)
    item_id = models.BigIntegerField()
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    to_unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    function = models.ForeignKey(
        Function, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    secrecy = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=6, choices=Outcome, default=Outcome.MOVE)
    rule = models.CharField(max_length=60, blank=True)
    content = models.UUIDField()
    detail = models.JSONField(null=True)  # riêng của loại: vị trí nhận, người đang làm...

    class Meta:
        db_table = "org_plan_row"
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "direction", "kind", "item_id"], name="org_plan_item_has_one_receiver"
            )
        ]
        indexes = [
            models.Index(fields=["handover", "direction", "from_unit", "kind"], name="org_plan_from"),
            models.Index(fields=["kind", "item_id"], name="org_plan_item"),
            models.Index(
                fields=["handover", "direction", "from_unit"], name="org_plan_undecided", condition=models.Q(to_unit__isnull=True)
            ),
        ]


class Batch(models.Model):
    """Một đợt, một giao dịch. ``done_at`` và sổ cái ghi cùng lúc; băm của sổ cái nằm trong nhật ký."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="batches")
    direction = models.CharField(max_length=5, choices=Direction)
    number = models.IntegerField()
    kind = models.CharField(max_length=40)
    outcome = models.CharField(max_length=6, choices=Outcome)
    first_row = models.BigIntegerField()  # khoảng id của dòng kế hoạch; cùng loại và kết cục
    last_row = models.BigIntegerField()
    rows = models.IntegerField()
    day = models.DateField()  # ngày hiệu lực của chiều này: ngày chuyển, hoặc ngày hoàn tác
    done_at = models.DateTimeField(null=True)
    ledger_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "org_batch"
        constraints = [
            models.UniqueConstraint(fields=["handover", "direction", "number"], name="org_batch_number_once")
        ]


class LedgerRow(models.Model):
    """Sổ cái: một dòng cho một mục đã chuyển. Chỉ ghi thêm (trình kích hoạt chặn sửa, xóa)."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="+", db_index=False)
    direction = models.CharField(max_length=5, choices=Direction)
    batch = models.IntegerField()
    kind = models.CharField(max_length=40)
    item_id = models.BigIntegerField()
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=6, choices=Outcome)
    rule = models.CharField(max_length=60)
    decree = models.CharField(max_length=200)
    content = models.UUIDField()
    detail = models.JSONField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "org_ledger_row"
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "direction", "batch", "kind", "item_id"], name="org_ledger_item_once_a_batch"
            )
        ]
        indexes = [
            models.Index(fields=["kind", "item_id"], name="org_ledger_item"),
        ]


class Freeze(models.Model):
    """Đơn vị đang chuyển giao: mục của đơn vị chỉ đọc từ lúc bắt đầu tới lúc xong."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="freezes")
    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="freeze")
    since = models.DateTimeField()

    class Meta:
        db_table = "org_freeze"
