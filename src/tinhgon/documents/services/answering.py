"""Bên nhận trả lời lời xin lấy lại, cập nhật, thay thế; và từ chối tiếp nhận thứ mới tới khay."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import NotFound, Reason, Refused, refuse_if
from tinhgon.documents.models import Arrival, ArrivalFile, Attachment, Document, ExchangeRequest, Receipt
from tinhgon.documents.services import checks
from tinhgon.documents.services.issuing import void
from tinhgon.documents.services.noting import advance
from tinhgon.engine.edxml.states import Code
from tinhgon.org.access import require, scope_of
from tinhgon.org.locks import hold_open
from tinhgon.org.rights import Verb

State = ExchangeRequest.State
Kind = ExchangeRequest.Kind


@transaction.atomic
def answer(actor: Actor, *, on: date, request_id: int, agree: bool, said: str = "") -> ExchangeRequest:
    """Đồng ý (15) hay từ chối (16, phải có lý do). Đồng ý lấy lại hay thay thế thì văn bản đã nhận thôi hiệu lực: số ở lại
    trong sổ với lý do, dòng chuyển đang mở bị thu hồi. Đồng ý cập nhật thì các ô và tệp mới vào văn bản đã nhận.
    """
    request = request_for(actor, request_id, on=on)
    receipt = request.receipt
    assert receipt is not None
    if not agree:
        refuse_if(checks.missing(said, "said", _("Hãy ghi lý do từ chối để nơi gửi biết.")))
    hold_open([], on=on, touching=[receipt.to_unit_id])
    if agree:
        _carry_out(actor, on, request, receipt)
    request.state = State.AGREED if agree else State.DECLINED
    request.answer, request.answered_at = said.strip()[:500], clock.now()
    request.save(update_fields=["state", "answer", "answered_at"])
    advance(receipt, Code.AGREED if agree else Code.DECLINED, said.strip(), takes_away=request.kind in ExchangeRequest.TAKES_AWAY)
    document = receipt.arrival.document_id
    record(
        actor, "documents.request_agreed" if agree else "documents.request_declined",
        ("document", document) if document else ("arrival", receipt.arrival_id),
        after={"kind": request.get_kind_display(), "from": receipt.from_name, "reason": request.reason, "said": said.strip()},
    )  # fmt: skip
    return request


def request_for(actor: Actor, request_id: int, *, on: date) -> ExchangeRequest:
    """Lời xin đang chờ cơ quan mình trả lời, đã khóa. ``NotFound`` khi không phải sổ của mình; ``Refused`` khi đã trả lời."""
    found = ExchangeRequest.objects.filter(pk=request_id, receipt__isnull=False)
    if not actor.is_system:
        scope = scope_of(actor, on=on)
        found = found.filter(receipt__to_unit__in=scope.clerk_units | scope.whole_units)
    known = found.values_list("receipt__arrival__document", flat=True).first()
    if known:  # cùng thứ tự khóa với mọi động từ: văn bản trước, biên nhận sau
        Document.objects.select_for_update(of=("self",)).get(pk=known)
    request = found.select_for_update(of=("self",)).first()
    if request is None:
        raise NotFound(Reason("exchange.no_request", _("Không có lời xin này, hoặc bạn không được xem.")))
    receipt = Receipt.objects.select_for_update(of=("self",)).select_related("arrival").get(requests=request)
    request.receipt = receipt
    require(actor, Verb.REGISTER, on=on, unit_id=receipt.to_unit_id)
    if request.state != State.PENDING:
        raise Refused(Reason("exchange.answered", _("Lời xin này %(state)s.") % {"state": request.get_state_display()}))
    return request


def _carry_out(actor: Actor, on: date, request: ExchangeRequest, receipt: Receipt) -> None:
    arrival = Arrival.objects.select_for_update(of=("self",)).get(pk=receipt.arrival_id)
    if request.kind == Kind.UPDATE:
        _update_document(arrival.document_id, request) if arrival.document_id else _update_arrival(arrival, request)
        return
    sentence = _("%(organ)s lấy lại: %(reason)s") if request.kind == Kind.RECALL else _("%(organ)s thay bằng văn bản khác: %(reason)s")
    why = (sentence % {"organ": receipt.from_name, "reason": request.reason})[:300]
    if arrival.document_id:
        void(actor, on=on, document_id=arrival.document_id, reason=why)
    else:
        arrival.state, arrival.reason, arrival.handled_at = Arrival.State.REFUSED, why, clock.now()
        arrival.save(update_fields=["state", "reason", "handled_at"])
    receipt.arrival = arrival


def _update_arrival(arrival: Arrival, request: ExchangeRequest) -> None:
    changes = request.changes
    arrival.subject = changes["fields"].get("summary", arrival.subject)
    arrival.reading = changes.get("reading") or arrival.reading
    arrival.save(update_fields=["subject", "reading"])
    have = set(arrival.files.values_list("file", flat=True))
    ArrivalFile.objects.bulk_create(ArrivalFile(arrival=arrival, file_id=file, name=name) for file, name in changes["files"] if file not in have)


def _update_document(document_id: int, request: ExchangeRequest) -> None:
    """Chỉ các ô mô tả và tệp mới; số đến, ngày đến, nơi giữ là của nơi nhận nên không đổi. Tệp cũ ở lại."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
    fields = {name: value for name, value in request.changes["fields"].items() if value not in ("", None)}
    before = {name: getattr(document, name) for name in fields if getattr(document, name) != fields[name]}
    for name in before:
        setattr(document, name, fields[name])
    if before:
        document.save(update_fields=list(before))
    have = set(document.attachments.values_list("file", flat=True))
    Attachment.objects.bulk_create(
        Attachment(document=document, file_id=file, name=name, added_at=clock.now())
        for file, name in request.changes["files"] if file not in have
    )  # fmt: skip
    request.changes = {**request.changes, "before": before}
    request.save(update_fields=["changes"])
