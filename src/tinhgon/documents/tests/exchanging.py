"""Đồ nghề trao đổi: văn bản có tệp, đối tác giả là chính khóa thứ hai, và một đường dây không qua mạng."""

import io
from datetime import date

from cryptography.hazmat.primitives.serialization import Encoding

from tinhgon.core.actor import SYSTEM
from tinhgon.documents import services
from tinhgon.documents.models import Arrival, Delivery, Document, Outbox, Partner, Receipt
from tinhgon.documents.services.exchange import composing, partners
from tinhgon.documents.services.intake import registering
from tinhgon.documents.tests.factories import TODAY, Office, document_type
from tinhgon.engine.edxml import reading, signing
from tinhgon.engine.edxml.model import Message
from tinhgon.engine.tests.edxml_samples import identity

AWAY, AWAY_CODE, OUR_CODE = "UBND phường Xa", "H29.99", "A01.H29"


def sendable(office: Office, *, files: int = 1, **extra: object) -> Document:
    """Văn bản đi của Văn phòng Thành ủy, đã cấp số, có tệp."""
    document = office.issued(**extra)
    for number in range(files):
        services.attach(office.clerk, on=TODAY, document_id=document.pk, name=f"ban-ky-{number}.pdf", content=io.BytesIO(b"%PDF-1.7 " + bytes([65 + number])))
    return document


def register(office: Office, delivery: Delivery) -> Document:
    """Văn thư nơi nhận vào sổ thứ đang ở khay, như trang khay đến làm."""
    arrival = Receipt.objects.select_related("arrival").get(delivery=delivery).arrival
    return registered(office, arrival)


def registered(office: Office, arrival: Arrival, *, on: date = TODAY) -> Document:
    fields = {
        "addressed_to_id": arrival.to_unit_id, "type_id": document_type().pk, "symbol": arrival.reading["fields"]["so_ky_hieu"]["value"],
        "summary": arrival.subject, "issued_on": TODAY, "issuer_name": arrival.sender,
    }  # fmt: skip
    return registering.register(office.north_clerk, on=on, fields=fields, arrival_id=arrival.pk)


def partner(*, active: bool = True, code: str = AWAY_CODE, name: str = AWAY, who: str = "xa") -> Partner:
    pem = identity(who)[1].public_bytes(Encoding.PEM).decode()
    return partners.keep(SYSTEM, on=TODAY, name=f"Hệ thống {who}", address="http://127.0.0.1:9", certificate=pem, organs=[(code, name)], is_active=active)


def signed_by(who: str, message: Message) -> bytes:
    return signing.signed(message, *identity(who))


def messages() -> list[Message]:
    """Mọi thông điệp trong hộp thư đi, soạn thật, theo thứ tự."""
    rows = Outbox.objects.select_related("delivery__document__type", "delivery__to_organ", "receipt", "request__delivery__to_organ")
    return [reading.read(composing.signed(composing.message_of(row))) for row in rows.order_by("pk")]
