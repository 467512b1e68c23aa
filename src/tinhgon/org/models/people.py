"""Vị trí việc làm, người, phân công. Quyền đi theo phân công trong ngày, không theo tài khoản."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon.org.models.units import Unit
from tinhgon.search.fields import exact_vector, folded_vector, given_name_key, vector_indexes


class Role(models.TextChoices):
    """Vai trò của vị trí; bảng quyền ở ``org.rights``."""

    SPECIALIST = "specialist", _("chuyên viên")
    UNIT_HEAD = "unit_head", _("lãnh đạo đơn vị")
    CLERK = "clerk", _("văn thư")
    OFFICE_HEAD = "office_head", _("lãnh đạo văn phòng")
    STANDING_COMMITTEE = "standing_committee", _("thường trực cấp ủy")
    ORGANISATION_BOARD = "organisation_board", _("ban tổ chức")
    INSPECTION = "inspection", _("ủy ban kiểm tra")
    ADMINISTRATOR = "administrator", _("quản trị hệ thống")


class Post(models.Model):
    """Vị trí việc làm ở một đơn vị. ``clearance``: độ mật cao nhất được xem (0 thường, 1 mật, 2 tối mật, 3 tuyệt mật).

    ``is_pool``: nơi chờ bố trí khi đơn vị nhận đông hơn số ghế; không có quyền gì ngoài việc của chính mình.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(_("chức danh"), max_length=120)
    role = models.CharField(_("vai trò"), max_length=20, choices=Role)
    rank = models.PositiveSmallIntegerField(_("thứ bậc"), default=5)  # 1 đứng đầu, 2 cấp phó, 5 chuyên viên
    seats = models.PositiveSmallIntegerField(_("số người"), default=1)
    clearance = models.PositiveSmallIntegerField(_("được xem độ mật tới"), default=0)
    is_pool = models.BooleanField(_("chờ bố trí"), default=False)
    valid = DateRangeField(_("hiệu lực"))
    voided_on = models.DateField(null=True, blank=True)
    continues = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued_by"
    )  # vị trí cũ mà vị trí này nối tiếp khi đơn vị hoạt động lại

    class Meta:
        db_table = "org_post"

    def __str__(self):
        return self.title


class Person(models.Model):
    """Người. Sắp theo tên gọi (chữ cuối), rồi đệm, rồi họ."""

    full_name = models.CharField(_("họ và tên"), max_length=120)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="person"
    )
    code = models.CharField(_("số hiệu cán bộ"), max_length=30, unique=True)
    name_key = given_name_key("full_name")
    search_folded = folded_vector("full_name")  # không có số hiệu: ai cũng tìm được người, chỉ ban tổ chức thấy số hiệu
    search_exact = exact_vector("full_name")

    class Meta:
        db_table = "org_person"
        indexes = [
            models.Index(fields=["name_key"], name="org_person_by_given_name"),
            *vector_indexes("org_person"),
        ]

    def __str__(self):
        return self.full_name


class Appointment(models.Model):
    """Người giữ vị trí trong một khoảng ngày: chính, hoặc kiêm nhiệm. Mỗi ngày nhiều nhất một phân công chính."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    is_main = models.BooleanField(_("chính"), default=True)
    valid = DateRangeField(_("hiệu lực"))
    decree = models.CharField(_("căn cứ"), max_length=200, blank=True)
    moved_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="moved_to"
    )  # phân công trước khi chuyển giao

    class Meta:
        db_table = "org_appointment"
        constraints = [
            ExclusionConstraint(
                name="org_one_main_post_per_person",
                expressions=[("person", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=Q(is_main=True),
            ),
            ExclusionConstraint(
                name="org_person_once_in_a_post",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("post", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Invitation(models.Model):
    """Lời mời mở tài khoản hoặc đặt lại mật khẩu: chỉ lưu băm của mã, dùng một lần, có hạn."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    token_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "org_invitation"
