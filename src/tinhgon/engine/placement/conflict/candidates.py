"""Luật nào cần những cặp (người, vị trí) nào. Điều kiện của từng cặp (mức, ngạch, khu vực, giữ nguyên trạng, cấm) là nền, không phải luật."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from tinhgon.engine.placement.eligible import obstacles
from tinhgon.engine.placement.model import EXPERIENCE, PROVEN, Fact, Person, Problem
from tinhgon.engine.placement.options import Bools, Ints, Options, options_of
from tinhgon.engine.placement.points import is_counted
from tinhgon.engine.placement.rules import commune_of, deputies_over, duties

FLOW_LAWS = ("pin", "also", "floor", "unit_cut", "deputies", "cut")
LAWS = (*FLOW_LAWS, "apart")
"""Trái các luật này thì không có phương án. Các loại khác là mong muốn: không giữ được thì phương án gọi tên."""
PAIRED = ("apart", "together")
WORDS = ("pin", "also", *PAIRED)
CUTTING = ("cut", "unit_cut", "deputies")
NONE: Ints = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """``kind``: xem ``sentences.RULES``. ``id``: vị trí, người hay đơn vị; rỗng với luật của cả phương án. ``other``: người kia, hay lĩnh vực."""

    kind: str
    id: str = ""
    post: str = ""
    other: str = ""

    @property
    def people(self) -> tuple[str, ...]:
        if self.kind in PAIRED:
            return self.id, self.other
        return (self.id,) if self.kind in WORDS else ()

    @property
    def data(self) -> dict[str, str]:
        """Dữ liệu cho câu của nó trong ``sentences.RULES``."""
        return {"person": self.id, "unit": self.id, "post": self.post, "other": self.other, "field": self.other}

    @property
    def unit(self) -> str:
        return self.id if self.kind in ("unit_cut", "unit_veterans", "unit_cover") else ""


def rules_of(problem: Problem) -> Iterator[Rule]:
    """Mọi luật của bài toán: lời về từng người trước."""
    rules = problem.rules
    yield from (Rule("pin", person, post) for person, post in dict.fromkeys(rules.pins))
    yield from (Rule("also", person, post) for person, post in dict.fromkeys(rules.also))
    yield from (Rule("apart", one, other=other) for one, other in dict.fromkeys(rules.apart))
    yield from (Rule("together", one, other=other) for one, other in dict.fromkeys(rules.together))
    yield from (Rule("floor", one.id, one.id) for one in problem.posts if one.floor)
    yield from (Rule("unit_cut", one.id) for one in problem.units if one.cut_min)
    yield from [Rule("deputies")] if deputies_over(problem) else []
    yield from [Rule("cut")] if rules.cut else []
    if rules.unit_veteran_percent:
        yield from (Rule("unit_veterans", one.id) for one in problem.units)
    if rules.unit_cover:
        yield from (Rule("unit_cover", unit, other=field) for unit, field in duties(problem))


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Các cặp đủ điều kiện, theo chỉ số trong bài toán."""

    person: Ints
    post: Ints
    counted: Bools


def pairs_of(problem: Problem, options: Options | None = None) -> Pairs:
    """Mọi cặp đủ điều kiện như chưa ghim ai, thêm từng cặp ghim mà điều kiện khác không cản: bỏ một lời ghim không làm ai hết chỗ.

    ``options``: các cặp của bài toán, nếu đã dựng: chỉ người được ghim phải dựng lại.
    """
    at = {one.id: i for i, one in enumerate(problem.people)}
    place = {one.id: j for j, one in enumerate(problem.posts)}
    free = options_of(_unpinned(problem, problem.people if options is None else tuple(one for one in problem.people if one.id in problem.pin_of)))
    parts = [_indexed(free, at)]
    if options is not None:
        rest = _indexed(options, at)
        parts.append(rest[~np.isin(rest[:, 0], [at[who] for who in problem.pin_of])])
    known = np.concatenate(parts)
    extra: list[tuple[int, int, bool]] = []
    for who, post in dict.fromkeys(problem.rules.pins):
        if place[post] not in known[known[:, 0] == at[who], 1] and all(why.code == "barred.pinned" for why in _obstacles(problem, who, post)):
            extra.append((at[who], place[post], problem.costs is None and is_counted(problem, problem.person_of[who], problem.post_of[post])))
    known = np.concatenate([known, np.array(extra, dtype=np.int64).reshape(-1, 3)])
    return Pairs(known[:, 0], known[:, 1], known[:, 2] > 0)


def _unpinned(problem: Problem, people: tuple[Person, ...]) -> Problem:
    """Chỉ những người ấy, như chưa ghim ai."""
    if len(people) == len(problem.people):
        return replace(problem, rules=replace(problem.rules, pins=()))
    ids = {one.id for one in people}
    forbidden = tuple(pair for pair in problem.rules.forbidden if pair[0] in ids)
    costs = problem.costs and {pair: cost for pair, cost in problem.costs.items() if pair[0] in ids}
    return replace(problem, people=people, costs=costs, rules=replace(problem.rules, pins=(), together=(), apart=(), forbidden=forbidden))


def _indexed(options: Options, at: Mapping[str, int]) -> Ints:
    """Từng cặp một dòng: người (chỉ số trong bài toán), vị trí, có tính vào sàn."""
    people = np.array([at[one.id] for one in options.people], dtype=np.int64)
    return np.stack([people[options.person], options.post, options.counted.astype(np.int64)], axis=1)


def _obstacles(problem: Problem, who: str, post: str) -> tuple[Fact, ...]:
    return obstacles(problem, problem.person_of[who], problem.post_of[post])


class Candidates:
    """Tra các cặp theo người, vị trí, đơn vị, và theo luật cần chúng."""

    def __init__(self, problem: Problem, pairs: Pairs) -> None:
        self.problem, self.pairs = problem, pairs
        self.people = {one.id: i for i, one in enumerate(problem.people)}
        self.posts = {one.id: j for j, one in enumerate(problem.posts)}
        self._of_person, self._of_post = _groups(pairs.person, len(self.people)), _groups(pairs.post, len(self.posts))
        self._known: dict[str, Bools] = {}

    @cached_property
    def unit_at(self) -> Ints:
        """Đơn vị của từng vị trí, đánh số."""
        return _numbered([one.unit for one in self.problem.posts])

    @cached_property
    def commune_at(self) -> Ints:
        """Xã, phường của từng vị trí, đánh số."""
        return _numbered([commune_of(self.problem, one.id) for one in self.problem.posts])

    def of_person(self, person: str) -> Ints:
        return self._of_person[self.people[person]]

    def counted_at(self, posts: Iterable[str]) -> Ints:
        """Các cặp tính được vào sàn hay vào tỉ lệ lâu năm của các vị trí ấy."""
        found = self._of_posts(posts)
        return found[self.pairs.counted[found]]

    def able_at(self, unit: str, field: str) -> Ints:
        """Các cặp đưa người làm được lĩnh vực ấy vào đơn vị ấy."""
        found = self._of_posts(self.unit_posts(unit))
        return found[self._able(field)[self.pairs.person[found]]]

    def needed(self, rule: Rule) -> Ints:
        """Các cặp giúp giữ một luật. Hai người không cùng đơn vị, hai người cùng xã thì không cần ai có chỗ."""
        if rule.kind == "pin":
            found = self.of_person(rule.id)
            return found[self.pairs.post[found] == self.posts[rule.post]]
        if rule.kind == "also":
            return self.of_person(rule.id)
        if rule.kind == "floor":
            return self.counted_at([rule.id])
        if rule.kind == "unit_veterans":
            return self.counted_at(self.senior_posts(rule.id))
        return self.able_at(rule.id, rule.other) if rule.kind == "unit_cover" else NONE

    def unit_posts(self, unit: str) -> list[str]:
        return self._by_unit.get(unit, [])

    def senior_posts(self, unit: str) -> list[str]:
        """Vị trí cần kinh nghiệm của đơn vị: nơi tính tỉ lệ người lâu năm."""
        return [one for one in self.unit_posts(unit) if self.problem.kind_of(self.problem.post_of[one]) == EXPERIENCE]

    def _of_posts(self, posts: Iterable[str]) -> Ints:
        return np.concatenate([NONE, *(self._of_post[self.posts[post]] for post in posts)])

    @cached_property
    def _by_unit(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for one in self.problem.posts:
            found.setdefault(one.unit, []).append(one.id)
        return found

    def _able(self, field: str) -> Bools:
        if field not in self._known:
            people = self.problem.people
            self._known[field] = np.array([any(s.field == field and s.level >= PROVEN for s in one.skills) for one in people], dtype=bool)
        return self._known[field]


def _groups(keys: Ints, count: int) -> Sequence[Ints]:
    order = np.argsort(keys, kind="stable")
    return np.split(order, np.searchsorted(keys[order], np.arange(1, count)))


def _numbered(names: list[str]) -> Ints:
    number = {name: k for k, name in enumerate(dict.fromkeys(names))}
    return np.array([number[name] for name in names], dtype=np.int64)
