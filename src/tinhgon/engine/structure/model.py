"""Bộ máy lúc này, các dòng kế thừa của phương án, và bộ máy sẽ có: cùng một cách tính với lúc chuyển giao (``reorg.structure``)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Node:
    """Một đơn vị. ``functions``: chức năng đang giữ; ``seats``, ``deputies``: số ghế và số cấp phó của riêng nó."""

    id: int
    name: str
    parent: int | None
    kind: str = ""
    level: str = ""
    is_organ: bool = True
    functions: frozenset[int] = frozenset()
    seats: int = 0
    deputies: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """Một dòng kế thừa. ``before == after``: đơn vị vẫn là chính nó (đổi tên, chuyển cấp trên, hay chia ra mà còn lại).

    ``type``: kiểu kế thừa như người soạn chọn (nhập, giải thể...); không phép tính nào ở đây đọc nó.
    """

    before: int
    after: int
    functions: frozenset[int] = frozenset()
    new_name: str = ""
    new_parent: int | None = None
    type: str = ""


@dataclass(frozen=True)
class Plan:
    """``now``: đơn vị đang hoạt động; ``new``: đơn vị sẽ mở, chức năng theo mẫu; ``lines``: mọi dòng kế thừa."""

    now: Mapping[int, Node]
    new: Mapping[int, Node] = field(default_factory=dict)
    lines: Sequence[Line] = ()

    @cached_property
    def out(self) -> dict[int, list[Line]]:
        """Đơn vị trước -> các dòng của nó."""
        found: dict[int, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.before, []).append(line)
        return found

    @cached_property
    def into(self) -> dict[int, list[Line]]:
        """Đơn vị sau -> các dòng từ đơn vị khác về nó."""
        found: dict[int, list[Line]] = {}
        for line in self.lines:
            if line.before != line.after:
                found.setdefault(line.after, []).append(line)
        return found

    @cached_property
    def closing(self) -> frozenset[int]:
        """Đơn vị kết thúc: có dòng kế thừa, và không dòng nào nói nó còn là chính nó."""
        return frozenset(unit for unit, lines in self.out.items() if all(line.after != unit for line in lines))

    def given(self, unit: int) -> dict[int, frozenset[int]]:
        """Nơi kế thừa khác -> chức năng nhận từ ``unit``. Kết thúc mà chỉ có một nơi: nơi ấy nhận hết."""
        return given_by(unit, self.out.get(unit, ()), self.now)


def given_by(unit: int, lines: Collection[Line], now: Mapping[int, Node]) -> dict[int, frozenset[int]]:
    """Phần mỗi nơi khác nhận từ ``unit``, theo các dòng ``lines`` của nó."""
    given = {line.after: line.functions for line in lines if line.after != unit}
    if len(given) == 1 and all(line.after != unit for line in lines):
        return dict.fromkeys(given, now[unit].functions if unit in now else frozenset())
    return given


def future(plan: Plan) -> dict[int, Node]:
    """Bộ máy sau khi làm theo phương án."""
    after = {unit: node for unit, node in plan.now.items() if unit not in plan.closing} | dict(plan.new)
    for unit in plan.out:
        shares = plan.given(unit)
        node = after.get(unit)
        if node is not None:
            same = next(line for line in plan.out[unit] if line.after == unit)
            after[unit] = replace(
                node, name=same.new_name or node.name, parent=same.new_parent or node.parent,
                functions=node.functions.difference(*shares.values()),
            )  # fmt: skip
    for unit in plan.out:
        for heir, functions in plan.given(unit).items():
            if heir in after:
                after[heir] = replace(after[heir], functions=after[heir].functions | functions)
    return after


def orphans(unit: int, plan: Plan, after: Mapping[int, Node]) -> frozenset[int]:
    """Chức năng của đơn vị kết thúc mà sau này không nơi kế thừa nào giữ, dù nhận từ nó hay do mẫu của nơi ấy."""
    if unit not in plan.closing or unit not in plan.now:
        return frozenset()
    heirs = [after[line.after].functions for line in plan.out[unit] if line.after in after]
    return plan.now[unit].functions.difference(*heirs)


def closes_a_ring(unit: int, parent: int, nodes: Mapping[int, Node]) -> bool:
    """Đặt ``unit`` dưới ``parent`` thì nó thành cấp trên của chính nó."""
    seen: set[int] = set()
    at: int | None = parent
    while at is not None and at not in seen:
        if at == unit:
            return True
        seen.add(at)
        at = nodes[at].parent if at in nodes else None
    return False
