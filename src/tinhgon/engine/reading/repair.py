"""Sửa chữ máy quét bằng bảng từ: dòng chữ hoa ở đầu và cuối trang chỉ dùng một số từ, máy quét hay sai dấu của chúng.

Chỉ sửa khi khớp cả chuỗi chữ cái không dấu ("UY BAN NHAN DAN" -> "ỦY BAN NHÂN DÂN"); không bao giờ đổi chữ cái hay chữ số.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from tinhgon.engine.reading.common import COMMON_BY_KEY
from tinhgon.engine.reading.naming import PHRASES
from tinhgon.engine.reading.vocabulary import POSITIONS, PROVINCES, SHORT, is_upper, key
from tinhgon.engine.vietnamese import fold
from tinhgon.engine.vietnamese.syllables import is_syllable, words_of

_WORDS = ("tỉnh", "thành phố", "xã", "phường", "huyện", "quận", "thị xã", "đặc khu", "và", "chủ tịch", "phó", "trưởng ban", "thường trực")
_CAPITALS = {key(text): text.upper() for text in (*_WORDS, *PHRASES, *POSITIONS, *PROVINCES)}
_LONGEST = 8
_BIGRAM = re.compile(r"[^\W\d_]+")


_SIGNING = tuple(
    (re.compile(pattern), meant)
    for pattern, meant in (
        (r"^K[EÉÈẾẺ1I]\.\s?(?=[^\W\d_]{3})", "KT. "), (r"^T[ÍIÌ1/|]{1,2}M\s(?=[^\W\d_]{3})", "T/M "), (r"^K[ÍIÌ1/|]{1,2}T\s(?=[^\W\d_]{3})", "K/T "),
        (r"^T[ÍIÌ1/|]{1,2}L\s(?=[^\W\d_]{3})", "T/L "), (r"^T[ÍIÌ1/|]U[OQ0]\.?\s(?=[^\W\d_]{3})", "T/UQ "),
    )
)  # fmt: skip
"""Quyền hạn ký mà máy quét hay sai: gạch chéo thành "Í", chữ T thành "Ế"."""


def capitals(text: str) -> str:
    """Dòng chữ hoa với dấu đã sửa theo bảng; cụm dài nhất trước."""
    for pattern, meant in _SIGNING:
        text = pattern.sub(meant, text)
    words = text.split()
    out: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            found = _found(" ".join(words[at : at + size]))
            if found:
                out.append(found)
                at += size
                break
        else:
            out.append(words[at])
            at += 1
    return " ".join(out)


@lru_cache(maxsize=5_000)
def _found(phrase: str) -> str:
    """Từ đúng của bảng, giữ dấu câu hai đầu; một chữ ngắn như "TỔ" có thể là từ khác nên không sửa."""
    bare = phrase.strip("(),.;:")
    proper = _CAPITALS.get(key(bare), "")
    if not proper or len(bare) != len(proper) or (" " not in bare and len(bare) < 4):
        return ""
    start = phrase.index(bare)
    return phrase[:start] + proper + phrase[start + len(bare) :]


def by_the_text(text: str, lines: Iterable[str]) -> str:
    """Cụm hai chữ của trích yếu mà thân văn bản lặp lại với dấu khác, nhiều lần hơn, thì theo thân văn bản ("chuyền hóa" -> "chuyển hóa").

    Thân không giúp được thì theo bảng từ hay gặp. Trích yếu in đậm, cỡ lớn nên máy quét hay sai dấu hơn thân.
    """
    seen: dict[str, Counter[str]] = {}
    for line in lines:
        words = _BIGRAM.findall(line)
        for pair in zip(words, words[1:], strict=False):
            phrase = " ".join(pair)
            seen.setdefault(fold(phrase), Counter())[phrase.lower()] += 1
    words = list(_BIGRAM.finditer(text))
    fixed = [word[0] for word in words]
    for i in range(len(words) - 1):
        phrase = f"{words[i][0]} {words[i + 1][0]}".lower()
        votes = seen.get(fold(phrase), Counter({phrase: 1}))
        best, count = votes.most_common(1)[0]
        if count <= 2 * votes[phrase]:
            best = COMMON_BY_KEY.get(fold(phrase), phrase)
        if best != phrase:
            for at, proper in zip((i, i + 1), best.split(), strict=True):
                fixed[at] = _cased_like(fixed[at], proper)
    out, end = [], 0
    for word, proper in zip(words, fixed, strict=True):
        out += [text[end : word.start()], proper]
        end = word.end()
    return "".join([*out, text[end:]])


def _cased_like(word: str, proper: str) -> str:
    if len(word) != len(proper):
        return word
    return "".join(new.upper() if old.isupper() else new for old, new in zip(word, proper, strict=True))


_SLASHED = re.compile(r"\b(?P<first>[bđtpkBĐ])[íiìịl1]/?(?P<last>c|hiện|hợp|h)\b(?=\W|$)")
_SHORTENED = ((re.compile(r"\((?P<to>(?:để |thay )?)[hl]?b/?(?:[©cC€o0]|(?=\)))\)"), r"(\g<to>b/c)"), (re.compile(r"\(t?[/í]?thiện\)"), "(t/hiện)"), (re.compile(r"\b([Đđ])(?:/|í|ị|i)?[©](?=\s)"), r"\1/c"),
              (re.compile(r"\b([Đđ])ịc\b"), r"\1/c"), (re.compile(r"(?<=[^(\d] )(?=\d{1,2}\)$)"), "("),
              (re.compile(r"(?<=CVP, )K[ELIFÍ1][,;]?(?= )"), "KT,"),
              (re.compile("(?<=\\d)[Đ\u00d0]\\)"), "b)"))  # fmt: skip
"""Chữ tắt có gạch chéo trong ngoặc: "(b/©)", "(b/)", "(thiện)"."""
_ARCHIVE = re.compile(r"^\W*(?P<word>[LIl1|]\S{0,2}[uúưƯU])\b(?P<colon>\s*[:.;]?)\s*(?P<mark>V(?:[TIỊÏ1LUEKFDŨỤÌÍĨ]|LŨ|TT|[TIE][jl;:,])?(?![\w])[.,;:]*)?", re.I)
_AFTER_END = re.compile(r"(?<=;)\s+(?P<rest>[^;]{1,30})$")
_GLUED_ROOM, _GLUED_CLERK = re.compile(r"\bP([A-ZĐ]{2,5})\b"), re.compile(r"^V[TIE]([A-ZĐ]{2,5})\b")
"""Dấu chấm giữa "P.TH", "VT.KSTT" mà máy quét không thấy."""
_LIST_MARK = re.compile(r"(?<=[A-ZĐ])\s?;(?=,?\s?(?:[A-ZĐ]{2,}\b|các\b))")
_ROOM = r"(?:CT|PCT|CVP|PCVP|LĐVP|KTTH|KTN|KGVX|KT|NC|TH|VX|XD|NN|HC|TC|TTHC)"
_ROOMS = re.compile(rf"\b({_ROOM}) (?=(?:các )?{_ROOM}\b)")
"""Hai phòng đứng liền nhau trong "VPUB: CVP, các PCVP, KT, NC" mà máy quét bỏ mất dấu phẩy."""
_CAPITALS_WORD = re.compile(r"\b[A-ZĐ]{1,4}[EIFÍ]\b")


def receiver(text: str) -> str:
    """Một dòng nơi nhận: chữ tắt hay bị đọc nhầm ("b/c", "đ/c", "VT", "PCVP"); vết chữ ký ở cột bên dính sau dấu chấm phẩy thì bỏ."""
    tail = _AFTER_END.search(text)
    if tail and not any(len(word) > 1 and (is_syllable(word) or word.isupper()) for word in words_of(tail["rest"])):
        text = text[: tail.start()]
    text = _SLASHED.sub(lambda found: f"{found['first']}/{found['last']}" if found["last"] != "h" or found["first"] in "tpkT" else found[0], text)
    for pattern, meant in _SHORTENED:
        text = pattern.sub(meant, text)
    text = _LIST_MARK.sub(lambda found: "" if found.string[found.end() : found.end() + 1] == "," else ",", text) if not _is_long(text) else text
    text = _CAPITALS_WORD.sub(_abbreviation, _archive(text))
    return " ".join(_ROOMS.sub(r"\1, ", text).split())


def _is_long(text: str) -> bool:
    """Một câu dài thì dấu chấm phẩy là của câu; trong dãy chữ tắt nó là dấu phẩy mà máy quét thấy thành."""
    return sum(len(word) > 4 and not word.isupper() for word in words_of(text)) > 3


def _abbreviation(found: "re.Match[str]") -> str:
    """"CVE" là "CVP,", "KE" là "KT,": chữ tắt không ai dùng mà đổi chữ cuối thì thành chữ tắt quen; dấu phẩy dính vào nét chữ."""
    word = found[0]
    if word in SHORT:
        return word
    meant = next((f"{word[:-1]}{last}" for last in ("PT" if word[-1] == "E" else "T") if f"{word[:-1]}{last}" in SHORT), "")
    return (f"{meant}," if found.string[found.end() : found.end() + 1] == " " else meant) if meant else word


def _archive(text: str) -> str:
    """"Iưu. VI TH" -> "Lưu: VT, TH"; không thấy chữ viết tắt của văn thư thì chỉ sửa chữ "Lưu"."""
    found = _ARCHIVE.match(text)
    if found is None or not key(found["word"]).endswith("uu"):
        return text
    colon, rest = ":" if found["colon"].strip() else "", text[found.end() :].strip()
    rest = _GLUED_ROOM.sub(lambda room: f"P.{room[1]}" if room[0] not in SHORT and room[1] in SHORT else room[0], rest)
    if not found["mark"]:
        clerk = _GLUED_CLERK.match(rest)
        return f"Lưu{colon} VT.{clerk[1]}{rest[clerk.end() :]}" if clerk and clerk[1] in SHORT else f"Lưu{colon} {rest}"
    glued = found["mark"].endswith(".") and text[found.end() : found.end() + 1].isalnum()
    mark = "." if glued or found["mark"].endswith(".") and rest else "," if rest else ""
    return f"Lưu{colon} VT{mark}{'' if glued else ' '}{rest}"


_SMUDGE_BEFORE = re.compile(r"^(?:[^\w(“\"]+|\S{1,3}\s+[,.;]\s+)+(?=\S)")


_SUMMARY = ((re.compile(r"^V[ềêèéàảẻã] (?=việc\b)"), "Về "), (re.compile(r"^V[/íiIl1]?[vV]\b(?:-\s?(?=\w)|(?=\s|:))"), "V/v"), (re.compile(r"^V/v(?=\w)"), "V/v "), (re.compile(r"\b([Qq]uý (?:I{1,3}|IV|II))[I1l|](?=20\d\d\b)"), r"\1/"))
"""Chữ mở đầu trích yếu, và "quý III/2025" mà gạch chéo thành nét đứng."""


def summary(text: str) -> str:
    """Bỏ vết mực, mảnh dấu công văn đến dính vào đầu trích yếu."""
    text = _SMUDGE_BEFORE.sub("", text)
    for pattern, meant in _SUMMARY:
        text = pattern.sub(meant, text)
    return text


_BARE_SIGN = re.compile(r"^(?P<sign>TM|KT|TL|TUQ) (?=[^\W\d_]{3})")


def signing_words(text: str, layout: str) -> str:
    """Quyền hạn ký mà máy quét không thấy dấu: của Đảng thì "T/M", của Nhà nước thì "TM."; các từ chức vụ theo bảng."""
    text = _BARE_SIGN.sub(lambda found: f"{found['sign'][0]}/{found['sign'][1:]} " if layout == "party" else f"{found['sign']}. ", text)
    return capitals(text) if is_upper(text) else text


def title_line(text: str) -> str:
    """Dòng quyền hạn, chức vụ: bỏ vết mực ở cuối (chữ không thành âm tiết) và dấu lạ giữa dòng."""
    words = re.sub(r"(?<=\w)[:;](?=\s)|(?<=\w{4})\.(?=\s)", "", text).split()
    while len(words) > 1 and (len(words[-1].strip(".,")) < 2 or not (is_syllable(words[-1].strip(".,()")) or words[-1].strip(".,()") in SHORT)):
        words.pop()
    return " ".join(words)
