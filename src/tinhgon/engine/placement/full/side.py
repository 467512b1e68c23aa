"""Các quy tắc phá dòng chảy thành hàng ràng buộc trên cung: tổng hệ số x luồng + ``scale`` x phần thiếu >= ``least``.

Phần thiếu của một quy tắc là số người; nhiều hàng có thể chung một phần thiếu (``group``).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy import sparse

from tinhgon.engine.placement.model import EXPERIENCE, PROVEN, Problem
from tinhgon.engine.placement.network import Network, Steps
from tinhgon.engine.placement.options import Ints, Options
from tinhgon.engine.placement.rules import commune_of, duties


@dataclass(frozen=True, slots=True)
class Row:
    arcs: Ints
    factors: Ints
    least: int
    scale: int
    group: str
    level: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    matrix: sparse.csr_matrix
    least: Ints
    scale: Ints
    group: Ints
    level: Ints
    """Bậc của từng nhóm: 0 luật, 1 tỉ lệ và đủ người, 2 nguyện vọng."""

    @property
    def groups(self) -> int:
        return len(self.level)

    def penalties(self, steps: Steps) -> Ints:
        """Giá một người còn thiếu của từng nhóm."""
        return np.array([steps.rule, steps.aim, steps.wish], dtype=np.int64)[self.level]

    def short(self, flow: Ints) -> Ints:
        """Phần thiếu của từng nhóm, số nguyên."""
        missing = np.maximum(0, -((self.matrix @ flow - self.least) // self.scale))
        short = np.zeros(self.groups, dtype=np.int64)
        np.maximum.at(short, self.group, missing)
        return short


def side_of(network: Network) -> Side:
    rows = [row for make in (_covers, _veterans, _together, _apart) for row in make(network.problem, network)]
    names = {name: k for k, name in enumerate(dict.fromkeys(row.group for row in rows))}
    width = len(network.arrays.tail)
    lengths = np.cumsum([0, *(len(row.arcs) for row in rows)])
    matrix = sparse.csr_matrix(
        (
            np.concatenate([row.factors for row in rows]) if rows else np.empty(0, dtype=np.int64),
            np.concatenate([row.arcs for row in rows]) if rows else np.empty(0, dtype=np.int64),
            lengths,
        ),
        shape=(len(rows), width),
        dtype=np.int64,
    )
    columns = np.array([(row.least, row.scale, names[row.group]) for row in rows], dtype=np.int64).reshape(-1, 3)
    levels = {row.group: row.level for row in rows}
    return Side(matrix, columns[:, 0], columns[:, 1], columns[:, 2], np.array([levels[name] for name in names], dtype=np.int64))


def _covers(problem: Problem, network: Network) -> Iterator[Row]:
    if not problem.rules.unit_cover:
        return
    options = network.options
    fields = {one.id: k for k, one in enumerate(problem.fields)}
    units = {one.id: k for k, one in enumerate(problem.units)}
    known = [[fields[skill.field] for skill in one.skills if skill.level >= PROVEN] for one in options.people]
    many = np.array([len(one) for one in known], dtype=np.int64)
    times = many[options.person]  # mỗi cặp lặp lại cho từng lĩnh vực người ấy làm được
    pairs = np.repeat(np.arange(len(times)), times)
    at = np.arange(len(pairs)) - np.repeat(np.cumsum(times) - times, times) + (np.cumsum(many) - many)[options.person[pairs]]
    of_post = np.array([units[one.unit] for one in problem.posts], dtype=np.int64)
    keys = of_post[options.post[pairs]] * len(fields) + np.array([*chain(*known)], dtype=np.int64)[at]
    order = np.argsort(keys, kind="stable")
    keys, pairs = keys[order], pairs[order]
    for unit, field in duties(problem):
        key = units[unit] * len(fields) + fields[field]
        arcs = pairs[np.searchsorted(keys, key) : np.searchsorted(keys, key, side="right")]
        yield Row(arcs, np.ones(len(arcs), dtype=np.int64), problem.rules.cover, 1, f"cover:{unit}:{field}")


def _veterans(problem: Problem, network: Network) -> Iterator[Row]:
    percent = problem.rules.unit_veteran_percent
    if not percent:
        return
    options = network.options
    of_unit: dict[str, list[int]] = defaultdict(list)
    wanted = [one.unit if problem.kind_of(one) == EXPERIENCE else "" for one in problem.posts]
    for k, j in enumerate(options.post.tolist()):
        if wanted[j]:
            of_unit[wanted[j]].append(k)
    for unit, members in of_unit.items():
        arcs = np.array(members, dtype=np.int64)
        yield Row(arcs, np.where(options.counted[arcs], 100 - percent, -percent), 0, 100, f"veterans:{unit}")


def _together(problem: Problem, network: Network) -> Iterator[Row]:
    options = network.options
    where = {one.id: i for i, one in enumerate(options.people)}
    communes = np.array([commune_of(problem, one.id) for one in problem.posts] or [""])
    for one, other in dict.fromkeys(problem.rules.together):
        spans = _spans(options, where, one, other)
        theirs = [communes[options.post[span]] for span in spans]
        for commune in sorted(set(theirs[0].tolist())):
            arcs = np.concatenate([spans[0][theirs[0] == commune], spans[1][theirs[1] != commune]])
            yield Row(arcs, np.full(len(arcs), -1), -1, 1, f"together:{one}:{other}", level=2)


def _apart(problem: Problem, network: Network) -> Iterator[Row]:
    options = network.options
    where = {one.id: i for i, one in enumerate(options.people)}
    units = np.array([one.unit for one in problem.posts] or [""])
    for one, other in dict.fromkeys(problem.rules.apart):
        spans = _spans(options, where, one, other)
        theirs = [units[options.post[span]] for span in spans]
        for unit in sorted(set(theirs[0].tolist()) & set(theirs[1].tolist())):
            arcs = np.concatenate([spans[0][theirs[0] == unit], spans[1][theirs[1] == unit]])
            yield Row(arcs, np.full(len(arcs), -1), -1, 1, f"apart:{one}:{other}", level=0)


def _spans(options: Options, where: dict[str, int], *people: str) -> list[Ints]:
    """Các cặp (người, vị trí) của từng người."""
    return [np.arange(options.first[where[who]], options.first[where[who] + 1]) for who in people]
