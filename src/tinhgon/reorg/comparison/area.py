"""Vùng so sánh: đơn vị nào, cây tổ chức ngày ấy, phòng nào thuộc cơ quan nào."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tinhgon.org.figures import Structure
from tinhgon.org.models import UnitVersion
from tinhgon.reorg.models import PlannedSuccession, PlannedUnit, Reorganisation


@dataclass(frozen=True)
class Tree:
    """Cấp trên và có phải cơ quan không, của mọi đơn vị đang mở (hay sẽ mở)."""

    parents: Mapping[int, int | None]
    organs: Collection[int]

    def depth(self, unit: int) -> int:
        """1 là gốc. Vòng (phương án còn sai) thì dừng ở chỗ gặp lại."""
        seen: list[int] = []
        here: int | None = unit
        while here is not None and here not in seen:
            seen.append(here)
            here = self.parents.get(here)
        return len(seen)

    def body(self, unit: int) -> int:
        """Cơ quan chứa đơn vị: phòng thì đi lên tới cơ quan; không có thì chính nó."""
        seen: set[int] = set()
        here: int | None = unit
        while here is not None and here not in seen:
            if here in self.organs:
                return here
            seen.add(here)
            here = self.parents.get(here)
        return unit

    def layers(self, units: Collection[int]) -> int:
        return len({self.depth(unit) for unit in units})


@dataclass(frozen=True)
class Area:
    """``units``: các đơn vị đang mở của vùng; ``gone``: đơn vị mà phương án nhắc tới nhưng ngày ấy không hoạt động, theo từng phương án."""

    on: date
    tree: Tree
    units: frozenset[int]
    gone: Mapping[int, int] = field(default_factory=dict)

    @property
    def structure(self) -> Structure:
        return Structure(tuple((unit, self.tree.body(unit)) for unit in sorted(self.units)))


def area_of(reorgs: Sequence[Reorganisation], *, on: date) -> Area:
    """Vùng chung của các phương án ngày ``on``: đơn vị giao, đơn vị đang có mà nhận, và các phòng bên trong chúng."""
    rows = list(UnitVersion.objects.filter(valid__contains=on).values_list("unit_id", "parent_id", "is_organ"))
    tree = Tree({unit: parent for unit, parent, _organ in rows}, frozenset(unit for unit, _parent, organ in rows if organ))
    planned = set(PlannedUnit.objects.filter(reorganisation__in=reorgs).values_list("unit_id", flat=True))
    named: dict[int, set[int]] = {reorg.pk: set() for reorg in reorgs}
    for reorg, before, after in PlannedSuccession.objects.filter(reorganisation__in=reorgs).values_list("reorganisation_id", "predecessor_id", "successor_id"):
        named[reorg] |= {before, after} - planned
    wanted = set().union(*named.values())
    units = wanted & tree.parents.keys()
    rooms = {unit for unit in tree.parents if unit not in tree.organs and not units.isdisjoint(_above(tree, unit))}
    return Area(on, tree, frozenset(units | rooms), {reorg: len(found - tree.parents.keys()) for reorg, found in named.items()})


def _above(tree: Tree, room: int) -> set[int]:
    """Các đơn vị chứa phòng này, tới hết cơ quan của nó."""
    found: set[int] = set()
    here: int | None = tree.parents.get(room)
    while here is not None and here not in found:
        found.add(here)
        here = None if here in tree.organs else tree.parents.get(here)
    return found
