"""Từ khay (hay từ giấy) vào sổ: xét bản đã có trước khi lưu, rồi vào sổ bằng đúng động từ ``register_incoming``, kèm tệp và toàn văn."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, Refused
from tinhgon.documents.access import document_for
from tinhgon.documents.access_tray import arrival_for
from tinhgon.documents.models import Arrival, ArrivalFile, Document
from tinhgon.documents.selectors.duplicates import same_paper
from tinhgon.documents.services import contents
from tinhgon.documents.services.attaching import attach_stored
from tinhgon.documents.services.drafting import secret_content
from tinhgon.documents.services.incoming import register_incoming
from tinhgon.documents.services.noting import note_arrival
from tinhgon.engine.edxml.states import Code
from tinhgon.files.services import discard
from tinhgon.org.locks import hold_open

LONGEST_REASON = 500


@transaction.atomic
def register(
    actor: Actor, *, on: date, fields: Mapping[str, Any], arrival_id: int | None = None, despite: str = ""
) -> Document:
    """Vào sổ đến. ``fields``: tham số của ``register_incoming``; ``arrival_id``: thứ trong khay, tệp của nó thành tệp đính kèm.

    Đã có bản giống (cùng tác giả, số ký hiệu, ngày; hoặc cùng nội dung tệp) mà ``despite`` trống thì ``Refused`` với từng bản.
    Mật mà có tệp thì ``Refused``: văn bản mật chỉ ghi dòng sổ.
    """
    arrival = arrival_for(actor, arrival_id, on=on, to="handle", lock=True) if arrival_id else None
    if arrival and fields.get("secrecy"):
        raise Refused(secret_content(), _purge_first())
    if arrival and arrival.reading.get("secret"):
        raise Refused(_purge_first())
    files = list(arrival.files.select_related("file")) if arrival else []
    if arrival:
        hold_open([arrival.to_unit_id], on=on)
    known = same_paper(
        actor, on=on, issuer_name=fields["issuer_name"], symbol=fields["symbol"], issued_on=fields["issued_on"],
        files=[file.file_id for file in files],
    )  # fmt: skip
    if known and not despite.strip():
        raise Refused(*(_known(document) for document in known))
    document = register_incoming(actor, on=on, content=contents.joined([file.text for file in files]), **fields)
    if known:
        told = {"reason": despite.strip()[:LONGEST_REASON], "documents": [one.pk for one in known]}
        record(actor, "documents.registered_despite", ("document", document.pk), after=told)
    if arrival:
        _close(actor, arrival, files, document, despite.strip()[:LONGEST_REASON] if known else "")
    return document


def _close(actor: Actor, arrival: Arrival, files: list[ArrivalFile], document: Document, reason: str) -> None:
    for file in files:
        attach_stored(actor, document, file.file, file.name)
    arrival.state, arrival.document, arrival.reason, arrival.problem = Arrival.State.REGISTERED, document, reason, ""
    arrival.handled_at = clock.now()
    arrival.save(update_fields=["state", "document", "reason", "problem", "handled_at"])
    note_arrival(arrival, Code.REGISTERED)
    arrival.files.update(text="", legacy_sample="")  # chữ đã nằm ở văn bản
    record(actor, "documents.arrival_registered", ("arrival", arrival.pk), after={"document": document.pk})


@transaction.atomic
def refuse(actor: Actor, *, on: date, arrival_id: int, reason: str) -> Arrival:
    """Từ chối kèm lý do; thứ có dấu chỉ độ mật thì xóa hẳn tệp khỏi kho (trừ khi nơi khác còn đính kèm đúng nội dung ấy)."""
    arrival = arrival_for(actor, arrival_id, on=on, to="handle", lock=True)
    if not reason.strip():
        raise Invalid(Reason("documents.missing", _("Hãy ghi lý do từ chối."), "reason"))
    if arrival.reading.get("secret"):
        _purge(actor, arrival)
    return _end(actor, arrival, reason.strip()[:LONGEST_REASON])


@transaction.atomic
def close_as_known(actor: Actor, *, on: date, arrival_id: int, document_id: int) -> Document:
    """Thứ vừa tới là bản đã có: tệp nào văn bản ấy chưa có thì đính thêm (nếu được phép), và khay bớt một dòng."""
    arrival = arrival_for(actor, arrival_id, on=on, to="handle", lock=True)
    if arrival.reading.get("secret"):
        raise Refused(_purge_first())
    document = document_for(actor, document_id, on=on)
    have = set(document.attachments.values_list("file_id", flat=True))
    fresh = [file for file in arrival.files.select_related("file") if file.file_id not in have]
    if fresh:
        document = document_for(actor, document_id, to="attach_copy", on=on, lock=True)
        if document.secrecy:
            raise Refused(secret_content())
        hold_open([document.holder_id], on=on)
        for file in fresh:
            attach_stored(actor, document, file.file, file.name)
        document.content = contents.joined([document.content, *(file.text for file in fresh)])
        document.save(update_fields=["content"])
    record(actor, "documents.copy_came_again", ("document", document.pk), after={"channel": arrival.get_channel_display()})
    arrival.same_as = document
    _end(actor, arrival, _("Bản đã có: %(document)s") % {"document": document.symbol or document.number}, "documents.arrival_known")
    return document


def _end(actor: Actor, arrival: Arrival, reason: str, code: str = "documents.arrival_refused") -> Arrival:
    arrival.state, arrival.reason, arrival.handled_at = Arrival.State.REFUSED, reason[:LONGEST_REASON], clock.now()
    arrival.save(update_fields=["state", "reason", "handled_at", "same_as"])
    note_arrival(arrival, Code.REGISTERED if arrival.same_as_id else Code.REFUSED, arrival.reason)
    record(actor, code, ("arrival", arrival.pk), after={"reason": arrival.reason})
    return arrival


def _purge(actor: Actor, arrival: Arrival) -> None:
    files = list(arrival.files.select_related("file"))
    arrival.files.all().delete()
    for file in files:
        discard(file.file)
    record(actor, "documents.arrival_purged", ("arrival", arrival.pk), after={"files": len(files)})


def _purge_first() -> Reason:
    sentence = _("Hãy từ chối văn bản này để xóa tệp khỏi kho, rồi vào sổ bằng tay ở trang “Vào sổ văn bản đến”.")
    return Reason("documents.secret_in_tray", sentence, "secrecy")


def _known(document: Document) -> Reason:
    day = f"{document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    told = {"symbol": document.symbol, "day": day, "number": document.number or "", "summary": document.summary[:120]}
    sentence = _("Đã có văn bản giống: số %(symbol)s ngày %(day)s, số đến %(number)s, “%(summary)s”.") % told
    return Reason("documents.duplicate", sentence, "despite", {"document": document.pk})
