"""Quy định về thôi làm, là giá trị thuần đọc từ dữ liệu có ngày và nguồn."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from tinhgon.engine.form.rules import Certainty


@dataclass(frozen=True, slots=True)
class Source:
    """Văn bản, điều khoản, và biết chắc tới đâu."""

    document: str
    clause: str
    certainty: Certainty

    @classmethod
    def of(cls, row: Mapping[str, str]) -> "Source":
        return cls(row["document"], row["clause"], Certainty(row["certainty"]))

    def __str__(self) -> str:
        return ", ".join(part for part in (self.document, self.clause) if part)


@dataclass(frozen=True, slots=True)
class Band:
    """Một khoảng số tháng còn lại tới tuổi nghỉ hưu, cả hai đầu đều tính. Hệ số: tháng lương cho mỗi tháng, mỗi năm nghỉ sớm.

    ``fixed_months``: số tháng tính cố định (60 cho người còn trên 5 năm); ``None`` thì tính đúng số tháng nghỉ sớm.
    """

    code: str
    name: str
    first: int
    last: int
    early: Fraction
    late: Fraction
    fixed_months: int | None
    per_year: Fraction
    has_insurance: bool


@dataclass(frozen=True, slots=True)
class InsurancePart:
    """Từ ngày ``since``: ``years`` năm đóng bảo hiểm đầu được ``pay`` tháng lương, mỗi năm sau thêm ``per_year``."""

    since: date
    years: int
    pay: Fraction
    per_year: Fraction


@dataclass(frozen=True, slots=True)
class Resignation:
    """Thôi việc: còn ít nhất ``least_months`` tháng; hệ số như ``Band``; ``job_search`` tháng lương để tìm việc."""

    least_months: int
    early: Fraction
    late: Fraction
    per_year: Fraction
    job_search: Fraction
    source: Source


@dataclass(frozen=True, slots=True)
class BaseWage:
    """Mức lương cơ sở (đồng) từ một ngày."""

    since: date
    amount: int
    source: Source


@dataclass(frozen=True, slots=True)
class AgePath:
    """Tuổi nghỉ hưu, bằng tháng: ``before`` trước năm ``first_year``; từ năm ấy là ``first``, mỗi năm thêm ``step``, tới ``last`` thì thôi."""

    before: int
    first_year: int
    first: int
    step: int
    last: int

    def in_year(self, year: int) -> int:
        if year < self.first_year:
            return self.before
        return min(self.last, self.first + self.step * (year - self.first_year))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Một bộ quy định. ``until``: ngày cuối nhận hồ sơ, ``None`` khi chưa hết; ``afterwards``: sau đó theo văn bản nào."""

    code: str
    name: str
    disclaimer: str
    since: date
    until: date | None
    until_source: Source
    afterwards: str
    early_months: int
    most_months: int
    half_year_months: int
    rounding: Source
    retirement_source: Source
    bands: tuple[Band, ...]
    insurance: tuple[InsurancePart, ...]
    resignation: Resignation
    base_wages: tuple[BaseWage, ...]
    male: AgePath
    female: AgePath
    age_source: Source

    def band(self, months: int) -> Band | None:
        """Khoảng chứa số tháng còn lại; ``None``: quy định không nói tới."""
        return next((band for band in self.bands if band.first <= months <= band.last), None)

    def insurance_on(self, day: date) -> InsurancePart:
        """Cách tính phần bảo hiểm của người thôi làm từ ngày ``day``; trước ngày đầu tiên thì theo dòng đầu."""
        return next((part for part in reversed(self.insurance) if part.since <= day), self.insurance[0])

    def base_wage_on(self, day: date) -> BaseWage | None:
        """Mức lương cơ sở trong ngày; ``None``: bộ này chưa biết."""
        return next((wage for wage in reversed(self.base_wages) if wage.since <= day), None)


def monthly_pay(rules: Rules, *, coefficients: Iterable[Fraction], extra: int = 0, on: date) -> int:
    """Tiền lương tháng (đồng): tổng hệ số nhân lương cơ sở của ngày, làm tròn tới đồng, cộng khoản tính bằng tiền.

    ``coefficients``: hệ số lương, phụ cấp chức vụ, vượt khung...; khoản tính theo phần trăm thì đổi ra hệ số trước.
    ``ValueError`` khi hệ số âm hay chưa biết lương cơ sở của ngày ấy.
    """
    parts = tuple(coefficients)
    wage = rules.base_wage_on(on)
    if wage is None or extra < 0 or any(part < 0 for part in parts):
        raise ValueError(f"Không tính được tiền lương ngày {on}: hệ số {parts}, khoản khác {extra}.")
    return dong(sum(parts, Fraction(0)) * wage.amount) + extra


def dong(amount: Fraction) -> int:
    """Tròn tới đồng; nửa đồng thì lên."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


@dataclass(frozen=True, slots=True)
class LeaveBook:
    """Các bộ theo ngày, trước tới sau; lương cơ sở và tuổi nghỉ hưu dùng chung cho mọi bộ."""

    sets: tuple[Rules, ...]

    def on(self, day: date) -> Rules:
        """Bộ của ngày ``day``: bộ cuối cùng đã có hiệu lực, dù đã thôi nhận hồ sơ (phép tính nêu điều ấy); sớm quá thì bộ đầu."""
        return next((rules for rules in reversed(self.sets) if rules.since <= day), self.sets[0])


def book_from(data: Mapping[str, Any]) -> LeaveBook:
    """Cả quyển; lỗi như ``rules_from``."""
    shared = {"base_wage": data["base_wage"], "ages": data["ages"]}
    return LeaveBook(tuple(sorted((rules_from({**row, **shared}) for row in data["sets"]), key=lambda rules: rules.since)))


def rules_from(row: Mapping[str, Any]) -> Rules:
    """Dữ liệu thành quy định; thiếu hay sai ô nào thì ``KeyError`` hay ``ValueError`` nói ô ấy."""
    retirement, ages = row["retirement"], row["ages"]
    bands = tuple(
        Band(
            each["code"], each["name"], each["from"], each["to"], Fraction(each["early"]), Fraction(each["late"]),
            each["fixed_months"], Fraction(each["per_year"]), each["insurance"],
        )
        for each in retirement["bands"]
    )  # fmt: skip
    insurance = sorted(
        (
            InsurancePart(date.fromisoformat(each["since"]), each["years"], Fraction(each["pay"]), Fraction(each["per_year"]))
            for each in retirement["insurance"]
        ),
        key=lambda part: part.since,
    )
    wages = (BaseWage(date.fromisoformat(each["since"]), each["amount"], Source.of(each["source"])) for each in row["base_wage"])
    leaving = row["resignation"]
    return Rules(
        code=row["code"], name=row["name"], disclaimer=row["disclaimer"], since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]) if row["until"] else None, until_source=Source.of(row["until_source"]),
        afterwards=row["afterwards"], early_months=row["early_months"], most_months=row["most_months"],
        half_year_months=row["half_year_months"], rounding=Source.of(row["rounding"]), retirement_source=Source.of(retirement["source"]),
        bands=bands, insurance=tuple(insurance),
        resignation=Resignation(
            leaving["least_months"], Fraction(leaving["early"]), Fraction(leaving["late"]), Fraction(leaving["per_year"]),
            Fraction(leaving["job_search"]), Source.of(leaving["source"]),
        ),
        base_wages=tuple(sorted(wages, key=lambda wage: wage.since)), male=AgePath(**ages["male"]), female=AgePath(**ages["female"]),
        age_source=Source.of(ages["source"]),
    )  # fmt: skip


def shipped_data() -> dict[str, Any]:
    """Quyển đi kèm chương trình, là phiên bản đầu; mỗi lần gọi một bản riêng."""
    return json.loads(files("tinhgon.engine.leave").joinpath("rules.json").read_text(encoding="utf-8"))


@cache
def shipped() -> LeaveBook:
    return book_from(shipped_data())

