"""Hồ sơ năng lực của một người. Mức của lĩnh vực do người có thẩm quyền công nhận, có căn cứ và ngày; không bao giờ tự tính ra."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon.org.models import Field, Person
from tinhgon.search.fields import exact_vector, folded_vector, vector_indexes


class Sex(models.TextChoices):
    FEMALE = "female", _("nữ")
    MALE = "male", _("nam")


class Profile(models.Model):
    """Dữ liệu riêng: chỉ chính người ấy và ban tổ chức xem; không bảng tính nào về năng lực được đọc bảng này."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="profile")
    born_on = models.DateField(_("ngày sinh"), null=True, blank=True)
    sex = models.CharField(_("giới tính"), max_length=6, choices=Sex, blank=True)

    class Meta:
        db_table = "personnel_profile"


class Skill(models.Model):
    """Mức làm được một lĩnh vực trong một khoảng ngày. Mỗi ngày nhiều nhất một lĩnh vực chính."""

    class Level(models.IntegerChoices):
        KNOWS = 1, _("biết việc")
        DOES = 2, _("làm được")
        MASTERS = 3, _("thành thạo")
        GUIDES = 4, _("hướng dẫn được người khác")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="skills")
    field = models.ForeignKey(Field, verbose_name=_("lĩnh vực"), on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(_("mức"), choices=Level)
    is_main = models.BooleanField(_("lĩnh vực chính"), default=False)
    valid = DateRangeField(_("hiệu lực"))
    basis = models.CharField(_("căn cứ công nhận"), max_length=300)
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "personnel_skill"
        constraints = [
            models.CheckConstraint(condition=Q(level__range=(1, 4)), name="personnel_level_is_one_to_four"),
            ExclusionConstraint(
                name="personnel_one_level_of_a_field",
                expressions=[
                    ("person", RangeOperators.EQUAL), ("field", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)
                ],
            ),
            ExclusionConstraint(
                name="personnel_one_main_field",
                expressions=[("person", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=Q(is_main=True),
            ),
        ]  # fmt: skip


class Training(models.Model):
    """Một khóa đã học xong."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="trainings")
    title = models.CharField(_("khóa học"), max_length=200)
    field = models.ForeignKey(Field, verbose_name=_("lĩnh vực"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(_("nơi học"), max_length=200, blank=True)
    finished_on = models.DateField(_("học xong ngày"))
    recorded_at = models.DateTimeField()
    search_folded = folded_vector("title", "place")
    search_exact = exact_vector("title", "place")

    class Meta:
        db_table = "personnel_training"
        indexes = [*vector_indexes("training")]


class Rotation(models.Model):
    """Thời hạn ở vị trí phải chuyển đổi hay đợt luân chuyển dự kiến: từ ngày, tới hạn ngày."""

    class Kind(models.TextChoices):
        POSTING = "posting", _("luân chuyển")
        CHANGE = "change", _("chuyển đổi vị trí công tác")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="rotations")
    kind = models.CharField(_("hình thức"), max_length=10, choices=Kind)
    term = DateRangeField(_("thời hạn"))
    note = models.CharField(_("dự kiến"), max_length=300, blank=True)
    basis = models.CharField(_("căn cứ"), max_length=300)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "personnel_rotation"
        constraints = [
            ExclusionConstraint(
                name="personnel_rotations_never_overlap",
                expressions=[
                    ("person", RangeOperators.EQUAL), ("kind", RangeOperators.EQUAL), ("term", RangeOperators.OVERLAPS)
                ],
            )
        ]  # fmt: skip


class PastWork(models.Model):
    """Một quãng công tác trước khi có trong hệ thống: không có phân công nào để đếm, nên ghi theo giấy tờ. ``term``: ngày cuối không tính."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="past_works")
    title = models.CharField(_("chức danh"), max_length=120)
    place = models.CharField(_("nơi công tác"), max_length=200)
    field = models.ForeignKey(Field, verbose_name=_("lĩnh vực"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    term = DateRangeField(_("thời gian"))
    basis = models.CharField(_("căn cứ"), max_length=300)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "personnel_past_work"
        constraints = [
            models.CheckConstraint(condition=Q(term__isempty=False, term__startswith__isnull=False, term__endswith__isnull=False), name="personnel_past_work_is_over")
        ]


class FieldTag(models.Model):
    """Tính chất của một lĩnh vực trong một khoảng ngày, đè lên tính chất ban đầu ở ``org.Field``."""

    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="tags")
    nature = models.CharField(_("tính chất"), max_length=10, choices=Field.Nature)
    valid = DateRangeField(_("hiệu lực"))
    basis = models.CharField(_("căn cứ"), max_length=300)

    class Meta:
        db_table = "personnel_field_tag"
        constraints = [
            ExclusionConstraint(
                name="personnel_one_nature_of_a_field",
                expressions=[("field", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            )
        ]
