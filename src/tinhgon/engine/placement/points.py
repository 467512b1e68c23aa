"""Điểm của từng mục tiêu, số nguyên 0-100, công thức công bố. Không có điểm tổng ẩn nào của một người.

Mất điểm là phần còn thiếu tới 100; giá của một cặp (người, vị trí) là tổng trọng số nhân mất điểm.
"""

import math

from tinhgon.engine.placement.model import (
    EXPERIENCE,
    RENEWAL,
    TOP_LEVEL,
    Person,
    Post,
    Problem,
    Skill,
    Weights,
)

AIMS = Weights.names()
FULL = 100
WISHED = (100, 85, 70, 55, 40)
"""Nguyện vọng thứ nhất, thứ hai...; từ thứ năm trở đi như thứ năm."""
STAYING, SAME_UNIT, ELSEWHERE = 50, 25, 0
"""Không nằm trong nguyện vọng: ở nguyên vị trí, ở nguyên đơn vị, đi nơi khác."""
NOT_ASKED = 100
"""Người không nêu nguyện vọng nào thì ở lại vị trí hay đơn vị cũ là trọn điểm."""
EXPERIENCE_PER_YEAR = 10
RENEWAL_PER_YEAR = 20
MOVE, KM_MAX = 30, 70
KM_PER_DEGREE = 111.195
GRADE_WEIGHT = {1: 0, 2: 1, 3: 3, 4: 6}
RECENT = 3
UNKNOWN_GRADE = 2


def goodness(person: Person) -> int:
    """Trọng số giữ người, từ xếp loại ba năm gần nhất do cấp thẩm quyền quyết định; năm thiếu coi như hoàn thành."""
    recent = [UNKNOWN_GRADE] * RECENT + list(person.grades)
    return 1 + sum(GRADE_WEIGHT[grade] for grade in recent[-RECENT:])


def skill_for(person: Person, field: str) -> Skill:
    for one in person.skills:
        if one.field == field:
            return one
    return Skill(field, 0, 0)


def mastery(level: int) -> int:
    return FULL * level // TOP_LEVEL


def kind_points(kind: str, years: int) -> int:
    """Nơi cần kinh nghiệm: mỗi năm 10 điểm. Nơi cần đổi mới: người mới trọn điểm, mỗi năm cũ bớt 20. Nơi khác: trọn điểm."""
    if kind == EXPERIENCE:
        return min(FULL, EXPERIENCE_PER_YEAR * years)
    if kind == RENEWAL:
        return max(0, FULL - RENEWAL_PER_YEAR * years)
    return FULL


def ranks_of(person: Person) -> tuple[int, ...]:
    """Bậc của từng nguyện vọng, từ 1."""
    return person.ranked or tuple(range(1, len(person.wishes) + 1))


def wish_rank(person: Person, post: Post) -> int | None:
    """Vị trí này (hay đơn vị của nó) là nguyện vọng thứ mấy, từ 1; ``None`` khi không nằm trong nguyện vọng."""
    named = zip(person.wishes, ranks_of(person), strict=True)
    return next((rank for wish, rank in named if wish in (post.id, post.unit)), None)


def wishes_above(person: Person, rank: int | None) -> tuple[str, ...]:
    """Các nguyện vọng trên bậc ``rank``; mọi nguyện vọng khi ``None``."""
    return tuple(wish for wish, own in zip(person.wishes, ranks_of(person), strict=True) if rank is None or own < rank)


def kept_above(person: Person) -> tuple[str, ...]:
    """Các nơi người ấy tự xếp trên vị trí đang giữ."""
    ranks = dict(zip(person.wishes, ranks_of(person), strict=True))
    return wishes_above(person, ranks.get(person.post))


def wishes_below(person: Person) -> tuple[str, ...]:
    """Các nguyện vọng sau bậc đầu."""
    ranks = ranks_of(person)
    return tuple(wish for wish, own in zip(person.wishes, ranks, strict=True) if own > ranks[0])


def wished(rank: int) -> int:
    return WISHED[min(rank, len(WISHED)) - 1]


def wish_points(person: Person, post: Post) -> int:
    rank = wish_rank(person, post)
    if rank is not None:
        return wished(rank)
    if person.post == post.id:
        return STAYING if person.wishes else NOT_ASKED
    if person.unit == post.unit:
        return SAME_UNIT if person.wishes else NOT_ASKED
    return ELSEWHERE


def flat(at: tuple[float, float] | None) -> tuple[float, float, float] | None:
    """Km về bắc, km về đông trên xích đạo, và độ co của kinh tuyến ở vĩ độ ấy."""
    return None if at is None else (at[0] * KM_PER_DEGREE, at[1] * KM_PER_DEGREE, math.cos(math.radians(at[0])))


def kilometres(home: tuple[float, float] | None, end: tuple[float, float] | None) -> int:
    """Đường chim bay trên mặt phẳng, làm tròn, tới 70; không biết chỗ thì 0. Chỉ cộng, nhân, khai căn: máy nào cũng ra cùng một số."""
    one, other = flat(home), flat(end)
    if one is None or other is None:
        return 0
    down, across = one[0] - other[0], (one[1] - other[1]) * other[2]
    return round(min(math.sqrt(down * down + across * across), KM_MAX))


def move_points(problem: Problem, person: Person, post: Post) -> int:
    """Ở nguyên đơn vị: trọn điểm. Chuyển: bớt 30 và bớt 1 mỗi km, tới 70."""
    if person.unit == post.unit:
        return FULL
    home = person.at or problem.unit_of[person.unit].at
    return FULL - MOVE - kilometres(home, problem.unit_of[post.unit].at)


def losses(problem: Problem, person: Person, post: Post) -> tuple[int, int, int, int]:
    """Mất điểm theo thứ tự của ``AIMS``."""
    skill = skill_for(person, post.field)
    return (
        FULL - mastery(skill.level),
        FULL - kind_points(problem.kind_of(post), skill.years),
        FULL - wish_points(person, post),
        FULL - move_points(problem, person, post),
    )


def cost(problem: Problem, person: Person, post: Post, weights: Weights) -> int:
    if problem.costs is not None:
        return problem.costs[person.id, post.id]
    return sum(w * lost for w, lost in zip(weights.values(), losses(problem, person, post), strict=True))


def is_counted(problem: Problem, person: Person, post: Post) -> bool:
    """Người này tính vào sàn của vị trí: lâu năm nơi cần kinh nghiệm, mới nơi cần đổi mới."""
    kind, years = problem.kind_of(post), skill_for(person, post.field).years
    field = problem.field_of[post.field]
    return (kind == EXPERIENCE and years >= field.veteran_years) or (kind == RENEWAL and years < field.newcomer_years)
