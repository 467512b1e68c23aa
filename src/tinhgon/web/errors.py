"""Biến lỗi của các tầng dưới thành trang, hoặc thành lời nhắn cho htmx."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.core.errors import Broken, Forbidden, Invalid, NotFound, Reason, Refused, TinhGonError

_STYLES = ("tabler/css/tabler.min.css", "web/css/fonts.css", "web/css/base.css", "web/css/frame.css")
_PAGES: dict[type[TinhGonError], tuple[int, object]] = {
    NotFound: (404, gettext_lazy("Không tìm thấy")),
    Forbidden: (403, gettext_lazy("Không có quyền")),
    Invalid: (400, gettext_lazy("Dữ liệu chưa đúng")),
    Refused: (409, gettext_lazy("Chưa làm được")),
    Broken: (500, gettext_lazy("Hệ thống gặp lỗi")),
}


def error_page(request: HttpRequest, error: TinhGonError) -> HttpResponse:
    """Một trang nêu mọi lý do. Trang con của htmx nhận cùng nội dung, không có khung."""
    status, title = next((page for kind, page in _PAGES.items() if isinstance(error, kind)), (500, _PAGES[Broken][1]))
    template = "web/parts/refusal.html" if getattr(request, "htmx", False) else "web/error.html"
    return render(request, template, {"title": title, "reasons": error.reasons, "status": status}, status=status)


def _plain(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    reasons = [Reason(f"web.{status}", sentence)]
    return render(request, "web/error.html", {"title": title, "reasons": reasons, "status": status}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _plain(request, 404, _("Không tìm thấy"), _("Trang này không có, hoặc bạn không được xem."))


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _plain(request, 403, _("Không có quyền"), _("Bạn không có quyền mở trang này."))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, TooManyFilesSent):
        sentence = _("Một lượt gửi nhiều nhất %(most)d tệp: hãy gửi làm nhiều lượt.")
        return _plain(request, 400, _("Yêu cầu chưa đúng"), sentence % {"most": settings.DATA_UPLOAD_MAX_NUMBER_FILES})
    return _plain(request, 400, _("Yêu cầu chưa đúng"), _("Địa chỉ hoặc biểu mẫu không đúng. Hãy quay lại rồi thử lại."))


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF: phiên đã đổi giữa lúc điền; nói phải làm gì thay vì nói mã lỗi."""
    sentence = _("Phiên làm việc đã đổi từ lúc trang này mở ra. Hãy tải lại trang rồi gửi lại.")
    return _plain(request, 403, _("Chưa gửi được"), sentence)


def server_error(request: HttpRequest) -> HttpResponse:
    """Không dùng khung trang, không hỏi gì thêm của yêu cầu: thứ nào cũng có thể chính là chỗ hỏng."""
    return HttpResponse(render_to_string("web/server_error.html", {"styles": _styles()}), status=500)


def _styles() -> list[str]:
    """Địa chỉ các tệp kiểu dáng; bảng tên tệp tĩnh hỏng thì trang đứng không cần kiểu dáng."""
    try:
        return [static(name) for name in _STYLES]
    except (ValueError, OSError, ImproperlyConfigured):
        return []
