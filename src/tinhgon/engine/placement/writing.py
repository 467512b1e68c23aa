"""Phương án và bài toán thành JSON và ngược lại. Phương án mang chứng chỉ của nó; đọc lại thì không tin con số nào."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from tinhgon.engine import jsonvalues as d
from tinhgon.engine.placement.model import Certificate, Fact, FullCertificate, Plan, Problem, Weights
from tinhgon.engine.placement.reading import FORMAT, MOST_SEATS, problem_of
from tinhgon.engine.refusal import Refused

PLAN_FORMAT = "tinhgon-plan-1"
_BIG = 2**60
"""Giá trong tệp là lời người ngoài: lớn hơn nữa thì cộng hai giá đã tràn số nguyên 64 bit."""


@dataclass(frozen=True, slots=True)
class PlanFile:
    """``problem``: bài toán ghi kèm. ``full``: chứng chỉ đủ luật, khi phương án tìm với đủ luật."""

    plan: Plan
    problem: Problem | None = None
    full: FullCertificate | None = None


def problem_json(problem: Problem) -> str:
    return json.dumps(_problem(problem), ensure_ascii=False)


def _problem(problem: Problem) -> dict[str, Any]:
    data: dict[str, Any] = {"format": FORMAT}
    for kind in ("fields", "units", "posts", "people"):
        data[kind] = [_short(asdict(one)) for one in getattr(problem, kind)]
    if problem.costs is not None:
        data["costs"] = [[person, post, cost] for (person, post), cost in problem.costs.items()]
    return {**data, "rules": _short(asdict(problem.rules))}


def _short(row: dict[str, Any]) -> dict[str, Any]:
    """Bỏ ô trống. 0 và False là giá trị, nên ở lại."""
    return {key: value for key, value in row.items() if value not in ("", (), None)}


def plan_json(plan: Plan, problem: Problem | None = None, full: FullCertificate | None = None) -> str:
    """``problem``: ghi kèm bài toán, để giải thích phương án mà không cần tệp nào khác. ``full``: kèm chứng chỉ đủ luật."""
    certificate = plan.certificate
    data: dict[str, Any] = {
        "format": PLAN_FORMAT,
        "places": dict(plan.places),
        "unplaced": list(plan.unplaced),
        "cuts": dict(plan.cuts),
        "weights": asdict(plan.weights),
        "points": dict(plan.points),
        "unmet": [{"code": one.code, "data": dict(one.data)} for one in plan.unmet],
        "certificate": {"value": certificate.value, "bound": certificate.bound, "prices": dict(certificate.prices)},
    }
    if full is not None:
        data["full"] = asdict(full)
    if problem is not None:
        data["problem"] = _problem(problem)
    return json.dumps(data, ensure_ascii=False)


def read_plan(text: str | bytes) -> PlanFile:
    return plan_of(d.parse(text))


def plan_of(value: Any) -> PlanFile:
    given = _PLAN(value, "")
    given.pop("format")
    problem, full = given.pop("problem", None), given.pop("full", None)
    return PlanFile(Plan(**given), problem, full)


def _plain(value: Any, where: str) -> Any:
    return value


_TIERS = d.many(d.whole(-_BIG, _BIG))


def _prices(value: Any, where: str) -> tuple[int, ...]:
    tiers: tuple[int, ...] = _TIERS(value, where)
    if len(tiers) != 4:
        raise Refused("not_tiers", where=where)
    return tiers


_FACT = d.row(Fact, {"code": d.name, "data": d.mapping(_plain)}, frozenset({"code", "data"}))
_CERTIFICATE = d.row(
    Certificate, {"value": _prices, "bound": _prices, "prices": d.mapping(_prices)}, frozenset({"value", "bound", "prices"})
)
_PRICE = d.whole(-_BIG, _BIG)
_FULL = d.row(
    FullCertificate,
    {"value": _PRICE, "bound": _PRICE, "prices": d.mapping(_PRICE), "multipliers": d.many(d.whole(0, _BIG)), "own_bound": d.yes_no},
    frozenset({"value", "bound", "prices", "multipliers", "own_bound"}),
)
_WEIGHTS = d.row(Weights, dict.fromkeys(Weights.names(), d.whole(0, 100)), frozenset())
_PLAN = d.row(
    lambda **given: given,
    {
        "format": d.one_of(PLAN_FORMAT), "places": d.mapping(d.name), "unplaced": d.many(d.name), "cuts": d.mapping(d.whole(0, MOST_SEATS)),
        "weights": _WEIGHTS, "points": d.mapping(d.whole(0, _BIG)), "unmet": d.many(_FACT), "certificate": _CERTIFICATE, "full": _FULL,
        "problem": problem_of,
    },
    frozenset({"format", "places", "unplaced", "cuts", "weights", "points", "certificate"}),
)  # fmt: skip


def read_weights(given: dict[str, int]) -> Weights:
    weights: Weights = _WEIGHTS(given, "weights")
    return weights
