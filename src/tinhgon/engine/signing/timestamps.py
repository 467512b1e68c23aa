"""Máy chủ dấu thời gian (RFC 3161): một địa chỉ http(s), hay tệp khóa ``file:`` của máy dấu thời gian mẫu, không qua mạng.

Máy mẫu ký bằng giờ của ứng dụng và khóa nằm ngay trong tệp: chỉ cho thế giới mẫu, phép thử và phép đo.
"""

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.sign.timestamps import DummyTimeStamper, HTTPTimeStamper, TimeStamper

from tinhgon.engine.signing.problems import SigningProblem

_FILE = "file:"
_SECONDS = 10


def timestamper_at(place: str, *, at: datetime) -> TimeStamper | None:
    """``place`` rỗng: không hỏi ai. ``SigningProblem``: tệp của máy mẫu không đọc được."""
    if not place:
        return None
    if not place.startswith(_FILE):
        return HTTPTimeStamper(place, timeout=_SECONDS)
    path = Path(place.removeprefix(_FILE))
    certificate, key, above = _opened(path, path.stat().st_mtime_ns if path.exists() else 0)
    return DummyTimeStamper(certificate, key, certs_to_embed=above, fixed_dt=at)  # type: ignore[arg-type]


@lru_cache(maxsize=2)
def _opened(path: Path, written: int) -> tuple[asn1_x509.Certificate, asn1_keys.PrivateKeyInfo, tuple[asn1_x509.Certificate, ...]]:
    """``written``: giờ ghi tệp, để tệp thay bằng máy khác thì đọc lại."""
    try:
        key, certificate, above = pkcs12.load_key_and_certificates(path.read_bytes(), None)
    except (OSError, ValueError) as broken:
        raise SigningProblem("no_timestamp") from broken
    if key is None or certificate is None:
        raise SigningProblem("no_timestamp")
    plain = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    ders = [one.public_bytes(serialization.Encoding.DER) for one in (certificate, *above)]
    own, *others = (asn1_x509.Certificate.load(der) for der in ders)
    return own, asn1_keys.PrivateKeyInfo.load(plain), tuple(others)
