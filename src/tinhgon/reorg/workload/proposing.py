"""Chia việc của từng đơn vị nhận cho người của nó: dựng bài toán gán tổng quát, giải, kể vì sao và cái gì không giao được.

Mỗi việc về đúng một người. Điểm mất của một lựa chọn, của chúng tôi: đổi người đang làm 20, khác đơn vị gốc 10, chưa thạo lĩnh vực 0 tới 35.
Không ai vượt số giờ của mình tới từng hạn; còn cách thì không ai quá 1,25 lần (rồi 1,75 lần) phần việc tính theo giờ. Việc không ai nhận
được thì mất 100.000 điểm, nên số việc không giao được luôn là ít nhất.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tinhgon.engine.allocation.model import MOST_HOURS, Option, Plan, Problem, Room, Task, Worker
from tinhgon.engine.refusal import Refused
from tinhgon.org import work
from tinhgon.org.models import Field, Function
from tinhgon.org.models.handover import Direction, Outcome
from tinhgon.org.work import Item
from tinhgon.reorg import plan
from tinhgon.reorg.models import Reorganisation, WorkPlan
from tinhgon.reorg.placing import records
from tinhgon.reorg.placing.posts import CLERICAL, fields_of_units, receiving_open_units
from tinhgon.reorg.workload import door, effort
from tinhgon.reorg.workload.staff import Worker as Person
from tinhgon.reorg.workload.staff import with_seconds

CHANGES_HANDS, OTHER_UNIT = 20, 10
LOST_BY_LEVEL = {0: 35, 1: 20, 2: 10, 3: 0, 4: 0}
NOT_GIVEN = 100_000
CAPS = (1.25, 1.75, None)
LEAST_CAP = 16
SECONDS = 5.0
_NOBODY = "-"


@dataclass(frozen=True)
class Facts:
    """Mọi điều để chia việc cho một số đơn vị, đọc một lần."""

    start: date
    items: Mapping[int, Sequence[Item]]
    people: Mapping[int, Sequence[Person]]
    levels: Mapping[int, Mapping[str, int]]
    field_of: Mapping[int, int]
    held: Mapping[int, int]
    """Người -> số giờ việc đang làm sẵn ở đơn vị của mình."""


def facts_of(reorg: Reorganisation, unit_ids: Iterable[int] | None, *, today: date) -> Facts:
    """``unit_ids``: các đơn vị nhận; ``None``: mọi đơn vị có việc về. Số câu SQL không theo số đơn vị, số việc."""
    start = max(reorg.effective_on, today)
    where = _receivers(reorg, unit_ids)
    items: dict[int, list[Item]] = defaultdict(list)
    for one in work.given_sources():
        for item in work.given_items(one.kind, [item for kind, item in where if kind == one.kind]):
            items[where[item.kind, item.item_id]].append(item)
    people: dict[int, list[Person]] = defaultdict(list)
    for person in with_seconds(reorg):
        if person.unit_id in items or (unit_ids is not None and person.unit_id in set(unit_ids)):
            people[person.unit_id].append(person)
    everyone = [person.person_id for found in people.values() for person in found]
    return Facts(
        start, dict(items), dict(people), _levels(reorg, everyone), dict(Function.objects.values_list("pk", "field_id")), _held(reorg, start)
    )


def _receivers(reorg: Reorganisation, unit_ids: Iterable[int] | None) -> dict[tuple[str, int], int]:
    kinds = [one.kind for one in work.given_sources()]
    rows = plan.rows_of(reorg, Direction.APPLY).filter(kind__in=kinds, outcome=Outcome.MOVE, to_unit__isnull=False)
    if unit_ids is not None:
        rows = rows.filter(to_unit__in=list(unit_ids))
    return {(kind, item): unit for kind, item, unit in rows.values_list("kind", "item_id", "to_unit")}


def _levels(reorg: Reorganisation, people: Sequence[int]) -> dict[int, dict[str, int]]:
    """Người -> lĩnh vực -> mức: cùng nguồn với bố trí cán bộ."""
    history = records.served(people, on=reorg.effective_on)
    clerical = Field.objects.filter(code=CLERICAL).values_list("pk", flat=True).first()
    fields = fields_of_units(sorted({one.unit_id for one in history}), reorg)
    able = records.skills(history, fields, clerical, on=reorg.effective_on)
    return {person: {skill.field: skill.level for skill in skills} for person, skills in able.items()}


def _held(reorg: Reorganisation, start: date) -> dict[int, int]:
    units = set(receiving_open_units(reorg)) - set(plan.affected_units(reorg))
    found: dict[int, int] = defaultdict(int)
    for person, kind, progress, arrived in work.held_by_people(sorted(units)):
        found[person] += effort.effort_of(kind, progress, arrived, on=start)
    return dict(found)


@dataclass(frozen=True, slots=True)
class Line:
    """Một việc đã chia."""

    kind: str
    item_id: int
    person_id: int | None
    hours: int
    why: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Proposed:
    lines: tuple[Line, ...]
    figures: dict[str, Any]


def propose(facts: Facts, unit_id: int, terms: WorkPlan) -> Proposed:
    """Đề xuất cho một đơn vị, theo giờ của ``terms``. Cùng dữ liệu thì cùng kết quả."""
    desk = Desk(facts, list(facts.people.get(unit_id, ())), list(facts.items.get(unit_id, ())), terms)
    if not desk.items:
        return Proposed((), {"tasks": 0, "given": 0, "people": len(desk.people), "need": 0, "room": sum(map(desk.room, desk.people))})
    found, cap = _solved(desk)
    lines = tuple(_line(desk, item, found.choice[key(item)]) for item in desk.items)
    lost = [line for line in lines if line.person_id is None]
    return Proposed(lines, {
        "tasks": len(lines), "given": len(lines) - len(lost), "people": len(desk.people), "need": sum(desk.effort[key(item)] for item in desk.items),
        "room": sum(map(desk.room, desk.people)), "points": found.points, "bound": found.bound, "gap": found.gap, "proof": str(found.proof),
        "stopped": found.stopped, "cap": cap, "conflict": _conflict(desk) if lost else None,
    })  # fmt: skip


class Desk:
    """Bàn chia việc của một đơn vị: mỗi việc hỏi từng người mất bao nhiêu giờ, bao nhiêu điểm, có nhận được không."""

    def __init__(self, facts: Facts, people: Sequence[Person], items: Sequence[Item], terms: WorkPlan) -> None:
        self.facts, self.people, self.items, self.terms = facts, people, items, terms
        self.effort = {key(item): effort.effort(item, on=facts.start) for item in items}

    def weekly(self, one: Person) -> int:
        return effort.weekly_hours(one, hours=self.terms.hours, lead_hours=self.terms.lead_hours, own=self.terms.own_hours)

    def room(self, one: Person) -> int:
        """Giờ của cả kỳ, đã trừ việc đang làm sẵn."""
        return max(0, self.weekly(one) * effort.WEEKS - self.facts.held.get(one.person_id, 0))

    def field(self, item: Item) -> int | None:
        return self.facts.field_of.get(item.function_id or 0)

    def level(self, one: Person, item: Item) -> int | None:
        """Mức ở lĩnh vực của việc; ``None``: việc không ghi chức năng, ai cũng như ai."""
        field = self.field(item)
        return None if field is None else self.facts.levels.get(one.person_id, {}).get(str(field), 0)

    def may(self, one: Person, item: Item) -> bool:
        return one.clearance >= item.secrecy

    def hours(self, one: Person, item: Item) -> int:
        level = self.level(one, item)
        return effort.hours_at(3 if level is None else level, self.effort[key(item)])

    def points(self, one: Person, item: Item) -> int:
        level = self.level(one, item)
        lost = 0 if level is None else LOST_BY_LEVEL[min(level, 4)]
        return lost + (CHANGES_HANDS if item.person_id != one.person_id else 0) + (OTHER_UNIT if one.from_unit != item.unit_id else 0)

    def deadline(self, item: Item) -> date | None:
        """Hạn trong bài toán: không sớm hơn hết tuần thứ hai; ngoài kỳ thì không ràng buộc."""
        last = self.week_end(effort.WEEKS)
        if item.due_on is None or item.due_on > last:
            return None
        return max(item.due_on, self.week_end(effort.GRACE_WEEKS))

    def week_end(self, week: int) -> date:
        return self.facts.start + timedelta(days=7 * week - 1)

    def worker(self, one: Person, cap: int | None) -> Worker:
        whole = self.room(one)
        rooms = [Room(min(whole * week // effort.WEEKS, whole if cap is None else cap), self.week_end(week)) for week in range(1, effort.WEEKS)]
        return Worker(id=who(one.person_id), rooms=(*rooms, Room(whole if cap is None else min(whole, cap))))

    def problem(self, *, cap: float | None, with_nobody: bool) -> Problem:
        need, room = sum(self.effort.values()), sum(map(self.weekly, self.people)) or 1
        caps = {one.person_id: None if cap is None else max(LEAST_CAP, -(-int(need * self.weekly(one) * cap) // room)) for one in self.people}
        nobody = (Worker(id=_NOBODY, rooms=(Room(MOST_HOURS),)),) if with_nobody else ()
        return Problem(
            people=(*(self.worker(one, caps[one.person_id]) for one in self.people), *nobody),
            tasks=tuple(
                Task(
                    id=key(item), deadline=self.deadline(item),
                    options=(
                        *(Option(who(one.person_id), self.hours(one, item), self.points(one, item)) for one in self.people if self.may(one, item)),
                        *((Option(_NOBODY, 1, NOT_GIVEN),) if with_nobody else ()),
                    ),
                )
                for item in self.items
            ),
        )  # fmt: skip


def _solved(desk: Desk) -> tuple[Plan, float | None]:
    """Phần đều nhất mà vẫn giao được hết; không mức nào giao hết thì bỏ mức, giao được nhiều nhất."""
    for cap in CAPS:
        found = door.give_out(desk.problem(cap=cap, with_nobody=True), seconds=SECONDS)
        if _NOBODY not in found.choice.values():
            return found, cap
    return found, None


def _conflict(desk: Desk) -> dict[str, Any] | None:
    """Bộ việc nhỏ nhất tự nó đã không giao được, và những người duy nhất nhận được."""
    if not desk.people:
        return None
    try:
        found = door.conflict(desk.problem(cap=None, with_nobody=False))
    except Refused:
        return None
    return {
        "tasks": [task.rpartition("#")[0::2] for task in found.tasks], "people": [int(one[1:]) for one in found.people], "need": found.need,
        "room": found.room, "is_smallest": found.is_smallest,
    }  # fmt: skip


def _line(desk: Desk, item: Item, chosen: str) -> Line:
    if chosen == _NOBODY:
        able = sum(desk.may(one, item) for one in desk.people)
        return Line(item.kind, item.item_id, None, desk.effort[key(item)], {"able": able, "people": len(desk.people)})
    one = next(person for person in desk.people if who(person.person_id) == chosen)
    return Line(item.kind, item.item_id, one.person_id, desk.hours(one, item), why(desk, one, item))


def why(desk: Desk, one: Person, item: Item) -> dict[str, Any]:
    """Vì sao người ấy: giữ việc, cùng đơn vị gốc, mức thạo; ``better``: người hợp hơn mà phần giờ đã dùng cho việc khác."""
    own = desk.points(one, item)
    better = [person.person_id for person in desk.people if desk.may(person, item) and desk.points(person, item) < own]
    return {
        "keeps": item.person_id == one.person_id, "same_unit": one.from_unit == item.unit_id, "level": desk.level(one, item),
        "field": desk.field(item), "better": sorted(better, key=lambda pk: (pk))[:2],
    }  # fmt: skip


def job_kind(reorg_id: int) -> str:
    """Tên tiến độ của việc nền: trang tìm lại bằng tên này."""
    return f"reorg.give_work.{reorg_id}"


def key(item: Item) -> str:
    return f"{item.kind}#{item.item_id}"


def who(person_id: int) -> str:
    return f"c{person_id}"
