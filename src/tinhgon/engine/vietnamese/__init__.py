"""Chữ Việt: chuẩn NFC, bỏ dấu, thống nhất kiểu đặt dấu thanh, khóa sắp xếp. Thuần Python.

``sql()`` sinh các hàm SQL cùng tên từ cùng một bảng, để cột sinh trong PostgreSQL (không có ICU) cho cùng kết quả.
"""

from tinhgon.engine.vietnamese.fold import fold, has_marks, nfc, tone_norm, words
from tinhgon.engine.vietnamese.highlight import Segments, around, highlight
from tinhgon.engine.vietnamese.query import Query, parse
from tinhgon.engine.vietnamese.sorting import given_name_key, sort_key
from tinhgon.engine.vietnamese.sql import sql

__all__ = [
    "Query",
    "Segments",
    "around",
    "fold",
    "given_name_key",
    "has_marks",
    "highlight",
    "nfc",
    "parse",
    "sort_key",
    "sql",
    "tone_norm",
    "words",
]
