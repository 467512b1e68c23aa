"""Ba khóa so sánh chữ: bỏ mọi dấu, thống nhất chỗ đặt dấu thanh, và có dấu hay không."""

import unicodedata

from tinhgon.engine.vietnamese.letters import BARE, TONED, TONES

_FOLDED = {ord(toned): BARE[letter] for toned, (letter, _tone) in TONED.items()} | {ord("đ"): "d"}
TONE_STYLES: tuple[tuple[str, str], ...] = tuple(
    (unicodedata.normalize("NFC", old), unicodedata.normalize("NFC", new))
    for first, second in (("o", "a"), ("o", "e"), ("u", "y"))
    for mark in TONES[1:]
    for old, new in ((first + second + mark, first + mark + second),)
)
"""(kiểu cũ, kiểu mới) chữ thường: "oà" -> "òa", "uỷ" -> "ủy". Chỉ làm khóa: mọi vần đi qua cùng một phép thay."""


def nfc(text: str) -> str:
    """Dạng dựng sẵn (NFC): dạng duy nhất được lưu."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Chữ thường, không dấu, đ thành d; nhận cả NFD. "Đảng ủy" -> "dang uy"."""
    return nfc(text).lower().translate(_FOLDED)


def tone_norm(text: str) -> str:
    """Khóa đúng dấu, không phụ thuộc kiểu đặt dấu thanh: "Hoà" và "Hòa" cho cùng một khóa."""
    key = nfc(text).lower()
    for old, new in TONE_STYLES:
        key = key.replace(old, new)
    return key


def has_marks(text: str) -> bool:
    """Người gõ có gõ dấu không (thanh, mũ, móc, hay đ)."""
    lowered = nfc(text).lower()
    return fold(lowered) != lowered
