"""Không phương án nào giữ được mọi luật: tập luật nhỏ nhất trái nhau (bỏ bất kỳ luật nào trong đó thì các luật còn lại giữ được).

Từ một luật bị vượt, lan dần sang các luật tranh cùng người, cùng ghế với nó tới khi chúng trái nhau, rồi bỏ thử (QuickXplain, Junker
2004): lời về từng người lan trước, nên tập tìm được nói bằng lời người ta đã ghi. Sau cùng mới thử bỏ từng công tắc và lời cấm đã
chặn các cặp (``background``): chúng là thành viên của tập khi bỏ đi thì hết trái.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tinhgon.engine.placement.conflict.background import SWITCHED, background
from tinhgon.engine.placement.conflict.candidates import (
    CUTTING,
    LAWS,
    PAIRED,
    WORDS,
    Candidates,
    Rule,
    pairs_of,
    rules_of,
)
from tinhgon.engine.placement.conflict.possible import is_impossible
from tinhgon.engine.placement.conflict.reasons import because
from tinhgon.engine.placement.conflict.smallest import smallest
from tinhgon.engine.placement.model import Fact, Plan, Problem
from tinhgon.engine.placement.options import Options
from tinhgon.engine.placement.solving import solve

MOST_PAIRS = 60_000
"""Nhóm luật cần nhiều cặp hơn thế mà chưa trái nhau thì thôi không lan nữa."""
MOST_TRIED = 40
"""Số quy tắc chưa giữ được xét; lời về từng người trước."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """``people``: mọi người tính được vào các sàn trong ``rules``: bấy nhiêu người không đủ. ``because``: con số làm chúng trái nhau."""

    rules: tuple[Rule, ...]
    people: tuple[str, ...]
    because: tuple[Fact, ...] = ()

    @property
    def is_law(self) -> bool:
        """Toàn luật: không phương án nào; không thì chỉ là một mong muốn không thể được."""
        return all(one.kind in LAWS for one in self.rules if one.kind not in SWITCHED)


def conflict(problem: Problem, plan: Plan | None = None, options: Options | None = None) -> Conflict | None:
    """``None``: mọi luật giữ được cùng lúc. ``plan``, ``options``: phương án đã giải, các cặp đã dựng, để khỏi làm lại."""
    broken = _broken(plan or solve(problem))
    search = Search(problem, options)
    return next((found for rule in broken if rule.kind in LAWS and (found := search.around(rule))), None)


def conflicts(problem: Problem, plan: Plan, most: int, options: Options | None = None) -> tuple[Conflict, ...]:
    """Nhiều nhất ``most`` tập trái nhau, từ những quy tắc phương án chưa giữ, kể cả mong muốn; quy tắc chỉ thua điều khác thì không có tập."""
    search, found, told = Search(problem, options), list[Conflict](), set[Rule]()
    for rule in _broken(plan)[:MOST_TRIED]:
        if len(found) == most:
            break
        if rule in told:
            continue
        one = search.around(rule)
        if one is not None and set(one.rules) not in [set(other.rules) for other in found]:
            found.append(one)
            told.update(one.rules)
    return tuple(found)


_KEYS = {
    "pin": ("person", "post"), "also": ("person", "post"), "unit_cut": ("unit",), "unit_veterans": ("unit",),
}  # fmt: skip


def _broken(plan: Plan) -> list[Rule]:
    """Các luật phương án chưa giữ: lời về từng người trước."""
    found = [_rule_of(one) for one in plan.unmet]
    return sorted(dict.fromkeys(found), key=lambda one: (one.kind not in LAWS, one.kind not in WORDS))


def _rule_of(fact: Fact) -> Rule:
    kind, data = fact.code.split(".")[1], {key: str(value) for key, value in fact.data.items()}
    if kind == "floor":
        return Rule(kind, data["post"], data["post"])
    if kind in PAIRED:
        return Rule(kind, data["person"], other=data["other"])
    if kind == "unit_cover":
        return Rule(kind, data["unit"], other=data["field"])
    return Rule(kind, *(data[key] for key in _KEYS.get(kind, ())))


class Search:
    """Dựng một lần cho một bài toán, hỏi từng luật."""

    def __init__(self, problem: Problem, options: Options | None = None) -> None:
        self.problem, self.options = problem, options

    @cached_property
    def candidates(self) -> Candidates:
        return Candidates(self.problem, pairs_of(self.problem, self.options))

    @cached_property
    def _laws(self) -> "_Nearby":
        return _Nearby(self.candidates, [one for one in rules_of(self.problem) if one.kind in LAWS])

    @cached_property
    def _everything(self) -> "_Nearby":
        return _Nearby(self.candidates, [*rules_of(self.problem)])

    def around(self, seed: Rule) -> Conflict | None:
        """Tập trái nhau quanh một luật bị vượt; luật thì chỉ đối với luật, mong muốn thì đối với mọi quy tắc."""
        rules = self._grown(seed, self._laws if seed.kind in LAWS else self._everything)
        if rules is None:
            return None
        least = tuple(sorted(smallest(rules, self._breaks), key=self._order.__getitem__))
        core = (*least, *background(self.problem, least))
        return Conflict(core, self._counted(least), because(self.candidates, core))

    @cached_property
    def _order(self) -> dict[Rule, int]:
        """Thứ tự để nói: như bài toán ghi."""
        return {one: k for k, one in enumerate(rules_of(self.problem))}

    def _breaks(self, rules: Sequence[Rule]) -> bool:
        return is_impossible(self.candidates, rules)

    def _grown(self, seed: Rule, nearby: "_Nearby") -> list[Rule] | None:
        rules, seen = [seed], {seed}
        while not self._breaks(rules):
            near = next(filter(None, ([one for one in stage if one not in seen] for stage in nearby.stages(rules))), None)
            if near is None or sum(len(self.candidates.needed(one)) for one in rules) > MOST_PAIRS:
                return None
            rules += near
            seen.update(near)
        return rules

    def _counted(self, rules: Iterable[Rule]) -> tuple[str, ...]:
        posts = [one.id for one in rules if one.kind == "floor"]
        people = self.candidates.pairs.person[self.candidates.counted_at(posts)]
        return tuple(sorted({self.problem.people[i].id for i in people.tolist()}))


class _Nearby:
    """Luật gần một nhóm luật, từng vòng: lời về chính những người ấy, luật trên chính các ghế ấy, rồi mọi người tranh được các ghế ấy."""

    def __init__(self, candidates: Candidates, pool: Sequence[Rule]) -> None:
        self.candidates, self.pool = candidates, pool
        self._by_person: dict[str, list[Rule]] = defaultdict(list)
        self._by_post: dict[str, list[Rule]] = defaultdict(list)
        self._by_unit: dict[str, list[Rule]] = defaultdict(list)
        self._cutting = [one for one in pool if one.kind in CUTTING and not one.id]
        for one in pool:
            for who in one.people:
                self._by_person[who].append(one)
            self._by_post[one.post].append(one)
            self._by_unit[one.unit].append(one)

    def stages(self, rules: Sequence[Rule]) -> Iterator[Iterable[Rule]]:
        problem = self.candidates.problem
        named = dict.fromkeys(who for one in rules for who in one.people)
        posts = dict.fromkeys(one.post for one in rules if one.post)
        yield from (
            [rule for who in named for rule in self._by_person[who]],
            [rule for post in posts for rule in self._by_post[post]],
        )
        units = dict.fromkeys([*(problem.post_of[post].unit for post in posts), *(one.unit for one in rules if one.unit)])
        inside = dict.fromkeys(post for unit in units for post in self.candidates.unit_posts(unit))
        yield [*(rule for unit in units for rule in self._by_unit[unit]), *(rule for post in inside for rule in self._by_post[post])]
        people, used = self._drawn(rules)
        yield [rule for who in people for rule in self._by_person[who]]
        yield [*(rule for post in used for rule in self._by_post[post]), *self._cutting]
        counted = self._counted_for(people)
        yield [*(rule for post in counted for rule in self._by_post[post]), *(rule for post in used for rule in self._by_unit[problem.post_of[post].unit])]
        if any(one.kind in CUTTING for one in rules):
            yield self.pool

    def _drawn(self, rules: Sequence[Rule]) -> tuple[list[str], list[str]]:
        """Người và vị trí mà các luật ấy cần tới."""
        problem, pairs = self.candidates.problem, self.candidates.pairs
        chosen = {k for one in rules for k in self.candidates.needed(one).tolist()}
        people = {int(pairs.person[k]) for k in chosen}
        posts = {int(pairs.post[k]) for k in chosen}
        return [problem.people[i].id for i in sorted(people)], [problem.posts[j].id for j in sorted(posts)]

    def _counted_for(self, people: Iterable[str]) -> list[str]:
        """Các sàn mà những người ấy tính được vào."""
        problem, pairs = self.candidates.problem, self.candidates.pairs
        found = {int(pairs.post[k]) for who in people for k in self.candidates.of_person(who).tolist() if pairs.counted[k]}
        return [problem.posts[j].id for j in sorted(found)]
