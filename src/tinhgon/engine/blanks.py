"""Ghi số và ngày vào chỗ trống của một bản PDF dự thảo: "Số      -CV/VPTU", "ngày      tháng      năm".

Dùng khi người soạn trình PDF chứ không soạn ở đây. Không có chỗ trống thì nói không, không bao giờ đè lên chữ có sẵn.
"""

import ctypes
import re
from collections.abc import Iterator
from io import BytesIO

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tinhgon.engine.pdfium import LOCK

_NUMBER = re.compile(r"Số:?(?P<blank>[\s.…]*)(?P<next>[-/][A-ZĐ])")
_DAY = re.compile(r"ngày(?P<blank>[\s.…]*)(?P<next>tháng)")
_MONTH = re.compile(r"tháng(?P<blank>[\s.…]*)(?P<next>năm)")
_ROOM = 6  # point: hẹp hơn thì không phải chỗ trống


class NoBlank(Exception):
    """Trang đầu không có chỗ trống để ghi số."""


def fill(pdf: bytes, *, number: str, day: str, month: str) -> bytes:
    """PDF với số (``09``, ``12a``), ngày và tháng ở chỗ trống. Chỗ ngày đã ghi sẵn thì để nguyên. ``NoBlank`` khi không ghi được số."""
    with LOCK:
        document = pdfium.PdfDocument(pdf)
        try:
            page = document[0]
            places = list(_places(page, number, day, month))
            for text, left, right, base, size in places:
                _write(document, page, text, left, right, base, size)
            raw.FPDFPage_GenerateContent(page)
            filled = BytesIO()
            document.save(filled)
            return filled.getvalue()
        finally:
            document.close()


def _places(page: pdfium.PdfPage, number: str, day: str, month: str) -> Iterator[tuple[str, float, float, float, float]]:
    text = page.get_textpage()
    whole = text.get_text_range()
    found = _blank(text, whole, _NUMBER)
    if found is None:
        raise NoBlank
    yield number, *found
    for value, pattern in ((day, _DAY), (month, _MONTH)):
        place = _blank(text, whole, pattern)
        if place is not None:
            yield value, *place


def _blank(text: pdfium.PdfTextPage, whole: str, pattern: re.Pattern[str]) -> tuple[float, float, float, float] | None:
    """(trái, phải, chân chữ, cỡ chữ) của chỗ trống đầu tiên khớp mẫu và đủ rộng."""
    for found in pattern.finditer(whole):
        before, after = found.start("blank") - 1, found.start("next")
        left, base = text.get_charbox(before)[2], text.get_charbox(before, loose=False)[1]
        right = text.get_charbox(after)[0]
        if right - left >= _ROOM and abs(text.get_charbox(after)[1] - base) < 12:
            return left, right, _baseline(text, after if pattern is not _NUMBER else before, base), _size(text, before)
    return None


def _baseline(text: pdfium.PdfTextPage, index: int, otherwise: float) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    return y.value if raw.FPDFText_GetCharOrigin(text, index, x, y) else otherwise


def _size(text: pdfium.PdfTextPage, index: int) -> float:
    return float(raw.FPDFText_GetFontSize(text, index)) or 14.0


def _write(document: pdfium.PdfDocument, page: pdfium.PdfPage, value: str, left: float, right: float, base: float, size: float) -> None:
    made = raw.FPDFPageObj_NewTextObj(document, b"Times-Roman", size)
    encoded = (value + "\0").encode("utf-16-le")
    raw.FPDFText_SetText(made, (ctypes.c_ushort * (len(encoded) // 2)).from_buffer_copy(encoded))
    width = len(value) * size * 0.5  # chữ số của Times rộng nửa cỡ chữ
    start = left + max((right - left - width) / 2, 0)
    raw.FPDFPageObj_Transform(made, 1, 0, 0, 1, start, base)
    raw.FPDFPage_InsertObject(page, made)
