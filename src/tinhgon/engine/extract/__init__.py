"""Từ tệp ra chữ: mỗi dòng chữ kèm trang, chỗ đứng, cỡ và kiểu chữ. Không biết văn bản hành chính là gì."""

from pathlib import Path

from tinhgon.engine.extract.docx import read_docx
from tinhgon.engine.extract.model import Box, Extracted, Line, Source, Unreadable
from tinhgon.engine.extract.ocr import Progress, ocr_available, read_picture
from tinhgon.engine.extract.pdf import read_pdf
from tinhgon.engine.extract.prose import read_prose
from tinhgon.engine.extract.sniff import Kind, kind_of
from tinhgon.engine.extract.word97 import doc_tools, read_word97

__all__ = ["Box", "Extracted", "Line", "Source", "Unreadable", "doc_tools", "extract", "ocr_available"]


def extract(path: Path, name: str, *, ocr: bool = True, progress: Progress | None = None) -> Extracted:
    """Đọc tệp ``path``; ``name``: tên người dùng đặt, chỉ để nói lỗi cho đúng, loại tệp nhìn từ nội dung.

    ``ocr=False``: không quét (nhanh); tệp cần quét thì có cảnh báo ``needs_ocr``, việc nền gọi lại với ``ocr=True``.
    ``progress(xong, tổng)`` được gọi sau mỗi trang quét. Tệp không đọc được thì ``Unreadable``.
    """
    kind = kind_of(path, name)
    if kind is Kind.PDF:
        return read_pdf(path, use_ocr=ocr, progress=progress)
    if kind is Kind.IMAGE:
        return read_picture(path, use_ocr=ocr, progress=progress)
    if kind is Kind.DOCX:
        return read_docx(path, use_ocr=ocr, progress=progress)
    if kind in (Kind.DOC, Kind.RTF):
        return read_word97(path, kind)
    return read_prose(path, kind)
