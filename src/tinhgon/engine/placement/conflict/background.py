"""Nền của một tập trái nhau: lời cấm và công tắc nào (giữ nguyên trạng, trong khu vực) phải kể vào tập, vì bỏ nó đi thì hết trái."""

from collections.abc import Iterator, Sequence

import numpy as np

from tinhgon.engine.placement.conflict.candidates import Candidates, Pairs, Rule
from tinhgon.engine.placement.conflict.possible import is_impossible
from tinhgon.engine.placement.conflict.smallest import smallest
from tinhgon.engine.placement.eligible import obstacles
from tinhgon.engine.placement.model import EXPERIENCE, PROVEN, Person, Post, Problem
from tinhgon.engine.placement.points import is_counted, skill_for

_SWITCHES = {"barred.status_quo": "status_quo", "barred.area": "within_area"}
SWITCHED = ("forbid", *_SWITCHES.values())


def background(problem: Problem, rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Các thành viên nền của tập ``rules`` đã nhỏ nhất: bỏ luật nào trong ``rules`` cũng vẫn hết trái, vì nền chỉ bớt đi."""
    blocked = _blocked(problem, rules)
    members = sorted({one for _, _, _, by in blocked for one in by})
    if not members:
        return ()

    def breaks(kept: Sequence[Rule]) -> bool:
        free = np.array([(i, j, counted) for i, j, counted, by in blocked if by.isdisjoint(kept)], dtype=np.int64).reshape(-1, 3)
        return is_impossible(Candidates(problem, Pairs(free[:, 0], free[:, 1], free[:, 2] > 0)), rules)

    return () if breaks(()) else smallest(members, breaks)


def _blocked(problem: Problem, rules: Sequence[Rule]) -> list[tuple[int, int, bool, frozenset[Rule]]]:
    """(người, vị trí, có tính vào sàn, những thành viên nền đang chặn) của mọi cặp các luật ấy cần; cặp thiếu mức, thiếu ngạch thì bỏ."""
    people = {one.id: i for i, one in enumerate(problem.people)}
    posts = {one.id: j for j, one in enumerate(problem.posts)}
    found = []
    for who, place in dict.fromkeys(pair for rule in rules for pair in _wanted(problem, rule)):
        person, post, by = problem.person_of[who], problem.post_of[place], set()
        for why in obstacles(problem, person, post):
            if why.code in _SWITCHES:
                by.add(Rule(_SWITCHES[why.code]))
            elif why.code == "barred.forbidden":
                by.add(Rule("forbid", who, place))
            elif why.code != "barred.pinned":
                break
        else:
            found.append((people[who], posts[place], is_counted(problem, person, post), frozenset(by)))
    return found


def _wanted(problem: Problem, rule: Rule) -> Iterator[tuple[str, str]]:
    """Các cặp một luật có thể dùng, chưa kể nền."""
    if rule.kind == "pin":
        yield rule.id, rule.post
    elif rule.kind == "also":
        yield from ((rule.id, post.id) for post in problem.posts)
    elif rule.kind in ("floor", "unit_veterans", "unit_cover"):
        for post in problem.posts:
            if rule.id in (post.id, post.unit):
                yield from ((one.id, post.id) for one in problem.people if _helps(problem, rule, one, post))


def _helps(problem: Problem, rule: Rule, person: Person, post: Post) -> bool:
    if skill_for(person, post.field).level < post.min_level:
        return False
    if rule.kind == "unit_cover":
        return skill_for(person, rule.other).level >= PROVEN
    return (rule.kind == "floor" or problem.kind_of(post) == EXPERIENCE) and is_counted(problem, person, post)
