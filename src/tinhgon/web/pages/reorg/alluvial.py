"""Hình trước -> sau của một lần sắp xếp: dải bên trái là đơn vị cũ, bên phải là đơn vị mới, bề dày theo số đơn vị cũ.

Hàm thuần. Đơn vị cũ gom theo cấp trên cũng kết thúc (huyện); đơn vị mới đứng cạnh nhóm góp nhiều nhất cho nó, nên dải ít
cắt nhau và ba mươi tám huyện vẫn nằm gọn; nhóm được mở thì hiện từng đơn vị. Đơn vị đang có nhận một phần của nhiều
nhóm (cấp ủy tỉnh) đứng riêng ở cuối.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from tinhgon.engine.vietnamese import fold
from tinhgon.engine.vietnamese.sorting import sort_key
from tinhgon.org.selectors.units import natural_key
from tinhgon.reorg.selectors import Flow
from tinhgon.web.chart.text import shorten

WIDTH, LEFT, RIGHT, BAR = 1140, 330, 660, 9
ROW, GAP, MIDDLE = 24, 10, (330 + 9 + 660) / 2
SIZE = 13
HUES = 6
FEW = 24  # ít đơn vị cũ hơn thế thì hiện hết, không gom


@dataclass(frozen=True)
class Node:
    """Một dòng. ``key``: nhóm để mở hay đóng (0: không mở được). ``under``: chữ nhỏ sau tên."""

    unit_id: int
    label: str
    under: str
    title: str
    x: float
    y: float
    height: float
    hue: int
    key: int = 0
    is_open: bool = False

    @property
    def text_y(self) -> float:
        return self.y + self.height / 2 + 4.5


@dataclass(frozen=True)
class Ribbon:
    d: str
    hue: int
    title: str
    is_faint: bool


@dataclass
class Picture:
    left: list[Node] = field(default_factory=list)
    right: list[Node] = field(default_factory=list)
    ribbons: list[Ribbon] = field(default_factory=list)
    height: float = 0
    can_toggle: bool = False  # có nhóm mở ra, thu lại được

    @property
    def view_box(self) -> str:
        return f"0 -6 {WIDTH} {self.height + 12:g}"


@dataclass
class Group:
    """Một nhóm: cấp ủy trên (nếu có) và các đơn vị cũ của nó, cùng các đơn vị mới mà nó góp nhiều nhất."""

    key: int
    name: str
    members: list[int] = field(default_factory=list)
    heirs: list[int] = field(default_factory=list)
    hue: int = 0


class Flows:
    """Kế thừa đọc một lần: tên, nhóm của đơn vị cũ, nhóm chính của đơn vị mới."""

    def __init__(self, flows: Sequence[Flow]) -> None:
        self.flows = flows
        self.names = {f.predecessor_id: f.predecessor for f in flows} | {f.successor_id: f.successor for f in flows}
        before = {f.predecessor_id for f in flows}
        self.group_of = {f.predecessor_id: f.parent_id if f.parent_id in before else f.predecessor_id for f in flows}
        self.sources: dict[int, list[int]] = defaultdict(list)
        for f in flows:
            self.sources[f.successor_id].append(f.predecessor_id)
        self.parents = {group for unit, group in self.group_of.items() if unit != group}
        self.main = self._main_groups()

    def _main_groups(self) -> dict[int, int]:
        """Đơn vị mới -> nhóm góp nhiều đơn vị cũ nhất; 0: nhận một phần của nhiều nhóm, đứng riêng."""
        votes: dict[int, Counter[int]] = defaultdict(Counter)
        fed_by_group: dict[int, set[int]] = defaultdict(set)
        for f in self.flows:
            group = self.group_of[f.predecessor_id]
            if f.predecessor_id in self.parents:
                fed_by_group[f.successor_id].add(group)
            else:
                votes[f.successor_id][group] += 1
        chosen = {}
        for unit in {f.successor_id for f in self.flows}:
            if votes[unit]:
                chosen[unit] = votes[unit].most_common(1)[0][0]
            else:
                fed = fed_by_group[unit]
                chosen[unit] = next(iter(fed)) if len(fed) == 1 else 0
        return chosen

    def groups(self) -> list[Group]:
        """Các nhóm theo tên; nhóm không tên (khóa 0) ở cuối."""
        found: dict[int, Group] = {}
        for unit, group in self.group_of.items():
            made = found.setdefault(group, Group(group, self.names[group]))
            if unit != group or unit not in self.parents:
                made.members.append(unit)
        ordered = sorted(found.values(), key=lambda g: _by_name(g.name))
        for place, group in enumerate(ordered):
            group.hue = place % HUES
        apart = Group(0, "", hue=-1)
        by_key = found | {0: apart}
        for unit, key in self.main.items():
            by_key[key].heirs.append(unit)
        for group in (*ordered, apart):
            group.members.sort(key=lambda unit: _by_name(self.names[unit]))
            place = {unit: index for index, unit in enumerate(group.members)}
            group.heirs.sort(key=lambda unit: self._weight_of(unit, place))
        return [*ordered, *([apart] if apart.heirs else [])]


    def _weight_of(self, heir: int, place: Mapping[int, int]) -> tuple[float, str]:
        """Trọng tâm của các đơn vị cũ góp cho nó, trong nhóm: dải ít cắt nhau."""
        sources = [place[unit] for unit in self.sources[heir] if unit in place]
        return (fmean(sources) if sources else len(place), _by_name(self.names[heir]))


def matching(flows: Sequence[Flow], text: str) -> list[Flow]:
    """Các dòng có đơn vị khớp tên (không kể dấu), và mọi dòng khác của những đơn vị mới ở đó."""
    wanted = fold(text)
    heirs = {f.successor_id for f in flows if wanted in fold(f.successor) or wanted in fold(f.predecessor)}
    direct = {f.predecessor_id for f in flows if wanted in fold(f.predecessor)}
    hit = [f for f in flows if f.successor_id in heirs or f.predecessor_id in direct]
    shared = Counter(f.successor_id for f in hit)
    crowd = {unit for unit, count in shared.items() if count > FEW and wanted not in fold(hit_name(hit, unit))}
    return [f for f in hit if f.successor_id not in crowd or f.predecessor_id in direct]


def _by_name(name: str) -> str:
    return natural_key(name, sort_key(name))


def hit_name(flows: Iterable[Flow], unit: int) -> str:
    return next(f.successor for f in flows if f.successor_id == unit)


def draw(flows: Sequence[Flow], *, opened: Collection[int], open_all: bool = False) -> Picture:
    """``opened``: các nhóm mở ra từng đơn vị."""
    read = Flows(flows)
    picture = Picture()
    open_all = open_all or len(read.group_of) <= FEW
    places = _Places(read, picture)
    top = 0.0
    groups = read.groups()
    for group in groups:
        is_open = open_all or group.key in opened or group.key == 0
        top = places.place(group, top, is_open, can_close=not open_all) + GAP
    picture.height = max(top - GAP, ROW)
    picture.can_toggle = any(node.key for node in (*picture.left, *picture.right))
    picture.ribbons = places.ribbons()
    return picture


@dataclass
class _Span:
    """Chỗ của một nút, và đã dùng bao nhiêu bề dày."""

    y: float
    height: float
    hue: int
    label: str
    weight: int = 0
    used: float = 0


class _Places:
    def __init__(self, read: Flows, picture: Picture) -> None:
        self.read, self.picture = read, picture
        self.left: dict[int, int] = {}  # đơn vị cũ -> khóa nút
        self.right: dict[int, int] = {}
        self.spans: tuple[dict[int, _Span], dict[int, _Span]] = ({}, {})

    def place(self, group: Group, top: float, is_open: bool, *, can_close: bool) -> float:
        """Đặt một nhóm từ ``top``; trả về đáy."""
        solo = len(group.members) <= 1 and len(group.heirs) <= 1
        if not is_open and not solo:
            self._closed(group, top)
            return top + ROW + 4
        members = [*([group.key] if group.key in self.read.parents else []), *group.members]
        rows = max(len(members), len(group.heirs))
        height = rows * ROW
        for side, units, x in ((0, members, LEFT), (1, group.heirs, RIGHT)):
            step = height / max(len(units), 1)
            for place, unit in enumerate(units):
                key = group.key if side == 0 and place == 0 and can_close and not solo else 0
                is_inner = side == 0 and unit != group.key and group.key in self.read.parents
                self._one(side, unit, x, top + place * step + (step - ROW) / 2, group.hue, key, is_inner)
        return top + height

    def _one(self, side: int, unit: int, x: float, y: float, hue: int, key: int, is_inner: bool) -> None:
        """``is_inner``: đứng dưới cấp trên của nó, nên bỏ phần "…, Quận 1" sau tên."""
        name = self.read.names[unit]
        shown = name.rsplit(", ", 1)[0] if is_inner else name
        node = Node(unit, shorten(shown, width=_room(side), size=SIZE), "", name, x, y + 3, ROW - 6, hue, key, is_open=bool(key))
        (self.picture.left if side == 0 else self.picture.right).append(node)
        (self.left if side == 0 else self.right)[unit] = unit
        self.spans[side][unit] = _Span(node.y, node.height, hue, name)

    def _closed(self, group: Group, top: float) -> None:
        names = [bare(self.read.names[unit]) for unit in group.heirs]
        listed = shorten(", ".join(names), width=_room(1) - 26, size=SIZE)
        count = len(group.members)
        left = Node(group.key, shorten(group.name, width=_room(0) - 60, size=SIZE), f"· {count}", group.name, LEFT, top + 2, ROW, group.hue, group.key)
        self.picture.left.append(left)
        self.spans[0][group.key] = _Span(left.y, left.height, group.hue, group.name)
        for unit in (group.key, *group.members):
            self.left[unit] = group.key
        if group.heirs:
            key = -group.key
            right = Node(key, listed, f"{len(names)}", "\n".join(self.read.names[u] for u in group.heirs), RIGHT, top + 2, ROW, group.hue, group.key)
            self.picture.right.append(right)
            self.spans[1][key] = _Span(right.y, right.height, group.hue, group.name)
            for unit in group.heirs:
                self.right[unit] = key

    def ribbons(self) -> list[Ribbon]:
        """Dải gộp theo cặp nút; cấp ủy trên chia về nơi ngoài nhóm thì vẽ mờ."""
        weights: Counter[tuple[int, int]] = Counter()
        thin: set[tuple[int, int]] = set()
        for f in self.read.flows:
            pair = (self.left[f.predecessor_id], self.right[f.successor_id])
            is_share = f.predecessor_id in self.read.parents
            if is_share and pair not in weights:
                thin.add(pair)
            if not is_share:
                thin.discard(pair)
            weights[pair] += 0 if is_share else 1
        for (a, b), weight in weights.items():
            self.spans[0][a].weight += weight
            self.spans[1][b].weight += weight
        ordered = sorted(weights, key=lambda pair: (self.spans[0][pair[0]].y, self.spans[1][pair[1]].y))
        return [self._ribbon(a, b, weights[a, b], is_faint=(a, b) in thin) for a, b in ordered]

    def _ribbon(self, a: int, b: int, weight: int, *, is_faint: bool) -> Ribbon:
        start, end = self.spans[0][a], self.spans[1][b]
        title = f"{start.label} → {end.label}"
        if is_faint:
            y, z = start.y + start.height / 2, end.y + end.height / 2
            return Ribbon(f"M{LEFT + BAR} {y:g}C{MIDDLE:g} {y:g} {MIDDLE:g} {z:g} {RIGHT} {z:g}", start.hue, title, True)
        thick = start.height * weight / start.weight
        thick_end = end.height * weight / end.weight
        y, z = start.y + start.used, end.y + end.used
        start.used += thick
        end.used += thick_end
        d = (
            f"M{LEFT + BAR} {y:g}C{MIDDLE:g} {y:g} {MIDDLE:g} {z:g} {RIGHT} {z:g}v{thick_end:g}"
            f"C{MIDDLE:g} {z + thick_end:g} {MIDDLE:g} {y + thick:g} {LEFT + BAR} {y + thick:g}Z"
        )
        return Ribbon(d, start.hue, title, False)


def _room(side: int) -> float:
    return LEFT - 24 if side == 0 else WIDTH - RIGHT - BAR - 16


_PREFIX = re.compile(r"^Đảng ủy (phường|xã|thị trấn|đặc khu) ", re.IGNORECASE)


def bare(name: str) -> str:
    """Tên riêng của địa bàn: "Đảng ủy phường Sài Gòn" -> "Sài Gòn"."""
    return _PREFIX.sub("", name)
