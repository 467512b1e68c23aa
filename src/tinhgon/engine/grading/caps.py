"""Tỉ lệ hoàn thành xuất sắc: tính trên số người được mức tốt trở lên; tối đa là phần nguyên."""

from collections.abc import Iterable
from dataclasses import dataclass

from tinhgon.engine.grading.rules import GOOD_OR_BETTER, Level, Rules


@dataclass(frozen=True, slots=True)
class Cap:
    """``most``: tối đa theo bộ quy định; ``most_anywhere``: tối đa theo nguồn rộng nhất. Giữa hai con số: các nguồn khác nhau."""

    excellent: int
    good_or_better: int
    most: int
    most_anywhere: int

    @property
    def is_over(self) -> bool:
        return self.excellent > self.most

    @property
    def is_over_everywhere(self) -> bool:
        """Quá cả tỉ lệ rộng nhất mà một nguồn nêu: không nguồn nào cho phép."""
        return self.excellent > self.most_anywhere


def cap_of(rules: Rules, levels: Iterable[Level]) -> Cap:
    """8 người xuất sắc trong 30 người tốt trở lên, tỉ lệ 20 %: tối đa 6."""
    listed = list(levels)
    better = sum(level in GOOD_OR_BETTER for level in listed)
    widest = max(rules.share, rules.higher.share) if rules.higher else rules.share
    return Cap(listed.count(Level.EXCELLENT), better, int(rules.share * better), int(widest * better))
