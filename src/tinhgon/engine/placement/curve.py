"""Đường đánh đổi: nhường bao nhiêu điểm nghề thì thêm bao nhiêu nguyện vọng. Người lãnh đạo chọn một điểm; chương trình không chọn thay."""

from dataclasses import dataclass, replace

from tinhgon.engine.placement.fairness import Outcome, outcome
from tinhgon.engine.placement.model import Plan, Weights
from tinhgon.engine.placement.solving import Planner


@dataclass(frozen=True, slots=True)
class Point:
    weights: Weights
    outcome: Outcome
    plan: Plan


def trade_off(planner: Planner, base: Weights | None = None, steps: int = 10) -> tuple[Point, ...]:
    """Kéo dần từ nghề chính sang nguyện vọng; hai thanh kia giữ nguyên. Bỏ các điểm trùng kết quả."""
    base = base or Weights()
    found: list[Point] = []
    for step in range(steps + 1):
        wishes = 100 * step // steps
        weights = replace(base, mastery=100 - wishes, wishes=wishes)
        plan = planner.plan(weights)
        got = outcome(planner.problem, plan, planner.problem.people)
        if not found or got != found[-1].outcome:
            found.append(Point(weights, got, plan))
    return tuple(found)
