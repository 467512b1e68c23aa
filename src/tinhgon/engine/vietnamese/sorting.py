"""Khóa sắp xếp, so theo byte (COLLATE "C"): cùng thứ tự với ``Intl.Collator('vi')``.

Ba tầng như mọi phép sắp chữ: chữ cái của cả chuỗi trước, rồi thanh của cả chuỗi, rồi chữ hoa. Ba phần cách nhau bằng dấu
cách, nhỏ hơn mọi mã trong khóa; số 0 ở cuối mỗi phần được bỏ vì không đổi thứ tự.
"""

import re

from tinhgon.engine.vietnamese.fold import nfc
from tinhgon.engine.vietnamese.letters import (
    ALPHABET,
    DIGITS,
    FOREIGN,
    PUNCTUATION,
    SAME_PLACE,
    SPACES,
    TONED,
)

_ORDER = " " + PUNCTUATION + DIGITS + ALPHABET
_CODE = {char: chr(0x21 + position) for position, char in enumerate(_ORDER)}
_FOREIGN_TONE = "6"


def _weights() -> dict[str, tuple[str, str, str]]:
    """Ký tự -> (mã chữ cái, thanh, hoa). Chữ hay gặp đứng đầu: ``translate`` của PostgreSQL dò bảng từ đầu."""
    lower = {char: (_CODE[char], "0", "0") for char in ALPHABET + " "}
    lower |= {char: (_CODE[letter], str(tone), "0") for char, (letter, tone) in TONED.items()}
    upper = {char.upper(): (code, tone, "1") for char, (code, tone, _case) in lower.items() if char != " "}
    foreign = {char: (_CODE[letter], _FOREIGN_TONE, "0") for char, letter in FOREIGN.items()}
    foreign |= {char.upper(): (_CODE[letter], _FOREIGN_TONE, "1") for char, letter in FOREIGN.items()}
    signs = {char: (_CODE[char], "0", "0") for char in DIGITS + PUNCTUATION}
    signs |= {char: (_CODE[place], "0", "0") for char, place in SAME_PLACE.items()}
    return lower | upper | signs | foreign


WEIGHTS = _weights()
OUTSIDE_TONES, OUTSIDE_CASES = f"[^0-{_FOREIGN_TONE}]", "[^01]"
BLANKS = "[" + "".join(f"\\u{ord(space):04x}" for space in SPACES) + "]+"

_LEVELS = [str.maketrans({char: weight[level] for char, weight in WEIGHTS.items()}) for level in range(3)]
_OUTSIDE_TONES, _OUTSIDE_CASES = re.compile(OUTSIDE_TONES), re.compile(OUTSIDE_CASES)
_BLANKS = re.compile(BLANKS)


def sort_key(text: str) -> str:
    """Khóa của một chuỗi. Ký tự ngoài bảng đứng sau mọi chữ cái, theo mã Unicode."""
    stored = nfc(text)
    letters, tones, cases = (stored.translate(level) for level in _LEVELS)
    return (
        f"{letters} {_OUTSIDE_TONES.sub('0', tones).rstrip('0')} {_OUTSIDE_CASES.sub('0', cases).rstrip('0')}"
    )


def given_name_key(full_name: str) -> str:
    """Khóa sắp theo tên gọi (chữ cuối), rồi đệm, rồi họ; mỗi phần so trọn vẹn trước khi xét phần sau.

    Mọi người tên An đứng trước mọi người tên Ân, dù đệm và họ là gì.
    """
    parts = _BLANKS.sub(" ", nfc(full_name)).strip(" ").split(" ")
    given, middle, family = parts[-1], " ".join(parts[1:-1]), parts[0] if len(parts) > 1 else ""
    return " ".join(sort_key(part) for part in (given, middle, family))
