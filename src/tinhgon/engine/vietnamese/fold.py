"""Ba khóa so sánh chữ: bỏ mọi dấu, thống nhất chỗ đặt dấu thanh, và có dấu hay không.

Các mẫu ở đây cũng là thân của hàm SQL cùng tên, tính lại cho từng văn bản được ghi: đổi thì phải đo lại tốc độ ghi.
"""

import re
import unicodedata

from tinhgon.engine.vietnamese.letters import TONES

MARKS = r"[\u0300-\u036f]"

TONE_PLACES = tuple(
    (unicodedata.normalize("NFC", first + mark + second), unicodedata.normalize("NFC", first + second + mark))
    for first, second in ("oa", "oe", "uy")
    for mark in TONES[1:]
)
"""(kiểu mới, kiểu cũ): "òa" -> "oà", "ủy" -> "uỷ". Khóa theo kiểu cũ vì kiểu ấy không đụng tới "quý", "hoàn"."""

SEPARATORS = r"[\u0001-\u001f!-/:-@\[-`{-\u00bf\u00d7\u00f7\u2000-\u206f\u3000-\u303f]+"
"""Mọi dấu câu và ký hiệu, trừ dấu cách: hầu hết chỗ ngắt từ là dấu cách, thay chúng chỉ tốn thời gian."""

LEADING_ZEROS = "(^| )0+([0-9])"

_MARKS = re.compile(MARKS)
_SEPARATORS = re.compile(SEPARATORS)
_LEADING_ZEROS = re.compile(LEADING_ZEROS)


def nfc(text: str) -> str:
    """Dạng dựng sẵn (NFC): dạng duy nhất được lưu."""
    return unicodedata.normalize("NFC", text)


def lower(text: str) -> str:
    """Chữ thường từng ký tự một như ``lower()`` của PostgreSQL: không đổi số ký tự, không theo ngữ cảnh."""
    return "".join(char.lower()[0] for char in text)


def fold(text: str) -> str:
    """Chữ thường, không dấu, đ thành d; nhận cả NFD. "Đảng ủy" -> "dang uy"."""
    return lower(nfc(_MARKS.sub("", unicodedata.normalize("NFD", text)))).replace("đ", "d")


def tone_norm(text: str) -> str:
    """Khóa đúng dấu, không phụ thuộc kiểu đặt dấu thanh: "Hòa" và "Hoà" cùng thành "hoà". Không để hiển thị."""
    key = lower(nfc(text))
    for new, old in TONE_PLACES:
        key = key.replace(new, old)
    return key


def words(text: str) -> str:
    """Các từ cách nhau bằng dấu cách, không dấu câu, số không có 0 ở đầu: "Số 09-CV/VPTU" -> "Số 9 CV VPTU"."""
    return _LEADING_ZEROS.sub(r"\1\2", _SEPARATORS.sub(" ", nfc(text)))


def has_marks(text: str) -> bool:
    """Người gõ có gõ dấu không (thanh, mũ, móc, hay đ)."""
    return fold(text) != lower(nfc(text))
