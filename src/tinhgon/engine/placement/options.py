"""Ai có thể vào đâu: mọi cặp (người, vị trí) đủ điều kiện, trong mảng số nguyên, kèm mất điểm từng mục tiêu.

Người được xếp theo dữ liệu của họ, không theo mã: đổi tên người không đổi phương án.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinhgon.engine.placement.model import (
    EXPERIENCE,
    MAX_PAIRS,
    RENEWAL,
    TOP_LEVEL,
    Person,
    Problem,
    Weights,
)
from tinhgon.engine.placement.points import (
    ELSEWHERE,
    EXPERIENCE_PER_YEAR,
    FULL,
    KM_MAX,
    MOVE,
    NOT_ASKED,
    RENEWAL_PER_YEAR,
    SAME_UNIT,
    STAYING,
    flat,
    goodness,
    kept_above,
    mastery,
    ranks_of,
    wished,
)
from tinhgon.engine.refusal import Refused

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """``person``, ``post``: chỉ số; xếp theo người rồi vị trí. ``losses``: bốn dòng theo ``points.AIMS``."""

    people: tuple[Person, ...]
    person: Ints
    post: Ints
    losses: Ints
    counted: Bools
    goodness: Ints
    first: Ints
    """Người i có các cặp ``first[i]:first[i+1]``."""

    def costs(self, weights: Weights) -> Ints:
        """Giá của từng cặp; giá cho sẵn chỉ có một dòng và không có thanh kéo."""
        if len(self.losses) == 1:
            return self.losses[0]
        return np.asarray(weights.values(), dtype=np.int64) @ self.losses

    def find(self, person: int, post: int) -> int | None:
        low, high = self.first[person], self.first[person + 1]
        at = low + int(np.searchsorted(self.post[low:high], post))
        return at if at < high and self.post[at] == post else None


def options_of(problem: Problem) -> Options:
    people = in_order(problem)
    where = {one.id: i for i, one in enumerate(people)}
    post_at = {one.id: j for j, one in enumerate(problem.posts)}
    if problem.costs is not None:
        keys = np.array([(where[p], post_at[j]) for p, j in problem.costs], dtype=np.int64).reshape(-1, 2)
        given = np.fromiter(problem.costs.values(), dtype=np.int64, count=len(problem.costs))
        order = np.lexsort((keys[:, 1], keys[:, 0]))
        person, post, losses = keys[order, 0], keys[order, 1], given[order][None, :]
        counted = np.zeros(len(person), dtype=bool)
    else:
        person, post, level, years = _pairs(problem, people, post_at)
        losses, counted = _losses(problem, people, person, post, level, years, post_at)
    first = np.searchsorted(person, np.arange(len(people) + 1))
    worth = np.fromiter(map(goodness, people), dtype=np.int64, count=len(people))
    return Options(people, person, post, losses, counted, worth, first)


def in_order(problem: Problem) -> tuple[Person, ...]:
    """Thứ tự chỉ theo dữ liệu. Xếp loại vào đây qua ``goodness``: xếp loại tốt hơn mà trọng số không đổi thì không đổi gì."""
    ties: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in ("pins", "forbidden", "also"):
        for person, post in getattr(problem.rules, name):
            ties[person].append((name, post))
    given: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (person, post), value in (problem.costs or {}).items():
        given[person].append((post, value))
    own = {one.id: (_data(one), sorted(ties[one.id]), sorted(given[one.id])) for one in problem.people}
    partners: dict[str, list[Any]] = defaultdict(list)
    for kind in ("together", "apart"):
        for one, other in getattr(problem.rules, kind):
            partners[one].append((kind, own[other]))
            partners[other].append((kind, own[one]))
    return tuple(sorted(problem.people, key=lambda one: (own[one.id], sorted(partners[one.id]), one.id)))


def _data(one: Person) -> tuple[Any, ...]:
    skills = tuple(sorted((s.field, s.level, s.years) for s in one.skills))
    return (one.unit, one.post, one.rank, goodness(one), skills, one.wishes, ranks_of(one), tuple(sorted(one.agrees)), one.agrees_anywhere, one.commune, one.at or ())


def _pairs(problem: Problem, people: tuple[Person, ...], post_at: dict[str, int]) -> tuple[Ints, Ints, Ints, Ints]:
    """Cặp theo lĩnh vực thạo (trong khu vực nếu quy tắc đòi), thêm nguyện vọng, chỗ đã đồng ý, chỗ ghim; rồi lọc điều kiện.

    Kèm mức thạo và số năm của từng cặp trong lĩnh vực của vị trí.
    """
    count = len(problem.posts)
    keys = np.sort(np.concatenate([_by_field(problem, people), _asked(problem, people, post_at)]))
    keys = keys[np.diff(keys, prepend=-1) != 0]
    person, post = keys // count if count else keys, keys % count if count else keys
    level, years = _skills(problem, people, person, post)
    able = (level >= _of_posts(problem, lambda one: one.min_level)[post]) & _ranked(problem, people, person, post)
    if problem.rules.status_quo:
        able &= _kept(problem, people, person, post, post_at)
    where = {one.id: i for i, one in enumerate(people)}
    barred = np.array([where[p] * count + post_at[j] for p, j in problem.rules.forbidden], dtype=np.int64)
    able &= ~np.isin(keys, barred)
    pins = dict(problem.rules.pins)
    if pins:
        held = np.full(len(people), -1)
        for one, place in pins.items():
            held[where[one]] = post_at[place]
        able &= (held[person] < 0) | (held[person] == post)
    return person[able], post[able], level[able], years[able]


def _by_field(problem: Problem, people: tuple[Person, ...]) -> Ints:
    local = problem.rules.within_area
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for j, post in enumerate(problem.posts):
        groups[problem.unit_of[post.unit].area if local else "", post.field].append(j)
    arrays = {key: np.array(members, dtype=np.int64) for key, members in groups.items()}
    asked: dict[tuple[str, str], list[int]] = defaultdict(list)
    total = 0
    for i, person in enumerate(people):
        area = problem.unit_of[person.unit].area if local else ""
        for skill in person.skills:
            if (area, skill.field) in arrays:
                asked[area, skill.field].append(i)
                total += len(arrays[area, skill.field])
    if total > MAX_PAIRS:
        raise Refused("too_many_pairs", count=total, most=MAX_PAIRS)
    count = len(problem.posts)
    parts = [(np.array(who, dtype=np.int64)[:, None] * count + arrays[key][None, :]).ravel() for key, who in asked.items()]
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)


def _asked(problem: Problem, people: tuple[Person, ...], post_at: dict[str, int]) -> Ints:
    count, named = len(problem.posts), _named(problem, post_at)
    found: list[int] = []
    for i, person in enumerate(people):
        pin = problem.pin_of.get(person.id, "")
        for name in {*person.wishes, *person.agrees, pin, person.post}:
            found += [i * count + j for j in named.get(name, ())]
    if len(found) > MAX_PAIRS:
        raise Refused("too_many_pairs", count=len(found), most=MAX_PAIRS)
    return np.array(found, dtype=np.int64)


def _named(problem: Problem, post_at: dict[str, int]) -> dict[str, list[int]]:
    """Mã vị trí hay đơn vị -> các vị trí."""
    found: dict[str, list[int]] = defaultdict(list)
    for j, post in enumerate(problem.posts):
        found[post.unit].append(j)
    found.update((name, [j]) for name, j in post_at.items())
    return found


def _skills(problem: Problem, people: tuple[Person, ...], person: Ints, post: Ints) -> tuple[Ints, Ints]:
    """Mức thạo và số năm của từng cặp trong lĩnh vực của vị trí."""
    fields = {one.id: k for k, one in enumerate(problem.fields)}
    flat_skills = (x for i, one in enumerate(people) for s in one.skills for x in (i * len(fields) + fields[s.field], s.level, s.years))
    table = np.fromiter(chain((-1, 0, 0), flat_skills), dtype=np.int64).reshape(-1, 3)
    table = table[np.argsort(table[:, 0])]
    of_post = np.fromiter((fields[one.field] for one in problem.posts), dtype=np.int64, count=len(problem.posts))
    keys = person * len(fields) + of_post[post]
    at = np.minimum(np.searchsorted(table[:, 0], keys), len(table) - 1)
    known = table[at, 0] == keys
    return np.where(known, table[at, 1], 0), np.where(known, table[at, 2], 0)


def _ranked(problem: Problem, people: tuple[Person, ...], person: Ints, post: Ints) -> Bools:
    limited = [j for j, one in enumerate(problem.posts) if one.ranks]
    if not limited:
        return np.ones(len(person), dtype=bool)
    ranks = {name: k for k, name in enumerate(sorted({one.rank for one in people} | {r for p in problem.posts for r in p.ranks}))}
    allowed = np.ones((len(problem.posts), len(ranks)), dtype=bool)
    for j in limited:
        allowed[j] = False
        allowed[j, [ranks[name] for name in problem.posts[j].ranks]] = True
    rank = np.fromiter((ranks[one.rank] for one in people), dtype=np.int64, count=len(people))
    return allowed[post, rank[person]]


def _kept(problem: Problem, people: tuple[Person, ...], person: Ints, post: Ints, post_at: dict[str, int]) -> Bools:
    """Giữ nguyên trạng: vị trí còn thì chỉ tới nơi tự xếp trên nó, hay nơi đã đồng ý."""
    holds = np.fromiter((one.post in post_at and not one.agrees_anywhere for one in people), dtype=bool, count=len(people))
    allowed = set()
    named = _named(problem, post_at)
    for i, one in enumerate(people):
        if not holds[i]:
            continue
        for name in (*kept_above(one), *one.agrees, one.post):
            allowed |= {(i, j) for j in named.get(name, ())}
    keys = np.array(sorted(i * len(post_at) + j for i, j in allowed), dtype=np.int64)
    return ~holds[person] | np.isin(person * len(post_at) + post, keys)


def _of_posts(problem: Problem, read: Any) -> Ints:
    return np.fromiter(map(read, problem.posts), dtype=np.int64, count=len(problem.posts))


def _losses(
    problem: Problem, people: tuple[Person, ...], person: Ints, post: Ints, level: Ints, years: Ints, post_at: dict[str, int]
) -> tuple[Ints, Bools]:
    kinds = np.array([problem.kind_of(one) for one in problem.posts] or [""])[post]
    experience, renewal = kinds == EXPERIENCE, kinds == RENEWAL
    veteran = _of_posts(problem, lambda one: problem.field_of[one.field].veteran_years)[post]
    newcomer = _of_posts(problem, lambda one: problem.field_of[one.field].newcomer_years)[post]
    counted = (experience & (years >= veteran)) | (renewal & (years < newcomer))
    short = np.array([FULL - mastery(k) for k in range(TOP_LEVEL + 1)])[level]
    old = np.where(experience, np.maximum(0, FULL - EXPERIENCE_PER_YEAR * years), 0)
    stale = np.where(renewal, np.minimum(FULL, RENEWAL_PER_YEAR * years), 0)
    wishes = _wish_losses(problem, people, person, post, post_at)
    return np.stack([short, old + stale, wishes, _move_losses(problem, people, person, post)]), counted


def _wish_losses(
    problem: Problem, people: tuple[Person, ...], person: Ints, post: Ints, post_at: dict[str, int]
) -> Ints:
    keys, count, named = person * len(problem.posts) + post, len(problem.posts), _named(problem, post_at)
    asks = np.fromiter((bool(one.wishes) for one in people), dtype=bool, count=len(people))[person]
    now = np.fromiter((post_at.get(one.post, -1) for one in people), dtype=np.int64, count=len(people))
    stays, same = now[person] == post, _same_unit(problem, people, person, post)
    points = np.where(same, np.where(asks, SAME_UNIT, NOT_ASKED), ELSEWHERE)
    points = np.where(stays, np.where(asks, STAYING, NOT_ASKED), points)
    ranked: dict[int, int] = {}
    for i, one in enumerate(people):
        for name, rank in reversed(list(zip(one.wishes, ranks_of(one), strict=True))):
            for j in named.get(name, ()):
                ranked[i * count + j] = wished(rank)
    asked = np.fromiter(ranked, dtype=np.int64, count=len(ranked))
    given = np.fromiter(ranked.values(), dtype=np.int64, count=len(ranked))
    at = np.searchsorted(keys, asked)
    found = (at < len(keys)) & (keys[np.minimum(at, len(keys) - 1)] == asked) if len(keys) else np.zeros(0, dtype=bool)
    points[at[found]] = given[found]
    return FULL - points


def _same_unit(problem: Problem, people: tuple[Person, ...], person: Ints, post: Ints) -> Bools:
    units = {one.id: k for k, one in enumerate(problem.units)}
    home = np.fromiter((units[one.unit] for one in people), dtype=np.int64, count=len(people))
    return home[person] == _of_posts(problem, lambda one: units[one.unit])[post]


def _move_losses(problem: Problem, people: tuple[Person, ...], person: Ints, post: Ints) -> Ints:
    """Cùng phép tính với ``points.kilometres``, từng phép một, nên ra cùng một số."""
    missing = (np.nan, np.nan, np.nan)
    homes = np.array([(flat(one.at or problem.unit_of[one.unit].at) or missing)[:2] for one in people]).reshape(-1, 2)
    ends = np.array([flat(problem.unit_of[one.unit].at) or missing for one in problem.posts]).reshape(-1, 3)
    down = homes[person, 0] - ends[post, 0]
    across = (homes[person, 1] - ends[post, 1]) * ends[post, 2]
    far = np.sqrt(down * down + across * across)
    km = np.where(np.isnan(far), 0, np.rint(np.minimum(np.nan_to_num(far), KM_MAX))).astype(np.int64)
    return np.where(_same_unit(problem, people, person, post), 0, MOVE + km)
