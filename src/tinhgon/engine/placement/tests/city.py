"""Một thành phố bịa để đo: đơn vị theo khu vực, mỗi đơn vị năm vị trí, ghế ít hơn người, ba nguyện vọng một người."""

import random
from dataclasses import replace

from tinhgon.engine.placement.model import KINDS, PLAIN, Field, Person, Post, Problem, Rules, Skill, Unit

FIELDS = tuple(Field(id=f"f{k}", kind=KINDS[k % 3]) for k in range(12))
PEOPLE_PER_UNIT, UNITS_PER_AREA = 16, 6


def city(count: int, seed: int = 1) -> Problem:
    """Luật của dòng chảy: sàn, cắt hai phần trăm ghế; mọi luật giữ được hay không là do dữ liệu."""
    dice = random.Random(seed)
    many = max(2, count // PEOPLE_PER_UNIT)
    areas = max(1, many // UNITS_PER_AREA)
    units = tuple(
        Unit(id=f"u{k}", area=f"a{k % areas}", commune=f"x{k}", at=(10.3 + dice.random(), 106.3 + dice.random()), cut_max=3) for k in range(many)
    )
    posts = tuple(_post(dice, unit, field) for unit in units for field in dice.sample(FIELDS, 5))
    near: dict[str, list[str]] = {}
    area = {one.id: one.area for one in units}
    for post in posts:
        near.setdefault(area[post.unit], []).append(post.id)
    people = tuple(_person(dice, k, dice.choice(units), near) for k in range(count))
    return Problem(fields=FIELDS, units=units, posts=posts, people=people, rules=Rules(cut=count // 50, within_area=True))


def full_city(count: int, seed: int = 1) -> Problem:
    """Thêm các luật phá dòng chảy: 40 % người lâu năm trên mỗi đơn vị, kỹ năng chồng nhau, một cặp cùng xã mỗi khu vực."""
    problem, dice = city(count, seed), random.Random(seed)
    by_area: dict[str, list[str]] = {}
    for one in problem.people:
        by_area.setdefault(problem.unit_of[one.unit].area, []).append(one.id)
    pairs = tuple(tuple(dice.sample(people, 2)) for people in by_area.values() if len(people) > 40)
    rules = replace(problem.rules, cut=0, unit_veteran_percent=40, unit_cover=True, together=pairs)
    return replace(problem, posts=tuple(replace(one, floor=0) for one in problem.posts), rules=rules)


def _post(dice: random.Random, unit: Unit, field: Field) -> Post:
    floor = int(field.kind != PLAIN and dice.random() < 0.6)
    return Post(
        id=f"{unit.id}-{field.id}", unit=unit.id, field=field.id, seats=dice.choice([2, 2, 3, 3, 4]), min_level=dice.choice([1, 2, 2]),
        cut=int(dice.random() < 0.5), floor=floor,
    )  # fmt: skip


def _person(dice: random.Random, number: int, unit: Unit, near: dict[str, list[str]]) -> Person:
    fields = dice.sample(FIELDS, dice.choice([2, 3, 4]))
    skills = tuple(Skill(one.id, dice.choice([1, 2, 3, 4]) if k else dice.choice([2, 3, 4]), dice.randrange(15)) for k, one in enumerate(fields))
    wishes = dice.sample(near[unit.area], min(3, len(near[unit.area])))
    return Person(
        id=f"p{number}", unit=unit.id, skills=skills, grades=tuple(dice.choice([2, 3, 3, 3, 4]) for _ in range(3)), wishes=tuple(wishes),
        sex=dice.choice(["nam", "nữ"]), born=dice.randrange(1965, 2000),
    )  # fmt: skip
