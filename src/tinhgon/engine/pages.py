"""Ảnh của một trang (PDF, ảnh quét) để đặt cạnh biểu mẫu. Kích thước có trần: bom ảnh không bao giờ được giải mã."""

import io
from pathlib import Path

import pypdfium2
from PIL import Image, UnidentifiedImageError

from tinhgon.engine.extract.model import Unreadable
from tinhgon.engine.pdfium import LOCK

WIDTH = 1000
_MOST_PIXELS = 60_000_000
_TALLEST = 4  # trang cao hơn bốn lần chiều rộng thì không phải trang giấy
SHOWN_TYPES = ("application/pdf", "image/png", "image/jpeg", "image/tiff", "image/gif")


def has_pages(content_type: str) -> bool:
    return content_type in SHOWN_TYPES


def page_image(path: Path, content_type: str, number: int) -> bytes:
    """Trang thứ ``number`` (từ 1) thành PNG rộng ``WIDTH`` điểm. ``Unreadable`` khi không có trang ấy hay không mở được."""
    image = _pdf(path, number) if content_type == "application/pdf" else _picture(path, number)
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=3)
    return out.getvalue()


def _pdf(path: Path, number: int) -> Image.Image:
    with LOCK:
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError as error:
            raise Unreadable("encrypted" if "password" in str(error).lower() else "corrupt") from error
        try:
            if not 1 <= number <= len(document):
                raise Unreadable("corrupt")
            page = document[number - 1]
            width, height = page.get_size()
            if width <= 0 or height / width > _TALLEST:
                raise Unreadable("bomb")
            return page.render(scale=WIDTH / width, grayscale=False).to_pil().convert("L")
        except pypdfium2.PdfiumError as error:
            raise Unreadable("corrupt") from error
        finally:
            document.close()


def _picture(path: Path, number: int) -> Image.Image:
    with LOCK:
        try:
            with Image.open(path) as picture:
                if picture.width * picture.height > _MOST_PIXELS or picture.height > picture.width * _TALLEST:
                    raise Unreadable("bomb")
                picture.seek(number - 1)
                picture.draft("L", (WIDTH, WIDTH * 2))
                shown = picture.convert("L")
        except Image.DecompressionBombError as error:
            raise Unreadable("bomb") from error
        except (UnidentifiedImageError, OSError, EOFError, ValueError, SyntaxError) as error:
            raise Unreadable("corrupt") from error
    shown.thumbnail((WIDTH, WIDTH * _TALLEST))
    return shown
