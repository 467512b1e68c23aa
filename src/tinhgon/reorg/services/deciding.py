"""Quyết định nơi nhận: quy tắc cho nhiều mục, hoặc chọn từng mục. Nơi nhận phải là một nơi kế thừa của đơn vị."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

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
from tinhgon.reorg.selectors.receiving import proposed_receivers
from tinhgon.reorg.services.drafting import EDITABLE, editable, forget_preview

DECIDABLE = (*EDITABLE, Reorganisation.State.APPLIED)
"""Sau khi chuyển giao vẫn quyết định được: nơi nhận của việc mới phát sinh, trước khi hoàn tác."""


@dataclass(frozen=True, slots=True)
class Case:
    """Trường hợp của một quy tắc. ``kind`` rỗng: mọi loại. ``no_function``: chỉ mục không ghi chức năng."""

    kind: str = ""
    function_id: int | None = None
    no_function: bool = False


def decide_by_rule(
    actor: Actor, reorg_id: int, *, unit_ids: Iterable[int], heir_id: int, kind: str = "",
    function_id: int | None = None, no_function: bool = False,
) -> int:  # fmt: skip
    """Một quy tắc cho mỗi đơn vị trong ``unit_ids``; quy tắc cũ cùng trường hợp bị thay. Trả về số đơn vị đã đặt."""
    case = Case(kind, function_id, no_function)
    return decide_cases(actor, reorg_id, unit_ids=unit_ids, heir_id=heir_id, cases=[case])


@transaction.atomic
def decide_cases(
    actor: Actor, reorg_id: int, *, unit_ids: Iterable[int], heir_id: int, cases: Sequence[Case]
) -> int:
    """Như ``decide_by_rule`` cho nhiều trường hợp cùng nơi nhận; kế hoạch chỉ tính lại một lần. Trả về số đơn vị."""
    reorg = editable(actor, reorg_id, states=DECIDABLE)
    units = sorted(set(unit_ids))
    _check_heirs(reorg, units, heir_id)
    for case in cases:
        _replace_rule(actor, reorg, units, heir_id, asdict(case))
    _changed(reorg, units)
    return len(units)


@transaction.atomic
def decide_proposed(actor: Actor, reorg_id: int, *, chosen: Iterable[tuple[int, int, str]]) -> int:
    """Quyết định theo đề xuất của máy cho các (đơn vị, nơi nhận, lý do) người ấy đã chọn; đề xuất tính lại lúc này. Trả về số mục.

    Đề xuất đã khác lúc đọc thì ``Invalid``, không gì đổi: người ấy quyết định điều mình đã đọc.
    """
    reorg = editable(actor, reorg_id, states=DECIDABLE)
    now = {(one.unit_id, one.heir_id, one.why): one for one in proposed_receivers(reorg, _direction(reorg))}
    wanted = list(dict.fromkeys(chosen))
    if not wanted:
        raise Invalid(Reason("reorg.nothing_chosen", _("Hãy đánh dấu ít nhất một đề xuất.")))
    if not now.keys() >= set(wanted):
        raise Invalid(Reason("reorg.proposal_changed", _("Đề xuất đã đổi từ lúc bạn mở trang: hãy đọc lại.")))
    lines = [now[key] for key in wanted]
    cases: dict[tuple[int, int | None], list[int]] = defaultdict(list)
    for one in lines:
        for function in one.functions:
            cases[one.heir_id, function].append(one.unit_id)
    for (heir, function), units in cases.items():
        _replace_rule(actor, reorg, sorted(units), heir, asdict(Case(function_id=function, no_function=function is None)))
    _changed(reorg, sorted({one.unit_id for one in lines}))
    return sum(one.items for one in lines)


def _replace_rule(actor: Actor, reorg: Reorganisation, units: list[int], heir_id: int, case: dict[str, Any]) -> None:
    DispositionRule.objects.filter(reorganisation=reorg, unit__in=units, **case).delete()
    DispositionRule.objects.bulk_create(
        DispositionRule(
            reorganisation=reorg, unit_id=unit, heir_id=heir_id, decided_by_id=_person(actor), decided_at=clock.now(), **case
        )
        for unit in units
    )
    record(actor, "reorg.rule_decided", ("reorg", reorg.pk), after={"units": units, "heir": heir_id, **case})


@transaction.atomic
def decide_items(actor: Actor, reorg_id: int, *, kind: str, item_ids: Iterable[int], unit_id: int, heir_id: int) -> int:
    """Chọn nơi nhận cho từng mục của một đơn vị, đè lên mọi quy tắc. Trả về số mục."""
    reorg = editable(actor, reorg_id, states=DECIDABLE)
    _check_heirs(reorg, [unit_id], heir_id)
    items = sorted(set(item_ids))
    _check_items(reorg, kind, items, unit_id)
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


def _check_items(reorg: Reorganisation, kind: str, items: list[int], unit_id: int) -> None:
    """Đã kiểm kê thì mục phải là của đúng đơn vị ấy: nơi kế thừa của đơn vị này không nhận mục của đơn vị khác."""
    rows = plan.rows_of(reorg, _direction(reorg))
    if not rows.exists():
        return
    foreign = len(items) - rows.filter(kind=kind, item_id__in=items, from_unit=unit_id).count()
    if foreign:
        raise Invalid(
            Reason("reorg.not_of_unit", _("%(count)d mục không còn ở đơn vị này: hãy kiểm kê lại.") % {"count": foreign})
        )


def _direction(reorg: Reorganisation) -> str:
    return Direction.UNDO if reorg.state == Reorganisation.State.APPLIED else Direction.APPLY


def _changed(reorg: Reorganisation, units: list[int]) -> None:
    """Bản xem trước cũ hết giá trị; kế hoạch đã có thì tính lại cho đúng các đơn vị vừa quyết định."""
    direction = _direction(reorg)
    if direction == Direction.APPLY:
        forget_preview(reorg)
    if plan.rows_of(reorg, direction).exists():
        plan.refresh(reorg, direction=direction, units=units)


def _person(actor: Actor) -> int | None:
    return scope_of(actor, on=clock.today()).person_id
