"""Thẩm định: xin, giao người, góp ý từng đoạn, tiếp thu, kết luận đạt hay phải sửa."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Invalid, Reason, Refused, refuse_if
from tinhgon.documents.access import document_for
from tinhgon.documents.drafting_access import appraisal_for, mine_among, remark_for
from tinhgon.documents.models import Appraisal, AppraisalRemark, Document
from tinhgon.documents.selectors.violations import Finding, findings
from tinhgon.documents.services import checks
from tinhgon.documents.services.drafting import secret_content
from tinhgon.documents.services.readiness import current_version, open_remarks
from tinhgon.org.access import acting, scope_of
from tinhgon.org.locks import hold_open
from tinhgon.org.models import Appointment

State = Appraisal.State
_QUOTE = 300


@transaction.atomic
def ask_appraisal(actor: Actor, *, on: date, document_id: int, by_unit_id: int) -> Appraisal:
    """Xin thẩm định bản hiện có; nơi thẩm định từ đây thấy dự thảo. Vòng đếm từ 1."""
    document = document_for(actor, document_id, to="edit", on=on, lock=True)
    if document.secrecy:
        raise Refused(secret_content())
    reasons = checks.not_open([by_unit_id], on=on, field="by_unit")
    if not current_version(document):
        reasons.append(Reason("documents.no_body", _("Dự thảo chưa có nội dung: hãy soạn hoặc nộp tệp Word.")))
    last = document.appraisals.order_by("-number").first()
    if last is not None and last.state == State.WAITING:
        reasons.append(Reason("documents.appraisal_open", _("Dự thảo đang chờ thẩm định vòng %(round)d.") % {"round": last.number}))
    refuse_if(reasons)
    hold_open([document.holder_id, by_unit_id], on=on)
    appraisal = Appraisal.objects.create(
        document=document, number=last.number + 1 if last else 1, version=current_version(document), by_unit_id=by_unit_id,
        asked_at=clock.now(), asked_by_id=_person(actor, on),
    )  # fmt: skip
    _clear_return(document)
    record(
        actor, "documents.appraisal_asked", ("document", document.pk),
        after={"round": appraisal.number, "version": appraisal.version, "unit": by_unit_id},
    )  # fmt: skip
    return appraisal


@transaction.atomic
def withdraw_appraisal(actor: Actor, *, on: date, document_id: int, reason: str) -> Appraisal:
    """Nơi soạn rút lại vòng đang chờ để sửa tiếp; nơi thẩm định không phải đọc bản ấy nữa. Góp ý đã ghi ở lại."""
    if not reason.strip():
        raise Invalid(Reason("documents.missing", _("Hãy ghi lý do rút lại."), "reason"))
    document = document_for(actor, document_id, to="edit", on=on, lock=True)
    appraisal = document.appraisals.select_for_update().filter(state=State.WAITING).first()
    if appraisal is None:
        raise Refused(Reason("documents.no_open_appraisal", _("Dự thảo không đang thẩm định.")))
    hold_open([document.holder_id], on=on, touching=[appraisal.by_unit_id])
    appraisal.state, appraisal.concluded_at = State.WITHDRAWN, clock.now()
    appraisal.save(update_fields=["state", "concluded_at"])
    record(
        actor, "documents.appraisal_withdrawn", ("document", document.pk),
        after={"round": appraisal.number, "reason": reason.strip()},
    )  # fmt: skip
    return appraisal


@transaction.atomic
def assign_appraiser(actor: Actor, *, on: date, appraisal_id: int, person_id: int) -> Appraisal:
    """Lãnh đạo nơi thẩm định giao cho một người của mình."""
    appraisal = appraisal_for(actor, appraisal_id, on=on)
    standing = None if actor.is_system else acting(actor, on=on)
    if standing is not None and not (standing.sees_whole_unit and appraisal.by_unit_id in standing.units):
        raise Forbidden(Reason("documents.not_permitted", _("Chỉ lãnh đạo nơi thẩm định giao được người.")))
    units = {appraisal.by_unit_id} | (standing.units if standing else set())
    if not Appointment.objects.filter(person=person_id, valid__contains=on, post__unit__in=units).exists():
        raise Refused(Reason("documents.not_in_unit", _("Người này không có phân công ở đơn vị thẩm định."), "person"))
    hold_open([appraisal.by_unit_id], on=on, touching=[appraisal.document.holder_id])
    before, appraisal.appraiser_id = appraisal.appraiser_id, person_id
    appraisal.save(update_fields=["appraiser"])
    record(
        actor, "documents.appraisal_assigned", ("document", appraisal.document_id), before={"appraiser": before},
        after={"round": appraisal.number, "appraiser": person_id},
    )  # fmt: skip
    return appraisal


@transaction.atomic
def add_remark(actor: Actor, *, on: date, appraisal_id: int, text: str, paragraph: int = 0) -> AppraisalRemark:
    """Góp ý nội dung vào một đoạn (từ 1) của bản đang thẩm định; 0 là cả văn bản. Chữ của đoạn được chép lại."""
    appraisal = appraisal_for(actor, appraisal_id, on=on)
    version = appraisal.document.versions.get(number=appraisal.version)
    paragraphs = version.body.split("\n")
    reasons = checks.missing(text, "text", _("Hãy ghi góp ý."))
    if not 0 <= paragraph <= len(paragraphs):
        reasons.append(Reason("documents.no_such_paragraph", _("Bản này không có đoạn ấy."), "paragraph"))
    if reasons:
        raise Invalid(*reasons)
    hold_open([appraisal.by_unit_id], on=on, touching=[appraisal.document.holder_id])
    remark = AppraisalRemark.objects.create(
        appraisal=appraisal, paragraph=paragraph, quote=paragraphs[paragraph - 1][:_QUOTE] if paragraph else "",
        text=text.strip(), author_id=_person(actor, on), made_at=clock.now(),
    )  # fmt: skip
    record(
        actor, "documents.remark_made", ("document", appraisal.document_id),
        after={"round": appraisal.number, "remark": remark.pk, "paragraph": paragraph},
    )  # fmt: skip
    return remark


@transaction.atomic
def answer_remark(actor: Actor, *, on: date, remark_id: int, answer: str) -> AppraisalRemark:
    """Nơi soạn tiếp thu hay giải trình một góp ý."""
    remark = remark_for(actor, remark_id, on=on)
    document_for(actor, remark.appraisal.document_id, to="edit", on=on)
    if not answer.strip():
        raise Invalid(Reason("documents.missing", _("Hãy ghi đã tiếp thu thế nào, hoặc giải trình."), "answer"))
    if remark.state == AppraisalRemark.State.RESOLVED:
        raise Refused(Reason("documents.remark_resolved", _("Góp ý này đã xong.")))
    hold_open([remark.appraisal.document.holder_id], on=on)
    remark.state, remark.answer = AppraisalRemark.State.ANSWERED, answer.strip()
    remark.answered_at, remark.answered_by_id = clock.now(), _person(actor, on)
    remark.save()
    record(
        actor, "documents.remark_answered", ("document", remark.appraisal.document_id),
        after={"remark": remark.pk, "answer": remark.answer},
    )  # fmt: skip
    return remark


@transaction.atomic
def resolve_remark(actor: Actor, *, on: date, remark_id: int) -> AppraisalRemark:
    """Người thẩm định xác nhận góp ý đã xong, trong vòng đang thẩm định (góp ý của vòng trước cũng được)."""
    remark = remark_for(actor, remark_id, on=on)
    document = remark.appraisal.document
    now = document.appraisals.filter(state=State.WAITING).first()
    if now is None or not mine_among(actor, [now], on=on):
        raise Forbidden(Reason("documents.not_permitted", _("Chỉ người đang thẩm định xác nhận được góp ý đã xong.")))
    hold_open([now.by_unit_id], on=on, touching=[document.holder_id])
    before, remark.state, remark.resolved_at = remark.state, AppraisalRemark.State.RESOLVED, clock.now()
    remark.save(update_fields=["state", "resolved_at"])
    record(
        actor, "documents.remark_resolved", ("document", document.pk), before={"state": before}, after={"remark": remark.pk}
    )
    return remark


@transaction.atomic
def conclude_appraisal(actor: Actor, *, on: date, appraisal_id: int, passed: bool, conclusion: str = "") -> Appraisal:
    """Kết luận. Đạt: không còn lỗi thể thức chặn, không còn góp ý chưa xong. Phải sửa: dự thảo về người soạn với kết luận."""
    appraisal = appraisal_for(actor, appraisal_id, on=on)
    document = appraisal.document
    found = findings(document, on=on)
    if passed:
        refuse_if(_not_passed(document, found))
    elif not conclusion.strip():
        raise Invalid(Reason("documents.missing", _("Hãy ghi phải sửa những gì."), "conclusion"))
    hold_open([appraisal.by_unit_id], on=on, touching=[document.holder_id])
    appraisal.state = State.PASSED if passed else State.MUST_FIX
    appraisal.conclusion, appraisal.concluded_at = conclusion.strip(), clock.now()
    appraisal.concluded_by_id = _person(actor, on)
    appraisal.findings = [{"code": f.code, "sentence": f.sentence, "blocking": f.is_blocking} for f in found]
    appraisal.save()
    if not passed:
        document.return_reason = appraisal.conclusion[:500]
        document.save(update_fields=["return_reason"])
    record(
        actor, "documents.appraisal_passed" if passed else "documents.appraisal_must_fix", ("document", document.pk),
        after={"round": appraisal.number, "conclusion": appraisal.conclusion, "findings": len(found)},
    )  # fmt: skip
    return appraisal


def _not_passed(document: Document, found: list[Finding]) -> list[Reason]:
    return [Reason(f.code, f.sentence) for f in found if f.is_blocking] + open_remarks(document)


def _clear_return(document: Document) -> None:
    if document.return_reason:
        document.return_reason = ""
        document.save(update_fields=["return_reason"])


def _person(actor: Actor, on: date) -> int | None:
    return scope_of(actor, on=on).person_id
