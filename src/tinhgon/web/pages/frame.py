"""Các nút của khung trang: đổi vị trí, dời đồng hồ mẫu, sáng tối, ngôn ngữ."""

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhgon.core import clock
from tinhgon.web.middleware import SESSION_DAY, SESSION_POST

THEME_COOKIE = "giao_dien"
_YEAR = 365 * 24 * 3600


@login_not_required
@require_safe
def ping(request: HttpRequest) -> HttpResponse:
    """Máy chủ trang đã lên. Không hỏi cơ sở dữ liệu: bộ khởi động hỏi chỗ này mỗi giây."""
    return HttpResponse("ok", content_type="text/plain")


def _back(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return redirect(target)
    return redirect("web:today")


@require_POST
def switch_post(request: HttpRequest) -> HttpResponse:
    """Chọn phân công để hành động: chính, kiêm nhiệm, hoặc phân công đang làm thay; chỉ cái còn hiệu lực."""
    wanted = request.POST.get("appointment", "")
    for standing in request.scope.standings:
        if str(standing.appointment_id) == wanted:
            request.session[SESSION_POST] = standing.appointment_id
            shown = {"title": standing.title, "unit": standing.unit_name, "name": standing.principal}
            sentence = (
                _("Từ bây giờ bạn làm thay %(name)s ở vị trí %(title)s, %(unit)s. Nhật ký ghi cả hai người.")
                if standing.is_lent
                else _("Từ bây giờ bạn làm việc ở vị trí %(title)s, %(unit)s.")
            )
            messages.success(request, sentence % shown)
            return redirect("web:today")
    raise Http404


@login_not_required
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    response = _back(request)
    chosen = request.POST.get("theme")
    if chosen in ("light", "dark"):
        response.set_cookie(THEME_COOKIE, chosen, max_age=_YEAR, samesite="Lax", httponly=True)
    return response


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    response = _back(request)
    code = request.POST.get("language", "")
    if translation.check_for_language(code) and code in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=_YEAR, samesite="Lax", httponly=True)
    return response


@require_POST
def move_clock(request: HttpRequest) -> HttpResponse:
    """Chỉ thế giới mẫu: dời đồng hồ tới một lúc, để xem trước và sau ngày hiệu lực."""
    if not settings.DEMO:
        raise Http404
    moment = _moment(request.POST.get("moment", ""))
    if moment is None:
        messages.error(request, _("Chưa đọc được ngày giờ. Ví dụ: 2025-07-01 07:30."))
        return _back(request)
    clock.set_demo_time(moment)
    request.session.pop(SESSION_DAY, None)
    messages.success(request, _("Đồng hồ của thế giới mẫu đã dời."))
    return _back(request)


def _moment(text: str) -> datetime | None:
    try:
        parsed = parse_datetime(text)
    except ValueError:
        return None
    return timezone.make_aware(parsed) if parsed and timezone.is_naive(parsed) else parsed
