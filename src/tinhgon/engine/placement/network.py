"""Mạng dòng chảy của bài toán: quy tắc lồng nhau (``placement.md`` §1) thành cung, bốn bậc giá.

Luật, rồi không mất người giỏi, rồi mỗi việc đủ hai người, rồi các thanh kéo: bậc sau chỉ chọn trong những gì bậc trước để lại.
Người -> (``counted`` nếu tính vào sàn, không thì ``post``) -> ``seat`` -> đích; ghế cắt chảy vào ``seat`` từ ``cuts``
qua ``cut`` của đơn vị. Vị trí không có sàn hay không được cắt thì không có nút ấy. Vượt luật chỉ tốn giá bậc
một: mạng luôn có lời giải, và chỗ vượt gọi được tên.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tinhgon.engine.placement.flow import Arcs
from tinhgon.engine.placement.model import Problem, Weights
from tinhgon.engine.placement.options import Ints, Options, options_of
from tinhgon.engine.placement.points import AIMS
from tinhgon.engine.placement.rules import cuts_needed, deputies_over

FREE, BREACH, COVER, SLACK = 0, 1, 2, 3
"""Loại cung cấu trúc: không giá; không dùng hết là vượt luật (sàn); không dùng hết là thiếu người cho một việc; dùng là vượt luật."""


@dataclass(frozen=True, slots=True)
class Link:
    """Một cung cấu trúc, mã nút hai đầu."""

    tail: str
    head: str
    cap: int
    kind: int = FREE


_APART = 4


@dataclass(frozen=True, slots=True)
class Steps:
    """Giá một đơn vị của từng bậc khi gộp các bậc thành một tổng: bậc trước cách bậc sau vài lần.

    Quy tắc phụ: ``aim`` (tỉ lệ, đủ người cho một việc) đứng sau "không mất người giỏi" và "mỗi việc đủ hai người", nên không ai mất chỗ,
    không việc nào bỏ trống chỉ để tròn một tỉ lệ; rồi tới ``wish`` (hai người muốn cùng nơi). Điều cấm (không cùng đơn vị) là luật.
    """

    thin: int
    lost: int
    rule: int

    @property
    def aim(self) -> int:
        return self.thin * 3 // 4

    @property
    def wish(self) -> int:
        return self.thin // 2

    def total(self, tiers: Sequence[int]) -> int:
        rule, lost, thin, sliders = tiers
        return self.rule * rule + self.lost * lost + self.thin * thin + sliders


@dataclass(frozen=True, eq=False)
class Network:
    problem: Problem
    options: Options
    nodes: tuple[str, ...]
    """Các nút không phải người; nút 0 là đích."""
    arcs: tuple[Link, ...]
    cut: int
    seats: Ints
    pinned: Ints

    @cached_property
    def at(self) -> dict[str, int]:
        return {name: k for k, name in enumerate(self.nodes)}

    @cached_property
    def names(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Mã của từng người, từng vị trí, theo chỉ số."""
        return tuple(one.id for one in self.options.people), tuple(one.id for one in self.problem.posts)

    @cached_property
    def cutting(self) -> tuple[tuple[int, str], ...]:
        """(thứ tự trong ``arcs``, vị trí) của các cung cắt ghế."""
        found = ((k, one) for k, one in enumerate(self.arcs) if one.tail.startswith("cut") and one.head.startswith("seat:"))
        return tuple((k, one.head.removeprefix("seat:")) for k, one in found)

    @cached_property
    def heads(self) -> Ints:
        """Nút mà từng cặp (người, vị trí) chảy vào."""
        doors = np.array([self.at[f"post:{one.id}"] for one in self.problem.posts], dtype=np.int64)
        counted = np.array([self.at.get(f"counted:{one.id}", self.at[f"post:{one.id}"]) for one in self.problem.posts], dtype=np.int64)
        return np.where(self.options.counted, counted[self.options.post], doors[self.options.post])

    @cached_property
    def arrays(self) -> Arcs:
        """Cung theo thứ tự: các cặp, việc chưa có chỗ của từng người, cung cấu trúc."""
        people, pairs = len(self.options.people), len(self.options.person)
        ends = np.array([(self.at[a.tail], self.at[a.head], a.cap) for a in self.arcs], dtype=np.int64).reshape(-1, 3)
        everyone, end = np.arange(people), np.full(people, people)
        supply = np.zeros(people + len(self.nodes), dtype=np.int64)
        supply[:people] = 1
        supply[people] = -people - self.cut
        if self.cut:
            supply[people + self.at["cuts"]] = self.cut
        return Arcs(
            tail=np.concatenate([self.options.person, everyone, people + ends[:, 0]]),
            head=np.concatenate([people + self.heads, end, people + ends[:, 1]]),
            cap=np.concatenate([np.ones(pairs + people, dtype=np.int64), ends[:, 2]]),
            supply=supply,
            people=people,
        )

    @cached_property
    def strict(self) -> tuple[Ints, Ints, Ints]:
        """Giá của ba bậc đứng trước: luật, giữ người giỏi, đủ người. Cung sàn mang giá -1: không dùng là mất."""
        kinds = np.fromiter((a.kind for a in self.arcs), dtype=np.int64, count=len(self.arcs))
        none = np.zeros(len(self.options.person), dtype=np.int64)
        rule = np.concatenate([none, self.pinned.astype(np.int64), (kinds == SLACK).astype(np.int64) - (kinds == BREACH)])
        lost = np.concatenate([none, np.where(self.pinned, 0, self.options.goodness), np.zeros_like(kinds)])
        thin = np.concatenate([none, np.zeros_like(self.options.goodness), -(kinds == COVER).astype(np.int64)])
        return rule, lost, thin

    @cached_property
    def whole(self) -> tuple[int, int, int, int]:
        """Cộng vào giá từng bậc để "giữ trọn" là 0."""
        kept = {kind: sum(a.cap for a in self.arcs if a.kind == kind) for kind in (BREACH, COVER)}
        return kept[BREACH], 0, kept[COVER], 0

    def steps(self, weights: Weights) -> Steps:
        step = _APART * max(1, int(self.options.costs(weights).max(initial=0)))
        heaviest = max(1, int(self.options.goodness.max(initial=0)))
        return Steps(thin=step, lost=step * _APART, rule=step * _APART**2 * heaviest)

    def merged(self, weights: Weights) -> Ints:
        """Bốn bậc gộp thành một giá."""
        steps, (rule, lost, thin) = self.steps(weights), self.strict
        return self.sliders(weights) + steps.thin * thin + steps.lost * lost + steps.rule * rule

    @cached_property
    def ties(self) -> Ints:
        """Phá thế ngang nhau của cả bốn bậc: trọng số giữ người x mất điểm nguyện vọng. Không vào giá trị hay chứng chỉ của phương án."""
        options = self.options
        wishes = options.losses[AIMS.index("wishes")] if len(options.losses) == len(AIMS) else np.zeros_like(options.person)
        return np.concatenate([options.goodness[options.person] * wishes, np.zeros(len(options.people) + len(self.arcs), dtype=np.int64)])

    def sliders(self, weights: Weights) -> Ints:
        """Giá bậc cuối: các thanh kéo."""
        pairs = self.options.costs(weights)
        return np.concatenate([pairs, np.zeros(len(self.options.people) + len(self.arcs), dtype=np.int64)])


def network_of(problem: Problem) -> Network:
    options = options_of(problem)
    seats = seats_of(problem)
    cut, tree = _cuts(problem, seats)
    also: dict[str, int] = defaultdict(int)
    for _, post in problem.rules.also:
        also[post] += 1
    arcs: list[Link] = []
    for one, count in zip(problem.posts, seats.tolist(), strict=True):
        out = f"seat:{one.id}" if any(arc.head == f"seat:{one.id}" for arc in tree.get(one.id, ())) else "end"
        door, needed = f"post:{one.id}", max(0, min(problem.rules.cover, one.seats) - also[one.id])
        if one.floor:
            arcs += [Link(f"counted:{one.id}", door, one.floor, BREACH), Link(f"counted:{one.id}", door, max(0, count - one.floor))]
        arcs += [Link(door, out, min(needed, count), COVER), Link(door, out, max(0, count - needed))]
        if out != "end":
            arcs += [Link(out, "end", count), *tree[one.id]]
    arcs += [arc for key in ("", *(one.id for one in problem.units)) for arc in tree.get(f"unit:{key}", ())]
    arcs = [arc for arc in arcs if arc.cap]
    names = dict.fromkeys(f"post:{one.id}" for one in problem.posts)
    names.update(dict.fromkeys(name for arc in arcs for name in (arc.tail, arc.head) if name != "end"))
    held = {p for p, _ in (*problem.rules.pins, *problem.rules.also)}
    pinned = np.fromiter((one.id in held for one in options.people), dtype=bool, count=len(options.people))
    return Network(problem, options, ("end", *names), tuple(arcs), cut, seats, pinned)


def seats_of(problem: Problem) -> Ints:
    """Ghế còn cho người giữ làm việc chính: kiêm nhiệm chiếm một ghế."""
    seats = {one.id: one.seats for one in problem.posts}
    for _, post in problem.rules.also:
        seats[post] -= 1
    return np.maximum(0, np.fromiter(seats.values(), dtype=np.int64, count=len(seats)))


def _cuts(problem: Problem, seats: Ints) -> tuple[int, dict[str, list[Link]]]:
    """Cây ghế cắt: ``cuts`` -> đơn vị (ít nhất, nhiều nhất) -> (cấp phó vượt tỉ lệ) -> vị trí được cắt."""
    over = deputies_over(problem)
    total, least = cuts_needed(problem)
    tree: dict[str, list[Link]] = defaultdict(list)
    if not total:
        return 0, tree
    tree["unit:"].append(Link("cuts", "end", total, SLACK))
    room: dict[str, int] = defaultdict(int)
    for one, count in zip(problem.posts, seats.tolist(), strict=True):
        deputy = one.deputy and one.unit in over
        most = min(count, one.seats if deputy else one.cut)
        if most:
            tree[one.id].append(Link(f"cut-deputies:{one.unit}" if deputy else f"cut:{one.unit}", f"seat:{one.id}", most))
            room[one.unit] += most
    for unit in problem.units:
        most = min(room[unit.id], total if unit.cut_max is None else max(unit.cut_max, over.get(unit.id, 0)))
        if not most and not least[unit.id]:
            continue
        node, into = f"cut:{unit.id}", tree[f"unit:{unit.id}"]
        into += [Link("cuts", node, least[unit.id], BREACH), Link("cuts", node, max(0, most - least[unit.id]))]
        if unit.id in over:
            into += [Link(node, f"cut-deputies:{unit.id}", over[unit.id], BREACH), Link(node, f"cut-deputies:{unit.id}", most)]
    return total, tree
