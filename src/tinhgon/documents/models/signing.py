"""Khóa ký của người và con dấu số của cơ quan, nhà cấp chứng thư được tin, danh sách thu hồi, chữ ký đã đặt ở đây."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models.joint import JointOrgan
from tinhgon.documents.models.papers import Attachment, Document
from tinhgon.org.models import Person, Unit


class SigningKey(models.Model):
    """Một khóa ký: của một người, hoặc con dấu số của một cơ quan.

    ``sealed``: tệp PKCS#12 đã mã hóa dưới khóa dẫn xuất từ mật khẩu của chủ; mật khẩu không bao giờ lưu. Khóa trong thiết bị
    (PKCS#11) thì chỉ ghi nhãn. Con dấu không sang cơ quan khác: cơ quan kế thừa phải có chứng thư mang tên mình.
    """

    class Kind(models.TextChoices):
        FILE = "file", _("tệp khóa")
        TOKEN = "token", _("thiết bị")

    person = models.ForeignKey(Person, verbose_name=_("người ký"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("cơ quan"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("loại"), max_length=5, choices=Kind)
    certificate = models.TextField(_("chứng thư"))
    common_name = models.CharField(_("tên trên chứng thư"), max_length=200)
    organisation = models.CharField(_("tổ chức trên chứng thư"), max_length=200, blank=True)
    issuer = models.CharField(_("nhà cấp"), max_length=200)
    serial = models.CharField(_("số chứng thư"), max_length=80)
    fingerprint = models.CharField(max_length=64)
    not_before = models.DateTimeField(_("hiệu lực từ"))
    not_after = models.DateTimeField(_("hết hiệu lực"))
    sealed = models.BinaryField(default=bytes)
    token = models.CharField(_("nhãn thiết bị"), max_length=64, blank=True)
    token_key = models.CharField(_("nhãn khóa"), max_length=64, blank=True)
    picture = models.BinaryField(default=bytes)  # ảnh chữ ký hay ảnh dấu, PNG
    added_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    revoked_at = models.DateTimeField(_("ngừng dùng từ"), null=True, blank=True)
    revoke_reason = models.CharField(_("lý do ngừng dùng"), max_length=300, blank=True)

    class Meta:
        db_table = "documents_signing_key"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, unit__isnull=True) | Q(person__isnull=True, unit__isnull=False),
                name="documents_key_of_a_person_or_an_organ",
            ),
            models.UniqueConstraint(
                fields=["fingerprint"], condition=Q(revoked_at__isnull=True), name="documents_certificate_in_use_once"
            ),
        ]

    def __str__(self):
        return self.common_name


class TrustAnchor(models.Model):
    """Chứng thư gốc của một nhà cấp mà quản trị đã cho tin."""

    name = models.CharField(_("tên"), max_length=200)
    certificate = models.TextField(_("chứng thư gốc"))
    fingerprint = models.CharField(max_length=64, unique=True)
    not_after = models.DateTimeField(_("hết hiệu lực"))
    is_active = models.BooleanField(_("đang tin"), default=True)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "documents_trust_anchor"

    def __str__(self):
        return self.name


class Revocations(models.Model):
    """Danh sách thu hồi mới nhất của một nhà cấp, quản trị nạp vào."""

    issuer = models.CharField(_("nhà cấp"), max_length=200, unique=True)
    data = models.BinaryField()
    issued_at = models.DateTimeField(_("ra ngày"))
    next_at = models.DateTimeField(_("danh sách kế tiếp"), null=True, blank=True)
    count = models.PositiveIntegerField(_("số chứng thư thu hồi"))
    added_at = models.DateTimeField()

    class Meta:
        db_table = "documents_revocations"


class Signature(models.Model):
    """Một chữ ký hay con dấu số đặt ở đây; chỉ thêm. ``sha256``: tệp ngay sau khi ký; ``attachment`` trống: tệp đã hủy theo danh mục.

    ``joint``: chữ ký, con dấu của cơ quan cùng ban hành ấy; trống là của cơ quan chủ trì.
    """

    class Purpose(models.TextChoices):
        SIGN = "sign", _("ký")
        SEAL = "seal", _("đóng dấu")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="signatures")
    attachment = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="signatures")
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(_("việc"), max_length=4, choices=Purpose)
    by = models.ForeignKey(Person, verbose_name=_("người làm"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    joint = models.ForeignKey(JointOrgan, null=True, blank=True, on_delete=models.PROTECT, related_name="signatures")
    signed_at = models.DateTimeField(_("lúc"))
    sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = "documents_signature"
        indexes = [models.Index(fields=["document", "purpose"], name="documents_signatures_of")]
