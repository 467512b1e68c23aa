"""Quy tắc nào phương án chưa giữ, gọi tên: đọc thẳng bài toán và phương án, không qua mạng dòng chảy."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from tinhgon.engine.placement.model import EXPERIENCE, PROVEN, Fact, Problem
from tinhgon.engine.placement.points import is_counted

Places = Mapping[str, str]


def unmet_of(problem: Problem, places: Places, cuts: Mapping[str, int]) -> tuple[Fact, ...]:
    return (
        *_pins(problem, places),
        *_floors(problem, places),
        *_cuts(problem, cuts),
        *_together(problem, places),
        *_apart(problem, places),
        *unit_veterans(problem, places),
        *unit_cover(problem, places),
    )


def able_seats(problem: Problem, places: Places) -> Counter[str]:
    """Vị trí -> số người làm được việc ở đó: người giữ ghế và người kiêm nhiệm."""
    return Counter(places.values()) + Counter(post for _, post in problem.rules.also)


def thin_posts(problem: Problem, places: Places) -> dict[str, int]:
    """Vị trí -> số người còn thiếu để đủ hai người (hay đủ ghế, nếu chỉ có một ghế)."""
    able = able_seats(problem, places)
    short = {one.id: min(problem.rules.cover, one.seats) - able[one.id] for one in problem.posts}
    return {post: count for post, count in short.items() if count > 0}


def _pins(problem: Problem, places: Places) -> Iterator[Fact]:
    for person, post in problem.rules.pins:
        if places.get(person) != post:
            yield Fact("unmet.pin", {"person": person, "post": post})
    for person, post in problem.rules.also:
        if person not in places:
            yield Fact("unmet.also", {"person": person, "post": post})


def _floors(problem: Problem, places: Places) -> Iterator[Fact]:
    floored = {one.id: one for one in problem.posts if one.floor}
    people = problem.person_of
    counted = Counter(post for person, post in places.items() if post in floored and is_counted(problem, people[person], floored[post]))
    for one in floored.values():
        if counted[one.id] < one.floor:
            kind = problem.kind_of(one)
            yield Fact(f"unmet.floor.{kind}", {"post": one.id, "has": counted[one.id], "least": one.floor})


def deputies_over(problem: Problem) -> dict[str, int]:
    """Đơn vị -> số ghế cấp phó vượt tỉ lệ (187-KL/TW: không quá 50 %), tính trên số ghế của phương án trước khi cắt."""
    percent = problem.rules.deputy_percent
    if percent is None:
        return {}
    seats: Counter[str] = Counter()
    deputies: Counter[str] = Counter()
    for one in problem.posts:
        seats[one.unit] += one.seats
        deputies[one.unit] += one.seats if one.deputy else 0
    over = {unit: count - seats[unit] * percent // 100 for unit, count in deputies.items()}
    return {unit: count for unit, count in over.items() if count > 0}


def cuts_needed(problem: Problem) -> tuple[int, dict[str, int]]:
    """(tổng số ghế phải cắt, đơn vị -> ít nhất)."""
    over = deputies_over(problem)
    least = {one.id: max(one.cut_min, over.get(one.id, 0)) for one in problem.units}
    return max(problem.rules.cut, sum(least.values())), least


def _cuts(problem: Problem, cuts: Mapping[str, int]) -> Iterator[Fact]:
    total, least = cuts_needed(problem)
    if sum(cuts.values()) < total:
        yield Fact("unmet.cut", {"has": sum(cuts.values()), "least": total})
    by_unit: Counter[str] = Counter()
    deputies: Counter[str] = Counter()
    for post, count in cuts.items():
        one = problem.post_of[post]
        by_unit[one.unit] += count
        deputies[one.unit] += count if one.deputy else 0
    for unit, count in least.items():
        if by_unit[unit] < count:
            yield Fact("unmet.unit_cut", {"unit": unit, "has": by_unit[unit], "least": count})
    for unit, count in deputies_over(problem).items():
        if deputies[unit] < count:
            yield Fact("unmet.deputies", {"unit": unit, "over": count - deputies[unit]})


def _together(problem: Problem, places: Places) -> Iterator[Fact]:
    """Cùng một xã, phường: người chưa có chỗ thì chưa xét."""
    for one, other in dict.fromkeys(problem.rules.together):
        if one in places and other in places:
            ends = [commune_of(problem, places[who]) for who in (one, other)]
            if ends[0] != ends[1]:
                yield Fact("unmet.together", {"person": one, "other": other})


def _apart(problem: Problem, places: Places) -> Iterator[Fact]:
    for one, other in dict.fromkeys(problem.rules.apart):
        if one in places and other in places:
            units = {problem.post_of[places[who]].unit for who in (one, other)}
            if len(units) == 1:
                yield Fact("unmet.apart", {"person": one, "other": other, "unit": min(units)})


def commune_of(problem: Problem, post: str) -> str:
    unit = problem.unit_of[problem.post_of[post].unit]
    return unit.commune or unit.id


def unit_veterans(problem: Problem, places: Places) -> Iterator[Fact]:
    """Tỉ lệ người lâu năm trên cả đơn vị, tính ở các vị trí cần kinh nghiệm."""
    percent = problem.rules.unit_veteran_percent
    if not percent:
        return
    filled: Counter[str] = Counter()
    veterans: Counter[str] = Counter()
    for person, post in places.items():
        place = problem.post_of[post]
        if problem.kind_of(place) == EXPERIENCE:
            filled[place.unit] += 1
            veterans[place.unit] += is_counted(problem, problem.person_of[person], place)
    for unit, count in filled.items():
        if 100 * veterans[unit] < percent * count:
            yield Fact("unmet.unit_veterans", {"unit": unit, "has": veterans[unit], "of": count, "percent": percent})


def unit_cover(problem: Problem, places: Places) -> Iterator[Fact]:
    """Mỗi việc của đơn vị có đủ người làm được, tính mọi người trong đơn vị thạo lĩnh vực ấy, dù đang giữ việc khác."""
    if not problem.rules.unit_cover:
        return
    able: dict[str, Counter[str]] = defaultdict(Counter)
    for person, post in places.items():
        unit = problem.post_of[post].unit
        for skill in problem.person_of[person].skills:
            able[unit][skill.field] += skill.level >= PROVEN
    for unit, field in duties(problem):
        if able[unit][field] < problem.rules.cover:
            yield Fact("unmet.unit_cover", {"unit": unit, "field": field, "has": able[unit][field], "least": problem.rules.cover})


def duties(problem: Problem) -> list[tuple[str, str]]:
    """Việc: mỗi cặp (đơn vị, lĩnh vực) có vị trí, theo thứ tự của bài toán."""
    return list(dict.fromkeys((one.unit, one.field) for one in problem.posts if one.seats))

