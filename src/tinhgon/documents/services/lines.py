"""Đơn vị nhận xử lý dòng của mình: tiếp nhận, trả lại, giao người, hoàn thành."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, refuse_if
from tinhgon.documents.access import line_for
from tinhgon.documents.models import RoutingLine
from tinhgon.documents.services.noting import note
from tinhgon.engine.edxml.states import Code
from tinhgon.org.access import scope_of
from tinhgon.org.locks import hold_open
from tinhgon.org.models import Appointment
from tinhgon.org.selectors.succession import open_heirs

State = RoutingLine.State


@transaction.atomic
def accept_line(actor: Actor, *, on: date, line_id: int) -> RoutingLine:
    """Đơn vị nhận xác nhận đã tiếp nhận."""
    line = _held(actor, line_id, "accept", on)
    line.state, line.accepted_at = State.ACCEPTED, clock.now()
    line.save(update_fields=["state", "accepted_at"])
    note(line.document, Code.PROCESSING)
    record(actor, "documents.line_accepted", ("document", line.document_id), after={"line": line.pk, "unit": line.to_unit_id})
    return line


@transaction.atomic
def return_line(actor: Actor, *, on: date, line_id: int, reason: str) -> RoutingLine:
    """Trả lại nơi chuyển, kèm lý do. Nơi chuyển đã kết thúc thì về nơi kế thừa đang hoạt động của nó."""
    if not reason.strip():
        raise Invalid(Reason("documents.missing", _("Hãy ghi lý do trả lại."), "reason"))
    line = _held(actor, line_id, "return", on)
    before = {"state": line.state, "from": line.from_unit_id}
    heirs = open_heirs([line.from_unit_id], on=on)[line.from_unit_id]
    if len(heirs) == 1:
        line.from_unit_id = heirs[0]
    line.state, line.return_reason, line.finished_at = State.RETURNED, reason.strip(), clock.now()
    line.save(update_fields=["state", "return_reason", "finished_at", "from_unit"])
    record(
        actor, "documents.line_returned", ("document", line.document_id), before=before,
        after={"line": line.pk, "unit": line.to_unit_id, "to": line.from_unit_id, "reason": line.return_reason},
    )  # fmt: skip
    return line


@transaction.atomic
def assign_line(actor: Actor, *, on: date, line_id: int, person_id: int) -> RoutingLine:
    """Giao dòng của đơn vị mình cho một người trong đơn vị; dòng chưa tiếp nhận thì coi như tiếp nhận."""
    line = _held(actor, line_id, "assign", on)
    refuse_if(_not_ours(actor, line, person_id, on))
    before = {"assignee": line.assignee_id, "state": line.state}
    line.assignee_id = person_id
    if line.state == State.UNREAD:
        line.state, line.accepted_at = State.ACCEPTED, clock.now()
    line.save(update_fields=["assignee", "state", "accepted_at"])
    record(
        actor, "documents.line_assigned", ("document", line.document_id), before=before,
        after={"line": line.pk, "assignee": person_id, "state": line.state},
    )  # fmt: skip
    return line


@transaction.atomic
def finish_line(actor: Actor, *, on: date, line_id: int, note: str = "") -> RoutingLine:
    """Xong phần của đơn vị mình; dòng mở khác của cùng đơn vị với cùng văn bản xong theo. Đơn vị lưu kết quả."""
    line = _held(actor, line_id, "finish", on)
    before = line.state
    done = {"state": State.DONE, "finished_at": clock.now(), "kept_by": line.to_unit_id}
    line.document.lines.filter(to_unit=line.to_unit_id, state__in=RoutingLine.OPEN).update(**done)
    line.refresh_from_db(fields=["state", "finished_at", "kept_by"])
    record(
        actor, "documents.line_finished", ("document", line.document_id), before={"state": before},
        after={"line": line.pk, "unit": line.to_unit_id, "note": note.strip()},
    )  # fmt: skip
    return line


def _held(actor: Actor, line_id: int, to: str, on: date) -> RoutingLine:
    line = line_for(actor, line_id, to=to, on=on)
    hold_open([line.to_unit_id], on=on, touching=[line.from_unit_id, line.document.holder_id])
    return line


def _not_ours(actor: Actor, line: RoutingLine, person_id: int, on: date) -> list[Reason]:
    """Người được giao phải có phân công trong đơn vị nhận (hay phòng, văn phòng của nó), đủ độ mật."""
    standings = scope_of(actor, on=on).standings
    units = {line.to_unit_id}.union(*(s.units for s in standings if line.to_unit_id in s.units))
    able = Appointment.objects.filter(person=person_id, valid__contains=on, post__unit__in=units)
    if not able.exists():
        sentence = _("Người này không có phân công ở đơn vị nhận trong ngày này.")
        return [Reason("documents.not_in_unit", sentence, "person")]
    if line.document.secrecy and not able.filter(post__clearance__gte=line.document.secrecy).exists():
        return [Reason("documents.not_cleared", _("Người này không được xem độ mật của văn bản."), "person")]
    return []
