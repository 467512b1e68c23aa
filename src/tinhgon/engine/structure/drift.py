"""Tổ chức đã đổi từ lúc soạn phương án: mỗi chỗ va vào một dòng của phương án là một xung đột, kèm các cách gỡ."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tinhgon.engine.structure.model import Line


class What(StrEnum):
    CLOSED = "closed"  # không còn hoạt động
    NAME = "name"  # tên đã đổi mà phương án cũng đổi tên
    PARENT = "parent"  # cấp trên đã đổi
    LOST = "lost"  # chức năng phương án đem chia, đơn vị không còn giữ
    GAINED = "gained"  # đơn vị chia ra có thêm chức năng chưa chia
    CHILD = "child"  # đơn vị kết thúc có thêm đơn vị con


class Choice(StrEnum):
    KEEP = "keep"  # giữ dòng của phương án như đã soạn
    DROP = "drop"  # bỏ dòng
    TAKE = "take"  # theo bộ máy mới


@dataclass(frozen=True, slots=True)
class Facts:
    """Những gì phương án dựa vào ở một đơn vị: nền của nó."""

    name: str
    parent: int | None
    functions: frozenset[int] = frozenset()
    children: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Conflict:
    """``others``: đơn vị hay chức năng liên quan (đơn vị con mới, chức năng mất hay thêm, cấp trên mới)."""

    unit: int
    what: What
    choices: tuple[Choice, ...]
    others: tuple[int, ...] = ()
    was: str = ""
    now: str = ""


def drift(
    baseline: Mapping[int, Facts], now: Mapping[int, Facts], lines: Sequence[Line], heirs: Mapping[int, Sequence[int]],
    planned: Collection[int] = (),
) -> list[Conflict]:  # fmt: skip
    """Xung đột của phương án, theo đơn vị. ``heirs``: nơi kế thừa đang mở của đơn vị đã kết thúc; ``planned``: đơn vị sẽ mở.

    Một thay đổi mà không dòng nào của phương án dựa vào (đơn vị hợp nhất trọn vẹn được thêm chức năng) thì không phải xung đột.
    """
    found: list[Conflict] = []
    out: dict[int, list[Line]] = {}
    for line in lines:
        out.setdefault(line.before, []).append(line)
    for unit in sorted(baseline):
        if unit in planned:
            continue
        if unit not in now:
            choices = (Choice.TAKE, Choice.DROP) if len(heirs.get(unit, ())) == 1 else (Choice.DROP,)
            found.append(Conflict(unit, What.CLOSED, choices, tuple(heirs.get(unit, ()))))
        elif unit in out:
            found += _of_line(unit, baseline[unit], now[unit], out[unit], frozenset(out))
    return found


def _of_line(unit: int, was: Facts, now: Facts, lines: Sequence[Line], drawn: frozenset[int]) -> Iterator[Conflict]:
    same = next((line for line in lines if line.after == unit), None)
    if same and same.new_name and was.name != now.name:
        yield Conflict(unit, What.NAME, (Choice.KEEP, Choice.DROP), was=was.name, now=now.name)
    if was.parent != now.parent and (same is None or same.new_parent):
        others = (now.parent,) if now.parent else ()
        yield Conflict(unit, What.PARENT, (Choice.KEEP, Choice.DROP), others)
    shared = frozenset().union(*(line.functions for line in lines))
    lost = (shared & was.functions) - now.functions
    if lost:
        yield Conflict(unit, What.LOST, (Choice.TAKE, Choice.DROP), tuple(sorted(lost)))
    gained = now.functions - was.functions - shared
    if gained and same is None and len(lines) > 1:  # đơn vị còn lại thì giữ luôn chức năng mới
        yield Conflict(unit, What.GAINED, (Choice.KEEP, Choice.DROP), tuple(sorted(gained)))
    fresh = now.children - was.children - drawn
    if fresh and same is None:
        yield Conflict(unit, What.CHILD, (Choice.TAKE, Choice.DROP), tuple(sorted(fresh)))
