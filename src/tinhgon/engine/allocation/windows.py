"""Bài lớn: một cách chia ban đầu, rồi giải lại từng cửa sổ vài người gần nhau cho tới khi không cửa sổ nào tốt hơn."""

from collections.abc import Callable

import numpy as np

from tinhgon.engine.allocation.arcs import Arcs, Ints
from tinhgon.engine.allocation.hips import whole

_SIZES = (5, 8, 14, 24, 40, 40)
"""Mỗi lượt qua hết mọi người bằng cửa sổ chừng ấy người: nhỏ cho nhanh, rồi lớn dần."""
_NODES = 100
_SECONDS = 3.0


def improved(arcs: Arcs, picked: Ints, extra: Ints, *, left: Callable[[], float]) -> Ints:
    """Cách chia không kém ``picked``: giao thêm được việc còn thiếu, hay rẻ hơn. ``picked`` giữ mọi mốc giờ, có thể thiếu việc.

    ``extra``: mảng (A,), cung ấy đắt hơn giá của việc bao nhiêu; cửa sổ bắt đầu từ nơi tổng ấy lớn nhất.
    """
    skip_cost = 4 * (int(arcs.cost.max()) - min(0, int(arcs.cost.min())) + 1)
    for size in _SIZES:
        visited = np.zeros(len(arcs.people), dtype=bool)
        while not visited.all():
            if left() <= 0:
                return picked
            window = _window(arcs, picked, extra, visited, size)
            visited[window] = True
            picked = _resolved(arcs, picked, window, skip_cost, min(_SECONDS, left()))
    return picked


def _window(arcs: Arcs, picked: Ints, extra: Ints, visited: np.ndarray, size: int) -> Ints:
    """Người chưa xét đang giữ phần việc đắt nhất, và những người nhận được việc của cửa sổ nhiều nhất."""
    waste = np.bincount(arcs.person[picked], weights=extra[picked].astype(float), minlength=len(arcs.people))
    holder = np.full(len(arcs.tasks), -1)
    holder[arcs.task[picked]] = arcs.person[picked]
    waste += np.bincount(arcs.person[holder[arcs.task] < 0], minlength=len(arcs.people)) * (1.0 + waste.max())
    first = int(np.argmax(np.where(visited, -np.inf, waste)))
    window = [first]
    links = np.zeros(len(arcs.people))
    while len(window) < min(size, len(arcs.people)):
        newest = window[-1]
        links += np.bincount(arcs.person[holder[arcs.task] == newest], minlength=len(arcs.people))
        links += np.bincount(holder[arcs.task[arcs.person == newest]] + 1, minlength=len(arcs.people) + 1)[1:]
        links[window] = -1
        window.append(int(np.argmax(np.where(visited, links * 0.75, links))))
    return np.array(sorted(window))


def _resolved(arcs: Arcs, picked: Ints, window: Ints, skip_cost: int, seconds: float) -> Ints:
    inside = np.isin(arcs.person[picked], window)
    tasks = np.ones(len(arcs.tasks), dtype=bool)
    tasks[arcs.task[picked[~inside]]] = False
    wanted = np.flatnonzero(tasks[arcs.task] & np.isin(arcs.person, window))
    found = whole(arcs, wanted, nodes=_NODES, seconds=max(0.1, seconds), skip_cost=skip_cost)
    now = int(arcs.cost[picked[inside]].sum()) + skip_cost * (len(np.unique(arcs.task[wanted])) - int(inside.sum()))
    if found.picked is None or found.cost >= now:
        return picked
    return np.sort(np.concatenate([picked[~inside], found.picked]))
