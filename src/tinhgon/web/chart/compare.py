"""Hai ngày cạnh nhau: đơn vị trước ở bên trái, đơn vị sau ở bên phải, đường kế thừa ở giữa.

Bên phải xếp theo trọng tâm của các đơn vị trước nó, nên đường ít cắt nhau.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from tinhgon.org.selectors.succession import Pair
from tinhgon.org.selectors.units import UnitAt
from tinhgon.web.chart.text import shorten

WIDTH = 1264
SIDE = 400
ROW = 26
PAD = 6


@dataclass(frozen=True)
class End:
    """Một đơn vị ở một bên. ``y``: giữa dòng."""

    unit_id: int
    name: str
    shown: str
    x: float
    y: float
    count: int

    @property
    def text_y(self) -> float:
        return self.y + 4.5


@dataclass(frozen=True)
class Ribbon:
    """Một đường kế thừa."""

    before_id: int
    after_id: int
    type: str
    d: str


@dataclass
class Comparison:
    before: list[End] = field(default_factory=list)
    after: list[End] = field(default_factory=list)
    ribbons: list[Ribbon] = field(default_factory=list)
    height: float = 0

    @property
    def view_box(self) -> str:
        return f"-8 -8 {WIDTH + 16} {self.height + 16:g}"


def compare(pairs: Sequence[Pair], units: Mapping[int, UnitAt], left_order: Sequence[int]) -> Comparison:
    """``left_order``: thứ tự các đơn vị trước; đơn vị không có trong đó đứng cuối."""
    places = {unit_id: place for place, unit_id in enumerate(left_order)}
    before_ids = sorted({p.before_id for p in pairs}, key=lambda unit: places.get(unit, len(places)))
    row_of = {unit_id: row for row, unit_id in enumerate(before_ids)}
    sources: dict[int, list[int]] = {}
    heirs: dict[int, int] = {}
    for pair in pairs:
        sources.setdefault(pair.after_id, []).append(row_of[pair.before_id])
        heirs[pair.before_id] = heirs.get(pair.before_id, 0) + 1
    after_ids = sorted(sources, key=lambda unit: (fmean(sources[unit]), places.get(unit, 0)))
    height = max(len(before_ids), len(after_ids), 1) * ROW + 2 * PAD
    made = Comparison(height=height)
    left_y = _spread(len(before_ids), height)
    right_y = _spread(len(after_ids), height)
    made.before = [_end(units, unit, SIDE - 10, y, heirs[unit]) for unit, y in zip(before_ids, left_y, strict=True)]
    made.after = [_end(units, unit, WIDTH - SIDE + 10, y, len(sources[unit])) for unit, y in zip(after_ids, right_y, strict=True)]
    here = {end.unit_id: end for end in made.before}
    there = {end.unit_id: end for end in made.after}
    middle = WIDTH / 2
    for pair in pairs:
        a, b = here[pair.before_id], there[pair.after_id]
        curve = f"M{SIDE} {a.y:g}C{middle:g} {a.y:g} {middle:g} {b.y:g} {WIDTH - SIDE} {b.y:g}"
        made.ribbons.append(Ribbon(pair.before_id, pair.after_id, pair.type, curve))
    return made


def _spread(count: int, height: float) -> list[float]:
    step = (height - 2 * PAD) / max(count, 1)
    return [PAD + step * (index + 0.5) for index in range(count)]


def _end(units: Mapping[int, UnitAt], unit_id: int, x: float, y: float, count: int) -> End:
    name = units[unit_id].name if unit_id in units else f"#{unit_id}"
    return End(unit_id, name, shorten(name, width=SIDE - 50, size=13.5), x, y, count)
