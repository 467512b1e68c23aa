"""Lịch làm việc của Việt Nam: ngày lễ, nghỉ hoán đổi và ngày làm bù của gói ``holidays``, đè bởi phần sửa tay.

Việc hoán đổi của năm sau chỉ biết khi có thông báo, nên ``CalendarOverride`` (org.services.calendar) luôn thắng.
"""

from datetime import date
from functools import cache

import holidays

from tinhgon.core import clock
from tinhgon.core.models import CalendarOverride
from tinhgon.engine.workdays import WorkCalendar

YEARS_BACK, YEARS_AHEAD = 15, 5


def work_calendar() -> WorkCalendar:
    """Lịch từ 15 năm trước tới 5 năm sau hôm nay. Một câu truy vấn; gọi một lần cho cả trang."""
    general = _general(clock.today().year)
    overrides = dict(CalendarOverride.objects.values_list("day", "is_working"))
    working = {day for day, is_working in overrides.items() if is_working}
    resting = overrides.keys() - working
    return WorkCalendar(
        holidays=(general.holidays | resting) - working,
        working_weekends=(general.working_weekends | working) - resting,
    )


def holiday_name(day: date) -> str:
    """Tên ngày lễ hay căn cứ sửa tay của ``day``; rỗng khi là ngày thường."""
    override = CalendarOverride.objects.filter(day=day).first()
    if override is not None:
        return override.note
    return _names(day.year).get(day, "")


@cache
def _general(year: int) -> WorkCalendar:
    vietnam = _vietnam(range(year - YEARS_BACK, year + YEARS_AHEAD + 1))
    return WorkCalendar(frozenset(vietnam), frozenset(vietnam.weekend_workdays))


@cache
def _names(year: int) -> dict[date, str]:
    return dict(_vietnam(range(year, year + 1)))


def _vietnam(years: range) -> holidays.HolidayBase:
    return holidays.country_holidays("VN", years=years, language="vi")
