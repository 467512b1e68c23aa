"""Câu của trang dự báo và chia việc: cảnh báo, khi nào trở lại bình thường, vì sao một người nhận một việc."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.engine.placement.sentences import LEVELS
from tinhgon.engine.transition.model import Forecast, Warned

_WARNINGS = {
    "nobody": gettext_lazy("không ai làm từ %(from)s, %(days)s ngày làm việc"),
    "overloaded": gettext_lazy("việc đến %(arrivals)s mỗi ngày mà sức làm chỉ %(capacity)s: còn dồn mãi nếu không thêm người hay bớt việc"),
    "never_back": gettext_lazy("tới cuối kỳ còn %(last)s việc, chưa trở lại mức bình thường %(normal)s"),
    "pile_up": gettext_lazy("dồn việc từ %(from)s tới %(until)s, cao nhất %(peak)s việc, bằng %(days)s ngày việc đến"),
}
_SHORT = {
    "nobody": gettext_lazy("không ai làm"), "overloaded": gettext_lazy("quá tải"), "never_back": gettext_lazy("chưa trở lại"),
    "pile_up": gettext_lazy("dồn việc"),
}  # fmt: skip
SEVERITY = tuple(_WARNINGS)
"""Nặng trước."""


def warned(warning: Warned) -> str:
    return str(_WARNINGS[warning.code]) % {key: _shown(value) for key, value in warning.data.items()}


def in_short(one: Forecast) -> str:
    """Tên các cảnh báo, nặng trước."""
    return ", ".join(str(_SHORT[code]) for code in SEVERITY if code in {warning.code for warning in one.warnings})


def _shown(value: Any) -> str:
    if hasattr(value, "strftime"):
        return f"{value:%d/%m/%Y}"
    return number(value) if isinstance(value, float) else str(value)


def number(value: float) -> str:
    """Số việc: từ mười trở lên thì tròn, ít hơn thì một số lẻ, dưới một thì hai."""
    places = 0 if value >= 10 or value == int(value) else 1 if value >= 1 else 2
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


def weight(one: Forecast) -> tuple[int, float]:
    """Để xếp: cảnh báo nặng nhất trước, rồi dồn nhiều nhất so với bình thường."""
    worst = min((SEVERITY.index(warning.code) for warning in one.warnings), default=len(SEVERITY))
    return worst, -(one.peak - one.normal)


def back(one: Forecast, start: Any) -> str:
    """Khi nào trở lại bình thường."""
    if one.back_on is None:
        return _("chưa, trong nửa năm")
    if one.back_on <= start:
        return _("không lúc nào vượt")
    return _("từ %(day)s") % {"day": f"{one.back_on:%d/%m/%Y}"}


def level(value: int | None) -> str:
    """Mức ở lĩnh vực của việc."""
    if value is None:
        return _("việc không ghi chức năng")
    return _(LEVELS[min(value, 4)]) if value > 0 else _("chưa làm lĩnh vực này")


def why(given: Mapping[str, Any], names: Mapping[int, str], *, is_edited: bool) -> str:
    """Vì sao người ấy nhận việc; việc không giao được thì vì sao không."""
    if "able" in given:
        if not given["people"]:
            return _("đơn vị chưa có ai")
        if not given["able"]:
            return _("không vị trí nào được xem độ mật của việc này")
        return _("%(able)s người nhận được nhưng không ai còn đủ giờ") % {"able": given["able"]}
    parts = [_("người chọn")] if is_edited else []
    if given.get("keeps"):
        parts.append(_("đang làm việc này"))
    elif given.get("same_unit"):
        parts.append(_("cùng đơn vị gốc với việc"))
    parts.append(level(given.get("level")))
    better = [names[pk] for pk in given.get("better", ()) if pk in names]
    if better and not is_edited:
        parts.append(_("%(names)s hợp hơn nhưng đã đủ phần việc") % {"names": ", ".join(better)})
    return "; ".join(parts)


def shortage(conflict: Mapping[str, Any], titles: Mapping[tuple[str, int], str], names: Mapping[int, str]) -> str:
    """Bộ việc vướng nhau bằng một câu."""
    tasks = [titles.get((kind, int(item)), f"#{item}") for kind, item in conflict["tasks"]]
    told = {
        "count": len(tasks), "tasks": "; ".join(f"“{title}”" for title in tasks[:5]), "people": _people(conflict["people"], names),
        "need": number(conflict["need"]), "room": number(conflict["room"]),
    }  # fmt: skip
    if not conflict["people"]:
        return _("Không ai nhận được: %(tasks)s.") % told
    sentence = _("Riêng %(count)s việc này đã không chia được cho %(people)s: cần ít nhất %(need)s giờ, tới hạn chỉ có %(room)s giờ. %(tasks)s.") % told
    return sentence if conflict["is_smallest"] else _("%(sentence)s Có thể còn bộ nhỏ hơn.") % {"sentence": sentence}


def _people(ids: Sequence[int], names: Mapping[int, str]) -> str:
    shown = [names[pk] for pk in ids[:4] if pk in names]
    more = len(ids) - len(shown)
    return ", ".join(shown) + (_(" và %(count)s người nữa") % {"count": more} if more else "")
