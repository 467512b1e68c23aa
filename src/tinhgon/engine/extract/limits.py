"""Các ngưỡng: một tệp, dù hiểm hóc đến đâu, chỉ tốn chừng này bộ nhớ và thời gian."""

MOST_TEXT = 2_000_000
"""Số ký tự giữ lại của một tệp (khoảng 700 trang); phần sau bỏ, kèm cảnh báo ``text_cut``."""

MOST_TEXT_BYTES = 16_000_000
"""Số byte đọc của tệp chữ trơn, HTML, thư."""

MOST_PART_BYTES = 24_000_000
"""Một phần XML trong docx sau khi giải nén: cây XML tốn chừng mười lần."""

MOST_PIXELS = 60_000_000
"""Ảnh lớn nhất được giải mã: A4 quét 600 dpi là 35 triệu điểm."""

MOST_DECODED = 144_000_000
"""Số byte của một ảnh đã giải mã, bốn byte mỗi điểm màu: A4 quét màu 600 dpi. JPEG lớn hơn thì giải mã nhỏ bằng nửa."""

MOST_OCR_PAGES = 200
SECONDS_PER_PAGE = 120
SECONDS_PER_FILE = 60
"""Mỗi lần gọi máy quét cho một trang, và mỗi lần gọi công cụ đọc .doc."""
