"""Tập con nhỏ nhất vẫn trái nhau (QuickXplain, Junker 2004): chia đôi, nên số lần hỏi theo cỡ của tập, không theo cỡ của danh sách."""

from collections.abc import Callable, Sequence

from tinhgon.engine.placement.conflict.candidates import Rule


def smallest(rules: Sequence[Rule], breaks: Callable[[Sequence[Rule]], bool]) -> tuple[Rule, ...]:
    """``rules`` trái nhau và khi trống thì không; luật đứng trước được giữ lại hơn luật đứng sau."""

    def within(kept: list[Rule], rest: list[Rule], *, is_new: bool) -> list[Rule]:
        if is_new and breaks(kept):
            return []
        if len(rest) == 1:
            return rest
        half = len(rest) // 2
        last = within([*kept, *rest[:half]], rest[half:], is_new=True)
        return [*within([*kept, *last], rest[:half], is_new=bool(last)), *last]

    return tuple(within([], list(rules), is_new=False))
