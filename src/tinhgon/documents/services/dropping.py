"""Bỏ một dự thảo không còn cần: mọi bước đang chờ thôi, các bản và lịch sử ở lại; chưa từng có số nên sổ không có chỗ trống."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason
from tinhgon.documents.access import document_for
from tinhgon.documents.models import (
    Appraisal,
    Approval,
    ApprovalStep,
    Document,
    Opinion,
    OpinionRequest,
)
from tinhgon.org.locks import hold_open


@transaction.atomic
def drop_draft(actor: Actor, *, on: date, document_id: int, reason: str) -> Document:
    """Nơi soạn bỏ dự thảo chưa có số, kèm lý do, kể cả khi đang lấy ý kiến, thẩm định, trình ký hay chờ cấp số."""
    if not reason.strip():
        raise Invalid(Reason("documents.missing", _("Hãy ghi lý do bỏ dự thảo."), "reason"))
    document = document_for(actor, document_id, to="drop", on=on, lock=True)
    hold_open([document.holder_id], on=on, touching=_asked(document))
    _end_steps(document)
    before = document.state
    document.state, document.in_approval, document.return_reason = Document.State.DROPPED, False, ""
    document.void_reason, document.finished_on = reason.strip()[:300], on
    document.save(update_fields=["state", "in_approval", "return_reason", "void_reason", "finished_on"])
    record(
        actor, "documents.draft_dropped", ("document", document.pk), before={"state": before}, after={"reason": document.void_reason}
    )
    return document


def _asked(document: Document) -> set[int]:
    """Các đơn vị đang có phần việc trên dự thảo."""
    waiting = Opinion.State.WAITING
    return {
        *document.opinions.filter(state=waiting).values_list("to_unit", flat=True),
        *document.appraisals.filter(state=Appraisal.State.WAITING).values_list("by_unit", flat=True),
        *document.approval_steps.filter(state__in=ApprovalStep.OPEN).values_list("unit", flat=True),
    }


def _end_steps(document: Document) -> None:
    now = clock.now()
    document.opinions.filter(state=Opinion.State.WAITING).update(state=Opinion.State.NONE)
    document.opinion_requests.filter(state=OpinionRequest.State.OPEN).update(state=OpinionRequest.State.CLOSED, closed_at=now)
    document.appraisals.filter(state=Appraisal.State.WAITING).update(state=Appraisal.State.WITHDRAWN, concluded_at=now)
    document.approval_steps.filter(state__in=ApprovalStep.OPEN).update(state=ApprovalStep.State.CANCELLED)
    document.approvals.filter(state=Approval.State.RUNNING).update(state=Approval.State.WITHDRAWN, ended_at=now)
