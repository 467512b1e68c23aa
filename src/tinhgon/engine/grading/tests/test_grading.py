"""Phép tính xếp loại: ví dụ của quy định, mẫu số 0 là chưa đủ dữ liệu, tỉ lệ xuất sắc là phần nguyên; bất biến bằng hypothesis."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.engine.grading import (
    Facts,
    Level,
    Product,
    cap_of,
    findings,
    followers_part,
    leader_points,
    parts,
    shipped,
    specialist_points,
)

PARTY = shipped().by_code("QD366-2025")
products = st.builds(
    Product, weight=st.fractions(min_value=Fraction(4, 5), max_value=2), is_done=st.booleans(), redos=st.integers(0, 6), delays=st.integers(0, 6)
)


def test_ninety_two_points_with_a_quarter_exceeded_is_not_excellent() -> None:
    """domain §9 ví dụ 8: cần 30 % vượt yêu cầu."""
    found = findings(PARTY, Level.EXCELLENT, Fraction(92), Facts(assigned=20, done=20, on_time=20, late=0, exceeded=5))
    assert [(f.code, f.share, f.bar) for f in found] == [("exceeded_too_few", Fraction(1, 4), Fraction(3, 10))]
    assert findings(PARTY, Level.GOOD, Fraction(92), Facts(20, 20, 20, 0, 5)) == ()


def test_eight_excellent_of_thirty_is_over_the_fifth() -> None:
    """domain §9 ví dụ 8: 8 trong 30 người tốt trở lên, tối đa 6; nguồn rộng nhất cho 7: vẫn quá."""
    cap = cap_of(PARTY, [Level.EXCELLENT] * 8 + [Level.GOOD] * 22 + [Level.DONE] * 9)
    assert (cap.excellent, cap.good_or_better, cap.most, cap.most_anywhere) == (8, 30, 6, 7)
    assert cap.is_over
    assert cap.is_over_everywhere


def test_between_two_sources_the_cap_is_over_but_not_everywhere() -> None:
    cap = cap_of(PARTY, [Level.EXCELLENT] * 7 + [Level.GOOD] * 23)
    assert cap.is_over
    assert not cap.is_over_everywhere


@pytest.mark.parametrize(("points", "level"), [(100, "excellent"), (90, "excellent"), (89, "good"), (70, "good"), (69, "done"), (50, "done"), (49, "failed"), (0, "failed")])
def test_points_reach_their_level_at_the_very_bar(points: int, level: str) -> None:
    assert PARTY.level_of(Fraction(points)) == level


@pytest.mark.parametrize(("level", "facts", "codes"), [
    ("good", Facts(0, 0, 0, 0), ["no_tasks"]),
    ("good", Facts(10, 10, 9, 1), ["not_all_on_time"]),
    ("done", Facts(10, 10, 8, 2), []),
    ("done", Facts(10, 10, 7, 3), ["too_many_late"]),
    ("done", Facts(10, 9, 9, 0), ["not_all_done"]),
    ("excellent", Facts(10, 10, 10, 0), ["exceeded_unknown"]),
    ("failed", Facts(10, 1, 0, 9), []),
])  # fmt: skip
def test_each_gap_between_level_and_evidence_is_named(level: str, facts: Facts, codes: list[str]) -> None:
    assert [found.code for found in findings(PARTY, Level(level), None, facts)] == codes


def test_a_zero_denominator_is_too_little_data_never_full_marks() -> None:
    assert parts([]) == (None, None, None)
    assert parts([Product(is_done=False)]) == (0, None, None)
    assert specialist_points(parts([])) is None
    assert followers_part(0, 0) is None
    assert leader_points((*parts([Product()]), followers_part(0, 3), None, Fraction(1))) is None


def test_the_formulas_on_plain_numbers() -> None:
    """Mười sản phẩm, chín xong, một làm lại một lần, một chậm hai lần."""
    done = [Product() for _n in range(7)] + [Product(redos=1), Product(delays=2)]
    abc = parts([*done, Product(is_done=False)])
    assert abc == (Fraction(9, 10), Fraction(35, 36), Fraction(17, 18))
    assert specialist_points(abc) == 70 * sum(abc) / 3
    assert leader_points((1, 1, 1, followers_part(1, 6), 1, 1)) == Fraction(70 * 11, 12)


@pytest.mark.parametrize("wrong", [(1, 1), (1, 1, 2), (1, 1, -1)])
def test_parts_out_of_shape_are_an_error(wrong: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="phần"):
        specialist_points([Fraction(part) for part in wrong])


@given(st.lists(products, max_size=12))
def test_parts_stay_between_nought_and_one_and_points_within_seventy(listed: list[Product]) -> None:
    abc = parts(listed)
    assert all(part is None or 0 <= part <= 1 for part in abc)
    points = specialist_points(abc)
    assert points is None or 0 <= points <= 70


@given(st.lists(products, min_size=1, max_size=12), st.randoms())
def test_the_order_of_products_does_not_matter(listed: list[Product], random) -> None:
    shuffled = listed[:]
    random.shuffle(shuffled)
    assert parts(shuffled) == parts(listed)


@given(st.lists(st.sampled_from(list(Level)), max_size=60))
def test_one_more_good_person_never_lowers_the_cap(levels: list[Level]) -> None:
    assert cap_of(PARTY, [*levels, Level.GOOD]).most >= cap_of(PARTY, levels).most


def test_rules_follow_the_day_the_period_ends() -> None:
    assert shipped().on(date(2025, 6, 30), period="quarter") is None
    assert shipped().on(date(2024, 12, 31), period="year").code == "QD124-2023"
    assert shipped().on(date(2025, 9, 30), period="quarter").code == "QD366-2025"
    assert shipped().on(date(2026, 3, 31), period="quarter", side="state").code == "ND335-2025"


def test_every_rule_names_its_source_and_levels_in_order() -> None:
    for rules in shipped().sets:
        assert rules.source.document
        assert rules.share_source.document
        bars = [bar.points for bar in rules.bars.values() if bar.points is not None]
        assert bars == sorted(bars, reverse=True)
    assert all(title.source.document for title in shipped().titles)
