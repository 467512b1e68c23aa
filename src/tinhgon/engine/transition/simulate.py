"""Chạy dự báo bằng NumPy: sức làm và việc đến thành ma trận (hàng chờ, ngày), rồi đi từng ngày cho mọi hàng chờ cùng lúc."""

import math
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import ndtr

from tinhgon.engine.transition.model import Forecast, Problem, Result, Warned, validated

Reals = NDArray[np.float64]
WEEK = 5
LIGHT = 0.85
"""Dưới tải này dòng chảy không thấy hàng chờ: dùng Sakasegawa."""
_TENTH = 1.2816
"""Phân vị 90 của phân phối chuẩn, tính bằng độ lệch chuẩn."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Mảng của bài toán; Q hàng chờ, T ngày. ``capacity``, ``arrivals``: (Q, T), việc mỗi ngày. ``servers``: (Q, T), số người quy tròn.

    ``carried``: (ngày, hàng cũ, hàng mới, phần của việc còn ở hàng cũ lúc ấy). ``lost``: tổng ngày công mất vì chưa thạo.
    """

    dates: tuple[date, ...]
    backlog: Reals
    capacity: Reals
    arrivals: Reals
    servers: Reals
    carried: tuple[tuple[int, int, int, float], ...]
    lost: float


def flow_of(problem: Problem) -> Flow:
    """Bài toán thành mảng. ``Refused`` như ``validated``."""
    validated(problem)
    dates = tuple(problem.dates())
    number = {queue.id: at for at, queue in enumerate(problem.queues)}
    days, queues = len(dates), len(problem.queues)
    at = {move.on: bisect_left(dates, move.on) for move in problem.moves}
    ready = np.ones(days)
    profiles: dict[tuple[float, float, int, int], int] = {(1.0, 1.0, 0, days): 0}
    rows: list[tuple[int, int, float, float]] = [(number[post.queue], 0, post.count * post.share * post.rate, post.count * post.share) for post in problem.posts]
    for move in problem.moves:
        if move.source:
            before = profiles.setdefault((1.0, 1.0, 0, at[move.on]), len(profiles))
            rows.append((number[move.source], before, move.count * move.share * (move.source_rate or move.rate), move.count * move.share))
        if move.target:
            after = profiles.setdefault((move.start, move.tau, at[move.on], days), len(profiles))
            rows.append((number[move.target], after, move.count * move.share * move.rate, move.count * move.share))
    skill, present = np.zeros((len(profiles), days)), np.zeros((len(profiles), days))
    for (start, tau, first, last), row in profiles.items():
        present[row, first:last] = 1
        skill[row, first:last] = 1 - (1 - start) * np.exp(-np.arange(last - first) / tau) if start < 1 else ready[first:last]
    table = np.array(rows, dtype=float).reshape(-1, 4)
    where = (table[:, 0].astype(int), table[:, 1].astype(int))
    shape = (queues, len(profiles))
    capacity = sparse.csr_array((table[:, 2], where), shape=shape) @ skill
    servers = sparse.csr_array((table[:, 3], where), shape=shape) @ present
    lost = float((table[:, 3] * (present - skill).sum(axis=1)[where[1]]).sum())
    arrivals, carried = _arrivals(problem, number, at, days)
    return Flow(dates, np.array([queue.backlog for queue in problem.queues], dtype=float), capacity, arrivals, servers, carried, lost)


def _arrivals(problem: Problem, number: dict[str, int], at: dict[date, int], days: int) -> tuple[Reals, tuple[tuple[int, int, int, float], ...]]:
    """Việc đến (Q, T) khi một phần đi theo người chuyển, và phần việc tồn đi theo."""
    base = np.array([queue.arrivals for queue in problem.queues], dtype=float)
    arrivals = np.repeat(base[:, np.newaxis], days, axis=1)
    carried: list[tuple[int, int, int, float]] = []
    left = np.ones(len(base))
    for move in sorted((move for move in problem.moves if move.brings), key=lambda each: (each.on, each.source, each.person)):
        source, target, day = number[move.source], number[move.target], at[move.on]
        if day >= days:
            continue
        arrivals[source, day:] -= move.brings * base[source]
        arrivals[target, day:] += move.brings * base[source]
        carried.append((day, source, target, min(1.0, move.brings / max(left[source], 1e-12))))
        left[source] -= move.brings
    return np.maximum(arrivals, 0), tuple(carried)


@dataclass(frozen=True, slots=True)
class Path:
    """Việc tồn cuối từng ngày: ``mean`` trung bình, ``deviation`` độ lệch chuẩn, cùng (Q, T)."""

    mean: Reals
    deviation: Reals


def path(flow: Flow, spread: Reals, service_spread: Reals) -> Path:
    """Dòng chảy có dao động: việc tồn mỗi ngày là biến chuẩn bị chặn ở 0 (trung bình và phương sai của max(0, X) có công thức đóng).

    ``spread``, ``service_spread`` (Q,): phương sai của việc đến, việc làm xong trong ngày chia cho trung bình. Cả hai bằng 0 thì là dòng
    chảy thuần max(0, tồn + đến − làm được).
    """
    mean, deviation = np.empty(flow.arrivals.shape), np.empty(flow.arrivals.shape)
    now, variance = flow.backlog.copy(), np.zeros(len(flow.backlog))
    moves: dict[int, list[tuple[int, int, float]]] = {}
    for day, source, target, part in flow.carried:
        moves.setdefault(day, []).append((source, target, part))
    net = np.ascontiguousarray((flow.arrivals - flow.capacity).T)
    noise = np.ascontiguousarray((flow.arrivals * spread[:, np.newaxis] + flow.capacity * service_spread[:, np.newaxis]).T)
    for day in range(len(flow.dates)):
        for source, target, part in moves.get(day, ()):
            now[target] += now[source] * part
            variance[target] += variance[source] * part**2
            now[source] *= 1 - part
            variance[source] *= (1 - part) ** 2
        free = now + net[day]
        variance = variance + noise[day]
        sigma = np.sqrt(np.maximum(variance, 1e-18))
        ratio = free / sigma
        below = ndtr(ratio)
        density = sigma * np.exp(-0.5 * ratio * ratio) / math.sqrt(2 * math.pi)
        now = np.maximum(free * below + density, 0)
        variance = np.maximum((free * free + variance) * below + free * density - now * now, 0)
        mean[:, day], deviation[:, day] = now, np.sqrt(variance)
    return Path(mean, deviation)


def sakasegawa(load: Reals, servers: Reals, spread: Reals) -> Reals:
    """Số việc chờ trung bình của hàng ``servers`` người ở tải ``load`` < 1; ``spread``: trung bình hai bình phương hệ số biến thiên.

    Sakasegawa (1977): Lq ≈ load^sqrt(2(c+1)) / (1 − load) × spread. Cùng cỡ với đầu vào.
    """
    return load ** np.sqrt(2 * (servers + 1)) / (1 - load) * spread


def loads(flow: Flow) -> Reals:
    """Tải (Q, T): việc đến chia sức làm; vô cùng khi có việc mà không ai làm, 0 khi không có việc."""
    safe = np.where(flow.capacity > 0, flow.capacity, 1)
    return np.where(flow.capacity > 0, flow.arrivals / safe, np.where(flow.arrivals > 0, np.inf, 0.0))


def simulate(problem: Problem) -> Result:
    """Dự báo của cả bài toán; không có gì ngẫu nhiên, cùng bài thì cùng kết quả. ``Refused`` như ``validated``."""
    flow = flow_of(problem)
    ends = _week_ends(len(flow.dates))
    if problem.groups:
        names = [group.id for group in problem.groups]
        flow, middle, deviation = _grouped(problem, flow)
        standing = np.zeros_like(middle)
    else:
        names = [queue.id for queue in problem.queues]
        middle, deviation, standing = _levels(problem, flow)
    load = loads(flow)
    totals = _bands(middle[:, ends].sum(axis=0), np.sqrt((deviation[:, ends] ** 2).sum(axis=0)))
    weekly = _bands(middle[:, ends], deviation[:, ends])
    forecasts = _forecasts(problem, names, flow, middle, standing, load, weekly)
    backs = [each.back_on for each in forecasts]
    known = [day for day in backs if day is not None]
    return Result(
        weeks=tuple(flow.dates[end] for end in ends), forecasts=forecasts, total_weekly=_triples(totals),
        back_on=max(known) if len(known) == len(backs) else None, lost_days=flow.lost,
    )  # fmt: skip


def _levels(problem: Problem, flow: Flow) -> tuple[Reals, Reals, Reals]:
    """Trung bình, độ lệch chuẩn, hàng chờ thường trực; mỗi mảng (Q, T)."""
    spread = np.array([queue.spread for queue in problem.queues], dtype=float)
    service_spread = np.array([queue.service_spread for queue in problem.queues], dtype=float)
    standing = sakasegawa(np.minimum(loads(flow), LIGHT), np.maximum(flow.servers, 1), ((spread + service_spread) / 2)[:, np.newaxis])
    found = path(flow, spread, service_spread)
    return np.maximum(found.mean, standing), found.deviation, standing


def _grouped(problem: Problem, flow: Flow) -> tuple[Flow, Reals, Reals]:
    """Mỗi nhóm là một dòng chảy chung: việc đến và sức làm cộng lại, người trong nhóm đỡ việc cho nhau. (dòng chảy, trung bình, lệch chuẩn)."""
    number = {queue.id: at for at, queue in enumerate(problem.queues)}
    rows = [(at, number[queue], part) for at, group in enumerate(problem.groups) for queue, part in group.parts]
    table = np.array(rows, dtype=float).reshape(-1, 3)
    parts = sparse.csr_array((table[:, 2], (table[:, 0].astype(int), table[:, 1].astype(int))), shape=(len(problem.groups), len(number)))
    base = np.array([group.base for group in problem.groups], dtype=float)
    spreads = _group_spreads(problem, parts)
    moved, kept = _pooled(flow, parts), _pooled(_unmoved(problem, flow), parts)
    found = path(moved, *spreads)
    usual = np.where(loads(kept) < 1, path(kept, *spreads).mean, 0.0)
    return replace(moved, backlog=base), np.maximum(base[:, np.newaxis] + found.mean - usual, 0), found.deviation


def _unmoved(problem: Problem, flow: Flow) -> Flow:
    """Cùng hàng chờ nếu không ai chuyển: ai ở hàng cũ thì ở đó suốt kỳ, việc đến như lúc đầu."""
    number = {queue.id: at for at, queue in enumerate(problem.queues)}
    capacity, servers = np.zeros(len(number)), np.zeros(len(number))
    rows = [(number[post.queue], post.count * post.share, post.rate) for post in problem.posts]
    rows += [(number[move.source], move.count * move.share, move.source_rate or move.rate) for move in problem.moves if move.source]
    table = np.array(rows, dtype=float).reshape(-1, 3)
    np.add.at(servers, table[:, 0].astype(int), table[:, 1])
    np.add.at(capacity, table[:, 0].astype(int), table[:, 1] * table[:, 2])
    arrivals = np.array([queue.arrivals for queue in problem.queues], dtype=float)
    whole = (len(number), len(flow.dates))
    return replace(
        flow, capacity=np.broadcast_to(capacity[:, np.newaxis], whole), servers=np.broadcast_to(servers[:, np.newaxis], whole),
        arrivals=np.broadcast_to(arrivals[:, np.newaxis], whole),
    )  # fmt: skip


def _pooled(flow: Flow, parts: sparse.csr_array) -> Flow:
    return Flow(flow.dates, np.zeros(parts.shape[0]), parts @ flow.capacity, parts @ flow.arrivals, parts @ flow.servers, (), flow.lost)


def _group_spreads(problem: Problem, parts: sparse.csr_array) -> tuple[Reals, Reals]:
    """Độ thất thường của nhóm: trung bình của các hàng, hàng nhiều việc đến thì nặng hơn; không có việc thì 1."""
    weight = np.array([queue.arrivals for queue in problem.queues], dtype=float)
    total = parts @ weight
    safe = np.where(total > 0, total, 1)
    columns = ([queue.spread for queue in problem.queues], [queue.service_spread for queue in problem.queues])
    come, work = (np.where(total > 0, parts @ (weight * np.array(column, dtype=float)) / safe, 1.0) for column in columns)
    return come, work


def _bands(middle: Reals, deviation: Reals) -> Reals:
    """(thấp, giữa, cao) ở trục cuối: tám phần mười khả năng nằm trong khoảng; các hàng chờ coi như độc lập."""
    return np.stack([np.maximum(middle - _TENTH * deviation, 0), middle, middle + _TENTH * deviation], axis=-1)


def _week_ends(days: int) -> list[int]:
    return sorted({min(end, days) - 1 for end in range(WEEK, days + WEEK, WEEK)})


def _forecasts(
    problem: Problem, names: list[str], flow: Flow, middle: Reals, standing: Reals, load: Reals, weekly: Reals
) -> tuple[Forecast, ...]:
    days = len(flow.dates)
    normal = np.maximum.reduce([flow.backlog, flow.arrivals[:, -1], standing[:, -1]]) * problem.normal
    normal = np.maximum(normal, flow.backlog + problem.slack)
    peak_at, peak = middle.argmax(axis=1), middle.max(axis=1)
    above = middle > normal[:, np.newaxis]
    back = np.where(above.any(axis=1), days - above[:, ::-1].argmax(axis=1), 0)
    top, last = load.max(axis=1), load[:, -1]
    nobody = ((flow.capacity <= 0) & ((flow.arrivals > 0) | (middle > 0))).any(axis=1)
    piled = peak > normal + problem.pile_days * flow.arrivals.max(axis=1)
    troubled = nobody | piled | (back == days) | (last >= 1)
    return tuple(
        Forecast(
            queue=name, weekly=_triples(weekly[at]), peak=float(peak[at]), peak_on=flow.dates[peak_at[at]], normal=float(normal[at]),
            back_on=flow.dates[back[at]] if back[at] < days else None, top_load=float(top[at]), last_load=float(last[at]),
            warnings=_warnings(problem, flow, at, middle[at], float(normal[at]), is_back=bool(back[at] < days)) if troubled[at] else (),
        )
        for at, name in enumerate(names)
    )  # fmt: skip


def _warnings(problem: Problem, flow: Flow, at: int, middle: Reals, normal: float, *, is_back: bool) -> tuple[Warned, ...]:
    found: list[Warned] = []
    arrivals, capacity = flow.arrivals[at], flow.capacity[at]
    idle = np.flatnonzero((capacity <= 0) & ((arrivals > 0) | (middle > 0)))
    if len(idle):
        found.append(Warned("nobody", {"from": flow.dates[int(idle[0])], "days": len(idle)}))
    daily = float(arrivals.max())
    over = np.flatnonzero(middle > normal + problem.pile_days * daily)
    if daily > 0 and len(over):
        told = {"from": flow.dates[int(over[0])], "until": flow.dates[int(over[-1])], "peak": float(middle.max()), "days": math.ceil(float(middle.max()) / daily)}
        found.append(Warned("pile_up", told))
    if capacity[-1] > 0 and arrivals[-1] >= capacity[-1]:
        found.append(Warned("overloaded", {"arrivals": float(arrivals[-1]), "capacity": float(capacity[-1])}))
    elif not is_back:
        found.append(Warned("never_back", {"last": float(middle[-1]), "normal": normal}))
    return tuple(found)


def _triples(table: Reals) -> tuple[tuple[float, float, float], ...]:
    return tuple((row[0], row[1], row[2]) for row in table.tolist())
