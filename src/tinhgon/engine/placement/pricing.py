"""Giá đúng của câu "vì sao không phải vị trí X?": phương án tốt nhất có người ấy ở X kém phương án này bao nhiêu, từng bậc.

Ép người p vào X là đẩy một đơn vị theo đường p -> X -> ... -> chỗ p đang ở trên mạng dư. Một lần tính đường ngắn nhất
ngược từ chỗ p đang ở cho giá của mọi vị trí p có thể vào, và chuỗi người phải chuyển theo.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tinhgon.engine.placement.bound import people_prices
from tinhgon.engine.placement.model import Plan, Problem
from tinhgon.engine.placement.network import Network, network_of
from tinhgon.engine.placement.options import Ints

TIERS = 4
_FAR = np.int64(2**60)


@dataclass(frozen=True, slots=True)
class Step:
    """Một người chuyển chỗ; "" là chưa có chỗ."""

    person: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Answer:
    """``price``: kém bao nhiêu ở từng bậc (0 cả bốn: cũng tốt như phương án này). ``chain``: ai phải chuyển theo.

    ``ties``: khi ngang nhau, kém bao nhiêu ở phép phá thế ngang (trọng số giữ người x mất điểm nguyện vọng).
    """

    price: tuple[int, ...]
    chain: tuple[Step, ...]
    ties: int = 0


class Pricing:
    """Mạng dư của một phương án dòng chảy; dựng một lần, hỏi nhiều lần. ``answers`` chỉ hỏi phương án đã chứng minh: mạng dư của phương án
    khác có vòng âm, đường ngắn nhất không có nghĩa.
    """

    far = _FAR
    is_exact = True
    """Giá của mạng dư là giá đúng: không quy tắc phụ nào nằm ngoài mạng ấy."""

    def __init__(self, problem: Problem, plan: Plan, network: Network | None = None) -> None:
        self.network = network or network_of(problem)
        self.plan = plan
        self.people = {one.id: i for i, one in enumerate(self.network.options.people)}
        self.posts = {one.id: j for j, one in enumerate(problem.posts)}

    @cached_property
    def flow(self) -> Ints:
        """Luồng trên mọi cung, dựng lại từ phương án."""
        network, plan = self.network, self.plan
        options, pairs, people = network.options, len(network.options.person), len(network.options.people)
        flow = np.zeros(len(network.arrays.tail), dtype=np.int64)
        for who, post in plan.places.items():
            found = options.find(self.people[who], self.posts[post])
            if found is not None:
                flow[found] = 1
        for who in plan.unplaced:
            flow[pairs + self.people[who]] = 1
        into = np.zeros(len(network.nodes), dtype=np.int64)
        np.add.at(into, network.heads, flow[:pairs])
        into[0] = 0
        at = {(arc.tail, arc.head, arc.kind): pairs + people + k for k, arc in enumerate(network.arcs)}
        for arc in network.arcs:
            if arc.head.startswith("seat:") and arc.tail.startswith("cut"):
                flow[at[arc.tail, arc.head, arc.kind]] = plan.cuts.get(arc.head.removeprefix("seat:"), 0)
        self._fill(flow, into.tolist(), at)
        return flow

    def _fill(self, flow: Ints, into: list[int], at: dict[tuple[str, str, int], int]) -> None:
        """Cung cấu trúc: cung được thưởng đầy trước. Người chảy xuống, ghế cắt đã biết ở ngọn nên dồn ngược về ``cuts``."""
        network = self.network
        names = network.at
        rise: dict[str, int] = {}
        for arc in network.arcs:
            if arc.tail.startswith("cut") and arc.head.startswith("seat:"):
                amount = int(flow[at[arc.tail, arc.head, arc.kind]])
                rise[arc.tail] = rise.get(arc.tail, 0) + amount
                into[names[arc.head]] += amount
        for prefix in ("cut-deputies:", "cut:"):
            for key, place in at.items():
                if key[1].startswith(prefix):
                    used = min(rise.get(key[1], 0), network.arcs[place - self._first].cap)
                    flow[place] = used
                    rise[key[1]] = rise.get(key[1], 0) - used
                    rise[key[0]] = rise.get(key[0], 0) + used
        for prefix in ("counted:", "post:", "seat:"):
            for key, place in at.items():
                if key[0].startswith(prefix):
                    tail, head = names[key[0]], names[key[1]]
                    used = min(into[tail], network.arcs[place - self._first].cap)
                    flow[place] = used
                    into[tail] -= used
                    into[head] += used
        if network.cut:
            slack = next(place for key, place in at.items() if key[:2] == ("cuts", "end"))
            flow[slack] = network.cut - rise.get("cuts", 0)

    @property
    def _first(self) -> int:
        return len(self.network.options.person) + len(self.network.options.people)

    @cached_property
    def reduced(self) -> Ints:
        """Giá thu gọn bốn bậc của mọi cung theo chứng chỉ của phương án."""
        network, people = self.network, len(self.network.options.people)
        prices = np.zeros((TIERS, people + len(network.nodes)), dtype=np.int64)
        for k, name in enumerate(network.nodes):
            prices[:, people + k] = self.plan.certificate.prices.get(name, (0,) * TIERS)
        prices[:, :people] = people_prices(network, self.plan.weights, prices)
        costs = np.stack([*network.strict, network.sliders(self.plan.weights)])
        arcs = network.arrays
        return costs + prices[:, arcs.tail] - prices[:, arcs.head]

    @cached_property
    def _residual(self) -> tuple[Ints, Ints, Ints]:
        return self._around(np.vstack([self.reduced, self.network.ties]))

    def _around(self, costs: Ints) -> tuple[Ints, Ints, Ints]:
        """(đầu, cuối, giá từng bậc) của các cung mạng dư, theo nút đầu; ``_arc``, ``_sign``: cung gốc và chiều của chúng."""
        arcs, flow = self.network.arrays, self.flow
        forward, backward = flow < arcs.cap, flow > 0
        tail = np.concatenate([arcs.tail[forward], arcs.head[backward]])
        head = np.concatenate([arcs.head[forward], arcs.tail[backward]])
        length = np.concatenate([costs[:, forward], -costs[:, backward]], axis=1)
        order = np.argsort(tail, kind="stable")
        self._arc = np.concatenate([np.flatnonzero(forward), np.flatnonzero(backward)])[order]
        self._sign = np.repeat([1, -1], [int(forward.sum()), int(backward.sum())])[order]
        return tail[order], head[order], length[:, order]

    def _toward(self, target: int) -> tuple[Ints, Ints]:
        """(giá từng bậc từ mỗi nút tới ``target``, cung còn nằm trên đường ngắn nhất)."""
        tail = self._residual[0]
        far = np.zeros((TIERS + 1, len(self.network.arrays.supply)), dtype=np.int64)
        tight = np.arange(len(tail))
        for k in range(TIERS + 1):
            far[k], tight = self._nearest(target, tight, k)
        return far, tight

    def _nearest(self, target: int, arcs: Ints, tier: int) -> tuple[Ints, Ints]:
        """Đường ngắn nhất ở một bậc, chỉ đi các cung ``arcs``: (giá từ mỗi nút, cung còn nằm trên đường ngắn nhất)."""
        tail, head, length = self._residual
        ends, starts = np.unique(tail[arcs], return_index=True)
        into, cost = head[arcs], length[tier, arcs]
        row = np.full(len(self.network.arrays.supply), _FAR)
        row[target] = 0
        for _ in range(len(row) if len(starts) else 0):
            best = np.minimum.reduceat(np.where(row[into] < _FAR, row[into] + cost, _FAR), starts)
            lower = best < row[ends]
            if not lower.any():
                break
            row[ends[lower]] = best[lower]
        return row, arcs[(row[tail[arcs]] == row[into] + cost) & (row[into] < _FAR)]

    @cached_property
    def _free(self) -> Ints:
        """Các cung của mạng dư không tốn gì ở cả bốn bậc."""
        return np.flatnonzero(~self._residual[2][:TIERS].any(axis=0))

    def level(self, person: str, posts: set[str]) -> dict[str, tuple[int, int]]:
        """Những vị trí trong ``posts`` mà cặp ấy có giá thu gọn 0 và người ấy vào được không tốn gì: (phá thế ngang, số người phải chuyển).

        Giá thu gọn không âm theo bậc, nên không tốn gì khi và chỉ khi có đường toàn cung không tốn gì: tìm trên mạng nhỏ ấy thôi.
        """
        options, i = self.network.options, self.people[person]
        found, target = self._place(person)
        far, tight = self._nearest(target, self._free, TIERS)
        answers: dict[str, tuple[int, int]] = {}
        for k in range(int(options.first[i]), int(options.first[i + 1])):
            post, head = self.network.problem.posts[int(options.post[k])].id, len(options.people) + int(self.network.heads[k])
            if post in posts and far[head] < _FAR and not self.reduced[:, k].any():
                answers[post] = int(self.network.ties[k] + far[head]) - self._own(found), len(self._chain(head, target, tight))
        return answers

    def _place(self, person: str) -> tuple[int | None, int]:
        """(cặp người ấy đang giữ, nút mà nó chảy vào); chưa có chỗ thì nút đích."""
        options, first = self.network.options, len(self.network.options.people)
        now = self.plan.places.get(person)
        found = options.find(self.people[person], self.posts[now]) if now is not None else None
        return found, first + int(self.network.heads[found]) if found is not None else first

    def _own(self, found: int | None) -> int:
        return int(self.network.ties[found]) if found is not None else 0

    def answers(self, person: str, posts: tuple[str, ...] | None = None) -> dict[str, Answer | None]:
        """Giá và chuỗi của từng vị trí người ấy có thể vào (mọi vị trí nếu không nêu); ``None``: không đường nào."""
        if not self.plan.certificate.is_proven:
            raise ValueError("answers: phương án chưa chứng minh")
        options, i = self.network.options, self.people[person]
        first, now = len(options.people), self.plan.places.get(person)
        found, target = self._place(person)
        far, tight = self._toward(target)
        wanted = None if posts is None else {self.posts[one] for one in posts}
        answers: dict[str, Answer | None] = {}
        for k in range(int(options.first[i]), int(options.first[i + 1])):
            j = int(options.post[k])
            if wanted is not None and j not in wanted:
                continue
            head = first + int(self.network.heads[k])
            post = self.network.problem.posts[j].id
            if far[0, head] >= _FAR:
                answers[post] = None
                continue
            price = tuple(int(x) for x in self.reduced[:, k] + far[:TIERS, head])
            ties = int(self.network.ties[k] + far[TIERS, head]) - self._own(found)
            answers[post] = Answer((0,) * TIERS, (), 0) if post == now else Answer(price, self._chain(head, target, tight), ties)
        return answers

    def least(self, person: str, post: str) -> tuple[int, ...]:
        """Cận dưới của giá, đọc thẳng từ chứng chỉ: giá thu gọn của cặp ấy."""
        found = self.network.options.find(self.people[person], self.posts[post])
        if found is None:
            raise KeyError((person, post))
        return tuple(int(x) for x in self.reduced[:, found])

    def _chain(self, node: int, target: int, tight: Ints) -> tuple[Step, ...]:
        return self._steps_of(self._path(node, target, tight))

    def _path(self, node: int, target: int, tight: Ints) -> list[int]:
        """Các cung từ ``node`` tới ``target`` theo đường ít bước nhất trong các đường ngắn nhất."""
        tail, head = self._residual[0][tight], self._residual[1][tight]
        hops, low = {target: -1}, {target}
        while node not in hops and low:
            reach = np.flatnonzero(np.isin(head, list(low)))
            low = set()
            for k in reach.tolist():
                one = int(tail[k])
                if one not in hops:
                    hops[one] = k
                    low.add(one)
        path: list[int] = []
        while node != target:
            path.append(int(tight[hops[node]]))
            node = int(head[hops[node]])
        return path

    def _steps_of(self, path: list[int]) -> tuple[Step, ...]:
        """Mỗi người mà đường đi qua là một lần chuyển chỗ."""
        tail, head, _length = self._residual
        people = self.network.options.people
        found = []
        for k in path:
            if tail[k] < len(people):
                who = people[int(tail[k])].id
                found.append(Step(who, self.plan.places.get(who, ""), self._post_at(int(head[k]))))
        return tuple(found)

    def _post_at(self, node: int) -> str:
        name = self.network.nodes[node - len(self.network.options.people)]
        return "" if name == "end" else name.split(":", 1)[1]
