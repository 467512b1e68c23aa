"""Bảng chữ cái: mỗi chữ thường có chữ gốc (trong bảng 29 chữ cộng f j w z), và một trong sáu thanh."""

import unicodedata

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""Ngang, huyền, hỏi, ngã, sắc, nặng: đúng thứ tự từ điển tiếng Việt."""

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
VOWELS = "aăâeêioôơuưy"

TONED: dict[str, tuple[str, int]] = {
    unicodedata.normalize("NFC", vowel + mark): (vowel, tone) for vowel in VOWELS for tone, mark in enumerate(TONES)
}
"""Nguyên âm có thanh -> (chữ gốc, thanh 0-5). Tất cả ở dạng NFC, chữ thường."""

BARE = {letter: unicodedata.normalize("NFD", letter)[0].replace("đ", "d") for letter in ALPHABET}
"""Chữ gốc -> chữ cái La-tinh không dấu."""
