"""Tính thước đo và so: thiếu thì không tính, hơn kém theo số viết ra, không cộng điểm."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.engine.criteria.compare import Missing, Verdict, compute, differences, overall, shown, verdict
from tinhgon.engine.criteria.measures import changes, measure_from
from tinhgon.engine.refusal import Refused

ROW = {
    "code": "truc-tiep", "criterion": "gon", "name": "Ghế làm trực tiếp", "formula": "100 * (org.seats - org.heads) / org.seats", "unit": "%",
    "better": "more", "sentence": "[trước] % [còn] [sau] % ghế làm trực tiếp", "basis": "Bớt tầng nấc", "decimals": 1,
}  # fmt: skip
counts = st.integers(0, 10_000)


def measured(row=ROW, **figures):
    return compute(measure_from(row), {f"org.{name}": value if isinstance(value, Missing) else Fraction(value) for name, value in figures.items()})


class TestComputing:
    def test_a_result_can_be_computed_again_from_what_it_shows(self):
        found = measured(seats=120, heads=12)
        assert found.value == found.measure.formula.value(found.used) == 90

    def test_a_missing_figure_leaves_no_result_and_keeps_its_reason(self):
        found = measured(seats=120, heads=Missing("chưa có mẫu vị trí"))
        assert (found.value, found.missing, found.used["org.heads"].reason) == (None, ("org.heads",), "chưa có mẫu vị trí")

    def test_no_seat_at_all_is_no_result_either(self):
        found = measured(seats=0, heads=0)
        assert found.value is None
        assert found.zero is not None

    @given(counts, counts)
    def test_more_heads_on_the_same_seats_is_never_leaner(self, seats, heads):
        before, after = measured(seats=seats + 1, heads=heads), measured(seats=seats + 1, heads=heads + 1)
        assert after.value < before.value
        assert verdict(before, after) in (Verdict.WORSE, Verdict.SAME)

    @given(counts, counts, st.integers(1, 50))
    def test_a_share_does_not_see_the_scale(self, seats, heads, times):
        assert measured(seats=(seats + 1) * times, heads=heads * times).value == measured(seats=seats + 1, heads=heads).value


class TestComparing:
    @given(st.lists(counts, min_size=4, max_size=4))
    def test_better_one_way_is_worse_the_other_way(self, numbers):
        one, other = measured(seats=numbers[0] + 1, heads=numbers[1]), measured(seats=numbers[2] + 1, heads=numbers[3])
        opposite = {Verdict.BETTER: Verdict.WORSE, Verdict.WORSE: Verdict.BETTER, Verdict.SAME: Verdict.SAME}
        assert verdict(other, one) == opposite[verdict(one, other)]

    def test_two_numbers_written_alike_are_not_told_apart(self):
        assert verdict(measured(seats=100_000, heads=1), measured(seats=100_000, heads=2)) == Verdict.SAME

    @pytest.mark.parametrize(("seen", "told"), [
        ("", "unknown"), ("unknown", "unknown"), ("same", "same"), ("better same", "better"), ("worse unknown", "worse"), ("better worse", "mixed"),
        ("better unknown", "better"), ("same unknown", "unknown"), ("better worse unknown", "mixed"),
    ])  # fmt: skip
    def test_a_criterion_is_better_only_when_nothing_gets_worse(self, seen, told):
        assert overall(Verdict(one) for one in seen.split()) == told

    def test_criteria_come_in_the_order_they_are_always_read(self):
        rows = [ROW | {"code": f"m{n}", "criterion": name} for n, name in enumerate(("hieu-qua", "tinh", "gon"))]
        results = [measured(row, seats=10, heads=1) for row in rows]
        assert [one.criterion for one in differences(results, results)] == ["tinh", "gon", "hieu-qua"]

    @given(st.fractions(-1000, 1000), st.integers(0, 3))
    def test_rounding_moves_a_value_by_half_a_step_at_most(self, value, decimals):
        assert abs(shown(value, decimals) - value) <= Fraction(1, 2 * 10**decimals)


class TestMeasureData:
    def test_a_row_comes_back_as_it_went(self):
        assert measure_from(measure_from(ROW).as_row()) == measure_from(ROW)

    @pytest.mark.parametrize(("changed", "field"), [
        ({"code": "Có dấu"}, "code"), ({"name": " "}, "name"), ({"sentence": "chỉ có [sau]"}, "sentence"), ({"sentence": "[trước] [sau] [x]"}, "sentence"),
        ({"sentence": "[trước] [sau] ]"}, "sentence"), ({"basis": ""}, "basis"), ({"criterion": "dep"}, "criterion"), ({"better": "up"}, "better"), ({"decimals": 9}, "decimals"),
        ({"decimals": True}, "decimals"), ({"formula": "100"}, "formula"),
    ])  # fmt: skip
    def test_a_wrong_box_is_named(self, changed, field):
        with pytest.raises(Refused) as refusal:
            measure_from(ROW | changed)
        assert refusal.value.data["field"] == field

    def test_a_figure_nobody_counts_is_refused(self):
        with pytest.raises(Refused) as refusal:
            measure_from(ROW, known={"org.seats"})
        assert (refusal.value.code, refusal.value.data["codes"]) == ("formula_unknown", "org.heads")

    def test_two_versions_differ_box_by_box(self):
        old, new = measure_from(ROW), measure_from(ROW | {"unit": "phần trăm"})
        assert [(one.field, one.before, one.after) for one in changes([old], [new])] == [("unit", "%", "phần trăm")]
        assert [(one.field, one.before, one.after) for one in changes([old], [])] == [("", "Ghế làm trực tiếp", "")]
