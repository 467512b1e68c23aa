"""Chuyển giao: bắt đầu (khóa, so băm, xếp việc nền) hay hẹn tới ngày hiệu lực."""

from datetime import date

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app as jobs

from tinhgon.audit.services import record
from tinhgon.core import clock, progress
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Reason, Refused, TinhGonError, refuse_if
from tinhgon.org.models import Freeze, UnitVersion
from tinhgon.org.models.handover import Direction
from tinhgon.reorg import checks, plan
from tinhgon.reorg.access import reorg_for
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.services import running
from tinhgon.reorg.services.previewing import refuse_stale

State = Reorganisation.State


@transaction.atomic
def apply(actor: Actor, reorg_id: int, *, preview_hash: str) -> Reorganisation:
    """Bắt đầu chuyển giao đúng như bản xem trước đã chốt. Các đơn vị giao chỉ đọc từ đây tới khi xong.

    ``Refused``: chưa chốt, chưa tới ngày hiệu lực, dữ liệu đã đổi, đang chuyển giao, đơn vị đang trong lần khác.
    """
    reorg = reorg_for(actor, reorg_id, to="apply", on=clock.today(), lock=True)
    refuse_if(_not_ready(reorg))
    refuse_if(checks.structure_objections(reorg))
    freeze(reorg, plan.affected_units(reorg))
    refuse_stale(reorg, preview_hash)
    reorg.applied_at = clock.now()
    begin(actor, reorg, State.APPLYING, direction=Direction.APPLY, day=reorg.effective_on)
    record(actor, "reorg.apply_started", ("reorg", reorg.pk), after={"hash": preview_hash})
    return reorg


@transaction.atomic
def schedule(actor: Actor, reorg_id: int, *, preview_hash: str) -> Reorganisation:
    """Hẹn: việc nền sẽ chuyển giao vào ngày hiệu lực, nếu lúc ấy dữ liệu vẫn như bản xem trước."""
    reorg = reorg_for(actor, reorg_id, to="apply", on=clock.today(), lock=True)
    refuse_if([] if reorg.state == State.DECIDED else [_undecided(reorg)])
    refuse_stale(reorg, preview_hash)
    reorg.is_scheduled = True
    reorg.acting_user_id, reorg.acting_appointment_id = actor.user_id, actor.appointment_id
    reorg.save(update_fields=["is_scheduled", "acting_user_id", "acting_appointment_id"])
    record(actor, "reorg.scheduled", ("reorg", reorg.pk), after={"on": reorg.effective_on})
    return reorg


def start_scheduled(reorg_id: int) -> bool:
    """Việc nền bắt đầu một lần đã hẹn, nhân danh người hẹn. Không bắt đầu được thì bỏ hẹn và ghi lý do vào nhật ký.

    Trả về ``True`` khi đã bắt đầu. Bỏ hẹn để không lặp lại mỗi phút; người hẹn thấy lý do ở trang nhật ký của lần sắp xếp.
    """
    reorg = Reorganisation.objects.get(pk=reorg_id)
    actor = Actor(reorg.acting_user_id, reorg.acting_appointment_id)
    try:
        apply(actor, reorg_id, preview_hash=reorg.preview_hash)
    except TinhGonError as error:
        with transaction.atomic():
            Reorganisation.objects.filter(pk=reorg_id).update(is_scheduled=False)
            record(actor, "reorg.schedule_refused", ("reorg", reorg_id), after={"why": str(error)})
        return False
    return True


def begin(actor: Actor, reorg: Reorganisation, state: str, *, direction: str, day: date) -> None:
    """Chung cho đi và hoàn tác: ghi các đợt, mở tiến độ, đổi trạng thái. Việc nền được xếp cùng giao dịch."""
    running.prepare_batches(reorg, direction=direction, day=day)
    total = plan.rows_of(reorg, direction).exclude(outcome="stay").count()
    reorg.progress = progress.start(f"reorg.{direction}", total=total, sentence=_("Đang chờ việc nền bắt đầu."))
    reorg.state, reorg.is_scheduled = state, False
    reorg.acting_user_id, reorg.acting_appointment_id = actor.user_id, actor.appointment_id
    reorg.save()
    jobs.configure_task("reorg.run", lock=f"reorg-{reorg.pk}").defer(reorg_id=reorg.pk)


def freeze(reorg: Reorganisation, unit_ids: list[int]) -> None:
    """Khóa đọc các đơn vị: chờ các động từ đang dở (khóa chia sẻ), rồi không động từ nào vào được nữa."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM org_unit WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [unit_ids])
    busy = list(Freeze.objects.filter(unit__in=unit_ids).values_list("unit_id", flat=True))
    if busy:
        names = UnitVersion.objects.filter(unit__in=busy[:3]).order_by("unit_id").values_list("name", flat=True)
        raise Refused(
            Reason("reorg.unit_busy", _("Đang có lần chuyển giao khác chạm tới %(units)s: hãy chờ xong.") % {"units": ", ".join(dict.fromkeys(names))})
        )
    Freeze.objects.bulk_create(Freeze(handover_id=reorg.handover_id, unit_id=unit, since=clock.now()) for unit in unit_ids)


def _not_ready(reorg: Reorganisation) -> list[Reason]:
    if reorg.state in (State.APPLYING, State.UNDOING):
        return [Reason("reorg.running", _("Lần sắp xếp này đang chạy: hãy chờ xong."))]
    if reorg.state != State.DECIDED:
        return [_undecided(reorg)]
    if clock.today() < reorg.effective_on:
        sentence = _("Chưa tới ngày hiệu lực %(day)s: hãy hẹn để tự chuyển giao vào ngày ấy.")
        return [Reason("reorg.too_early", sentence % {"day": f"{reorg.effective_on:%d/%m/%Y}"})]
    return []


def _undecided(reorg: Reorganisation) -> Reason:
    return Reason(
        "reorg.not_decided",
        _("“%(name)s” %(state)s: hãy xem trước và chốt phương án trước khi chuyển giao.")
        % {"name": reorg.name, "state": reorg.get_state_display()},
    )


def due() -> list[int]:
    """Các lần sắp xếp mà việc nền phải chạy lúc này: đang dở, hoặc đã hẹn và tới ngày."""
    today = clock.today()
    waiting = Q(state__in=[State.APPLYING, State.UNDOING]) | Q(state=State.DECIDED, is_scheduled=True, effective_on__lte=today)
    return list(Reorganisation.objects.filter(waiting).order_by("effective_on", "pk").values_list("pk", flat=True))
