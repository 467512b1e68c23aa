"""Nơi nhận máy đề xuất cho các nhóm chưa quyết định, kèm vì sao; người có thẩm quyền đọc rồi quyết định, máy không tự đặt gì.

Theo thứ tự: cùng chức năng ấy các đơn vị chia tách khác đã giao về đâu (trong những nơi kế thừa của đơn vị này); không có thì nơi đang nhận
nhiều mục nhất của chính đơn vị. Ngang nhau hay chưa ai quyết định gì thì không đề xuất: máy không có lý do nào để chọn thay người.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from tinhgon.org import holdings
from tinhgon.org.models.handover import Direction
from tinhgon.reorg import plan
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.selectors.splitting import heirs_of_splits

ALIKE, MOST = "alike", "most"


@dataclass(frozen=True, slots=True)
class Receiving:
    """Một đơn vị, các chức năng chưa quyết định (``None``: mục không ghi chức năng) và nơi máy đề xuất. ``why``: vì cùng chức năng đã
    giao về đó, hay vì nó đang nhận nhiều nhất; ``support``: bao nhiêu mục làm chứng.
    """

    unit_id: int
    heir_id: int
    why: str
    functions: tuple[int | None, ...]
    items: int
    support: int


def proposed_receivers(reorg: Reorganisation, direction: str = Direction.APPLY) -> list[Receiving]:
    """Mỗi (đơn vị, nơi nhận, lý do) một dòng, nhiều mục đứng trước. Hai câu SQL."""
    needing = [h.kind for h in holdings.all_holdings() if h.needs_receiver]
    rows = plan.rows_to_decide(reorg, direction).filter(kind__in=needing).order_by()
    counted = rows.values_list("from_unit", "function", "to_unit").annotate(n=Count("pk"))
    undecided: dict[tuple[int, int | None], int] = Counter()
    of_unit: dict[int, Counter[int]] = defaultdict(Counter)
    of_function: dict[int | None, Counter[int]] = defaultdict(Counter)
    for unit, function, heir, count in counted:
        if heir is None:
            undecided[unit, function] += count
        else:
            of_unit[unit][heir] += count
            of_function[function][heir] += count
    heirs = heirs_of_splits(reorg, direction)
    found: dict[tuple[int, int, str], list[tuple[int | None, int, int]]] = defaultdict(list)
    for (unit, function), count in undecided.items():
        chosen = _chosen(heirs.get(unit, []), of_function[function] if function else {}, of_unit[unit])
        if chosen is not None:
            heir, why, support = chosen
            found[unit, heir, why].append((function, count, support))
    listed = [
        Receiving(unit, heir, why, tuple(function for function, _n, _s in groups), sum(n for _f, n, _s in groups), max(s for _f, _n, s in groups))
        for (unit, heir, why), groups in found.items()
    ]
    return sorted(listed, key=lambda one: (-one.items, one.unit_id, one.heir_id))


def _chosen(heirs: list[int], alike: Mapping[int, int], own: Mapping[int, int]) -> tuple[int, str, int] | None:
    for why, counted in ((ALIKE, alike), (MOST, own)):
        among = sorted(((counted[heir], heir) for heir in heirs if counted.get(heir)), reverse=True)
        if among and (len(among) == 1 or among[0][0] > among[1][0]):
            return among[0][1], why, among[0][0]
    return None
