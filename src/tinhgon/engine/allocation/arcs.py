"""Bài toán thành mảng: mỗi cung một lựa chọn (việc, người), mỗi hàng một mốc giờ của một người. Chi phí luôn là càng ít càng tốt."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tinhgon.engine.allocation.model import Aim, Problem

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Arcs:
    """``task``, ``person``, ``hours``, ``cost``: mảng (A,), cung xếp theo việc rồi theo người, cả hai theo mã.

    Cung ``e`` ăn vào các hàng ``first[e]``..``last[e]`` (mọi mốc từ mốc hạn của việc tới cuối). ``room``: mảng (R,), giờ của từng hàng;
    ``row_person``, ``row_level``: hàng của ai, mốc thứ mấy. Thứ tự trong tệp không đổi kết quả.
    """

    tasks: tuple[str, ...]
    people: tuple[str, ...]
    task: Ints
    person: Ints
    hours: Ints
    cost: Ints
    first: Ints
    last: Ints
    room: Ints
    row_person: Ints
    row_level: Ints

    def __len__(self) -> int:
        return len(self.task)

    def keep(self, wanted: NDArray[np.bool_]) -> "Arcs":
        """Chỉ các cung được chọn (mặt nạ (A,)); việc, người và hàng giữ nguyên."""
        return Arcs(
            self.tasks, self.people, self.task[wanted], self.person[wanted], self.hours[wanted], self.cost[wanted], self.first[wanted],
            self.last[wanted], self.room, self.row_person, self.row_level,
        )  # fmt: skip

    def task_rows(self) -> sparse.csr_array:
        """Ma trận (số việc, A): mỗi việc một lần."""
        return sparse.csr_array((np.ones(len(self)), (self.task, np.arange(len(self)))), shape=(len(self.tasks), len(self)))

    def hour_rows(self) -> sparse.csr_array:
        """Ma trận (R, A): giờ của từng cung ở mọi hàng nó ăn vào."""
        each = self.last - self.first + 1
        arc = np.repeat(np.arange(len(self)), each)
        within = np.arange(len(arc)) - np.repeat(np.cumsum(each) - each, each)
        return sparse.csr_array((self.hours[arc].astype(float), (self.first[arc] + within, arc)), shape=(len(self.room), len(self)))

    def chosen(self, picked: Iterable[int]) -> dict[str, str]:
        """Các cung đã chọn thành việc -> người."""
        return {self.tasks[self.task[arc]]: self.people[self.person[arc]] for arc in picked}


def arcs_of(problem: Problem) -> Arcs:
    """Mảng của bài toán; lựa chọn mà một mình nó đã không kịp giờ thì bỏ ngay."""
    people = tuple(sorted(problem.workers))
    tasks = tuple(sorted(problem.by_task))
    number = {person: at for at, person in enumerate(people)}
    rooms = [problem.workers[person].rooms for person in people]
    base = np.concatenate(([0], np.cumsum([len(each) for each in rooms])))
    deadline = {task.id: task.deadline for task in problem.tasks}
    sign = 1 if problem.aim == Aim.LEAST else -1
    rows: list[tuple[int, int, int, int, int, int]] = []
    for at, task in enumerate(tasks):
        for person, option in sorted(problem.by_task[task].items()):
            who = number[person]
            level = problem.workers[person].level(deadline[task])
            if level is not None and option.hours <= rooms[who][level].hours:
                rows.append((at, who, option.hours, sign * option.points, int(base[who]) + level, int(base[who + 1]) - 1))
    work, who_for, hours, cost, first, last = (column.copy() for column in np.array(rows, dtype=np.int64).reshape(-1, 6).T)
    return Arcs(
        tasks, people, work, who_for, hours, cost, first, last,
        room=np.array([room.hours for each in rooms for room in each], dtype=np.int64),
        row_person=np.repeat(np.arange(len(people)), [len(each) for each in rooms]),
        row_level=np.concatenate([np.arange(len(each)) for each in rooms]),
    )  # fmt: skip
