"""Đọc lại tờ giấy đã in: mỗi dòng chữ của PDF ở đâu (mm từ góc trên trái), cỡ nào (pt), và các vạch kẻ."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

_MM = 25.4 / 72
_SAME_LINE = 1.0  # mm giữa hai đường chân chữ


@dataclass(frozen=True, slots=True)
class Letter:
    text: str
    left: float
    right: float
    baseline: float
    size: float
    font: str


@dataclass(frozen=True, slots=True)
class Printed:
    """Một dòng, hay một nửa dòng khi trang có hai cột."""

    page: int
    text: str
    left: float
    right: float
    baseline: float
    size: float
    font: str

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    page: int
    left: float
    right: float
    top: float

    @property
    def length(self) -> float:
        return self.right - self.left


def printed_lines(pdf: bytes, *, gap: float = 9.0) -> list[Printed]:
    """Các dòng theo thứ tự trang rồi từ trên xuống. Cách nhau hơn ``gap`` mm trên một dòng là hai cột."""
    found = []
    with pypdfium2.PdfDocument(pdf) as file:
        for number in range(len(file)):
            rows: dict[float, list[Letter]] = {}
            for letter in _letters(file[number]):
                row = next((base for base in rows if abs(base - letter.baseline) < _SAME_LINE), letter.baseline)
                rows.setdefault(row, []).append(letter)
            for base in sorted(rows):
                found += _parts(number + 1, sorted(rows[base], key=lambda letter: letter.left), gap)
    return found


def printed_rules(pdf: bytes) -> list[Rule]:
    """Các vạch kẻ ngang."""
    found = []
    with pypdfium2.PdfDocument(pdf) as file:
        for number in range(len(file)):
            page = file[number]
            for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
                left, bottom, right, top = shape.get_bounds()
                pen = (top - bottom) / 2  # bao của vạch rộng thêm nửa nét mỗi phía
                if pen < 1.5 and right - left > 30:  # pt
                    found.append(Rule(number + 1, (left + pen) * _MM, (right - pen) * _MM, (page.get_height() - top + pen) * _MM))
    return found


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Khổ giấy từng trang, mm."""
    with pypdfium2.PdfDocument(pdf) as file:
        return [(round(page.get_width() * _MM, 1), round(page.get_height() * _MM, 1)) for page in file]


def _letters(page: pypdfium2.PdfPage) -> Iterator[Letter]:
    text = page.get_textpage()
    height = page.get_height()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        shown = text.get_text_range(index, 1)
        if not shown.strip():
            continue
        raw.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
        left, _bottom, right, _top = text.get_charbox(index, loose=True)
        name = ctypes.create_string_buffer(128)
        raw.FPDFText_GetFontInfo(text, index, name, 128, None)
        font = name.value.decode().rpartition("+")[2]
        size = raw.FPDFText_GetFontSize(text, index)
        yield Letter(shown, left * _MM, right * _MM, (height - y.value) * _MM, size, font)


def _parts(page: int, letters: list[Letter], gap: float) -> Iterator[Printed]:
    part: list[Letter] = []
    for letter in letters:
        if part and letter.left - part[-1].right > gap:
            yield _line(page, part)
            part = []
        part.append(letter)
    yield _line(page, part)


def _line(page: int, letters: list[Letter]) -> Printed:
    text, before = "", letters[0]
    for letter in letters:
        text += (" " if letter.left - before.right > 0.12 * letter.size * _MM else "") + letter.text
        before = letter
    first = letters[0]
    return Printed(page, text, first.left, letters[-1].right, first.baseline, round(first.size, 2), first.font)
