"""Chia người trả lời thành khối không nhỏ hơn ngưỡng, theo cây nhóm, để càng nhiều nhóm càng thấp được hiện nguyên vẹn.

Từ dưới lên: nhóm con nào không đủ ngưỡng thì các nhóm con ấy gộp với nhau; gộp rồi vẫn thiếu thì mượn thêm khối anh em làm mất ít nhóm
hiện nhất, nhỏ nhất (*che bổ sung*: nếu không, lấy cha trừ các con đã hiện là ra nhóm nhỏ). Cả nhóm cha không đủ thì đưa lên cấp trên.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tinhgon.engine.pulse.launch import Launch

Item = TypeVar("Item", bound=Hashable)
"""Thứ không chia nhỏ nữa: người trả lời của một nhóm, hay một khối của phép chia mịn hơn."""


@dataclass(frozen=True, slots=True)
class Block(Generic[Item]):
    """Một khối: các phần của nó, số người, và nhóm thấp nhất chứa trọn nó."""

    items: frozenset[Item]
    size: int
    owner: str


@dataclass(slots=True)
class _Pile(Generic[Item]):
    """Đang gom trong một nhóm: các khối đã đủ, và phần còn thiếu."""

    blocks: list[Block[Item]] = field(default_factory=list)
    items: set[Item] = field(default_factory=set)
    size: int = 0

    def take(self, items: Iterable[Item], size: int, owner: str, least: int) -> None:
        if size >= least:
            self.blocks.append(Block(frozenset(items), size, owner))
        else:
            self.items.update(items)
            self.size += size


def partition(launch: Launch, placed: Mapping[Item, tuple[str, int]], least: int) -> tuple[Block[Item], ...]:
    """``placed``: phần -> (nhóm, số người). Trả về các khối, mỗi khối ít nhất ``least`` người.

    Phần không có người thì không vào khối nào. Cả cây không đủ ngưỡng thì không có khối: không hiện gì.
    """
    piles: dict[str, _Pile[Item]] = {}
    for item, (group, size) in sorted(placed.items(), key=lambda each: (each[1], str(each[0]))):
        if size:
            piles.setdefault(group, _Pile()).take((item,), size, group, least)
    finished: list[Block[Item]] = []
    for group in launch.order:
        pile = piles.pop(group, None)
        if pile is None:
            continue
        _settle(launch, group, pile, least)
        parent = launch.parents[group]
        if parent is None:
            finished += pile.blocks
            continue
        above = piles.setdefault(parent, _Pile())
        above.blocks += pile.blocks
        above.items |= pile.items
        above.size += pile.size
    return tuple(finished)


def _settle(launch: Launch, group: str, pile: _Pile[Item], least: int) -> None:
    """Phần còn thiếu trong nhóm: đủ ngưỡng thì thành khối, không thì nhập vào khối anh em rẻ nhất; không có khối nào thì để cấp trên lo."""
    if not pile.size or (pile.size < least and not pile.blocks):
        return
    items, size = frozenset(pile.items), pile.size
    if size < least:
        cheapest = min(pile.blocks, key=lambda block: (launch.depth[block.owner], block.size, sorted(map(str, block.items))))
        pile.blocks.remove(cheapest)
        items, size = items | cheapest.items, size + cheapest.size
    pile.blocks.append(Block(items, size, group))
    pile.items, pile.size = set(), 0
