"""Một nhóm luật có giữ được cùng lúc không: bài toán nguyên nhỏ (HiGHS), chỉ gồm những cặp mà nhóm ấy cần tới.

Cặp không giúp luật nào thì bỏ được: bỏ một người khỏi chỗ chỉ làm ghế rộng ra, và không phạm luật về hai người.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from tinhgon.engine.placement.conflict.candidates import CUTTING, FLOW_LAWS, NONE, Candidates, Rule
from tinhgon.engine.placement.options import Ints
from tinhgon.engine.placement.rules import deputies_over

_SECONDS = 2.0
_INFEASIBLE = 2


def is_impossible(candidates: Candidates, rules: Iterable[Rule]) -> bool:
    """Chắc chắn không giữ được cùng lúc. Chưa ngã ngũ trong hạn giờ thì trả lời là không: không bao giờ nói oan."""
    return _Model(candidates, list(rules)).is_impossible()


@dataclass(slots=True)
class _Table:
    """Các hàng ràng buộc đang dựng: ``least`` <= tổng hệ số x cột <= ``most``."""

    parts: list[tuple[Ints, Ints, Ints]] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)

    def add(self, columns: Ints, factors: Ints | int = 1, *, least: float = -np.inf, most: float = np.inf) -> None:
        self.block(np.zeros(len(columns), dtype=np.int64), columns, factors, [least], [most])

    def block(self, rows: Ints, columns: Ints, factors: Ints | int, least: list[float], most: list[float]) -> None:
        self.parts.append((rows + len(self.least), columns, np.broadcast_to(np.asarray(factors, dtype=np.int64), columns.shape)))
        self.least += least
        self.most += most

    def is_false(self) -> bool:
        """Có hàng không cột nào mà đòi khác 0."""
        used = set(np.concatenate([NONE, *(rows for rows, _, _ in self.parts)]).tolist())
        return any(k not in used and not least <= 0 <= most for k, (least, most) in enumerate(zip(self.least, self.most, strict=True)))

    def matrix(self, width: int) -> sparse.csr_matrix:
        rows, columns, factors = (np.concatenate([NONE, *one]) for one in zip(*self.parts, strict=True))
        return sparse.csr_matrix((factors.astype(float), (rows, columns)), shape=(len(self.least), width))


class _Model:
    def __init__(self, candidates: Candidates, rules: list[Rule]) -> None:
        self.candidates, self.problem, self.rules = candidates, candidates.problem, rules
        self.kinds = {one.kind for one in rules}
        pins = {one.id: one.post for one in rules if one.kind == "pin"}
        chosen = np.unique(np.concatenate([NONE, *(candidates.needed(one) for one in rules)]))
        for who, post in pins.items():
            here = candidates.people[who], candidates.posts[post]
            chosen = chosen[(candidates.pairs.person[chosen] != here[0]) | (candidates.pairs.post[chosen] == here[1])]
        self.chosen, self.table = chosen, _Table()
        self.person, self.post = candidates.pairs.person[chosen], candidates.pairs.post[chosen]
        self.cuts: dict[str, int] = {}
        """Vị trí được cắt -> cột của số ghế cắt."""
        self.caps = [1] * len(chosen)

    def is_impossible(self) -> bool:
        if self.kinds & set(CUTTING):
            self._open_cuts()
        self._people_and_seats()
        for one in self.rules:
            getattr(self, f"_{one.kind}")(one)
        if self.table.is_false():
            return True
        if not self.caps:
            return False
        # luật của dòng chảy lồng nhau: ma trận toàn đơn modular, nên bài toán thực đã trả lời đúng
        done = milp(
            np.zeros(len(self.caps)), constraints=[LinearConstraint(self.table.matrix(len(self.caps)), self.table.least, self.table.most)],
            integrality=np.full(len(self.caps), int(not self.kinds <= set(FLOW_LAWS))), bounds=Bounds(0, np.array(self.caps)), options={"time_limit": _SECONDS},
        )  # fmt: skip
        return bool(done.status == _INFEASIBLE)

    def _open_cuts(self) -> None:
        """Trần của từng vị trí được cắt; trần của đơn vị thành hàng. Số ghế cho phép cắt là nền, tính trên cả bài toán."""
        over = deputies_over(self.problem)
        for one in self.problem.posts:
            most = one.seats if one.deputy and one.unit in over else one.cut
            if most:
                self.cuts[one.id] = len(self.caps)
                self.caps.append(most)
        for unit in self.problem.units:
            if unit.cut_max is not None:
                self.table.add(self._cuts_of(unit.id), most=max(unit.cut_max, over.get(unit.id, 0)))

    def _cuts_of(self, unit: str, *, deputies: bool = False) -> Ints:
        posts = self.candidates.unit_posts(unit)
        return np.array([self.cuts[one] for one in posts if one in self.cuts and (self.problem.post_of[one].deputy or not deputies)], dtype=np.int64)

    def _people_and_seats(self) -> None:
        """Mỗi người nhiều nhất một chỗ; mỗi vị trí không quá số ghế, kể cả kiêm nhiệm và ghế cắt."""
        people, rows = np.unique(self.person, return_inverse=True)
        self.table.block(rows, np.arange(len(rows)), 1, [-np.inf] * len(people), [1.0] * len(people))
        at, also = self.candidates.posts, Counter(one.post for one in self.rules if one.kind == "also")
        named = np.array([at[name] for name in (*also, *self.cuts)], dtype=np.int64)
        used = np.unique(np.concatenate([self.post, named]))
        held = [self.problem.posts[j] for j in used.tolist()]
        rows = np.searchsorted(used, np.concatenate([self.post, np.array([at[name] for name in self.cuts], dtype=np.int64)]))
        columns = np.concatenate([np.arange(len(self.post)), np.array([*self.cuts.values()], dtype=np.int64)])
        self.table.block(rows, columns, 1, [-np.inf] * len(held), [float(one.seats - also[one.id]) for one in held])

    def _where(self, pairs: Ints) -> Ints:
        """Cột của các cặp ấy, bỏ những cặp không được chọn."""
        return np.flatnonzero(np.isin(self.chosen, pairs, assume_unique=True))

    def _pin(self, rule: Rule) -> None:
        self.table.add(self._where(self.candidates.needed(rule)), least=1)

    def _also(self, rule: Rule) -> None:
        self.table.add(np.flatnonzero(self.person == self.candidates.people[rule.id]), least=1)

    def _floor(self, rule: Rule) -> None:
        self.table.add(self._where(self.candidates.needed(rule)), least=self.problem.post_of[rule.id].floor)

    def _cut(self, _rule: Rule) -> None:
        self.table.add(np.array([*self.cuts.values()], dtype=np.int64), least=self.problem.rules.cut)

    def _unit_cut(self, rule: Rule) -> None:
        self.table.add(self._cuts_of(rule.id), least=self.problem.unit_of[rule.id].cut_min)

    def _deputies(self, _rule: Rule) -> None:
        for unit, count in deputies_over(self.problem).items():
            self.table.add(self._cuts_of(unit, deputies=True), least=count)

    def _ends(self, rule: Rule, places: Ints) -> list[tuple[Ints, Ints]]:
        """Từng người của cặp: (các cột, nơi của từng cột); ``places``: nơi (đơn vị hay xã) của từng vị trí."""
        found = [np.flatnonzero(self.person == self.candidates.people[who]) for who in rule.people]
        return [(columns, places[self.post[columns]]) for columns in found]

    def _apart(self, rule: Rule) -> None:
        (one, here), (other, there) = self._ends(rule, self.candidates.unit_at)
        for unit in np.intersect1d(here, there).tolist():
            self.table.add(np.concatenate([one[here == unit], other[there == unit]]), most=1)

    def _together(self, rule: Rule) -> None:
        (one, here), (other, there) = self._ends(rule, self.candidates.commune_at)
        for commune in np.unique(here).tolist():
            self.table.add(np.concatenate([one[here == commune], other[there != commune]]), most=1)

    def _unit_veterans(self, rule: Rule) -> None:
        percent, posts = self.problem.rules.unit_veteran_percent, self.candidates.posts
        columns = np.flatnonzero(np.isin(self.post, [posts[one] for one in self.candidates.senior_posts(rule.id)]))
        counted = self.candidates.pairs.counted[self.chosen[columns]]
        self.table.add(columns, np.where(counted, 100 - percent, -percent), least=0)

    def _unit_cover(self, rule: Rule) -> None:
        self.table.add(self._where(self.candidates.needed(rule)), least=self.problem.rules.cover)
