"""Sơ đồ tổ chức ở một ngày. Đọc được cả khi một đơn vị có 168 đơn vị trực thuộc.

Gốc nằm trên cùng; các cơ quan của nó thành một hàng có đường nối; các cấp ủy trực thuộc thành lưới ô, chia nhóm theo
loại ("Đảng ủy phường · 113") nên mỗi ô chỉ còn tên riêng. Mở thêm một cấp: mỗi cấp ủy trực thuộc thành một nhóm, ô là
các đơn vị của nó. Đơn vị đo là đơn vị của viewBox.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tinhgon.org.models import Kind
from tinhgon.org.selectors.units import TreeNode
from tinhgon.web.chart.text import shorten, text_width, wrap

WIDTH = 1264
RAIL = 10  # trục dọc bên trái nối gốc với các nhóm
INDENT = 36
GAP = 10
ROOT_W, ROOT_H = 420, 60
AGENCY_W, AGENCY_MIN, AGENCY_H = 232, 190, 54
CELL_W, WIDE_CELL_W, CELL_H = 166, 236, 46  # ô rộng khi tên còn nguyên, không có tiền tố chung để bỏ
HEADER_H = 40
NAME_SIZE, HEAD_SIZE = 13.5, 12
_FIRST = {"root": 27, "agency": 22, "cell": 19}  # dòng chữ đầu cách mép trên
SPLIT_FROM = 9  # ít hơn thì một nhóm chung dễ đọc hơn


@dataclass(frozen=True)
class Box:
    """Một đơn vị. ``lines``: tên đã xuống dòng; ``under``: người đứng đầu; ``style``: root, agency, cell, header."""

    unit_id: int
    name: str
    x: float
    y: float
    w: float
    h: float
    lines: list[str]
    under: str
    style: str
    children: int

    @property
    def text_lines(self) -> list[tuple[float, str]]:
        """(y, dòng) của tên."""
        return [(self.y + _FIRST[self.style] + index * 17, line) for index, line in enumerate(self.lines)]

    @property
    def under_y(self) -> float:
        return self.y + _FIRST[self.style] + len(self.lines) * 16.5

    @property
    def text_x(self) -> float:
        return self.x + (self.w / 2 if self.style == "root" else 11)


@dataclass(frozen=True)
class Label:
    """Tiêu đề một nhóm. ``unit_id``: nhóm là một đơn vị thì dẫn tới sơ đồ của nó."""

    x: float
    y: float
    text: str
    count: int
    unit_id: int | None = None


@dataclass
class Chart:
    width: float = WIDTH
    height: float = 0
    boxes: list[Box] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)  # thuộc tính d của <path>

    @property
    def view_box(self) -> str:
        return f"-8 -8 {self.width + 16:g} {self.height + 16:g}"


def lay_out(nodes: Sequence[TreeNode], heads: Mapping[int, str], *, levels: int = 1) -> Chart:
    """``nodes``: cây theo thứ tự của ``org.selectors.units.tree``; ``heads``: đơn vị -> tên người đứng đầu.

    ``levels`` 1: gốc và các đơn vị trực thuộc; 2: thêm đơn vị của từng cấp ủy trực thuộc.
    """
    chart = Chart()
    children: dict[int | None, list[TreeNode]] = {}
    for node in nodes:
        children.setdefault(node.parent_id if node.depth else None, []).append(node)
    top = 0.0
    for root in children.get(None, []):
        top = _Band(chart, children, heads, levels).draw(root, top) + 44
    chart.height = max(top - 44, ROOT_H)
    return chart


@dataclass
class _Band:
    """Một gốc và mọi thứ dưới nó."""

    chart: Chart
    children: Mapping[int | None, Sequence[TreeNode]]
    heads: Mapping[int, str]
    levels: int

    def draw(self, root: TreeNode, top: float) -> float:
        left = (WIDTH - ROOT_W) / 2
        self._box(root, left, top, ROOT_W, ROOT_H, "root")
        below = self.children.get(root.id, [])
        agencies = [node for node in below if node.kind != Kind.COMMITTEE]
        committees = [node for node in below if node.kind == Kind.COMMITTEE]
        bottom = self._agencies(agencies, top + ROOT_H) if agencies else top + ROOT_H
        if not committees:
            return bottom
        rail_from = top + ROOT_H / 2
        last = rail_from
        for label, unit_id, cells, prefix in self._groups(committees):
            last = bottom + 34
            bottom = self._group(label, unit_id, cells, prefix, bottom + 14)
        self.chart.lines.append(f"M{left:g} {rail_from:g}H{RAIL}V{last:g}")
        return bottom

    def _agencies(self, agencies: Sequence[TreeNode], top: float) -> float:
        room = WIDTH - 2 * INDENT  # trục bên trái không được xuyên qua ô nào
        most = int((room + GAP) // (AGENCY_MIN + GAP))
        per_row = min(len(agencies), most)
        width = min(AGENCY_W, (room + GAP) / per_row - GAP)
        middle, bus = WIDTH / 2, top + 18
        rows = [agencies[i : i + per_row] for i in range(0, len(agencies), per_row)]
        y = top + 36
        for row in rows:
            x = middle - (len(row) * (width + GAP) - GAP) / 2
            for node in row:
                self._box(node, x, y, width, AGENCY_H, "agency")
                if row is rows[0]:
                    self.chart.lines.append(f"M{middle:g} {top:g}V{bus:g}H{x + width / 2:g}V{y:g}")
                x += width + GAP
            y += AGENCY_H + GAP
        return y - GAP

    def _groups(self, committees: Sequence[TreeNode]) -> list[tuple[str, int | None, Sequence[TreeNode], str]]:
        """(tiêu đề, đơn vị của tiêu đề, các ô, tiền tố tên bỏ được)."""
        if self.levels > 1:
            opened = []
            for node in committees:
                cells = self.children.get(node.id, [])
                inner = [cell for cell in cells if cell.kind == Kind.COMMITTEE] or cells
                opened.append((node.name, node.id, inner, "Đảng ủy "))
            return opened
        prefixes = _prefixes([node.name for node in committees])
        grouped: dict[str, list[TreeNode]] = {}
        for node, prefix in zip(committees, prefixes, strict=True):
            grouped.setdefault(prefix, []).append(node)
        by_size = sorted(grouped.items(), key=lambda group: -len(group[1]))
        return [(prefix, None, cells, prefix) for prefix, cells in by_size]

    def _group(self, label: str, unit_id: int | None, cells: Sequence[TreeNode], prefix: str, top: float) -> float:
        count = len(cells)
        self.chart.labels.append(Label(INDENT, top + 25, label, count, unit_id))
        self.chart.lines.append(f"M{RAIL} {top + 20:g}H{INDENT - 8}")
        width = CELL_W if prefix and _short(cells, prefix) else WIDE_CELL_W
        per_row = int((WIDTH - INDENT + GAP) // (width + GAP))
        y = top + HEADER_H
        for index, node in enumerate(cells):
            row, column = divmod(index, per_row)
            x = INDENT + column * (width + GAP)
            self._box(node, x, y + row * (CELL_H + GAP), width, CELL_H, "cell", prefix)
        rows = -(-count // per_row)
        return y + rows * (CELL_H + GAP) - (GAP if rows else 0)

    def _box(self, node: TreeNode, x: float, y: float, w: float, h: float, style: str, prefix: str = "") -> None:
        name = node.short_name if style == "agency" else node.name.removeprefix(prefix).strip() or node.name
        name = name[0].upper() + name[1:]
        head = self.heads.get(node.id, "")
        room = w - 22
        lines = wrap(name, width=room, size=NAME_SIZE, lines=1)
        under = shorten(head, width=room, size=HEAD_SIZE) if head else ""
        self.chart.boxes.append(Box(node.id, node.name, x, y, w, h, lines, under, style, node.children))


def _short(cells: Sequence[TreeNode], prefix: str) -> bool:
    """Mọi tên riêng vừa ô hẹp."""
    return all(text_width(cell.name.removeprefix(prefix), NAME_SIZE) <= CELL_W - 22 for cell in cells)


_COMMON = re.compile(r"^(Đảng ủy (?:phường|xã|thị trấn|đặc khu)|\S+ ủy)\b", re.IGNORECASE)


def _prefixes(names: Sequence[str]) -> list[str]:
    """Phần đầu chung của tên, ví dụ "Đảng ủy phường", để chia nhóm; ít đơn vị, hoặc chia vụn quá, thì một nhóm."""
    found = [_COMMON.match(name) for name in names]
    common = [match.group() if match else "" for match in found]
    if len(names) < SPLIT_FROM or len(set(common)) > 6:
        return [""] * len(names)
    return common
