"""Các bản của một dự thảo."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models.papers import Document
from tinhgon.files.models import StoredFile
from tinhgon.org.models import Person


class DraftVersion(models.Model):
    """Một bản: chữ của thân văn bản, mỗi đoạn một dòng, hoặc một tệp Word (khi ấy ``body`` là chữ đọc được từ tệp).

    Chỉ thêm, không sửa: lưu lại, nộp tệp mới hay khôi phục bản cũ đều thành bản kế tiếp. Văn bản mật không có bản nào.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("bản"))
    body = models.TextField(_("nội dung"), blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("tên tệp"), max_length=255, blank=True)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    restores = models.PositiveIntegerField(_("khôi phục từ bản"), null=True, blank=True)
    author = models.ForeignKey(Person, verbose_name=_("người lưu"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "documents_draft_version"
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="documents_draft_version_once")]
