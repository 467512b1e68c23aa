"""Một lần nhập hồ sơ từ tệp: đọc thử ở việc nền, người nhập xem rồi cho ghi. Của riêng tài khoản đã đưa tệp."""

import uuid

from django.db import models


class ProfileImport(models.Model):
    """``found``: kết quả đọc thử (câu có kết quả xếp loại của người khác): bỏ khi đã ghi, khi đưa tệp khác, hoặc sau một ngày."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("core.User", on_delete=models.CASCADE, related_name="+")
    appointment_id = models.BigIntegerField(null=True)
    on = models.DateField()
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    trial = models.ForeignKey("core.Progress", on_delete=models.CASCADE, related_name="+")
    writing = models.ForeignKey("core.Progress", null=True, on_delete=models.CASCADE, related_name="+")
    found = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "personnel_profile_import"
