"""Biên nhận đã ký của một thông điệp: nơi nhận nói đã nhận đúng những byte ấy, lúc nào; ai đứng giữa đường cũng không nói thay được.

Lời từ chối cũng ký: không thì ai đứng giữa đường trả một câu từ chối là thông điệp bị bỏ hẳn. Ký một câu ngắn (RSA, SHA-256) bằng chính khóa ký thông điệp; câu mở đầu bằng tên riêng, nên không chữ ký nào của việc khác dùng làm
biên nhận được, và biên nhận không dùng làm chữ ký của thông điệp được.
"""

import base64
import binascii
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import Certificate


class BadReceipt(Exception):
    """``code``: other_message (của thông điệp khác, hay không phải biên nhận), unsigned, wrong_signature."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def signed_receipt(digest: str, at: datetime, key: RSAPrivateKey) -> dict[str, str]:
    """``digest``: SHA-256 của nguyên byte thông điệp; ``at``: lúc nhận lần đầu, nên giao lại bao nhiêu lần vẫn một biên nhận."""
    moment = at.isoformat()
    made = key.sign(_statement(digest, moment), PKCS1v15(), SHA256())
    return {"digest": digest, "at": moment, "signature": base64.b64encode(made).decode()}


def check_receipt(answer: object, digest: str, certificate: Certificate) -> None:
    """``BadReceipt`` khi không phải biên nhận của thông điệp ``digest`` do chủ ``certificate`` ký."""
    if not isinstance(answer, Mapping) or answer.get("digest") != digest:
        raise BadReceipt("other_message")
    if not answer.get("signature"):
        raise BadReceipt("unsigned")
    key = certificate.public_key()
    if not isinstance(key, RSAPublicKey) or not _is_signed(answer, key):
        raise BadReceipt("wrong_signature")


def signed_refusal(digest: str, status: int, said: str, at: datetime, key: RSAPrivateKey) -> dict[str, str]:
    """Nơi nhận không nhận thông điệp ``digest``: trả mã ``status`` và câu ``said``, lúc ``at``."""
    moment = at.isoformat()
    made = key.sign(_refusal(digest, status, said, moment), PKCS1v15(), SHA256())
    return {"digest": digest, "at": moment, "signature": base64.b64encode(made).decode()}


def is_refusal(answer: object, digest: str, status: int, said: str, certificate: Certificate) -> bool:
    """Đúng là chủ ``certificate`` từ chối thông điệp ``digest`` bằng mã và câu ấy."""
    key = certificate.public_key()
    if not isinstance(answer, Mapping) or answer.get("digest") != digest or not isinstance(key, RSAPublicKey):
        return False
    return _verifies(answer.get("signature"), _refusal(digest, status, said, str(answer.get("at", ""))), key)


def _is_signed(answer: Mapping[str, Any], key: RSAPublicKey) -> bool:
    return _verifies(answer["signature"], _statement(str(answer["digest"]), str(answer.get("at", ""))), key)


def _verifies(signature: object, statement: bytes, key: RSAPublicKey) -> bool:
    try:
        key.verify(base64.b64decode(str(signature), validate=True), statement, PKCS1v15(), SHA256())
    except (binascii.Error, ValueError, InvalidSignature):
        return False
    return True


def _statement(digest: str, moment: str) -> bytes:
    return f"tinhgon-receipt-1\n{digest}\n{moment}".encode()


def _refusal(digest: str, status: int, said: str, moment: str) -> bytes:
    return f"tinhgon-refusal-1\n{digest}\n{status}\n{moment}\n{said}".encode()
