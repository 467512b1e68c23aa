"""Chia việc của đơn vị nhận: lập đề xuất, đặt giờ, giao một việc cho người khác, xác nhận, mở lại. Xác nhận xong thì vào kế hoạch chuyển giao."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app as jobs

from tinhgon.audit.services import record
from tinhgon.core import clock, progress
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Reason, refuse_if
from tinhgon.core.models import Progress
from tinhgon.org.access import scope_of
from tinhgon.reorg import checks, given, plan
from tinhgon.reorg.models import Reorganisation, WorkLine, WorkPlan
from tinhgon.reorg.services.drafting import forget_preview
from tinhgon.reorg.work_access import may_edit_all, work_for
from tinhgon.reorg.workload import effort, proposing
from tinhgon.reorg.workload.proposing import Desk, Facts, facts_of

State = WorkPlan.State
IN_REQUEST = 400
"""Nhiều việc hơn thế thì chia ở việc nền."""
MOST_TASK_HOURS = 500


@transaction.atomic
def propose_work(actor: Actor, reorg_id: int, *, unit_id: int) -> WorkPlan:
    """Lập (lại) đề xuất cho một đơn vị nhận; dòng đã sửa tay mất, giờ đã đặt giữ nguyên. ``Refused`` khi đã xác nhận."""
    reorg = _open(actor, reorg_id, unit_id)
    before = reorg.work_plans.select_for_update().filter(unit=unit_id).first()
    refuse_if(_confirmed(before))
    (made,) = _write(reorg, facts_of(reorg, [unit_id], today=clock.today()), [unit_id])
    record(actor, "work.proposed", ("work", made.pk), after={"unit": unit_id, "tasks": made.figures["tasks"], "given": made.figures["given"]})
    return made


@transaction.atomic
def propose_all_work(actor: Actor, reorg_id: int) -> Progress | None:
    """Lập đề xuất cho mọi đơn vị nhận chưa có, hay có mà đã cũ; nhiều việc thì ở việc nền (trả về tiến độ)."""
    reorg = Reorganisation.objects.select_related("handover").select_for_update(of=("self",)).filter(pk=reorg_id).first()
    if reorg is None or not may_edit_all(actor, on=clock.today()):
        raise Forbidden(Reason("work.not_preparer", _("Chỉ người lập phương án ở cấp tỉnh lập đề xuất cho mọi đơn vị.")))
    refuse_if(_closed(reorg))
    facts = facts_of(reorg, None, today=clock.today())
    tasks = sum(map(len, facts.items.values()))
    record(actor, "work.proposed_all", ("reorg", reorg.pk), after={"units": len(facts.items), "tasks": tasks})
    if tasks <= IN_REQUEST:
        _write(reorg, facts, _missing(reorg, facts.items))
        return None
    job = progress.start(proposing.job_kind(reorg.pk), total=tasks, sentence=_("Đang chờ việc nền bắt đầu."))
    jobs.configure_task("reorg.give_work", lock=f"give-work-{reorg.pk}").defer(reorg_id=reorg.pk, progress_id=str(job.pk))
    return job


def run_proposing(reorg_id: int, progress_id: str) -> None:
    """Việc nền: từng đơn vị một giao dịch, nên dừng lúc nào cũng chạy tiếp được từ đơn vị chưa có."""
    reorg = Reorganisation.objects.select_related("handover").get(pk=reorg_id)
    job = Progress.objects.get(pk=progress_id)
    facts = facts_of(reorg, None, today=clock.today())
    waiting = _missing(reorg, facts.items)
    done, total = 0, sum(len(facts.items[unit]) for unit in waiting)
    for unit in waiting:
        with transaction.atomic():
            now = Reorganisation.objects.select_for_update().get(pk=reorg.pk)
            if closed := _closed(now):  # đã về soạn lại hay đã chốt trong lúc chạy: phần còn lại tính trên cấu trúc cũ
                progress.finish(job.pk, sentence=closed[0].sentence, failed=True)
                return
            _write(reorg, facts, [unit])
        done += len(facts.items[unit])
        progress.advance(job.pk, done=done, total=total, sentence=_("Đã chia %(done)d trên %(total)d việc.") % {"done": done, "total": total})
    progress.finish(job.pk, sentence=_("Đã lập đề xuất chia việc cho %(units)d đơn vị.") % {"units": len(waiting)})


@transaction.atomic
def set_work_hours(
    actor: Actor, reorg_id: int, *, unit_id: int, hours: int, lead_hours: int, own: Mapping[int, int | None]
) -> WorkPlan:
    """Đặt số giờ mỗi tuần, chung và riêng từng người, rồi chia lại."""
    reorg = _open(actor, reorg_id, unit_id)
    found = _plan(reorg, unit_id)
    refuse_if(_confirmed(found))
    asked = [hours, lead_hours, *(value for value in own.values() if value is not None)]
    if not all(effort.FEWEST_HOURS <= value <= effort.MOST_HOURS for value in asked):
        raise Invalid(Reason("work.hours", _("Số giờ mỗi tuần từ %(least)d tới %(most)d.") % {"least": effort.FEWEST_HOURS, "most": effort.MOST_HOURS}, "hours"))
    before = {"hours": found.hours, "lead_hours": found.lead_hours, "own": found.own_hours}
    found.hours, found.lead_hours = hours, lead_hours
    found.own_hours = {str(person): value for person, value in own.items() if value is not None}
    found.save(update_fields=["hours", "lead_hours", "own_hours"])
    (made,) = _write(reorg, facts_of(reorg, [unit_id], today=clock.today()), [unit_id])
    record(actor, "work.hours_set", ("work", made.pk), before=before, after={"hours": hours, "lead_hours": lead_hours, "own": made.own_hours})
    return made


@transaction.atomic
def give_work(actor: Actor, reorg_id: int, *, unit_id: int, line_id: int, person_id: int, hours: int | None = None) -> WorkLine:
    """Giao một việc cho người khác của đơn vị, hay sửa số giờ. Vượt giờ thì được, trang nói rõ; không được xem độ mật thì không."""
    reorg = _open(actor, reorg_id, unit_id)
    found = _plan(reorg, unit_id)
    refuse_if(_confirmed(found) + _stale(found))
    line = found.lines.select_for_update().filter(pk=line_id).first()
    if line is None:
        raise NotFound(Reason("work.no_line", _("Việc này không còn trong đề xuất: hãy lập lại.")))
    desk = desk_of(reorg, found, today=clock.today())
    item = next((one for one in desk.items if (one.kind, one.item_id) == (line.kind, line.item_id)), None)
    person = next((one for one in desk.people if one.person_id == person_id), None)
    refuse_if([] if item else [Reason("work.gone", _("Việc này đã xong hoặc không còn về đơn vị này: hãy lập lại đề xuất."))])
    assert item is not None
    if person is None:
        raise Invalid(Reason("work.not_of_unit", _("Người này sẽ không làm ở đơn vị nhận."), "person_id"))
    if not desk.may(person, item):
        raise Invalid(Reason("work.not_cleared", _("Vị trí mới của người này không được xem độ mật của việc."), "person_id"))
    if hours is not None and not 0 < hours <= MOST_TASK_HOURS:
        raise Invalid(Reason("work.task_hours", _("Số giờ của một việc từ 1 tới %(most)d.") % {"most": MOST_TASK_HOURS}, "hours"))
    before = {"person": line.person_id, "hours": line.hours}
    line.person_id, line.hours, line.is_edited = person_id, hours or desk.hours(person, item), True
    line.why = proposing.why(desk, person, item)
    line.save(update_fields=["person", "hours", "why", "is_edited"])
    record(actor, "work.given", ("work", found.pk), before=before, after={"kind": line.kind, "item": line.item_id, "person": person_id, "hours": line.hours})
    return line


@transaction.atomic
def confirm_work(actor: Actor, reorg_id: int, *, unit_id: int) -> WorkPlan:
    """Xác nhận: chuyển giao sẽ giao đúng những việc này cho đúng những người ấy. ``Refused`` khi có người không về đơn vị."""
    reorg = _open(actor, reorg_id, unit_id)
    found = _plan(reorg, unit_id)
    refuse_if(_confirmed(found) + _stale(found))
    here = {one.person_id for one in desk_of(reorg, found, today=clock.today()).people}
    gone = found.lines.filter(person__isnull=False).exclude(person__in=here).count()
    refuse_if([Reason("work.person_gone", _("%(count)d việc đang giao cho người không còn về đơn vị này: hãy lập lại đề xuất.") % {"count": gone})] if gone else [])
    found.state, found.confirmed_at = State.CONFIRMED, clock.now()
    found.confirmed_by_id = scope_of(actor, on=clock.today()).person_id
    found.save(update_fields=["state", "confirmed_at", "confirmed_by"])
    _changed(reorg)
    refuse_if(_not_brought(reorg, unit_id))
    given_count, left = found.lines.filter(person__isnull=False).count(), found.lines.filter(person__isnull=True).count()
    record(actor, "work.confirmed", ("work", found.pk), after={"unit": unit_id, "given": given_count, "left": left})
    return found


@transaction.atomic
def reopen_work(actor: Actor, reorg_id: int, *, unit_id: int) -> WorkPlan:
    """Mở lại để sửa, trước khi chốt."""
    reorg = _open(actor, reorg_id, unit_id)
    found = _plan(reorg, unit_id)
    refuse_if([] if found.state == State.CONFIRMED else [Reason("work.not_confirmed", _("Đề xuất này chưa được xác nhận."))])
    found.state, found.confirmed_at, found.confirmed_by = State.PROPOSED, None, None
    found.save(update_fields=["state", "confirmed_at", "confirmed_by"])
    plan.refresh(reorg, direction="apply", units=plan.affected_units(reorg))
    forget_preview(reorg)
    record(actor, "work.reopened", ("work", found.pk), after={"unit": unit_id})
    return found


def desk_of(reorg: Reorganisation, found: WorkPlan, *, today: date) -> Desk:
    facts = facts_of(reorg, [found.unit_id], today=today)
    return Desk(facts, list(facts.people.get(found.unit_id, ())), list(facts.items.get(found.unit_id, ())), found)


def _write(reorg: Reorganisation, facts: Facts, unit_ids: Iterable[int]) -> list[WorkPlan]:
    plans = {one.unit_id: one for one in reorg.work_plans.filter(unit__in=list(unit_ids))}
    made = []
    for unit in unit_ids:
        one = plans.get(unit) or WorkPlan(reorganisation=reorg, unit_id=unit, hours=effort.HOURS, lead_hours=effort.LEAD_HOURS)
        found = proposing.propose(facts, unit, one)
        one.figures, one.computed_at, one.state = found.figures, clock.now(), State.PROPOSED
        one.save()
        one.lines.all().delete()
        WorkLine.objects.bulk_create(
            WorkLine(plan=one, kind=line.kind, item_id=line.item_id, person_id=line.person_id, hours=line.hours, why=line.why) for line in found.lines
        )
        made.append(one)
    return made


def _missing(reorg: Reorganisation, units: Iterable[int]) -> list[int]:
    return sorted(set(units) - set(reorg.work_plans.exclude(state=State.STALE).values_list("unit_id", flat=True)))


def _open(actor: Actor, reorg_id: int, unit_id: int) -> Reorganisation:
    reorg = work_for(actor, reorg_id, unit_id, to="edit", on=clock.today(), lock=True)
    refuse_if(_closed(reorg))
    return reorg


def _closed(reorg: Reorganisation) -> list[Reason]:
    if reorg.state == Reorganisation.State.INVENTORY:
        return []
    return [
        Reason("work.not_open", _("“%(name)s” %(state)s: chia việc sau khi kiểm kê và trước khi chốt. Đã chốt mà muốn sửa thì xem trước lại.") % {"name": reorg.name, "state": reorg.get_state_display()})
    ]


def _plan(reorg: Reorganisation, unit_id: int) -> WorkPlan:
    found = reorg.work_plans.select_for_update().filter(unit=unit_id).first()
    if found is None:
        raise NotFound(Reason("work.none", _("Đơn vị này chưa có đề xuất chia việc: hãy lập trước.")))
    found.reorganisation = reorg
    return found


def _confirmed(found: WorkPlan | None) -> list[Reason]:
    if found is None or found.state != State.CONFIRMED:
        return []
    return [Reason("work.confirmed", _("Việc chia của đơn vị này đã được xác nhận: mở lại thì mới sửa được."))]


def _stale(found: WorkPlan) -> list[Reason]:
    if found.state != State.STALE:
        return []
    return [Reason("work.stale", _("Đề xuất này lập trên cấu trúc trước khi phương án về soạn lại: hãy lập lại, giờ mỗi tuần đã đặt vẫn giữ."))]


def _not_brought(reorg: Reorganisation, unit_id: int) -> list[Reason]:
    """Người của phương án bố trí chưa quyết định có thể chưa về đơn vị ấy trong kế hoạch chuyển giao."""
    count = dict(given.strangers(reorg)).get(unit_id, 0)
    sentence = _("%(count)d việc giao cho người mà kế hoạch chuyển giao chưa đưa về đơn vị này: quyết định bố trí trước, hoặc giao cho người khác.")
    return [Reason("work.not_brought", sentence % {"count": count}, data={"count": count})] if count else []


def _changed(reorg: Reorganisation) -> None:
    """Người nhận vào kế hoạch; bản xem trước cũ hết giá trị."""
    given.carry(reorg, plan.affected_units(reorg))
    forget_preview(reorg)


def work_objections(reorg: Reorganisation) -> list[Reason]:
    """Việc đã xác nhận giao cho người mà kế hoạch không đưa về đơn vị ấy nữa."""
    found = given.strangers(reorg)
    names = checks.unit_names([unit for unit, _count in found], reorg)
    sentence = _("%(unit)s: %(count)d việc đã xác nhận giao cho người không còn về đó, hãy lập lại đề xuất chia việc.")
    return [
        Reason("work.drift", sentence % {"unit": names[unit], "count": count}, data={"to_unit": unit}) for unit, count in found
    ]
