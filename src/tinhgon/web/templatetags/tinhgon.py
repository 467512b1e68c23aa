"""Thẻ và bộ lọc dùng trong mọi mẫu (nạp sẵn, không cần ``load``). Cách dùng: docs/components.md."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from tinhgon.org.models import Succession
from tinhgon.web.states import tone_of
from tinhgon.web.units import ShownUnits

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """01/07/2025."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return f"{value:%d/%m/%Y}" if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """07:30 01/07/2025."""
    return f"{timezone.localtime(value):%H:%M %d/%m/%Y}" if value else ""


@register.filter
def iso(value: date | datetime | None) -> str:
    """2025-07-01, cho địa chỉ và ô nhập ngày."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return value.isoformat() if value else ""


@register.filter
def local_input(value: datetime | None) -> str:
    """2025-07-01T07:30, giá trị của ô ``datetime-local``."""
    return f"{timezone.localtime(value):%Y-%m-%dT%H:%M}" if value else ""


@register.filter
def number(value: int | float | Decimal | None, decimals: int | None = None) -> str:
    """1.234,5: dấu chấm hàng nghìn, dấu phẩy thập phân."""
    if value is None:
        return ""
    if isinstance(value, float) and decimals is None:
        decimals = 1
    return str(formats.number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True))


@register.filter
def file_size(value: int) -> str:
    """12 kB, 3,4 MB."""
    if value < 1_000_000:
        return _("%(size)s kB") % {"size": number(max(1, round(value / 1000)))}
    return _("%(size)s MB") % {"size": number(value / 1_000_000, 1)}


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """Giá trị theo khóa tính được, thứ mà mẫu không viết được bằng dấu chấm."""
    return mapping.get(key)


@register.inclusion_tag("web/parts/state.html")
def state(value: str, label: str) -> dict[str, str]:
    """Nhãn trạng thái: màu kèm chữ. ``value``: mã trạng thái; ``label``: chữ đã dịch."""
    return {"tone": tone_of(value), "label": label}


@register.inclusion_tag("web/parts/field.html")
def field(box: BoundField) -> dict[str, BoundField]:
    """Một ô nhập với nhãn, gợi ý và lỗi ngay cạnh."""
    return {"field": box}


@register.inclusion_tag("web/parts/unit.html")
def unit(units: ShownUnits, unit_id: int | None, with_heirs: bool = False) -> dict[str, Any]:
    """Tên đơn vị, dẫn tới trang của nó; đơn vị đã kết thúc thì nói rõ, và ``with_heirs`` kể ai nhận thay."""
    shown = units.found.get(unit_id) if unit_id else None
    heirs = units.heirs.get(unit_id, ()) if unit_id else ()
    return {"unit": shown, "gone": bool(shown) and unit_id in units.heirs, "heirs": heirs if with_heirs else ()}


@register.filter
def svg(value: float) -> str:
    """Số trong SVG: dấu chấm thập phân, không nhóm hàng nghìn, dù giao diện viết 1.234,5."""
    return f"{value:g}" if value < 100_000 else str(int(value))


@register.filter
def succession_word(value: str) -> str:
    """Kiểu kế thừa bằng chữ."""
    return str(Succession.Type(value).label)


@register.filter
def day_before(value: date | None) -> str:
    """Ngày cuối còn hiệu lực của khoảng [từ, đến)."""
    return day(value - timedelta(days=1)) if value else ""
