"""Sức làm của một đơn vị suy từ việc đã xong, và người chia thời gian cho các chức năng ra sao. Các quy tắc ở đây là của chúng tôi.

Việc xong mỗi ngày chỉ nói đã làm bao nhiêu, không nói làm được tới đâu. Nên: xong kịp việc đến thì coi là đang dùng 85% sức; xong dưới
chín phần mười việc đến thì coi là đã hết sức, và đà dồn ấy còn tiếp. Ít hơn 20 việc thì lấy năng suất chung, ít nhất đủ cho việc đến.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tinhgon.engine.transition.rates import LEAST_ITEMS
from tinhgon.reorg.workload.measuring import Cell, Measured

USED = 0.85
"""Phần sức đang dùng khi việc xong kịp việc đến."""
KEEPS_UP = 0.9
Shares = Mapping[int | None, float]


@dataclass(frozen=True, slots=True)
class Rate:
    """``per_day``: số việc một người làm được mỗi ngày. ``is_own``: từ số liệu của chính đơn vị. ``keeps_up``: việc xong kịp việc đến."""

    per_day: float
    is_own: bool
    keeps_up: bool


def rates(measured: Measured, people: Mapping[int, int]) -> dict[int, Rate]:
    """Đơn vị -> năng suất. ``people``: đơn vị -> số người. Không ai thì không có dòng."""
    cells = {unit: measured.by_unit[unit] for unit in people if unit in measured.by_unit}
    together = Cell([sum(sum(cell.arrived) for cell in cells.values())], [sum(sum(cell.finished) for cell in cells.values())])
    common = _own(together, measured.days)[0] / sum(people.values()) if people else 0.0
    found: dict[int, Rate] = {}
    for unit, count in people.items():
        cell = cells.get(unit)
        if cell is not None and _is_enough(cell):
            capacity, keeps_up = _own(cell, measured.days)
            found[unit] = Rate(capacity / count, is_own=True, keeps_up=keeps_up)
            continue
        least = sum(cell.arrived) / max(measured.days, 1) / USED / count if cell else 0.0
        found[unit] = Rate(max(common, least), is_own=False, keeps_up=True)
    return found


def _is_enough(cell: Cell) -> bool:
    return sum(cell.finished) >= LEAST_ITEMS


def _own(cell: Cell, days: int) -> tuple[float, bool]:
    come, gone = sum(cell.arrived), sum(cell.finished)
    keeps_up = gone >= KEEPS_UP * come
    return (max(come, gone) / USED if keeps_up else gone) / max(days, 1), keeps_up


def proportional(demand: Mapping[int | None, float]) -> Shares:
    """Chia thời gian theo việc đến."""
    total = sum(demand.values())
    return {function: amount / total for function, amount in demand.items()} if total else {}


@dataclass(frozen=True, slots=True)
class Team:
    """Những người như nhau của một đơn vị nhận: cùng lĩnh vực vị trí, cùng năng suất."""

    field_id: int | None
    capacity: float


def time_shares(demand: Mapping[int | None, float], field_of: Mapping[int, int], teams: Sequence[Team]) -> dict[int | None, Shares]:
    """Lĩnh vực của vị trí -> chia thời gian. Vị trí có lĩnh vực làm các chức năng thuộc lĩnh vực ấy; người còn lại bù chỗ thiếu.

    Không còn ai để bù thì mọi người chia nhau theo việc đến: không đơn vị nào bỏ trống một chức năng mà người ở đó rảnh.
    """
    own = {team.field_id: _within(demand, field_of, team.field_id) for team in teams}
    special = {field: functions for field, functions in own.items() if functions}
    rest = [field for field in own if field not in special]
    covered = set().union(*special.values()) if special else set()
    if not rest and covered != set(demand):
        return dict.fromkeys(own, proportional(demand))
    given = {field: proportional({function: demand[function] for function in functions}) for field, functions in special.items()}
    needed = _needed(demand, given, teams)
    return given | dict.fromkeys(rest, proportional(needed if sum(needed.values()) else demand))


def _within(demand: Iterable[int | None], field_of: Mapping[int, int], field: int | None) -> set[int | None]:
    return {function for function in demand if field is not None and function is not None and field_of.get(function) == field}


def _needed(demand: Mapping[int | None, float], given: Mapping[int | None, Shares], teams: Sequence[Team]) -> dict[int | None, float]:
    """Sức còn thiếu ở từng chức năng sau khi người chuyên trách đã làm."""
    have: dict[int | None, float] = defaultdict(float)
    for team in teams:
        for function, share in given.get(team.field_id, {}).items():
            have[function] += share * team.capacity
    return {function: max(0.0, amount / USED - have[function]) for function, amount in demand.items()}
