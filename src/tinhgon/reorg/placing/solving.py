"""Giải một phương án và ghi kết quả: đề xuất cho từng người, con số, chứng chỉ."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from tinhgon.core import clock
from tinhgon.core.errors import Reason, Refused
from tinhgon.engine import refusal
from tinhgon.engine.placement.model import Certificate, Plan, Problem, Weights
from tinhgon.reorg.models import Placement, Proposal
from tinhgon.reorg.placing.assembly import (
    Mover,
    baseline_of,
    movers,
    number_of,
    person_key,
    post_key,
    problem_of,
)
from tinhgon.reorg.placing.saying import ByName

_ENGINE = "tinhgon.engine.placement"
_PLANNER = f"{_ENGINE}.solving.Planner"
"""Nạp khi chạy: máy giải kéo theo OR-tools, mà phần lớn lệnh và trang không giải gì."""
TOP_WISHES = 3


def weights_of(placement: Placement) -> Weights:
    return Weights(**{name: int(placement.weights.get(name, default)) for name, default in defaults().items()})


def defaults() -> dict[str, int]:
    """Các thanh kéo và mức ban đầu."""
    return dict(zip(Weights.names(), Weights().values(), strict=True))


def compute(placement: Placement) -> None:
    """Giải và ghi. Gọi trong giao dịch, khi đã khóa phương án."""
    reorg = placement.reorganisation
    problem = problem_of(reorg, placement.rules)
    planner, solved = _solved(problem, weights_of(placement))
    placement.baseline = baseline_of(reorg)
    placement.figures = figures_of(problem, solved)
    placement.certificate = _kept(solved.certificate)
    placement.computed_at = clock.now()
    placement.save(update_fields=["baseline", "figures", "certificate", "computed_at"])
    choices = planner.network.options
    counted = dict(zip((one.id for one in choices.people), (choices.first[1:] - choices.first[:-1]).tolist(), strict=True))
    _write(placement, movers(reorg), solved.places, counted)


def _write(placement: Placement, waiting: list[Mover], places: Mapping[str, str], options: Mapping[str, int]) -> None:
    """Đề xuất mới; người mà đề xuất không đổi thì giữ ý kiến đã nêu."""
    said = {one.person_id: one for one in placement.proposals.exclude(state=Proposal.State.PROPOSED)}
    placement.proposals.all()._raw_delete(using="default")
    made = []
    for one in waiting:
        place = places.get(person_key(one.person_id))
        post = number_of(place) if place else None
        fresh = Proposal(
            placement=placement, person_id=one.person_id, appointment_id=one.appointment_id, post_id=post,
            options=options.get(person_key(one.person_id), 0),
        )  # fmt: skip
        before = said.get(one.person_id)
        if before is not None and before.post_id == post and before.appointment_id == one.appointment_id:
            for name in ("state", "opinion", "opinion_at", "answer", "answered_by_id", "answered_at"):
                setattr(fresh, name, getattr(before, name))
        made.append(fresh)
    Proposal.objects.bulk_create(made, batch_size=2000)


def _solved(problem: Problem, weights: Weights) -> tuple[Any, Plan]:
    """``Refused`` bằng câu của động cơ khi bài toán quá lớn hay tự mâu thuẫn."""
    try:
        planner = import_string(_PLANNER)(problem)
        return planner, planner.plan(weights)
    except refusal.Refused as refused:
        raise Refused(Reason(f"placement.{refused.code}", ByName(problem, _).refusal(refused))) from refused


def weigh(placement: Placement) -> None:
    """Đường đánh đổi và báo cáo công bằng, ghi cạnh con số của phương án. Chậm hơn một lần tính: giải lại ở nhiều mức."""
    problem, plan = problem_of(placement.reorganisation, placement.rules), plan_of(placement)
    planner = import_string(_PLANNER)(problem)
    points = import_string(f"{_ENGINE}.curve.trade_off")(planner, weights_of(placement))
    report = import_string(f"{_ENGINE}.fairness.fairness")(problem, plan, year=placement.reorganisation.effective_on.year)
    placement.figures |= {
        "curve": [_point(one.weights, asdict(one.outcome)) for one in points],
        "fairness": {
            "groups": [{"by": one.by, "name": _group_name(problem, one.by, one.name), "gap": one.gap, **asdict(one.outcome)} for one in report.groups],
            "hidden": report.hidden, "envy": len(report.envy),
            "unexplained": sum(not any(one.price) for one in report.envy),
        },
    }  # fmt: skip
    placement.save(update_fields=["figures"])


def _point(weights: Weights, outcome: dict[str, Any]) -> dict[str, Any]:
    return outcome | {"mastery_got": outcome["mastery"], "mastery": weights.mastery, "wishes": weights.wishes}


def _group_name(problem: Problem, by: str, name: str) -> str:
    return problem.unit_of[name].name if by == "unit" else name


def figures_of(problem: Problem, plan: Plan) -> dict[str, Any]:
    """Con số của phương án, mọi con số đếm lại được từ bảng đề xuất."""
    ranks = Counter(wish_rank(problem, person, post) for person, post in plan.places.items())
    asked = sum(bool(one.wishes) for one in problem.people)
    stayed = sum(problem.person_of[who].unit == problem.post_of[post].unit for who, post in plan.places.items())
    placed = len(plan.places)
    return {
        "people": len(problem.people), "placed": placed, "unplaced": len(plan.unplaced),
        "seats": sum(one.seats for one in problem.posts), "with_own_unit": stayed, "asked": asked,
        "first": ranks[0], "top": sum(ranks[rank] for rank in range(TOP_WISHES)),
        "points": {aim: round(100 - lost / placed, 1) if placed else 0 for aim, lost in plan.points.items()},
        "lost": dict(plan.points), "proven": plan.certificate.is_proven,
        "unmet": [ByName(problem).kept(fact) for fact in plan.unmet],
    }  # fmt: skip


def wish_rank(problem: Problem, person: str, post: str) -> int | None:
    """Vị trí này (hay đơn vị của nó) là nguyện vọng thứ mấy của người ấy, từ 0; ``None`` khi không nằm trong nguyện vọng."""
    unit = problem.post_of[post].unit
    return next((rank for rank, wish in enumerate(problem.person_of[person].wishes) if wish in (post, unit)), None)


def _kept(certificate: Certificate) -> dict[str, Any]:
    return {
        "value": list(certificate.value), "bound": list(certificate.bound),
        "prices": {node: list(price) for node, price in certificate.prices.items()},
    }  # fmt: skip


def plan_of(placement: Placement) -> Plan:
    """Phương án đọc lại từ bảng, để giải thích và kiểm tra."""
    kept = placement.certificate or {"value": [0], "bound": [1], "prices": {}}
    rows = placement.proposals.values_list("person_id", "post_id")
    places = {person_key(person): post_key(post) for person, post in rows if post}
    return Plan(
        places=places,
        unplaced=tuple(person_key(person) for person, post in rows if not post),
        cuts={},
        weights=weights_of(placement),
        points=placement.figures.get("lost", {}),
        certificate=Certificate(
            value=tuple(kept["value"]), bound=tuple(kept["bound"]), prices={node: tuple(price) for node, price in kept["prices"].items()}
        ),
    )  # fmt: skip
