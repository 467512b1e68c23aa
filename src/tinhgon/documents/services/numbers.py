"""Rút số: khóa dòng sổ trước tiên, không đứt quãng, sổ đã khóa không bao giờ rút thêm.

Thứ tự khóa trong mọi động từ: sổ, rồi văn bản, rồi đơn vị, sau cùng là nhật ký.
"""

from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from tinhgon.core.errors import Reason, Refused
from tinhgon.documents.models import Direction, NumberSeries


def lock_outgoing(
    *, organ_id: int, direction: str, type_id: int, term_id: int, is_secret: bool, on: date
) -> NumberSeries:
    """Khóa (mở nếu chưa có) sổ đi: theo tên loại và nhiệm kỳ; tài liệu mật sổ riêng."""
    return _lock(organ_id, direction, on, type_id=type_id, term_id=term_id, year=None, is_secret=is_secret)


def lock_incoming(*, organ_id: int, is_secret: bool, on: date) -> NumberSeries:
    """Khóa (mở nếu chưa có) sổ đến của năm ``on``; tài liệu mật sổ riêng."""
    return _lock(organ_id, Direction.INCOMING, on, type_id=None, term_id=None, year=on.year, is_secret=is_secret)


def draw(series: NumberSeries) -> int:
    """Số kế tiếp của sổ đang khóa. Giao dịch hỏng thì số trả lại, nên sổ không đứt quãng."""
    NumberSeries.objects.filter(pk=series.pk).update(last_number=F("last_number") + 1)
    series.last_number += 1
    return series.last_number


def _lock(organ_id: int, direction: str, on: date, **book: object) -> NumberSeries:
    identity = {"organ_id": organ_id, "direction": direction} | book
    series = _locked(identity)
    if series is None:
        fresh = NumberSeries(keeper_id=organ_id, opened_on=on, **identity)
        NumberSeries.objects.bulk_create([fresh], ignore_conflicts=True)
        series = _locked(identity)
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


def _locked(identity: dict[str, object]) -> NumberSeries | None:
    return NumberSeries.objects.select_for_update().filter(**identity).first()
