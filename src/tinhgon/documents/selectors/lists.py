"""Danh sách văn bản: lọc, xếp, đếm; luôn bắt đầu từ ``visible_to``."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet, TextField
from django.db.models.lookups import Contains

from tinhgon.core.actor import Actor
from tinhgon.documents.access import visible_to
from tinhgon.documents.models import Attachment, Direction, Document, DocumentType, RoutingLine
from tinhgon.documents.selectors.whereabouts import Whereabouts, whereabouts
from tinhgon.engine.vietnamese import fold
from tinhgon.org.access import scope_of
from tinhgon.org.models import Covers
from tinhgon.org.selectors.units import UnitAt, units_at
from tinhgon.search.filters import typed

ORDERS = ("-id", "id", "due_on", "-due_on", "-issued_on", "issued_on", "-arrived_on", "arrived_on", "number", "-number", "-urgency")
"""Các cách xếp nhận từ ngoài; khác đi thì xếp mới nhất trước."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Bộ lọc của danh sách; ô trống thì không lọc.

    ``date_from``, ``date_to``: ngày đến với văn bản đến, ngày ban hành với văn bản khác. ``open_only``: chưa xử lý xong.
    ``unit_id``: đang có dòng mở ở đơn vị ấy. ``mine``: mình soạn hoặc được giao. ``organ``, ``signer``: vài chữ của tác giả,
    của người ký, không phân biệt dấu.
    """

    direction: str = ""
    state: str = ""
    type_id: int | None = None
    text: str = ""
    holder_id: int | None = None
    unit_id: int | None = None
    urgency: int | None = None
    secrecy: int | None = None
    date_from: date | None = None
    date_to: date | None = None
    overdue: bool = False
    open_only: bool = False
    mine: bool = False
    organ: str = ""
    signer: str = ""
    function_id: int | None = None
    series_id: int | None = None
    has_file: bool | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Một dòng danh sách. ``is_overdue``: quá hạn mà chưa xong. ``book``: cơ quan có sổ mang số ấy, khi trang có số của hơn một cơ quan."""

    document: Document
    holder: UnitAt
    at: Whereabouts
    is_overdue: bool
    book: UnitAt | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Số văn bản thấy được, theo nhóm của thanh điều hướng."""

    incoming: int
    outgoing: int
    internal: int
    drafts: int
    ready: int
    open: int
    overdue: int


def documents(actor: Actor, *, on: date, filters: Filters | None = None, order: str = "-id") -> QuerySet[Document]:
    """Các văn bản thấy được, kèm tên loại và sổ; nơi gọi cắt trang. Không nạp hai cột tìm."""
    found = visible_to(actor, on=on).filter(condition(actor, on, filters or Filters()))
    chosen = order if order in ORDERS else "-id"
    return found.select_related("type", "series").defer("search_folded", "search_exact").order_by(chosen, "-id")


def rows_of(documents: Sequence[Document], *, on: date) -> list[Row]:
    """Một trang văn bản thành các dòng để hiện; số câu SQL không theo số dòng."""
    listed = list(documents)
    books = {document.pk: document.series.organ_id for document in listed if document.series}
    many = len(set(books.values())) > 1  # văn thư giữ sổ của hai cơ quan thấy hai số đến giống nhau: nói sổ nào
    units = units_at({document.holder_id for document in listed} | (set(books.values()) if many else set()), on=on)
    places = whereabouts(listed, on=on)
    return [Row(d, units[d.holder_id], places[d.pk], is_overdue(d, on=on), units.get(books.get(d.pk, 0)) if many else None) for d in listed]


def is_overdue(document: Document, *, on: date) -> bool:
    return document.due_on is not None and document.due_on < on and document.state in Document.OPEN


def counts(actor: Actor, *, on: date) -> Counts:
    """Một câu SQL."""
    numbered = ~Q(state__in=Document.NEVER_NUMBERED)
    found = visible_to(actor, on=on).aggregate(
        incoming=Count("pk", filter=numbered & Q(direction=Direction.INCOMING)),
        outgoing=Count("pk", filter=numbered & Q(direction=Direction.OUTGOING)),
        internal=Count("pk", filter=numbered & Q(direction=Direction.INTERNAL)),
        drafts=Count("pk", filter=Q(state=Document.State.DRAFT)),
        ready=Count("pk", filter=Q(state=Document.State.READY)),
        open=Count("pk", filter=Q(state__in=Document.OPEN)),
        overdue=Count("pk", filter=_overdue(on)),
    )
    return Counts(**found)


def types() -> list[DocumentType]:
    """Danh mục tên loại theo thứ tự."""
    return list(DocumentType.objects.all())


def _overdue(on: date) -> Q:
    return Q(due_on__lt=on, state__in=Document.OPEN)


def condition(actor: Actor, on: date, filters: Filters) -> Q:
    """Bộ lọc thành điều kiện trên ``Document``; dùng chung cho danh sách, trang tìm kiếm và số của cách xem đã lưu."""
    plain = {
        "direction": filters.direction, "state": filters.state, "type": filters.type_id, "holder": filters.holder_id,
        "urgency": filters.urgency, "secrecy": filters.secrecy, "function": filters.function_id, "series": filters.series_id,
    }  # fmt: skip
    where = Q(**{name: value for name, value in plain.items() if value not in ("", None)}) & typed(filters.text)
    if filters.unit_id is not None:
        lines = RoutingLine.objects.filter(to_unit=filters.unit_id, state__in=RoutingLine.OPEN)
        where &= Q(pk__in=lines.values("document"))
    for column, text in (("issuer_name", filters.organ), ("signer_name", filters.signer)):
        if text.strip():
            folded = Func(F(column), function="vi_fold", output_field=TextField())
            where &= Q(Contains(folded, fold(text.strip())))
    if filters.has_file is not None:
        attached = Q(Exists(Attachment.objects.filter(document=OuterRef("pk"))))
        where &= attached if filters.has_file else ~attached
    if filters.overdue:
        where &= _overdue(on)
    if filters.open_only:
        where &= Q(state__in=Document.OPEN)
    if filters.mine:
        where &= _mine(scope_of(actor, on=on).within(Covers.DOCUMENTS).people)
    return where & _dated(filters)


def _mine(people: Collection[int]) -> Q:
    lines = RoutingLine.objects.filter(assignee__in=people, state__in=RoutingLine.OPEN)
    return Q(drafter__in=people) | Q(pk__in=lines.values("document"))


def _dated(filters: Filters) -> Q:
    where = Q()
    for limit, lookup in ((filters.date_from, "gte"), (filters.date_to, "lte")):
        if limit is not None:
            arrived = Q(direction=Direction.INCOMING, **{f"arrived_on__{lookup}": limit})
            where &= arrived | Q(**{f"issued_on__{lookup}": limit}) & ~Q(direction=Direction.INCOMING)
    return where
