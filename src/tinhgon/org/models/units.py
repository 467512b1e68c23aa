"""Đơn vị là một danh tính cộng các phiên bản có ngày, không chồng nhau. Mã hành chính không bao giờ là danh tính."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tinhgon.search.fields import exact_vector, folded_vector, sort_key


class Level(models.TextChoices):
    PROVINCE = "province", _("cấp tỉnh, thành phố")
    DISTRICT = "district", _("cấp trên trực tiếp cơ sở")
    COMMUNE = "commune", _("cấp xã, phường")


class Kind(models.TextChoices):
    COMMITTEE = "committee", _("cấp ủy")
    OFFICE = "office", _("văn phòng cấp ủy")
    ORGANISATION = "organisation", _("ban tổ chức")
    PROPAGANDA = "propaganda", _("ban tuyên giáo và dân vận")
    INSPECTION = "inspection", _("cơ quan ủy ban kiểm tra")
    INTERNAL_AFFAIRS = "internal_affairs", _("ban nội chính")
    PARTY_BUILDING = "party_building", _("ban xây dựng Đảng")
    CENTRE = "centre", _("đơn vị sự nghiệp")
    ROOM = "room", _("phòng, bộ phận bên trong")


class Unit(models.Model):
    """Danh tính của một đơn vị. Không có phiên bản nào: đơn vị mới chỉ được dự kiến trong một phương án sắp xếp."""

    created_at = models.DateTimeField()

    class Meta:
        db_table = "org_unit"

    def __str__(self):
        return f"#{self.pk}"


class UnitVersion(models.Model):
    """Đơn vị trong một khoảng ngày [từ, đến). ``voided_on``: mở rồi hủy ngay trong ngày, khoảng rỗng, giữ làm lịch sử."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="versions")
    valid = DateRangeField(_("hiệu lực"))
    name = models.CharField(_("tên"), max_length=200)
    short_name = models.CharField(_("tên ngắn"), max_length=80)
    symbol = models.CharField(_("ký hiệu"), max_length=30, blank=True)  # ghi trên văn bản; không bao giờ suy ra
    kind = models.CharField(_("loại"), max_length=20, choices=Kind)
    level = models.CharField(_("cấp"), max_length=10, choices=Level)
    parent = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="child_versions")
    is_organ = models.BooleanField(_("là cơ quan (có sổ, con dấu)"), default=True)
    decree = models.CharField(_("căn cứ"), max_length=200, blank=True)
    voided_on = models.DateField(null=True, blank=True)
    name_key = sort_key("name")
    search_folded = folded_vector("name", "short_name", "symbol")
    search_exact = exact_vector("name", "short_name", "symbol")

    class Meta:
        db_table = "org_unit_version"
        constraints = [
            ExclusionConstraint(
                name="org_unit_versions_never_overlap",
                expressions=[("unit", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                name="org_unit_not_its_own_parent", condition=Q(parent__isnull=True) | ~Q(parent=F("unit"))
            ),
        ]
        indexes = [models.Index(fields=["parent"], name="org_unit_version_parent")]

    def __str__(self):
        return self.name


class ExternalCode(models.Model):
    """Mã bên ngoài (mã đơn vị hành chính, mã định danh điện tử): (bộ mã, thời kỳ, mã); đơn vị mới có thể dùng lại mã cũ."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="codes")
    scheme = models.CharField(_("bộ mã"), max_length=40)
    era = models.CharField(_("thời kỳ"), max_length=20)
    code = models.CharField(_("mã"), max_length=40)

    class Meta:
        db_table = "org_external_code"
        constraints = [
            models.UniqueConstraint(fields=["scheme", "era", "code"], name="org_code_unique_in_scheme_and_era")
        ]


class Field(models.Model):
    """Lĩnh vực. ``nature``: cần kinh nghiệm lâu năm, hay cần thay đổi, làm mới."""

    class Nature(models.TextChoices):
        EXPERIENCE = "experience", _("cần kinh nghiệm")
        RENEWAL = "renewal", _("cần đổi mới")

    code = models.CharField(_("mã"), max_length=30, unique=True)
    name = models.CharField(_("tên"), max_length=120)
    nature = models.CharField(_("tính chất"), max_length=10, choices=Nature)

    class Meta:
        db_table = "org_field"

    def __str__(self):
        return self.name


class Function(models.Model):
    """Chức năng một đơn vị được giao, thuộc một lĩnh vực."""

    code = models.CharField(_("mã"), max_length=40, unique=True)
    name = models.CharField(_("tên"), max_length=200)
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="functions")

    class Meta:
        db_table = "org_function"

    def __str__(self):
        return self.name


class UnitFunction(models.Model):
    """Đơn vị đảm nhận chức năng trong một khoảng ngày."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="functions")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="holders")
    valid = DateRangeField(_("hiệu lực"))
    voided_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "org_unit_function"
        constraints = [
            ExclusionConstraint(
                name="org_unit_function_never_overlaps",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("function", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]


class Term(models.Model):
    """Nhiệm kỳ của cấp ủy: sổ văn bản của Đảng chạy theo nhiệm kỳ, không theo năm (HD 36-HD/VPTW, mục 1.3.1)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="terms")
    name = models.CharField(_("tên"), max_length=80)
    valid = DateRangeField(_("thời gian"))

    class Meta:
        db_table = "org_term"
        constraints = [
            ExclusionConstraint(
                name="org_terms_never_overlap",
                expressions=[("unit", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self):
        return self.name


class Succession(models.Model):
    """Kế thừa có kiểu, n:m: đơn vị trước -> đơn vị sau, từ một ngày, theo một căn cứ.

    ``functions``: phần chức năng chuyển sang người kế thừa này khi chia tách; rỗng khi kế thừa toàn bộ.
    ``undone_on``: kế thừa đã hoàn tác từ ngày ấy; dòng vẫn giữ.
    """

    class Type(models.TextChoices):
        RENAMED = "renamed", _("đổi tên")
        MERGED = "merged", _("hợp nhất, sáp nhập")
        SPLIT = "split", _("chia tách")
        DISSOLVED = "dissolved", _("giải thể")
        MOVED = "moved", _("chuyển cấp trên")

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions_out")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions_in")
    type = models.CharField(_("kiểu"), max_length=10, choices=Type)
    on = models.DateField(_("từ ngày"))
    decree = models.CharField(_("căn cứ"), max_length=200, blank=True)
    undone_on = models.DateField(null=True, blank=True)
    functions = models.ManyToManyField(Function, related_name="+", blank=True)

    class Meta:
        db_table = "org_succession"
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "on"],
                condition=Q(undone_on__isnull=True),
                name="org_succession_once",
            ),
        ]
