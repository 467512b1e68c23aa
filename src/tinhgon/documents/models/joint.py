"""Văn bản liên tịch, liên cơ quan: các cơ quan cùng ban hành, ngoài cơ quan chủ trì cho số, và người ký của mỗi cơ quan."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models.papers import Document
from tinhgon.org.models import Person, Unit


class JointOrgan(models.Model):
    """Một cơ quan cùng ban hành, theo thứ tự ``order`` sau cơ quan chủ trì; người soạn ghi từ dự thảo.

    ``unit``: cơ quan trong hệ thống (đã kết thúc thì dự thảo đọc nơi kế thừa: ``selectors.joint``); trống là cơ quan ngoài, chỉ có ``name`` và ``symbol``. Có số rồi thì ``name``, ``symbol`` như lúc
    ban hành, ``unit`` là lịch sử, ``kept_by`` là nơi được xem thay nó (trước đó trống: có tên trên dự thảo chưa phải là được xem).
    ``person``: ai ký; trống thì lãnh đạo cơ quan. ``received_on``: ngày nhận bản người ấy đã ký ở ngoài lượt trình (bản giấy, cơ quan ngoài).
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="joint_organs")
    order = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, verbose_name=_("cơ quan"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kept_by = models.ForeignKey(Unit, verbose_name=_("đơn vị lưu"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("tên cơ quan"), max_length=200, blank=True)
    symbol = models.CharField(_("ký hiệu"), max_length=30, blank=True)
    person = models.ForeignKey(Person, verbose_name=_("người ký"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signer_name = models.CharField(_("họ tên người ký"), max_length=120, blank=True, db_default="")
    signer_position = models.CharField(_("chức vụ người ký"), max_length=120, blank=True, db_default="")
    authority = models.CharField(_("quyền hạn ký"), max_length=120, blank=True, db_default="")
    received_on = models.DateField(_("ngày nhận bản đã ký"), null=True, blank=True)
    received_note = models.CharField(_("ghi chú khi nhận"), max_length=300, blank=True, db_default="")
    received_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "documents_joint_organ"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["document", "unit"], name="documents_joint_organ_once"),
            models.CheckConstraint(condition=Q(unit__isnull=False) | ~Q(name=""), name="documents_joint_organ_is_named"),
        ]
        indexes = [models.Index(fields=["kept_by"], name="documents_joint_kept")]

    @property
    def is_outside(self) -> bool:
        return self.unit_id is None
