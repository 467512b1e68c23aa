"""Báo cáo công bằng: nguyện vọng được đáp ứng, chênh lệch theo giới, lứa tuổi, đơn vị gốc, và các cặp so bì kèm lý do.

So bì có lý: người p muốn chỗ của q hơn chỗ mình, vào được chỗ ấy, và hơn q ở nghề ấy (bằng nhau thì hơn về trọng số giữ người).
Lý do là giá: xếp p vào đó thì phương án tốt nhất kém đi bao nhiêu.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tinhgon.engine.placement.eligible import obstacles
from tinhgon.engine.placement.full.certificate import bound_and_reduced
from tinhgon.engine.placement.model import FullCertificate, Person, Plan, Post, Problem
from tinhgon.engine.placement.points import FULL, goodness, losses, skill_for, wishes_above
from tinhgon.engine.placement.points import wish_rank as rank_at
from tinhgon.engine.placement.pricing import Pricing

SMALLEST = 5
"""Nhóm ít người hơn thì không nêu: con số của nhóm nhỏ là con số của từng người."""
AGE_BANDS = ((0, 35), (35, 45), (45, 55), (55, 200))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Một nhóm người: bao nhiêu có chỗ, được nguyện vọng thứ nhất, trong ba nguyện vọng đầu, điểm nghề trung bình.

    ``wishing``: người nêu nguyện vọng; ``seated``: trong số ấy, người có chỗ (chưa có chỗ thì chưa thể được nguyện vọng nào).
    """

    people: int
    placed: int
    wishing: int
    seated: int
    first: int
    three: int
    settled: int
    """Ở nguyên vị trí hay đơn vị cũ, hoặc được nguyện vọng thứ nhất, thứ hai."""
    mastery: float


@dataclass(frozen=True, slots=True)
class Group:
    """``by``: sex, age, unit. ``gap``: tỉ lệ có chỗ của nhóm trừ của cả bài toán, điểm phần trăm."""

    by: str
    name: str
    outcome: Outcome
    gap: float


@dataclass(frozen=True, slots=True)
class Envy:
    """``price``: phương án tốt nhất có ``person`` ở ``post`` kém ít nhất bấy nhiêu, từng bậc (phương án đủ luật: một tổng gộp)."""

    person: str
    holder: str
    post: str
    price: tuple[int, ...]
    ties: int = 0
    """Khi ngang nhau: người có trọng số giữ người cao hơn ở nơi khác mất thêm bấy nhiêu nguyện vọng (``Network.ties``)."""
    moved: int = 0
    """Khi ngang nhau: bấy nhiêu người khác phải chuyển, gọi được tên."""

    @property
    def is_level(self) -> bool:
        """Ngang nhau tới cùng: người ấy được thì người khác phải nhường đúng bấy nhiêu."""
        return self.moved > 0 and not any((*self.price, self.ties))

    @property
    def is_explained(self) -> bool:
        """Con số khác 0 đầu tiên, theo bậc, phải dương; không số nào khác 0 thì phải nêu được ai nhường."""
        return next((value > 0 for value in (*self.price, self.ties) if value), self.is_level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    everyone: Outcome
    groups: tuple[Group, ...]
    hidden: int
    envy: tuple[Envy, ...]


def fairness(
    problem: Problem, plan: Plan, *, year: int, pricing: Pricing | None = None, full: FullCertificate | None = None
) -> Fairness:
    """``year``: năm tính tuổi. ``full``: chứng chỉ đủ luật của phương án, khi có."""
    everyone = outcome(problem, plan, problem.people)
    groups, hidden = [], 0
    for by, key in _keys(year).items():
        members: dict[str, list[Person]] = defaultdict(list)
        for one in problem.people:
            members[key(one)].append(one)
        members.pop("", None)
        shown = _shown({name: len(people) for name, people in members.items()})
        hidden += len(members) - len(shown)
        for name in shown:
            people = members[name]
            of_group = outcome(problem, plan, people)
            groups.append(Group(by, name, of_group, round(100 * (_rate(of_group) - _rate(everyone)), 1)))
    pricing = pricing or Pricing(problem, plan)
    envy = tuple(_explained(problem, plan, pricing) if plan.certificate.is_proven or full is None else _bounded(problem, plan, pricing, full))
    return Fairness(everyone=everyone, groups=tuple(groups), hidden=hidden, envy=envy)


def outcome(problem: Problem, plan: Plan, people: tuple[Person, ...] | list[Person]) -> Outcome:
    ranks = [wish_rank(problem, plan, one) for one in people]
    placed = [(one, problem.post_of[plan.places[one.id]]) for one in people if one.id in plan.places]
    settled = sum(
        rank in (1, 2) or (one.id in plan.places and stays(problem, plan, one)) for one, rank in zip(people, ranks, strict=True)
    )
    mastery = sum(FULL - losses(problem, one, post)[0] for one, post in placed)
    return Outcome(
        people=len(people), placed=len(placed), wishing=sum(bool(one.wishes) for one in people),
        seated=sum(bool(one.wishes) for one, _post in placed), first=ranks.count(1),
        three=sum(rank in (1, 2, 3) for rank in ranks), settled=settled, mastery=round(mastery / len(placed), 1) if placed else 0.0,
    )  # fmt: skip


def wish_rank(problem: Problem, plan: Plan, one: Person) -> int | None:
    post = plan.places.get(one.id)
    return None if post is None else rank_at(one, problem.post_of[post])


def stays(problem: Problem, plan: Plan, one: Person) -> bool:
    """Ở nguyên vị trí; vị trí cũ không còn thì ở nguyên đơn vị."""
    post = plan.places[one.id]
    return one.post == post if one.post in problem.post_of else problem.post_of[post].unit == one.unit


def justified_envy(problem: Problem, plan: Plan) -> Iterator[tuple[str, str, str]]:
    """(người, người giữ chỗ, vị trí); muốn cả một đơn vị là muốn mọi vị trí của nó."""
    holders: dict[str, list[Person]] = defaultdict(list)
    for who, post in plan.places.items():
        holders[post].append(problem.person_of[who])
    of_unit: dict[str, list[Post]] = defaultdict(list)
    for place in problem.posts:
        of_unit[place.unit].append(place)
    for one in problem.people:
        for wish in wishes_above(one, wish_rank(problem, plan, one)):
            for place in [problem.post_of[wish]] if wish in problem.post_of else of_unit[wish]:
                if holders[place.id] and not obstacles(problem, one, place):
                    mine = _claim(one, place)
                    yield from ((one.id, other.id, place.id) for other in holders[place.id] if mine > _claim(other, place))


def _claim(one: Person, post: Post) -> tuple[int, int]:
    """Ai hợp vị trí hơn: mức thạo lĩnh vực ấy, bằng nhau thì trọng số giữ người."""
    return skill_for(one, post.field).level, goodness(one)


def _explained(problem: Problem, plan: Plan, pricing: Pricing) -> Iterator[Envy]:
    """Giá thu gọn đã là cận dưới đúng của giá; chỉ khi nó bằng 0 mới xem có thật là không tốn gì."""
    pairs = list(justified_envy(problem, plan))
    free: dict[str, set[str]] = defaultdict(set)
    for who, _holder, post in pairs:
        if not any(pricing.least(who, post)):
            free[who].add(post)
    level = {(who, post): found for who, posts in free.items() for post, found in pricing.level(who, posts).items()}
    for who, holder, post in pairs:
        least = pricing.least(who, post)
        if any(least):
            yield Envy(who, holder, post, least)
        elif (who, post) in level:
            yield Envy(who, holder, post, least, *level[who, post])
        else:  # không đường nào không tốn gì, mà giá là số nguyên: kém ít nhất một
            yield Envy(who, holder, post, (*least[:-1], 1))


def _bounded(problem: Problem, plan: Plan, pricing: Pricing, full: FullCertificate) -> Iterator[Envy]:
    """Phương án đủ luật: cận cộng giá thu gọn của cặp là cận dưới của mọi phương án có cặp ấy; trừ giá trị của phương án này."""
    bound, reduced = bound_and_reduced(pricing.network, plan.weights, full)
    for who, holder, post in justified_envy(problem, plan):
        pair = pricing.network.options.find(pricing.people[who], pricing.posts[post])
        yield Envy(who, holder, post, (0 if pair is None else max(0, bound + int(reduced[pair]) - full.value),))


def _shown(sizes: dict[str, int]) -> list[str]:
    """Giấu các nhóm nhỏ, và nếu trừ ra vẫn tính được chúng thì giấu thêm nhóm nhỏ kế tiếp."""
    by_size = sorted(sizes, key=lambda name: (sizes[name], name))
    hidden = [name for name in by_size if sizes[name] < SMALLEST]
    for name in by_size[len(hidden) :]:
        if not hidden or sum(sizes[one] for one in hidden) >= SMALLEST:
            break
        hidden.append(name)
    return sorted(set(sizes) - set(hidden))


def _keys(year: int) -> dict[str, Callable[[Person], str]]:
    def band(one: Person) -> str:
        if one.born is None:
            return ""
        age = year - one.born
        return next(f"{low}-{high - 1}" if high < 200 else f"{low}+" for low, high in AGE_BANDS if low <= max(0, age) < high)

    return {"sex": lambda one: one.sex, "age": band, "unit": lambda one: one.origin or one.unit}


def _rate(one: Outcome) -> float:
    return one.placed / one.people if one.people else 0.0
