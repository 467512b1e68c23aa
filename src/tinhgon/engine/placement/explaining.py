"""Giải thích: các điều tính lại được về chỗ của một người (tối đa năm), và câu trả lời có giá cho "vì sao không phải X?"."""

from collections.abc import Iterator
from dataclasses import dataclass

from tinhgon.engine.placement.eligible import obstacles
from tinhgon.engine.placement.full.exchanging import Exchange, Found, FullPricing
from tinhgon.engine.placement.model import Fact, Person, Plan, Post, Problem
from tinhgon.engine.placement.points import (
    FULL,
    cost,
    goodness,
    kilometres,
    losses,
    skill_for,
    wish_rank,
    wishes_below,
)
from tinhgon.engine.placement.pricing import Answer, Pricing, Step
from tinhgon.engine.placement.rules import thin_posts
from tinhgon.engine.refusal import Refused

MOST_LINES = 5
SHOWN = 3
EQUAL = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class WhyNot:
    """``obstacles`` khác rỗng: không đủ điều kiện, không có giá. ``answer``: giá đúng của dòng chảy; ``exchange``: hai cận khi có quy tắc phụ."""

    facts: tuple[Fact, ...]
    obstacles: tuple[Fact, ...] = ()
    answer: Answer | None = None
    exchange: Exchange | None = None


def explain(problem: Problem, plan: Plan, person: str, pricing: Pricing | None = None) -> tuple[Fact, ...]:
    one = _person(problem, person)
    answers = (pricing or Pricing(problem, plan)).answers(person) if _is_exact(plan, pricing) else {}
    place = plan.places.get(person)
    facts = _placed(problem, plan, one, problem.post_of[place]) if place is not None else _unplaced(problem, plan, one, answers, pricing)
    return tuple([*facts, *_wish(problem, plan, one, answers), *_equals(answers, place)][:MOST_LINES])


def why_not(problem: Problem, plan: Plan, person: str, post: str, pricing: Pricing | None = None) -> WhyNot:
    one = _person(problem, person)
    if post not in problem.post_of:
        raise Refused("unknown_id", kind="post", id=post, where="--post")
    place = problem.post_of[post]
    if plan.places.get(person) == post:
        return WhyNot((Fact("why.already", {"person": person, "post": post}),))
    barred = obstacles(problem, one, place)
    if barred:
        return WhyNot((Fact("why.barred", {"person": person, "post": post}), *barred)[:MOST_LINES], barred)
    if not place.seats:
        return WhyNot((Fact("why.no_seat", {"person": person, "post": post}),))
    if not _is_exact(plan, pricing):
        if not isinstance(pricing, FullPricing):
            return WhyNot((Fact("why.full", {}), *_points(problem, plan, one, place)))
        asked = pricing.exchange(person, post)
        return WhyNot(tuple(_between(problem, plan, one, place, asked))[:MOST_LINES], exchange=asked)
    answer = (pricing or Pricing(problem, plan)).answers(person, (post,)).get(post)
    if answer is None:
        return WhyNot((Fact("why.stuck", {"person": person, "post": post}),))
    facts = tuple(_priced(problem, plan, one, place, answer))[:MOST_LINES]
    if problem.rules.beyond_flow:  # không có chứng chỉ đủ luật: giá này chỉ kể luật của dòng chảy, nên là "ít nhất"
        facts = (*facts[: MOST_LINES - 1], Fact("why.flow_only", {}))
    return WhyNot(facts, (), answer)


def _between(problem: Problem, plan: Plan, one: Person, post: Post, asked: Exchange) -> Iterator[Fact]:
    """Câu đầu nói rõ giá đúng hay cận; rồi cách xếp tìm được: từng bậc, quy tắc không còn giữ, ai phải chuyển."""
    told: dict[str, object] = {"person": one.id, "post": post.id, "least": asked.least}
    found = asked.found
    if found is None:
        yield Fact("why.full.least" if asked.least > 0 else "why.full.unknown", told)
        yield from _points(problem, plan, one, post)
        return
    told["most"], told["better"] = found.most, -found.most
    yield Fact(f"why.full.{_kind(asked, found)}", told)
    yield Fact("why.full.parts", _parts(found))
    yield from found.broken[:1]
    yield from _chain(found.chain)


def _kind(asked: Exchange, found: Found) -> str:
    """Giá đúng, hay cận nào."""
    if found.most < 0:
        return "better"
    if asked.is_exact:
        return "exact"
    return "between" if asked.least > 0 else "most"


def _parts(found: Found) -> dict[str, object]:
    return dict(zip(("rules", "lost", "thin", "cost", "side"), (*found.price[:4], sum(found.price[4:])), strict=True))


def good_posts(problem: Problem, plan: Plan, person: str, pricing: Pricing | None = None) -> tuple[str, ...]:
    """Các vị trí mà người này giữ trong ít nhất một phương án cũng tốt như phương án này."""
    if not _is_exact(plan, pricing):
        return ()
    answers = (pricing or Pricing(problem, plan)).answers(person)
    return tuple(post for post, answer in answers.items() if answer is not None and answer.price == EQUAL)


def _is_exact(plan: Plan, pricing: Pricing | None) -> bool:
    """Phương án đã chứng minh, và giá là giá đúng chứ không phải hai cận."""
    return plan.certificate.is_proven and (pricing is None or pricing.is_exact)


def _person(problem: Problem, person: str) -> Person:
    if person not in problem.person_of:
        raise Refused("unknown_id", kind="person", id=person, where="--person")
    return problem.person_of[person]


def _placed(problem: Problem, plan: Plan, one: Person, post: Post) -> Iterator[Fact]:
    skill = skill_for(one, post.field)
    yield Fact("placed", {"person": one.id, "post": post.id, "unit": post.unit, "field": post.field, "level": skill.level, "years": skill.years})
    if problem.pin_of.get(one.id) == post.id:
        yield Fact("pinned", {"post": post.id})
    if problem.costs is not None:
        yield Fact("given_cost", {"cost": cost(problem, one, post, plan.weights)})
        return
    lost = losses(problem, one, post)
    weights = plan.weights.values()
    yield Fact(
        "points",
        {
            "mastery": FULL - lost[0], "kind": FULL - lost[1], "wishes": FULL - lost[2], "moves": FULL - lost[3],
            "sum": " + ".join(f"{w}×{x}" for w, x in zip(weights, lost, strict=True)), "cost": cost(problem, one, post, plan.weights),
        },
    )  # fmt: skip
    if one.unit != post.unit:
        home = one.at or problem.unit_of[one.unit].at
        yield Fact("moved", {"origin": one.unit, "unit": post.unit, "km": kilometres(home, problem.unit_of[post.unit].at)})
    else:
        yield Fact("same_unit", {"unit": post.unit})


def _unplaced(problem: Problem, plan: Plan, one: Person, answers: dict[str, Answer | None], pricing: Pricing | None) -> Iterator[Fact]:
    count = len(answers) or sum(not obstacles(problem, one, post) for post in problem.posts)
    yield Fact("unplaced", {"person": one.id, "count": count})
    if not count:
        wished = [problem.post_of[name] for name in one.wishes if name in problem.post_of][:SHOWN]
        yield from (why for post in wished for why in obstacles(problem, one, post)[:1])
        return
    yield Fact("worth", {"person": one.id, "goodness": goodness(one), "grades": one.grades[-SHOWN:]})
    if isinstance(pricing, FullPricing):
        yield from (_option(post, asked) for post, asked in pricing.exchanges(one.id, 1).items())
    yield from nearest(answers, 1, "nearest")


def nearest(answers: dict[str, Answer | None], most: int, code: str = "option") -> tuple[Fact, ...]:
    """Các vị trí người ấy vào được, rẻ nhất trước, mỗi nơi một điều."""
    priced = sorted((answer.price, post) for post, answer in answers.items() if answer is not None)
    return tuple(Fact(_tier(price, code), {"post": post, **_price(price)}) for price, post in priced[:most])


def options(problem: Problem, plan: Plan, person: str, pricing: Pricing, most: int) -> tuple[Fact, ...]:
    """Các vị trí một người chưa có chỗ vào được, gần được nhất trước; câu nào cũng nói giá là giá đúng hay cận."""
    if isinstance(pricing, FullPricing):
        return tuple(_option(post, asked) for post, asked in pricing.exchanges(person, most).items())
    if not plan.certificate.is_proven:
        return ()
    found = nearest(pricing.answers(person), most)
    return (*found, Fact("why.flow_only", {})) if found and problem.rules.beyond_flow else found


def _option(post: str, asked: Exchange) -> Fact:
    """Một vị trí với hai cận của nó."""
    if asked.found is None:
        return Fact(f"option.full.{'least' if asked.least > 0 else 'unknown'}", {"post": post, "least": asked.least})
    told = {"post": post, "least": asked.least, "most": asked.found.most, "better": -asked.found.most, **_parts(asked.found)}
    return Fact(f"option.full.{_kind(asked, asked.found)}", told)


def _wish(problem: Problem, plan: Plan, one: Person, answers: dict[str, Answer | None]) -> Iterator[Fact]:
    """Nguyện vọng thứ nhất không được: giá của nó, hay điều kiện còn thiếu."""
    place = plan.places.get(one.id)
    rank = None if place is None else wish_rank(one, problem.post_of[place])
    if rank is not None:
        yield Fact("wish.given", {"rank": rank})
    if rank == 1 or not one.wishes:
        return
    first = set(one.wishes) - set(wishes_below(one))
    posts = [post for post in problem.posts if post.id in first or post.unit in first]
    prices = [(answer.price, post.id) for post in posts if (answer := answers.get(post.id)) is not None]
    if prices:
        price, post_id = min(prices)
        yield Fact(_tier(price, "wish"), {"post": post_id, **_price(price)})
    elif posts:
        why = obstacles(problem, one, posts[0])
        if why or answers:
            yield Fact("wish.barred" if why else "wish.stuck", {"post": posts[0].id})
        yield from why[:1]


def _equals(answers: dict[str, Answer | None], place: str | None) -> Iterator[Fact]:
    equal = [post for post, answer in answers.items() if answer is not None and answer.price == EQUAL and post != place]
    if equal:
        yield Fact("equals", {"count": len(equal), "posts": tuple(equal[:SHOWN])})


def _priced(problem: Problem, plan: Plan, one: Person, post: Post, answer: Answer) -> Iterator[Fact]:
    yield Fact(_tier(answer.price, "why"), {"person": one.id, "post": post.id, **_price(answer.price)})
    yield from _points(problem, plan, one, post)
    yield from _chain(answer.chain)
    if not answer.chain and thin_posts(problem, plan.places).get(post.id):
        yield Fact("why.vacant", {"post": post.id})


def _chain(chain: tuple[Step, ...]) -> Iterator[Fact]:
    for step in chain[:SHOWN]:
        yield Fact("chain" if step.after else "chain.out", {"person": step.person, "before": step.before, "post": step.after})
    if len(chain) > SHOWN:
        yield Fact("chain.more", {"count": len(chain) - SHOWN})


def _points(problem: Problem, plan: Plan, one: Person, post: Post) -> Iterator[Fact]:
    if problem.costs is None:
        lost = losses(problem, one, post)
        yield Fact(
            "why.points",
            {"mastery": FULL - lost[0], "kind": FULL - lost[1], "wishes": FULL - lost[2], "moves": FULL - lost[3], "cost": cost(problem, one, post, plan.weights)},
        )


def _price(price: tuple[int, ...]) -> dict[str, object]:
    return {"rules": price[0], "lost": price[1], "thin": price[2], "cost": price[3]}


def _tier(price: tuple[int, ...], code: str) -> str:
    """Bậc đầu tiên khác 0 quyết định: câu nói đúng về bậc ấy."""
    for name, value in zip(("rules", "lost", "thin", "cost"), price, strict=True):
        if value:
            return f"{code}.{name}"
    return f"{code}.equal"
