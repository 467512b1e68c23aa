"""Đơn vị nhận xử lý dòng của mình: tiếp nhận, trả lại, giao người, hoàn thành."""

from collections.abc import Sequence
from datetime import date
from typing import IO

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, refuse_if
from tinhgon.documents.access import line_for
from tinhgon.documents.branches import Branches
from tinhgon.documents.models import Attachment, RoutingLine
from tinhgon.documents.services import reading_queue as queue
from tinhgon.documents.services.attaching import attach_stored
from tinhgon.documents.services.drafting import secret_content
from tinhgon.documents.services.noting import note
from tinhgon.engine.edxml.states import Code
from tinhgon.files.services import store
from tinhgon.org.access import scope_of
from tinhgon.org.locks import hold_open
from tinhgon.org.models import Appointment
from tinhgon.org.selectors.succession import open_heirs
from tinhgon.org.selectors.units import units_at

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
    """Trả lại nơi chuyển, kèm lý do; những gì đã chuyển xuống dưới dòng này thì thu hồi theo.

    Nơi chuyển đã kết thúc thì về nơi kế thừa đang hoạt động của nó.
    """
    if not reason.strip():
        raise Invalid(Reason("documents.missing", _("Hãy ghi lý do trả lại."), "reason"))
    line = _held(actor, line_id, "return", on)
    before = {"state": line.state, "from": line.from_unit_id}
    below = Branches(line.document.lines.all()).open_below(line)
    hold_open([], on=on, touching=[found.to_unit_id for found in below])
    heirs = open_heirs([line.from_unit_id], on=on)[line.from_unit_id]
    if len(heirs) == 1:
        line.from_unit_id = heirs[0]
    line.state, line.return_reason, line.finished_at = State.RETURNED, reason.strip(), clock.now()
    line.save(update_fields=["state", "return_reason", "finished_at", "from_unit"])
    RoutingLine.objects.filter(pk__in=[found.pk for found in below]).update(state=State.RECALLED, finished_at=clock.now())
    record(
        actor, "documents.line_returned", ("document", line.document_id), before=before,
        after={"line": line.pk, "unit": line.to_unit_id, "to": line.from_unit_id, "reason": line.return_reason,
               "recalled": [found.pk for found in below]},
    )  # fmt: skip
    return line


@transaction.atomic
def assign_line(actor: Actor, *, on: date, line_id: int, person_id: int) -> RoutingLine:
    """Giao dòng của đơn vị mình cho một người trong đơn vị; dòng chưa tiếp nhận thì coi như tiếp nhận."""
    line = _held(actor, line_id, "assign", on)
    refuse_if(not_ours(actor, line, [person_id], on, "person"))
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
def finish_line(
    actor: Actor, *, on: date, line_id: int, note: str = "", files: Sequence[tuple[str, IO[bytes]]] = ()
) -> RoutingLine:
    """Xong phần của đơn vị mình, kèm kết quả và tệp; dòng mở khác của cùng đơn vị với cùng văn bản xong theo.

    Đơn vị lưu kết quả. ``Refused`` nêu mọi nơi bên dưới chưa xong phần chủ trì, phối hợp; văn bản mật thì không có tệp.
    """
    line = _held(actor, line_id, "finish", on)
    refuse_if(_still_below(line, on) + ([secret_content()] if files and line.document.secrecy else []))
    before = line.state
    done = {"state": State.DONE, "finished_at": clock.now(), "kept_by": line.to_unit_id, "result": note.strip()}
    same = Q(to_unit=line.to_unit_id, personal=False, state__in=RoutingLine.OPEN)
    line.document.lines.filter(Q(pk=line.pk) if line.personal else Q(pk=line.pk) | same).update(**done)
    line.refresh_from_db(fields=["state", "finished_at", "kept_by", "result"])
    for name, content in files:
        attachment = attach_stored(actor, line.document, store(content, name), name)
        Attachment.objects.filter(pk=attachment.pk).update(line=line)
    if files:
        queue.fill_later(line.document_id)
    record(
        actor, "documents.line_finished", ("document", line.document_id), before={"state": before},
        after={"line": line.pk, "unit": line.to_unit_id, "note": note.strip(), "files": [name for name, _content in files]},
    )  # fmt: skip
    return line


def _still_below(line: RoutingLine, on: date) -> list[Reason]:
    waiting = Branches(line.document.lines.select_related("assignee")).unfinished(line)
    names = units_at({found.to_unit_id for found in waiting}, on=on)
    sentence = _("%(who)s (%(role)s) chưa xong phần được chuyển xuống: chờ kết quả, hoặc thu hồi dòng ấy.")
    return [
        Reason("documents.below_open", sentence % {
            "who": found.assignee.full_name if found.personal and found.assignee else names[found.to_unit_id].name,
            "role": found.get_role_display(),
        }, data={"line": found.pk, "unit": found.to_unit_id})
        for found in waiting
    ]  # fmt: skip


def _held(actor: Actor, line_id: int, to: str, on: date) -> RoutingLine:
    line = line_for(actor, line_id, to=to, on=on)
    hold_open([line.to_unit_id], on=on, touching=[line.from_unit_id, line.document.holder_id])
    return line


def not_ours(actor: Actor, line: RoutingLine, people: Sequence[int], on: date, field: str) -> list[Reason]:
    """Người được giao phải có phân công trong đơn vị nhận (hay phòng, văn phòng của nó), đủ độ mật."""
    standings = scope_of(actor, on=on).standings
    units = {line.to_unit_id}.union(*(s.units for s in standings if line.to_unit_id in s.units))
    able = Appointment.objects.filter(person__in=people, valid__contains=on, post__unit__in=units)
    inside = set(able.values_list("person", flat=True))
    cleared = set(able.filter(post__clearance__gte=line.document.secrecy).values_list("person", flat=True))
    reasons = []
    if set(people) - inside:
        sentence = _("Người này không có phân công ở đơn vị nhận trong ngày này.")
        reasons.append(Reason("documents.not_in_unit", sentence, field))
    if inside - cleared:
        reasons.append(Reason("documents.not_cleared", _("Người này không được xem độ mật của văn bản."), field))
    return reasons
