"""Không phương án nào giữ được mọi luật: tập luật nhỏ nhất trái nhau (bỏ bất kỳ luật nào trong đó thì các luật còn lại giữ được).

Từ một luật bị vượt, lan dần sang các luật tranh cùng người, cùng ghế với nó tới khi chúng trái nhau (định lý Hall: tập ấy có
ít người hơn chỗ cần), rồi bỏ thử từng luật. Người không dính tới luật nào thì để ngoài: họ chưa có chỗ cũng không vượt luật.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from tinhgon.engine.placement.eligible import obstacles
from tinhgon.engine.placement.flow import cheapest
from tinhgon.engine.placement.model import Fact, Plan, Problem
from tinhgon.engine.placement.network import network_of
from tinhgon.engine.placement.options import options_of
from tinhgon.engine.placement.rules import deputies_over
from tinhgon.engine.placement.solving import solve


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """``kind``: floor, pin, also, cut, unit_cut, deputies. ``id``: vị trí, người hay đơn vị; rỗng với luật của cả phương án."""

    kind: str
    id: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """``people``: mọi người tính được vào các sàn trong ``rules``: bấy nhiêu người không đủ."""

    rules: tuple[Rule, ...]
    people: tuple[str, ...]


def conflict(problem: Problem, plan: Plan | None = None) -> Conflict | None:
    """``None``: mọi luật của dòng chảy giữ được cùng lúc. ``plan``: phương án đã giải, để khỏi giải lại."""
    broken = [one for one in (plan or solve(problem)).unmet if one.code.rsplit(".", 1)[0] == "unmet.floor" or one.code in _OF_FLOW]
    if not broken:
        return None
    return _Search(problem).around(_rule_of(broken[0]))


_OF_FLOW = {"unmet.pin": "pin", "unmet.also": "also", "unmet.cut": "cut", "unmet.unit_cut": "unit_cut", "unmet.deputies": "deputies"}


def _rule_of(fact: Fact) -> Rule:
    kind = _OF_FLOW.get(fact.code, "floor")
    keys = {"pin": ("person", "post"), "also": ("person", "post"), "floor": ("post",), "unit_cut": ("unit",)}.get(kind, ())
    return Rule(kind, *(str(fact.data[key]) for key in keys))


class _Search:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    def around(self, seed: Rule) -> Conflict | None:
        rules, seen = [seed], {seed}
        while not self._breaks(rules):
            near = [one for one in self._near(rules) if one not in seen]
            if not near:
                near = [one for one in self._all if one not in seen]
            if not near:
                return None
            rules += near
            seen.update(near)
        for one in reversed(list(rules)):
            fewer = [other for other in rules if other != one]
            if self._breaks(fewer):
                rules = fewer
        people = {who for one in rules if one.kind == "floor" for who in self._counted[0].get(one.id, ())}
        return Conflict(tuple(sorted(rules)), tuple(sorted(people)))

    @cached_property
    def _all(self) -> list[Rule]:
        problem = self.problem
        return [
            *(Rule("pin", person, post) for person, post in problem.rules.pins),
            *(Rule("also", person, post) for person, post in problem.rules.also),
            *(Rule("floor", one.id) for one in problem.posts if one.floor),
            *(Rule("unit_cut", one.id) for one in problem.units if one.cut_min),
            *([Rule("deputies")] if deputies_over(problem) else []),
            *([Rule("cut")] if problem.rules.cut else []),
        ]

    @cached_property
    def _counted(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """(sàn -> người tính được vào nó và vào được nó, kể cả khi đang ghim ở chỗ khác; người -> các sàn ấy)."""
        problem = self.problem
        options = options_of(replace(problem, rules=replace(problem.rules, pins=())))
        floors = np.array([one.floor > 0 for one in problem.posts], dtype=bool)
        of_post: dict[str, list[str]] = defaultdict(list)
        of_person: dict[str, list[str]] = defaultdict(list)
        for k in np.flatnonzero(options.counted & floors[options.post]).tolist():
            who, post = options.people[options.person[k]].id, problem.posts[options.post[k]].id
            of_post[post].append(who)
            of_person[who].append(post)
        return of_post, of_person

    def _near(self, rules: list[Rule]) -> Iterator[Rule]:
        """Luật tranh cùng người hay cùng ghế với ``rules``."""
        people, posts = self._people(rules), self._posts(rules)
        units = {self.problem.post_of[post].unit for post in posts}
        floors = posts | {post for who in people for post in self._counted[1].get(who, ())}
        for one in self._all:
            if one.kind == "floor":
                near = one.id in floors
            elif one.kind in ("pin", "also"):
                near = one.id in people or one.post in posts
            else:
                near = one.kind != "unit_cut" or one.id in units
            if near:
                yield one

    def _people(self, rules: list[Rule]) -> set[str]:
        named = {one.id for one in rules if one.kind in ("pin", "also")}
        return named | {who for one in rules if one.kind == "floor" for who in self._counted[0].get(one.id, ())}

    def _posts(self, rules: list[Rule]) -> set[str]:
        """Vị trí dính tới các luật; luật về ghế cắt và kiêm nhiệm (người ấy cần một chỗ bất kỳ) dính tới mọi vị trí."""
        problem, kinds = self.problem, {one.kind for one in rules}
        if kinds & {"cut", "deputies", "also"}:
            return set(problem.post_of)
        units = {one.id for one in rules if one.kind == "unit_cut"}
        named = {one.id if one.kind == "floor" else one.post for one in rules if one.kind in ("floor", "pin")}
        return named | {post.id for post in problem.posts if post.unit in units}

    def _breaks(self, rules: list[Rule]) -> bool:
        """Chỉ giữ các luật ấy, trên những người và vị trí dính tới chúng, mà vẫn phải vượt."""
        network = network_of(self._small(rules))
        rule = network.strict[0]
        return bool(int((cheapest(network.arrays, rule) * rule).sum()) + network.whole[0])

    def _small(self, rules: list[Rule]) -> Problem:
        problem, by_kind = self.problem, defaultdict(set)
        for one in rules:
            by_kind[one.kind].add(one.id)
        posts, people, kept = self._posts(rules), self._people(rules), problem.rules
        return replace(
            problem,
            people=tuple(problem.person_of[who] for who in sorted(people)),
            posts=tuple(one if one.id in by_kind["floor"] else replace(one, floor=0) for one in problem.posts if one.id in posts),
            units=tuple(one if one.id in by_kind["unit_cut"] else replace(one, cut_min=0) for one in problem.units),
            rules=replace(
                kept,
                pins=tuple(pair for pair in kept.pins if pair[0] in by_kind["pin"]),
                also=tuple(pair for pair in kept.also if pair[0] in by_kind["also"]),
                forbidden=tuple(self._barred(people, posts)),
                cut=kept.cut if by_kind["cut"] else 0,
                deputy_percent=kept.deputy_percent if by_kind["deputies"] else None,
                together=(),
                apart=(),
                status_quo=False,
            ),
        )

    def _barred(self, people: set[str], posts: set[str]) -> Iterator[tuple[str, str]]:
        """Cặp bị cấm; giữ nguyên trạng đọc vị trí cũ, có thể nằm ngoài vùng đang xét, nên đổi thành cặp cấm."""
        yield from ((who, post) for who, post in self.problem.rules.forbidden if who in people and post in posts)
        if self.problem.rules.status_quo:
            for who in people:
                for post in posts:
                    found = obstacles(self.problem, self.problem.person_of[who], self.problem.post_of[post])
                    if any(why.code == "barred.status_quo" for why in found):
                        yield who, post
