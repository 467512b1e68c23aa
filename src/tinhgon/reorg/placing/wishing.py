"""Phiếu nguyện vọng nói bằng nơi sau sắp xếp: một lời có thể chỉ nhiều nơi, các nơi ấy cùng một bậc; hai người cùng ghi nhau thì là một đôi."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tinhgon.org import models as org
from tinhgon.org.models import Kind
from tinhgon.reorg.models import PlannedPost, Reorganisation
from tinhgon.reorg.placing.records import Sheet


@dataclass(frozen=True, slots=True)
class Wanted:
    """``names``: mã nơi muốn; ``ranked``: bậc của từng nơi, từ 1."""

    names: tuple[str, ...] = ()
    ranked: tuple[int, ...] = ()


def wanted(reorg: Reorganisation, posts: Sequence[PlannedPost], sheets: Mapping[int, Sheet], post_key: Mapping[int, str]) -> dict[int, Wanted]:
    """Người -> nơi muốn. ``post_key``: vị trí đang có còn nhận người -> mã trong bài toán.

    Đơn vị kết thúc thì là mọi nơi kế thừa của nó; đảng ủy xã, phường mới thì là cả các cơ quan của đảng ủy ấy; vị trí kết thúc thì theo đơn vị.
    """
    asked = {post for sheet in sheets.values() for post, _unit in sheet.wishes if post and post not in post_key}
    unit_of = dict(org.Post.objects.filter(pk__in=asked).values_list("pk", "unit_id"))
    heirs, inside = _heirs(reorg), _inside(reorg)

    def places(post: int | None, unit: int | None) -> Iterator[str]:
        if post is not None and post in post_key:
            yield post_key[post]
            return
        place = unit or unit_of[post or 0]
        for heir in heirs.get(place, [place]):
            yield from (f"d{one}" for one in (heir, *inside.get(heir, ())))

    return {person: _ranked(tuple(tuple(places(*one)) for one in sheet.wishes)) for person, sheet in sheets.items()}


def _ranked(said: Sequence[Sequence[str]]) -> Wanted:
    """Nơi nào được nói hai lần thì lấy bậc trước."""
    ranks: dict[str, int] = {}
    for rank, names in enumerate(said, start=1):
        for name in names:
            ranks.setdefault(name, rank)
    return Wanted(tuple(ranks), tuple(ranks.values()))


def _heirs(reorg: Reorganisation) -> dict[int, list[int]]:
    heirs: dict[int, list[int]] = defaultdict(list)
    for before, after in reorg.successions.order_by("pk").values_list("predecessor_id", "successor_id"):
        heirs[before].append(after)
    return heirs


def _inside(reorg: Reorganisation) -> dict[int, list[int]]:
    """Đảng ủy sẽ mở -> các cơ quan sẽ mở của nó."""
    inside: dict[int, list[int]] = defaultdict(list)
    for unit, parent, kind in reorg.planned_units.order_by("pk").values_list("unit_id", "parent_id", "kind"):
        if parent and kind != Kind.COMMITTEE:
            inside[parent].append(unit)
    return inside


def couples(sheets: Mapping[int, Sheet]) -> tuple[tuple[int, int], ...]:
    """Hai người cùng ghi muốn ở cùng nơi với nhau, và cùng đang chờ chỗ. Một người ghi thì không buộc được người kia."""
    return tuple(
        sorted((one, sheet.with_person) for one, sheet in sheets.items() if sheet.with_person and one < sheet.with_person and _says(sheets, sheet.with_person) == one)
    )


def _says(sheets: Mapping[int, Sheet], person: int) -> int | None:
    return sheets[person].with_person if person in sheets else None
