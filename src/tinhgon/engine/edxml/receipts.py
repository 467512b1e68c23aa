"""Biên nhận đã ký của một thông điệp: nơi nhận nói đã nhận đúng những byte ấy, lúc nào; ai đứng giữa đường cũng không nói thay được.

Ký một câu ngắn (RSA, SHA-256) bằng chính khóa ký thông điệp; câu mở đầu bằng tên riêng, nên không chữ ký nào của việc khác dùng làm
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


def _is_signed(answer: Mapping[str, Any], key: RSAPublicKey) -> bool:
    try:
        made = base64.b64decode(str(answer["signature"]), validate=True)
        key.verify(made, _statement(str(answer["digest"]), str(answer.get("at", ""))), PKCS1v15(), SHA256())
    except (binascii.Error, ValueError, InvalidSignature):
        return False
    return True


def _statement(digest: str, moment: str) -> bytes:
    return f"tinhgon-receipt-1\n{digest}\n{moment}".encode()
