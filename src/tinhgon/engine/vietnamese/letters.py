"""Bảng chữ: chữ cái, dấu thanh và dấu câu, theo thứ tự sắp xếp của CLDR cho tiếng Việt."""

import unicodedata

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""Ngang, huyền, hỏi, ngã, sắc, nặng: đúng thứ tự từ điển tiếng Việt."""

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
"""Hai mươi chín chữ cái tiếng Việt và f, j, w, z."""

VOWELS = "aăâeêioôơuưy"

TONED: dict[str, tuple[str, int]] = {
    unicodedata.normalize("NFC", vowel + mark): (vowel, tone)
    for vowel in VOWELS
    for tone, mark in enumerate(TONES)
}
"""Nguyên âm có thanh -> (chữ cái, thanh 0-5), dạng NFC, chữ thường."""

FOREIGN: dict[str, str] = {char: unicodedata.normalize("NFD", char)[0] for char in "äåçëîïñöûüÿ"}
"""Chữ La-tinh có dấu không phải của tiếng Việt -> chữ cái gốc; đứng sau mọi thanh của chữ ấy."""

SPACES = " \t\n\v\f\r\u00a0"
PUNCTUATION = "_-–—,;:!?.·'\"«»()[]{}§@*/\\&#%•`^+<=>|~$"
"""Dấu câu và ký hiệu theo thứ tự của CLDR: sau dấu cách, trước chữ số."""

SAME_PLACE = dict.fromkeys(SPACES, " ") | {"‘": "'", "’": "'", "“": '"', "”": '"'}
"""Ký tự xếp cùng chỗ với ký tự khác."""

DIGITS = "0123456789"
