"""Bao giờ đủ tuổi nghỉ hưu: theo tháng sinh, nam hay nữ, và năm (Nghị định 135/2020/NĐ-CP, điều kiện lao động bình thường)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tinhgon.engine.leave.rules import Rules

_YEAR = 12


class Sex(StrEnum):
    """Chỉ để tính tuổi nghỉ hưu như luật định; không đi vào phép xếp nào."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class Birth:
    """Hồ sơ chỉ ghi năm thì ``month`` bỏ trống: luật lấy ngày 01 tháng 01 (Nghị định 135/2020/NĐ-CP, Điều 3). Ngày không đổi kết quả."""

    year: int
    month: int = 1

    def __post_init__(self) -> None:
        if not (1900 <= self.year <= 2100 and 1 <= self.month <= _YEAR):
            raise ValueError(f"Tháng sinh không có: {self.month}/{self.year}.")


def pension_starts(rules: Rules, birth: Birth, sex: Sex) -> date:
    """Ngày đầu hưởng lương hưu: mồng một của tháng sau tháng đủ tuổi; nghỉ hưu là hết ngày cuối của tháng trước đó.

    Tuổi tăng theo năm, nên người chưa đủ tuổi của năm nay thì tính theo tuổi của năm sau: đủ trong năm nào là theo tuổi năm ấy.
    """
    path = rules.male if sex == Sex.MALE else rules.female
    born = birth.year * _YEAR + birth.month - 1
    year = birth.year + path.before // _YEAR
    while born + path.in_year(year) >= (year + 1) * _YEAR:
        year += 1
    return _first_of(born + path.in_year(year) + 1)


def months_early(leave_on: date, pension_from: date) -> int:
    """Số tháng tròn từ ngày bắt đầu nghỉ tới ngày lẽ ra hưởng lương hưu; tháng lẻ không tính. Đã tới tuổi thì 0."""
    months = (pension_from.year - leave_on.year) * _YEAR + pension_from.month - leave_on.month
    return max(0, months - (leave_on.day > pension_from.day))


def add_months(day: date, months: int) -> date:
    """Cùng ngày của ``months`` tháng sau; tháng ấy không có ngày này thì mồng một tháng kế tiếp, để không mất ngày nào."""
    number = day.year * _YEAR + day.month - 1 + months
    try:
        return _first_of(number).replace(day=day.day)
    except ValueError:
        return _first_of(number + 1)


def _first_of(number: int) -> date:
    return date(number // _YEAR, number % _YEAR + 1, 1)
