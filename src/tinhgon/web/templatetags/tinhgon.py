"""Thẻ và bộ lọc dùng trong mọi mẫu (nạp sẵn, không cần ``load``). Cách dùng: docs/components.md."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.forms import BoundField
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from tinhgon.audit.models import Entry
from tinhgon.audit.registry import sentence
from tinhgon.audit.selectors import history_of
from tinhgon.core.models import Progress
from tinhgon.core.progress import time_left
from tinhgon.documents.services.exchange.wording import said_of
from tinhgon.org.models import Succession
from tinhgon.org.selectors.standing_in import acted_for
from tinhgon.org.selectors.units import UnitAt
from tinhgon.web.deadlines import deadline
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
def state(value: str, label: str, kind: str = "") -> dict[str, str]:
    """Nhãn trạng thái: màu kèm chữ. ``value``: mã trạng thái; ``label``: chữ đã dịch; ``kind``: xem ``states.tone_of``."""
    return {"tone": tone_of(value, kind), "label": label}


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
def unit_name(units: ShownUnits, unit_id: int | None) -> str:
    """Tên đơn vị trơn, không dẫn đi đâu."""
    return units.name(unit_id)


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


@register.inclusion_tag("web/parts/due.html", takes_context=True)
def due(context: template.Context, value: date | None, is_open: bool = True) -> dict[str, Any]:
    """Hạn: ngày, và khi việc còn mở thì số ngày làm việc còn lại hay đã quá."""
    if value is None:
        return {"day": None}
    return {"day": value, "deadline": deadline(context["request"], value) if is_open else None}


@register.filter
def unit_link(value: UnitAt | None) -> str:
    """Tên một ``UnitAt`` dẫn tới trang của đơn vị."""
    if value is None:
        return ""
    return format_html('<a href="{}">{}</a>', reverse("web:unit", args=[value.id]), value.name)


@register.simple_tag(takes_context=True)
def history(context: template.Context, kind: str, item_id: object) -> list[tuple[Entry, str, str]]:
    """(dòng nhật ký, câu, tên người được làm thay) của một đối tượng, mới trước, nhiều nhất 100 dòng."""
    entries = list(history_of(kind, item_id)[:100])
    principals = acted_for((entry.user_id, entry.appointment_id) for entry in entries)
    return [(entry, sentence(entry), principals.get((entry.user_id, entry.appointment_id), "")) for entry in entries]


@register.filter
def is_open(value: Any) -> bool:
    """Văn bản, dòng chuyển, nhiệm vụ còn mở: hạn còn ý nghĩa."""
    return value.state in type(value).OPEN


@register.filter
def weekday(value: date) -> str:
    """thứ Hai ... Chủ nhật."""
    names = [_("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"), _("Chủ nhật")]
    return names[value.weekday()]


@register.filter
def unlocalized(value: float) -> str:
    """Số cho máy đọc trong thuộc tính HTML."""
    return str(value)


@register.simple_tag
def progress_facts(progress: Progress, land: str = "", reload: bool = False) -> dict[str, Any]:
    """Phần tính được của một việc dài: còn chạy không, phần trăm, thời gian còn lại, địa chỉ hỏi lại."""
    address = reverse("web:progress", args=[progress.pk])
    safe_land = land if url_has_allowed_host_and_scheme(land, allowed_hosts=None) else ""
    left = time_left(progress)
    asked = {"ve": safe_land} if safe_land else {}
    asked |= {"tai-lai": "1"} if reload else {}
    return {
        "is_running": not progress.is_over,
        "percent": round(100 * progress.done / progress.total) if progress.total else 0,
        "left": _left_in_words(round(left.total_seconds())) if left else "",
        "url": f"{address}?{urlencode(asked)}" if asked else address,
        "land": safe_land,
    }


def _left_in_words(seconds: int) -> str:
    if seconds < 90:
        return _("còn khoảng %(count)d giây") % {"count": max(seconds, 1)}
    return _("còn khoảng %(count)d phút") % {"count": round(seconds / 60)}


@register.inclusion_tag("web/parts/progress.html")
def progress(found: Progress, land: str = "", reload: bool = False) -> dict[str, Any]:
    """Khối tiến độ: ``{% progress job land=url %}``. ``reload``: tải lại trang một lần khi xong."""
    return {"progress": found, "land": land, "reload": reload}


@register.filter
def said_step(step: Any) -> str:
    """Một bước của dòng gửi đọc thành câu: nghĩa của mã, rồi lời của nơi nhận nếu có."""
    words = said_of(step.code) if step.code else ""
    if not words or step.said.startswith(words):
        return step.said
    return f"{words}: {step.said}" if step.said else words
