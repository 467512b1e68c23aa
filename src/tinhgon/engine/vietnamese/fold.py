"""Ba khóa so sánh chữ: bỏ mọi dấu, thống nhất chỗ đặt dấu thanh, và có dấu hay không.

Chữ hoa thành chữ thường theo bảng (A-Z và Đ), không theo ngôn ngữ của máy chủ: cùng kết quả với hàm SQL ở mọi nơi.
"""

import re
import unicodedata
from string import ascii_lowercase, ascii_uppercase

from tinhgon.engine.vietnamese.letters import TONES

MARKS = r"[\u0300-\u036f]"
UPPER, LOWER = ascii_uppercase + "Đ", ascii_lowercase + "đ"
FOLD_FROM, FOLD_TO = UPPER + "đ", ascii_lowercase + "dd"

TONE_THEN_VOWELS = (
    "([" + "".join(f"\\u{ord(mark):04x}" for mark in TONES[1:]) + r"])([aeiouy\u0302\u0306\u031b]+)"
)
"""Ở dạng NFD: một dấu thanh, rồi phần còn lại của cụm nguyên âm."""

SEPARATORS = r"[\u0001-/:-@\[-`{-\u00bf\u00d7\u00f7\u2000-\u206f\u3000-\u303f]+"
LEADING_ZEROS = "(^| )0+([0-9])"

_MARKS = re.compile(MARKS)
_TONE_THEN_VOWELS = re.compile(TONE_THEN_VOWELS)
_SEPARATORS = re.compile(SEPARATORS)
_LEADING_ZEROS = re.compile(LEADING_ZEROS)
_FOLD = str.maketrans(FOLD_FROM, FOLD_TO)
_LOWER = str.maketrans(UPPER, LOWER)


def nfc(text: str) -> str:
    """Dạng dựng sẵn (NFC): dạng duy nhất được lưu."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Chữ thường, không dấu, đ thành d; nhận cả NFD. "Đảng ủy" -> "dang uy"."""
    return nfc(_MARKS.sub("", unicodedata.normalize("NFD", text))).translate(_FOLD)


def tone_norm(text: str) -> str:
    """Khóa đúng dấu, không phụ thuộc kiểu đặt dấu thanh: "Hòa" và "Hoà" cùng thành "hoà"; "quý" vẫn là "quý".

    Dấu thanh được dời tới nguyên âm cuối của cụm. Chỉ làm khóa so sánh, không để hiển thị.
    """
    return nfc(_TONE_THEN_VOWELS.sub(r"\2\1", unicodedata.normalize("NFD", text).translate(_LOWER)))


def words(text: str) -> str:
    """Các từ cách nhau một dấu cách, không dấu câu, số không có 0 ở đầu: "Số 09-CV/VPTU" -> "Số 9 CV VPTU"."""
    return _LEADING_ZEROS.sub(r"\1\2", _SEPARATORS.sub(" ", nfc(text)))


def has_marks(text: str) -> bool:
    """Người gõ có gõ dấu không (thanh, mũ, móc, hay đ)."""
    return fold(text) != nfc(text).translate(_LOWER)
