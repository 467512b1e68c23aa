"""Bảng của một phương án: các khu vực, mỗi khu vực các cột (cấp ủy sẽ có) với thẻ đơn vị, và cột đơn vị kết thúc.

Cả tỉnh mấy nghìn đơn vị đọc một lượt; người, việc chỉ đếm cho các thẻ đang hiện. Số câu SQL không theo số thẻ.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from tinhgon.engine.structure import orphans
from tinhgon.engine.vietnamese import fold
from tinhgon.engine.vietnamese.sorting import sort_key
from tinhgon.org.models import Kind, Succession
from tinhgon.org.selectors.held import open_work
from tinhgon.org.selectors.people import headcounts
from tinhgon.org.selectors.units import natural_key
from tinhgon.reorg import scenario as scenarios
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.scenario import Scenario

MOST_LANES = 40
"""Số cột nhiều nhất trên một trang: khu vực rộng hơn thì chia phần, tìm thấy nhiều hơn thì cắt, nói còn bao nhiêu."""
MOST_CLOSING = 120
"""Số thẻ nhiều nhất ở cột kết thúc."""


@dataclass(frozen=True, slots=True)
class Link:
    """Một nơi khác mà thẻ nhắc tới: tới từ đâu, hay về đâu. ``is_part``: chỉ một phần."""

    unit_id: int
    name: str
    is_part: bool


@dataclass(frozen=True, slots=True)
class Held:
    """Một chức năng trên thẻ. ``is_new``: nhận thêm theo phương án; ``is_orphan``: đơn vị kết thúc, chưa nơi nào nhận."""

    function_id: int
    name: str
    is_new: bool = False
    is_orphan: bool = False


@dataclass(slots=True)
class Card:
    """Một đơn vị trên bảng. ``state``: "new", "kept", "renamed", "moved", "closing". ``depth``: thụt vào bao nhiêu bậc trong cột.

    ``people``, ``work``: của chính nó lúc này; ``coming``, ``coming_work``: theo về từ đơn vị kết thúc trọn vẹn;
    ``shared``: người của đơn vị chia tách, chưa định về đâu.
    """

    unit_id: int
    name: str
    kind: str
    depth: int
    state: str
    was: str = ""
    people: int = 0
    work: int = 0
    coming: int = 0
    coming_work: int = 0
    shared: int = 0
    seats: int = 0
    sources: tuple[Link, ...] = ()
    heirs: tuple[Link, ...] = ()
    functions: tuple[Held, ...] = ()

    @property
    def people_after(self) -> int:
        return self.people + self.coming

    @property
    def work_after(self) -> int:
        return self.work + self.coming_work


@dataclass(slots=True)
class Lane:
    """Một cột: cấp ủy ở đầu, các cơ quan và phòng bên trong."""

    head: Card
    cards: list[Card] = field(default_factory=list)

    @property
    def all_cards(self) -> list[Card]:
        return [self.head, *self.cards]


@dataclass(frozen=True, slots=True)
class Area:
    """Một khu vực để mở: số đơn vị kết thúc và số đơn vị mới ở đó."""

    key: int
    name: str
    closing: int
    opening: int


@dataclass
class Board:
    scenario: Scenario
    areas: list[Area]
    area: int
    lanes: list[Lane]
    closing: list[Card]
    lanes_more: int = 0
    closing_more: int = 0
    page: int = 1
    pages: int = 1

    @property
    def has_before(self) -> bool:
        return self.page > 1

    @property
    def has_after(self) -> bool:
        return self.page < self.pages

    @property
    def cards(self) -> Iterable[Card]:
        return [card for lane in self.lanes for card in lane.all_cards] + self.closing


def board(reorg: Reorganisation, *, area: int | None = None, text: str = "", page: int = 1) -> Board:
    """Bảng ở một khu vực (mặc định nơi đổi nhiều nhất), hay các cột có đơn vị khớp ``text``.

    Khu vực rộng chia thành các phần ``MOST_LANES`` cột; cột kết thúc của một phần: đơn vị về các cột ấy, rồi tới đơn vị khác.
    """
    drawn = _Drawing(scenarios.read(reorg))
    keys = {each.key for each in drawn.areas}
    chosen = area if area in keys else drawn.busiest
    return drawn.matching(text) if text.strip() else drawn.at(chosen, page)


class _Drawing:
    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.plan, self.after = scenario.plan, scenario.after

    @cached_property
    def _area_of_now(self) -> dict[int, int]:
        """Đơn vị đang có -> khu vực: cấp ủy gần nhất, kể cả nó, đang có cấp ủy trực thuộc."""
        now = self.plan.now
        heads = {node.parent for node in now.values() if node.kind == Kind.COMMITTEE and node.parent in now}
        found: dict[int, int] = {}
        for unit in now:
            at, seen = unit, {unit}
            while at not in heads and (parent := now[at].parent) is not None and parent in now and parent not in seen:
                at = parent
                seen.add(at)
            found[unit] = at
        return found

    def _area(self, unit: int) -> int:
        """Khu vực của một đơn vị sau này; đơn vị mới ở khu vực góp nhiều đơn vị nhất cho nó, chưa có ai thì theo cấp trên."""
        seen: set[int] = set()
        while unit not in self._area_of_now and unit not in seen:
            seen.add(unit)
            sources = [line.before for line in self.plan.into.get(unit, ()) if line.before in self._area_of_now]
            whole = [each for each in sources if self._area_of_now[each] != each] or sources
            if whole:
                return Counter(self._area_of_now[each] for each in whole).most_common(1)[0][0]
            parent = self.after[unit].parent if unit in self.after else None
            if parent is None:
                return 0
            unit = parent
        return self._area_of_now.get(unit, 0)

    @cached_property
    def _heads(self) -> dict[int, int]:
        """Đầu cột -> khu vực: mọi cấp ủy sẽ có, và đơn vị không nằm dưới cấp ủy nào."""
        return {unit: self._area(unit) for unit, node in self.after.items() if node.kind == Kind.COMMITTEE or node.parent not in self.after}

    @cached_property
    def areas(self) -> list[Area]:
        closing = Counter(self._area_of_now[unit] for unit in self.plan.closing if unit in self._area_of_now)
        opening = Counter(self._heads[unit] for unit in self.plan.new if unit in self._heads)
        keys = {*self._area_of_now.values(), *self._heads.values()} - {0}
        found = [Area(key, self.scenario.name(key), closing[key], opening[key]) for key in keys]
        return sorted(found, key=lambda each: (self.plan.now[each.key].parent is not None, _by_name(each.name)))

    @property
    def busiest(self) -> int:
        best = max(self.areas, key=lambda each: each.closing + each.opening, default=None)
        return best.key if best else 0

    def at(self, area: int, page: int) -> Board:
        heads = sorted((unit for unit, key in self._heads.items() if key == area), key=self._order)
        closing = [unit for unit in self.plan.closing if self._area_of_now.get(unit) == area]
        pages = max(-(-len(heads) // MOST_LANES), 1)
        chosen = min(max(page, 1), pages)
        shown = heads[(chosen - 1) * MOST_LANES : chosen * MOST_LANES]
        found = self._board(area, shown, self._near(closing, set(shown)))
        found.page, found.pages, found.closing_more = chosen, pages, max(len(closing) - MOST_CLOSING, 0)
        return found

    def _near(self, closing: list[int], heads: set[int]) -> list[int]:
        """Đơn vị kết thúc về các cột đang hiện trước; nhiều quá thì chỉ một phần, tìm theo tên ra phần còn lại."""
        if len(closing) <= MOST_CLOSING:
            return closing
        return sorted(closing, key=lambda unit: not any(line.after in self.after and self._head_of(line.after) in heads for line in self.plan.out[unit]))[:MOST_CLOSING]

    def matching(self, text: str) -> Board:
        wanted = fold(text)
        hit = {unit for unit, node in self.after.items() if wanted in fold(node.name)}
        closing = [unit for unit in self.plan.closing if unit in self.plan.now and wanted in fold(self.plan.now[unit].name)]
        hit |= {line.after for unit in closing for line in self.plan.out[unit]}
        heads = sorted({self._head_of(unit) for unit in hit if unit in self.after}, key=self._order)
        found = self._board(0, heads[:MOST_LANES], closing)
        found.lanes_more = max(len(heads) - MOST_LANES, 0)
        return found

    def _head_of(self, unit: int) -> int:
        seen: set[int] = set()
        while unit not in self._heads and unit not in seen:
            seen.add(unit)
            unit = self.after[unit].parent or unit
        return unit

    def _order(self, unit: int) -> tuple[bool, bool, str]:
        return unit != self._heads.get(unit, 0), unit in self.plan.new, _by_name(self.after[unit].name)

    def _board(self, area: int, heads: list[int], closing: list[int]) -> Board:
        lanes = [Lane(self._card(head, 0), list(self._inside(head, 1))) for head in heads if head in self.after]
        found = Board(self.scenario, self.areas, area, lanes, [self._closing_card(unit, depth) for unit, depth in self._as_tree(closing)])
        self._count(found)
        return found

    def _inside(self, unit: int, depth: int) -> Iterable[Card]:
        children = [c for c in self.scenario.children_after.get(unit, ()) if c not in self._heads]
        for child in sorted(children, key=self._order):
            yield self._card(child, depth)
            if depth < 9:  # vòng trong dữ liệu cũng không vẽ mãi
                yield from self._inside(child, depth + 1)

    def _as_tree(self, units: list[int]) -> list[tuple[int, int]]:
        """Đơn vị kết thúc: cấp trên trước, cơ quan bên trong thụt vào."""
        wanted = set(units)
        tops = [unit for unit in units if self.plan.now[unit].parent not in wanted]
        found: list[tuple[int, int]] = []

        def walk(unit: int, depth: int) -> None:
            found.append((unit, min(depth, 3)))
            for child in sorted((c for c in self.scenario.children_now.get(unit, ()) if c in wanted), key=self._now_order):
                walk(child, depth + 1)

        for top in sorted(tops, key=self._now_order):
            walk(top, 0)
        return found

    def _now_order(self, unit: int) -> tuple[bool, str]:
        node = self.plan.now[unit]
        return node.kind == Kind.COMMITTEE, _by_name(node.name)

    def _card(self, unit: int, depth: int) -> Card:
        node, now = self.after[unit], self.plan.now.get(unit)
        own = now.functions if now else self.plan.new[unit].functions
        return Card(
            unit, node.name, str(Kind(node.kind).label), depth, self._state(unit), now.name if now and now.name != node.name else "",
            seats=node.seats, sources=tuple(self._sources(unit)), functions=self._held(node.functions, new=node.functions - own),
        )  # fmt: skip

    def _state(self, unit: int) -> str:
        now, after = self.plan.now.get(unit), self.after[unit]
        if now is None:
            return "new"
        return "moved" if now.parent != after.parent else "renamed" if now.name != after.name else "kept"

    def _closing_card(self, unit: int, depth: int) -> Card:
        node = self.plan.now[unit]
        lines = self.plan.out[unit]
        heirs = tuple(Link(line.after, self.scenario.name(line.after), len(lines) > 1) for line in lines)
        lost = orphans(unit, self.plan, self.after)
        return Card(unit, node.name, str(Kind(node.kind).label), depth, "closing", heirs=heirs, functions=self._held(node.functions, lost=lost))

    def _sources(self, unit: int) -> Iterable[Link]:
        for line in self.plan.into.get(unit, ()):
            yield Link(line.before, self.scenario.name(line.before), self.scenario.types[line.before, line.after] == Succession.Type.SPLIT)

    def _held(self, functions: frozenset[int], *, new: frozenset[int] = frozenset(), lost: frozenset[int] = frozenset()) -> tuple[Held, ...]:
        names = self.scenario.function_names
        return tuple(Held(each, names.get(each, ""), each in new, each in lost) for each in sorted(functions, key=lambda f: names.get(f, "")))

    def _count(self, found: Board) -> None:
        """Người và việc của các thẻ đang hiện, và của đơn vị giao cho chúng. Hai câu SQL."""
        on = self.scenario.reorg.effective_on
        units = {card.unit_id for card in found.cards} | {link.unit_id for card in found.cards for link in card.sources}
        people, work = headcounts(units, on=on - timedelta(days=1)), open_work(units, on=on)
        for card in found.cards:
            card.people, card.work = people.get(card.unit_id, 0), sum(work.get(card.unit_id, {}).values())
            for link in card.sources:
                items = work.get(link.unit_id, {})
                if link.is_part or link.unit_id in self.after:
                    given = self.plan.given(link.unit_id).get(card.unit_id, frozenset())
                    card.coming_work += sum(count for function, count in items.items() if function in given)
                    card.shared += people.get(link.unit_id, 0) if link.unit_id not in self.after else 0
                else:
                    card.coming += people.get(link.unit_id, 0)
                    card.coming_work += sum(items.values())
            if card.unit_id in self.after and card.state != "new":
                away = frozenset().union(*(self.plan.given(card.unit_id).values() or [frozenset()])) if card.unit_id in self.plan.out else frozenset()
                card.work -= sum(count for function, count in work.get(card.unit_id, {}).items() if function in away)


def _by_name(name: str) -> str:
    return natural_key(name, sort_key(name))
