"""Sổ văn bản: các sổ người này giữ hay được xem, tổng số, số đang giữ, và lời giải thích cho mọi chỗ trống."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import NotFound, Reason
from tinhgon.documents.access import visible_to
from tinhgon.documents.models import Congress, Document, NumberReservation, NumberSeries
from tinhgon.org.access import scope_of, within_clearance
from tinhgon.org.models import Covers
from tinhgon.org.selectors.units import UnitAt, units_at

Held = NumberReservation.State.HELD


@dataclass(frozen=True, slots=True)
class Register:
    """Một sổ. ``entries``: số chính có dòng sổ; ``voided``: số đã hủy; ``held``: số đang giữ; ``late``: số chèn."""

    series: NumberSeries
    organ: UnitAt
    keeper: UnitAt
    entries: int
    voided: int
    held: int
    late: int
    today: int
    drawn_here: int = 0

    @property
    def unexplained(self) -> int:
        """Số rút ở đây mà không có văn bản nào mang và không ai đang giữ: phải luôn bằng không. Sổ cũ nhập vào thì không tính."""
        return self.series.last_number - self.series.imported_to - self.drawn_here - self.held


@dataclass(frozen=True, slots=True)
class Gap:
    """Một số cần lời giải thích: đã hủy, đang giữ, chèn thêm. Không có cả văn bản lẫn ai giữ: không bao giờ xảy ra.

    ``kind``: void, held, late, missing.
    """

    number: int
    suffix: str
    kind: str
    reason: str
    document: Document | None = None
    reservation: NumberReservation | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """Một số đang giữ, đơn vị giữ, còn mấy ngày."""

    reservation: NumberReservation
    unit: UnitAt
    days_left: int


def registers(actor: Actor, *, on: date, include_closed: bool = False) -> list[Register]:
    """Các sổ thuộc đơn vị mình đang giữ, kèm số liệu. Ba câu SQL."""
    today = Q(documents__issued_on=on) & ~Q(direction="incoming") | Q(documents__arrived_on=on, direction="incoming")
    books = _books(actor, on)
    found = books.select_related("type", "term", "congress").annotate(
        entry_count=Count("documents", filter=Q(documents__number_suffix="")),
        void_count=Count("documents", filter=Q(documents__state=Document.State.VOID)),
        late_count=Count("documents", filter=~Q(documents__number_suffix="")),
        today_count=Count("documents", filter=today),
        drawn_count=Count("documents", filter=Q(documents__number_suffix="", documents__number__gt=F("imported_to"))),
    )
    if not include_closed:
        found = found.filter(closed_on__isnull=True)
    listed = list(found.order_by("organ", "direction", "is_secret", "kind", "type__order", "-year", "pk"))
    held = dict(
        NumberReservation.objects.filter(state=Held, series__in=[series.pk for series in listed])
        .values_list("series").annotate(n=Count("pk"))
    )  # fmt: skip
    units = units_at({unit for series in listed for unit in (series.organ_id, series.keeper_id)}, on=on)
    return [
        Register(
            s, units[s.organ_id], units[s.keeper_id], s.entry_count, s.void_count, held.get(s.pk, 0), s.late_count, s.today_count,
            s.drawn_count,
        )
        for s in listed
    ]


def book_names(actor: Actor, *, on: date) -> list[tuple[int, str]]:
    """(mã, tên) các sổ đang mở mình giữ, để chọn trong bộ lọc. Một câu SQL."""
    books = _books(actor, on).filter(closed_on__isnull=True).select_related("type", "term", "congress")
    return [(s.pk, book_name(s)) for s in books.order_by("direction", "is_secret", "kind", "type__order", "-year", "pk")]


def book_name(series: NumberSeries) -> str:
    """Sổ gọi bằng chiều, loại và nhiệm kỳ hay năm; sổ đến không có loại."""
    kind = series.get_kind_display() if series.kind != NumberSeries.Kind.ORDINARY else series.type.name if series.type else ""
    time = series.congress.name if series.congress else series.term.name if series.term else str(series.year)
    parts = [_("Sổ %(direction)s") % {"direction": series.get_direction_display()}, kind, time, _("mật") if series.is_secret else ""]
    return " · ".join(part for part in parts if part)


def book(actor: Actor, series_id: int, *, on: date) -> NumberSeries:
    """Một sổ kèm tên loại, nhiệm kỳ. ``NotFound`` khi sổ không thuộc đơn vị mình."""
    return _book(actor, series_id, on)


def entries(actor: Actor, series_id: int, *, on: date) -> QuerySet[Document]:
    """Văn bản của một sổ theo số. ``NotFound`` khi sổ không thuộc đơn vị mình."""
    series = _book(actor, series_id, on)
    return visible_to(actor, on=on).filter(series=series).select_related("type").order_by("number", "number_suffix")


def gaps(actor: Actor, series_id: int, *, on: date) -> list[Gap]:
    """Mọi số cần giải thích: đã hủy, đang giữ, chèn thêm; và số không ai giải thích được (không bao giờ xảy ra)."""
    series = _book(actor, series_id, on)
    told = series.documents.filter(Q(state=Document.State.VOID) | ~Q(number_suffix=""))
    found = [_told(document) for document in told.defer("search_folded", "search_exact", "content")]
    kept = list(_reservations(actor, on).filter(state=Held, series=series))
    found += [Gap(r.number, "", "held", r.reason, reservation=r) for r in kept]
    unheard = _("Không có văn bản nào mang số này.")
    found += [Gap(number, "", "missing", unheard) for number in _missing(series)]
    return sorted(found, key=lambda gap: (gap.number, gap.suffix))


_MISSING = """
    SELECT generate_series(used.number + 1, used.following - 1)
    FROM (
        SELECT number, lead(number) OVER (ORDER BY number) AS following
        FROM (
            SELECT number FROM documents_document WHERE series_id = %(series)s AND number > %(imported_to)s AND number <= %(last)s
            UNION ALL
            SELECT number FROM documents_number_reservation
            WHERE series_id = %(series)s AND state = %(held)s AND number > %(imported_to)s AND number <= %(last)s
            UNION ALL VALUES (%(imported_to)s), (%(last)s + 1)
        ) numbers
    ) used
    WHERE used.following > used.number + 1
"""
"""Một sổ có thể tới cả triệu số: PostgreSQL so mỗi số với số kế tiếp, chỉ những số thiếu mới ra tới đây."""


def _missing(series: NumberSeries) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            _MISSING, {"series": series.pk, "imported_to": series.imported_to, "last": series.last_number, "held": str(Held)}
        )
        return [number for (number,) in cursor.fetchall()]


def held_numbers(actor: Actor, *, on: date, within: int | None = None) -> list[Kept]:
    """Số đang giữ ở các sổ mình xem được; gần hết hạn trước. ``within``: chỉ những số hết hạn trong mấy ngày."""
    found = _reservations(actor, on).filter(state=Held).select_related("series", "type", "reserved_by")
    if within is not None:
        found = found.filter(until__lte=on + timedelta(days=within))
    return _kept(found.order_by("until", "pk"), on)


def usable_numbers(actor: Actor, *, on: date, unit_ids: Iterable[int], type_id: int) -> list[Kept]:
    """Số đang giữ mà một văn bản của các đơn vị ấy, tên loại ấy dùng được."""
    found = _reservations(actor, on).filter(
        state=Held, unit__in=list(unit_ids), type=type_id, until__gte=on, series__closed_on__isnull=True
    )
    return _kept(found.select_related("series", "type", "reserved_by").order_by("number"), on)


def congresses(actor: Actor, *, on: date) -> list[Congress]:
    """Các kỳ đại hội của cấp ủy mình phục vụ, mới trước."""
    scope = scope_of(actor, on=on).within(Covers.DOCUMENTS)
    return list(Congress.objects.filter(unit__in=scope.clerk_units | scope.whole_units).order_by("-opens_on"))


def _kept(found: QuerySet[NumberReservation], on: date) -> list[Kept]:
    listed = list(found)
    units = units_at({kept.unit_id for kept in listed}, on=on)
    return [Kept(kept, units[kept.unit_id], (kept.until - on).days) for kept in listed]


def _told(document: Document) -> Gap:
    number = document.number or 0
    if document.state == Document.State.VOID:
        return Gap(number, document.number_suffix, "void", document.void_reason, document)
    return Gap(number, document.number_suffix, "late", document.late_reason, document)


def _reservations(actor: Actor, on: date) -> QuerySet[NumberReservation]:
    """Số giữ ở sổ mình xem được. Sổ mật chỉ người được xem mật thấy, cả số lượng cũng không lộ."""
    found = NumberReservation.objects.filter(series__in=_books(actor, on).values("pk"))
    return found if actor.is_system else found.filter(within_clearance(scope_of(actor, on=on).within(Covers.DOCUMENTS), "series__keeper"))


def _books(actor: Actor, on: date) -> QuerySet[NumberSeries]:
    if actor.is_system:
        return NumberSeries.objects.all()
    scope = scope_of(actor, on=on).within(Covers.DOCUMENTS)
    clearance = scope.clearance_in()
    mine = scope.whole_units | scope.clerk_units
    secret = {unit for unit in mine if clearance.get(unit, 0) > 0}
    return NumberSeries.objects.filter(Q(keeper__in=mine, is_secret=False) | Q(keeper__in=secret, is_secret=True))


def _book(actor: Actor, series_id: int, on: date) -> NumberSeries:
    series = _books(actor, on).select_related("type", "term", "congress").filter(pk=series_id).first()
    if series is None:
        raise NotFound(Reason("documents.no_such_series", _("Không có sổ này, hoặc bạn không được xem.")))
    return series
