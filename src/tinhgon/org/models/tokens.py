"""Mã truy cập cho chương trình: gắn với một phân công, nên quyền là quyền của vị trí ấy, trong phạm vi đã chọn."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhgon.org.models.people import Appointment


class TokenScope(models.TextChoices):
    READ = "read", _("đọc văn bản, tệp, khay đến")
    WRITE = "write", _("vào sổ, đính kèm tệp")


class AccessToken(models.Model):
    """Chỉ giữ băm của mã; mã hiện đúng một lần lúc tạo. ``prefix``: vài chữ đầu, để nhận ra mã nào."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="access_tokens")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("dùng vào việc gì"), max_length=80)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=10, choices=TokenScope))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "org_access_token"

    def __str__(self):
        return self.name
