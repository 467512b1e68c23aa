"""Nhà cấp thử, khóa của người ký và con dấu của cơ quan, cho phép thử ban hành và ký số."""

from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO

import pypdfium2 as pdfium
from cryptography.hazmat.primitives import serialization

from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.documents.models import Document, DraftVersion, SigningKey
from tinhgon.documents.services import keys, trust
from tinhgon.documents.services.sealing import Unlock
from tinhgon.documents.tests.factories import TODAY, Office
from tinhgon.engine.signing import authority

SINCE = datetime(2020, 1, 1, tzinfo=UTC)
PEM = serialization.Encoding.PEM
PASSPHRASE = "mật khẩu khóa ký"


@lru_cache
def ca() -> authority.Authority:
    return authority.open_authority("Nhà cấp thử", since=SINCE)


@lru_cache
def issued(name: str, organisation: str) -> authority.Issued:
    return authority.issue(ca(), name, organisation, since=SINCE, lasts=_LONG)


_LONG = datetime(2040, 1, 1, tzinfo=UTC) - SINCE


def trusted() -> None:
    trust.add_anchor(SYSTEM, on=TODAY, data=ca().pem.encode())


def personal(actor: Actor, name: str = "Lê Văn Chánh") -> SigningKey:
    return keys.enrol_file(actor, on=TODAY, data=issued(name, "Văn phòng Thành ủy").p12(PASSPHRASE), passphrase=PASSPHRASE)


def seal(actor: Actor, unit_id: int, name: str = "Văn phòng Thành ủy") -> SigningKey:
    return keys.enrol_file(
        actor, on=TODAY, data=issued(name, "Thành ủy").p12(PASSPHRASE), passphrase=PASSPHRASE, unit_id=unit_id
    )


def unlock(key: SigningKey, passphrase: str = PASSPHRASE) -> Unlock:
    return Unlock(key.pk, passphrase)


def written(office: Office, body: str = "Kính mời các đồng chí dự họp.\nĐề nghị đến đúng giờ.", **extra: object) -> Document:
    """Dự thảo đã soạn ở đây, chờ cấp số."""
    document = office.sent(**extra)
    DraftVersion.objects.create(document=document, number=1, body=body, saved_at=document.created_at)
    return document


def stamp_middles(pdf: bytes) -> list[float]:
    """Giữa mỗi hình chữ ký nằm cách mép trái bao nhiêu mi-li-mét."""
    page = pdfium.PdfDocument(BytesIO(pdf))[0]
    found = []
    for number in range(pdfium.raw.FPDFPage_GetAnnotCount(page)):
        annotation, box = pdfium.raw.FPDFPage_GetAnnot(page, number), pdfium.raw.FS_RECTF()
        pdfium.raw.FPDFAnnot_GetRect(annotation, box)
        found.append((box.left + box.right) / 2 * 25.4 / 72)
    return found
