"""Chữ đọc được từ một tệp. Mọi phép đọc (docx, pdf, doc, ảnh quét, chữ trơn) cho ra cùng một hình này."""

from dataclasses import dataclass, field
from enum import StrEnum
from math import radians


class Source(StrEnum):
    """Chữ từ đâu ra: ``OCR`` thì chữ viết tay, con dấu có thể sai, không bao giờ tin hẳn số và ngày."""

    DOCX = "docx"
    DOC = "doc"
    PDF = "pdf"
    OCR = "ocr"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Box:
    """Chỗ trên trang, theo phần của trang (0 tới 1), gốc ở góc trên trái."""

    left: float
    top: float
    right: float
    bottom: float


_PAPER = 2**0.5
"""Cao trên rộng của khổ A; đủ để tìm lại chỗ của một dòng trên trang lệch vài độ."""


def _leaned_back(box: Box, degrees: float) -> Box:
    lean = radians(degrees)
    across, down = -lean * ((box.top + box.bottom) / 2 - 0.5) * _PAPER, lean * ((box.left + box.right) / 2 - 0.5) / _PAPER
    return Box(*(min(max(value, 0.0), 1.0) for value in (box.left + across, box.top + down, box.right + across, box.bottom + down)))


@dataclass(frozen=True, slots=True)
class Line:
    """Một dòng chữ (NFC). ``page`` từ 1. ``box`` trống khi tệp không có trang (docx, chữ trơn).

    ``size``: cỡ chữ theo point. ``confidence``: của máy quét, 1 khi chữ có sẵn trong tệp. ``turn``: trang quét đã phải xoay chừng này độ theo chiều
    kim đồng hồ, rồi nghiêng thêm ``lean`` độ ngược chiều kim đồng hồ cho thẳng; ``box`` là chỗ trên trang đã xoay, ``on_the_page`` là chỗ trên trang
    như trong tệp.
    """

    text: str
    page: int = 1
    box: Box | None = None
    size: float | None = None
    bold: bool = False
    italic: bool = False
    confidence: float = 1.0
    turn: int = 0
    lean: float = 0.0

    @property
    def on_the_page(self) -> Box | None:
        box = _leaned_back(self.box, self.lean) if self.box and self.lean else self.box
        for _ in range(self.turn // 90 if box else 0):
            box = Box(box.top, 1 - box.right, box.bottom, 1 - box.left) if box else None
        return box


@dataclass(frozen=True, slots=True)
class Extracted:
    """Chữ của một tệp. ``page_count`` trống khi không biết. ``legacy``: "tcvn3", "vni"... khi chữ đã được đổi sang Unicode.

    ``warnings``: "text_cut" (quá dài, chỉ giữ phần đầu), "needs_ocr" (có trang quét, chưa quét), "no_ocr" (có trang quét, máy
    không có tesseract), "ocr_pages" (quá nhiều trang quét, chỉ quét phần đầu). ``again``: bản quét đọc lần thứ hai, từng cột riêng; rỗng khi
    không quét. Không thuộc chữ của văn bản, chỉ để đối chiếu với lần đọc thứ nhất.
    """

    source: Source
    lines: tuple[Line, ...]
    page_count: int | None = None
    legacy: str = ""
    warnings: tuple[str, ...] = field(default=())
    again: tuple[Line, ...] = field(default=())

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


class Unreadable(Exception):
    """Tệp không đọc được.

    ``code``: "encrypted", "corrupt", "macro", "executable", "too_big", "bomb", "no_ocr", "no_doc_tool", "empty", "unsupported".
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
