"""Khóa ký của hệ thống này và mã định danh của các cơ quan.

Khóa RSA sinh ra lần đầu cần tới, niêm phong bằng SECRET_KEY: bản sao lưu lộ ra cũng không ký thay được. Đổi SECRET_KEY thì khóa
cũ không mở được nữa; khi ấy sinh khóa mới và gửi chứng thư mới cho các đối tác.
"""

import base64
import hashlib
from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache

from cryptography import x509
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils.translation import gettext as _

from tinhgon.core import clock
from tinhgon.core.errors import Broken, Reason
from tinhgon.documents.models import ExchangeIdentity
from tinhgon.org.models import ExternalCode

SCHEME = "dinh-danh"
"""Bộ mã của mã định danh điện tử (QĐ 20/2020/QĐ-TTg) trong ``org.ExternalCode``."""

_YEARS = 10


def organ_code(unit_id: int) -> str:
    """Mã định danh đang dùng của cơ quan; rỗng khi chưa có. Mã sau thắng mã trước."""
    return organ_codes([unit_id]).get(unit_id, "")


def organ_codes(unit_ids: Iterable[int]) -> dict[int, str]:
    return dict(ExternalCode.objects.filter(scheme=SCHEME, unit__in=unit_ids).order_by("era", "pk").values_list("unit_id", "code"))


def signing() -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    """Khóa riêng và chứng thư của hệ thống này; sinh ra nếu chưa có."""
    row = ExchangeIdentity.objects.filter(pk=1).first() or _make()
    return _opened(bytes(row.sealed_key), row.certificate)


def certificate_pem() -> str:
    """Chứng thư để gửi cho đối tác."""
    return (ExchangeIdentity.objects.filter(pk=1).first() or _make()).certificate


def fingerprint(pem: str) -> str:
    """SHA-256 của chứng thư, từng nhóm hai chữ, để hai bên đọc cho nhau nghe."""
    return x509.load_pem_x509_certificate(pem.encode()).fingerprint(SHA256()).hex(":").upper()


def _make() -> ExchangeIdentity:
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    now = clock.now()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tinh Gon exchange")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * _YEARS)).sign(key, SHA256())
    )  # fmt: skip
    private = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    row, _created = ExchangeIdentity.objects.get_or_create(
        pk=1,
        defaults={
            "certificate": made.public_bytes(serialization.Encoding.PEM).decode(), "sealed_key": _seal().encrypt(private), "made_at": now,
        },
    )  # fmt: skip
    return row


@lru_cache(maxsize=4)
def _opened(sealed: bytes, certificate: str) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    try:
        key = serialization.load_der_private_key(_seal().decrypt(sealed), password=None)
    except InvalidToken as error:
        sentence = _("Khóa ký trao đổi văn bản không mở được: SECRET_KEY của máy chủ đã đổi. Hãy trả lại khóa cũ, hoặc tạo khóa ký mới.")
        raise Broken(Reason("exchange.sealed", sentence)) from error
    assert isinstance(key, rsa.RSAPrivateKey)
    return key, x509.load_pem_x509_certificate(certificate.encode())


def _seal() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"tinhgon.exchange" + settings.SECRET_KEY.encode()).digest()))
