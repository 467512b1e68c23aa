"""Tên đơn vị để hiện trên trang: theo ngày đang xem; đơn vị đã kết thúc thì kèm ai đang nhận thay."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tinhgon.org.selectors.succession import open_heirs
from tinhgon.org.selectors.units import UnitAt, units_at


@dataclass(frozen=True, slots=True)
class ShownUnits:
    """Các đơn vị của một trang, hỏi một lượt (nhiều nhất ba câu SQL, dù bao nhiêu dòng)."""

    found: dict[int, UnitAt]
    heirs: dict[int, tuple[UnitAt, ...]]

    def name(self, unit_id: int | None) -> str:
        unit = self.found.get(unit_id) if unit_id else None
        return unit.name if unit else ""


def shown_units(unit_ids: Iterable[int | None], *, on: date) -> ShownUnits:
    """``on``: ngày đang xem. Người kế thừa là của ngày ấy."""
    found = units_at((unit_id for unit_id in unit_ids if unit_id), on=on)
    gone = [unit.id for unit in found.values() if not unit.is_open and unit.until and unit.until <= on]
    if not gone:
        return ShownUnits(found, {})
    next_ids = open_heirs(gone, on=on)
    units = units_at({heir for heirs in next_ids.values() for heir in heirs}, on=on)
    heirs = {unit: tuple(units[heir] for heir in found_heirs) for unit, found_heirs in next_ids.items()}
    return ShownUnits(found, heirs)
