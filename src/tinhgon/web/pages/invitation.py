"""Nhận lời mời: đặt mật khẩu, rồi đăng nhập. Liên kết dùng một lần."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from tinhgon.org.services import accounts
from tinhgon.web.forms.accounts import NewPasswordForm
from tinhgon.web.forms.base import attempt


@login_not_required
@sensitive_post_parameters()
def accept(request: HttpRequest, token: str) -> HttpResponse:
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = attempt(form, lambda: accounts.accept(token=token, password=form.cleaned_data["password"]))
        if user is not None:
            messages.success(request, _("Tài khoản đã mở. Tên đăng nhập của bạn: %(username)s.") % {"username": user.username})
            return redirect("account_login")
    response = render(request, "account/invitation.html", {"form": form}, status=422 if form.errors else 200)
    response["Referrer-Policy"] = "no-referrer"  # địa chỉ trang này mang mã một lần
    return response
