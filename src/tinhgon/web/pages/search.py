"""Tìm kiếm: trang kết quả, và hộp tìm nhanh (Ctrl-K)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.engine.vietnamese import fold
from tinhgon.search.selectors import Hit
from tinhgon.search.selectors import search as find
from tinhgon.web.navigation import groups_for

_PER_PAGE = 20
_QUICK = 8
_ROUTES = {"document": "web:document", "task": "web:task", "org.person": "web:person", "org.unit": "web:unit"}


def address(hit: Hit) -> str:
    return reverse(_ROUTES[hit.kind], args=[hit.id])


def results(request: HttpRequest) -> HttpResponse:
    """Gõ có dấu: đúng dấu trước, chỉ khác dấu thành nhóm riêng ở sau."""
    text = request.GET.get("q", "").strip()
    kind = request.GET.get("loai", "")
    page_text = request.GET.get("trang", "1")
    page = int(page_text) if page_text.isdecimal() and 0 < int(page_text) <= 100 else 1
    found = find(
        request.actor, on=request.today, text=text, kinds=[kind] if kind in _ROUTES else [], limit=_PER_PAGE,
        offset=(page - 1) * _PER_PAGE,
    )  # fmt: skip
    everywhere = found if not kind else find(request.actor, on=request.today, text=text, limit=1)
    groups = [
        ("", [(hit, address(hit)) for hit in found.hits if not hit.differs_in_marks]),
        (_("Khác dấu với chữ đã gõ"), [(hit, address(hit)) for hit in found.hits if hit.differs_in_marks]),
    ]
    return render(request, "web/pages/search.html", {
        "text": text, "kind": kind, "found": found, "everywhere": everywhere, "groups": [g for g in groups if g[1]], "page": page,
        "has_next": page * _PER_PAGE < found.total,
        "labels": {count.kind: count.label for count in everywhere.counts},
    })  # fmt: skip


def quick(request: HttpRequest) -> HttpResponse:
    """Vài kết quả đầu cho hộp tìm nhanh, và các trang có tên khớp."""
    text = request.GET.get("q", "").strip()
    wanted = fold(text)
    pages = [item for group in groups_for(request) for item in group.items if not wanted or wanted in fold(item.label)]
    found = find(request.actor, on=request.today, text=text, limit=_QUICK, prefix=True) if len(text) > 1 else None
    return render(request, "web/parts/palette_results.html", {
        "pages": pages[:8], "hits": [(hit, address(hit)) for hit in found.hits] if found else [], "text": text,
        "labels": {count.kind: count.label for count in found.counts} if found else {},
    })  # fmt: skip
