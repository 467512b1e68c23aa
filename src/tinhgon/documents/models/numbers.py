"""Số đã rút mà chưa gắn với một văn bản thường: giữ số."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models.choices import Direction, Secrecy
from tinhgon.documents.models.papers import Document
from tinhgon.documents.models.series import NumberSeries
from tinhgon.documents.models.types import DocumentType
from tinhgon.org.models import Person, Unit


class NumberReservation(models.Model):
    """Giữ số: một số đã rút khỏi sổ cho ``unit``, tới hết ngày ``until``. Dùng thì thành số của ``document``; trả lại hay hết
    hạn thì ``document`` là dòng sổ "hủy số" mang lý do, nên sổ không bao giờ có chỗ trống không ai giải thích.

    ``unit`` đi theo chuyển giao khi còn giữ. ``symbol``, ``organ_name``: như sẽ in, theo ngày giữ.
    """

    class State(models.TextChoices):
        HELD = "held", _("đang giữ")
        USED = "used", _("đã dùng")
        RELEASED = "released", _("đã trả lại")
        EXPIRED = "expired", _("hết hạn giữ")

    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT, related_name="reservations")
    type = models.ForeignKey(DocumentType, verbose_name=_("tên loại"), on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("số"))
    symbol = models.CharField(_("số, ký hiệu"), max_length=60)
    organ_name = models.CharField(_("cơ quan đứng tên"), max_length=200)
    secrecy = models.PositiveSmallIntegerField(_("độ mật"), choices=Secrecy, default=Secrecy.NORMAL)
    unit = models.ForeignKey(Unit, verbose_name=_("giữ cho"), on_delete=models.PROTECT, related_name="+")
    reserved_by = models.ForeignKey(
        Person, verbose_name=_("người giữ số"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reserved_on = models.DateField(_("ngày giữ"))
    until = models.DateField(_("giữ tới hết ngày"))
    reason = models.CharField(_("lý do giữ"), max_length=300)
    state = models.CharField(_("trạng thái"), max_length=8, choices=State, default=State.HELD)
    document = models.OneToOneField(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="reservation"
    )
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "documents_number_reservation"
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="documents_number_reserved_once"),
            models.CheckConstraint(
                condition=Q(state="held", document__isnull=True) | (~Q(state="held") & Q(document__isnull=False)),
                name="documents_ended_reservation_has_its_entry",
            ),
        ]
        indexes = [
            models.Index(fields=["until"], condition=Q(state="held"), name="documents_numbers_held"),
            models.Index(fields=["unit", "state"], name="documents_numbers_of_unit"),
        ]

    @property
    def direction(self) -> str:
        return self.series.direction or Direction.OUTGOING
