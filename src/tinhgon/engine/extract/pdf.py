"""PDF: chữ từng trang với chỗ đứng. Trang không có lớp chữ, hay lớp chữ rác, là trang quét."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from tinhgon.engine.extract import ocr
from tinhgon.engine.extract.legacy import encoding_of_font, from_font, unicode_lines
from tinhgon.engine.extract.limits import MOST_OCR_PAGES, MOST_PIXELS, MOST_TEXT
from tinhgon.engine.extract.model import Box, Extracted, Line, Source, Unreadable
from tinhgon.engine.vietnamese import nfc
from tinhgon.engine.vietnamese.syllables import share_valid, words_of

_COLUMN_GAP = 1.8  # lần cỡ chữ: khoảng trống rộng hơn là sang cột khác
_FEW_WORDS = 8
_STAMP_WORDS = 40  # dấu chữ ký số trên bản quét ("Người ký: ... Thời gian ký: ...") cũng là chữ đúng chính tả
_LEAST_VALID = 0.55
_TRUSTED_SCAN_TEXT = 0.97
_IMAGE_COVERS = 0.6
_SPACES = frozenset(map(ord, " \t\u00a0\u2003\u2002"))
_NEWLINES = frozenset((10, 13, 0x0B, 0x0C))
_HYPHEN_AT_END = 0xFFFE  # pdfium thay gạch nối cuối dòng bằng ký tự này và nuốt dấu xuống dòng
_HYPHEN_INSIDE = 2  # gạch nối cuối dòng mà pdfium coi là chỗ ngắt một từ: hai nửa đã nối liền, gạch thì thành ký tự điều khiển
_BOLD, _ITALIC = 1 << 18, 1 << 6


@dataclass(slots=True)
class _Word:
    text: str
    start: int
    left: float
    bottom: float
    right: float
    top: float


def read_pdf(path: Path, *, use_ocr: bool, progress: ocr.Progress | None = None) -> Extracted:
    try:
        document = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise Unreadable("encrypted" if "password" in str(error).lower() else "corrupt", str(error)) from error
    try:
        return _read(document, use_ocr=use_ocr, progress=progress)
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument, *, use_ocr: bool, progress: ocr.Progress | None) -> Extracted:
    count = len(document)
    texts: dict[int, list[Line]] = {}
    scans: list[int] = []
    legacy: set[str] = set()
    length, cut = 0, False
    under_picture = False
    for index in range(count):
        if length > MOST_TEXT:
            cut = True
            break
        lines, is_scan, covered = _text_page(document, index, legacy)
        under_picture = under_picture or (index == 0 and covered)
        texts[index] = lines
        length += sum(len(line.text) + 1 for line in lines)
        if is_scan:
            scans.append(index)
    warnings = ["text_cut"] if cut else []
    again: dict[int, list[Line]] = {}
    was_scanned = _scan(document, scans, texts, again, warnings, use_ocr=use_ocr, progress=progress) if scans else False
    lines, detected = unicode_lines([line for index in sorted(texts) for line in texts[index]])
    # lớp chữ nằm cùng ảnh cả trang là do một máy quét khác đọc: số và ngày viết tay trên đó cũng không được tin
    source = Source.OCR if was_scanned or under_picture or (scans and scans[0] == 0) else Source.PDF
    second = tuple(line for index in sorted(texts) for line in again.get(index, texts[index])) if again else ()
    return Extracted(source, tuple(lines), count, next(iter(sorted(legacy)), detected), tuple(warnings), second)


def _scan(
    document: pypdfium2.PdfDocument, scans: list[int], texts: dict[int, list[Line]], again: dict[int, list[Line]], warnings: list[str], *,
    use_ocr: bool, progress: ocr.Progress | None,
) -> bool:  # fmt: skip
    """Đọc các trang quét vào ``texts`` và ``again``; True khi trang đầu là trang quét (số và ngày trên đó có thể viết tay)."""
    if not use_ocr:
        warnings.append("needs_ocr")
        return False
    if not ocr.ocr_available():
        if not any(texts.values()):
            raise Unreadable("no_ocr")
        warnings.append("no_ocr")
        return False
    for done, index in enumerate(scans[:MOST_OCR_PAGES], start=1):
        texts[index], second = _scanned_page(document, index)
        again.update({index: second} if second else {})
        if progress is not None:
            progress(done, min(len(scans), MOST_OCR_PAGES))
    if len(scans) > MOST_OCR_PAGES:
        warnings.append("ocr_pages")
    return scans[0] == 0


def _scanned_page(document: pypdfium2.PdfDocument, index: int) -> tuple[list[Line], list[Line]]:
    page = document[index]
    try:
        if _image_pixels(page) > MOST_PIXELS:
            raise Unreadable("bomb", f"{index + 1}")
        width, height = page.get_size()
        scale = min(ocr.DPI / 72, (ocr.MOST_RENDERED / max(width * height, 1)) ** 0.5)
        image = page.render(scale=scale, may_draw_forms=False).to_pil()
    except pypdfium2.PdfiumError as error:
        raise Unreadable("corrupt", str(error)) from error
    finally:
        page.close()
    return ocr.read_image(image, page=index + 1, points_per_pixel=1 / scale)


def _images(page: pypdfium2.PdfPage) -> Iterator[pypdfium2.PdfObject]:
    return page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)


def _image_pixels(page: pypdfium2.PdfPage) -> int:
    return max((image.get_px_size()[0] * image.get_px_size()[1] for image in _images(page)), default=0)


def _text_page(document: pypdfium2.PdfDocument, index: int, legacy: set[str]) -> tuple[list[Line], bool, bool]:
    """Các dòng của trang; trang có phải đem quét không; ảnh có che gần hết trang đầu không."""
    try:
        page = document[index]
    except pypdfium2.PdfiumError as error:
        raise Unreadable("corrupt", f"{index + 1}") from error
    try:
        textpage = page.get_textpage()
        try:
            lines = list(_lines(page, textpage.raw, index + 1, legacy))
        finally:
            textpage.close()
        return lines, _is_scan(page, lines), index == 0 and _image_share(page) > _IMAGE_COVERS
    except pypdfium2.PdfiumError as error:
        raise Unreadable("corrupt", f"{index + 1}") from error
    finally:
        page.close()


def _is_scan(page: pypdfium2.PdfPage, lines: list[Line]) -> bool:
    text = "\n".join(line.text for line in lines)
    words = words_of(text)
    valid = share_valid(text) if len(words) >= _FEW_WORDS else 0.0
    if _is_garbage(text, valid):
        return True
    if len(words) < _FEW_WORDS:
        return _image_share(page) > 0.2
    return (valid < _TRUSTED_SCAN_TEXT or len(words) < _STAMP_WORDS) and _image_share(page) > _IMAGE_COVERS


def _is_garbage(text: str, valid: float) -> bool:
    """Lớp chữ rác (phông mất bảng mã): nhiều ký tự thay thế, vùng riêng, điều khiển; một trang tiếng Anh hay toàn số thì không phải rác."""
    odd = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or (ord(char) < 32 and char != "\n") for char in text)
    return odd * (20 if valid < _LEAST_VALID else 4) > len(text) > _FEW_WORDS


def _image_share(page: pypdfium2.PdfPage) -> float:
    """Phần trang mà ảnh che; nhiều máy quét cắt một trang thành các dải ảnh nên phải cộng lại."""
    left, bottom, right, top = page.get_bbox()
    covered = 0.0
    for image in _images(page):
        x0, y0, x1, y1 = image.get_bounds()
        covered += max(min(x1, right) - max(x0, left), 0) * max(min(y1, top) - max(y0, bottom), 0)
    return min(covered / max((right - left) * (top - bottom), 1), 1.0)


def _lines(page: pypdfium2.PdfPage, textpage: Any, number: int, legacy: set[str]) -> Iterator[Line]:
    """Dòng của pdfium, chia ở khoảng trống rộng (hai cột) và nối lại khi pdfium ngắt giữa dòng."""
    place = _Place(page)
    previous: tuple[list[_Word], float] | None = None
    for words in _word_lines(textpage):
        for group, size in _columns(words, textpage):
            if previous is not None and _continues(previous[0][-1], group[0], size):
                previous = (previous[0] + group, previous[1])
                continue
            if previous is not None:
                yield from _line(*previous, textpage, number, place, legacy)
            previous = (group, size)
    if previous is not None:
        yield from _line(*previous, textpage, number, place, legacy)


def _continues(last: _Word, first: _Word, size: float) -> bool:
    middle = (first.top + first.bottom) / 2
    return last.bottom <= middle <= last.top and 0 <= first.left - last.right < size * _COLUMN_GAP


def _word_lines(textpage: Any) -> Iterator[list[_Word]]:
    words: list[_Word] = []
    letters: list[str] = []
    start = 0
    count = raw.FPDFText_CountChars(textpage)
    for i in range(count + 1):
        code = raw.FPDFText_GetUnicode(textpage, i) if i < count else 10
        if code == _HYPHEN_AT_END:
            start = start if letters else i
            letters.append("-")
            words.append(_word("".join(letters), start, i, textpage))
            letters = []
            yield words
            words = []
        elif code in _SPACES or code in _NEWLINES:
            if letters:
                words.append(_word("".join(letters), start, i - 1, textpage))
                letters = []
            if code in _NEWLINES and words:
                yield words
                words = []
        elif code:
            if not letters:
                start = i
            letters.append("-" if code == _HYPHEN_INSIDE else chr(code) if code < 0x110000 else "\ufffd")


def _word(text: str, start: int, end: int, textpage: Any) -> _Word:
    first = _char_box(textpage, start)
    last = first if end == start else _char_box(textpage, end)
    return _Word(text, start, min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3]))


def _char_box(textpage: Any, index: int) -> tuple[float, float, float, float]:
    left, right, bottom, top = ctypes.c_double(), ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value


def _columns(words: list[_Word], textpage: Any) -> Iterator[tuple[list[_Word], float]]:
    size = raw.FPDFText_GetFontSize(textpage, words[0].start) or 12.0
    size = size if size > 3 else max(word.top - word.bottom for word in words) or 12.0  # phông co giãn bằng ma trận: cỡ ghi là 1
    group = [words[0]]
    for word in words[1:]:
        if word.left - group[-1].right > size * _COLUMN_GAP or word.left < group[-1].left:  # lùi về trái: pdfium nối hai dòng xếp khít
            yield group, size
            group = []
        group.append(word)
    yield group, size


class _Place:
    """Từ tọa độ của trang PDF (gốc dưới trái, có thể xoay) sang phần của trang như người nhìn."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.turns = page.get_rotation() // 90

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        width, height = max(self.right - self.left, 1), max(self.top - self.bottom, 1)
        x0, x1 = (left - self.left) / width, (right - self.left) / width
        y0, y1 = (self.top - top) / height, (self.top - bottom) / height
        for _ in range(self.turns):
            x0, y0, x1, y1 = 1 - y1, x0, 1 - y0, x1
        return Box(*(min(max(value, 0.0), 1.0) for value in (x0, y0, x1, y1)))


def _line(words: list[_Word], size: float, textpage: Any, number: int, place: _Place, legacy: set[str]) -> Iterator[Line]:
    font, flags = _font(textpage, words[0].start)
    text = " ".join(word.text for word in words)
    if encoding_of_font(font):
        text, encoding = from_font(text, font)
        legacy.update({encoding} - {""})
    text = nfc(text).strip()
    if not text:
        return
    box = place.box(min(w.left for w in words), min(w.bottom for w in words), max(w.right for w in words), max(w.top for w in words))
    heavy = raw.FPDFText_GetFontWeight(textpage, words[0].start) >= 600
    bold = heavy or "bold" in font.lower() or bool(flags & _BOLD)
    italic = bool(flags & _ITALIC) or "italic" in font.lower() or "oblique" in font.lower()
    yield Line(text, number, box, round(size, 1), bold, italic)


def _font(textpage: Any, index: int) -> tuple[str, int]:
    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(textpage, index, buffer, 128, flags)
    return buffer.value.decode("utf-8", "replace"), flags.value
