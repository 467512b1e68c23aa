"""Chữ TCVN3, VNI thành Unicode. Theo phông của từng đoạn khi biết phông; không thì theo cả văn bản, vì một dòng ngắn đoán hay sai."""

import re
from dataclasses import replace

import viparse

from tinhgon.engine.extract.model import Line
from tinhgon.engine.vietnamese import nfc
from tinhgon.engine.vietnamese.syllables import share_valid, words_of

_UNICODE_ONLY = re.compile("[ăĂđĐơƠưƯ\u0102-\u01b0\u1ea0-\u1ef9\u0300-\u0323]")
_ENCODINGS = ("tcvn3", "vni", "viscii", "vps")
_SAMPLE = 20_000
_ENOUGH_WORDS = 4


def encoding_of_font(font: str) -> str:
    """``.VnTime`` -> tcvn3, ``VNI-Times`` -> vni; phông Unicode thì rỗng. Nhận cả tên phông nhúng ``ABCDEF+.VnTime``."""
    name = font.rpartition("+")[2].lower()
    if name.startswith(".vn"):
        return "tcvn3"
    return "vni" if name.startswith("vni") else ""


def from_font(text: str, font: str) -> tuple[str, str]:
    """Chữ đã đổi và bảng mã cũ (rỗng nếu không đổi). Phông hoa (``.VnTimeH``) chứa chữ thường, phải tự viết hoa."""
    encoding = encoding_of_font(font)
    if not encoding or text.isspace() or _UNICODE_ONLY.search(text):
        return text, ""
    fixed = convert(text, encoding)
    is_capital_font = encoding == "tcvn3" and font.rstrip().upper().endswith("H")
    return (fixed.upper() if is_capital_font else fixed), encoding


def convert(text: str, encoding: str) -> str:
    """Đổi cả khi chữ ngắn; khoảng trắng hai đầu giữ nguyên."""
    left, right = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
    body = text.strip()
    if body.isascii():
        return text
    return text[:left] + viparse.fix(body, encoding=encoding) + (text[len(text) - right :] if right else "")


def detect(text: str) -> str:
    """Bảng mã cũ của cả văn bản, rỗng nếu đã là Unicode hay không phải tiếng Việt.

    Phải làm chữ đúng chính tả hơn hẳn thì mới tin: đổi nhầm làm hỏng văn bản đang đúng.
    """
    sample = text[:_SAMPLE]
    if len(words_of(sample)) < _ENOUGH_WORDS or sample.isascii() or len(_UNICODE_ONLY.findall(sample)) > len(sample) // 200:
        return ""
    before = share_valid(sample)
    found = viparse.detect_text_encoding(sample) or ""
    tried = [found] if found in _ENCODINGS else []
    scored = [(share_valid(convert(sample, encoding)), encoding) for encoding in (*tried, "tcvn3", "vni")]
    best, encoding = max(scored)
    return encoding if best >= 0.8 and best > before + 0.1 else ""


def unicode_lines(lines: list[Line]) -> tuple[list[Line], str]:
    """Các dòng đã đổi nếu cả văn bản viết bằng bảng mã cũ; dòng vốn đã là Unicode giữ nguyên.

    Gạch nối mềm chỉ bỏ ở đây: trong TCVN3 đó là chữ "ư".
    """
    encoding = detect("\n".join(line.text for line in lines[:2_000]))
    out = []
    for line in lines:
        text = convert(line.text, encoding) if encoding and not _UNICODE_ONLY.search(line.text) else line.text
        text = nfc(text.replace("\u00ad", ""))
        if text.strip():
            out.append(line if text == line.text else replace(line, text=text))
    return out, encoding
