"""Rút số: khóa dòng sổ trước tiên, không đứt quãng, sổ đã khóa không bao giờ rút thêm.

Thứ tự khóa trong mọi động từ: sổ, rồi văn bản, rồi đơn vị, sau cùng là nhật ký.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import F, Q
from django.utils.translation import gettext as _

from tinhgon.core.errors import Reason, Refused
from tinhgon.documents.models import Direction, Document, NumberReservation, NumberSeries

MOST_SUFFIXES = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Một sổ, xác định trọn vẹn: dãy số nào của cơ quan nào. Sổ tự mở khi rút số đầu tiên."""

    organ_id: int
    direction: str
    kind: str = NumberSeries.Kind.ORDINARY
    type_id: int | None = None
    term_id: int | None = None
    year: int | None = None
    congress_id: int | None = None
    is_secret: bool = False


def lock(book: Book, *, on: date) -> NumberSeries:
    """Khóa dòng sổ tới hết giao dịch, mở nếu chưa có. ``Refused`` khi sổ đã khóa."""
    series = _locked(book)
    if series is None:
        fresh = NumberSeries(keeper_id=book.organ_id, opened_on=on, **asdict(book))
        NumberSeries.objects.bulk_create([fresh], ignore_conflicts=True)
        series = _locked(book)
    assert series is not None
    if series.closed_on is not None:
        raise Refused(
            Reason(
                "documents.series_closed",
                _("Sổ này đã khóa từ %(day)s ở số %(number)d, không cấp thêm số.")
                % {"day": f"{series.closed_on:%d/%m/%Y}", "number": series.last_number},
                data={"series": series.pk},
            )
        )
    return series


def lock_incoming(*, organ_id: int, is_secret: bool, on: date) -> NumberSeries:
    """Khóa (mở nếu chưa có) sổ đến của năm ``on``; tài liệu mật sổ riêng."""
    return lock(Book(organ_id=organ_id, direction=Direction.INCOMING, year=on.year, is_secret=is_secret), on=on)


def draw(series: NumberSeries) -> int:
    """Số kế tiếp của sổ đang khóa. Giao dịch hỏng thì số trả lại, nên sổ không đứt quãng."""
    NumberSeries.objects.filter(pk=series.pk).update(last_number=F("last_number") + 1)
    series.last_number += 1
    return series.last_number


def late_suffix(series: NumberSeries, *, after: int, dated: date) -> str:
    """Chữ của số chèn sau số ``after`` đã có trong sổ đang khóa: ``a``, ``b``... Ngày phải nằm giữa hai số liền kề.

    ``Refused``: số ấy không có, ngày không đúng thứ tự, hay đã hết chữ.
    """
    here = list(series.documents.filter(number=after).order_by("number_suffix").values_list("number_suffix", "issued_on"))
    if not here:
        sentence = _("Sổ này chưa có văn bản số %(number)d, nên không chèn số sau nó được.") % {"number": after}
        raise Refused(Reason("documents.no_such_number", sentence, "after"))
    before = max(day for _suffix, day in here if day is not None)
    following = series.documents.filter(number__gt=after).exclude(issued_on=None).order_by("number", "number_suffix")
    later = following.values_list("issued_on", flat=True).first()
    if dated < before or (later is not None and dated > later):
        shown = {"number": after, "first": f"{before:%d/%m/%Y}", "last": f"{later:%d/%m/%Y}" if later else _("hôm nay")}
        sentence = _("Số chèn sau số %(number)d phải có ngày từ %(first)s tới %(last)s: sổ xếp theo ngày.") % shown
        raise Refused(Reason("documents.late_out_of_order", sentence, "dated"))
    used = len([suffix for suffix, _day in here if suffix])
    if used >= MOST_SUFFIXES:
        raise Refused(Reason("documents.no_suffix_left", _("Sau số này đã chèn hết các chữ từ a tới z."), "after"))
    return chr(ord("a") + used)


def reserved_for(reservation_id: int, *, on: date) -> NumberReservation:
    """Số đang giữ, khóa sổ rồi khóa dòng giữ số. ``Refused`` khi không còn giữ."""
    row = NumberReservation.objects.filter(pk=reservation_id).values("series").first()
    if row is not None:
        NumberSeries.objects.select_for_update().get(pk=row["series"])
    found = (
        NumberReservation.objects.select_for_update(of=("self",)).select_related("series", "type")
        .filter(pk=reservation_id).first()
    )  # fmt: skip
    if found is None or found.state != NumberReservation.State.HELD or found.until < on:
        raise Refused(Reason("documents.not_reserved", _("Số này không còn được giữ."), "reservation"))
    return found


def unexplained(series: NumberSeries) -> list[int]:
    """Số đã rút mà không có dòng sổ và cũng không đang giữ: phải luôn rỗng."""
    drawn = set(series.documents.filter(~Q(number=None)).values_list("number", flat=True))
    held = set(series.reservations.filter(state=NumberReservation.State.HELD).values_list("number", flat=True))
    return [number for number in range(1, series.last_number + 1) if number not in drawn | held]


def _locked(book: Book) -> NumberSeries | None:
    return NumberSeries.objects.select_for_update().filter(**asdict(book)).first()


def entry_of(reservation: NumberReservation, *, reason: str, on: date, created_at: datetime) -> Document:
    """Dòng sổ "hủy số" của một số giữ không dùng tới: số ở lại trong sổ kèm lý do."""
    series = reservation.series
    return Document(
        direction=series.direction, state=Document.State.VOID, type_id=reservation.type_id, holder_id=series.keeper_id,
        issuer_id=series.organ_id, issuer_name=reservation.organ_name, series=series, number=reservation.number,
        symbol=reservation.symbol, issued_on=reservation.reserved_on, summary="Số giữ, không dùng tới",
        secrecy=reservation.secrecy, void_reason=reason, finished_on=on, created_at=created_at,
    )  # fmt: skip
