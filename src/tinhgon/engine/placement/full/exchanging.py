"""Giá của "vì sao không phải vị trí X?" ở một phương án giữ cả quy tắc ngoài dòng chảy: hai cận, không giả là giá đúng.

Ít nhất: giá nút và giá hàng phụ của chứng chỉ nói mọi cách xếp có người ấy ở X (người ngoài vùng giữ nguyên) tốn từ cận của vùng cộng giá
thu gọn của cặp ấy trở lên. Nhiều nhất: một chuỗi đổi chỗ tìm được trên mạng dư, tính lại đủ mọi quy tắc; đó là một phương án có thật, kém
bao nhiêu thì nói đúng bấy nhiêu. Hai cận gặp nhau thì là giá đúng. Phương án chưa chứng minh nên giá có thể âm: có cách tốt hơn.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tinhgon.engine.placement.full.certificate import parts
from tinhgon.engine.placement.full.regions import regions
from tinhgon.engine.placement.full.side import side_of
from tinhgon.engine.placement.model import Fact, FullCertificate, Plan, Problem
from tinhgon.engine.placement.network import Network
from tinhgon.engine.placement.options import Ints
from tinhgon.engine.placement.pricing import Pricing, Step
from tinhgon.engine.placement.rules import unmet_of


@dataclass(frozen=True, slots=True)
class Found:
    """Một cách xếp có thật có người ấy ở X. ``price``: kém bao nhiêu ở từng bậc, rồi số người thiếu thêm cho các quy tắc phụ; ``broken``: quy
    tắc không còn giữ được vì nó.
    """

    most: int
    price: tuple[int, ...]
    chain: tuple[Step, ...]
    broken: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """``least``: mọi cách đều kém ít nhất bấy nhiêu điểm gộp. ``found`` trống: không chuỗi đổi chỗ nào đưa vào được."""

    least: int
    found: Found | None

    @property
    def is_exact(self) -> bool:
        return self.found is not None and self.found.most == self.least


class FullPricing(Pricing):
    """Như ``Pricing`` cho phương án đủ quy tắc; dựng một lần, hỏi nhiều lần."""

    is_exact = False

    def __init__(self, problem: Problem, plan: Plan, full: FullCertificate, network: Network | None = None) -> None:
        super().__init__(problem, plan, network)
        network = self.network
        self._side = side_of(network)
        self._steps = network.steps(plan.weights)
        self._penalties = self._side.penalties(self._steps)
        self._cost = network.merged(plan.weights)
        self._parts = parts(network, plan.weights, full)
        self._of_node, self._of_row = regions(network.arrays, self._side)

    @cached_property
    def _short(self) -> Ints:
        return self._side.short(self.flow)

    @cached_property
    def _slack(self) -> Ints:
        """Giá của phương án trừ cận dưới, từng vùng."""
        arcs, bound = self.network.arrays, self._parts
        slack = np.zeros(int(max(self._of_node.max(), self._of_row.max(initial=0))) + 1, dtype=np.int64)
        np.add.at(slack, self._of_node[arcs.tail], self.flow * self._cost - bound.arcs)
        np.subtract.at(slack, self._of_node, bound.nodes)
        np.subtract.at(slack, self._of_row, bound.rows)
        of_group = np.zeros(self._side.groups, dtype=np.int64)
        of_group[self._side.group] = self._of_row
        np.add.at(slack, of_group, self._penalties * self._short)
        return slack

    @cached_property
    def _residual(self) -> tuple[Ints, Ints, Ints]:
        """Mạng dư với giá thu gọn; chỗ phương án chưa tốt nhất thì giá âm, coi là không tốn gì để đường ngắn nhất còn có nghĩa."""
        tail, head, length = self._around(self._parts.reduced[np.newaxis])
        return tail, head, np.maximum(length, 0)

    def exchange(self, person: str, post: str) -> Exchange:
        """``KeyError`` khi người ấy không đủ điều kiện vào vị trí ấy."""
        k = self.network.options.find(self.people[person], self.posts[post])
        if k is None:
            raise KeyError((person, post))
        region = int(self._of_node[self.people[person]])
        least = max(0, int(self._parts.reduced[k])) - int(self._slack[region])
        return Exchange(least, self._found(person, post, k))

    def _found(self, person: str, post: str, k: int) -> Found | None:
        network, options = self.network, self.network.options
        pairs, first = len(options.person), len(options.people)
        now, target = self._place(person)
        head = first + int(network.heads[k])
        far, tight = self._nearest(target, np.arange(len(self._residual[0])), 0)
        if far[head] >= self.far:
            return None
        path = self._path(head, target, tight)
        change = np.zeros(len(self.flow), dtype=np.int64)
        np.add.at(change, self._arc[path], self._sign[path])
        change[k] += 1
        change[now if now is not None else pairs + self.people[person]] -= 1
        short = self._side.short(self.flow + change) - self._short
        by_level = [int(short[self._side.level == level].sum()) for level in (0, 1, 2)]
        used = np.flatnonzero(change)
        price = tuple(int(x) for x in self._costs[:, used] @ change[used])
        chain = self._steps_of(path)
        return Found(
            most=int(self._cost @ change) + int(self._penalties @ short), price=(*price, *by_level),
            chain=chain, broken=self._broken(person, post, chain, change),
        )  # fmt: skip

    def _broken(self, person: str, post: str, chain: tuple[Step, ...], change: Ints) -> tuple[Fact, ...]:
        """Quy tắc mà phương án giữ được còn cách xếp ấy thì không, gọi bằng tên."""
        problem, places = self.network.problem, dict(self.plan.places) | {person: post}
        for step in chain:
            places[step.person] = step.after
        places = {who: place for who, place in places.items() if place}
        after = unmet_of(problem, places, self._cuts_after(change))
        return tuple(one for one in after if (one.code, tuple(one.data.items())) not in self._unmet)

    @cached_property
    def _unmet(self) -> set[tuple[str, tuple[tuple[str, object], ...]]]:
        return {(one.code, tuple(one.data.items())) for one in unmet_of(self.network.problem, self.plan.places, self.plan.cuts)}

    @cached_property
    def _costs(self) -> Ints:
        return np.stack([*self.network.strict, self.network.sliders(self.plan.weights)])

    def _cuts_after(self, change: Ints) -> dict[str, int]:
        """Ghế cắt sau khi đổi chỗ: chuỗi có thể cắt ghế này thay ghế kia."""
        cuts, start = dict(self.plan.cuts), self._first
        for place, name in self.network.cutting:
            if change[start + place]:
                cuts[name] = cuts.get(name, 0) + int(change[start + place])
        return {name: count for name, count in cuts.items() if count}


def pricing_of(problem: Problem, plan: Plan, full: FullCertificate | None) -> Pricing:
    """Giá đúng của dòng chảy; bài toán có quy tắc ngoài dòng chảy và phương án có chứng chỉ đủ luật thì hai cận, kể đủ mọi quy tắc."""
    return FullPricing(problem, plan, full) if full is not None and problem.rules.beyond_flow else Pricing(problem, plan)
