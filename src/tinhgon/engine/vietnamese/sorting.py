"""Khóa sắp xếp, so theo byte: cùng thứ tự với ``Intl.Collator('vi')``.

So ba tầng như mọi phép sắp chữ: chữ cái trước, rồi thanh của cả chuỗi, rồi chữ hoa. Dấu cách nhỏ hơn mọi chữ.
"""

from tinhgon.engine.vietnamese.fold import nfc
from tinhgon.engine.vietnamese.letters import ALPHABET, TONED

FIRST_WEIGHT = 0x41
"""Mã của chữ đầu bảng trong khóa; các chữ nối tiếp nhau, đều là ASCII in được."""

_PRIMARY = {letter: chr(FIRST_WEIGHT + i) for i, letter in enumerate(ALPHABET)}


def sort_key(text: str) -> str:
    """Khóa của một chuỗi. Ba phần cách nhau bằng U+0001: chữ cái, thanh, chữ hoa."""
    stored = nfc(text)
    lowered = stored.lower()
    letters = [TONED.get(char, (char, 0)) for char in lowered]
    primary = "".join(_PRIMARY.get(letter, letter) for letter, _tone in letters)
    tones = "".join(str(tone) for _letter, tone in letters)
    case = "".join("1" if upper != lower else "0" for upper, lower in zip(stored, lowered, strict=True))
    return f"{primary}\x01{tones}\x01{case}"


def given_name_key(full_name: str) -> str:
    """Khóa sắp theo tên gọi: chữ cuối trước, rồi họ và đệm. "Nguyễn Văn An" đứng trước "Lê Thị Bình"."""
    words = nfc(full_name).split()
    return sort_key(" ".join([*words[-1:], *words[:-1]]))
