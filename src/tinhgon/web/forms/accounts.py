"""Biểu mẫu tài khoản."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.web.forms.base import PlainForm, SearchInput


class AccountFilters(PlainForm):
    tim = forms.CharField(label=gettext_lazy("Tên người, tên đăng nhập"), required=False, widget=SearchInput())
    tinh_trang = forms.ChoiceField(
        label=gettext_lazy("Tài khoản"), required=False,
        choices=[
            ("", gettext_lazy("Mọi người")), ("open", gettext_lazy("đang mở")), ("invited", gettext_lazy("chờ nhận lời mời")),
            ("locked", gettext_lazy("đang khóa")), ("none", gettext_lazy("chưa có")),
        ],
    )  # fmt: skip


class InviteForm(PlainForm):
    username = forms.RegexField(
        r"^[A-Za-z0-9._-]{3,60}$", label=gettext_lazy("Tên đăng nhập"),
        error_messages={"invalid": gettext_lazy("Từ 3 tới 60 chữ không dấu, số, dấu chấm, gạch ngang.")},
    )  # fmt: skip
    email = forms.EmailField(label=gettext_lazy("Thư điện tử"), required=False)


class NewPasswordForm(PlainForm):
    password = forms.CharField(
        label=gettext_lazy("Mật khẩu"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False,
        help_text=gettext_lazy("Ít nhất 10 ký tự, không phải mật khẩu phổ biến, không giống tên của bạn."),
    )  # fmt: skip
    again = forms.CharField(
        label=gettext_lazy("Nhập lại mật khẩu"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", _("Hai lần nhập chưa giống nhau."))
        return data
