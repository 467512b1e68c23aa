"""Soạn: lập dự thảo, sửa, trình văn thư cấp số, văn thư trả lại."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, refuse_if
from tinhgon.documents.access import document_for
from tinhgon.documents.models import Approval, Direction, Document, PaperSize, Secrecy, Urgency
from tinhgon.documents.services import checks, readiness
from tinhgon.org.access import Standing, acting, require, scope_of
from tinhgon.org.locks import hold_open
from tinhgon.org.rights import Verb

EDITABLE = (
    "type_id", "summary", "direction", "issuer_id", "function_id", "signer_name", "urgency", "secrecy", "due_on",
    "signer_position", "authority", "place", "addressees", "receivers", "copies",
    "circulation", "paper_size", "recorder_name",
)  # fmt: skip
"""Các ô của dự thảo sửa được."""


@transaction.atomic
def create_draft(
    actor: Actor,
    *,
    on: date,
    type_id: int,
    summary: str,
    direction: str = Direction.OUTGOING,
    holder_id: int | None = None,
    issuer_id: int | None = None,
    function_id: int | None = None,
    signer_name: str = "",
    urgency: int = Urgency.NORMAL,
    secrecy: int = Secrecy.NORMAL,
    due_on: date | None = None,
    answers_id: int | None = None,
    **printed: Any,
) -> Document:
    """Lập dự thảo ở đơn vị của người soạn (``holder_id``: một đơn vị khác trong phạm vi của vị trí). Chưa có số.

    ``issuer_id``: cơ quan sẽ đứng tên; bỏ trống thì chọn lúc cấp số. ``answers_id``: văn bản được trả lời, phải thấy được.
    ``printed``: các ô khác của ``EDITABLE`` (chức vụ, quyền hạn ký, địa danh, Kính gửi, nơi nhận, số bản).
    ``Invalid`` với mọi ô sai.
    """
    standing = require(actor, Verb.DRAFT, on=on, unit_id=holder_id)
    unit_id = holder_id or (standing.unit_id if standing else None)
    if unit_id is None:
        raise Invalid(Reason("documents.missing", _("Chưa chọn đơn vị soạn."), "holder"))
    draft = Document(
        direction=direction, type_id=type_id, summary=summary.strip(), holder_id=unit_id, issuer_id=issuer_id,
        function_id=function_id, signer_name=signer_name.strip(), urgency=urgency, secrecy=secrecy, due_on=due_on,
        drafter_id=scope_of(actor, on=on).person_id, created_at=clock.now(),
        answers_id=document_for(actor, answers_id, on=on).pk if answers_id else None,
    )  # fmt: skip
    for name, value in printed.items():
        if name not in EDITABLE:
            raise TypeError(f"create_draft không có ô {name}")
        setattr(draft, name, value.strip() if isinstance(value, str) else value)
    _refuse_invalid(draft, on, standing)
    hold_open([unit_id], on=on)
    draft.save()
    record(actor, "documents.drafted", ("document", draft.pk), after={"summary": draft.summary, "holder": unit_id})
    return draft


@transaction.atomic
def edit_draft(actor: Actor, *, on: date, document_id: int, changes: Mapping[str, Any]) -> Document:
    """Sửa dự thảo. ``changes``: khóa trong ``EDITABLE``. Nâng độ mật khi đã có tệp thì bị từ chối."""
    return change_draft(actor, document_for(actor, document_id, to="edit", on=on, lock=True), on=on, changes=changes)


def change_draft(actor: Actor, draft: Document, *, on: date, changes: Mapping[str, Any]) -> Document:
    """Như ``edit_draft``, khi nơi gọi đã xét quyền và đang khóa dự thảo."""
    before = {name: getattr(draft, name) for name in changes if name in EDITABLE}
    for name in before:
        value = changes[name]
        setattr(draft, name, value.strip() if isinstance(value, str) else value)
    after = {name: getattr(draft, name) for name in before}
    _refuse_invalid(draft, on, None if actor.is_system else acting(actor, on=on))
    if draft.secrecy and (draft.attachments.exists() or draft.versions.exists()):
        refuse_if([secret_content()])
    hold_open([draft.holder_id], on=on)
    draft.save()
    if before != after:
        forget_received(draft)
        draft.approvals.filter(state=Approval.State.APPROVED).update(state=Approval.State.OUTDATED)
    record(actor, "documents.draft_edited", ("document", draft.pk), before=before, after=after)
    return draft


@transaction.atomic
def send_to_issue(actor: Actor, *, on: date, document_id: int) -> Document:
    """Trình văn thư cấp số: từ đây văn thư thấy dự thảo, người soạn không sửa nữa. ``Refused`` với mọi bước còn thiếu."""
    refuse_if(readiness.missing_before_desk(document_for(actor, document_id, to="send_to_issue", on=on, lock=True), on=on))
    return _change_state(actor, on, document_id, "send_to_issue", Document.State.READY, "documents.sent_to_issue", "")


@transaction.atomic
def return_draft(actor: Actor, *, on: date, document_id: int, reason: str) -> Document:
    """Văn thư trả dự thảo về người soạn, kèm lý do."""
    if not reason.strip():
        raise Invalid(Reason("documents.missing", _("Hãy ghi lý do trả lại."), "reason"))
    return _change_state(
        actor, on, document_id, "return_draft", Document.State.DRAFT, "documents.draft_returned", reason.strip()
    )


def secret_content() -> Reason:
    """Nội dung mật không bao giờ lưu ở đây (domain §1.6)."""
    sentence = _("Văn bản mật chỉ ghi dòng sổ: nội dung không được lưu trên hệ thống này. Hãy giữ bản giấy theo quy định bảo mật.")
    return Reason("documents.secret_content", sentence, "secrecy")


def forget_received(draft: Document) -> None:
    """Văn bản đã đổi thì bản liên tịch nhận trước đó không còn là bản này; nhật ký vẫn giữ lần nhận ấy."""
    draft.joint_organs.filter(received_on__isnull=False).update(received_on=None, received_note="", received_by=None)


def _change_state(
    actor: Actor, on: date, document_id: int, to: str, state: Document.State, code: str, reason: str
) -> Document:
    draft = document_for(actor, document_id, to=to, on=on, lock=True)
    hold_open([draft.holder_id], on=on)
    before = draft.state
    draft.state, draft.return_reason = state, reason
    draft.save(update_fields=["state", "return_reason"])
    record(actor, code, ("document", draft.pk), before={"state": before}, after={"state": state, "reason": reason})
    return draft


def _refuse_invalid(draft: Document, on: date, standing: Standing | None) -> None:
    reasons = [
        *checks.actor_not_cleared(standing, draft.secrecy),
        *checks.missing(draft.summary, "summary", _("Chưa ghi trích yếu.")),
        *checks.unknown_type(draft.type_id),
        *checks.unknown_function(draft.function_id),
        *_unknown_choices(draft),
    ]
    if draft.issuer_id is not None:
        reasons += checks.not_open([draft.issuer_id], on=on, field="issuer")
    if reasons:
        raise Invalid(*reasons)


def _unknown_choices(draft: Document) -> list[Reason]:
    reasons = []
    if draft.direction not in (Direction.OUTGOING, Direction.INTERNAL):
        reasons.append(Reason("documents.direction", _("Dự thảo chỉ là văn bản đi hoặc nội bộ."), "direction"))
    if draft.secrecy not in Secrecy.values:
        reasons.append(Reason("documents.secrecy", _("Độ mật này không có."), "secrecy"))
    if draft.paper_size not in PaperSize.values:
        reasons.append(Reason("documents.paper_size", _("Khổ giấy chỉ có A4 và A5."), "paper_size"))
    if draft.urgency not in Urgency.values:
        reasons.append(Reason("documents.urgency", _("Độ khẩn này không có."), "urgency"))
    return reasons
