"""Đo một phương án đã tính: đường đánh đổi, công bằng, so bì, và ý kiến thứ hai theo nguyện vọng. Chỉ đo, không đổi chỗ của ai."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tinhgon.engine.placement.model import Weights
from tinhgon.reorg.models import Placement
from tinhgon.reorg.placing import door
from tinhgon.reorg.placing.assembly import problem_of
from tinhgon.reorg.placing.solving import full_of, plan_of, weights_of

if TYPE_CHECKING:
    from tinhgon.engine.placement.fairness import Fairness

FIRST_WISH, FIRST_THREE = 70, 90
"""Mức nguyện vọng để soi: phần trăm người nêu nguyện vọng và có chỗ được nguyện vọng một, được một trong ba. Mức là của chúng tôi."""


def weigh(placement: Placement) -> None:
    """Chậm hơn một lần tính: giải lại ở nhiều mức."""
    problem, plan = problem_of(placement.reorganisation, placement.rules), plan_of(placement)
    planner, weights = door.planner(problem), weights_of(placement)
    report = door.fairness(problem, plan, year=placement.reorganisation.effective_on.year, full=full_of(placement))
    opinion = door.second_opinion(planner, weights)
    placement.figures |= {
        "curve": [_point(one.weights, asdict(one.outcome)) for one in door.trade_off(planner, weights)],
        "fairness": _fairness(report),
        "second": asdict(door.outcome(problem, opinion.plan)) | {
            "blocking": opinion.blocking, "elsewhere": sum(opinion.plan.places.get(one.id) != plan.places.get(one.id) for one in problem.people),
        },
        "own": asdict(report.everyone),
    }  # fmt: skip
    placement.save(update_fields=["figures"])


def _fairness(report: "Fairness") -> dict[str, Any]:
    return {
        "groups": [{"by": one.by, "name": one.name, "gap": one.gap, **asdict(one.outcome)} for one in report.groups],
        "hidden": report.hidden, "envy": len(report.envy), "envious": len({one.person for one in report.envy}),
        "level": sum(one.is_level for one in report.envy), "unexplained": sum(not one.is_explained for one in report.envy),
    }  # fmt: skip


def _point(weights: Weights, outcome: dict[str, Any]) -> dict[str, Any]:
    return outcome | {"mastery_got": outcome["mastery"], "mastery": weights.mastery, "wishes": weights.wishes}


def share(part: int, whole: int) -> float:
    """Phần trăm, một số lẻ."""
    return round(100 * part / whole, 1) if whole else 0.0


def meets(point: dict[str, Any]) -> bool:
    """Điểm này đạt mức nguyện vọng chưa."""
    seated = point["seated"]
    return bool(seated) and 100 * point["first"] >= FIRST_WISH * seated and 100 * point["three"] >= FIRST_THREE * seated


def leaning(placement: Placement) -> dict[str, Any] | None:
    """Điểm đầu tiên trên đường đánh đổi đạt mức nguyện vọng: ít phải nhường thạo việc nhất. ``None``: không điểm nào, hay chưa đo."""
    return next((point for point in placement.figures.get("curve", ()) if meets(point)), None)
