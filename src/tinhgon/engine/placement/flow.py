"""Dòng chảy rẻ nhất (OR-tools) và giá của từng nút (tự tính trên mạng dư): có giá thì ai cũng kiểm lại được là rẻ nhất."""

from dataclasses import dataclass, replace

import numpy as np
from ortools.graph.python import min_cost_flow

from tinhgon.engine.placement.options import Bools, Ints
from tinhgon.engine.refusal import Refused


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """Mạng: cung trong mảng; nút ``0..people-1`` là người, mỗi người một đơn vị cung; các nút sau là vị trí và quy tắc."""

    tail: Ints
    head: Ints
    cap: Ints
    supply: Ints
    people: int


def cheapest(arcs: Arcs, cost: Ints) -> Ints:
    """Luồng trên từng cung. ``Refused("cost_range")`` khi giá quá lớn cho số nguyên 64 bit."""
    flow = min_cost_flow.SimpleMinCostFlow()
    made = flow.add_arcs_with_capacity_and_unit_cost(arcs.tail, arcs.head, arcs.cap, cost)
    flow.set_nodes_supplies(np.arange(len(arcs.supply)), arcs.supply)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise Refused("solver", status=status.name.lower())
    return flow.flows(made).astype(np.int64)


def potentials(arcs: Arcs, cost: Ints, flow: Ints, start: Ints | None = None, most: int | None = None) -> Ints | None:
    """Giá nút: đường ngắn nhất trên mạng dư (Bellman-Ford theo đợt, bắt đầu từ giá cũ nếu có). Nút đích giá 0.

    Cung còn chỗ thì giá thu gọn không âm, cung có luồng thì không dương. ``None``: luồng không rẻ nhất, hay quá ``most`` đợt.
    """
    forward, backward = flow < arcs.cap, flow > 0
    tail = np.concatenate([arcs.tail[forward], arcs.head[backward]])
    head = np.concatenate([arcs.head[forward], arcs.tail[backward]])
    length = np.concatenate([cost[forward], -cost[backward]])
    price = np.zeros(len(arcs.supply), dtype=np.int64) if start is None else start.copy()
    order = np.argsort(head, kind="stable")
    tail, head, length = tail[order], head[order], length[order]
    starts = np.flatnonzero(np.diff(head, prepend=-1))
    ends = head[starts]
    for _ in range(most or len(price) + 1):
        best = np.minimum.reduceat(price[tail] + length, starts) if len(starts) else ends
        lower = best < price[ends]
        if not lower.any():
            return price - price[arcs.people]
        price[ends[lower]] = best[lower]
    return None


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """Mọi luồng rẻ nhất của các bậc đã giải: cung ngoài ``free`` đã cố định ở 0 hoặc ở sức chứa (``full``)."""

    arcs: Arcs
    free: Bools
    full: Bools

    @classmethod
    def whole(cls, arcs: Arcs) -> "Face":
        count = len(arcs.tail)
        return cls(arcs, np.ones(count, dtype=bool), np.zeros(count, dtype=bool))

    def narrowed(self, reduced: Ints) -> "Face":
        """Bù yếu: giá thu gọn dương thì không dùng, âm thì dùng hết, bằng 0 mới còn chọn."""
        return Face(self.arcs, self.free & (reduced == 0), self.full | (self.free & (reduced < 0)))

    def cheapest(self, cost: Ints) -> Ints:
        """Luồng rẻ nhất theo ``cost`` trong mặt này."""
        whole, free, full = self.arcs, self.free, self.full
        supply = whole.supply.copy()
        np.subtract.at(supply, whole.tail[full], whole.cap[full])
        np.add.at(supply, whole.head[full], whole.cap[full])
        flow = np.where(full, whole.cap, 0)
        flow[free] = cheapest(replace(self._inside(), supply=supply), cost[free])
        return flow

    def solve(self, cost: Ints, start: Ints | None = None) -> tuple[Ints, Ints]:
        """(luồng trên mọi cung, giá nút) rẻ nhất theo ``cost`` trong mặt này."""
        flow = self.cheapest(cost)
        price = self.prices(cost, flow, start=start)
        if price is None:
            raise Refused("solver", status="negative_cycle")
        return flow, price

    def prices(self, cost: Ints, flow: Ints, *, start: Ints | None = None, most: int | None = None) -> Ints | None:
        """Giá nút làm chứng rằng ``flow`` rẻ nhất trong mặt này; ``None`` khi không phải. Bậc không tốn gì thì giá 0."""
        if not cost.any():
            return np.zeros(len(self.arcs.supply), dtype=np.int64)
        return potentials(self._inside(), cost[self.free], flow[self.free], start, most)

    def _inside(self) -> Arcs:
        whole, free = self.arcs, self.free
        return replace(whole, tail=whole.tail[free], head=whole.head[free], cap=whole.cap[free])


def reduced(arcs: Arcs, cost: Ints, price: Ints) -> Ints:
    return cost + price[arcs.tail] - price[arcs.head]
