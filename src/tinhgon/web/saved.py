"""Cách xem đã lưu: địa chỉ của nó, địa chỉ để lưu cái đang xem, và số văn bản của nó ở Hôm nay."""

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from tinhgon.documents.models import SavedSearch

_ROUTES = {"incoming": "web:documents_incoming", "outgoing": "web:documents_outgoing", "drafts": "web:documents_drafts", "search": "web:search"}
_PASSING = ("trang", "ngay")


def open_address(saved: SavedSearch) -> str:
    return f"{reverse(_ROUTES[saved.view])}?{saved.query}"


def save_address(request: HttpRequest, view: str) -> str:
    """Địa chỉ của trang đặt tên; rỗng khi chưa lọc gì để lưu."""
    query = kept(request.GET)
    if not query:
        return ""
    asked = QueryDict(mutable=True)
    asked.update({"trang": view, "loc": query})
    return f"{reverse('web:saved_new')}?{asked.urlencode()}"


def kept(query: QueryDict) -> str:
    """Phần lọc trên địa chỉ, bỏ ô trống, số trang và ngày đang xem."""
    left = QueryDict(mutable=True)
    for name, values in query.lists():
        wanted = [value for value in values if value.strip()]
        if wanted and name not in _PASSING:
            left.setlist(name, wanted)
    return left.urlencode()
