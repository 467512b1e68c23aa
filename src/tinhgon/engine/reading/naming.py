"""Tên cơ quan và tên người viết cho đúng chỗ hoa, chỗ thường, từ dòng chữ in hoa ở đầu và cuối văn bản."""

import re

from tinhgon.engine.reading.vocabulary import POSITION, is_upper, key, surname
from tinhgon.engine.vietnamese import nfc
from tinhgon.engine.vietnamese.syllables import share_valid

PHRASES = (
    "Ủy ban nhân dân", "Ủy ban Kiểm tra", "Ủy ban Mặt trận Tổ quốc Việt Nam", "Ủy ban bầu cử", "Ủy ban", "Hội đồng nhân dân", "Hội đồng bầu cử",
    "Hội đồng", "Ban Thường vụ", "Ban Chấp hành", "Ban Tổ chức", "Ban Tuyên giáo và Dân vận", "Ban Tuyên giáo", "Ban Dân vận", "Ban Nội chính",
    "Ban Xây dựng Đảng", "Ban Chỉ đạo", "Đoàn đại biểu Quốc hội", "Ban Quản lý", "Ban Chỉ huy", "Ban Bí thư", "Bộ Chính trị", "Ban", "Tỉnh ủy", "Thành ủy", "Đảng ủy", "Huyện ủy",
    "Quận ủy", "Thị ủy", "Đảng bộ", "Chi bộ", "Văn phòng", "Sở Nội vụ", "Sở Tài chính", "Sở Xây dựng", "Sở Tư pháp", "Sở Công Thương",
    "Sở Giáo dục và Đào tạo", "Sở Y tế", "Sở Khoa học và Công nghệ", "Sở Nông nghiệp và Môi trường", "Sở Nông nghiệp và Phát triển nông thôn",
    "Sở Tài nguyên và Môi trường", "Sở Kế hoạch và Đầu tư", "Sở Văn hóa, Thể thao và Du lịch", "Sở Lao động - Thương binh và Xã hội",
    "Sở Giao thông vận tải", "Sở Thông tin và Truyền thông", "Sở Dân tộc và Tôn giáo", "Sở Du lịch", "Sở Ngoại vụ", "Sở", "Thanh tra", "Công an",
    "Bộ Chỉ huy Quân sự", "Bộ Tài chính", "Bộ Nội vụ", "Bộ Xây dựng", "Bộ Giáo dục và Đào tạo", "Bộ Y tế", "Bộ Công an", "Bộ Quốc phòng",
    "Bộ Tư pháp", "Bộ Khoa học và Công nghệ", "Bộ Nông nghiệp và Môi trường", "Bộ", "Chính phủ", "Thủ tướng", "Quốc hội", "Chủ tịch nước",
    "Tòa án nhân dân", "Viện kiểm sát nhân dân", "Mặt trận Tổ quốc Việt Nam", "Liên đoàn Lao động", "Đoàn Thanh niên Cộng sản Hồ Chí Minh",
    "Hội Liên hiệp Phụ nữ", "Hội Nông dân", "Hội Cựu chiến binh", "Trung ương", "Tổng cục", "Cục", "Chi cục", "Trung tâm", "Phòng", "Trường",
    "Văn hóa", "Xã hội", "Kinh tế", "Bệnh viện đa khoa", "Bệnh viện", "Hiệp hội", "Hội", "Công ty", "Tổng công ty", "Học viện", "Viện", "Kho bạc Nhà nước", "Ngân hàng Nhà nước", "Bảo hiểm xã hội",
)  # fmt: skip
_SMALL = frozenset(("tỉnh", "thành", "phố", "huyện", "quận", "xã", "phường", "thị", "trấn", "đặc", "khu", "và", "của", "về", "các", "khối", "cơ", "quan", "vùng", "cấp"))
_PHRASE_BY_UPPER = {phrase.upper(): phrase for phrase in PHRASES}
_LONGEST = max(len(phrase.split()) for phrase in PHRASES)
_ACRONYM = re.compile(r"UBND|HĐND|UBKT|MTTQ|UBMTTQ\w*|TNHH|MTV|TP\.?|QLDA|\w*\d\w*|TW|VN|ĐBQH|BHXH|[IVX]+")
_NEEDS_SUPERIOR = re.compile(
    r"^(?:Sở|Văn phòng|Ban (?!Chấp hành|Thường vụ)|Ủy ban Kiểm tra|Thanh tra|Phòng|Hội đồng nhân dân$|Cơ quan|Trung tâm|Tổ |Tiểu ban|Chi cục|Công an$|Hội (?!đồng)|Đoàn)"
)
_PLACE_LEVEL = r"(?:tỉnh|thành phố|TP\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)"


def organ_case(text: str) -> str:
    """"ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI" -> "Ủy ban nhân dân tỉnh Quảng Ngãi". Tên đã viết thường thì giữ nguyên."""
    text = " ".join(nfc(text).split())
    if not is_upper(text):
        return text
    words = text.split()
    out: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            phrase = _PHRASE_BY_UPPER.get(_new_tone(" ".join(words[at : at + size]).strip(",")))
            if phrase:
                tail = "," if words[at + size - 1].endswith(",") else ""
                out.append(phrase + tail)
                at += size
                break
        else:
            out.append(_word_case(words[at], is_first=at == 0))
            at += 1
    return " ".join(out)


def _new_tone(text: str) -> str:
    """Dòng viết kiểu cũ (UỶ, HOÀ) tra theo bảng viết kiểu mới."""
    for old, new in (("UỶ", "ỦY"), ("UỲ", "ÙY"), ("UÝ", "ÚY"), ("OÀ", "ÒA"), ("OÁ", "ÓA"), ("OẢ", "ỎA"), ("OÃ", "ÕA"), ("OẠ", "ỌA")):
        text = re.sub(rf"(?<!Q){old}\b", new, text)
    return text


def _word_case(word: str, *, is_first: bool) -> str:
    if _ACRONYM.fullmatch(word.strip("(),;")):
        return word
    if word.lower() in _SMALL:
        return word.capitalize() if is_first else word.lower()
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))


def full_organ(superior: str, organ: str) -> str:
    """Tên cơ quan đứng riêng chưa rõ là của nơi nào ("Sở Nội vụ", "Văn phòng") thì nối với cơ quan cấp trên."""
    if not superior or not _NEEDS_SUPERIOR.match(organ):
        return organ
    if re.search(rf"\b{_PLACE_LEVEL} [A-ZĐÀ-Ỹ]", organ) or re.search(r"(?:[Tt]ỉnh|[Tt]hành|[Đđ]ảng) ủy", organ) or organ.endswith("Trung ương"):
        return organ
    place = re.match(rf"^(?:Ủy ban nhân dân|UBND)\s+({_PLACE_LEVEL}\s.+)$", superior)
    if place and not organ.startswith(("Văn phòng", "Hội đồng nhân dân")):
        return f"{organ} {place[1]}"
    committee = re.match(r"^((?:Tỉnh ủy|Thành ủy|Đảng ủy|Huyện ủy|Quận ủy|Thị ủy|Ủy ban nhân dân|UBND|Bộ|Hội đồng nhân dân|Sở)\b.*)$", superior)
    if committee:
        return f"{organ} {committee[1]}"
    if superior.lower().startswith("ban chấp hành trung ương"):
        return f"{organ} Trung ương Đảng"
    party = re.match(rf"^Đảng bộ ({_PLACE_LEVEL}\s.+)$", superior)
    return f"{organ} Đảng bộ {party[1]}" if party else organ


_TITLE = (
    r"GS|PGS|TSKH|TS|ThS|Ths|CN|KS|KTS|BS|BSNT|DS|ĐD|CKI{1,2}|CK[12]|LS|NGND|NGƯT|TTND|TTƯT|NSND|NSƯT|Giáo sư|Phó Giáo sư|Tiến sĩ|Thạc sĩ|Kỹ sư|Bác sĩ|Luật sư|Cử nhân"
    r"|Đ/c|Ông|Bà|Đồng chí|(?:Đại|Thượng|Trung|Thiếu|Chuẩn) tướng|(?:Đại|Thượng|Trung|Thiếu) (?:tá|úy)|(?:Phó |Chuẩn )?Đô đốc|(?:BS|DS)CKI{1,2}"
)
"""Học hàm, học vị, quân hàm đứng trước họ tên; viết liền nhau bằng dấu chấm hay dấu phẩy ("PGS.TS.", "BS.CKII.", "Trung tướng, TS.")."""
_DEGREE = re.compile(rf"^(?:(?:{_TITLE})(?:[.,:]+\s*|\s+))+", re.I)
_OFFICE = re.compile(r"\b(?:THƯỜNG (?:TRỰC|VỤ)|B[ÍI] THƯ|CHỦ (?:TỊCH|NHIỆM)|TỈNH (?:ĐOÀN|ỦY)|GIÁM ĐỐC|BỘ TRƯỞNG|CHÍNH TRỊ|VĂN PHÒNG|BAN$)")
"""Từ của chức vụ, cơ quan: dòng chữ hoa còn sót của một chức vụ dài ("VIÊN THƯỜNG TRỰC BAN") không phải họ tên."""
_SYLLABLE = r"[A-ZĐÀ-ỸÂĂÊÔƠƯ][a-zà-ỹđâăêôơư'’]*"
_NAME = re.compile(rf"{_SYLLABLE}(?:[\s-]+{_SYLLABLE}){{1,5}}")


def person(text: str, *, scanned: bool = False) -> str:
    """Họ tên trong dòng, rỗng nếu dòng không phải một họ tên. Bỏ học hàm, quân hàm (HD 05 mục 7.1.3); họ máy quét đọc sai dấu được sửa."""
    plain = text.strip().strip(".,;:*-–_'`\"“”()|\\/")
    if scanned:
        plain = re.sub(r"['‘’\"`“”]", "", plain)
    bare = _DEGREE.sub("", plain).strip()
    if plain.startswith("Ông ") and not surname(bare.split(" ")[0]):  # "Ông" ở đây là họ
        bare = plain
    words = bare.split()
    if not 2 <= len(words) <= 6:
        return ""
    if is_upper(bare):
        if _OFFICE.search(bare):
            return ""
        known = surname(words[0])
        if not known or (known != words[0].capitalize() and not scanned) or len(words) > 4 or POSITION.match(bare):
            return ""
        words = [word.capitalize() for word in words]
    if not _NAME.fullmatch(" ".join(words)):
        return ""
    known = surname(words[0])
    if known and (scanned or known == words[0]):
        words[0] = known
    if scanned and share_valid(" ".join(words)) < 1:  # nét ký mà máy quét đọc thành chữ
        return ""
    if scanned:
        words[1:-1] = ["Thị" if key(word) == "thi" else word for word in words[1:-1]]
    return " ".join(words)
