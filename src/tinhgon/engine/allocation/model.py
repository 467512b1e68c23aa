"""Bài toán chia việc, phương án, và phép kiểm tra không tin bộ giải nào. Mọi số là số nguyên."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from tinhgon.engine.refusal import Refused

MOST_HOURS = 10**6
MOST_POINTS = 10**6
MOST_OPTIONS = 1_000_000
MOST_ROOMS = 400
"""Trên mức này phép cộng 64 bit có thể tràn, hay không xong trong thời gian người chờ được."""


class Aim(StrEnum):
    """Điểm của một lựa chọn là chi phí (càng ít càng tốt) hay giá trị."""

    LEAST = "least"
    MOST = "most"


@dataclass(frozen=True, slots=True)
class Room:
    """Tới hết ngày ``until`` người ấy có tất cả ``hours`` giờ, cộng dồn từ đầu; ``until`` trống: cả kỳ."""

    hours: int
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Người nhận việc. ``rooms``: các mốc giờ theo ngày tăng dần; mốc không ngày đứng cuối."""

    id: str
    rooms: tuple[Room, ...]
    name: str = ""

    def level(self, deadline: date | None) -> int | None:
        """Mốc giờ cuối không sau ``deadline``: giờ sau mốc ấy không kịp cho việc này. ``None``: không có giờ nào kịp.

        Chỉ có một mốc không ngày thì không biết giờ rải ra sao: tính cả kỳ.
        """
        if deadline is None or (len(self.rooms) == 1 and self.rooms[0].until is None):
            return len(self.rooms) - 1
        fitting = [number for number, room in enumerate(self.rooms) if room.until is not None and room.until <= deadline]
        return fitting[-1] if fitting else None


@dataclass(frozen=True, slots=True)
class Option:
    """Một người nhận được việc: mất ``hours`` giờ, ``points`` điểm theo mục đích của bài toán."""

    person: str
    hours: int
    points: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    id: str
    options: tuple[Option, ...]
    deadline: date | None = None
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Mỗi việc giao cho đúng một người trong các lựa chọn của nó; mọi mốc giờ của mọi người đều phải giữ."""

    people: tuple[Worker, ...]
    tasks: tuple[Task, ...]
    aim: Aim = Aim.LEAST

    @cached_property
    def workers(self) -> Mapping[str, Worker]:
        return {worker.id: worker for worker in self.people}

    @cached_property
    def by_task(self) -> Mapping[str, Mapping[str, Option]]:
        return {task.id: {option.person: option for option in task.options} for task in self.tasks}


class Proof(StrEnum):
    """Cận do đâu mà có. ``PRICES``: giá giờ, ``WORTHS``: giá việc, cả hai tính lại được bằng số nguyên; ``TREE``: cây tìm của HiGHS."""

    PRICES = "prices"
    WORTHS = "worths"
    TREE = "tree"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """``choice``: việc -> người. ``bound``: không phương án nào tốt hơn số này. ``stopped``: giới hạn nào chặn lại ("", "nodes", "time").

    ``duals``: bộ giá để tính lại cận, nhân ``bound.SCALE``: ``người#mốc`` -> giá giờ, hay ``việc`` -> giá việc, theo ``proof``.
    """

    choice: Mapping[str, str]
    points: int
    bound: int
    proof: Proof
    duals: Mapping[str, int] = field(default_factory=dict)
    stopped: str = ""

    @property
    def gap(self) -> int:
        """Số điểm còn chưa chứng minh được; 0 là tốt nhất có thể."""
        return abs(self.points - self.bound)

    @property
    def gap_per_million(self) -> int:
        """``gap`` so với cận, phần triệu, làm tròn lên."""
        return -(-self.gap * 1_000_000 // max(1, abs(self.bound)))

    @property
    def is_proven(self) -> bool:
        return self.gap == 0


def validated(problem: Problem) -> Problem:
    """Chính bài toán ấy, hay ``Refused`` với điều sai đầu tiên.

    no_people, no_tasks, repeated_person, repeated_task, repeated_option, unknown_person, bad_hours, bad_points, bad_calendar, too_many_options.
    """
    if not problem.people:
        raise Refused("no_people")
    if not problem.tasks:
        raise Refused("no_tasks")
    for code, ids in (("repeated_person", [each.id for each in problem.people]), ("repeated_task", [each.id for each in problem.tasks])):
        if repeated := sorted(name for name, times in Counter(ids).items() if times > 1):
            raise Refused(code, ids=repeated)
    if (options := sum(len(task.options) for task in problem.tasks)) > MOST_OPTIONS:
        raise Refused("too_many_options", options=options, most=MOST_OPTIONS)
    for worker in problem.people:
        _check_rooms(worker)
    for task in problem.tasks:
        _check_options(problem, task)
    return problem


def _check_rooms(worker: Worker) -> None:
    if any(not 0 <= room.hours <= MOST_HOURS for room in worker.rooms):
        raise Refused("bad_hours", id=worker.id, most=MOST_HOURS)
    untils = [room.until or date.max for room in worker.rooms]
    hours = [room.hours for room in worker.rooms]
    if not 0 < len(worker.rooms) <= MOST_ROOMS or sorted(set(untils)) != untils or sorted(hours) != hours:
        raise Refused("bad_calendar", id=worker.id)


def _check_options(problem: Problem, task: Task) -> None:
    seen: set[str] = set()
    for option in task.options:
        if option.person not in problem.workers:
            raise Refused("unknown_person", task=task.id, person=option.person)
        if option.person in seen:
            raise Refused("repeated_option", task=task.id, person=option.person)
        seen.add(option.person)
        if not 0 < option.hours <= MOST_HOURS:
            raise Refused("bad_hours", id=task.id, most=MOST_HOURS)
        if not -MOST_POINTS <= option.points <= MOST_POINTS:
            raise Refused("bad_points", id=task.id, most=MOST_POINTS)


def broken(problem: Problem, choice: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Mọi điều phương án vi phạm: not_given, unknown_task, not_an_option, over_hours. Không có gì thì phương án làm được."""
    used: dict[str, list[tuple[int | None, int]]] = defaultdict(list)
    for name in sorted(choice.keys() - problem.by_task.keys()):
        yield "unknown_task", {"task": name}
    for task in problem.tasks:
        person = choice.get(task.id)
        if person is None:
            yield "not_given", {"task": task.id}
            continue
        option = problem.by_task[task.id].get(person)
        if option is None:
            yield "not_an_option", {"task": task.id, "person": person}
            continue
        used[person].append((problem.workers[person].level(task.deadline), option.hours))
    for person, given in sorted(used.items()):
        for level, room in enumerate(problem.workers[person].rooms):
            hours = sum(each for at, each in given if at is None or at <= level)
            if hours > room.hours or (level == 0 and any(at is None for at, _ in given)):
                yield "over_hours", {"person": person, "until": room.until, "hours": hours, "room": room.hours}


def points_of(problem: Problem, choice: Mapping[str, str]) -> int:
    """Tổng điểm của một cách chia."""
    return sum(problem.by_task[task.id][choice[task.id]].points for task in problem.tasks)
