"""Bản sao: sao y, trích sao, sao lục; mỗi bản có số riêng trong sổ bản sao (``BS``) và gắn với văn bản gốc."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, refuse_if
from tinhgon.documents.access import document_for
from tinhgon.documents.models import CopyKind, Direction, Document
from tinhgon.documents.services import checks, numbers
from tinhgon.documents.services.books import imprint, organ_of
from tinhgon.documents.services.finals import file_copy
from tinhgon.org.access import require
from tinhgon.org.locks import hold_open
from tinhgon.org.rights import Verb


@transaction.atomic
def copy(
    actor: Actor, *, on: date, document_id: int, kind: str, signer_name: str, issuer_id: int | None = None,
    signer_position: str = "", authority: str = "", receivers: str = "", copies: int | None = None, extract: str = "",
) -> Document:  # fmt: skip
    """Ban hành một bản sao của ``document_id`` ngày ``on``; trích sao phải ghi phần được trích. Trả về dòng sổ bản sao."""
    original = document_for(actor, document_id, to="copy", on=on)
    standing = require(actor, Verb.ISSUE, on=on)
    organ = organ_of(standing.organ_id if standing else original.holder_id, issuer_id, on=on)
    require(actor, Verb.ISSUE, on=on, unit_id=organ.id)
    mistakes = [
        *checks.missing(signer_name, "signer_name", _("Chưa ghi người ký bản sao.")),
        *checks.actor_not_cleared(standing, original.secrecy),
    ]
    if kind not in CopyKind.values:
        mistakes.append(Reason("documents.copy_kind", _("Chưa chọn loại bản sao."), "kind"))
    if kind == CopyKind.EXTRACT and not extract.strip() and not original.secrecy:
        mistakes.append(Reason("documents.missing", _("Trích sao: hãy ghi phần được trích."), "extract"))
    if mistakes:
        raise Invalid(*mistakes)
    printed = imprint(
        organ=organ, direction=Direction.OUTGOING, kind=original.type, is_secret=original.secrecy > 0, on=on, copy_kind=kind
    )
    refuse_if(printed.objections)
    assert printed.book is not None
    series = numbers.lock(printed.book, on=on)
    hold_open([organ.id], on=on)
    number = numbers.draw(series)
    made = Document.objects.create(
        direction=Direction.OUTGOING, state=Document.State.REGISTERED, type=original.type, holder_id=organ.id,
        function_id=original.function_id, issuer_id=organ.id, issuer_name=organ.name, series=series, number=number,
        symbol=printed.symbol(number), issued_on=on, summary=original.summary, signer_name=signer_name.strip(),
        signer_position=signer_position.strip(), authority=authority.strip(), receivers=receivers.strip(), copies=copies,
        urgency=original.urgency, secrecy=original.secrecy, drafter_id=standing.person_id if standing else None,
        content="" if original.secrecy else extract.strip() or original.content, copy_of=original, copy_kind=kind,
        place=original.place, created_at=clock.now(),
    )  # fmt: skip
    file_copy(actor, made, original, extract.strip())
    record(
        actor, "documents.copied", ("document", made.pk),
        after={"symbol": made.symbol, "number": number, "series": series.pk, "kind": kind, "original": original.pk},
    )  # fmt: skip
    return made
