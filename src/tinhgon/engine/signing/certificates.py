"""Đọc một chứng thư: của ai, ai cấp, từ ngày nào tới ngày nào, vân tay."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID


@dataclass(frozen=True, slots=True)
class Identity:
    """Một chứng thư đọc ra chữ. ``fingerprint``: SHA-256 của chứng thư, 64 chữ số thập lục phân."""

    pem: str
    common_name: str
    organisation: str
    issuer: str
    serial: str
    not_before: datetime
    not_after: datetime
    fingerprint: str
    is_authority: bool


def identity_of(certificate: x509.Certificate) -> Identity:
    return Identity(
        pem=certificate.public_bytes(serialization.Encoding.PEM).decode(),
        common_name=_named(certificate.subject, NameOID.COMMON_NAME),
        organisation=_named(certificate.subject, NameOID.ORGANIZATION_NAME),
        issuer=_named(certificate.issuer, NameOID.COMMON_NAME),
        serial=f"{certificate.serial_number:x}",
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        is_authority=_is_authority(certificate),
    )


def read_certificate(data: bytes) -> Identity:
    """Từ PEM hoặc DER. ``ValueError`` khi không phải chứng thư."""
    load = x509.load_pem_x509_certificate if b"-----BEGIN" in data else x509.load_der_x509_certificate
    return identity_of(load(data))


@dataclass(frozen=True, slots=True)
class RevocationList:
    """Một danh sách thu hồi: của ai, ngày ra, ngày hết hiệu lực, bao nhiêu chứng thư; ``der`` để kiểm chữ ký."""

    der: bytes
    issuer: str
    issued_at: datetime
    next_at: datetime | None
    count: int


def read_revocations(data: bytes) -> RevocationList:
    """Từ PEM hoặc DER. ``ValueError`` khi không phải danh sách thu hồi."""
    listed = x509.load_pem_x509_crl(data) if b"-----BEGIN" in data else x509.load_der_x509_crl(data)
    return RevocationList(
        der=listed.public_bytes(serialization.Encoding.DER), issuer=_named(listed.issuer, NameOID.COMMON_NAME),
        issued_at=listed.last_update_utc, next_at=listed.next_update_utc, count=len(listed),
    )  # fmt: skip


def _named(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return bool(certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except x509.ExtensionNotFound:
        return False
