"""Hai bảng: các dòng nhật ký (chỉ thêm, có trình kích hoạt chặn sửa xóa) và đầu chuỗi."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """Một dòng nhật ký, ghi trong cùng giao dịch với thay đổi. ``hash`` = SHA-256(dòng + ``previous_hash``)."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(_("lúc"))
    request_id = models.UUIDField(_("mã yêu cầu"), null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    appointment_id = models.BigIntegerField(
        _("phân công"), null=True
    )  # số, không khóa ngoài: audit không biết org
    code = models.CharField(_("mã"), max_length=80, db_index=True)
    target_kind = models.CharField(max_length=60)
    target_id = models.CharField(max_length=60)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    batch_hash = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_entry"
        ordering = ["-sequence"]
        indexes = [models.Index(fields=["target_kind", "target_id", "-sequence"], name="audit_entry_target")]


class Head(models.Model):
    """Đầu chuỗi: một dòng, khóa sau cùng trong mỗi giao dịch (architecture: number series first, chain last)."""

    sequence = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_head"
