"""Kiểm tra một phương án bằng số nguyên, không tin máy giải: ai vào đâu có được không, quy tắc, con số, và cận dưới."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from tinhgon.engine.placement.bound import lower_bound, people_prices
from tinhgon.engine.placement.eligible import obstacles
from tinhgon.engine.placement.full.certificate import bound_and_reduced
from tinhgon.engine.placement.model import Fact, FullCertificate, Plan, Problem
from tinhgon.engine.placement.network import Network, Steps, network_of
from tinhgon.engine.placement.points import AIMS, goodness, losses
from tinhgon.engine.placement.rules import cuts_needed, deputies_over, thin_posts, unmet_of

TIERS = 4
BEYOND = frozenset({"unmet.apart", "unmet.together", "unmet.unit_cover", "unmet.unit_veterans"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """``faults``: chỗ sai của phương án. ``unmet``: quy tắc phương án tự nhận chưa giữ. ``value``, ``bound``: tính lại."""

    faults: tuple[Fact, ...]
    unmet: tuple[Fact, ...]
    value: tuple[int, ...]
    bound: tuple[int, ...]
    full_value: int = 0
    full_bound: int = 0
    """Của chứng chỉ đủ luật, khi có; ``full_bound`` là phần cận tính lại được."""

    @property
    def gap(self) -> float:
        """Khoảng cách dưới mọi quy tắc, phần trăm, chỉ từ cận tính lại được."""
        return 100 * (self.full_value - self.full_bound) / max(1, abs(self.full_value))

    @property
    def beyond(self) -> tuple[Fact, ...]:
        """Những quy tắc ngoài dòng chảy còn thiếu."""
        return tuple(one for one in self.unmet if one.code in BEYOND)

    @property
    def is_sound(self) -> bool:
        return not self.faults

    @property
    def is_proven(self) -> bool:
        """Tốt nhất theo luật của dòng chảy."""
        return self.is_sound and self.value == self.bound

    @property
    def is_fully_proven(self) -> bool:
        """Tốt nhất dưới mọi quy tắc, kể từ cận tính lại được."""
        return self.is_sound and self.full_value == self.full_bound


def check(problem: Problem, plan: Plan, full: FullCertificate | None = None, network: Network | None = None) -> Report:
    faults = [*_people(problem, plan), *_seats(problem, plan)]
    if faults:
        return Report(faults=tuple(faults), unmet=(), value=(), bound=())
    faults += _barred(problem, plan)
    unmet = unmet_of(problem, plan.places, plan.cuts)
    if _known(unmet) != _known(plan.unmet):
        faults.append(Fact("fault.unmet", {"count": len(unmet), "told": len(plan.unmet)}))
    points = points_of(problem, plan)
    network = network or network_of(problem)
    value, bound = value_of(problem, plan, points, unmet), bound_of(network, plan)
    if value != plan.certificate.value:
        faults.append(Fact("fault.value", {"told": plan.certificate.value, "value": value}))
    if bound != plan.certificate.bound:
        faults.append(Fact("fault.bound", {"told": plan.certificate.bound, "bound": bound}))
    if points != dict(plan.points):
        faults.append(Fact("fault.points", {}))
    if full is None:
        return Report(faults=tuple(faults), unmet=unmet, value=value, bound=bound)
    full_value = network.steps(plan.weights).total(value) + rules_price(problem, network.steps(plan.weights), unmet)
    full_bound, _ = bound_and_reduced(network, plan.weights, full)
    if full_value != full.value:
        faults.append(Fact("fault.full_value", {"told": full.value, "value": full_value}))
    if not full_bound <= full.bound <= full_value or (full.own_bound and full_bound != full.bound):
        faults.append(Fact("fault.full_bound", {"told": full.bound, "bound": full_bound}))
    return Report(faults=tuple(faults), unmet=unmet, value=value, bound=bound, full_value=full_value, full_bound=full_bound)


def rules_price(problem: Problem, steps: Steps, unmet: tuple[Fact, ...]) -> int:
    """Giá của các quy tắc ngoài dòng chảy còn thiếu, đọc từ tên chúng."""
    price = {
        "unmet.apart": lambda one: steps.rule,
        "unmet.together": lambda one: steps.wish,
        "unmet.unit_cover": lambda one: steps.aim * (one.number("least") - one.number("has")),
        "unmet.unit_veterans": lambda one: steps.aim * -((100 * one.number("has") - one.number("percent") * one.number("of")) // 100),
    }
    return sum(price[one.code](one) for one in unmet if one.code in price)


def value_of(problem: Problem, plan: Plan, points: Mapping[str, int], unmet: tuple[Fact, ...]) -> tuple[int, ...]:
    """Bốn bậc, tính thẳng từ phương án; ``points``, ``unmet``: tính lại từ nó, không phải điều nó tự ghi."""
    held = {person for person, _ in (*problem.rules.pins, *problem.rules.also)}
    lost = sum(goodness(problem.person_of[who]) for who in plan.unplaced if who not in held)
    sliders = points["cost"] if problem.costs is not None else sum(w * points[aim] for w, aim in zip(plan.weights.values(), AIMS, strict=True))
    return breaches_of(problem, plan, unmet), lost, sum(thin_posts(problem, plan.places).values()), sliders


def breaches_of(problem: Problem, plan: Plan, unmet: tuple[Fact, ...]) -> int:
    """Số đơn vị vượt luật của dòng chảy: người phải có chỗ mà chưa có, người còn thiếu ở sàn, ghế phải cắt mà chưa cắt."""
    held = {person for person, _ in (*problem.rules.pins, *problem.rules.also)}
    total, _ = cuts_needed(problem)
    floors = sum(one.number("least") - one.number("has") for one in unmet if one.code.startswith("unmet.floor."))
    by_unit = sum(one.number("least") - one.number("has") for one in unmet if one.code == "unmet.unit_cut")
    deputies = sum(one.number("over") for one in unmet if one.code == "unmet.deputies")
    return sum(who in held for who in plan.unplaced) + floors + by_unit + deputies + max(0, total - sum(plan.cuts.values()))


def bound_of(network: Network, plan: Plan) -> tuple[int, ...]:
    """Cận dưới từ giá nút ghi trong chứng chỉ; giá của người tự suy ra, nên chứng chỉ sai chỉ làm cận thấp đi."""
    people = len(network.options.people)
    prices = np.zeros((TIERS, people + len(network.nodes)), dtype=np.int64)
    for k, name in enumerate(network.nodes):
        if name in plan.certificate.prices:
            prices[:, people + k] = plan.certificate.prices[name]
    prices[:, :people] = people_prices(network, plan.weights, prices)
    return lower_bound(network, plan.weights, prices)


def points_of(problem: Problem, plan: Plan) -> dict[str, int]:
    if problem.costs is not None:
        return {"cost": sum(problem.costs[pair] for pair in plan.places.items())}
    total = [0] * len(AIMS)
    for who, post in plan.places.items():
        for k, lost in enumerate(losses(problem, problem.person_of[who], problem.post_of[post])):
            total[k] += lost
    return dict(zip(AIMS, total, strict=True))


def _people(problem: Problem, plan: Plan) -> Iterator[Fact]:
    told = Counter([*plan.places, *plan.unplaced])
    for who in sorted(told.keys() | problem.person_of.keys()):
        if who not in problem.person_of:
            yield Fact("fault.unknown_person", {"person": who})
        elif told[who] != 1:
            yield Fact("fault.person_count", {"person": who, "count": told[who]})
    for post in sorted({*plan.places.values(), *plan.cuts} - problem.post_of.keys()):
        yield Fact("fault.unknown_post", {"post": post})


def _seats(problem: Problem, plan: Plan) -> Iterator[Fact]:
    taken = Counter(plan.places.values()) + Counter(post for _, post in problem.rules.also)
    for one in problem.posts:
        if min(plan.cuts.get(one.id, 0), one.seats - taken[one.id] - plan.cuts.get(one.id, 0)) < 0:
            yield Fact("fault.seats", {"post": one.id, "filled": taken[one.id], "cut": plan.cuts.get(one.id, 0), "seats": one.seats})
    by_unit: Counter[str] = Counter()
    over = deputies_over(problem)
    for post in sorted(plan.cuts.keys() & problem.post_of.keys()):
        one, count = problem.post_of[post], plan.cuts[post]
        by_unit[one.unit] += count
        if count > (one.seats if one.deputy and one.unit in over else one.cut):
            yield Fact("fault.cut", {"post": post, "cut": count, "most": one.cut})
    _, least = cuts_needed(problem)
    for unit in problem.units:
        if unit.cut_max is not None and by_unit[unit.id] > max(unit.cut_max, least[unit.id]):
            yield Fact("fault.unit_cut", {"unit": unit.id, "cut": by_unit[unit.id], "most": unit.cut_max})


def _barred(problem: Problem, plan: Plan) -> Iterator[Fact]:
    for who, post in plan.places.items():
        for one in obstacles(problem, problem.person_of[who], problem.post_of[post]):
            yield Fact("fault.barred", {"person": who, "post": post, "why": one.code})


def _known(facts: tuple[Fact, ...]) -> list[str]:
    """Thành chữ để xếp được: tệp có thể ghi bất cứ gì trong một điều."""
    return sorted(json.dumps([one.code, dict(one.data)], sort_keys=True) for one in facts)
