"""Số và ký hiệu như in trên văn bản của Đảng: ``15-CV/VPTU`` (HD 36-HD/VPTW mục 1.3; HD 05-HD/VPTW)."""

import re
import unicodedata
from dataclasses import dataclass

BLANK = " " * 6
"""Chỗ trống của số trên dự thảo: số chỉ có khi ban hành."""

_PRINTED = re.compile(
    r"(?:Số\s*:?)?\s*(?:(?P<number>\d{1,5})(?P<suffix>[a-zđ]?))?\s*[-–—]\s*"
    r"(?P<type>[A-ZĐ][A-Za-zĐđ]{0,4})\s*/\s*(?P<organ>[\w.-]+)"
)


def padded(number: int, suffix: str = "") -> str:
    """Số dưới 10 thêm số 0 phía trước: ``09``, ``15``, ``12a``."""
    return f"{number:02d}{suffix}"


def symbol(number: int, abbreviation: str, organ: str, *, suffix: str = "") -> str:
    """``<số>-<ký hiệu tên loại>/<ký hiệu cơ quan>``, gạch nối rồi gạch chéo, không có năm."""
    return f"{padded(number, suffix)}-{abbreviation}/{organ}"


def line(number: int | None, abbreviation: str, organ: str, *, suffix: str = "") -> str:
    """Dòng in trên văn bản: ``Số 09-CV/VPTU``; dự thảo chưa có số thì để trống."""
    if number is None:
        return f"Số {BLANK}-{abbreviation}/{organ}"
    return f"Số {symbol(number, abbreviation, organ, suffix=suffix)}"


@dataclass(frozen=True, slots=True)
class Printed:
    """Số và ký hiệu đọc được. ``number`` là ``None`` trên dự thảo. Ký hiệu không cho biết tên loại: QĐ là hai loại."""

    number: int | None
    suffix: str
    abbreviation: str
    organ: str


def parse(text: str) -> Printed | None:
    """Đọc số và ký hiệu của văn bản Đảng; chịu được chữ máy quét ("Số:", gạch dài, dấu cách thừa). Không phải thì ``None``."""
    found = _PRINTED.fullmatch(unicodedata.normalize("NFC", text).strip())
    if found is None:
        return None
    number = int(found["number"]) if found["number"] else None
    if number == 0:
        return None
    return Printed(number, found["suffix"] or "", found["type"], found["organ"])
