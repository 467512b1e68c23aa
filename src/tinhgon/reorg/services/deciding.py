"""Quyết định nơi nhận: quy tắc cho nhiều mục, hoặc chọn từng mục. Nơi nhận phải là một nơi kế thừa của đơn vị."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason
from tinhgon.org.access import scope_of
from tinhgon.org.models.handover import Direction
from tinhgon.reorg import plan
from tinhgon.reorg.models import DispositionOverride, DispositionRule, Reorganisation
from tinhgon.reorg.services.drafting import EDITABLE, editable, forget_preview

DECIDABLE = (*EDITABLE, Reorganisation.State.APPLIED)
"""Sau khi chuyển giao vẫn quyết định được: nơi nhận của việc mới phát sinh, trước khi hoàn tác."""


@transaction.atomic
def decide_by_rule(
    actor: Actor, reorg_id: int, *, unit_ids: Iterable[int], heir_id: int, kind: str = "",
    function_id: int | None = None, no_function: bool = False,
) -> int:  # fmt: skip
    """Một quy tắc cho mỗi đơn vị trong ``unit_ids``; quy tắc cũ cùng trường hợp bị thay. Trả về số đơn vị đã đặt."""
    reorg = editable(actor, reorg_id, states=DECIDABLE)
    units = sorted(set(unit_ids))
    _check_heirs(reorg, units, heir_id)
    case = {"kind": kind, "function_id": function_id, "no_function": no_function}
    DispositionRule.objects.filter(reorganisation=reorg, unit__in=units, **case).delete()
    DispositionRule.objects.bulk_create(
        DispositionRule(
            reorganisation=reorg, unit_id=unit, heir_id=heir_id, decided_by_id=_person(actor), decided_at=clock.now(), **case
        )
        for unit in units
    )
    _changed(reorg, units)
    record(actor, "reorg.rule_decided", ("reorg", reorg.pk), after={"units": units, "heir": heir_id, **case})
    return len(units)


@transaction.atomic
def decide_items(actor: Actor, reorg_id: int, *, kind: str, item_ids: Iterable[int], unit_id: int, heir_id: int) -> int:
    """Chọn nơi nhận cho từng mục của một đơn vị, đè lên mọi quy tắc. Trả về số mục."""
    reorg = editable(actor, reorg_id, states=DECIDABLE)
    _check_heirs(reorg, [unit_id], heir_id)
    items = sorted(set(item_ids))
    DispositionOverride.objects.filter(reorganisation=reorg, kind=kind, item_id__in=items).delete()
    DispositionOverride.objects.bulk_create(
        DispositionOverride(
            reorganisation=reorg, kind=kind, item_id=item, heir_id=heir_id, decided_by_id=_person(actor), decided_at=clock.now()
        )
        for item in items
    )
    _changed(reorg, [unit_id])
    record(actor, "reorg.items_decided", ("reorg", reorg.pk), after={"kind": kind, "items": items, "heir": heir_id})
    return len(items)


@transaction.atomic
def withdraw_rule(actor: Actor, reorg_id: int, *, rule_id: int) -> None:
    """Bỏ một quy tắc: các mục của nó lại chờ quyết định."""
    reorg = editable(actor, reorg_id, states=DECIDABLE)
    rule = reorg.rules.filter(pk=rule_id).first()
    if rule is None:
        raise Invalid(Reason("reorg.no_rule", _("Quy tắc này không còn nữa.")))
    before = {"unit": rule.unit_id, "heir": rule.heir_id, "kind": rule.kind, "function": rule.function_id}
    rule.delete()
    _changed(reorg, [rule.unit_id])
    record(actor, "reorg.rule_withdrawn", ("reorg", reorg.pk), before=before)


def _check_heirs(reorg: Reorganisation, units: list[int], heir_id: int) -> None:
    """Khi đi, nơi nhận là nơi kế thừa; khi chuẩn bị hoàn tác, nơi nhận là đơn vị cũ."""
    near, far = ("successor_id", "predecessor_id") if reorg.state == Reorganisation.State.APPLIED else ("predecessor_id", "successor_id")
    edges = set(reorg.successions.filter(**{f"{near}__in": units}).values_list(near, far))
    wrong = [unit for unit in units if (unit, heir_id) not in edges]
    if wrong:
        raise Invalid(
            Reason(
                "reorg.not_an_heir",
                _("Đơn vị được chọn không phải là nơi kế thừa của %(count)d đơn vị trong danh sách.") % {"count": len(wrong)},
                "heir",
                {"units": wrong},
            )
        )


def _changed(reorg: Reorganisation, units: list[int]) -> None:
    """Bản xem trước cũ hết giá trị; kế hoạch đã có thì tính lại cho đúng các đơn vị vừa quyết định."""
    undoing = reorg.state == Reorganisation.State.APPLIED
    if not undoing:
        forget_preview(reorg)
    direction = Direction.UNDO if undoing else Direction.APPLY
    if plan.rows_of(reorg, direction).exists():
        plan.refresh(reorg, direction=direction, units=units)


def _person(actor: Actor) -> int | None:
    return scope_of(actor, on=clock.today()).person_id
