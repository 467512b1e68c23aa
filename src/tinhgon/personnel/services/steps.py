"""Bước chung của các động từ."""

from tinhgon.core.errors import Invalid, Reason


def required(text: str, field: str, sentence: str) -> str:
    """Chữ bắt buộc, đã bỏ khoảng trắng thừa. ``Invalid`` khi để trống."""
    if not text.strip():
        raise Invalid(Reason("personnel.missing", sentence, field))
    return text.strip()
