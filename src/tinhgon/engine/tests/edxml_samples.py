"""Thông điệp mẫu của bài kiểm tra: mọi ô đều có chữ, chữ Việt đủ dấu; và một chứng thư tự ký."""

from datetime import date, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from tinhgon.engine.edxml.model import (
    Business,
    DocumentMessage,
    File,
    Organ,
    ReceiverChange,
    Replacement,
    ResponseFor,
    Signer,
    Staff,
    StatusMessage,
    Trace,
)
from tinhgon.engine.edxml.writing import ZONE

NOON = datetime(2025, 7, 1, 12, 0, 5, tzinfo=ZONE)
CITY = Organ(id="A01.H29", name="Thành ủy", in_charge="Văn phòng", address="Số 1, đường Ủy ban", email="vp@example.vn",
             phone="028 1", fax="028 2", website="example.vn")  # fmt: skip
WARD = Organ(id="A01.H29.07", name="Đảng ủy phường Hòa Thuận")
STAFF = Staff(department="Phòng Hành chính", name="Phạm Thị Thư", email="thu@example.vn", phone="0900")


def document(**changes: object) -> DocumentMessage:
    values: dict[str, object] = {
        "sender": CITY, "receivers": (WARD,), "document_id": "A01.H29,2025/07/01,15-CV/TU", "number": "15", "notation": "CV/TU",
        "issued_on": date(2025, 7, 1), "subject": "Về việc củng cố tổ chức, chuẩn bị đại hội", "type_name": "Công văn",
        "type_code": "1", "type_detail": "0", "place": "Thành phố Hồ Chí Minh", "content": "Nội dung “ngoặc” & <thẻ>",
        "signers": (Signer(authority="T/M BAN THƯỜNG VỤ", position="PHÓ BÍ THƯ", name="Nguyễn Văn Bí"),), "due_on": date(2025, 7, 15),
        "to_places": ("Các đảng ủy phường", "Lưu Văn phòng"), "steering": 2, "priority": 3, "sphere": "Nội bộ", "typist": "PTT",
        "copies": 12, "pages": 3, "direction": True, "appendixes": ("Phụ lục 1", "Phụ lục 2"),
        "responses": (ResponseFor(organ_id="A01.H29.07", code="3-BC/ĐU", issued_on=date(2025, 6, 2), document_id="A01.H29.07,2025/06/02,3-BC/ĐU"),),
        "trace": (Trace(organ_id="A01.H29", at=NOON),), "reason": "Văn bản mới", "paper": True, "about_id": "x,2025/01/01,1-CV/TU",
        "staff": STAFF, "files": (File(content_id="1", name="Công văn.pdf", content=b"%PDF-1.7 abc", description="Bản chính"),
                                  File(content_id="2", name="phụ lục.xlsx", content=b"", description="phụ lục.xlsx")),
    }  # fmt: skip
    return DocumentMessage(**(values | changes))  # type: ignore[arg-type]


UPDATE = {
    "business": Business.UPDATE, "changes_document": True, "changes_receivers": True,
    "receiver_changes": (ReceiverChange(organ_id="A01.H29.07", is_added=True), ReceiverChange(organ_id="A01.H29.08", is_added=False)),
}  # fmt: skip
REPLACE = {
    "business": Business.REPLACE,
    "replacements": (Replacement(document_id="A01.H29,2025/06/01,9-CV/TU", organ_ids=("A01.H29.07", "A01.H29.08")),),
}


JOINT = {
    "signers": (
        Signer(position="CHÁNH VĂN PHÒNG", name="Lê Văn Chánh"), Signer(authority="K/T TRƯỞNG BAN TỔ CHỨC", position="PHÓ TRƯỞNG BAN", name="Trần Văn Ban"),
        Signer(name="Tạ Văn Ngoài"),
    )
}  # fmt: skip
"""Văn bản liên tịch của ba cơ quan."""


def status(code: str = "03", **changes: object) -> StatusMessage:
    values: dict[str, object] = {
        "sender": WARD, "code": code, "at": NOON, "note": "Đã vào sổ đến số 12", "staff": STAFF,
        "response": ResponseFor(organ_id="A01.H29", code="15-CV/TU", issued_on=date(2025, 7, 1), document_id="A01.H29,2025/07/01,15-CV/TU"),
    }  # fmt: skip
    return StatusMessage(**(values | changes))  # type: ignore[arg-type]


@cache
def identity(name: str = "Thành ủy") -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key = rsa.generate_private_key(65537, 2048)
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(NOON - timedelta(days=1))
        .not_valid_after(NOON + timedelta(days=3650)).sign(key, SHA256())
    )  # fmt: skip
    return key, certificate
