"""Ước tính khi thôi làm: các mốc làm tròn, các khoảng tuổi, ví dụ mẫu, tuổi nghỉ hưu theo năm sinh."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.engine.form.rules import Certainty
from tinhgon.engine.leave import (
    Birth,
    Case,
    Estimate,
    LeaveProblem,
    Leaving,
    Sex,
    estimate,
    monthly_pay,
    months_early,
    pension_starts,
    rounded_years,
    shipped,
)
from tinhgon.engine.leave.ages import add_months

RULES = shipped().on(date(2025, 7, 1))
PAY = 20_000_000
DECIDED = date(2025, 7, 1)
EARLY, LATE = DECIDED, date(2026, 7, 1)


def case(months: int, insured: int = 360, *, leave_on: date = EARLY, pay: int = PAY, decided_on: date = DECIDED) -> Case:
    return Case(pay=pay, months_early=months, insured_months=insured, decided_on=decided_on, leave_on=leave_on)


def retire(*args: int, **kwargs: date) -> Estimate:
    return estimate(RULES, Leaving.RETIREMENT, case(*args, **kwargs))


def resign(*args: int, **kwargs: date) -> Estimate:
    return estimate(RULES, Leaving.RESIGNATION, case(*args, **kwargs))


def amounts(found: Estimate) -> dict[str, int]:
    return {line.code: line.amount for line in found.lines}


@pytest.mark.parametrize(
    ("months", "years"),
    [(0, "0"), (1, "1/2"), (5, "1/2"), (6, "1/2"), (7, "1"), (11, "1"), (12, "1"), (13, "3/2"), (30, "5/2"), (31, "3"), (36, "3")],
)
def test_odd_months_are_half_a_year_up_to_six_and_a_year_beyond(months: int, years: str) -> None:
    assert rounded_years(months) == Fraction(years)


@given(st.integers(0, 720))
def test_rounding_never_takes_away_and_gives_less_than_half_a_year(months: int) -> None:
    assert 0 <= rounded_years(months) - Fraction(months, 12) < Fraction(1, 2)


def test_the_worked_example_is_1250_million() -> None:
    found = retire(36, 360)
    assert amounts(found) == {"early_months": 720_000_000, "early_years": 300_000_000, "insured_first": 80_000_000, "insured_more": 150_000_000}
    assert found.total == 1_250_000_000


def test_every_line_says_what_times_what() -> None:
    assert [line.product for line in retire(36, 360).lines] == [
        "36 tháng × 1 tháng lương × 20.000.000 đ = 720.000.000 đ",
        "3 năm × 5 tháng lương × 20.000.000 đ = 300.000.000 đ",
        "4 tháng lương × 20.000.000 đ = 80.000.000 đ",
        "15 năm × 0,5 tháng lương × 20.000.000 đ = 150.000.000 đ",
    ]


def test_every_line_and_the_whole_name_their_source_and_that_they_are_an_estimate() -> None:
    found = retire(66, 361, leave_on=date(2026, 1, 1))
    assert all(line.source.document and line.source.certainty in Certainty for line in found.lines)
    assert {note.code for note in found.notes} == {"rounded", "intake_closed"}
    assert "ước tính" in found.disclaimer


@pytest.mark.parametrize(
    ("months", "band", "of_months", "rate", "per_year"),
    [
        (1, "under_2", 1, "1", None), (23, "under_2", 23, "1", None), (24, "2_to_5", 24, "1", "5"), (60, "2_to_5", 60, "1", "5"),
        (61, "5_to_10", 60, "9/10", "4"), (120, "5_to_10", 60, "9/10", "4"),
    ],
)  # fmt: skip
def test_the_age_bands_change_exactly_at_two_five_and_ten_years(months: int, band: str, of_months: int, rate: str, per_year: str | None) -> None:
    found = retire(months)
    assert (found.band, found.lines[0].count, found.lines[0].rate) == (band, of_months, Fraction(rate))
    assert [str(line.rate) for line in found.lines if line.code == "early_years"] == ([per_year] if per_year else [])
    assert any(line.code == "insured_first" for line in found.lines) == (per_year is not None)


@pytest.mark.parametrize(("months", "early", "late"), [(23, "1", "1/2"), (36, "1", "1/2"), (90, "9/10", "9/20")])
def test_later_than_twelve_months_after_the_decision_halves_the_monthly_part_only(months: int, early: str, late: str) -> None:
    first, second = retire(months, leave_on=date(2026, 6, 30)), retire(months, leave_on=LATE)
    assert (first.is_early_window, second.is_early_window) == (True, False)
    assert (first.lines[0].rate, second.lines[0].rate) == (Fraction(early), Fraction(late))
    assert first.lines[1:] == second.lines[1:]


def test_before_july_2025_the_first_twenty_insured_years_give_five_months_then_fifteen_give_four() -> None:
    before = retire(36, 360, decided_on=date(2025, 2, 1), leave_on=date(2025, 6, 30))
    after = retire(36, 360, decided_on=date(2025, 2, 1), leave_on=date(2025, 7, 1))
    assert (amounts(before)["insured_first"], amounts(before)["insured_more"]) == (5 * PAY, 5 * PAY)
    assert (amounts(after)["insured_first"], amounts(after)["insured_more"]) == (4 * PAY, PAY * 15 // 2)


@pytest.mark.parametrize(("insured", "codes"), [(179, []), (180, ["insured_first"]), (181, ["insured_first", "insured_more"])])
def test_the_insurance_part_begins_with_the_full_first_years(insured: int, codes: list[str]) -> None:
    found = retire(36, insured)
    assert [line.code for line in found.lines if line.code.startswith("insured")] == codes
    assert ("insured_too_short" in {note.code for note in found.notes}) == (not codes)


@pytest.mark.parametrize(("months", "insured", "counted"), [(24, 360, 24), (59, 360, 59), (61, 360, 60), (400, 360, 60), (400, 18, 18)])
def test_resigning_counts_months_to_retirement_at_most_sixty_and_at_most_the_insured(months: int, insured: int, counted: int) -> None:
    found = resign(months, insured)
    assert amounts(found) == {
        "resign_months": counted * PAY * 4 // 5, "resign_years": int(rounded_years(insured) * PAY * 3 / 2), "job_search": 3 * PAY,
    }  # fmt: skip
    assert resign(months, insured, leave_on=LATE).lines[0].rate == Fraction(2, 5)


@pytest.mark.parametrize(
    ("leaving", "wrong", "code"),
    [
        (Leaving.RETIREMENT, case(0), "reached_age"), (Leaving.RETIREMENT, case(121), "too_early_to_retire"),
        (Leaving.RETIREMENT, case(-1), "negative"), (Leaving.RETIREMENT, case(36, -1), "negative"), (Leaving.RETIREMENT, case(36, pay=0), "no_pay"),
        (Leaving.RETIREMENT, case(36, 721), "too_long_insured"), (Leaving.RETIREMENT, case(36, leave_on=date(2025, 6, 30)), "before_decision"),
        (Leaving.RESIGNATION, case(23), "too_near_to_resign"),
    ],
)  # fmt: skip
def test_what_the_law_does_not_cover_is_refused_with_its_reason(leaving: Leaving, wrong: Case, code: str) -> None:
    with pytest.raises(LeaveProblem) as caught:
        estimate(RULES, leaving, wrong)
    assert caught.value.code == code


@given(st.integers(1, 120), st.integers(0, 600), st.integers(1, 10**9), st.booleans())
def test_amounts_are_whole_dong_within_half_a_dong_and_sum_to_the_total(months: int, insured: int, pay: int, late: bool) -> None:
    found = estimate(RULES, Leaving.RETIREMENT, case(months, insured, pay=pay, leave_on=LATE if late else EARLY))
    assert found.total == sum(line.amount for line in found.lines)
    for line in found.lines:
        assert type(line.amount) is int
        assert abs(line.amount - line.count * line.rate * pay) <= Fraction(1, 2)


@given(st.integers(1, 120), st.integers(0, 599))
def test_more_insured_time_never_gives_less(months: int, insured: int) -> None:
    assert retire(months, insured).total <= retire(months, insured + 1).total


@pytest.mark.parametrize(
    ("sex", "birth", "pension"),
    [
        # Phụ lục I Nghị định 135/2020: người đầu và người cuối của từng bậc tuổi
        (Sex.MALE, (1960, 12), (2021, 1)), (Sex.MALE, (1961, 1), (2021, 5)), (Sex.MALE, (1961, 9), (2022, 1)), (Sex.MALE, (1961, 10), (2022, 5)),
        (Sex.MALE, (1962, 6), (2023, 1)), (Sex.MALE, (1962, 7), (2023, 5)), (Sex.MALE, (1964, 9), (2026, 1)), (Sex.MALE, (1964, 10), (2026, 5)),
        (Sex.MALE, (1966, 3), (2028, 1)), (Sex.MALE, (1966, 4), (2028, 5)), (Sex.MALE, (1980, 2), (2042, 3)),
        (Sex.FEMALE, (1965, 12), (2021, 1)), (Sex.FEMALE, (1966, 1), (2021, 6)), (Sex.FEMALE, (1966, 8), (2022, 1)), (Sex.FEMALE, (1966, 9), (2022, 6)),
        (Sex.FEMALE, (1969, 4), (2026, 1)), (Sex.FEMALE, (1974, 9), (2034, 6)), (Sex.FEMALE, (1975, 4), (2035, 1)),
        (Sex.FEMALE, (1975, 5), (2035, 6)), (Sex.FEMALE, (1980, 12), (2041, 1)),
    ],
)  # fmt: skip
def test_the_pension_starts_the_month_after_the_age_of_that_year(sex: Sex, birth: tuple[int, int], pension: tuple[int, int]) -> None:
    assert pension_starts(RULES, Birth(*birth), sex) == date(*pension, 1)


@given(st.integers(1940, 2030), st.integers(1, 12), st.sampled_from(Sex))
def test_nobody_born_later_retires_earlier(year: int, month: int, sex: Sex) -> None:
    later = Birth(year + month // 12, month % 12 + 1)
    assert pension_starts(RULES, Birth(year, month), sex) < pension_starts(RULES, later, sex)


def test_a_record_with_only_the_year_counts_from_january() -> None:
    assert pension_starts(RULES, Birth(1970), Sex.MALE) == pension_starts(RULES, Birth(1970, 1), Sex.MALE)
    with pytest.raises(ValueError):
        Birth(1970, 13)


@pytest.mark.parametrize(
    ("leave_on", "months"), [(date(2025, 7, 1), 36), (date(2025, 7, 2), 35), (date(2025, 6, 30), 36), (date(2028, 7, 1), 0), (date(2029, 1, 1), 0)]
)
def test_only_full_months_count_as_early(leave_on: date, months: int) -> None:
    assert months_early(leave_on, date(2028, 7, 1)) == months


def test_twelve_months_after_a_leap_day_lose_no_day() -> None:
    assert add_months(date(2024, 2, 29), 12) == date(2025, 3, 1)


def test_pay_is_coefficients_times_the_base_wage_of_the_day() -> None:
    parts = (Fraction("4.98"), Fraction("0.5"))
    assert monthly_pay(RULES, coefficients=parts, on=date(2025, 7, 1)) == 12_823_200
    assert monthly_pay(RULES, coefficients=parts, extra=100_000, on=date(2026, 7, 1)) == 13_964_400
    with pytest.raises(ValueError):
        monthly_pay(RULES, coefficients=parts, on=date(2020, 1, 1))
