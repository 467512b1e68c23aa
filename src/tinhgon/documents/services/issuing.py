"""Ban hành: cấp số lúc phát hành, không bao giờ lúc dự thảo; hủy số thì phải có lý do."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, refuse_if
from tinhgon.documents.access import document_for
from tinhgon.documents.models import Document, RoutingLine
from tinhgon.documents.services import checks, numbers
from tinhgon.engine import numbering
from tinhgon.org.access import require
from tinhgon.org.locks import hold_open
from tinhgon.org.models import Term
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import UnitAt, path, term_at


@transaction.atomic
def issue(
    actor: Actor, *, on: date, document_id: int, issuer_id: int | None = None, signer_name: str = ""
) -> Document:
    """Cấp số và ban hành ngày ``on``: số kế tiếp của sổ (cơ quan, tên loại, nhiệm kỳ; mật sổ riêng).

    ``issuer_id``: cơ quan đứng tên, mặc định theo dự thảo, rồi cơ quan của đơn vị soạn. ``Refused`` với mọi lý do: cơ quan
    đã kết thúc, không phải cơ quan có sổ, chưa có ký hiệu, không có nhiệm kỳ, tên loại không cấp số, chưa ghi người ký.
    """
    draft = document_for(actor, document_id, to="issue", on=on)
    organ = _organ_of(draft, issuer_id or draft.issuer_id, on)
    require(actor, Verb.ISSUE, on=on, unit_id=organ.id if organ.is_open else draft.holder_id)
    term = term_at(organ.id, on=on)
    signer = signer_name.strip() or draft.signer_name
    refuse_if(_objections(draft, organ, term, signer, on))
    assert term is not None
    series = numbers.lock_outgoing(
        organ_id=organ.id, direction=draft.direction, type_id=draft.type_id, term_id=term.pk,
        is_secret=draft.secrecy > 0, on=on,
    )  # fmt: skip
    document = document_for(actor, document_id, to="issue", on=on, lock=True)
    hold_open([organ.id], on=on, touching=[document.holder_id])
    document.series, document.number = series, numbers.draw(series)
    document.symbol = numbering.symbol(document.number, document.type.abbreviation, organ.symbol)
    document.issuer_id, document.issuer_name = organ.id, organ.name
    document.issued_on, document.signer_name = on, signer
    document.state, document.return_reason = Document.State.REGISTERED, ""
    document.save()
    record(
        actor, "documents.issued", ("document", document.pk),
        after={"symbol": document.symbol, "number": document.number, "series": series.pk, "on": on, "issuer": organ.id},
    )  # fmt: skip
    return document


@transaction.atomic
def void(actor: Actor, *, on: date, document_id: int, reason: str) -> Document:
    """Hủy số: văn bản ở lại trong sổ với lý do, số không dùng lại; các dòng chuyển đang mở bị thu hồi."""
    if not reason.strip():
        raise Invalid(Reason("documents.missing", _("Hãy ghi lý do hủy số."), "reason"))
    document = document_for(actor, document_id, to="void", on=on, lock=True)
    open_lines = document.lines.filter(state__in=RoutingLine.OPEN)
    touched = {document.holder_id, *open_lines.values_list("to_unit", flat=True)}
    hold_open([], on=on, touching=touched)
    recalled = open_lines.update(state=RoutingLine.State.RECALLED, finished_at=clock.now())
    before = document.state
    document.state, document.void_reason, document.finished_on = Document.State.VOID, reason.strip(), on
    document.save(update_fields=["state", "void_reason", "finished_on"])
    record(
        actor, "documents.voided", ("document", document.pk), before={"state": before},
        after={"symbol": document.symbol, "number": document.number, "reason": document.void_reason, "recalled": recalled},
    )  # fmt: skip
    return document


def _organ_of(draft: Document, chosen_id: int | None, on: date) -> UnitAt:
    """Cơ quan được chọn, hay cơ quan gần nhất chứa đơn vị soạn: phòng bên trong không có sổ, không có con dấu."""
    chain = path(chosen_id or draft.holder_id, on=on)
    if not chain:
        raise Invalid(Reason("org.unit_not_found", _("Đơn vị này không có."), "issuer"))
    if chosen_id:
        return chain[-1]
    return next((unit for unit in reversed(chain) if unit.is_organ), chain[-1])


def _objections(draft: Document, organ: UnitAt, term: Term | None, signer: str, on: date) -> list[Reason]:
    reasons = checks.not_open([organ.id], on=on, field="issuer")
    if not draft.type.abbreviation:
        sentence = _("Tên loại “%(type)s” không cấp số ở đây.") % {"type": draft.type.name}
        reasons.append(Reason("documents.type_without_number", sentence, "type"))
    reasons += checks.missing(signer, "signer_name", _("Chưa ghi người ký."))
    if not organ.is_open:
        return reasons
    shown = {"unit": organ.name}
    if not organ.is_organ:
        sentence = _("%(unit)s là phòng bên trong, không có sổ và con dấu: hãy chọn cơ quan đứng tên.") % shown
        reasons.append(Reason("documents.not_an_organ", sentence, "issuer"))
    if not organ.symbol:
        reasons.append(Reason("documents.no_symbol", _("%(unit)s chưa có ký hiệu văn bản.") % shown, "issuer"))
    if term is None:
        sentence = _("%(unit)s chưa có nhiệm kỳ trong ngày này: sổ văn bản của Đảng chạy theo nhiệm kỳ.") % shown
        reasons.append(Reason("documents.no_term", sentence, "issuer"))
    return reasons


