"""Thay người ở một bước trình ký chưa xong, không phải rút lại: các bước đã ký giữ nguyên, lượt trình chạy tiếp."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Reason, Refused, refuse_if
from tinhgon.documents.access import document_for
from tinhgon.documents.models import ApprovalStep
from tinhgon.documents.selectors.paths import Seat, may_stand
from tinhgon.documents.services import checks
from tinhgon.documents.services.approval import missing_seats
from tinhgon.documents.services.form import form_objections
from tinhgon.engine.vietnamese import fold
from tinhgon.org.access import scope_of
from tinhgon.org.locks import hold_open
from tinhgon.org.selectors.people import DirectoryLine

State = ApprovalStep.State
Kind = ApprovalStep.Kind


@transaction.atomic
def replace_signer(
    actor: Actor, *, on: date, step_id: int, person_id: int, reason: str, position: str = "", authority: str | None = None
) -> ApprovalStep:
    """Người điều hành lượt trình (lãnh đạo văn phòng, lãnh đạo cơ quan soạn hay đứng tên) đưa ``person_id`` vào chỗ một bước chưa ký.

    Thay người ký văn bản thì khối ký theo người mới: ``position`` trống là chức danh của người ấy, ``authority`` ``None`` là giữ
    quyền hạn đang ghi. ``Refused`` với mọi lý do: bước đã xong, thiếu lý do, người ấy không có thẩm quyền hôm nay hay đã ở bước khác,
    đường bắt buộc thành thiếu bước, khối ký sai thể thức, tệp Word in sẵn tên người cũ.
    """
    old = _step(actor, step_id, on)
    document = old.document
    seated = next((line for line in may_stand(document, old.kind, old.unit_id, on=on) if line.person_id == person_id), None)
    reasons = checks.missing(reason, "reason", _("Hãy ghi lý do thay người."))
    if seated is None:
        refuse_if([*reasons, _no_authority(old)])
        raise AssertionError
    reasons += _seat_faults(old, seated)
    had = _whole_faults(old, old.unit_id, on)
    _set_block(old, seated, position, authority)
    refuse_if([*reasons, *(fault for key, fault in _whole_faults(old, seated.unit_id, on).items() if key not in had)])
    hold_open([seated.unit_id], on=on, touching=[document.holder_id, old.unit_id])
    before = old.person.full_name if old.person else _("lãnh đạo đơn vị")
    new = _seat(old, seated, reason.strip(), scope_of(actor, on=on).person_id)
    document.save(update_fields=["signer_name", "signer_position", "authority", "recorder_name"])
    if old.joint is not None:
        old.joint.save(update_fields=["person", "signer_name", "signer_position", "authority"])
    record(
        actor, "documents.signer_replaced", ("document", document.pk), before={"step": old.pk, "person": old.person_id, "unit": old.unit_id},
        after={"step": new.pk, "person": new.person_id, "unit": new.unit_id, "before": before, "name": seated.full_name,
               "said": new.get_kind_display(), "reason": reason.strip()},
    )  # fmt: skip
    return new


def _step(actor: Actor, step_id: int, on: date) -> ApprovalStep:
    """Bước chưa xong của một lượt mình điều hành; khóa văn bản rồi khóa bước."""
    known = ApprovalStep.objects.filter(pk=step_id).values("document").first()
    document = document_for(actor, known["document"] if known else 0, to="replace_signer", on=on, lock=True)
    step = ApprovalStep.objects.select_for_update(of=("self",)).select_related("person", "approval", "joint").get(pk=step_id)
    if step.state not in ApprovalStep.OPEN:
        sentence = _("Bước này %(state)s nên không thay người được nữa.")
        raise Refused(Reason("documents.not_waiting", sentence % {"state": step.get_state_display()}))
    step.document = document
    return step


def _seat(old: ApprovalStep, seated: DirectoryLine, reason: str, by_id: int | None) -> ApprovalStep:
    new = ApprovalStep(
        approval=old.approval, document=old.document, order=old.order, kind=old.kind, unit_id=seated.unit_id, person_id=seated.person_id,
        joint=old.joint, state=old.state, opened_at=clock.now() if old.state == State.WAITING else None, replaces=old,
    )  # fmt: skip
    old.state, old.note, old.acted_at, old.acted_by_id = State.REPLACED, reason[:1000], clock.now(), by_id
    old.save(update_fields=["state", "note", "acted_at", "acted_by"])
    new.save()
    return new


def _no_authority(step: ApprovalStep) -> Reason:
    if step.kind in (Kind.SIGN, Kind.APPROVE):
        sentence = _("Người ấy không có thẩm quyền %(kind)s văn bản này hôm nay: phải là lãnh đạo của cơ quan đứng tên, cấp ủy của nó hay nơi soạn.")
    else:
        sentence = _("Người ấy không đứng được ở bước %(kind)s này: phải đang công tác ở đơn vị của bước, cơ quan đứng tên hay văn phòng, và không phải người soạn.")
    return Reason("documents.no_signing_authority", sentence % {"kind": step.get_kind_display()}, "person")


def _seat_faults(old: ApprovalStep, seated: DirectoryLine) -> Iterable[Reason]:
    """Người mới chưa đứng ở bước nào của lượt; tệp Word không in sẵn tên người cũ."""
    who = {"name": seated.full_name}
    if seated.person_id == old.person_id:
        yield Reason("documents.same_signer", _("%(name)s đang đứng ở bước này.") % who, "person")
    elif old.approval.steps.filter(person=seated.person_id).exclude(state=State.REPLACED).exists():
        yield Reason("documents.step_repeated", _("%(name)s đã đứng ở một bước khác của lượt này.") % who, "person")
    printed, last = _printed(old), old.document.versions.order_by("-number").first()
    if printed and last is not None and last.file_id and fold(printed) != fold(seated.full_name) and fold(printed) in fold(last.body):
        sentence = _("Tệp Word đang trình in sẵn tên %(name)s: hãy rút lại, sửa khối ký trong tệp rồi trình lại.") % {"name": printed}
        yield Reason("documents.word_names_signer", sentence, "person")


def _whole_faults(old: ApprovalStep, unit_id: int, on: date) -> dict[tuple[str, str], Reason]:
    """Lỗi của cả lượt khi bước ở ``unit_id``: thiếu bước của đường bắt buộc, khối ký sai thể thức. Chỉ lỗi mới sinh mới chặn việc thay."""
    others = old.approval.steps.exclude(pk=old.pk).exclude(state=State.REPLACED)
    seats = [Seat(step.order, step.kind, step.unit_id, step.person_id, step.joint_id) for step in others]
    found = missing_seats(old.document, [*seats, Seat(old.order, old.kind, unit_id, None)], on)
    if _printed(old):
        found += form_objections(old.document, on=on)
    return {(reason.code, reason.sentence): reason for reason in found}


def _printed(step: ApprovalStep) -> str:
    """Tên in trên văn bản của bước ấy; ký nháy, duyệt thì không in."""
    joint = step.joint.signer_name if step.joint else ""
    return {Kind.SIGN: step.document.signer_name, Kind.RECORD: step.document.recorder_name, Kind.JOINT: joint}.get(Kind(step.kind), "")


def _set_block(step: ApprovalStep, seated: DirectoryLine, position: str, authority: str | None) -> None:
    if step.kind == Kind.RECORD:
        step.document.recorder_name = seated.full_name
    block = step.joint if step.joint is not None else step.document if step.kind == Kind.SIGN else None
    if block is None:
        return
    block.signer_name = seated.full_name
    block.signer_position = (position.strip() or seated.title.upper())[:120]
    block.authority = block.authority if authority is None else authority.strip()[:120]
    if step.joint is not None:
        step.joint.person_id = seated.person_id
