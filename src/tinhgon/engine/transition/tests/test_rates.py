"""Việc đến mỗi ngày: của chính đơn vị khi đủ việc, mặc định khi chưa."""

import pytest

from tinhgon.engine.transition.rates import Rate, rate_of


@pytest.mark.parametrize("counts", [[], [5], [25], [1] * 19, [0] * 50])
def test_too_few_items_give_the_default_and_say_so(counts: list[int]) -> None:
    assert rate_of(counts, default=3.5) == Rate(3.5, 1.0, is_own=False)


def test_enough_items_give_the_offices_own_mean_and_spread() -> None:
    assert rate_of([2] * 10, default=9) == Rate(2.0, 0.0, is_own=True)
    assert rate_of([0, 4] * 10, default=9) == Rate(2.0, pytest.approx(80 / 19 / 2), is_own=True)
