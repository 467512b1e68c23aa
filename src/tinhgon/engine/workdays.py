"""Ngày làm việc: thứ hai tới thứ sáu, trừ ngày lễ và ngày nghỉ bù, cộng ngày cuối tuần làm bù. Không biết ngày lễ nào có thật."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

_DAY = timedelta(days=1)
_SATURDAY = 5
_LONGEST_REST = 60
"""Không có kỳ nghỉ nào dài hơn: lịch sai thì báo, không chạy mãi."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """``holidays``: ngày không làm việc, kể cả nghỉ hoán đổi. ``working_weekends``: ngày làm bù, thắng mọi điều khác."""

    holidays: frozenset[date] = frozenset()
    working_weekends: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        return day in self.working_weekends or (day.weekday() < _SATURDAY and day not in self.holidays)

    def next_working_day(self, day: date) -> date:
        """Ngày làm việc đầu tiên sau ``day``."""
        return next(self._working(day, _DAY))

    def previous_working_day(self, day: date) -> date:
        """Ngày làm việc cuối cùng trước ``day``."""
        return next(self._working(day, -_DAY))

    def deadline(self, day: date) -> date:
        """Hạn rơi vào ngày nghỉ thì dời tới ngày làm việc kế tiếp (Bộ luật Dân sự 2015, Điều 148 khoản 5)."""
        return day if self.is_working_day(day) else self.next_working_day(day)

    def add_working_days(self, day: date, count: int) -> date:
        """Ngày làm việc thứ ``count`` sau ``day``; ngày đầu không tính (Điều 147). Số âm: lùi về trước. 0: như ``deadline``."""
        if count == 0:
            return self.deadline(day)
        step = _DAY if count > 0 else -_DAY
        return next(islice(self._working(day, step), abs(count) - 1, None))

    def working_days_between(self, first: date, last: date) -> int:
        """Số ngày làm việc sau ``first`` cho tới hết ``last``; âm khi ``last`` đứng trước (đã quá hạn chừng ấy ngày)."""
        if last < first:
            return -self.working_days_between(last, first)
        return sum(self.is_working_day(first + _DAY * number) for number in range(1, (last - first).days + 1))

    def _working(self, day: date, step: timedelta) -> Iterator[date]:
        """Các ngày làm việc lần lượt từ ``day``, không kể ``day``."""
        rest = 0
        while rest <= _LONGEST_REST:
            day += step
            rest += 1
            if self.is_working_day(day):
                rest = 0
                yield day
        raise ValueError(f"Lịch không có ngày làm việc nào quanh {day}.")
