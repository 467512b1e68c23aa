"""Sinh các hàm SQL bất biến từ cùng bảng chữ với bản Python."""

from tinhgon.engine.vietnamese.fold import TONE_STYLES
from tinhgon.engine.vietnamese.letters import ALPHABET, BARE, TONED
from tinhgon.engine.vietnamese.sorting import FIRST_WEIGHT


def sql() -> str:
    """Bốn hàm: vi_fold, vi_tone_norm, vi_sort_key, vi_given_name_key. Văn bản lưu là NFC, nên SQL không đổi dạng."""
    toned = "".join(TONED)
    bare = "".join(BARE[letter] for letter, _tone in TONED.values())
    weights = "".join(chr(FIRST_WEIGHT + ALPHABET.index(letter)) for letter, _tone in TONED.values())
    consonants = "".join(letter for letter in ALPHABET if letter not in TONED)
    consonant_weights = "".join(chr(FIRST_WEIGHT + ALPHABET.index(letter)) for letter in consonants)
    tones = "".join(str(tone) for _letter, tone in TONED.values())
    styles = "lower($1)"
    for old, new in TONE_STYLES:
        styles = f"replace({styles}, '{old}', '{new}')"
    return f"""
CREATE OR REPLACE FUNCTION vi_fold(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $f$
    SELECT translate(lower($1), '{toned}đ', '{bare}d')
$f$;
CREATE OR REPLACE FUNCTION vi_tone_norm(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $f$
    SELECT {styles}
$f$;
CREATE OR REPLACE FUNCTION vi_sort_key(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $f$
    SELECT translate(lower($1), '{toned}{consonants}', '{weights}{consonant_weights}') || E'\\x01'
        || regexp_replace(translate(lower($1), '{toned}0123456789', '{tones}0000000000'), '[^0-5]', '0', 'g') || E'\\x01'
        || regexp_replace(regexp_replace(translate($1, '1', '0'), '[[:upper:]]', '1', 'g'), '[^1]', '0', 'g')
$f$;
CREATE OR REPLACE FUNCTION vi_given_name_key(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $f$
    SELECT vi_sort_key(btrim(regexp_replace(btrim($1), '^(.*?)\\s*(\\S+)$', '\\2 \\1')))
$f$;
"""
