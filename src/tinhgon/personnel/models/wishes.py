"""Nguyện vọng: một đợt do ban tổ chức mở; mỗi người một phiếu, chỉ chính người ấy và ban tổ chức xem."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon.org.models import Person, Post, Unit


class WishRound(models.Model):
    """``root``: cấp ủy; người ở cấp ấy và các cấp dưới ghi được tới hết ngày ``closes_on``."""

    root = models.ForeignKey(Unit, verbose_name=_("cấp ủy"), on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("tên đợt"), max_length=200)
    note = models.TextField(_("lời giải thích"), blank=True)
    opened_at = models.DateTimeField()
    closes_on = models.DateField(_("ghi tới hết ngày"))

    class Meta:
        db_table = "personnel_wish_round"

    def __str__(self):
        return self.title


class WishSheet(models.Model):
    """Phiếu của một người trong một đợt; ghi lại thì thay cả phiếu."""

    round = models.ForeignKey(WishRound, on_delete=models.PROTECT, related_name="sheets")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="wish_sheets")
    near = models.CharField(_("địa bàn muốn làm gần"), max_length=200, blank=True)
    with_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agrees_to_move = models.BooleanField(_("đồng ý điều động nơi khác"), default=False)
    note = models.CharField(_("hoàn cảnh, đề nghị"), max_length=2000, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "personnel_wish_sheet"
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="personnel_one_sheet_a_round")]


class Wish(models.Model):
    """Một nguyện vọng: một vị trí, hoặc một đơn vị (vị trí nào cũng được); ``rank`` 1 là muốn nhất."""

    sheet = models.ForeignKey(WishSheet, on_delete=models.CASCADE, related_name="wishes")
    rank = models.PositiveSmallIntegerField(_("thứ tự"))
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "personnel_wish"
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "rank"], name="personnel_wish_ranked_once"),
            models.CheckConstraint(
                condition=Q(post__isnull=True, unit__isnull=False) | Q(post__isnull=False, unit__isnull=True), name="personnel_wish_of_one_thing"
            ),
        ]
