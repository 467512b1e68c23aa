"""Một chữ có phải âm tiết tiếng Việt viết đúng chính tả không. Dùng để biết chữ máy quét đọc có tin được không."""

import re
import unicodedata
from functools import lru_cache

from tinhgon.engine.vietnamese.letters import TONES

_ONSETS = re.findall(r"\S+", "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x")
_RIMES = frozenset(
    re.findall(
        r"\S+",
        """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong ooc oong op ot
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uynh uyp uyt uyu
    ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu ynh ych yt yp
    """,
    )
)
_TONE_MARKS = re.compile("[" + "".join(TONES) + "]")
_STOPPED = ("c", "ch", "p", "t")
_LETTERS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=20_000)
def is_syllable(text: str) -> bool:
    """Đúng một âm tiết: phụ âm đầu, vần và không quá một dấu thanh; chữ hoa hay thường, kiểu đặt dấu nào cũng được."""
    spread = unicodedata.normalize("NFD", text.lower())
    tones = _TONE_MARKS.findall(spread)
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", _TONE_MARKS.sub("", spread))
    found = any(bare.startswith(onset) and bare[len(onset) :] in _RIMES and _fits(onset, bare[len(onset) :]) for onset in ("", *_ONSETS))
    if not found:
        return bare in ("gi", "giêng") or (bare.startswith("gi") and "i" + bare[2:] in _RIMES)
    return not (bare.endswith(_STOPPED) and tones and tones[0] not in (TONES[4], TONES[5]))


def _fits(onset: str, rime: str) -> bool:
    """Chính tả: k, gh, ngh đứng trước i, e, ê; c, g, ng thì không ("nghiệp" chứ không "ngiệp")."""
    front = rime[0] in "ieêy"
    return not (onset in ("c", "g", "ng") and front and rime not in ("i",)) and not (onset in ("gh", "ngh") and not front)


def words_of(text: str) -> list[str]:
    """Các cụm chữ cái liền nhau."""
    return _LETTERS.findall(unicodedata.normalize("NFC", text))


def share_valid(text: str) -> float:
    """Phần các chữ (từ hai chữ cái trở lên, không phải viết tắt) là âm tiết đúng; 1 khi không có chữ nào để xét."""
    judged = [word for word in words_of(text) if len(word) > 1 and not (word.isupper() and len(word) < 5)]
    return sum(map(is_syllable, judged)) / len(judged) if judged else 1.0


@lru_cache(maxsize=5_000)
def split_glued(word: str) -> str:
    """Hai âm tiết dính nhau thì tách ("dưỡngvà" -> "dưỡng và"), chỉ khi có đúng một cách tách; không thì giữ nguyên."""
    if len(word) < 5 or is_syllable(word) or not word.isalpha() or word.isupper():
        return word
    ways = [
        (word[:i], word[i:])
        for i in range(2, len(word) - 1)
        if word[i:].islower() and is_syllable(word[:i]) and is_syllable(word[i:]) and _has_tone(word)
    ]
    return " ".join(ways[0]) if len(ways) == 1 else word


def _has_tone(word: str) -> bool:
    return any(ord(char) > 127 for char in word)
