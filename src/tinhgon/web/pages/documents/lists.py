"""Ba danh sách văn bản và sổ. Cùng một bảng, khác chiều và cột ngày."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.documents import selectors
from tinhgon.documents.models import Document, SavedSearch
from tinhgon.documents.selectors import stages as stage_reads
from tinhgon.documents.selectors.registers import book as book_of
from tinhgon.documents.selectors.registers import book_name
from tinhgon.engine.vietnamese import sort_key
from tinhgon.org.models import Function
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import units_at
from tinhgon.web.forms.documents import DocumentFilters, MoreChoices
from tinhgon.web.listing import Column, Listing, list_page
from tinhgon.web.saved import save_address

State = Document.State
_NUMBERED = (State.REGISTERED, State.IN_PROCESS, State.DONE, State.VOID)


@dataclass(frozen=True)
class Book:
    """Một danh sách: chiều, các trạng thái của nó, cột ngày, lời mở đầu và lời khi còn rỗng."""

    title: object
    lead: object
    directions: tuple[str, ...]
    states: tuple[str, ...]
    day_label: object
    day_field: str
    empty_title: object
    empty_hint: object
    template: str


INCOMING = Book(
    gettext_lazy("Văn bản đến"), gettext_lazy("Đến từ đâu, đang ở đâu, từ bao giờ."), ("incoming",), _NUMBERED,
    gettext_lazy("Ngày đến"), "arrived_on", gettext_lazy("Chưa có văn bản đến nào bạn được xem."),
    gettext_lazy("Văn bản đến hiện ở đây khi văn thư vào sổ, hoặc khi có dòng chuyển tới đơn vị của bạn."), "web/rows/incoming.html",
)  # fmt: skip
OUTGOING = Book(
    gettext_lazy("Văn bản đi"), gettext_lazy("Đã cấp số và ban hành, cả văn bản nội bộ."), ("outgoing", "internal"), _NUMBERED,
    gettext_lazy("Ngày ban hành"), "issued_on", gettext_lazy("Chưa có văn bản đi nào bạn được xem."),
    gettext_lazy("Văn bản đi hiện ở đây sau khi văn thư cấp số cho dự thảo."), "web/rows/outgoing.html",
)  # fmt: skip
DRAFTS = Book(
    gettext_lazy("Dự thảo"), gettext_lazy("Chưa có số; số chỉ rút khi văn thư cấp."), ("outgoing", "internal"),
    (State.DRAFT, State.READY, State.DROPPED), gettext_lazy("Ngày lập"), "created_at", gettext_lazy("Chưa có dự thảo nào."),
    gettext_lazy("Lập một dự thảo, đính kèm tệp rồi trình văn thư cấp số."), "web/rows/draft.html",
)  # fmt: skip


_VIEWS = {
    (INCOMING.directions, INCOMING.states): "incoming", (OUTGOING.directions, OUTGOING.states): "outgoing",
    (DRAFTS.directions, DRAFTS.states): "drafts",
}  # fmt: skip
"""Danh sách -> tên trang của cách xem đã lưu."""


def incoming(request: HttpRequest) -> HttpResponse:
    return _book(request, INCOMING)


def outgoing(request: HttpRequest) -> HttpResponse:
    return _book(request, OUTGOING)


def drafts(request: HttpRequest) -> HttpResponse:
    return _book(request, DRAFTS)


def _book(request: HttpRequest, book: Book) -> HttpResponse:
    filters = _filters(request.GET, request, book)
    rows = _rows(request, book, filters)
    listing = Listing(
        request, rows,
        columns=_columns(book),
        row_template=book.template,
        default_sort="-ngay" if book is not DRAFTS else "-id",
        prepare=lambda found: _prepared(request, found, book),
    )  # fmt: skip
    empty = {"title": book.empty_title, "hint": book.empty_hint}
    acting = next((s for s in request.scope.standings if s.appointment_id == request.actor.appointment_id), None)
    if acting and acting.may(Verb.DRAFT) and book is DRAFTS:
        empty |= {"url": reverse("web:document_draft"), "action": _("Lập dự thảo")}
    return list_page(request, "web/pages/documents.html", listing, {
        "filters": filters, "book": book, "empty": empty, "save": save_address(request, _VIEWS[book.directions, book.states]),
        "may_keep_templates": bool(acting and acting.may(Verb.KEEP_TEMPLATES) and book is DRAFTS),
        "may_register": bool(acting and acting.may(Verb.REGISTER) and book is INCOMING),
        "may_draft": bool(acting and acting.may(Verb.DRAFT) and book is not INCOMING),
    })  # fmt: skip


def _filters(query: QueryDict, request: HttpRequest, book: Book) -> DocumentFilters:
    filters = DocumentFilters(query, types=selectors.types(), states=book.states, more=more_choices(request))
    filters.is_valid()
    return filters


def _rows(request: HttpRequest, book: Book, filters: DocumentFilters) -> QuerySet[Document]:
    wanted = selectors.Filters(**chosen(filters.cleaned_data))
    rows = selectors.documents(request.actor, on=request.today, filters=wanted)
    rows = rows.filter(direction__in=book.directions, state__in=book.states)
    if book is DRAFTS and not wanted.state:  # dự thảo đã bỏ chỉ hiện khi lọc đúng trạng thái ấy
        rows = rows.exclude(state=State.DROPPED)
    if filters.cleaned_data.get("chi") == "cho-toi":
        rows = rows.filter(stage_reads.waiting_drafts(request.actor, on=request.today))
    return rows


def _prepared(request: HttpRequest, found: list[Document], book: Book) -> list[Any]:
    rows = selectors.rows_of(found, on=request.today)
    if book is not DRAFTS:
        return rows
    known = stage_reads.stages(found, on=request.today)
    return [{"document": row.document, "holder": row.holder, "at": row.at, "stage": known[row.document.pk]} for row in rows]


def _columns(book: Book) -> list[Column]:
    if book is DRAFTS:
        return [
            Column("tom-tat", _("Trích yếu"), ("summary",)),
            Column("loai", _("Tên loại"), ("type__order",)),
            Column("o-dau", _("Đang ở")),
            Column("trang-thai", _("Trạng thái"), ("state",)),
            Column("id", book.day_label, ("pk",)),
        ]
    columns = [
        Column("so", _("Số đến") if book is INCOMING else _("Số, ký hiệu"), ("series", "number"), "nowrap"),
        Column("ngay", book.day_label, (book.day_field, "pk")),
        Column("tom-tat", _("Trích yếu"), ("summary",)),
        Column("o-dau", _("Đang ở") if book is INCOMING else _("Người ký")),
        Column("trang-thai", _("Trạng thái"), ("state",)),
    ]
    if book is INCOMING:  # văn bản đi hiếm khi có hạn: có thì nói dưới trạng thái, không dành cả cột
        columns.insert(-1, Column("han", _("Hạn"), ("due_on",)))
    return columns


def count_of(request: HttpRequest, saved: SavedSearch) -> int | None:
    """Số văn bản của một cách xem, đếm tới một nghìn lẻ một; tìm kiếm thì không đếm."""
    book = {"incoming": INCOMING, "outgoing": OUTGOING, "drafts": DRAFTS}.get(saved.view)
    if book is None:
        return None
    return _rows(request, book, _filters(QueryDict(saved.query), request, book))[:1_001].count()


def more_choices(request: HttpRequest) -> MoreChoices:
    """Đơn vị mình thấy hết hay giữ sổ, sổ mình giữ, các chức năng."""
    scope = request.scope
    units = units_at(scope.whole_units | scope.clerk_units, on=request.today)
    named = sorted(((unit.id, unit.name) for unit in units.values()), key=lambda pair: sort_key(pair[1]))
    return MoreChoices(
        functions=list(Function.objects.order_by("name").values_list("pk", "name")),
        units=named,
        books=[(pk, name) for pk, name in selectors.book_names(request.actor, on=request.today)],
        is_cleared=any(scope.clearance_in().values()),
    )


def chosen(data: dict[str, Any]) -> dict[str, Any]:
    only = data.get("chi", "")
    return {
        "text": data.get("tim", ""), "state": data.get("trang_thai", ""), "type_id": data.get("loai"),
        "urgency": data.get("khan"), "date_from": data.get("tu"), "date_to": data.get("den"),
        "organ": data.get("co_quan", ""), "signer": data.get("nguoi_ky", ""), "function_id": data.get("chuc_nang"),
        "holder_id": data.get("giu"), "unit_id": data.get("tai"), "series_id": data.get("so"), "secrecy": data.get("mat"),
        "has_file": {"co": True, "khong": False}.get(data.get("tep", "")),
        "open_only": only == "mo", "overdue": only == "qua-han", "mine": only == "toi",
    }  # fmt: skip


def registers(request: HttpRequest) -> HttpResponse:
    """Các sổ mình giữ: số cuối, đã hủy, trong ngày, chỗ trống cần giải thích."""
    closed = request.GET.get("da-khoa") == "1"
    books = selectors.registers(request.actor, on=request.today, include_closed=closed)
    return render(request, "web/pages/registers.html", {"books": books, "closed": closed})


def register(request: HttpRequest, series_id: int) -> HttpResponse:
    """Một sổ theo số, kèm lời giải thích cho mỗi số đã hủy."""
    series = book_of(request.actor, series_id, on=request.today)
    rows = selectors.entries(request.actor, series_id, on=request.today)
    listing = Listing(
        request, rows.defer("search_folded", "search_exact"),
        columns=[
            Column("so", _("Số"), ("number", "number_suffix"), "number"),
            Column("ngay", _("Ngày"), ("issued_on",)),
            Column("ky-hieu", _("Số, ký hiệu")),
            Column("tom-tat", _("Tên loại và trích yếu")),
            Column("trang-thai", _("Trạng thái"), ("state",)),
        ],
        row_template="web/rows/register.html",
        default_sort="-so",
    )  # fmt: skip
    empty = {"title": _("Sổ chưa có số nào."), "hint": _("Số đầu tiên là 01, rút khi cấp số hoặc vào sổ.")}
    return list_page(request, "web/pages/register.html", listing, {
        "gaps": selectors.gaps(request.actor, series_id, on=request.today), "empty": empty, "series_id": series_id,
        "name": book_name(series), "organ": units_at({series.organ_id}, on=request.on)[series.organ_id],
    })  # fmt: skip
