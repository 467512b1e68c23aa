"""Khi không chia được: bộ việc nhỏ nhất mà riêng nó đã không chia được, và những người duy nhất nhận được các việc ấy.

Hai loại. *Thiếu giờ* (điều kiện Hall): cộng số giờ ít nhất của các việc đã hơn số giờ của mọi người nhận được. *Không vừa*: cộng thì đủ,
nhưng việc không chia nhỏ được nên xếp kiểu nào cũng thừa. Loại đầu tìm bằng một bài quy hoạch nguyên nhỏ; rồi phép đánh trúng (hitting
set) tìm tiếp bộ nhỏ hơn nữa, hay chứng minh là không có, trong giới hạn.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from tinhgon.engine.allocation.arcs import Arcs
from tinhgon.engine.allocation.model import Problem
from tinhgon.engine.refusal import Refused

_SECONDS = 2.0
_ROUNDS = 400


@dataclass(frozen=True, slots=True)
class Conflict:
    """``tasks``: bộ việc; ``people``: mọi người nhận được ít nhất một việc trong đó mà kịp hạn. ``need``: giờ ít nhất phải có;
    ``room``: giờ của những người ấy tới hạn muộn nhất. ``need > room`` là thiếu giờ, không thì là không vừa.
    ``is_smallest``: đã chứng minh không bộ nào ít việc hơn; ``False``: bớt việc nào cũng hết vướng, nhưng có thể còn bộ khác nhỏ hơn.
    """

    tasks: tuple[str, ...]
    people: tuple[str, ...]
    need: int
    room: int
    is_smallest: bool


def smallest_conflict(problem: Problem, arcs: Arcs, *, seconds: float = _SECONDS, clock: Callable[[], float] = time.monotonic) -> Conflict:
    """Bộ vướng nhau của một bài đã biết là không chia được. ``seconds``: quá thì trả lời bằng bộ tốt nhất đang có."""
    until = clock() + seconds
    with_arcs = set(arcs.task.tolist())
    if alone := [at for at in range(len(arcs.tasks)) if at not in with_arcs]:
        return _told(problem, arcs, alone[:1], is_smallest=True)
    known = _short_of_hours(arcs, max(0.2, until - clock()))
    least = 1
    corrections: list[frozenset[int]] = []
    for _ in range(_ROUNDS):
        if clock() > until:
            break
        wanted = _hitting(corrections, len(arcs.tasks))
        least = len(wanted)
        if known is not None and least >= len(known):
            return _told(problem, arcs, known, is_smallest=True)
        given = _most_given(arcs, wanted, max(0.2, until - clock()))
        if given is None:
            return _told(problem, arcs, wanted, is_smallest=True)
        missing = frozenset(range(len(arcs.tasks))) - given
        if not missing:
            raise Refused("not_found", stopped="time")
        corrections.append(missing)
    return _told(problem, arcs, known or _whittled(arcs, until + seconds, clock), is_smallest=False)


def _told(problem: Problem, arcs: Arcs, wanted: list[int], *, is_smallest: bool) -> Conflict:
    """Số giờ để kể: mỗi việc lấy lựa chọn ít giờ nhất còn kịp; không lựa chọn nào kịp thì lựa chọn ít giờ nhất."""
    inside = np.isin(arcs.task, wanted)
    if inside.any():
        need = int(sum(arcs.hours[arcs.task == at].min() for at in wanted))
        rows = {int(person): int(arcs.last[(arcs.person == person) & inside].max()) for person in set(arcs.person[inside].tolist())}
        first_rows = {int(person): int(arcs.first[(arcs.person == person) & inside].max()) for person in rows}
        room = int(sum(arcs.room[row] for row in first_rows.values()))
        people = tuple(arcs.people[person] for person in sorted(rows))
        return Conflict(tuple(arcs.tasks[at] for at in wanted), people, need, room, is_smallest)
    name = arcs.tasks[wanted[0]]
    options = problem.by_task[name].values()
    deadline = next(task.deadline for task in problem.tasks if task.id == name)
    rooms = [0]
    for option in options:
        level = problem.workers[option.person].level(deadline)
        rooms.append(0 if level is None else problem.workers[option.person].rooms[level].hours)
    return Conflict((name,), tuple(sorted(option.person for option in options)), min((option.hours for option in options), default=0), max(rooms), is_smallest)


def _short_of_hours(arcs: Arcs, seconds: float) -> list[int] | None:
    """Bộ ít việc nhất có tổng giờ ít nhất lớn hơn tổng giờ của mọi người nhận được; ``None``: không có bộ như thế.

    Biến: việc ``y`` được chọn, hàng giờ ``z`` phải tính. Chọn việc thì phải tính mọi hàng từ ``first`` của từng cung của nó; hàng sau
    kéo theo hàng trước nên mỗi người chỉ cộng thêm phần giờ tăng giữa hai mốc.
    """
    tasks, rows = len(arcs.tasks), len(arcs.room)
    least = np.full(tasks, np.iinfo(np.int64).max)
    np.minimum.at(least, arcs.task, arcs.hours)
    is_start = arcs.row_level == 0
    added = np.where(is_start, arcs.room, arcs.room - np.concatenate(([0], arcs.room[:-1])))
    pairs = np.unique(np.stack([arcs.task, arcs.first]), axis=1)
    count = pairs.shape[1]
    needs = sparse.csr_array(
        (np.concatenate([np.ones(count), -np.ones(count)]), (np.tile(np.arange(count), 2), np.concatenate([pairs[0], tasks + pairs[1]]))),
        shape=(count, tasks + rows),
    )
    later = np.flatnonzero(~is_start)
    chain = sparse.csr_array(
        (np.concatenate([np.ones(len(later)), -np.ones(len(later))]), (np.tile(np.arange(len(later)), 2), np.concatenate([tasks + later, tasks + later - 1]))),
        shape=(len(later), tasks + rows),
    )
    over = sparse.csr_array(np.concatenate([least, -added]).astype(float)[np.newaxis])
    limits = [LinearConstraint(needs, -np.inf, 0), LinearConstraint(over, 1, np.inf)]
    if len(later):
        limits.append(LinearConstraint(chain, -np.inf, 0))
    cost = np.concatenate([np.ones(tasks), np.zeros(rows)])
    found = milp(cost, integrality=np.ones(tasks + rows), bounds=Bounds(0, 1), constraints=limits, options={"time_limit": seconds, "mip_rel_gap": 0.0})
    return None if found.x is None else np.flatnonzero(found.x[:tasks] > 0.5).tolist()


def _most_given(arcs: Arcs, wanted: list[int], seconds: float) -> frozenset[int] | None:
    """Nhiều việc nhất chia được mà có đủ các việc ``wanted``; ``None``: chính ``wanted`` đã không chia được."""
    one = np.ones(len(arcs.tasks))
    low = np.zeros(len(arcs.tasks))
    low[wanted] = 1
    found = milp(
        -np.ones(len(arcs)), integrality=np.ones(len(arcs)), bounds=Bounds(0, 1),
        constraints=[LinearConstraint(arcs.task_rows(), low, one), LinearConstraint(arcs.hour_rows(), -np.inf, arcs.room)],
        options={"time_limit": seconds},
    )  # fmt: skip
    if found.status == 2:
        return None
    if found.x is None:
        raise Refused("not_found", stopped="time")
    return frozenset(arcs.task[found.x > 0.5].tolist())


def _hitting(sets: list[frozenset[int]], count: int) -> list[int]:
    """Bộ ít phần tử nhất chạm vào mọi tập."""
    if not sets:
        return []
    rows = sparse.csr_array(
        (np.ones(sum(map(len, sets))), (np.repeat(np.arange(len(sets)), [len(each) for each in sets]), [at for each in sets for at in sorted(each)])),
        shape=(len(sets), count),
    )
    found = milp(np.ones(count), integrality=np.ones(count), bounds=Bounds(0, 1), constraints=LinearConstraint(rows, 1, np.inf), options={"mip_rel_gap": 0.0})
    return np.flatnonzero(found.x > 0.5).tolist()


def _whittled(arcs: Arcs, until: float, clock: Callable[[], float]) -> list[int]:
    """Bớt dần từng việc mà vẫn không chia được: còn lại là bộ không bớt được nữa (khi còn kịp giờ)."""
    kept = list(range(len(arcs.tasks)))
    for at in list(kept):
        if clock() > until:
            break
        rest = [each for each in kept if each != at]
        if _most_given(arcs, rest, max(0.2, until - clock())) is None:
            kept = rest
    return kept
