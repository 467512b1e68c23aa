"""Nơi duy nhất lấy giờ. Trong thế giới mẫu đồng hồ có thể dời đi một khoảng (bảng ``core_demo_clock``)."""

import time
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

_REREAD_AFTER = 1.0  # giây: web, việc nền và dòng lệnh cùng thấy đồng hồ mới sau tối đa chừng này
_cached: tuple[float, timedelta] = (-1e9, timedelta())


def now() -> datetime:
    """Bây giờ, có múi giờ."""
    return timezone.now() + offset()


def today() -> date:
    """Hôm nay theo giờ Việt Nam."""
    return timezone.localtime(now()).date()


def offset() -> timedelta:
    """Khoảng dời của đồng hồ; luôn bằng không ngoài thế giới mẫu."""
    global _cached
    if not settings.DEMO:
        return timedelta()
    read_at, value = _cached
    if time.monotonic() - read_at > _REREAD_AFTER:
        from tinhgon.core.models import DemoClock  # noqa: PLC0415  (mô hình chưa nạp khi Django khởi động)

        row = DemoClock.objects.filter(pk=1).first()
        value = row.offset if row else timedelta()
        _cached = (time.monotonic(), value)
    return value


def set_demo_time(moment: datetime) -> None:
    """Dời đồng hồ của thế giới mẫu tới ``moment``. Chỉ thế giới mẫu gọi được."""
    global _cached
    from tinhgon.core.models import DemoClock  # noqa: PLC0415

    if not settings.DEMO:
        raise RuntimeError("Chỉ thế giới mẫu mới dời được đồng hồ.")
    DemoClock.objects.update_or_create(pk=1, defaults={"offset": moment - timezone.now()})
    _cached = (-1e9, timedelta())
