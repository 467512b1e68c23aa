"""Một bảng: tệp theo nội dung."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """Một nội dung, lưu một lần; tên tệp thuộc về chỗ đính kèm."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField(_("kích thước"))
    content_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()

    class Meta:
        db_table = "files_stored_file"

    @property
    def path(self) -> str:
        """Chỗ nằm trong kho: hai tầng thư mục để không thư mục nào quá đông."""
        return f"{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"
