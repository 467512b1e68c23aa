"""Hoàn tác theo sổ cái: cả lần sắp xếp, hay từng mục. Có ngày; cả hai lần chuyển đều ở lại trong lịch sử."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, Refused, refuse_if
from tinhgon.org import holdings
from tinhgon.org.locks import hold_open
from tinhgon.org.models import Batch, LedgerRow, PlanRow
from tinhgon.org.models.handover import Direction, Outcome
from tinhgon.reorg import checks, plan, structure
from tinhgon.reorg.access import reorg_for
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.services.applying import begin, freeze

State = Reorganisation.State
_GIVEN_BACK_AS: dict[str, Outcome] = {Outcome.MOVE: Outcome.MOVE, Outcome.OPEN: Outcome.END}


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """Sẽ trả về bao nhiêu mục; bao nhiêu việc mới phát sinh (cần nơi nhận riêng); còn thiếu gì."""

    items: int
    new_work: int
    objections: tuple[Reason, ...]


@transaction.atomic
def preview_undo(actor: Actor, reorg_id: int) -> UndoPreview:
    """Dựng kế hoạch hoàn tác từ sổ cái và dữ liệu lúc này; không đổi gì khác."""
    reorg = reorg_for(actor, reorg_id, to="apply", on=clock.today(), lock=True)
    refuse_if(not_applied(reorg))
    return _plan_undo(reorg, clock.today())


@transaction.atomic
def undo(actor: Actor, reorg_id: int, *, on: date, reason: str) -> Reorganisation:
    """Bắt đầu hoàn tác từ ngày ``on``. ``Refused`` khi việc mới chưa có nơi nhận, hay ngày không hợp lệ."""
    reorg = reorg_for(actor, reorg_id, to="apply", on=clock.today(), lock=True)
    refuse_if([*not_applied(reorg), *_bad_day(reorg, on), *_before_given_back(reorg, on), *_later_changes(reorg)])
    if not reason.strip():
        raise Invalid(Reason("reorg.undo_reason", _("Hãy ghi lý do hoàn tác."), "reason"))
    freeze(reorg, sorted({*structure.opened_units(reorg), *structure.closing_units(reorg), *_absorbing(reorg)}))
    found = _plan_undo(reorg, on)
    refuse_if(found.objections)
    reorg.undo_on = on
    begin(actor, reorg, State.UNDOING, direction=Direction.UNDO, day=on)
    record(actor, "reorg.undo_started", ("reorg", reorg.pk), after={"on": on, "reason": reason.strip(), "items": found.items})
    return reorg


@transaction.atomic
def give_back(actor: Actor, reorg_id: int, *, kind: str, item_id: int, to_unit_id: int | None = None, reason: str) -> None:
    """Hoàn tác đúng một mục: về đơn vị cũ, hoặc sang nơi kế thừa khác khi đơn vị cũ đã kết thúc. Ghi sổ cái một dòng."""
    today = clock.today()
    reorg = reorg_for(actor, reorg_id, to="apply", on=today, lock=True)
    refuse_if(not_applied(reorg))
    if not reason.strip():
        raise Invalid(Reason("reorg.undo_reason", _("Hãy ghi lý do hoàn tác."), "reason"))
    moved = LedgerRow.objects.filter(handover=reorg.handover_id, kind=kind, item_id=item_id).order_by("-pk").first()
    if moved is None or moved.to_unit_id is None or moved.outcome not in _GIVEN_BACK_AS:
        raise Refused(Reason("reorg.not_moved", _("Mục này không có trong sổ cái chuyển giao, hoặc đã gộp, nên không trả lại riêng được.")))
    target = to_unit_id or moved.from_unit_id
    if moved.outcome == Outcome.OPEN:
        target = moved.from_unit_id  # không đơn vị nào nhận: phân công kiêm nhiệm chỉ thôi
        hold_open([moved.to_unit_id], on=today)
    else:
        _check_target(reorg, moved, target)
        hold_open([target, moved.to_unit_id], on=today)
    batch = _single_item_plan(reorg, moved, source=moved.to_unit_id, target=target, day=today)
    written = holdings.holding(kind).hand_over(batch)
    if written.rows != 1:
        raise Refused(Reason("reorg.moved_on", _("Mục này đã được chuyển tiếp đi nơi khác: hãy xử lý ở nơi đang giữ.")))
    batch.done_at, batch.ledger_hash = clock.now(), written.hash
    batch.save(update_fields=["done_at", "ledger_hash"])
    record(
        actor, "reorg.item_given_back", ("reorg", reorg.pk), batch_hash=written.hash,
        after={"handover": str(reorg.handover_id), "direction": "undo", "number": batch.number, "kind": kind,
               "item": item_id, "from": moved.to_unit_id, "to": target, "reason": reason.strip()},
    )  # fmt: skip


def _check_target(reorg: Reorganisation, moved: LedgerRow, target: int) -> None:
    """Đích là đơn vị cũ, hoặc một nơi kế thừa khác của đơn vị cũ."""
    heirs = set(reorg.successions.filter(predecessor=moved.from_unit_id).values_list("successor_id", flat=True))
    if target not in heirs | {moved.from_unit_id}:
        raise Invalid(Reason("reorg.not_an_heir", _("Đơn vị được chọn không phải là nơi kế thừa của đơn vị cũ."), "heir"))


def _single_item_plan(reorg: Reorganisation, moved: LedgerRow, *, source: int, target: int, day: date) -> Batch:
    """Kế hoạch và đợt của đúng một mục; số đợt âm để không lẫn với lần hoàn tác cả khối."""
    PlanRow.objects.filter(handover=reorg.handover_id, direction=Direction.UNDO, kind=moved.kind, item_id=moved.item_id).delete()
    row = PlanRow.objects.create(
        handover=reorg.handover, direction=Direction.UNDO, kind=moved.kind, item_id=moved.item_id,
        from_unit_id=source, to_unit_id=target, content=moved.content, outcome=_GIVEN_BACK_AS[moved.outcome], rule="item",
        detail=None if holdings.holding(moved.kind).seats_anew else moved.detail,
    )  # fmt: skip
    used = Batch.objects.filter(handover=reorg.handover_id, direction=Direction.UNDO, number__lt=0).count()
    return Batch.objects.create(
        handover=reorg.handover, direction=Direction.UNDO, number=-1 - used, kind=moved.kind, outcome=_GIVEN_BACK_AS[moved.outcome],
        first_row=row.pk, last_row=row.pk, rows=1, day=day,
    )  # fmt: skip


def _plan_undo(reorg: Reorganisation, on: date) -> UndoPreview:
    plan.build_undo(reorg, units=structure.opened_units(reorg), on=on)
    rows = plan.rows_of(reorg, Direction.UNDO)
    items = rows.filter(rule="undo").count()
    return UndoPreview(items, rows.count() - items, tuple(checks.receiver_objections(reorg, direction=Direction.UNDO)))


def _absorbing(reorg: Reorganisation) -> set[int]:
    """Nơi kế thừa đã có từ trước (sáp nhập vào): cũng chỉ đọc trong lúc hoàn tác."""
    return set(reorg.successions.values_list("successor_id", flat=True))


def not_applied(reorg: Reorganisation) -> list[Reason]:
    if reorg.state == State.APPLIED:
        return []
    return [
        Reason(
            "reorg.not_applied",
            _("“%(name)s” %(state)s nên không có gì để hoàn tác.") % {"name": reorg.name, "state": reorg.get_state_display()},
        )
    ]


def _bad_day(reorg: Reorganisation, on: date) -> list[Reason]:
    if reorg.effective_on <= on <= clock.today():
        return []
    return [
        Reason(
            "reorg.undo_day",
            _("Ngày hoàn tác phải từ ngày hiệu lực %(first)s tới hôm nay %(last)s.")
            % {"first": f"{reorg.effective_on:%d/%m/%Y}", "last": f"{clock.today():%d/%m/%Y}"},
            "on",
        )
    ]


def _before_given_back(reorg: Reorganisation, on: date) -> list[Reason]:
    """Lịch sử có thứ tự: mục đã trả lại riêng ngày nào thì cả lần sắp xếp không hoàn tác sớm hơn ngày ấy được."""
    last = Batch.objects.filter(handover=reorg.handover_id, direction=Direction.UNDO, number__lt=0, done_at__isnull=False).aggregate(day=Max("day"))["day"]
    if last is None or on >= last:
        return []
    sentence = _("Ngày %(day)s đã có mục được trả lại riêng: ngày hoàn tác phải từ ngày ấy.")
    return [Reason("reorg.undo_before_given_back", sentence % {"day": f"{last:%d/%m/%Y}"}, "on")]


def _later_changes(reorg: Reorganisation) -> list[Reason]:
    """Một lần sắp xếp sau đã chạm vào nơi nhận của lần này: phải hoàn tác lần sau trước."""
    if reorg.applied_at is None:
        return []
    heirs = {*structure.opened_units(reorg), *_absorbing(reorg)}
    later = (
        Reorganisation.objects.filter(
            successions__predecessor__in=heirs, applied_at__gt=reorg.applied_at, state__in=[State.APPLIED, State.CLOSED]
        )
        .order_by("applied_at").distinct()
    )  # fmt: skip
    return [
        Reason(
            "reorg.changed_later",
            _("“%(name)s” đã sắp xếp tiếp các đơn vị nhận của lần này: hãy hoàn tác lần ấy trước.") % {"name": other.name},
            data={"reorg": other.pk},
        )
        for other in later
    ]
