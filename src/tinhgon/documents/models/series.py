"""Dãy số và sổ."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models.choices import Direction
from tinhgon.documents.models.types import DocumentType
from tinhgon.org.models import Term, Unit


class NumberSeries(models.Model):
    """Một dãy số của một cơ quan: đi và nội bộ theo tên loại và nhiệm kỳ; đến theo năm. Dãy mật để riêng.

    Số chỉ rút khi ban hành hoặc vào sổ, không đứt quãng, khóa dòng này. ``closed_on``: khóa từ ngày này ở ``last_number``,
    không rút thêm nữa. ``organ``: cơ quan đứng tên, là lịch sử; ``keeper``: đơn vị đang giữ sổ, đi theo chuyển giao.
    """

    organ = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="number_series")
    keeper = models.ForeignKey(Unit, verbose_name=_("đơn vị giữ sổ"), on_delete=models.PROTECT, related_name="kept_series")
    direction = models.CharField(max_length=8, choices=Direction)
    type = models.ForeignKey(DocumentType, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    is_secret = models.BooleanField(default=False)
    last_number = models.PositiveIntegerField(_("số cuối"), default=0)
    opened_on = models.DateField(_("mở ngày"))
    closed_on = models.DateField(_("khóa ngày"), null=True, blank=True)
    continues = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued_by")

    class Meta:
        db_table = "documents_number_series"
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "direction", "type", "term", "year", "is_secret"],
                nulls_distinct=False,
                name="documents_one_series_per_book",
            ),
            models.CheckConstraint(
                condition=Q(term__isnull=False, year__isnull=True) | Q(term__isnull=True, year__isnull=False),
                name="documents_series_by_term_or_year",
            ),
        ]
