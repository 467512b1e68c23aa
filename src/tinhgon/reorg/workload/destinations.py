"""Việc của từng (đơn vị giao, chức năng) sẽ về đâu: theo kế hoạch chuyển giao của các mục đang mở.

Chức năng không có mục nào đang mở thì theo tỉ lệ của cả đơn vị; đơn vị chưa có mục nào có nơi nhận thì tạm chia đều cho các nơi kế thừa.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from tinhgon.org import work
from tinhgon.org.models.handover import Direction, Outcome
from tinhgon.reorg import plan
from tinhgon.reorg.models import Reorganisation

Parts = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Destinations:
    """``undecided``: số mục đang mở chưa có nơi nhận. ``guessed``: đơn vị mà tỉ lệ chỉ là chia đều."""

    by_function: Mapping[tuple[int, int | None], Parts]
    by_unit: Mapping[int, Parts]
    undecided: int
    guessed: frozenset[int]

    def of(self, unit_id: int, function_id: int | None) -> Parts:
        """Nơi nhận -> phần việc; tổng là 1. Đơn vị không giao gì thì về chính nó."""
        return self.by_function.get((unit_id, function_id)) or self.by_unit.get(unit_id) or {unit_id: 1.0}


def destinations(reorg: Reorganisation) -> Destinations:
    """Hai câu SQL."""
    kinds = [one.kind for one in work.all_sources()]
    rows = plan.rows_of(reorg, Direction.APPLY).filter(kind__in=kinds).exclude(outcome=Outcome.CLOSE)
    found = rows.order_by().values_list("from_unit", "function", "to_unit").annotate(n=Count("pk"))
    functions: dict[tuple[int, int | None], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    units: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    undecided = 0
    for unit, function, heir, count in found:
        if heir is None:
            undecided += count
            continue
        functions[unit, function][heir] += count
        units[unit][heir] += count
    shares = {unit: _parts(counts) for unit, counts in units.items()}
    equal = _equally(reorg)
    return Destinations(
        {key: _parts(counts) for key, counts in functions.items()}, equal | shares, undecided,
        frozenset(unit for unit, parts in equal.items() if unit not in shares and len(parts) > 1),
    )  # fmt: skip


def _equally(reorg: Reorganisation) -> dict[int, Parts]:
    heirs: dict[int, set[int]] = defaultdict(set)
    for before, after in reorg.successions.values_list("predecessor_id", "successor_id"):
        heirs[before].add(after)
    return {before: {heir: 1 / len(found) for heir in sorted(found)} for before, found in heirs.items()}


def _parts(counts: Mapping[int, int]) -> Parts:
    total = sum(counts.values())
    return {heir: count / total for heir, count in counts.items()}
