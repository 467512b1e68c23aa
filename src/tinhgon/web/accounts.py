"""allauth theo lối của cơ quan: tài khoản chỉ có bằng lời mời, thông báo bằng tiếng Việt, khóa tạm khi thử sai nhiều."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class ByInvitationOnly(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": gettext_lazy("Tài khoản này đang bị khóa. Hãy liên hệ quản trị hệ thống."),
        "enter_current_password": gettext_lazy("Hãy nhập mật khẩu hiện tại."),
        "incorrect_code": gettext_lazy("Mã không đúng hoặc đã hết hạn."),
        "incorrect_password": gettext_lazy("Mật khẩu không đúng."),
        "invalid_login": gettext_lazy("Tên đăng nhập hoặc mật khẩu không đúng."),
        "username_password_mismatch": gettext_lazy("Tên đăng nhập hoặc mật khẩu không đúng."),
        "too_many_login_attempts": gettext_lazy("Đã thử sai nhiều lần. Hãy đợi ít phút rồi thử lại."),
        "rate_limited": gettext_lazy("Bạn gửi quá nhiều lần. Hãy đợi ít phút rồi thử lại."),
        "same_as_current": gettext_lazy("Mật khẩu mới phải khác mật khẩu hiện tại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """allauth nhắn bằng tiếng Anh; trang của ta tự nhắn."""


def locked_out(
    request: HttpRequest, original_response: HttpResponse | None = None, credentials: dict | None = None
) -> HttpResponse:
    """Trang đăng nhập với câu nói rõ đã khóa bao lâu; mật khẩu đúng cũng chưa vào được cho tới lúc ấy."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    sentence = _(
        "Đã nhập sai %(count)s lần liên tiếp. Tài khoản tạm khóa %(minutes)s phút; sau đó hãy thử lại, "
        "hoặc nhờ quản trị hệ thống mở khóa ngay."
    ) % {"count": settings.AXES_FAILURE_LIMIT, "minutes": minutes}
    return render(request, "account/locked.html", {"sentence": sentence}, status=429)
