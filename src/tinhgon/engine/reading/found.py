"""Từ các mảnh đã nhận ra tới một ô: độ tin cậy và chỗ trên trang."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tinhgon.engine.extract.model import Box
from tinhgon.engine.reading.model import Field
from tinhgon.engine.reading.pieces import Piece
from tinhgon.engine.vietnamese.syllables import share_valid

UNSURE_SCAN = 0.8
"""Trần của chữ máy quét mà không bảng nào đối chiếu được: sai một dấu vẫn ra âm tiết đúng, nên luôn để người xem lại."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Chữ từ máy quét thì không ô nào được tin hơn chính máy quét."""

    scanned: bool

    def field(self, value: str, confidence: float, pieces: Sequence[Piece] = (), *, known: bool = False, must_confirm: bool = False) -> Field:
        """``known``: giá trị có trong một bảng (tên loại, địa danh), nên máy quét có sai dấu cũng đã được sửa."""
        if not value:
            return Field("", 0.0)
        if self.scanned or any(piece.line.confidence < 1 for piece in pieces):  # trang cuối có thể là trang quét trong một tệp có chữ
            seen = min((piece.line.confidence for piece in pieces), default=0.5)
            confidence = min(confidence, 0.95) if known else min(confidence, UNSURE_SCAN, seen)
            confidence *= 1 if known else share_valid(value)
        page, box = place(pieces)
        return Field(value, round(confidence, 2), page, box, must_confirm)


def place(pieces: Iterable[Piece]) -> tuple[int | None, Box | None]:
    """Trang của mảnh đầu và khung bao mọi mảnh trên trang ấy."""
    listed = list(pieces)
    if not listed or listed[0].box is None:
        return (listed[0].line.page if listed and listed[0].line.page > 1 else None), None
    page = listed[0].line.page
    boxes = [box for piece in listed if piece.line.page == page and (box := piece.line.on_the_page) is not None]
    return page, Box(min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes))
