"""Giá của "vì sao không phải vị trí X?" ở một phương án giữ cả quy tắc ngoài dòng chảy: hai cận, không giả là giá đúng.

Ít nhất: giá nút và giá hàng phụ của chứng chỉ nói mọi cách xếp có người ấy ở X (người ngoài vùng giữ nguyên) tốn từ cận của vùng cộng giá
thu gọn của cặp ấy trở lên. Nhiều nhất: một chuỗi đổi chỗ tìm được trên mạng dư, tính lại đủ mọi quy tắc; đó là một phương án có thật, kém
bao nhiêu thì nói đúng bấy nhiêu. Hai cận gặp nhau thì là giá đúng. Phương án chưa chứng minh nên giá có thể âm: có cách tốt hơn.
"""

from dataclasses import dataclass, replace
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
    tắc không còn giữ được vì nó, khi được hỏi.
    """

    most: int
    price: tuple[int, ...]
    chain: tuple[Step, ...]
    broken: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """``least``: mọi cách đều kém ít nhất bấy nhiêu điểm gộp. ``found`` trống: không chuỗi đổi chỗ nào đưa vào được."""

    least: int
    found: Found | None

    @property
    def is_exact(self) -> bool:
        return self.found is not None and self.found.most == self.least


@dataclass(frozen=True, slots=True, eq=False)
class _Near:
    """``now``, ``target``: cặp và nút người ấy đang giữ; ``far``: giá từ mỗi nút về đó; ``tight``: cung trên các đường ngắn nhất."""

    now: int | None
    target: int
    far: Ints
    tight: Ints


@dataclass(frozen=True, slots=True, eq=False)
class _Way:
    """Một chuỗi đổi chỗ: luồng đổi trên từng cung, và ai phải chuyển."""

    change: Ints
    chain: tuple[Step, ...]


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
        way = self._way(person, k, self._near(person))
        found = None if way is None else replace(self._found(way), broken=self._broken(person, post, way))
        return Exchange(self._least(person, k), found)

    def exchanges(self, person: str, most: int) -> dict[str, Exchange]:
        """Các vị trí người ấy vào được, gần được nhất trước, nhiều nhất ``most``: hai cận của mỗi nơi, chưa gọi tên quy tắc bị vượt.

        Chọn theo giá trên mạng dư, tính rẻ cho mọi vị trí; chỉ những nơi được chọn mới dựng chuỗi đổi chỗ.
        """
        options, i, near = self.network.options, self.people[person], self._near(person)
        span = np.arange(options.first[i], options.first[i + 1])
        span = span[self.network.seats[options.post[span]] > 0]
        far = near.far[len(options.people) + self.network.heads[span]]
        rough = np.where(far < self.far, np.maximum(0, self._parts.reduced[span]) + far, self.far)
        answers: list[tuple[int, Exchange]] = []
        for k in span[np.argsort(rough, kind="stable")[:most]].tolist():
            way = self._way(person, k, near)
            answers.append((k, Exchange(self._least(person, k), None if way is None else self._found(way))))
        answers.sort(key=lambda one: (one[1].found is None, one[1].found.most if one[1].found else one[1].least))
        return {self.network.problem.posts[int(options.post[k])].id: answer for k, answer in answers}

    def _least(self, person: str, k: int) -> int:
        return max(0, int(self._parts.reduced[k])) - int(self._slack[int(self._of_node[self.people[person]])])

    def _near(self, person: str) -> _Near:
        """Đường ngắn nhất từ mọi nút về chỗ người ấy đang ở: một lần cho mọi vị trí."""
        now, target = self._place(person)
        return _Near(now, target, *self._nearest(target, np.arange(len(self._residual[0])), 0))

    def _way(self, person: str, k: int, near: _Near) -> _Way | None:
        """Chuỗi đổi chỗ đưa người ấy vào cặp ``k``."""
        options = self.network.options
        head = len(options.people) + int(self.network.heads[k])
        if near.far[head] >= self.far:
            return None
        path = self._path(head, near.target, near.tight)
        change = np.zeros(len(self.flow), dtype=np.int64)
        np.add.at(change, self._arc[path], self._sign[path])
        change[k] += 1
        change[near.now if near.now is not None else len(options.person) + self.people[person]] -= 1
        return _Way(change, self._steps_of(path))

    def _found(self, way: _Way) -> Found:
        short = self._side.short(self.flow + way.change) - self._short
        by_level = [int(short[self._side.level == level].sum()) for level in (0, 1, 2)]
        used = np.flatnonzero(way.change)
        price = tuple(int(x) for x in self._costs[:, used] @ way.change[used])
        return Found(most=int(self._cost @ way.change) + int(self._penalties @ short), price=(*price, *by_level), chain=way.chain)

    def _broken(self, person: str, post: str, way: _Way) -> tuple[Fact, ...]:
        """Quy tắc mà phương án giữ được còn cách xếp ấy thì không, gọi bằng tên."""
        problem, places = self.network.problem, dict(self.plan.places) | {person: post}
        for step in way.chain:
            places[step.person] = step.after
        places = {who: place for who, place in places.items() if place}
        after = unmet_of(problem, places, self._cuts_after(way.change))
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


def pricing_of(problem: Problem, plan: Plan, full: FullCertificate | None, network: Network | None = None) -> Pricing:
    """Giá đúng của dòng chảy; bài toán có quy tắc ngoài dòng chảy và phương án có chứng chỉ đủ luật thì hai cận, kể đủ mọi quy tắc."""
    if full is not None and problem.rules.beyond_flow:
        return FullPricing(problem, plan, full, network)
    return Pricing(problem, plan, network)
