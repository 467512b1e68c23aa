"""Danh mục tên loại."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentType(models.Model):
    """Tên loại. Ký hiệu không suy ra được tên loại: Quyết định và Quy định cùng là QĐ (domain §1.1).

    ``rule_set``: bộ quy tắc nêu tên loại này; ``source``: nơi đọc được; ``is_certain``: ký hiệu thấy trong nguồn, không
    phải suy từ chữ đầu. ``is_slip``: giấy tờ hành chính, không có thể thức ký hiệu thống nhất.
    """

    code = models.CharField(_("mã"), max_length=30, unique=True)
    name = models.CharField(_("tên loại"), max_length=60)
    abbreviation = models.CharField(_("ký hiệu"), max_length=10, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    is_slip = models.BooleanField(_("giấy tờ hành chính"), default=False)
    rule_set = models.CharField(_("bộ quy tắc"), max_length=40, blank=True)
    source = models.CharField(_("nguồn"), max_length=200, blank=True)
    is_certain = models.BooleanField(_("ký hiệu chắc chắn"), default=False)

    class Meta:
        db_table = "documents_type"
        ordering = ["order"]

    def __str__(self):
        return self.name
