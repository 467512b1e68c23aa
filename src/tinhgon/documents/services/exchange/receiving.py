"""Nhận một thông điệp: qua đường truyền (phải có chữ ký đúng của đối tác đã đăng ký) hay từ tệp.

Tới lần nữa với đúng những byte ấy: trả lại biên nhận cũ, không làm gì. Chỉ nói về văn bản của chính nơi gửi.
"""

import hashlib
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from cryptography.x509 import load_pem_x509_certificate
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Reason, Refused
from tinhgon.documents.models import Delivery, ExchangeRequest, Inbox, Partner, PartnerOrgan, Receipt
from tinhgon.documents.services.exchange.arriving import Coming, arrive, sure_reading
from tinhgon.documents.services.exchange.asking import file_request
from tinhgon.documents.services.exchange.identity import SCHEME
from tinhgon.documents.services.exchange.identity import signing as own_key
from tinhgon.documents.services.exchange.signers import columns_of, read_as
from tinhgon.documents.services.exchange.wording import refusal
from tinhgon.documents.services.noting import hear
from tinhgon.engine.edxml import reading, receipts, signing
from tinhgon.engine.edxml.model import BadMessage, Business, DocumentMessage, Message, StatusMessage
from tinhgon.engine.edxml.states import Code, IllegalStep
from tinhgon.engine.formats import day_said
from tinhgon.files.services import store
from tinhgon.org.models import ExternalCode
from tinhgon.org.selectors.succession import open_heirs

Answer = dict[str, Any]
Kind = ExchangeRequest.Kind


def receive(data: bytes) -> Answer:
    """Thông điệp từ đường truyền. Trả về biên nhận đã ký.

    ``Invalid``: thông điệp hỏng hay chữ ký sai; ``Forbidden``: nơi gửi chưa đăng ký; ``NotFound``: nói về văn bản chưa tới
    (gửi lại sau); ``Refused``: bước không hợp lệ.
    """
    digest = hashlib.sha256(data).hexdigest()
    known = Inbox.objects.filter(digest=digest).first()
    if known is not None:
        return _receipted(known, again=True)
    try:
        root = reading.parse(data)
        message = reading.message_of(root)
        partner = _partner_of(message)
        signing.verify(root, load_pem_x509_certificate(partner.certificate.encode()))
    except BadMessage as bad:
        raise refusal(bad) from bad
    try:
        with transaction.atomic():
            answer = {"digest": digest, **take(message, partner, SYSTEM)}
            taken = Inbox.objects.create(digest=digest, partner=partner, answer=answer, at=clock.now())
    except IntegrityError:  # hai lần giao cùng lúc: lần kia đã ghi
        found = Inbox.objects.filter(digest=digest).first()
        if found is None:
            raise
        return _receipted(found, again=True)
    return _receipted(taken)


def _receipted(row: Inbox, *, again: bool = False) -> Answer:
    """Ký lúc trả lời, không cất chữ ký: đổi khóa rồi thì biên nhận của thông điệp cũ vẫn kiểm được bằng chứng thư đang dùng."""
    key, _certificate = own_key()
    answer = row.answer | receipts.signed_receipt(row.digest, row.at, key)
    return {**answer, "again": True} if again else answer


def refused(data: bytes, status: int, said: str) -> dict[str, str]:
    """Lời từ chối đã ký của thông điệp ``data``, kèm câu trả lời của cửa."""
    key, _certificate = own_key()
    return receipts.signed_refusal(hashlib.sha256(data).hexdigest(), status, said, clock.now(), key)


def take(message: Message, partner: Partner | None, actor: Actor, units: Sequence[int] | None = None) -> Answer:
    """Làm điều thông điệp nói, trong giao dịch đang mở. ``units``: chỉ nhận cho các cơ quan này (nhập từ tệp)."""
    if isinstance(message, StatusMessage):
        if message.code == Code.RECALL:
            receipt = _receipt(message.response.document_id, message.response.organ_id, partner)
            if units is not None and receipt.to_unit_id not in units:
                raise _unknown(receipt.message_id)
            file_request(receipt, Kind.RECALL, message.note, {})
            return {"kind": "request", "arrivals": [receipt.arrival_id]}
        return _hear(message, partner, actor, units)
    return _document(message, partner, actor, units)


def _partner_of(message: Message) -> Partner:
    organ = PartnerOrgan.objects.select_related("partner").filter(code=message.sender.id).first()
    if organ is None or not organ.partner.is_active or not organ.partner.certificate:
        sentence = _("Cơ quan gửi %(code)s chưa đăng ký trao đổi với hệ thống này, hoặc đang tạm ngừng.")
        raise Forbidden(Reason("exchange.unknown_sender", sentence % {"code": message.sender.id}))
    return organ.partner


def _document(message: DocumentMessage, partner: Partner | None, actor: Actor, units: Sequence[int] | None) -> Answer:
    receivers = our_units([organ.id for organ in message.receivers], on=clock.today())
    if units is not None:
        receivers = {code: pair for code, pair in receivers.items() if pair[1] in units}
    if not receivers:
        raise Invalid(Reason("exchange.not_ours", _("Không cơ quan nhận nào của thông điệp này thuộc hệ thống này (hay thuộc sổ bạn giữ)."), "file"))
    arrivals = []
    for code, (addressed, holder) in receivers.items():
        receipt = _one(message, partner, code, addressed, holder)
        arrivals.append(receipt.arrival_id)
        record(actor, "documents.exchange_received", ("arrival", receipt.arrival_id),
               after={"from": message.sender.name or message.sender.id, "symbol": message.symbol, "kind": int(message.business)})  # fmt: skip
    return {"kind": "document", "arrivals": arrivals}


def _one(message: DocumentMessage, partner: Partner | None, code: str, addressed: int, holder: int) -> Receipt:
    known = Receipt.objects.select_for_update().filter(delivery__isnull=True, message_id=message.document_id, to_code=code).first()
    dropped = any(change.organ_id == code and not change.is_added for change in message.receiver_changes)
    if message.business == Business.RECALL or (message.business == Business.UPDATE and dropped):
        receipt = _receipt(message.about_id or message.document_id, code, partner)
        file_request(receipt, Kind.RECALL, message.reason, {})
        return receipt
    if message.business == Business.UPDATE and (known or message.about_id):
        receipt = known or _receipt(message.about_id, code, partner)
        _same_partner(receipt, partner)
        file_request(receipt, Kind.UPDATE, message.reason, _changes(message))
        return receipt
    if known is None:
        known = arrive(Coming(
            to_unit_id=holder, to_code=code, received_for_id=addressed if addressed != holder else None, partner=partner,
            from_code=message.sender.id, from_name=message.sender.name or message.sender.id, message_id=message.document_id,
            subject=message.subject, reading=_reading(message), files=_stored(message),
        ))  # fmt: skip
    _same_partner(known, partner)
    for replaced in message.replacements:
        if not replaced.organ_ids or code in replaced.organ_ids:
            file_request(_receipt(replaced.document_id, code, partner), Kind.REPLACE, message.reason, {"by": message.symbol})
    return known


def _hear(message: StatusMessage, partner: Partner | None, actor: Actor, units: Sequence[int] | None) -> Answer:
    delivery = _delivery(message, partner)
    if units is not None and delivery.from_unit_id not in units:
        raise _unknown(message.response.document_id)
    pending = None
    if message.code in (Code.AGREED, Code.DECLINED):  # chỉ hai bước này trả lời một lời xin
        pending = ExchangeRequest.objects.select_for_update().filter(delivery=delivery, state=ExchangeRequest.State.PENDING).first()
    takes_away = pending is None or pending.kind in ExchangeRequest.TAKES_AWAY
    try:
        hear(delivery.pk, message.code, message.note, at=clock.now(), takes_away=takes_away)
    except IllegalStep as step:
        sentence = _("Trạng thái %(code)s không hợp lệ sau trạng thái %(now)s.")
        raise Refused(Reason("exchange.illegal_step", sentence % {"code": message.code, "now": step.state.code or "–"})) from step
    if pending is not None:
        pending.state = ExchangeRequest.State.AGREED if message.code == Code.AGREED else ExchangeRequest.State.DECLINED
        pending.answer, pending.answered_at = message.note[:500], clock.now()
        pending.save(update_fields=["state", "answer", "answered_at"])
    record(actor, "documents.status_heard", ("document", delivery.document_id),
           after={"from": delivery.to_name, "code": message.code, "said": message.note[:500]})  # fmt: skip
    return {"kind": "status", "code": message.code}


def _delivery(message: StatusMessage, partner: Partner | None) -> Delivery:
    """Dòng gửi mà trạng thái nói về; chỉ những cột mà việc nghe trạng thái cần."""
    from_code, day, symbol = ([*message.response.document_id.split(",", 2), "", ""])[:3]
    rows = Delivery.objects.filter(from_code=from_code, document__symbol__iexact=symbol, to_organ__code=message.sender.id)  # chỉ mục là của chữ hoa
    if partner is not None:
        rows = rows.filter(to_organ__partner=partner)
    said = rows.order_by("-pk").only("from_unit", "document", "to_name", "document__symbol", "document__issued_on").select_related("document")
    found = next((row for row in said if (f"{row.document.issued_on:%Y/%m/%d}", row.document.symbol) == (day, symbol)), None)
    if found is None:
        raise _unknown(message.response.document_id)
    return found


def _receipt(message_id: str, code: str, partner: Partner | None) -> Receipt:
    found = Receipt.objects.select_for_update().filter(delivery__isnull=True, message_id=message_id, to_code=code).first()
    if found is None:
        raise _unknown(message_id)
    _same_partner(found, partner)
    return found


def _same_partner(receipt: Receipt, partner: Partner | None) -> None:
    """Không hệ thống nào được nói thay hệ thống khác."""
    if receipt.partner_id != (partner.pk if partner else None):
        raise _unknown(receipt.message_id)


def _unknown(message_id: str) -> NotFound:
    return NotFound(Reason("exchange.unknown_document", _("Chưa nhận được văn bản %(id)s, hoặc văn bản ấy không phải của nơi gửi này.") % {"id": message_id}))


def our_units(codes: Sequence[str], *, on: date) -> dict[str, tuple[int, int]]:
    """Mã định danh -> (cơ quan ghi trên thông điệp, cơ quan đang hoạt động nhận nó). Đã kết thúc thì nơi kế thừa đầu tiên nhận thay."""
    named = dict(ExternalCode.objects.filter(scheme=SCHEME, code__in=codes).order_by("era", "pk").values_list("code", "unit_id"))
    heirs = open_heirs(named.values(), on=on)
    return {code: (unit, heirs[unit][0]) for code, unit in named.items() if heirs[unit]}


def _stored(message: DocumentMessage) -> list[tuple[int, str]]:
    return [(store(io.BytesIO(file.content), file.name).pk, file.name) for file in message.files if file.content]


def _changes(message: DocumentMessage) -> dict[str, Any]:
    return {
        "fields": {
            "summary": message.subject[:2000], "place": message.place[:80], "receivers": "\n".join(message.to_places), "pages": message.pages,
            **columns_of(message.signers),
        },
        "reading": _reading(message),
        "files": [list(pair) for pair in _stored(message)],
    }  # fmt: skip


def _reading(message: DocumentMessage) -> dict[str, Any]:
    return sure_reading(
        so_ky_hieu=message.symbol, loai=message.type_name, co_quan=message.sender.name, dia_danh=message.place,
        ngay=day_said(message.issued_on), trich_yeu=message.subject, noi_nhan="\n".join(message.to_places), **read_as(message.signers),
    )  # fmt: skip
