"""Vì sao một tập luật trái nhau: các con số của nó, tính lại được từ bài toán."""

from collections import Counter
from collections.abc import Iterator, Sequence

from tinhgon.engine.placement.conflict.candidates import Candidates, Rule
from tinhgon.engine.placement.eligible import obstacles
from tinhgon.engine.placement.model import Fact
from tinhgon.engine.placement.rules import commune_of

MOST = 4


def because(candidates: Candidates, rules: Sequence[Rule]) -> tuple[Fact, ...]:
    return tuple(_Reasons(candidates, rules).facts())[:MOST]


class _Reasons:
    def __init__(self, candidates: Candidates, rules: Sequence[Rule]) -> None:
        self.candidates, self.problem, self.rules = candidates, candidates.problem, rules
        self.kinds = {one.kind for one in rules}

    def facts(self) -> Iterator[Fact]:
        yield from self._seats()
        yield from self._floors()
        yield from self._pins()
        yield from self._places()
        for one in self.rules:
            yield from self._people(one)
            yield from self._cut(one)

    def _seats(self) -> Iterator[Fact]:
        """Vị trí mà tập đòi nhiều chỗ hơn số ghế."""
        taking = Counter(one.post for one in self.rules if one.kind in ("pin", "also"))
        for one in self.rules:
            if one.kind == "floor":
                pinned = sum(bool(self.candidates.pairs.counted[self.candidates.needed(pin)].any()) for pin in self.rules if pin.kind == "pin" and pin.post == one.id)
                taking[one.id] += max(0, self.problem.post_of[one.id].floor - pinned)
        for post, count in taking.items():
            seats = self.problem.post_of[post].seats
            if count > seats:
                yield Fact("because.seats", {"post": post, "seats": seats})

    def _floors(self) -> Iterator[Fact]:
        floors = [one.id for one in self.rules if one.kind == "floor"]
        if floors:
            people = self.candidates.pairs.person[self.candidates.counted_at(floors)]
            yield Fact("because.counted", {"count": len(set(people.tolist()))})

    def _pins(self) -> Iterator[Fact]:
        """Chỗ ghim mà người ấy không đủ điều kiện vào; nền đã nằm trong tập thì khỏi nói lại."""
        told = {"barred.forbidden": "forbid", "barred.status_quo": "status_quo", "barred.area": "within_area"}
        for one in self.rules:
            if one.kind == "pin" and not len(self.candidates.needed(one)):
                why = obstacles(self.problem, self.problem.person_of[one.id], self.problem.post_of[one.post])
                left = [fact for fact in why if fact.code != "barred.pinned" and told.get(fact.code) not in self.kinds]
                yield from [Fact("why.barred", {"person": one.id, "post": one.post}), *left] if left else []

    def _places(self) -> Iterator[Fact]:
        """Các chỗ ghim nằm ở đâu, khi tập có luật về hai người."""
        posts = dict.fromkeys(one.post for one in self.rules if one.kind == "pin")
        if "apart" in self.kinds:
            yield from (Fact("because.unit", {"post": post, "unit": self.problem.post_of[post].unit}) for post in posts)
        elif "together" in self.kinds:
            yield from (Fact("because.commune", {"post": post, "unit": commune_of(self.problem, post)}) for post in posts)

    def _people(self, rule: Rule) -> Iterator[Fact]:
        known = {int(i) for i in self.candidates.pairs.person[self.candidates.needed(rule)].tolist()}
        if rule.kind == "also" and not known:
            yield Fact("because.nowhere", {"person": rule.id})
        elif rule.kind == "unit_cover":
            seats = sum(self.problem.post_of[post].seats for post in self.candidates.unit_posts(rule.id))
            yield Fact("because.able", {"unit": rule.id, "field": rule.other, "count": len(known), "seats": seats, "least": self.problem.rules.cover})
        elif rule.kind == "unit_veterans":
            yield Fact("because.veterans", {"unit": rule.id, "count": len(known), "percent": self.problem.rules.unit_veteran_percent})

    def _cut(self, rule: Rule) -> Iterator[Fact]:
        if rule.kind == "cut":
            yield Fact("because.cut", {"least": self.problem.rules.cut, "most": sum(one.cut for one in self.problem.posts)})
        elif rule.kind == "unit_cut":
            most = sum(one.cut for one in self.problem.posts if one.unit == rule.id)
            yield Fact("because.unit_cut", {"unit": rule.id, "least": self.problem.unit_of[rule.id].cut_min, "most": most})
