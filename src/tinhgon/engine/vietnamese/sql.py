"""Sinh các hàm SQL bất biến từ cùng bảng chữ với bản Python.

Không hàm nào STRICT: thân hàm vốn trả NULL khi nhận NULL, và PostgreSQL chỉ trải thân hàm vào câu lệnh (không gọi từng
dòng) khi hàm không khai STRICT.
"""

from tinhgon.engine.vietnamese.fold import LEADING_ZEROS, MARKS, SEPARATORS, TONE_PLACES
from tinhgon.engine.vietnamese.sorting import BLANKS, OUTSIDE_CASES, OUTSIDE_TONES, WEIGHTS


def sql() -> str:
    """Tập lệnh tạo các hàm vi_*; chạy lại được. Cấu hình ``vi`` và ``vi_exact`` phải có trước."""
    return "\n".join(_function(*one) for one in _functions())


def _functions() -> list[tuple[str, str, str]]:
    chars = "".join(WEIGHTS)
    codes, tones, cases = ("".join(weight[level] for weight in WEIGHTS.values()) for level in range(3))
    nfc = "CASE WHEN $1 IS NFC NORMALIZED THEN $1 ELSE normalize($1, NFC) END"
    one_place = "lower($1)"
    for new, old in TONE_PLACES:
        one_place = f"replace({one_place}, {_q(new)}, {_q(old)})"
    bare = f"normalize({_replace('normalize($1, NFD)', MARKS, '')}, NFC)"
    first, middle, last = "'^([^ ]+) '", "'^[^ ]+ (.+) [^ ]+$'", "'[^ ]*$'"
    key_of = "vi_sort_key(COALESCE(substring($1 FROM {}), ''))".format
    return [
        ("vi_fold", "text", f"replace(lower({bare}), {_q('đ')}, 'd')"),
        ("vi_one_tone_place", "text", one_place),
        ("vi_tone_norm", "text", f"vi_one_tone_place({nfc})"),
        ("vi_words", "text", _replace(_replace(nfc, SEPARATORS, " "), LEADING_ZEROS, r"\1\2")),
        (
            "vi_sort_key",
            "text",
            f"translate({nfc}, {_q(chars)}, {_q(codes)})"
            f" || ' ' || rtrim({_replace(f'translate({nfc}, {_q(chars)}, {_q(tones)})', OUTSIDE_TONES, '0')}, '0')"
            f" || ' ' || rtrim({_replace(f'translate({nfc}, {_q(chars)}, {_q(cases)})', OUTSIDE_CASES, '0')}, '0')",
        ),
        ("vi_name_parts_key", "text", f"{key_of(last)} || ' ' || {key_of(middle)} || ' ' || {key_of(first)}"),
        ("vi_given_name_key", "text", f"vi_name_parts_key(btrim({_replace(nfc, BLANKS, ' ')}, ' '))"),
        ("vi_folded_vector", "tsvector", "to_tsvector('vi'::regconfig, vi_words($1))"),
        (
            "vi_exact_vector",
            "tsvector",
            "to_tsvector('vi_exact'::regconfig, vi_one_tone_place(vi_words($1)))",
        ),
    ]


def _function(name: str, returns: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}(text) RETURNS {returns} LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN {body};"


def _replace(text: str, pattern: str, replacement: str) -> str:
    return f"regexp_replace({text}, {_q(pattern)}, {_q(replacement)}, 'g')"


def _q(text: str) -> str:
    """Hằng chuỗi SQL, mọi ký tự ngoài ASCII in được viết bằng mã."""
    escaped = "".join(
        char if " " <= char <= "~" and char not in "'\\" else f"\\u{ord(char):04x}" for char in text
    )
    return f"E'{escaped}'"
