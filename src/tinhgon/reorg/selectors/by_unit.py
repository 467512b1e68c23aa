"""Kiểm kê theo đơn vị giao: mỗi đơn vị bao nhiêu mục, còn bao nhiêu chưa quyết định, có mấy nơi kế thừa."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q

from tinhgon.org import holdings
from tinhgon.org.models import UnitVersion
from tinhgon.org.models.handover import Direction
from tinhgon.reorg import checks, plan
from tinhgon.reorg.models import Reorganisation


@dataclass(frozen=True, slots=True)
class UnitTotal:
    """Một đơn vị giao. ``parent``: cấp trên trước ngày hiệu lực, để phân biệt các đơn vị trùng tên."""

    unit_id: int
    name: str
    parent: str
    heirs: int
    total: int
    undecided: int


def by_unit(reorg: Reorganisation) -> list[UnitTotal]:
    """Mọi đơn vị giao, cả đơn vị không giữ mục nào; còn thiếu nhiều đứng trước, rồi theo tên."""
    needing = [h.kind for h in holdings.all_holdings() if h.needs_receiver]
    counted = {
        row["from_unit"]: row
        for row in plan.rows_of(reorg, Direction.APPLY).values("from_unit").annotate(
            total=Count("id"), undecided=Count("id", filter=Q(to_unit__isnull=True, kind__in=needing))
        ).order_by()
    }  # fmt: skip
    heirs = dict(reorg.successions.values_list("predecessor_id").annotate(n=Count("pk")).order_by())
    names = checks.unit_names(list(heirs), reorg)
    parents = parent_names(list(heirs), reorg)
    blank = {"total": 0, "undecided": 0}
    rows = [
        UnitTotal(
            unit, names[unit], parents.get(unit, ""), heirs[unit],
            counted.get(unit, blank)["total"], counted.get(unit, blank)["undecided"],
        )
        for unit in heirs
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row.undecided, row.name, row.parent))


def parent_names(unit_ids: list[int], reorg: Reorganisation) -> dict[int, str]:
    """Đơn vị -> tên cấp trên của nó ngày trước hiệu lực."""
    eve = reorg.effective_on - timedelta(days=1)
    pairs = dict(UnitVersion.objects.filter(unit__in=unit_ids, valid__contains=eve).values_list("unit_id", "parent_id"))
    names = checks.unit_names([parent for parent in set(pairs.values()) if parent], reorg)
    return {unit: names[parent] for unit, parent in pairs.items() if parent}
