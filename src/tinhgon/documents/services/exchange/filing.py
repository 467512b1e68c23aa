"""Tệp edXML: cầu nối thật giữa mạng diện rộng của Đảng và các trục khác, mang tay từ máy này sang máy kia."""

import hashlib
from dataclasses import dataclass
from datetime import date

from cryptography.x509 import load_pem_x509_certificate
from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, NotFound, Reason, Refused
from tinhgon.documents.models import Delivery, ExchangeRequest, Inbox, PartnerOrgan, Receipt
from tinhgon.documents.services.exchange import composing, receiving
from tinhgon.documents.services.exchange.sending import delivery_for
from tinhgon.documents.services.exchange.wording import refusal
from tinhgon.engine.edxml import reading, signing
from tinhgon.engine.edxml.model import BadMessage
from tinhgon.org.access import require, scope_of
from tinhgon.org.rights import Verb


@dataclass(frozen=True, slots=True)
class Imported:
    """``trust``: "verified" chữ ký đúng của đối tác đã đăng ký, "legacy" SHA-1, "unchecked" có chữ ký mà chưa biết của ai, "none"."""

    kind: str
    arrivals: tuple[int, ...]
    trust: str
    again: bool = False


@transaction.atomic
def export(actor: Actor, *, on: date, delivery_id: int) -> tuple[str, bytes]:
    """(tên tệp, nội dung) của thông điệp mang tay: văn bản, hay lời xin đang chờ của dòng gửi ấy. Văn bản mật không bao giờ xuất."""
    delivery = delivery_for(actor, delivery_id, on=on)
    if delivery.way not in (Delivery.Way.FILE, Delivery.Way.NETWORK):
        raise Refused(Reason("exchange.not_a_file", _("Dòng gửi này không đi bằng thông điệp edXML.")))
    asked = delivery.requests.filter(state=ExchangeRequest.State.PENDING).exclude(kind=ExchangeRequest.Kind.REPLACE).first()
    if asked is not None:
        asked.delivery = delivery
    message = composing.request_message(asked) if asked is not None else composing.document_message(delivery)
    record(actor, "documents.exported", ("document", delivery.document_id), after={"to": delivery.to_name})
    return f"{_plain(delivery.document.symbol)}-{delivery.pk}.edxml", composing.signed(message)


@transaction.atomic
def export_status(actor: Actor, *, on: date, receipt_id: int) -> tuple[str, bytes]:
    """Trạng thái hiện thời của văn bản đã nhận từ tệp, để mang trả nơi gửi."""
    receipt = Receipt.objects.filter(pk=receipt_id, delivery__isnull=True).first()
    if receipt is None:
        raise NotFound(Reason("exchange.no_receipt", _("Không có biên nhận này, hoặc bạn không được xem.")))
    require(actor, Verb.REGISTER, on=on, unit_id=receipt.to_unit_id)
    answered = receipt.requests.exclude(state=ExchangeRequest.State.PENDING).order_by("-answered_at").first()
    code, said = receipt.code, ""
    if answered is not None:
        code, said = ("15" if answered.state == ExchangeRequest.State.AGREED else "16"), answered.answer
    record(actor, "documents.status_exported", ("arrival", receipt.arrival_id), after={"code": code})
    return f"trang-thai-{code}-{receipt.pk}.edxml", composing.signed(composing.status_message(receipt, code, said))


@transaction.atomic
def import_message(actor: Actor, *, on: date, data: bytes) -> Imported:
    """Nhận một tệp vào khay của các cơ quan người này giữ sổ. Chữ ký được kiểm và báo; chữ ký sai thì từ chối."""
    require(actor, Verb.REGISTER, on=on)
    try:
        root = reading.parse(data)
        message = reading.message_of(root)
        organ = PartnerOrgan.objects.select_related("partner").filter(code=message.sender.id).first()
        trust = _trust(root, organ)
    except BadMessage as bad:
        raise refusal(bad) from bad
    digest = hashlib.sha256(data).hexdigest()
    known = Inbox.objects.filter(digest=digest).first()
    if known is not None:
        return Imported(known.answer.get("kind", ""), tuple(known.answer.get("arrivals", ())), trust, again=True)
    partner = organ.partner if organ and trust == "verified" and organ.partner.is_active else None
    if organ is not None and organ.partner.is_active and partner is None:
        raise Invalid(Reason("exchange.unsigned", _("Nơi gửi này đang nối qua đường truyền: thông điệp của họ phải có chữ ký đúng."), "file"))
    units = None if actor.is_system else sorted(scope_of(actor, on=on).clerk_units)
    row = Inbox(digest=digest, partner=partner, at=clock.now())
    row.answer = {"digest": digest, **receiving.take(message, partner, actor, units)}
    row.save()
    return Imported(row.answer["kind"], tuple(row.answer.get("arrivals", ())), trust)


def _trust(root: object, organ: PartnerOrgan | None) -> str:
    kind = signing.signature_of(root)
    if kind == signing.Signature.NONE:
        return "none"
    if kind == signing.Signature.LEGACY:
        return "legacy"
    if organ is None or not organ.partner.certificate:
        return "unchecked"
    signing.verify(root, load_pem_x509_certificate(organ.partner.certificate.encode()))
    return "verified"


def _plain(symbol: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in symbol)
