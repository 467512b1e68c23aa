"""Cửa duy nhất vào máy giải. Máy giải kéo theo OR-tools và SciPy, mà phần lớn lệnh và trang không giải gì: nạp ở đây, khi gọi."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tinhgon.engine.placement.model import Fact, FullCertificate, Plan, Problem, Weights

if TYPE_CHECKING:
    from tinhgon.engine.placement.checking import Report
    from tinhgon.engine.placement.conflict.searching import Conflict
    from tinhgon.engine.placement.curve import Point
    from tinhgon.engine.placement.explaining import WhyNot
    from tinhgon.engine.placement.fairness import Fairness, Outcome
    from tinhgon.engine.placement.full.searching import Progress
    from tinhgon.engine.placement.network import Network
    from tinhgon.engine.placement.opinion import Opinion
    from tinhgon.engine.placement.pricing import Pricing
    from tinhgon.engine.placement.solving import Planner


def planner(problem: Problem) -> "Planner":
    from tinhgon.engine.placement.solving import Planner  # noqa: PLC0415

    return Planner(problem)


def search(problem: Problem, weights: Weights, *, seconds: float, now: Callable[[], float]) -> "Iterator[Progress]":
    from tinhgon.engine.placement.full.searching import search  # noqa: PLC0415

    return search(problem, weights, seconds=seconds, now=now)


def check(problem: Problem, plan: Plan, full: FullCertificate | None, network: "Network | None") -> "Report":
    from tinhgon.engine.placement.checking import check  # noqa: PLC0415

    return check(problem, plan, full, network)


def conflicts(problem: Problem, plan: Plan, most: int, network: "Network") -> "tuple[Conflict, ...]":
    from tinhgon.engine.placement.conflict.searching import conflicts  # noqa: PLC0415

    return conflicts(problem, plan, most, network.options)


def trade_off(planner: "Planner", base: Weights) -> "tuple[Point, ...]":
    from tinhgon.engine.placement.curve import trade_off  # noqa: PLC0415

    return trade_off(planner, base)


def fairness(problem: Problem, plan: Plan, *, year: int, full: FullCertificate | None) -> "Fairness":
    from tinhgon.engine.placement.fairness import fairness  # noqa: PLC0415

    return fairness(problem, plan, year=year, full=full)


def outcome(problem: Problem, plan: Plan) -> "Outcome":
    from tinhgon.engine.placement.fairness import outcome  # noqa: PLC0415

    return outcome(problem, plan, problem.people)


def second_opinion(planner: "Planner", weights: Weights) -> "Opinion":
    from tinhgon.engine.placement.opinion import second_opinion  # noqa: PLC0415

    return second_opinion(planner.network, weights)


def pricing(problem: Problem, plan: Plan, full: FullCertificate | None, network: "Network") -> "Pricing":
    from tinhgon.engine.placement.full.exchanging import pricing_of  # noqa: PLC0415

    return pricing_of(problem, plan, full, network)


def explain(problem: Problem, plan: Plan, person: str, pricing: "Pricing") -> tuple[Fact, ...]:
    from tinhgon.engine.placement.explaining import explain  # noqa: PLC0415

    return explain(problem, plan, person, pricing)


def why_not(problem: Problem, plan: Plan, person: str, post: str, pricing: "Pricing") -> "WhyNot":
    from tinhgon.engine.placement.explaining import why_not  # noqa: PLC0415

    return why_not(problem, plan, person, post, pricing)


def good_posts(problem: Problem, plan: Plan, person: str, pricing: "Pricing") -> tuple[str, ...]:
    from tinhgon.engine.placement.explaining import good_posts  # noqa: PLC0415

    return good_posts(problem, plan, person, pricing)


def options(problem: Problem, plan: Plan, person: str, pricing: "Pricing", most: int) -> tuple[Fact, ...]:
    from tinhgon.engine.placement.explaining import options  # noqa: PLC0415

    return options(problem, plan, person, pricing, most)
