"""Trang PDF thành ảnh, để xem tờ giấy ngay trong trang."""

import io

import pypdfium2

_WIDTH = 1000  # điểm ảnh: đủ nét trên màn hình mật độ cao mà vẫn nhẹ


def page_count(data: bytes) -> int:
    with pypdfium2.PdfDocument(data) as opened:
        return len(opened)


def page_picture(data: bytes, number: int) -> bytes:
    """PNG của trang ``number`` (từ 1)."""
    with pypdfium2.PdfDocument(data) as opened:
        page = opened[number - 1]
        picture = page.render(scale=_WIDTH / page.get_width(), grayscale=True).to_pil()
    out = io.BytesIO()
    picture.convert("L").quantize(16).save(out, "PNG", optimize=False)
    return out.getvalue()
