"""Một người có được vào một vị trí không, và nếu không thì vì sao: đọc từng điều kiện, không qua mảng."""

from collections.abc import Iterator

from tinhgon.engine.placement.model import Fact, Person, Post, Problem
from tinhgon.engine.placement.points import kept_above, skill_for


def obstacles(problem: Problem, person: Person, post: Post) -> tuple[Fact, ...]:
    """Mọi lý do không được; rỗng là được."""
    if problem.costs is not None:
        return () if (person.id, post.id) in problem.costs else (Fact("barred.no_pair", {}),)
    return tuple(_obstacles(problem, person, post))


def _obstacles(problem: Problem, person: Person, post: Post) -> Iterator[Fact]:
    level = skill_for(person, post.field).level
    if level < post.min_level:
        yield Fact("barred.level", {"field": post.field, "has": level, "least": post.min_level})
    if post.ranks and person.rank not in post.ranks:
        yield Fact("barred.rank", {"rank": person.rank, "ranks": post.ranks})
    if (person.id, post.id) in problem.barred:
        yield Fact("barred.forbidden", {})
    pin = problem.pin_of.get(person.id)
    if pin not in (None, post.id):
        yield Fact("barred.pinned", {"post": pin})
    asked = {*person.wishes, *person.agrees, person.post, pin} & {post.id, post.unit}
    areas = problem.unit_of[person.unit].area, problem.unit_of[post.unit].area
    if problem.rules.within_area and areas[0] != areas[1] and not asked:
        yield Fact("barred.area", {"area": areas[0]})
    is_held = problem.rules.status_quo and person.post in problem.post_of and not person.agrees_anywhere
    if is_held and not {*kept_above(person), *person.agrees, person.post} & {post.id, post.unit}:
        yield Fact("barred.status_quo", {"post": person.post})
