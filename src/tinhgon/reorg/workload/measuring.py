"""Đo từ chính số liệu của các đơn vị: việc đến, việc xong mỗi tuần của chừng ấy tuần gần nhất, việc đang mở, tỉ lệ đúng hạn."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tinhgon.engine.workdays import WorkCalendar
from tinhgon.org import work

Key = tuple[int, int | None]


@dataclass(slots=True)
class Cell:
    """Một (đơn vị, chức năng): từng tuần, cũ trước."""

    arrived: list[int]
    finished: list[int]
    due: int = 0
    on_time: int = 0
    open: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """``since``..``until``: các tuần liền nhau, mỗi tuần 7 ngày. ``days``: số ngày làm việc trong đó."""

    since: date
    until: date
    weeks: int
    days: int
    cells: Mapping[Key, Cell]
    by_unit: Mapping[int, Cell] = field(default_factory=dict)

    @property
    def items(self) -> int:
        return sum(sum(cell.arrived) + sum(cell.finished) for cell in self.cells.values())


def measure(unit_ids: Collection[int], *, until: date, weeks: int, calendar: WorkCalendar) -> Measured:
    """Hai câu SQL, dù bao nhiêu đơn vị. ``until``: ngày cuối được đo (việc đang mở tính cuối ngày ấy)."""
    since = until - timedelta(days=7 * weeks - 1)
    cells: dict[Key, Cell] = defaultdict(lambda: Cell([0] * weeks, [0] * weeks))
    for row in work.by_week(unit_ids, since=since, until=until):
        cell = cells[row.unit_id, row.function_id]
        cell.arrived[row.week] += row.arrived
        cell.finished[row.week] += row.finished
        cell.due += row.due
        cell.on_time += row.on_time
    for key, count in work.open_on(unit_ids, on=until).items():
        cells[key].open = count
    days = calendar.working_days_between(since - timedelta(days=1), until)
    return Measured(since, until, weeks, days, dict(cells), _summed(cells, weeks))


def _summed(cells: Mapping[Key, Cell], weeks: int) -> dict[int, Cell]:
    units: dict[int, Cell] = defaultdict(lambda: Cell([0] * weeks, [0] * weeks))
    for (unit, _function), cell in cells.items():
        total = units[unit]
        total.arrived = [a + b for a, b in zip(total.arrived, cell.arrived, strict=True)]
        total.finished = [a + b for a, b in zip(total.finished, cell.finished, strict=True)]
        total.due += cell.due
        total.on_time += cell.on_time
        total.open += cell.open
    return dict(units)


def backlog(cell: Cell) -> list[int]:
    """Việc tồn cuối từng tuần, tính lùi từ việc đang mở: trừ việc đến sau đó, cộng việc xong sau đó."""
    found = [cell.open]
    for come, gone in zip(reversed(cell.arrived[1:]), reversed(cell.finished[1:]), strict=True):
        found.append(found[-1] - come + gone)
    return [max(0, count) for count in reversed(found)]
