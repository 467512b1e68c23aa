"""Chữ Unicode viết lại bằng bảng mã cũ, đúng như nó nằm trong tệp: để người đối chiếu trước và sau khi đổi."""

from functools import cache

from tinhgon.engine.extract.legacy import convert

_BASES = "aAeEiIoOuUyYdD\u00f6\u00d6\u00f4\u00d4"  # ô ký tự gốc của VNI, kể cả ö (ơ) và ô (ô) một ký tự
_MARKS = [chr(code) for code in range(0xA1, 0x100)]


def as_it_was(text: str, encoding: str) -> str:
    """Bảng mã lạ thì trả nguyên chữ."""
    table = _table(encoding)
    return "".join(table.get(char, char) for char in text)


@cache
def _table(encoding: str) -> dict[str, str]:
    """Chữ Unicode -> chữ bảng mã cũ, dựng ngược từ chính phép đổi."""
    found: dict[str, str] = {}
    if encoding not in ("tcvn3", "vni"):
        return found
    pieces = [*_MARKS, *(base + mark for base in _BASES for mark in _MARKS)] if encoding == "vni" else _MARKS
    for piece in pieces:
        fixed = convert(piece, encoding)
        if len(fixed) == 1 and fixed != piece and not fixed.isascii():
            found.setdefault(fixed, piece)
    return found
