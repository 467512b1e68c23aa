"""Chữ đọc được từ một tệp. Mọi phép đọc (docx, pdf, doc, ảnh quét, chữ trơn) cho ra cùng một hình này."""

from dataclasses import dataclass, field
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Line:
    """Một dòng chữ (NFC). ``page`` từ 1. ``box`` trống khi tệp không có trang (docx, chữ trơn).

    ``size``: cỡ chữ theo point. ``confidence``: của máy quét, 1 khi chữ có sẵn trong tệp. ``turn``: trang quét đã phải xoay chừng này độ theo chiều
    kim đồng hồ; ``box`` là chỗ trên trang đã xoay, ``on_the_page`` là chỗ trên trang như trong tệp.
    """

    text: str
    page: int = 1
    box: Box | None = None
    size: float | None = None
    bold: bool = False
    italic: bool = False
    confidence: float = 1.0
    turn: int = 0

    @property
    def on_the_page(self) -> Box | None:
        box = self.box
        for _ in range(self.turn // 90 if box else 0):
            box = Box(box.top, 1 - box.right, box.bottom, 1 - box.left) if box else None
        return box


@dataclass(frozen=True, slots=True)
class Extracted:
    """Chữ của một tệp. ``page_count`` trống khi không biết. ``legacy``: "tcvn3", "vni"... khi chữ đã được đổi sang Unicode.

    ``warnings``: "text_cut" (quá dài, chỉ giữ phần đầu), "needs_ocr" (có trang quét, chưa quét), "no_ocr" (có trang quét, máy
    không có tesseract), "ocr_pages" (quá nhiều trang quét, chỉ quét phần đầu).
    """

    source: Source
    lines: tuple[Line, ...]
    page_count: int | None = None
    legacy: str = ""
    warnings: tuple[str, ...] = field(default=())

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
