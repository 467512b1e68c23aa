"""Ước tính số tiền khi nghỉ hưu trước tuổi hay thôi việc: từng dòng, mấy nhân mấy, theo điều nào."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from tinhgon.engine.leave.ages import add_months
from tinhgon.engine.leave.rules import Rules, Source, dong

_YEAR = 12


class Leaving(StrEnum):
    RETIREMENT = "retirement"
    RESIGNATION = "resignation"


class Unit(StrEnum):
    """Cái được đếm ở một dòng."""

    MONTH = "tháng"
    YEAR = "năm"
    ONCE = "lần"


class LeaveProblem(ValueError):
    """Không ước tính được. ``code``: negative, no_pay, before_decision, reached_age, too_early_to_retire, too_near_to_resign, too_long_insured."""

    def __init__(self, code: str, **data: int | date | str) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Một người. ``pay``: tiền lương tháng hiện hưởng, đồng. ``months_early``: số tháng còn lại tới tuổi nghỉ hưu (``ages.months_early``).

    ``insured_months``: số tháng đóng bảo hiểm xã hội bắt buộc. ``decided_on``: ngày quyết định sắp xếp có hiệu lực. ``leave_on``: ngày đầu nghỉ.
    """

    pay: int
    months_early: int
    insured_months: int
    decided_on: date
    leave_on: date


@dataclass(frozen=True, slots=True)
class Line:
    """``amount`` = ``count`` × ``rate`` × ``pay``, tròn tới đồng. ``label`` nói dòng này là gì; ``code`` cho tầng trên dịch."""

    code: str
    label: str
    count: Fraction
    unit: Unit
    rate: Fraction
    pay: int
    amount: int
    source: Source

    @property
    def product(self) -> str:
        """``36 tháng × 0,9 tháng lương × 20.000.000 đ = 648.000.000 đ``."""
        counted = "" if self.unit == Unit.ONCE else f"{_decimal(self.count)} {self.unit} × "
        return f"{counted}{_decimal(self.rate)} tháng lương × {_grouped(self.pay)} đ = {_grouped(self.amount)} đ"


@dataclass(frozen=True, slots=True)
class Note:
    """Điều cần biết kèm số tiền: ``code`` ổn định, câu tiếng Việt trọn vẹn, nguồn."""

    code: str
    sentence: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Kết quả. ``total`` là tổng các dòng. Luôn mang ``disclaimer``; nơi nào hiện số tiền thì phải hiện câu này."""

    leaving: Leaving
    band: str
    is_early_window: bool
    window_ends: date
    lines: tuple[Line, ...]
    notes: tuple[Note, ...]
    rules_name: str
    disclaimer: str

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)


def rounded_years(months: int, *, half_year_months: int = 6) -> Fraction:
    """Số năm để tính: lẻ 1 đến hết 6 tháng là nửa năm, trên 6 tháng là một năm (Thông tư 01/2025/TT-BNV).

    0 -> 0, 1 và 6 -> 1/2, 7 và 12 -> 1, 30 -> 5/2, 31 -> 3. ``LeaveProblem`` khi âm.
    """
    if months < 0:
        raise LeaveProblem("negative", months=months)
    years, rest = divmod(months, _YEAR)
    if rest == 0:
        return Fraction(years)
    return years + (Fraction(1, 2) if rest <= half_year_months else Fraction(1))


def estimate(rules: Rules, leaving: Leaving, case: Case) -> Estimate:
    """Ước tính theo một bộ quy định; ``LeaveProblem`` khi dữ liệu sai hay quy định không dành cho trường hợp này."""
    _check(case)
    window_ends = add_months(case.decided_on, rules.early_months)
    is_early = case.leave_on < window_ends
    of = _retirement if leaving == Leaving.RETIREMENT else _resignation
    band, lines, notes = of(rules, case, is_early=is_early)
    return Estimate(
        leaving=leaving, band=band, is_early_window=is_early, window_ends=window_ends, lines=lines,
        notes=(*notes, *_dated(rules, case)), rules_name=rules.name, disclaimer=rules.disclaimer,
    )  # fmt: skip


def _check(case: Case) -> None:
    for name in ("months_early", "insured_months"):
        if getattr(case, name) < 0:
            raise LeaveProblem("negative", field=name, value=getattr(case, name))
    if case.pay <= 0:
        raise LeaveProblem("no_pay", value=case.pay)
    if case.leave_on < case.decided_on:
        raise LeaveProblem("before_decision", leave_on=case.leave_on, decided_on=case.decided_on)
    if case.months_early == 0:
        raise LeaveProblem("reached_age", leave_on=case.leave_on)
    if case.insured_months > 60 * _YEAR:
        raise LeaveProblem("too_long_insured", value=case.insured_months)


def _retirement(rules: Rules, case: Case, *, is_early: bool) -> tuple[str, tuple[Line, ...], tuple[Note, ...]]:
    band = rules.band(case.months_early)
    if band is None:
        raise LeaveProblem("too_early_to_retire", months=case.months_early, most=rules.bands[-1].last)
    source = rules.retirement_source
    months = band.fixed_months or min(case.months_early, rules.most_months)
    lines = [
        _line(case, "early_months", f"Trợ cấp một lần cho thời gian nghỉ sớm, {_when(rules, is_early)}", Fraction(months), Unit.MONTH,
              band.early if is_early else band.late, source)
    ]  # fmt: skip
    notes: list[Note] = []
    if band.per_year:
        years = rounded_years(case.months_early, half_year_months=rules.half_year_months)
        lines.append(_line(case, "early_years", f"Trợ cấp theo số năm nghỉ sớm ({band.name})", years, Unit.YEAR, band.per_year, source))
        notes += _rounding(rules, case.months_early, years, "số năm nghỉ sớm")
    if band.has_insurance:
        more, remarks = _insurance(rules, case)
        lines += more
        notes += remarks
    return band.code, tuple(lines), tuple(notes)


def _insurance(rules: Rules, case: Case) -> tuple[list[Line], list[Note]]:
    """Phần theo thời gian đóng bảo hiểm: một mức cho các năm đầu, rồi mỗi năm thêm. Chưa đủ các năm đầu thì chưa có phần này."""
    part, source = rules.insurance_on(case.leave_on), rules.retirement_source
    if case.insured_months < part.years * _YEAR:
        sentence = f"Chưa đủ {part.years} năm đóng bảo hiểm xã hội bắt buộc: chưa tính trợ cấp theo thời gian đóng; cần xem lại điều kiện hưởng lương hưu."
        return [], [Note("insured_too_short", sentence, source)]
    lines = [_line(case, "insured_first", f"Trợ cấp cho {part.years} năm đầu đóng bảo hiểm xã hội", Fraction(1), Unit.ONCE, part.pay, source)]
    years = rounded_years(case.insured_months, half_year_months=rules.half_year_months)
    if years > part.years:
        label = f"Trợ cấp cho mỗi năm đóng bảo hiểm xã hội sau {part.years} năm đầu"
        lines.append(_line(case, "insured_more", label, years - part.years, Unit.YEAR, part.per_year, source))
    return lines, _rounding(rules, case.insured_months, years, "số năm đóng bảo hiểm xã hội")


def _resignation(rules: Rules, case: Case, *, is_early: bool) -> tuple[str, tuple[Line, ...], tuple[Note, ...]]:
    rule = rules.resignation
    if case.months_early < rule.least_months:
        raise LeaveProblem("too_near_to_resign", months=case.months_early, least=rule.least_months)
    months = min(case.months_early, rules.most_months, case.insured_months)
    years = rounded_years(case.insured_months, half_year_months=rules.half_year_months)
    lines = (
        _line(case, "resign_months", f"Trợ cấp thôi việc, {_when(rules, is_early)}", Fraction(months), Unit.MONTH, rule.early if is_early else rule.late, rule.source),
        _line(case, "resign_years", "Trợ cấp theo số năm đóng bảo hiểm xã hội", years, Unit.YEAR, rule.per_year, rule.source),
        _line(case, "job_search", "Trợ cấp để tìm việc làm", Fraction(1), Unit.ONCE, rule.job_search, rule.source),
    )
    notes = _rounding(rules, case.insured_months, years, "số năm đóng bảo hiểm xã hội")
    kept = Note("insurance_kept", "Thời gian đóng bảo hiểm xã hội được bảo lưu, hoặc nhận một lần theo luật; chưa tính ở đây.", rule.source)
    return "", lines, (*notes, kept)


def _dated(rules: Rules, case: Case) -> list[Note]:
    if case.leave_on < rules.since:
        return [Note("before_rules", f"Ngày nghỉ trước khi quy định có hiệu lực ({rules.since:%d/%m/%Y}).", rules.retirement_source)]
    if rules.until is not None and case.leave_on > rules.until:
        sentence = f"Hồ sơ theo quy định này chỉ nhận tới {rules.until:%d/%m/%Y}; sau đó theo {rules.afterwards}."
        return [Note("intake_closed", sentence, rules.until_source)]
    return []


def _rounding(rules: Rules, months: int, years: Fraction, what: str) -> list[Note]:
    if months % _YEAR == 0:
        return []
    whole, rest = divmod(months, _YEAR)
    told = f"{whole} năm {rest} tháng" if whole else f"{rest} tháng"
    return [Note("rounded", f"{what.capitalize()}: {told} tính tròn {_decimal(years)} năm.", rules.rounding)]


def _when(rules: Rules, is_early: bool) -> str:
    return f"nghỉ trong {rules.early_months} tháng đầu" if is_early else f"nghỉ từ tháng thứ {rules.early_months + 1}"


def _line(case: Case, code: str, label: str, count: Fraction, unit: Unit, rate: Fraction, source: Source) -> Line:
    return Line(code, label, count, unit, rate, case.pay, dong(count * rate * case.pay), source)


def _decimal(number: Fraction) -> str:
    """Phân số gọn thành số thập phân kiểu Việt Nam: ``0,45``. Mẫu số của quy định chỉ có 2 và 5."""
    whole, rest = divmod(number, 1)
    digits = ""
    while rest and len(digits) < 6:
        digit, rest = divmod(rest * 10, 1)
        digits += str(digit)
    return f"{whole},{digits}" if digits else str(whole)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
