"""Lời giải đủ quy tắc: giá đối ngẫu của các hàng phụ từ LP (HiGHS), cận dưới nguyên bằng một dòng chảy với giá đã sửa (Lagrange),
rồi sửa phương án của dòng chảy ấy bằng các bài toán nguyên nhỏ trên cửa sổ chừng 12 đơn vị.

Ngưng lúc nào cũng có phương án, cận dưới, khoảng cách và tên các quy tắc chưa giữ.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from tinhgon.engine.placement.flow import cheapest, potentials, reduced
from tinhgon.engine.placement.full.regions import regions
from tinhgon.engine.placement.full.side import Side, side_of
from tinhgon.engine.placement.model import FullCertificate, Plan, Problem, Weights
from tinhgon.engine.placement.options import Bools, Ints
from tinhgon.engine.placement.solving import Planner, plan_of

WINDOW = 12
_LP_ROUNDS = 3
_ROUNDING = 1e-9
_REGION_SECONDS = 10.0
_EASY = 6_000
"""Mọi vùng chỉ có ngần này cung thì giải trọn từng vùng ngay, khỏi qua cửa sổ."""
_SMALL = 60_000
"""Vùng không dính nơi khác có từ ngần này cung trở xuống thì giải nguyên trọn vẹn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """``value``, ``bound``: tổng có trọng số của mọi mục tiêu, số nguyên. ``short``: số người còn thiếu cho các quy tắc phụ.

    ``own_bound``: cận tự tính bằng số nguyên; sai là cận lấy lời máy giải số nguyên (HiGHS).
    """

    phase: str
    plan: Plan
    value: int
    bound: int
    short: int
    own_bound: bool
    certificate: FullCertificate

    @property
    def gap(self) -> float:
        """Phần trăm."""
        return 100 * (self.value - self.bound) / max(1, abs(self.value))


def search(problem: Problem, weights: Weights | None = None, *, seconds: float, now: Callable[[], float]) -> Iterator[Progress]:
    """Từng bước một, bước sau không kém bước trước. ``now``: đồng hồ của người gọi, tính bằng giây."""
    yield from _Search(problem, weights or Weights(), seconds, now).run()


_Program = tuple[NDArray[np.float64], sparse.csr_matrix, Ints, sparse.csr_matrix, Ints, NDArray[np.float64]]


class _Search:
    def __init__(self, problem: Problem, weights: Weights, seconds: float, now: Callable[[], float]) -> None:
        self.end, self.now = now() + seconds, now
        self.weights = weights
        self.planner = Planner(problem)
        self.network = self.planner.network
        self.arcs = self.network.arrays
        self.side: Side = side_of(self.network)
        self.cost = self.network.merged(weights)
        self.penalties = self.side.penalties(self.network.steps(weights))
        self.flow, self.prices = self.planner.flow(weights)
        self.bound = -(2**62)
        self.own_bound = True
        self.left: Ints = self.cost
        self.multipliers: Ints = np.zeros(len(self.side.least), dtype=np.int64)
        self.merged_prices: Ints = np.zeros(len(self.arcs.supply), dtype=np.int64)
        self.parts: tuple[Ints, Ints] = self.cost, self.side.least
        """Phần của từng cung và từng hàng phụ trong cận: cận của một vùng là tổng các phần của nó."""

    def run(self) -> Iterator[Progress]:
        self._lower(np.zeros(len(self.side.least), dtype=np.int64))
        yield self._progress("flow")
        if not self.side.short(self.flow).any():
            return
        for _ in range(_LP_ROUNDS):
            before = self.bound
            if self._left() <= 0 or not self._relax():
                break
            yield self._progress("bound")
            if self.bound - before <= abs(self.bound) // 100_000:
                break
        if np.bincount(self._regions()[0]).max(initial=0) > _EASY:
            yield from self._windows()
        yield from self._whole()
        yield from self._windows()

    def value(self, flow: Ints) -> int:
        return int(flow @ self.cost) + int(self.penalties @ self.side.short(flow))

    def _left(self) -> float:
        return self.end - self.now()

    def _progress(self, phase: str) -> Progress:
        constant = self.network.steps(self.weights).total(self.network.whole)
        value, bound, people = self.value(self.flow) + constant, self.bound + constant, len(self.network.options.people)
        prices = {name: int(self.merged_prices[people + k]) for k, name in enumerate(self.network.nodes) if k}
        return Progress(
            phase=phase, plan=plan_of(self.network, self.weights, self.flow, self.prices), value=value, bound=bound,
            short=int(self.side.short(self.flow).sum()), own_bound=self.own_bound,
            certificate=FullCertificate(value=value, bound=bound, prices=prices, multipliers=tuple(self.multipliers.tolist()), own_bound=self.own_bound),
        )  # fmt: skip

    def _lower(self, multipliers: Ints) -> None:
        """Cận Lagrange: với giá đối ngẫu nguyên không âm, phần còn lại là một dòng chảy; phương án của nó cũng được xét."""
        side = self.side
        total = np.zeros(side.groups, dtype=np.int64)
        np.add.at(total, side.group, multipliers * side.scale)
        most = self.penalties[side.group]
        multipliers = np.where(total[side.group] > most, multipliers * most // np.maximum(1, total[side.group]), multipliers)
        cost = self.cost - side.matrix.T @ multipliers
        flow = cheapest(self.arcs, cost)
        bound = int(flow @ cost) + int(multipliers @ side.least)
        if bound > self.bound:
            price = potentials(self.arcs, cost, flow)
            if price is not None:
                self.bound, self.left = bound, reduced(self.arcs, cost, price)
                self.parts = flow * cost, multipliers * side.least
                self.multipliers, self.merged_prices = multipliers, price
        if self.value(flow) < self.value(self.flow):
            self.flow = flow

    def _relax(self) -> bool:
        """LP trên các cung đáng kể (sinh cột theo giá thu gọn của lần trước); giá của hàng phụ làm cận Lagrange."""
        chosen = (self.flow > 0) | (self.left <= np.quantile(self.left, 0.5))
        chosen[len(self.network.options.person) :] = True
        cost, equal, supply, rows, least, caps = self._program(chosen)
        done = linprog(
            cost, A_ub=-rows, b_ub=-least, A_eq=equal, b_eq=supply, bounds=np.column_stack([np.zeros(len(caps)), caps]), method="highs",
            options={"time_limit": max(1.0, self._left() / 2)},
        )  # fmt: skip
        if done.ineqlin is None or done.status != 0:
            return False
        self._lower(np.rint(np.maximum(0, -done.ineqlin.marginals)).astype(np.int64))
        return True

    def _program(self, free: Bools) -> "_Program":
        """Bài toán trên các cung ``free``, cung khác đứng yên: (giá, bảo toàn luồng, cung, hàng phụ, vế phải, trần)."""
        arcs, side = self.arcs, self.side
        index = np.flatnonzero(free)
        still = np.where(free, 0, self.flow)
        supply = arcs.supply.copy()
        np.subtract.at(supply, arcs.tail, still)
        np.add.at(supply, arcs.head, still)
        nodes = np.unique(np.concatenate([arcs.tail[index], arcs.head[index]]))
        place = np.full(len(supply), -1)
        place[nodes] = np.arange(len(nodes))
        count = len(index)
        ones = np.ones(count)
        equal = sparse.coo_matrix(
            (np.concatenate([ones, -ones]), (np.concatenate([place[arcs.tail[index]], place[arcs.head[index]]]), np.tile(np.arange(count), 2))),
            shape=(len(nodes), count + side.groups),
        ).tocsr()
        slack = sparse.coo_matrix((side.scale.astype(float), (np.arange(len(side.group)), side.group)), shape=(len(side.group), side.groups))
        rows = sparse.hstack([side.matrix[:, index], slack]).tocsr()
        least = side.least - side.matrix @ still
        caps = np.concatenate([arcs.cap[index].astype(float), np.full(side.groups, np.inf)])
        cost = np.concatenate([self.cost[index].astype(float), self.penalties.astype(float)])
        return cost, equal, supply[nodes], rows, least, caps

    def _solve(self, free: Bools, seconds: float) -> tuple[bool, float]:
        """Bài toán nguyên trên ``free``; nhận nếu tốt hơn. (có tốt hơn không, cận của máy giải cho cả phương án)."""
        cost, equal, supply, rows, least, caps = self._program(free)
        touched = np.flatnonzero(np.diff(rows[:, : int(free.sum())].indptr))
        used = np.unique(self.side.group[touched])
        keep = np.concatenate([np.arange(int(free.sum())), int(free.sum()) + used])
        constraints = [LinearConstraint(equal[:, keep], supply, supply)]
        if len(touched):
            constraints.append(LinearConstraint(rows[touched][:, keep], least[touched], np.inf))
        done = milp(
            cost[keep], constraints=constraints, integrality=np.ones(len(keep)), bounds=Bounds(0, caps[keep]),
            options={"time_limit": max(0.5, seconds), "mip_rel_gap": 0.0},
        )  # fmt: skip
        outside = float(self.flow[~free] @ self.cost[~free])
        bound = -np.inf if done.mip_dual_bound is None else float(done.mip_dual_bound) + outside
        if done.x is None:
            return False, bound
        flow = self.flow.copy()
        flow[free] = np.rint(done.x[: int(free.sum())]).astype(np.int64)
        if self.value(flow) >= self.value(self.flow):
            return False, bound
        self.flow = flow
        return True, bound

    def _windows(self) -> Iterator[Progress]:
        """Các cửa sổ quanh quy tắc còn thiếu trước, rồi quét cả bài toán; một lượt không khá hơn thì thôi."""
        units = self._units()
        while self._left() > 1 and self.value(self.flow) > self.bound:
            better = False
            for window in self._around(units):
                if self._left() <= 1:
                    return
                if self._solve(self._free(np.isin(units, window)), min(10.0, self._left()))[0]:
                    better = True
                    yield self._progress("windows")
            if not better:
                return

    def _whole(self) -> Iterator[Progress]:
        """Từng vùng không dính nhau, vùng hở nhất trước, giải nguyên trọn vẹn.

        Cung nào của vùng có giá thu gọn lớn hơn khoảng hở của vùng thì không nằm trong cách tốt hơn nào: bỏ.
        """
        of_arc, of_row = self._regions()
        count = int(max(of_arc.max(initial=-1), of_row.max(initial=-1))) + 1
        bounds = np.zeros(count, dtype=np.int64)
        np.add.at(bounds, of_arc, self.parts[0])
        np.add.at(bounds, of_row, self.parts[1])
        of_group = np.zeros(self.side.groups, dtype=np.int64)
        of_group[self.side.group] = of_row
        slack = self._values(of_arc, of_group, count) - bounds
        structural = np.arange(len(of_arc)) >= len(self.network.options.person)
        for region in np.argsort(-slack, kind="stable").tolist():
            free = (of_arc == region) & ((self.flow > 0) | (self.left <= slack[region]) | structural)
            if slack[region] <= 0 or self._left() <= 1:
                return
            if free.sum() > _SMALL:
                continue
            _, bound = self._solve(free, min(self._left(), max(_REGION_SECONDS, self._left() / 4)))
            bound -= float(self.flow[~free] @ self.cost[~free])
            most = int(self._values(of_arc, of_group, count)[region])
            told = min(most, math.ceil(bound - _ROUNDING * abs(bound))) if math.isfinite(bound) else int(bounds[region])
            if told > bounds[region]:
                self.bound, self.own_bound = self.bound + told - int(bounds[region]), False
            yield self._progress("whole")

    def _values(self, of_arc: Ints, of_group: Ints, count: int) -> Ints:
        """Giá của phương án đang có trong từng vùng."""
        values = np.zeros(count, dtype=np.int64)
        np.add.at(values, of_arc, self.flow * self.cost)
        np.add.at(values, of_group, self.penalties * self.side.short(self.flow))
        return values

    def _regions(self) -> tuple[Ints, Ints]:
        """Vùng của từng cung và từng hàng phụ: hai vùng không chung người, vị trí hay quy tắc nào."""
        of_node, of_row = regions(self.arcs, self.side)
        return of_node[self.arcs.tail], of_row

    def _units(self) -> Ints:
        """Đơn vị (chỉ số) của từng cặp (người, vị trí)."""
        at = {one.id: k for k, one in enumerate(self.network.problem.units)}
        return np.array([at[one.unit] for one in self.network.problem.posts], dtype=np.int64)[self.network.options.post]

    def _around(self, units: Ints) -> Iterator[Ints]:
        """Nhóm đơn vị hay đổi người cho nhau (cùng khu vực, rồi theo thứ tự), nhóm đang thiếu đi trước."""
        problem = self.network.problem
        order = sorted(range(len(problem.units)), key=lambda k: (problem.units[k].area, k))
        used = set(units.tolist())
        order = [k for k in order if k in used]
        windows = [np.array(order[k : k + WINDOW]) for k in range(0, len(order), WINDOW // 2)]
        short = self.side.short(self.flow)[self.side.group] > 0
        lacking = {int(units[k]) for k in self.side.matrix[np.flatnonzero(short)].indices if k < len(units)}
        return iter(sorted(windows, key=lambda window: -len(lacking & set(window.tolist()))))

    def _free(self, inside: Bools) -> Bools:
        """Cung của cửa sổ: người đang ở trong hay chưa có chỗ, tới các vị trí trong cửa sổ; ghế cắt đứng yên."""
        options, arcs = self.network.options, self.arcs
        pairs, people = len(options.person), len(options.people)
        slack = max(0, self.value(self.flow) - self.bound)
        within = np.zeros(people, dtype=bool)
        within[options.person[inside & (self.flow[:pairs] > 0)]] = True
        within |= self.flow[pairs : pairs + people] > 0
        free = np.zeros(len(arcs.tail), dtype=bool)
        free[:pairs] = inside & within[options.person] & ((self.left[:pairs] <= slack) | (self.flow[:pairs] > 0))
        touched = np.zeros(people, dtype=bool)
        touched[options.person[free[:pairs]]] = True
        free[pairs : pairs + people] = touched & within
        nodes = np.zeros(len(arcs.supply), dtype=bool)
        nodes[arcs.head[:pairs][inside]] = True
        for _ in range(2):  # counted -> post -> seat
            nodes[arcs.head[pairs + people :][nodes[arcs.tail[pairs + people :]]]] = True
        nodes[people] = False
        free[pairs + people :] = nodes[arcs.tail[pairs + people :]]
        return free
