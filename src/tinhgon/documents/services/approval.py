"""Trình ký: các bước theo thứ tự, cùng bậc thì song song; duyệt, duyệt có sửa, trả lại kèm lý do, rút lại.

Người được giao bước vắng thì người được ủy quyền thay (``Scope.acts_for``); người ấy không còn ở đơn vị thì lãnh đạo đơn vị
thay; đơn vị đã kết thúc thì bước theo chuyển giao tới nơi kế thừa, và trả về một bước cũ thì tới nơi kế thừa của nó.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, Refused, refuse_if
from tinhgon.documents.access import document_for
from tinhgon.documents.drafting_access import step_for
from tinhgon.documents.minutes_access import MINUTES
from tinhgon.documents.models import Approval, ApprovalStep, Document
from tinhgon.documents.selectors.joint import joint_of
from tinhgon.documents.selectors.paths import Seat, may_stand, path_for, proposed_seats
from tinhgon.documents.services import checks, readiness, versions
from tinhgon.documents.services.drafting import secret_content
from tinhgon.org.access import scope_of
from tinhgon.org.locks import hold_open
from tinhgon.org.models import Appointment, Person
from tinhgon.org.selectors.succession import open_heirs

State = ApprovalStep.State
Kind = ApprovalStep.Kind


@transaction.atomic
def submit(actor: Actor, *, on: date, document_id: int, seats: Sequence[Seat], note: str = "") -> Approval:
    """Trình ký bản hiện có qua ``seats``; bậc thấp nhất tới lượt ngay. Từ đây người soạn không sửa được, trừ khi rút lại.

    ``Refused`` với mọi lý do: chưa có nội dung, còn lấy ý kiến, thẩm định chưa đạt, thiếu người ký cuối, thiếu bậc bắt buộc của
    cơ quan, đơn vị kết thúc, người không ở đơn vị.
    """
    document = document_for(actor, document_id, to="edit", on=on, lock=True)
    if document.secrecy:
        raise Refused(secret_content())
    rows = {one.unit.id: one.row.pk for one in joint_of(document, on=on) if one.unit}
    seats = [replace(seat, joint_id=rows.get(seat.unit_id)) if seat.kind == Kind.JOINT else seat for seat in seats]
    refuse_if([*readiness.missing_before_approval(document), *_faults(document, seats, on), *missing_seats(document, seats, on)])
    hold_open([document.holder_id, *(seat.unit_id for seat in seats)], on=on)
    approval = _start(document, seats, note=note, started_by=_person(actor, on))
    document.in_approval, document.return_reason = True, ""
    _name_signer(document, seats, on)
    document.save(update_fields=["in_approval", "return_reason", "signer_name", "signer_position"])
    record(
        actor, "documents.approval_started", ("document", document.pk),
        after={"round": approval.number, "version": approval.version, "steps": len(seats)},
    )  # fmt: skip
    return approval


@transaction.atomic
def approve(actor: Actor, *, on: date, step_id: int, note: str = "", body: str | None = None) -> ApprovalStep:
    """Ký nháy, duyệt hay ký. ``body``: chữ đã sửa, thành bản kế tiếp của dự thảo. Bước cuối xong thì dự thảo chờ cấp số."""
    step = step_for(actor, step_id, on=on)
    document = step.document
    hold_open([step.unit_id], on=on, touching=[document.holder_id])
    before = readiness.current_version(document)
    last = document.versions.filter(number=before).first()
    if body is not None and last is not None and body.strip() != last.body.strip():
        versions.change_text(actor, document, on=on, body=body, note=_("Sửa khi %(kind)s") % {"kind": step.get_kind_display()})
    step.version = readiness.current_version(document)
    step.state = State.CHANGED if step.version != before else State.APPROVED
    step.note, step.acted_at, step.acted_by_id = note.strip(), clock.now(), _person(actor, on)
    step.save()
    is_last = _advance(step.approval, document)
    record(
        actor, "documents.step_approved", ("document", document.pk),
        after={"step": step.pk, "kind": step.kind, "said": step.get_kind_display(), "version": step.version, "note": step.note,
               "last": is_last},
    )  # fmt: skip
    return step


@transaction.atomic
def return_step(actor: Actor, *, on: date, step_id: int, reason: str, back_to: int | None = None) -> Approval:
    """Trả lại kèm lý do: về nơi soạn, hoặc về một bước đã qua (``back_to``) để làm lại từ bước ấy.

    Bước ấy của đơn vị đã kết thúc thì tới nơi kế thừa; người ấy không còn ở đó thì lãnh đạo nơi ấy.
    """
    if not reason.strip():
        raise Invalid(Reason("documents.missing", _("Hãy ghi lý do trả lại."), "reason"))
    step = step_for(actor, step_id, on=on)
    document, approval = step.document, step.approval
    seats = _again(approval, back_to, document, on) if back_to else []
    hold_open([step.unit_id, *(seat.unit_id for seat in seats)], on=on, touching=[document.holder_id])
    step.state, step.note, step.acted_at = State.RETURNED, reason.strip(), clock.now()
    step.acted_by_id = _person(actor, on)
    step.save()
    _end(approval, Approval.State.RETURNED)
    if seats:
        _start(document, seats, note=approval.note, started_by=approval.started_by_id)
    else:
        document.in_approval, document.return_reason = False, reason.strip()[:500]
        document.save(update_fields=["in_approval", "return_reason"])
    record(
        actor, "documents.step_returned", ("document", document.pk),
        after={"step": step.pk, "reason": reason.strip(), "back_to": seats[0].unit_id if seats else document.holder_id},
    )  # fmt: skip
    return approval


@transaction.atomic
def withdraw(actor: Actor, *, on: date, document_id: int, reason: str = "") -> Approval:
    """Nơi soạn rút lại để sửa: các bước chưa xong không còn cần, các bước đã ký ở lại làm lịch sử."""
    document = document_for(actor, document_id, to="withdraw", on=on, lock=True)
    approval = document.approvals.get(state=Approval.State.RUNNING)
    waiting = approval.steps.filter(state__in=ApprovalStep.OPEN).values_list("unit", flat=True)
    hold_open([document.holder_id], on=on, touching=waiting)
    _end(approval, Approval.State.WITHDRAWN)
    document.in_approval = False
    document.save(update_fields=["in_approval"])
    record(actor, "documents.approval_withdrawn", ("document", document.pk), after={"round": approval.number, "reason": reason.strip()})
    return approval


def _start(document: Document, seats: Sequence[Seat], *, note: str, started_by: int | None) -> Approval:
    last = document.approvals.order_by("-number").first()
    now = clock.now()
    approval = Approval.objects.create(
        document=document, number=last.number + 1 if last else 1, version=readiness.current_version(document),
        note=note.strip(), started_by_id=started_by, started_at=now,
    )  # fmt: skip
    first = min(seat.order for seat in seats)
    ApprovalStep.objects.bulk_create(
        ApprovalStep(
            approval=approval, document=document, order=seat.order, kind=seat.kind, unit_id=seat.unit_id, person_id=seat.person_id,
            joint_id=seat.joint_id,
            state=State.WAITING if seat.order == first else State.PENDING, opened_at=now if seat.order == first else None,
        )
        for seat in sorted(seats, key=lambda seat: seat.order)
    )  # fmt: skip
    return approval


def _name_signer(document: Document, seats: Sequence[Seat], on: date) -> None:
    """Chưa ghi ai ký thì người của bước ký: ai duyệt cũng thấy tờ giấy có khối ký như sẽ ban hành."""
    seat = next((seat for seat in reversed(seats) if seat.kind == Kind.SIGN and seat.person_id), None)
    if document.signer_name or seat is None:
        return
    line = next((line for line in may_stand(document, seat.kind, seat.unit_id, on=on) if line.person_id == seat.person_id), None)
    if line is not None:
        document.signer_name, document.signer_position = line.full_name, document.signer_position or line.title.upper()


def _advance(approval: Approval, document: Document) -> bool:
    """Bậc đang làm xong thì mở bậc kế; hết bậc thì dự thảo chờ cấp số. Trả về đã hết chưa."""
    steps = approval.steps
    if steps.filter(state=State.WAITING).exists():
        return False
    following = steps.filter(state=State.PENDING).aggregate(order=Min("order"))["order"]
    if following is not None:
        steps.filter(order=following).update(state=State.WAITING, opened_at=clock.now())
        return False
    approval.version = readiness.current_version(document)
    _end(approval, Approval.State.APPROVED)
    document.state, document.in_approval = Document.State.READY, False
    # tên in trên văn bản luôn là người đã ký, dù lúc soạn ghi tên ai
    document.signer_name = _signed_by(approval, Kind.SIGN) or document.signer_name
    document.recorder_name = _signed_by(approval, Kind.RECORD) or document.recorder_name
    document.save(update_fields=["state", "in_approval", "signer_name", "recorder_name"])
    _name_joint_signers(approval)
    return True


def _signed_by(approval: Approval, kind: str) -> str:
    signed = _signed(approval, kind).order_by("order").last()
    who = (signed.person or signed.acted_by) if signed else None
    return who.full_name if who else ""


def _signed(approval: Approval, kind: str) -> QuerySet[ApprovalStep]:
    return approval.steps.filter(kind=kind).exclude(state=State.REPLACED).select_related("person", "acted_by", "joint")


def _name_joint_signers(approval: Approval) -> None:
    for step in _signed(approval, Kind.JOINT):
        who = step.person or step.acted_by
        if step.joint is not None and who is not None:
            step.joint.person, step.joint.signer_name = who, who.full_name
            step.joint.save(update_fields=["person", "signer_name"])


def _end(approval: Approval, state: str) -> None:
    approval.steps.filter(state__in=ApprovalStep.OPEN).update(state=State.CANCELLED)
    approval.state, approval.ended_at = state, clock.now()
    approval.save(update_fields=["state", "ended_at", "version"])


def _again(approval: Approval, step_id: int, document: Document, on: date) -> list[Seat]:
    """Các chỗ làm lại từ bước ``step_id``: nơi kế thừa của đơn vị đã kết thúc, người còn ở đó."""
    steps = list(approval.steps.exclude(state=State.REPLACED).order_by("order", "pk"))
    back = next((s for s in steps if s.pk == step_id and s.state in (State.APPROVED, State.CHANGED)), None)
    if back is None:
        raise Invalid(Reason("documents.no_such_step", _("Không trả về bước ấy được: bước chưa làm, hoặc không thuộc lượt này."), "back_to"))
    heirs = open_heirs({s.unit_id for s in steps}, on=on)
    seats = []
    for step in steps:
        if step.order < back.order:
            continue
        unit = _heir(step.unit_id, heirs[step.unit_id], document)
        still = step.person_id and Appointment.objects.filter(person=step.person_id, post__unit=unit, valid__contains=on).exists()
        seats.append(Seat(step.order, step.kind, unit, step.person_id if still else None, step.joint_id))
    return seats


def _heir(unit_id: int, heirs: Sequence[int], document: Document) -> int:
    """Một nơi kế thừa thì là nơi ấy; nhiều nơi thì nơi đang giữ dự thảo; không rõ thì nói ra."""
    if len(heirs) == 1:
        return heirs[0]
    if document.holder_id in heirs:
        return document.holder_id
    sentence = _("Đơn vị của bước ấy đã kết thúc và có nhiều nơi kế thừa: hãy trả về nơi soạn để trình lại.")
    raise Refused(Reason("documents.many_heirs", sentence, "back_to", {"unit": unit_id}))


def _faults(document: Document, seats: Sequence[Seat], on: date) -> list[Reason]:
    if not seats:
        return [Reason("documents.no_steps", _("Chưa chọn ai để trình."), "steps")]
    reasons = checks.not_open({seat.unit_id for seat in seats}, on=on, field="steps")
    last = [seat for seat in seats if seat.order == max(s.order for s in seats)]
    if [seat.kind for seat in last] != [Kind.SIGN]:
        reasons.append(Reason("documents.signer_last", _("Bậc cuối phải là người ký văn bản, một mình."), "steps"))
    if sum(seat.kind == Kind.SIGN for seat in seats) > 1:
        reasons.append(Reason("documents.one_signer", _("Một văn bản có một người ký."), "steps"))
    if any(times > 1 for times in Counter((seat.unit_id, seat.person_id) for seat in seats).values()):
        reasons.append(Reason("documents.step_repeated", _("Có người đứng ở hai bước."), "steps"))
    return [*reasons, *_recorder_faults(document, seats), *_joint_faults(document, seats, on), *_not_there(seats, on)]


def _joint_faults(document: Document, seats: Sequence[Seat], on: date) -> Iterable[Reason]:
    """Văn bản liên tịch: người ký của mỗi cơ quan trong hệ thống đứng một bước, trước người ký của cơ quan chủ trì."""
    rows = {one.row.pk: one for one in joint_of(document, on=on) if one.unit is not None}
    asked = Counter(seat.joint_id for seat in seats if seat.kind == Kind.JOINT)
    if asked.keys() - rows.keys():
        yield Reason("documents.joint_elsewhere", _("Bước ký liên tịch phải ở một cơ quan cùng ban hành ghi trên dự thảo."), "steps")
    for pk, one in rows.items():
        if asked[pk] != 1:
            sentence = _("Văn bản liên tịch: %(unit)s phải có đúng một bước ký liên tịch.")
            yield Reason("documents.joint_missing", sentence % {"unit": one.name}, "steps")
    if len({one.unit.id for one in rows.values() if one.unit}) < len(rows):
        yield Reason("documents.joint_repeated", _("Hai cơ quan cùng ban hành nay là một: hãy sửa danh sách trước."), "steps")


def _recorder_faults(document: Document, seats: Sequence[Seat]) -> Iterable[Reason]:
    """Biên bản có hai chữ ký: người ghi ký trước, chủ trì ký sau; văn bản khác thì không có người ghi."""
    recorders = [seat for seat in seats if seat.kind == Kind.RECORD]
    if document.type.code != MINUTES:
        if recorders:
            yield Reason("documents.recorder_elsewhere", _("Chỉ biên bản mới có bước ký ghi biên bản."), "steps")
    elif len(recorders) != 1:
        yield Reason("documents.recorder_missing", _("Biên bản phải có đúng một người ghi biên bản ký trước người chủ trì."), "steps")
    elif any(seat.order <= recorders[0].order for seat in seats if seat.kind == Kind.SIGN):
        yield Reason("documents.recorder_first", _("Người ghi biên bản ký trước, người chủ trì ký sau."), "steps")


def _not_there(seats: Sequence[Seat], on: date) -> Iterable[Reason]:
    for seat in seats:
        if seat.person_id is None:
            continue
        if not Appointment.objects.filter(person=seat.person_id, post__unit=seat.unit_id, valid__contains=on).exists():
            name = Person.objects.values_list("full_name", flat=True).filter(pk=seat.person_id).first() or "?"
            yield Reason("documents.not_in_unit", _("%(name)s không có phân công ở đơn vị ấy.") % {"name": name}, "steps")


def missing_seats(document: Document, seats: Sequence[Seat], on: date) -> list[Reason]:
    """Đường bắt buộc của cơ quan: không được bỏ đơn vị nào của nó."""
    path = path_for(document, on=on)
    if path is None or not path.is_required:
        return []
    had = {(seat.kind, seat.unit_id) for seat in seats}
    missing = [seat for seat in proposed_seats(document, on=on) if (seat.kind, seat.unit_id) not in had]
    sentence = _("Đường trình ký bắt buộc của cơ quan còn thiếu bước %(kind)s.")
    return [Reason("documents.path_missing", sentence % {"kind": Kind(seat.kind).label}, "steps") for seat in missing]


def _person(actor: Actor, on: date) -> int | None:
    return scope_of(actor, on=on).person_id
