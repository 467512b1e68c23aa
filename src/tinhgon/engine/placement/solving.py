"""Dòng chảy lõi: giải một lần ba bậc đứng trước, rồi mỗi lần kéo thanh chỉ giải lại bậc cuối trong phần còn chọn được."""

from collections import Counter
from functools import cached_property

import numpy as np

from tinhgon.engine.placement.bound import lower_bound
from tinhgon.engine.placement.flow import Face, cheapest, reduced
from tinhgon.engine.placement.model import Certificate, Plan, Problem, Weights
from tinhgon.engine.placement.network import Network, network_of
from tinhgon.engine.placement.options import Ints
from tinhgon.engine.placement.points import AIMS
from tinhgon.engine.placement.rules import unmet_of

Strict = tuple[Face, tuple[Ints, ...]]
"""Mặt tối ưu của ba bậc đầu, và giá nút của từng bậc: không phụ thuộc thanh kéo."""
_ROUNDS = 500


class Planner:
    """Một bài toán đã dựng mạng. Gọi ``plan`` với từng bộ thanh kéo; giá cũ là điểm bắt đầu của lần sau."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.network: Network = network_of(problem)
        self._last: Ints | None = None

    @cached_property
    def strict(self) -> Strict:
        return self._proven(self._guess()) or self._staged()

    def flow(self, weights: Weights) -> tuple[Ints, Ints]:
        """(luồng, giá nút bốn dòng) tốt nhất theo thanh kéo; ngang nhau thì theo ``Network.ties``."""
        face, prices = self.strict
        cost = self.network.sliders(weights)
        flow, last = face.solve(cost, self._last)
        self._last = last
        ties = self.network.ties
        if ties.any():
            flow = face.narrowed(reduced(face.arcs, cost, last)).cheapest(ties)
        return flow, np.stack([*prices, last])

    def _guess(self) -> Ints:
        """Một lần giải với bốn bậc gộp: nhanh, hầu như luôn đúng, và được chứng minh sau.

        Luôn với thanh kéo mặc định: kết quả của một bộ thanh kéo không tùy bộ nào được hỏi trước.
        """
        return cheapest(self.network.arrays, self.network.merged(Weights()))

    def _proven(self, flow: Ints) -> Strict | None:
        """Ba bậc đầu của luồng này có giá nút làm chứng không; không thì ``None``."""
        face, prices = Face.whole(self.network.arrays), []
        for cost in self.network.strict:
            price = face.prices(cost, flow, most=_ROUNDS)
            if price is None:
                return None
            face = face.narrowed(reduced(face.arcs, cost, price))
            prices.append(price)
        return face, tuple(prices)

    def _staged(self) -> Strict:
        """Chậm mà chắc: giải từng bậc trong phần các bậc trước để lại."""
        face, prices = Face.whole(self.network.arrays), []
        for cost in self.network.strict:
            _, price = face.solve(cost)
            face = face.narrowed(reduced(face.arcs, cost, price))
            prices.append(price)
        return face, tuple(prices)

    def plan(self, weights: Weights | None = None) -> Plan:
        weights = weights or Weights()
        flow, prices = self.flow(weights)
        return plan_of(self.network, weights, flow, prices)


def solve(problem: Problem, weights: Weights | None = None) -> Plan:
    return Planner(problem).plan(weights)


def plan_of(network: Network, weights: Weights, flow: Ints, prices: Ints) -> Plan:
    options, problem = network.options, network.problem
    pairs, people = len(options.person), len(options.people)
    taken = np.flatnonzero(flow[:pairs])
    who, where = network.names
    places = {who[i]: where[j] for i, j in zip(options.person[taken].tolist(), options.post[taken].tolist(), strict=True)}
    unplaced = tuple(who[i] for i in np.flatnonzero(flow[pairs : pairs + people]).tolist())
    cuts: Counter[str] = Counter()
    structural = flow[pairs + people :].tolist()
    for k, post in network.cutting:
        if structural[k]:
            cuts[post] += structural[k]
    lost = options.losses[:, taken].sum(axis=1).tolist()
    value = tuple(
        int((flow * cost).sum()) + kept
        for cost, kept in zip((*network.strict, network.sliders(weights)), network.whole, strict=True)
    )
    named = dict(zip(network.nodes[1:], map(tuple, prices[:, people + 1 :].T.tolist()), strict=True))
    return Plan(
        places=places,
        unplaced=unplaced,
        cuts=dict(cuts),
        weights=weights,
        points=dict(zip(AIMS if len(lost) == len(AIMS) else ("cost",), lost, strict=True)),
        certificate=Certificate(value=value, bound=lower_bound(network, weights, prices), prices=named),
        unmet=unmet_of(problem, places, cuts),
    )
