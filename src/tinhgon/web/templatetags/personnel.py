"""Thẻ riêng cho trang cán bộ."""

from django import template

from tinhgon.engine.grading import Finding
from tinhgon.engine.headcount import Breach
from tinhgon.engine.pulse import Shown
from tinhgon.personnel.models import Grade, GradingRound
from tinhgon.personnel.periods import period_name
from tinhgon.personnel.selectors.deputies import DeputiesPage
from tinhgon.web.personnel_words import breach_sentence, certainty_word, finding_sentence

register = template.Library()


@register.filter
def said(found: Finding) -> str:
    return finding_sentence(found)


@register.filter
def breach_said(breach: Breach, page: DeputiesPage) -> str:
    return breach_sentence(breach, page)


@register.filter
def certainty(value: str) -> str:
    return certainty_word(value)


@register.filter
def period(round_: GradingRound) -> str:
    return period_name(round_)


@register.filter
def grade(value: str) -> str:
    """Mức xếp loại bằng chữ; rỗng khi chưa có."""
    return str(Grade(value).label) if value else ""


@register.filter
def mean(shown: Shown) -> float | None:
    return float(shown.mean) if shown.mean is not None else None


@register.filter
def heat(shown: Shown) -> int:
    """Điểm trung bình 1 tới 5 thành bốn sắc."""
    return min(4, max(1, int(shown.mean or 1)))


@register.filter
def indent(depth: int) -> range:
    return range(depth)
