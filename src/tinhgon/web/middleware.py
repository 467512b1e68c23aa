"""Mỗi yêu cầu có: ai, ở vị trí nào (``request.actor``), hôm nay (``request.today``), ngày đang xem (``request.on``).

Quyền và hạn luôn tính theo hôm nay; ngày đang xem chỉ chọn tên và cây tổ chức được hiện, để không ai lấy lại
quyền cũ bằng cách xem một ngày cũ. Mặc định là không: trang nào không tự nhận là trang công khai thì phải đăng nhập.
"""

from datetime import date

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import TinhGonError
from tinhgon.core.request import request as audit_request
from tinhgon.org.access import Scope, remembering_scopes, scope_of
from tinhgon.web.dates import parse_day
from tinhgon.web.errors import error_page

NOBODY = Actor(user_id=0)
"""Người chưa đăng nhập: không tài khoản nào mang số 0. Không bao giờ là ``SYSTEM``."""

SESSION_POST = "appointment"
SESSION_DAY = "day_in_view"
QUIET_PATHS = ("/suc-khoe/ping",)


class ChosenLanguage(LocaleMiddleware):
    """Tiếng Việt cho tới khi người dùng tự chọn; không đoán theo trình duyệt, vì máy cơ quan hay cài tiếng Anh."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language


class ActingMiddleware(LoginRequiredMiddleware):
    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in QUIET_PATHS:
            return self.get_response(request)
        with audit_request(), remembering_scopes():
            request.today = clock.today()
            request.actor, request.scope = _who(request)
            request.on = _day_in_view(request)
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, TinhGonError):
            return error_page(request, exception)
        return None


def _who(request: HttpRequest) -> tuple[Actor, Scope]:
    """Người đăng nhập và phân công đã chọn trong phiên; phân công hết hiệu lực thì về phân công đầu tiên còn lại."""
    if not request.user.is_authenticated:
        return NOBODY, Scope(())
    scope = scope_of(Actor(request.user.pk), on=request.today)
    ids = [standing.appointment_id for standing in scope.standings]
    chosen = request.session.get(SESSION_POST)
    if chosen not in ids:
        chosen = ids[0] if ids else None
    return Actor(request.user.pk, chosen), scope


def _day_in_view(request: HttpRequest) -> date:
    """``?ngay=`` đặt ngày đang xem cho cả phiên; ``?ngay=`` rỗng hoặc đúng hôm nay thì bỏ."""
    if not request.user.is_authenticated:
        return request.today
    if "ngay" in request.GET:
        day = parse_day(request.GET["ngay"])
        if day is None or day == request.today:
            request.session.pop(SESSION_DAY, None)
            return request.today
        request.session[SESSION_DAY] = day.isoformat()
        return day
    return parse_day(request.session.get(SESSION_DAY, "")) or request.today
