"""Kỳ xếp loại: quý hoặc năm."""

import calendar
from datetime import date

from django.utils.translation import gettext as _

from tinhgon.personnel.models import GradingRound


def first_day(year: int, quarter: int) -> date:
    """Ngày đầu của kỳ; quý 0 là cả năm."""
    return date(year, 3 * quarter - 2 if quarter else 1, 1)


def last_day(year: int, quarter: int) -> date:
    """Ngày cuối của kỳ; quý 0 là cả năm."""
    month = 3 * quarter if quarter else 12
    return date(year, month, calendar.monthrange(year, month)[1])


def period_name(round_: GradingRound) -> str:
    """"quý 3/2025", "năm 2025"."""
    if round_.quarter:
        return _("quý %(quarter)d/%(year)d") % {"quarter": round_.quarter, "year": round_.year}
    return _("năm %(year)d") % {"year": round_.year}
