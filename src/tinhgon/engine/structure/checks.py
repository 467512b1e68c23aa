"""Kiểm tra cấu trúc: tầm quản lý, số tầng, chức năng chồng nhau hay không ai nhận, cấp phó. Chỉ là lời nhắc, không chặn việc gì.

Ngưỡng của tầm quản lý và số tầng là công thức của chúng tôi. Cấp phó: Kết luận 187-KL/TW (``engine.headcount``).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tinhgon.engine.headcount import Rules, Team, breaches
from tinhgon.engine.structure.model import Node, Plan, orphans

COMMITTEE = "committee"
WIDEST = 8
"""Đơn vị trực tiếp dưới một người đứng đầu: hơn thế là khó sâu sát. Công thức của chúng tôi."""


class Check(StrEnum):
    SPAN = "span"
    ONLY_CHILD = "only_child"
    DEEPER = "deeper"
    OVERLAP = "overlap"
    ORPHAN = "orphan"
    DEPUTIES = "deputies"


@dataclass(frozen=True, slots=True)
class Remark:
    """Một lời nhắc. ``unit``: đơn vị nói tới; ``others``: đơn vị khác liên quan (``ORPHAN``: các chức năng không ai nhận).

    ``is_new``: do phương án, không phải có từ trước.
    """

    check: Check
    unit: int
    is_new: bool = True
    function: int | None = None
    count: int = 0
    most: int = 0
    others: tuple[int, ...] = ()
    data: Mapping[str, int] = field(default_factory=dict)


def _inside(nodes: Mapping[int, Node]) -> dict[int, list[int]]:
    """Đơn vị -> các cơ quan, phòng trực tiếp bên trong (không kể cấp ủy cấp dưới: đó là lãnh đạo, không phải điều hành hằng ngày)."""
    found: dict[int, list[int]] = defaultdict(list)
    for node in nodes.values():
        if node.parent is not None and node.kind != COMMITTEE:
            found[node.parent].append(node.id)
    return found


def span(before: Mapping[int, Node], after: Mapping[int, Node]) -> Iterator[Remark]:
    """Quá nhiều đơn vị dưới một người đứng đầu; hay chỉ một, tức thêm một tầng mà không chia việc."""
    was = _inside(before)
    for unit, inner in sorted(_inside(after).items()):
        if unit not in after:
            continue
        earlier = len(was.get(unit, ()))
        if len(inner) > WIDEST:
            yield Remark(Check.SPAN, unit, earlier <= WIDEST, count=len(inner), most=WIDEST, data={"before": earlier})
        if len(inner) == 1 and after[unit].kind != COMMITTEE:
            yield Remark(Check.ONLY_CHILD, unit, earlier != 1, count=1, others=tuple(inner))


def depth_of(unit: int, nodes: Mapping[int, Node]) -> int:
    """Số tầng từ gốc tới đơn vị, kể cả nó; vòng thì dừng."""
    seen: set[int] = set()
    at: int | None = unit
    while at is not None and at in nodes and at not in seen:
        seen.add(at)
        at = nodes[at].parent
    return len(seen)


def layers(before: Mapping[int, Node], after: Mapping[int, Node]) -> tuple[int, int, list[Remark]]:
    """(số tầng trước, số tầng sau, đơn vị nằm sâu hơn mọi đơn vị trước kia)."""
    deepest = max((depth_of(unit, before) for unit in before), default=0)
    depths = {unit: depth_of(unit, after) for unit in after}
    deeper = [Remark(Check.DEEPER, unit, count=depth, most=deepest) for unit, depth in sorted(depths.items()) if depth > deepest]
    return deepest, max(depths.values(), default=0), deeper


def functions(plan: Plan, after: Mapping[int, Node]) -> list[Remark]:
    """Chức năng hai đơn vị cùng giữ trong một cấp ủy, và chức năng của đơn vị kết thúc mà không ai nhận."""
    earlier = set(_overlaps(plan.now))
    doubled = [
        Remark(Check.OVERLAP, units[0], (function, units) not in earlier, function=function, others=units[1:])
        for function, units in _overlaps(after)
    ]
    orphaned = [
        Remark(Check.ORPHAN, unit, count=len(lost), others=tuple(sorted(lost)))
        for unit in sorted(plan.closing) if (lost := orphans(unit, plan, after))
    ]  # fmt: skip
    return orphaned + doubled


def _overlaps(nodes: Mapping[int, Node]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """(chức năng, các đơn vị cùng giữ). Đơn vị và phòng bên trong nó cùng giữ thì không phải chồng: phòng làm việc của đơn vị."""
    holders: dict[tuple[int, int], list[int]] = defaultdict(list)
    for node in nodes.values():
        if node.kind != COMMITTEE:
            for function in node.functions:
                holders[_committee_of(node.id, nodes), function].append(node.id)
    for (_committee, function), units in sorted(holders.items()):
        apart = tuple(sorted(unit for unit in units if not any(_is_above(other, unit, nodes) for other in units if other != unit)))
        if len(apart) > 1:
            yield function, apart


def _chain(unit: int, nodes: Mapping[int, Node]) -> Iterator[int]:
    seen: set[int] = set()
    at = nodes[unit].parent
    while at is not None and at in nodes and at not in seen:
        seen.add(at)
        yield at
        at = nodes[at].parent


def _agency_above(node: Node, nodes: Mapping[int, Node]) -> int | None:
    """Cơ quan trực tiếp chứa nó; ngay dưới cấp ủy thì không có."""
    return node.parent if node.parent is not None and node.parent in nodes and nodes[node.parent].kind != COMMITTEE else None


def _is_above(upper: int, unit: int, nodes: Mapping[int, Node]) -> bool:
    return upper in _chain(unit, nodes)


def _committee_of(unit: int, nodes: Mapping[int, Node]) -> int:
    return next((each for each in _chain(unit, nodes) if nodes[each].kind == COMMITTEE), unit)


def deputies(rules: Rules, after: Mapping[int, Node], arriving: Mapping[int, int], touched: Collection[int]) -> list[Remark]:
    """Ba phép của bộ ``rules`` (187-KL/TW) cho các đơn vị phương án chạm tới, nếu mọi cấp phó (``arriving``) theo việc về nơi nhận."""
    seats = {unit: node.seats for unit, node in after.items()}
    for unit in after:  # biên chế của cơ quan gồm cả các phòng bên trong, không gồm cơ quan khác của cấp ủy
        for above in _chain(unit, after):
            if after[above].kind == COMMITTEE:
                break
            seats[above] += after[unit].seats
    inside = _inside(after)
    teams = [
        Team(
            unit, seats[unit], node.deputies + arriving.get(unit, 0),
            _agency_above(node, after), (node.parent, node.level), bool(inside.get(unit)),
        )
        for unit, node in sorted(after.items()) if node.kind != COMMITTEE
    ]  # fmt: skip
    return [
        Remark(
            Check.DEPUTIES, breach.team, count=breach.deputies, most=breach.most, others=(breach.against,) if breach.against else (),
            data={"rule": ("half", "parent", "siblings").index(breach.check)},
        )
        for breach in breaches(rules, teams) if breach.team in touched
    ]  # fmt: skip
