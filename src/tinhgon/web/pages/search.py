"""Tìm kiếm: trang kết quả có bộ lọc, và hộp tìm nhanh (Ctrl-K)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.documents import selectors as documents
from tinhgon.documents.models import Document
from tinhgon.documents.selectors.citations import by_symbol
from tinhgon.documents.selectors.facets import facets
from tinhgon.documents.services import saved as saved_searches
from tinhgon.engine.vietnamese import fold
from tinhgon.org.rights import Verb
from tinhgon.search.selectors import Hit
from tinhgon.search.selectors import search as find
from tinhgon.web.forms.documents import DocumentFilters
from tinhgon.web.navigation import Item, groups_for
from tinhgon.web.pages.documents.lists import chosen, more_choices
from tinhgon.web.saved import open_address, save_address

_PER_PAGE = 20
_QUICK = 8
_ROUTES = {"document": "web:document", "dossier": "web:dossier", "task": "web:task", "org.person": "web:person", "personnel.training": "web:person", "org.unit": "web:unit"}


def address(hit: Hit) -> str:
    return reverse(_ROUTES[hit.kind], args=[hit.id])


def results(request: HttpRequest) -> HttpResponse:
    """Gõ có dấu: đúng dấu trước, chỉ khác dấu thành nhóm riêng ở sau. Lọc thêm thì chỉ còn văn bản."""
    text = request.GET.get("q", "").strip()
    form = DocumentFilters(request.GET, types=documents.types(), states=Document.State.values, more=more_choices(request))
    del form.fields["tim"]
    form.is_valid()
    wanted = documents.Filters(**chosen({name: value for name, value in form.cleaned_data.items() if value not in ("", None)}))
    narrows = wanted != documents.Filters()
    kind = "document" if narrows else request.GET.get("loai-kq", "")
    page_text = request.GET.get("trang", "1")
    page = int(page_text) if page_text.isdecimal() and 0 < int(page_text) <= 100 else 1
    narrowed = {"document": documents.condition(request.actor, request.today, wanted)} if narrows else {}
    found = find(
        request.actor, on=request.today, text=text, kinds=[kind] if kind in _ROUTES else [], limit=_PER_PAGE,
        offset=(page - 1) * _PER_PAGE, narrowed=narrowed,
    )  # fmt: skip
    everywhere = found if not kind or narrows else find(request.actor, on=request.today, text=text, limit=1)
    groups = [
        ("", [(hit, address(hit)) for hit in found.hits if not hit.differs_in_marks]),
        (_("Khác dấu với chữ đã gõ"), [(hit, address(hit)) for hit in found.hits if hit.differs_in_marks]),
    ]
    rows = next((count.rows for count in found.counts if count.kind == "document"), ())
    return render(request, "web/pages/search.html", {
        "text": text, "kind": kind, "found": found, "everywhere": everywhere, "groups": [g for g in groups if g[1]], "page": page,
        "has_next": page * _PER_PAGE < found.total, "filters": form, "narrows": narrows, "facets": _facets(request, rows),
        "save": save_address(request, "search") if text else "", "next": _with(request, trang=page + 1), "before": _with(request, trang=page - 1),
        "labels": {count.kind: count.label for count in everywhere.counts},
    })  # fmt: skip


def _with(request: HttpRequest, **changes: object) -> str:
    query = request.GET.copy()
    query.pop("trang", None)
    for name, value in changes.items():
        query[name] = str(value)
    return f"?{query.urlencode()}"


def _facets(request: HttpRequest, rows: tuple[int, ...]) -> list[tuple[str, list[tuple[str, int, str]]]]:
    """(nhóm, [(tên, số, địa chỉ thu hẹp)]) của các văn bản vừa tìm thấy, đếm trong 2.000 cái mới nhất."""
    if len(rows) < 2:
        return []
    found = facets(rows)
    groups = [
        (_("Tên loại"), [(name, count, _with(request, loai=pk)) for pk, name, count in found.types]),
        (_("Năm"), [(str(year), count, _with(request, tu=f"01/01/{year}", den=f"31/12/{year}")) for year, count in found.years]),
        (_("Cơ quan ban hành"), [(name, count, _with(request, co_quan=name)) for name, count in found.organs]),
    ]
    return [(label, choices) for label, choices in groups if len(choices) > 1]


def quick(request: HttpRequest) -> HttpResponse:
    """Hộp tìm nhanh: số ký hiệu gõ vội, vài kết quả đầu, việc làm được, trang và cách xem có tên khớp."""
    text = request.GET.get("q", "").strip()
    wanted = fold(text)
    offered = [*_commands(request), *_saved(request), *(item for group in groups_for(request) for item in group.items)]
    pages = [item for item in offered if not wanted or _fits(wanted, fold(item.label))]
    symbols = by_symbol(request.actor, text, on=request.today) if text else []
    found = find(request.actor, on=request.today, text=text, limit=_QUICK, prefix=True) if len(text) > 1 else None
    known = {document.pk for document in symbols}
    hits = [(hit, address(hit)) for hit in found.hits if hit.kind != "document" or hit.id not in known] if found else []
    return render(request, "web/parts/palette_results.html", {
        "pages": pages[:8], "symbols": symbols, "hits": hits, "text": text,
        "labels": {count.kind: count.label for count in found.counts} if found else {},
    })  # fmt: skip


def _fits(wanted: str, label: str) -> bool:
    """Mọi chữ gõ đều có trong tên: "so in" cũng ra "In sổ"."""
    return all(word in label for word in wanted.split())


def _commands(request: HttpRequest) -> list[Item]:
    """Việc mà vị trí đang dùng được làm."""
    acting = next((s for s in request.scope.standings if s.appointment_id == request.actor.appointment_id), None)
    if acting is None:
        return []
    able: list[tuple[Any, str, str]] = [
        (Verb.REGISTER, _("Vào sổ văn bản đến"), "web:document_register"),
        (Verb.REGISTER, _("Tải văn bản mới tới vào khay"), "web:tray_upload"),
        (Verb.DRAFT, _("Lập dự thảo"), "web:document_draft"),
        (Verb.REGISTER, _("In sổ văn bản: mở các sổ"), "web:registers"),
        (Verb.ASSIGN_TASK, _("Giao nhiệm vụ"), "web:task_assign"),
    ]
    return [Item(label, reverse(name)) for verb, label, name in able if acting.may(verb)] + [Item(_("Cách xem đã lưu"), reverse("web:saved"))]


def _saved(request: HttpRequest) -> list[Item]:
    return [Item(saved.name, open_address(saved)) for saved in saved_searches.mine(request.actor, on=request.today)]
