"""Viện dẫn đọc được trong văn bản, và cách xem đã lưu của từng người."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models.papers import Document
from tinhgon.documents.models.series import NumberSeries
from tinhgon.files.models import StoredFile
from tinhgon.org.models import Person


class Citation(models.Model):
    """Một chỗ văn bản dẫn văn bản khác, như đã viết. Không lưu văn bản được dẫn: nối theo ``key`` lúc đọc, trong tầm được thấy,
    nên văn bản tới sau cũng tự nối. ``key`` so với ``DocumentText.symbol_key``.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="citations")
    ordinal = models.PositiveSmallIntegerField()
    written = models.CharField(_("viết trong văn bản"), max_length=400)
    key = models.CharField(max_length=80, db_collation="C")
    issued_on = models.DateField(null=True, blank=True)
    organ = models.CharField(_("cơ quan"), max_length=200, blank=True, db_default="")

    class Meta:
        db_table = "documents_citation"
        constraints = [models.UniqueConstraint(fields=["document", "ordinal"], name="documents_citation_in_order")]
        indexes = [models.Index(fields=["key", "issued_on"], name="documents_citation_key")]


class SavedSearch(models.Model):
    """Một cách xem đã đặt tên: trang và phần lọc trên địa chỉ. Của riêng một người; ``on_desk``: hiện ở Hôm nay kèm số."""

    class View(models.TextChoices):
        INCOMING = "incoming", _("Văn bản đến")
        OUTGOING = "outgoing", _("Văn bản đi")
        DRAFTS = "drafts", _("Dự thảo")
        SEARCH = "search", _("Tìm kiếm")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("tên"), max_length=80)
    view = models.CharField(_("trang"), max_length=10, choices=View)
    query = models.CharField(_("phần lọc"), max_length=1500)
    on_desk = models.BooleanField(_("hiện ở Hôm nay"), default=False)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "documents_saved_search"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="documents_saved_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="documents_saved_has_name"),
        ]

    def __str__(self):
        return self.name


class PrintedBook(models.Model):
    """Một lần in sổ dài, do việc nền làm: in gì, ai nhờ, xong thì ``file``. Sổ ngắn in ngay, không cần dòng này.

    ``volumes``: đóng thành mấy quyển; nhiều quyển thì ``file`` là gói zip, mỗi quyển một tệp PDF.
    """

    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    format = models.CharField(max_length=4)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    progress = models.UUIDField()
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    volumes = models.PositiveSmallIntegerField(default=1, db_default=1)

    class Meta:
        db_table = "documents_printed_book"
