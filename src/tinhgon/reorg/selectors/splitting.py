"""Quyết định hàng loạt: nơi kế thừa chung của nhiều đơn vị chia tách, và mục của chúng theo chức năng."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from tinhgon.org import holdings
from tinhgon.org.models import Function
from tinhgon.org.models.handover import Direction
from tinhgon.reorg import checks, plan
from tinhgon.reorg.models import Reorganisation


@dataclass(frozen=True, slots=True)
class SharedHeir:
    """Một nơi kế thừa có mặt ở nhiều đơn vị chia tách."""

    heir_id: int
    name: str
    units: tuple[int, ...]


def shared_heirs(reorg: Reorganisation, direction: str = Direction.APPLY, *, among: Collection[int] | None = None) -> list[SharedHeir]:
    """Nơi kế thừa chung của từ hai đơn vị chia tách (``among``: chỉ xét các đơn vị ấy); chung nhiều đứng trước."""
    by_heir: dict[int, list[int]] = defaultdict(list)
    for unit, heirs in heirs_of_splits(reorg, direction).items():
        for heir in heirs if among is None or unit in among else ():
            by_heir[heir].append(unit)
    shared = {heir: units for heir, units in by_heir.items() if len(units) > 1}
    names = checks.unit_names(list(shared), reorg)
    found = [SharedHeir(heir, names[heir], tuple(sorted(units))) for heir, units in shared.items()]
    return sorted(found, key=lambda heir: (-len(heir.units), heir.name))


def heirs_of_splits(reorg: Reorganisation, direction: str = Direction.APPLY) -> dict[int, list[int]]:
    """Đơn vị chia tách -> các nơi kế thừa (khi hoàn tác: đơn vị mới -> các đơn vị cũ)."""
    near, far = ("predecessor", "successor") if direction == Direction.APPLY else ("successor", "predecessor")
    found: dict[int, list[int]] = defaultdict(list)
    for unit, heir in reorg.successions.order_by("pk").values_list(f"{near}_id", f"{far}_id"):
        found[unit].append(heir)
    return {unit: heirs for unit, heirs in found.items() if len(heirs) > 1}


@dataclass(frozen=True, slots=True)
class FunctionTotal:
    """Mục cùng chức năng của nhiều đơn vị: bao nhiêu đơn vị, bao nhiêu mục, còn bao nhiêu chưa quyết định."""

    function_id: int | None
    name: str
    units: int
    total: int
    undecided: int


def function_totals(
    reorg: Reorganisation, unit_ids: Iterable[int], direction: str = Direction.APPLY
) -> list[FunctionTotal]:
    """Mục của các đơn vị ấy gộp theo chức năng; còn nhiều đứng trước."""
    needing = [h.kind for h in holdings.all_holdings() if h.needs_receiver]
    rows = list(
        plan.rows_to_decide(reorg, direction).filter(from_unit__in=list(unit_ids), kind__in=needing)
        .values("function").annotate(
            units=Count("from_unit", distinct=True), total=Count("id"), undecided=Count("id", filter=Q(to_unit__isnull=True)),
        ).order_by("-undecided", "-total")
    )  # fmt: skip
    names = dict(Function.objects.filter(pk__in=[r["function"] for r in rows if r["function"]]).values_list("pk", "name"))
    return [FunctionTotal(r["function"], names.get(r["function"], ""), r["units"], r["total"], r["undecided"]) for r in rows]
