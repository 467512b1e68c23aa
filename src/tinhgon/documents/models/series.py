"""Dãy số của sổ văn bản, và đại hội có dãy số riêng."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models.choices import Direction
from tinhgon.documents.models.types import DocumentType
from tinhgon.org.models import Term, Unit


class Congress(models.Model):
    """Một kỳ đại hội: từ phiên trù bị tới ngày bế mạc mọi văn bản chung một dãy số, ký hiệu ``ĐH`` (HD 36-HD/VPTW mục 1.3.1)."""

    unit = models.ForeignKey(Unit, verbose_name=_("cấp ủy"), on_delete=models.PROTECT, related_name="congresses")
    name = models.CharField(_("tên"), max_length=200)
    opens_on = models.DateField(_("ngày khai mạc (phiên trù bị)"))
    closes_on = models.DateField(_("ngày bế mạc"))

    class Meta:
        db_table = "documents_congress"
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="documents_congress_days_in_order"),
            models.UniqueConstraint(fields=["unit", "opens_on"], name="documents_congress_opens_once"),
        ]

    def __str__(self):
        return self.name


class NumberSeries(models.Model):
    """Một dãy số của một cơ quan: đi và nội bộ theo tên loại và nhiệm kỳ (nhà nước: năm); đến theo năm. Dãy mật để riêng.

    Bản sao (``BS``) chung một dãy mọi tên loại trong nhiệm kỳ hay năm; đại hội chung một dãy mọi tên loại của kỳ đại hội.
    Số chỉ rút khi ban hành, vào sổ hay giữ số, không đứt quãng, khóa dòng này. ``closed_on``: khóa từ ngày này ở ``last_number``,
    không rút thêm nữa. ``organ``: cơ quan đứng tên, là lịch sử; ``keeper``: đơn vị đang giữ sổ, đi theo chuyển giao.
    """

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("sổ thường")
        COPIES = "copies", _("bản sao")
        CONGRESS = "congress", _("đại hội")

    organ = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="number_series")
    keeper = models.ForeignKey(Unit, verbose_name=_("đơn vị giữ sổ"), on_delete=models.PROTECT, related_name="kept_series")
    direction = models.CharField(max_length=8, choices=Direction)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.ORDINARY, db_default="ordinary")
    type = models.ForeignKey(DocumentType, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    congress = models.ForeignKey(Congress, null=True, blank=True, on_delete=models.PROTECT, related_name="series")
    is_secret = models.BooleanField(default=False)
    last_number = models.PositiveIntegerField(_("số cuối"), default=0)
    imported_to = models.PositiveIntegerField(default=0, db_default=0)  # tới số này là của sổ cũ nhập vào: chỗ trống không phải lỗi ở đây
    opened_on = models.DateField(_("mở ngày"))
    closed_on = models.DateField(_("khóa ngày"), null=True, blank=True)
    continues = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued_by")

    class Meta:
        db_table = "documents_number_series"
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "direction", "kind", "type", "term", "year", "congress", "is_secret"],
                nulls_distinct=False,
                name="documents_one_series_per_book",
            ),
            models.CheckConstraint(
                condition=Q(term__isnull=False, year__isnull=True, congress__isnull=True)
                | Q(term__isnull=True, year__isnull=False, congress__isnull=True)
                | Q(term__isnull=True, year__isnull=True, congress__isnull=False, kind="congress"),
                name="documents_series_by_term_or_year",
            ),
        ]
