"""Chỗ đặt hình chữ ký: trên tên người ký ở khối ký; không tìm được tên thì góc trên phải trang đầu (NĐ 30/2020, Phụ lục I).

Con dấu cơ quan trùm khoảng một phần ba chữ ký về bên trái.
"""

import unicodedata
from dataclasses import dataclass

import pypdfium2 as pdfium

from tinhgon.engine.pdfium import LOCK

_WIDTH, _HEIGHT = 150, 46  # point; khoảng trống giữa chức vụ và họ tên là bốn dòng
_SEAL = 96
_CORNER_WIDTH, _CORNER_HEIGHT = 150, 38  # lọt trong lề trên 20 mm, không đè lên tiêu đề


@dataclass(frozen=True, slots=True)
class Place:
    """``page`` từ 0; hộp theo point, gốc góc dưới trái như PDF. ``round``: hình tròn ở khối ký, hay khung chữ ở góc trang."""

    page: int
    left: float
    bottom: float
    width: float
    height: float
    round: bool

    @property
    def box(self) -> tuple[int, int, int, int]:
        return (round(self.left), round(self.bottom), round(self.left + self.width), round(self.bottom + self.height))


def place_of(pdf: bytes, name: str, *, seal: bool, earlier: int = 0) -> Place:
    """Chỗ của chữ ký mang tên ``name``. ``earlier``: đã có bao nhiêu hình ở góc trang, để xếp xuống dưới."""
    with LOCK:
        return _placed(pdf, name, seal=seal, earlier=earlier)


def _placed(pdf: bytes, name: str, *, seal: bool, earlier: int) -> Place:
    document = pdfium.PdfDocument(pdf)
    try:
        found = _last_mention(document, name)
        if found is None:
            width, height = document[0].get_size()
            top = height - 8 - earlier * (_CORNER_HEIGHT + 4)
            return Place(0, width - _CORNER_WIDTH - 28, top - _CORNER_HEIGHT, _CORNER_WIDTH, _CORNER_HEIGHT, round=False)
    finally:
        document.close()
    page, left, right, top = found
    start, bottom = (left + right) / 2 - _WIDTH / 2, top + 5
    if seal:
        return Place(page, start + _WIDTH / 3 - _SEAL, bottom + _HEIGHT / 2 - _SEAL / 2, _SEAL, _SEAL, round=True)
    return Place(page, start, bottom, _WIDTH, _HEIGHT, round=True)


def _last_mention(document: pdfium.PdfDocument, name: str) -> tuple[int, float, float, float] | None:
    """(trang, trái, phải, trên) của lần nhắc tên cuối cùng: ở khối ký, sau mọi lần nhắc trong thân."""
    wanted = unicodedata.normalize("NFC", name).strip()
    if not wanted:
        return None
    for number in range(len(document) - 1, -1, -1):
        page = document[number]
        text = page.get_textpage()
        found = None
        searching = text.search(wanted, match_case=True)
        while (here := searching.get_next()) is not None:
            found = here
        if found is not None:
            boxes = [text.get_charbox(n) for n in range(found[0], found[0] + found[1])]
            boxes = [box for box in boxes if box[2] > box[0]]
            if boxes:
                return number, min(b[0] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
    return None
