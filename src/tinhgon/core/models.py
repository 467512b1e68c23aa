"""Bảng nền: tài khoản, đồng hồ mẫu, ngày làm việc sửa tay, tiến độ việc dài, hạn mức gọi."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username):
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """Tài khoản đăng nhập. Quyền không nằm ở đây: quyền theo phân công của người (org) trong ngày."""

    username = models.CharField(_("tên đăng nhập"), max_length=60, unique=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    display_name = models.CharField(_("tên hiển thị"), max_length=120)
    is_active = models.BooleanField(_("đang mở"), default=True)
    created_at = models.DateTimeField(_("ngày tạo"))
    toured = models.BooleanField(_("đã xem hướng dẫn"), default=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]
    objects = UserManager()

    # Django và allauth hỏi hai thuộc tính này; trang quản trị của Django không được dùng.
    is_staff = False
    is_superuser = False

    class Meta:
        db_table = "core_user"

    def __str__(self):
        return self.display_name

    def get_full_name(self):
        return self.display_name

    def get_short_name(self):
        return self.display_name.split()[-1] if self.display_name else self.username

    def has_perm(self, perm, obj=None):
        return False

    def has_perms(self, perm_list, obj=None):
        return False

    def has_module_perms(self, app_label):
        return False


class DemoClock(models.Model):
    """Khoảng dời đồng hồ của thế giới mẫu: một dòng, pk=1."""

    offset = models.DurationField()

    class Meta:
        db_table = "core_demo_clock"


class CalendarOverride(models.Model):
    """Ngày nghỉ hay ngày làm bù sửa tay, đè lên lịch của gói ``holidays``."""

    day = models.DateField(_("ngày"), unique=True)
    is_working = models.BooleanField(_("là ngày làm việc"))
    note = models.CharField(_("căn cứ"), max_length=200)

    class Meta:
        db_table = "core_calendar_override"
        ordering = ["day"]


class Progress(models.Model):
    """Tiến độ của một việc dài, để trang hỏi lại sau khi tải lại."""

    class State(models.TextChoices):
        WAITING = "waiting", _("đang chờ")
        RUNNING = "running", _("đang chạy")
        DONE = "done", _("xong")
        FAILED = "failed", _("dừng vì lỗi")

    UNFINISHED = (State.WAITING, State.RUNNING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    sentence = models.CharField(max_length=500, blank=True)
    started_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "core_progress"

    @property
    def is_over(self) -> bool:
        """Đã xong hay đã dừng vì lỗi."""
        return self.state not in self.UNFINISHED


class Rate(models.Model):
    """Số lần một khóa đã gọi trong cửa sổ đang đếm (``core.rates``)."""

    key = models.CharField(max_length=120, primary_key=True)
    since = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        db_table = "core_rate"
