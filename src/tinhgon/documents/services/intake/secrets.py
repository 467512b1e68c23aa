"""Mật khẩu hộp thư: mã hóa bằng khóa suy từ khóa bí mật của máy chủ; bản sao lưu cơ sở dữ liệu không đọc ra được."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def sealed(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def opened(token: str) -> str:
    """Rỗng khi khóa của máy chủ đã đổi: phải nhập lại mật khẩu."""
    try:
        return _box().decrypt(token.encode()).decode()
    except InvalidToken:
        return ""


def _box() -> Fernet:
    key = hashlib.sha256(b"documents.watched_place:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
