"""Nhân bản một phương án: cùng cấu trúc và quyết định nơi nhận, đơn vị mới mang danh tính riêng, để sửa mà không chạm bản gốc."""

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Reason, Refused
from tinhgon.org.services import structure
from tinhgon.reorg.access import reorg_for
from tinhgon.reorg.models import (
    DispositionOverride,
    DispositionRule,
    PlainHolding,
    PlannedSuccession,
    PlannedUnit,
    Reorganisation,
)
from tinhgon.reorg.services.drafting import EDITABLE, State, create

COPYABLE = (*EDITABLE, State.UNDONE)
Ids = dict[int, int]


@transaction.atomic
def copy(actor: Actor, reorg_id: int, *, name: str) -> Reorganisation:
    """Một phương án mới ở trạng thái soạn, ghi rõ nhân bản từ đâu. Không chép: kiểm kê, bố trí cán bộ, các thao tác đã qua."""
    source = reorg_for(actor, reorg_id, to="prepare", on=clock.today(), lock=True)
    if source.state not in COPYABLE:
        sentence = _("“%(name)s” %(state)s: chỉ nhân bản phương án còn đang soạn, đã quyết định hay đã hoàn tác.")
        raise Refused(Reason("reorg.not_copyable", sentence % {"name": source.name, "state": source.get_state_display()}))
    made = create(
        actor, name=name, decree_number=source.decree_number, decree_date=source.decree_date, effective_on=source.effective_on
    )
    made.copied_from, made.copied_at, made.baseline = source, clock.now(), source.baseline
    made.save(update_fields=["copied_from", "copied_at", "baseline"])
    ids = _units(source, made)
    _lines(source, made, ids)
    _decisions(source, made, ids)
    record(actor, "reorg.copied", ("reorg", made.pk), after={"source": source.name, "from": source.pk})
    return made


def _units(source: Reorganisation, made: Reorganisation) -> Ids:
    rows = list(source.planned_units.order_by("pk"))
    ids = dict(zip((row.unit_id for row in rows), structure.new_identities(len(rows)), strict=True))
    PlannedUnit.objects.bulk_create(
        PlannedUnit(
            reorganisation=made, unit_id=ids[row.unit_id], name=row.name, short_name=row.short_name, symbol=row.symbol, kind=row.kind,
            level=row.level, parent_id=ids.get(row.parent_id or 0, row.parent_id), is_organ=row.is_organ, code=row.code, template=row.template,
        )
        for row in rows
    )  # fmt: skip
    return ids


def _lines(source: Reorganisation, made: Reorganisation, ids: Ids) -> None:
    rows = list(source.successions.prefetch_related("functions").order_by("pk"))
    copies = PlannedSuccession.objects.bulk_create(
        PlannedSuccession(
            reorganisation=made, predecessor_id=row.predecessor_id, successor_id=ids.get(row.successor_id, row.successor_id), type=row.type,
            new_name=row.new_name, new_parent_id=ids.get(row.new_parent_id or 0, row.new_parent_id),
        )
        for row in rows
    )  # fmt: skip
    PlannedSuccession.functions.through.objects.bulk_create(
        PlannedSuccession.functions.through(plannedsuccession_id=line.pk, function_id=function.pk)
        for line, row in zip(copies, rows, strict=True)
        for function in row.functions.all()
    )


def _decisions(source: Reorganisation, made: Reorganisation, ids: Ids) -> None:
    DispositionRule.objects.bulk_create(
        DispositionRule(
            reorganisation=made, unit_id=row.unit_id, kind=row.kind, function_id=row.function_id, no_function=row.no_function,
            heir_id=ids.get(row.heir_id, row.heir_id), decided_by_id=row.decided_by_id, decided_at=row.decided_at,
        )
        for row in source.rules.order_by("pk")
    )  # fmt: skip
    DispositionOverride.objects.bulk_create(
        DispositionOverride(
            reorganisation=made, kind=row.kind, item_id=row.item_id, heir_id=ids.get(row.heir_id, row.heir_id),
            decided_by_id=row.decided_by_id, decided_at=row.decided_at,
        )
        for row in source.overrides.order_by("pk")
    )  # fmt: skip
    PlainHolding.objects.bulk_create(
        PlainHolding(
            reorganisation=made, unit_id=row.unit_id, category=row.category, description=row.description, quantity=row.quantity,
            receiver_id=ids.get(row.receiver_id or 0, row.receiver_id), note=row.note,
        )
        for row in source.plain_holdings.order_by("pk")
    )  # fmt: skip
