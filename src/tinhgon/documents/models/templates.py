"""Mẫu văn bản của một cơ quan, và đường trình ký đặt sẵn theo tên loại."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models.types import DocumentType
from tinhgon.files.models import StoredFile
from tinhgon.org.models import Person, Unit


class DraftTemplate(models.Model):
    """Một mẫu của một cơ quan cho một tên loại. Nội dung nằm ở các bản; sửa mẫu là thêm bản, bản cũ còn nguyên.

    ``organ`` đi theo chuyển giao. ``is_active`` tắt thì không chọn được nữa, dự thảo đã lập từ nó không đổi.
    """

    organ = models.ForeignKey(Unit, verbose_name=_("cơ quan giữ mẫu"), on_delete=models.PROTECT, related_name="+")
    type = models.ForeignKey(DocumentType, verbose_name=_("tên loại"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("tên mẫu"), max_length=120)
    is_active = models.BooleanField(_("đang dùng"), default=True)

    class Meta:
        db_table = "documents_template"
        indexes = [models.Index(fields=["organ", "type"], name="documents_templates_of")]

    def __str__(self):
        return self.name


class TemplateVersion(models.Model):
    """Một bản của mẫu: chữ có ô điền ``{{ co_quan }}``, hoặc một tệp Word có cùng các ô ấy. Chỉ thêm, không sửa."""

    template = models.ForeignKey(DraftTemplate, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("bản"))
    summary = models.CharField(_("trích yếu"), max_length=2000, blank=True)
    body = models.TextField(_("nội dung"), blank=True)
    addressees = models.TextField(_("Kính gửi"), blank=True)
    receivers = models.TextField(_("nơi nhận"), blank=True)
    authority = models.CharField(_("quyền hạn ký"), max_length=120, blank=True)
    signer_position = models.CharField(_("chức vụ người ký"), max_length=120, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("tên tệp"), max_length=255, blank=True)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    author = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "documents_template_version"
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="documents_template_version_once")]


class ApprovalPath(models.Model):
    """Đường trình ký đặt sẵn: ``groups`` là các bậc theo thứ tự, mỗi bậc một hay nhiều vai cùng lúc (``PathRole``).

    ``type`` trống: mọi tên loại của cơ quan. ``is_required``: chưa qua hết đường này thì không trình cấp số được.
    ``organ`` đi theo chuyển giao; hai cơ quan gộp làm một thì đường chặt hơn thắng (``selectors.approval.path_for``).
    """

    class PathRole(models.TextChoices):
        UNIT_HEAD = "unit_head", _("lãnh đạo đơn vị soạn (ký nháy)")
        OFFICE_HEAD = "office_head", _("chánh văn phòng (ký nháy)")
        SIGNER = "signer", _("người ký văn bản")

    organ = models.ForeignKey(Unit, verbose_name=_("cơ quan"), on_delete=models.PROTECT, related_name="+")
    type = models.ForeignKey(DocumentType, verbose_name=_("tên loại"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    groups = models.JSONField(_("các bậc"), default=list)
    is_required = models.BooleanField(_("bắt buộc"), default=False)
    is_active = models.BooleanField(_("đang dùng"), default=True)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "documents_approval_path"
        indexes = [models.Index(fields=["organ", "type"], name="documents_paths_of")]
