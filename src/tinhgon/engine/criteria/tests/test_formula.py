"""Ngôn ngữ công thức: đọc đúng, tính đúng, và không cho phép gì ngoài bốn phép tính."""

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.engine.criteria.formula import LONGEST, Name, NoValue, Number, Operation, parse, told
from tinhgon.engine.refusal import Refused

NAMES = ("org.staff", "org.seats", "tasks.open")
FIGURES = {"org.staff": Fraction(8), "org.seats": Fraction(10), "tasks.open": Fraction(3)}


def refused(text: str) -> str:
    with pytest.raises(Refused) as refusal:
        parse(text)
    return refusal.value.code


class TestReading:
    @pytest.mark.parametrize(("text", "value"), [
        ("100 * org.staff / org.seats", 80), ("100 × org.staff ÷ org.seats", 80), ("100 * org.staff : org.seats", 80),
        ("org.seats - org.staff - 1", 1), ("org.seats – (org.staff – 1)", 3), ("0,5 * org.staff", 4), ("0.5*org.staff", 4),
        ("min(org.staff; 5)", 5), ("max(org.staff, 12)", 12), ("max(org.staff)", 8), ("-org.staff + 10", 2),
    ])  # fmt: skip
    def test_it_means_what_an_office_would_read(self, text, value):
        assert parse(text).value(FIGURES) == value

    def test_a_decimal_comma_is_no_separator_and_a_semicolon_is(self):
        assert parse("min(0,5; 2)").value({}) == Fraction(1, 2)

    def test_figures_are_named_once_in_the_order_met(self):
        assert parse("org.seats - org.staff / org.seats").figures == ("org.seats", "org.staff")

    def test_tenths_are_exact(self):
        assert parse("0,1 + 0,2").value({}) == Fraction(3, 10)

    def test_a_missing_figure_is_never_a_zero(self):
        with pytest.raises(KeyError):
            parse("org.staff + tasks.closed").value(FIGURES)

    def test_dividing_by_nothing_has_no_value_and_names_the_divisor(self):
        with pytest.raises(NoValue) as none:
            parse("100 / (org.staff - 8)").value(FIGURES)
        assert told(none.value.divisor, str) == "org.staff − 8"


class TestRefusing:
    @pytest.mark.parametrize("text", [
        "__import__('os').system('ls')", "org.staff.real", "org", "[1, 2]", "1 if org.staff else 2", "org.staff ** 9999", "org.staff % 2",
        "org.staff // 2", "lambda: 1", "'a' * 9", "abs(org.staff)", "min()", "min(*org.staff)", "min(org.staff, key=org.seats)", "org['staff']",
        "org.staff < 3", "org.staff and 1", "~1", "not org.staff", "(x := 3)", "{1}", "f'{org}'", "True", "org.staff, org.seats", "min.x(1)", "print(1)",
    ])  # fmt: skip
    def test_anything_else_than_arithmetic_is_no_formula(self, text):
        assert refused(text) in ("formula_part", "formula_number", "formula_syntax")

    @pytest.mark.parametrize("text", ["1e999999999", "0x10", "1_000", "1j", "1234567890123", "0.1234567"])
    def test_numbers_are_plain_and_short(self, text):
        assert refused(text) == "formula_number"

    @pytest.mark.parametrize("text", ["", "   "])
    def test_nothing_is_no_formula(self, text):
        assert refused(text) == "formula_empty"

    @pytest.mark.parametrize("text", ["org.staff +", "(org.staff", "org.staff org.seats", "+", "\x00", "100 *\norg.staff", "()"])
    def test_a_slip_is_said(self, text):
        assert refused(text) in ("formula_syntax", "formula_part")

    def test_a_formula_has_a_longest(self):
        assert refused("1+" * LONGEST + "1") == "formula_long"

    @given(st.text(max_size=60))
    def test_no_text_breaks_the_reader(self, text):
        with suppress(Refused):
            parse(text)

    def test_deep_brackets_are_no_crash(self):
        assert parse("(" * 149 + "1" + ")" * 149).value({}) == 1


numbers = st.integers(0, 999).map(lambda n: Number(Fraction(n), str(n)))
trees = st.recursive(
    numbers | st.sampled_from(NAMES).map(Name),
    lambda inner: st.builds(Operation, st.sampled_from("+−×÷"), inner, inner),
    max_leaves=8,
)


class TestWriting:
    @given(trees)
    def test_what_is_written_reads_back_to_the_same_formula(self, tree):
        written = told(tree, str)
        assert parse(written).root == tree

    def test_it_reads_in_words(self):
        words = {"org.staff": "cán bộ", "org.seats": "ghế"}
        assert parse("100*(org.seats-org.staff)/org.seats").told(words.__getitem__) == "100 × (ghế − cán bộ) ÷ ghế"

    @given(st.fractions(1, 50))
    def test_a_ratio_of_two_figures_does_not_see_the_scale(self, factor):
        ratio = parse("org.staff / org.seats")
        scaled = {code: value * factor for code, value in FIGURES.items()}
        assert ratio.value(scaled) == ratio.value(FIGURES)
