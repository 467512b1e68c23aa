"""Sổ văn bản: các sổ người này giữ hay được xem, tổng số, và lời giải thích cho mọi chỗ trống."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import NotFound, Reason
from tinhgon.documents.access import visible_to
from tinhgon.documents.models import Document, NumberSeries
from tinhgon.org.access import scope_of
from tinhgon.org.models import Covers
from tinhgon.org.selectors.units import UnitAt, units_at


@dataclass(frozen=True, slots=True)
class Register:
    """Một sổ. ``entries``: số văn bản; ``voided``: số đã hủy; ``today``: vào sổ hay ban hành trong ngày."""

    series: NumberSeries
    organ: UnitAt
    keeper: UnitAt
    entries: int
    voided: int
    today: int

    @property
    def unexplained(self) -> int:
        """Số đã rút mà không có văn bản nào mang: phải luôn bằng không."""
        return self.series.last_number - self.entries


@dataclass(frozen=True, slots=True)
class Gap:
    """Một số không còn dùng. ``document`` trống: không ai giải thích được (không bao giờ xảy ra)."""

    number: int
    document: Document | None
    reason: str


def registers(actor: Actor, *, on: date, include_closed: bool = False) -> list[Register]:
    """Các sổ thuộc đơn vị mình đang giữ, kèm số liệu. Hai câu SQL."""
    today = Q(documents__issued_on=on) & ~Q(direction="incoming") | Q(documents__arrived_on=on, direction="incoming")
    found = _books(actor, on).select_related("type", "term").annotate(
        entry_count=Count("documents"),
        void_count=Count("documents", filter=Q(documents__state=Document.State.VOID)),
        today_count=Count("documents", filter=today),
    )
    if not include_closed:
        found = found.filter(closed_on__isnull=True)
    listed = list(found.order_by("organ", "direction", "is_secret", "type__order", "-year", "pk"))
    units = units_at({unit for series in listed for unit in (series.organ_id, series.keeper_id)}, on=on)
    return [
        Register(s, units[s.organ_id], units[s.keeper_id], s.entry_count, s.void_count, s.today_count) for s in listed
    ]


def entries(actor: Actor, series_id: int, *, on: date) -> QuerySet[Document]:
    """Văn bản của một sổ theo số. ``NotFound`` khi sổ không thuộc đơn vị mình."""
    series = _book(actor, series_id, on)
    return visible_to(actor, on=on).filter(series=series).select_related("type").order_by("number", "number_suffix")


def gaps(actor: Actor, series_id: int, *, on: date) -> list[Gap]:
    """Mọi số đã hủy kèm lý do, và mọi số không có văn bản (không bao giờ xảy ra)."""
    series = _book(actor, series_id, on)
    held = {d.number: d for d in series.documents.defer("search_folded", "search_exact").order_by("number")}
    missing = [Gap(n, None, _("Không có văn bản nào mang số này.")) for n in range(1, series.last_number + 1) if n not in held]
    voided = [Gap(n or 0, d, d.void_reason) for n, d in held.items() if d.state == Document.State.VOID]
    return sorted(missing + voided, key=lambda gap: gap.number)


def _books(actor: Actor, on: date) -> QuerySet[NumberSeries]:
    if actor.is_system:
        return NumberSeries.objects.all()
    scope = scope_of(actor, on=on).within(Covers.DOCUMENTS)
    clearance = scope.clearance_in()
    mine = scope.whole_units | scope.clerk_units
    secret = {unit for unit in mine if clearance.get(unit, 0) > 0}
    return NumberSeries.objects.filter(Q(keeper__in=mine, is_secret=False) | Q(keeper__in=secret, is_secret=True))


def _book(actor: Actor, series_id: int, on: date) -> NumberSeries:
    series = _books(actor, on).filter(pk=series_id).first()
    if series is None:
        raise NotFound(Reason("documents.no_such_series", _("Không có sổ này, hoặc bạn không được xem.")))
    return series
