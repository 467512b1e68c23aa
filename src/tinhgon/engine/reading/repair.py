"""Sửa chữ máy quét bằng bảng từ: dòng chữ hoa ở đầu và cuối trang chỉ dùng một số từ, máy quét hay sai dấu của chúng.

Chỉ sửa khi khớp cả chuỗi chữ cái không dấu ("UY BAN NHAN DAN" -> "ỦY BAN NHÂN DÂN"); không bao giờ đổi chữ cái hay chữ số.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from tinhgon.engine.reading.naming import PHRASES
from tinhgon.engine.reading.vocabulary import POSITIONS, PROVINCES, key
from tinhgon.engine.vietnamese import fold
from tinhgon.engine.vietnamese.syllables import is_syllable, words_of

_WORDS = ("tỉnh", "thành phố", "xã", "phường", "huyện", "quận", "thị xã", "đặc khu", "và", "chủ tịch", "phó", "trưởng ban", "thường trực")
_COMMON = (
    "bổ sung", "sửa đổi", "triển khai", "thực hiện", "tăng cường", "hướng dẫn", "phê duyệt", "kết quả", "kế hoạch", "quyết định", "nghị quyết", "chương trình",
    "chuyển đổi", "phối hợp", "kiểm tra", "giám sát", "xây dựng", "thành lập", "kiện toàn", "giải quyết", "quy trình", "nội dung", "quản lý", "tổng kết",
    "đề nghị", "đề xuất", "tham mưu", "tổ chức", "thẩm định", "thông qua", "điều chỉnh", "phát triển", "kinh tế", "xã hội", "nhiệm vụ", "thủ tục",
    "hành chính", "báo cáo", "thông tin", "chỉ đạo", "phân công", "khắc phục", "phòng chống", "đẩy mạnh", "cải cách", "tuyên truyền", "bồi dưỡng", "đào tạo",
    "chức năng", "cơ quan", "đơn vị", "địa phương", "địa bàn", "đầu tư", "hỗ trợ", "đại hội", "nhiệm kỳ", "đảng viên", "chi bộ", "cấp ủy", "sắp xếp", "tinh gọn",
    "bộ máy", "biên chế", "lưu trữ", "văn thư", "giao thông", "môi trường", "nông nghiệp", "giáo dục", "khoa học", "công nghệ", "y tế", "an toàn", "trật tự", "cổng ttđt", "cổng thông",
    "thành phố", "thường trực", "văn phòng", "hội đồng", "các phòng", "chuyên môn",
)  # fmt: skip
"""Từ hay gặp trong trích yếu, viết không dấu thì không lẫn với từ nào khác của danh sách."""
_COMMON_BY_KEY = {fold(phrase): phrase for phrase in _COMMON}
_CAPITALS = {key(text): text.upper() for text in (*_WORDS, *PHRASES, *POSITIONS, *PROVINCES)}
_LONGEST = 8
_BIGRAM = re.compile(r"[^\W\d_]+")


_SIGNING = tuple(
    (re.compile(pattern), meant)
    for pattern, meant in (
        (r"^K[EÉÈẾẺ1I]\.\s?(?=[^\W\d_]{3})", "KT. "), (r"^T[ÍIÌ1/|]{1,2}M\s(?=[^\W\d_]{3})", "T/M "), (r"^K[ÍIÌ1/|]{1,2}T\s(?=[^\W\d_]{3})", "K/T "),
        (r"^T[ÍIÌ1/|]{1,2}L\s(?=[^\W\d_]{3})", "T/L "),
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
            best = _COMMON_BY_KEY.get(fold(phrase), phrase)
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


_SLASHED = re.compile(r"\b(?P<first>[bđtpkBĐ])[íiìl1]/?(?P<last>c|hiện|hợp|h)\b(?=\W|$)")
_ARCHIVE = re.compile(r"^\W*(?:L[ưu]u|[Il1|]ưu)(?P<colon>\s*[:.]?)\s*(?:V(?:[TIỊÏ1LlŨỤ]\b))?(?=\W|$)(?P<mark>[.,]?)")
_AFTER_END = re.compile(r"(?<=;)\s+(?P<rest>[^;]{1,30})$")


def receiver(text: str) -> str:
    """Một dòng nơi nhận: gạch chéo của "b/c", "đ/c" và "VT" hay bị đọc nhầm; vết chữ ký ở cột bên dính sau dấu chấm phẩy thì bỏ."""
    tail = _AFTER_END.search(text)
    if tail and not any(len(word) > 1 and (is_syllable(word) or word.isupper()) for word in words_of(tail["rest"])):
        text = text[: tail.start()]
    text = _SLASHED.sub(lambda found: f"{found['first']}/{found['last']}" if found["last"] != "h" or found["first"] in "tpkT" else found[0], text)
    return " ".join(_ARCHIVE.sub(_archive, text).split())


def _archive(found: "re.Match[str]") -> str:
    """"Iưu. VI" -> "Lưu: VT"; không thấy chữ viết tắt của văn thư thì chỉ sửa chữ "Lưu"."""
    colon = ":" if found["colon"].strip() else ""
    return f"Lưu{colon} VT{found['mark']}" if found[0].rstrip(".,")[-2:-1] == "V" else f"Lưu{colon} "


_SMUDGE_BEFORE = re.compile(r"^(?:[^\w(“\"]+|\S{1,3}\s+[,.;]\s+)+(?=\S)")


def summary(text: str) -> str:
    """Bỏ vết mực, mảnh dấu công văn đến dính vào đầu trích yếu."""
    return _SMUDGE_BEFORE.sub("", text)


def title_line(text: str) -> str:
    """Dòng quyền hạn, chức vụ: bỏ vết mực ở cuối (chữ không thành âm tiết) và dấu lạ giữa dòng."""
    words = re.sub(r"(?<=\w)[:;](?=\s)|(?<=\w{4})\.(?=\s)", "", text).split()
    while len(words) > 1 and (len(words[-1].strip(".,")) < 2 or not (is_syllable(words[-1].strip(".,()")) or words[-1].strip(".,()") in _SHORT)):
        words.pop()
    return " ".join(words)


_SHORT = frozenset(("UBND", "HĐND", "UBMTTQ", "BTV", "BCH", "UBKT", "MTTQ"))
