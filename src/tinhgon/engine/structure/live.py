"""Bộ máy sẽ có, giữ sẵn trong lúc vẽ: đổi dòng của một đơn vị thì chỉ tính lại nó và các nơi nhận của nó, không tính lại cả phương án.

Cùng nghĩa với ``model.future``: bài kiểm tra so hai cách sau những chuỗi thao tác bất kỳ.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tinhgon.engine.structure.model import Line, Node, Plan, future, given_by

Children = dict[int | None, dict[int, None]]
"""Cấp trên -> các đơn vị trực thuộc, giữ thứ tự."""


class Live:
    """Một phương án đổi được. ``out``: đơn vị -> các dòng của nó; ``after``: bộ máy sau khi làm theo phương án."""

    def __init__(self, plan: Plan) -> None:
        self.now: Mapping[int, Node] = plan.now
        self.new: dict[int, Node] = dict(plan.new)
        self.out: dict[int, Sequence[Line]] = dict(plan.out)
        self.after: dict[int, Node] = future(plan)
        self.children_now = _children(self.now.values())
        self.children_after = _children(self.after.values())
        self._into: dict[int, dict[int, None]] = {}
        for unit, lines in self.out.items():
            self._receive(unit, lines)
        self._named: dict[str, dict[int, None]] = {}
        for node in (*self.now.values(), *self.new.values()):
            self._named.setdefault(node.name.casefold(), {})[node.id] = None
        self._beside: dict[tuple[int | None, str], dict[int, None]] = {}
        for node in self.after.values():
            self._beside.setdefault((node.parent, node.name.casefold()), {})[node.id] = None

    def node(self, unit: int) -> Node | None:
        return self.now.get(unit) or self.new.get(unit)

    def named(self, name: str) -> list[int]:
        """Đơn vị đang có hay sẽ mở có đúng tên này, không kể hoa thường."""
        return list(self._named.get(name.casefold(), ()))

    def beside(self, parent: int | None, name: str) -> list[int]:
        """Đơn vị sau này trực thuộc ``parent`` và có đúng tên này, không kể hoa thường."""
        return list(self._beside.get((parent, name.casefold()), ()))

    def givers(self, unit: int) -> list[int]:
        """Đơn vị khác có dòng về ``unit``."""
        return list(self._into.get(unit, ()))

    def is_closing(self, unit: int) -> bool:
        """Có dòng kế thừa, và không dòng nào nói nó còn là chính nó."""
        lines = self.out.get(unit, ())
        return bool(lines) and all(line.after != unit for line in lines)

    def given(self, unit: int) -> dict[int, frozenset[int]]:
        """Như ``Plan.given``."""
        return given_by(unit, self.out.get(unit, ()), self.now)

    def set_lines(self, unit: int, lines: Sequence[Line]) -> None:
        """Thay mọi dòng của ``unit``."""
        old = self.out.pop(unit, ())
        for line in old:
            self._into.get(line.after, {}).pop(unit, None)
        if lines:
            self.out[unit] = lines
            self._receive(unit, lines)
        self._refresh(dict.fromkeys((unit, *(line.after for line in (*old, *lines)))))

    def set_new(self, unit: int, node: Node | None) -> None:
        """Đặt, đổi hay bỏ (``None``) một đơn vị sẽ mở."""
        old = self.new.pop(unit, None)
        if old is not None:
            self._named[old.name.casefold()].pop(unit, None)
        if node is not None:
            self.new[unit] = node
            self._named.setdefault(node.name.casefold(), {})[unit] = None
        self._refresh((unit,))

    def _receive(self, unit: int, lines: Iterable[Line]) -> None:
        for line in lines:
            if line.after != unit:
                self._into.setdefault(line.after, {})[unit] = None

    def _refresh(self, units: Iterable[int]) -> None:
        for unit in units:
            old, new = self.after.get(unit), self._future_of(unit)
            if old is not None and (new is None or new.parent != old.parent):
                self.children_after[old.parent].pop(unit, None)
            if old is not None:
                self._beside[old.parent, old.name.casefold()].pop(unit, None)
            if new is None:
                self.after.pop(unit, None)
            else:
                self.after[unit] = new
                self._beside.setdefault((new.parent, new.name.casefold()), {})[unit] = None
                self.children_after.setdefault(new.parent, {})[unit] = None

    def _future_of(self, unit: int) -> Node | None:
        node = self.new.get(unit) or (None if self.is_closing(unit) else self.now.get(unit))
        if node is None:
            return None
        same = next((line for line in self.out.get(unit, ()) if line.after == unit), None)
        if same is not None:
            held = node.functions.difference(*self.given(unit).values())
            node = replace(node, name=same.new_name or node.name, parent=same.new_parent or node.parent, functions=held)
        received = [self.given(giver)[unit] for giver in self._into.get(unit, ())]
        return replace(node, functions=node.functions.union(*received)) if received else node


def _children(nodes: Iterable[Node]) -> Children:
    found: Children = {}
    for node in nodes:
        found.setdefault(node.parent, {})[node.id] = None
    return found
