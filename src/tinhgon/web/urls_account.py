"""Địa chỉ tài khoản: chỉ các trang của allauth mà cơ quan dùng. Tự đăng ký, sửa thư điện tử, tự đặt lại mật khẩu: đóng."""

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from tinhgon.web.pages import invitation


@login_not_required
def closed(request: HttpRequest) -> HttpResponse:
    """Tên địa chỉ mà allauth còn nhắc tới, trang thì không có."""
    raise Http404


urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
    path("loi-moi/<str:token>/", invitation.accept, name="invitation"),
    path("signup/", closed, name="account_signup"),
    path("email/", closed, name="account_email"),
    path("password/reset/", closed, name="account_reset_password"),
    path("password/set/", closed, name="account_set_password"),
]
