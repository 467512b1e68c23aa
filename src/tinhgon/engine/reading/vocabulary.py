"""Từ vựng của thể thức: tên loại, khẩu hiệu, quyền hạn, chức vụ, họ người, tỉnh thành. Rút từ biểu mẫu, không từ văn bản nào."""

import re
import unicodedata
from functools import lru_cache

from tinhgon.engine.vietnamese import fold, nfc

TYPES = {
    "Hiến pháp": "", "Bộ luật": "", "Luật": "", "Pháp lệnh": "", "Lệnh": "L", "Sắc lệnh": "", "Nghị định": "NĐ", "Thông tư liên tịch": "TTLT",
    "Thông tư": "TT", "Nghị quyết liên tịch": "NQLT", "Nghị quyết": "NQ", "Quyết định": "QĐ", "Chỉ thị": "CT", "Kết luận": "KL", "Quy chế": "QC",
    "Quy chế phối hợp": "QCPH", "Quy định": "QĐ QyĐ QYĐ", "Thông tri": "TT", "Hướng dẫn": "HD", "Thông báo": "TB", "Thông cáo": "TC",
    "Tuyên bố": "TB TBo", "Lời kêu gọi": "LKG", "Báo cáo": "BC", "Kế hoạch": "KH", "Quy hoạch": "QH", "Chương trình": "CTr CTR",
    "Chương trình hành động": "CTr CTR CTrHĐ", "Chương trình công tác": "CTr CTR", "Chiến lược": "CL", "Đề án": "ĐA", "Phương án": "PA", "Dự án": "DA",
    "Tờ trình": "TTr TTR", "Công văn": "CV", "Công điện": "CĐ", "Biên bản": "BB", "Hợp đồng": "HĐ", "Bản ghi nhớ": "BGN",
    "Bản thỏa thuận": "BTT", "Giấy ủy quyền": "GUQ", "Giấy mời": "GM", "Giấy giới thiệu": "GGT", "Giấy chứng nhận": "GCN", "Giấy đi đường": "GĐĐ",
    "Giấy nghỉ phép": "GNP", "Phiếu gửi": "PG", "Phiếu chuyển": "PC", "Phiếu báo": "PB", "Phiếu trình": "PT", "Thư công": "", "Cương lĩnh": "",
    "Điều lệ": "ĐL", "Quy trình": "QT", "Văn bản hợp nhất": "VBHN", "Lịch công tác": "LCT",
}  # fmt: skip
"""Tên loại (399-QĐ/TW, NĐ 30/2020/NĐ-CP, Luật Ban hành VBQPPL) và ký hiệu."""

NO_ABBREVIATION = "Công văn"

_SURNAMES = tuple(
    re.findall(
        r"\S+",
        """
        Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đoàn Vương Trịnh Trương Đinh Lâm Phùng Mai Tô Tạ Hà Chu Châu
        Cao Thái Tăng Quách Lưu Lương Triệu La Kiều Nghiêm Nông Lục Lò Lù Vi Quàng Cầm Tòng Giàng Sùng Thào Vàng Hầu Ma Mã Bế Bàn Đàm Hứa Doãn Khuất
        Khúc Khổng Diệp Diêm Thạch Thân Tiêu Tôn Từ Ung Ông Văn Viên Âu An Ân Bạch Bành Cù Cung Chử Chế Danh Giáp Giang Hàn Hạ Hạc Kim Kha Khương Lại
        Liêu Lã Lữ Mạc Mạnh Mẫn Ninh Nhan Nhâm Nghị Ngụy Phí Phó Phương Quản Sơn Sầm Sử Tống Thẩm Thi Thiều Tưởng Tiết Trang Trà Ứng Vòng Xa Y Điểu Đồng
        Đậu Đới Đổng Kpă Ksor Rơ Siu Hờ Nay Rcom Niê Êban
        Chẩu Ngọ Mùa Lường Vừ Hạng Cứ Tráng Sín Phàn Chảo Lùng Pờ Chang
        """,
    )
)

SURNAMES = frozenset(_SURNAMES)

PROVINCES = (
    "Hà Nội", "Thành phố Hồ Chí Minh", "TP. Hồ Chí Minh", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế", "Thừa Thiên Huế", "An Giang",
    "Bà Rịa - Vũng Tàu", "Bà Rịa", "Vũng Tàu", "Bắc Giang", "Bắc Kạn", "Bạc Liêu", "Bắc Ninh", "Bến Tre", "Bình Định", "Bình Dương", "Bình Phước",
    "Bình Thuận", "Cà Mau", "Cao Bằng", "Đắk Lắk", "Đắk Nông", "Điện Biên", "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Giang", "Hà Nam", "Hà Tĩnh",
    "Hải Dương", "Hậu Giang", "Hòa Bình", "Hưng Yên", "Khánh Hòa", "Kiên Giang", "Kon Tum", "Lai Châu", "Lâm Đồng", "Lạng Sơn", "Lào Cai", "Long An",
    "Nam Định", "Nghệ An", "Ninh Bình", "Ninh Thuận", "Phú Thọ", "Phú Yên", "Quảng Bình", "Quảng Nam", "Quảng Ngãi", "Quảng Ninh", "Quảng Trị",
    "Sóc Trăng", "Sơn La", "Tây Ninh", "Thái Bình", "Thái Nguyên", "Thanh Hóa", "Tiền Giang", "Trà Vinh", "Tuyên Quang", "Vĩnh Long", "Vĩnh Phúc",
    "Yên Bái",
)  # fmt: skip
"""63 tỉnh, thành phố trước 01/7/2025 và 34 từ ngày ấy."""

POSITIONS = (
    "Chủ tịch", "Phó Chủ tịch", "Bí thư", "Phó Bí thư", "Phó Bí thư Thường trực", "Chánh Văn phòng", "Phó Chánh Văn phòng", "Trưởng ban", "Phó Trưởng ban",
    "Giám đốc", "Phó Giám đốc", "Chủ nhiệm", "Phó Chủ nhiệm", "Bộ trưởng", "Thứ trưởng", "Thủ tướng", "Phó Thủ tướng", "Cục trưởng", "Phó Cục trưởng",
    "Chi cục trưởng", "Vụ trưởng", "Chánh Thanh tra", "Phó Chánh Thanh tra", "Viện trưởng", "Hiệu trưởng", "Trưởng phòng", "Phó Trưởng phòng", "Tổng Giám đốc",
    "Ủy viên", "Ủy viên Thường trực", "Thường trực", "Ban Bí thư", "Bộ Chính trị", "Viện trưởng", "Phó Viện trưởng", "Hiệu phó", "Phó Hiệu trưởng", "Thống đốc", "Phó Thống đốc",
    "Tổng Bí thư", "Tổng Kiểm toán", "Tổng Thanh tra", "Chánh án", "Phó Chánh án", "Tổ trưởng", "Đội trưởng", "Chỉ huy trưởng", "Chính ủy", "Ban Thường trực", "Tỉnh đoàn", "Chi bộ",
)  # fmt: skip

SHORT = frozenset(
    re.findall(
        r"\S+",
        """
        UBND HĐND UBMTTQ UBMTTQVN MTTQ MTTQVN UBKT UBTVQH BTV BCH BTC BTG BTGDV BNC BDV BCĐ BTT BTL VT VP VPTU VPUB VPCP VPQH VPĐU VPHĐND VPTW TU TW ĐU TTTU TTHĐND TTĐU CT PCT CVP PCVP
        LĐVP LĐ GĐ PGĐ TTg PTTg TTgCP CP BT TTr HC QT TH NC KT KTTH KTN KTNS KGVX VX VXNV XD XDĐT XDĐ NN NNMT NNTN TNMT TCCB TCKT TC TK TCHC TCĐV TCD TTHC KSTT KSTTHC CNTT CĐS TTĐT TT
        PC QLĐT QLDA QLHC CTTĐT CTTDT ĐT CN TM TL TUQ QH ĐBQH ĐĐBQH TP HCM HN VN CNXH XHCN CHXHCN KKT KCN TNHH MTV CP THPT THCS BHXH KBNN NHNN LLVT QP AN QS CA BCA BQP BNV BTP BTC BYT BGDĐT BXD
        BCT BKHCN BNNMT QĐ NQ CTr TB BC KH HD KL NĐ CV GM P Q TX TT CB ĐV TG DV GD YT TTYT BV NV TS ThS PGS GS LS BS DN HTX KHCN NTM ANTT PCCC PCTT TKCN VHTT VHTTDL VHXH KTXH LĐTBXH LĐLĐ LĐTB XH HĐ VV BBT
        """.upper(),
    )
)
"""Chữ viết tắt quen trong nơi nhận, chức vụ, ký hiệu."""

POSITION = re.compile(
    r"^(?:Q\.\s*)?(?:QUYỀN\s+)?(?:CHỦ TỊCH|PHÓ|BÍ THƯ|TỔNG BÍ THƯ|CHÁNH|TRƯỞNG|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|CỤC TRƯỞNG|VỤ TRƯỞNG|TỔNG CỤC TRƯỞNG|BỘ TRƯỞNG|THỨ TRƯỞNG"
    r"|THỦ TƯỚNG|HIỆU TRƯỞNG|VIỆN TRƯỞNG|CHI CỤC TRƯỞNG|ĐỘI TRƯỞNG|TỔNG THANH TRA|TỔNG KIỂM TOÁN|THỐNG ĐỐC|CHỈ HUY|CHÍNH ỦY|ỦY VIÊN|THƯỜNG TRỰC|THƯ KÝ|NGƯỜI GHI"
    r"|CHỦ TRÌ|CHỦ TỌA|CHỦ NHIỆM|TỔ TRƯỞNG|ĐỒNG CHÍ|ĐẠI DIỆN|VIỆN PHÓ|CỤC PHÓ|TỔNG BIÊN TẬP|KẾ TOÁN|NGƯỜI|TL|THÀNH VIÊN)\b"
)
"""Đầu một dòng chức vụ: dòng như thế bắt đầu phần mới, không nối vào dòng trên."""

AUTHORITY = re.compile(r"^(?:T\s?/\s?M|K\s?/\s?T|T\s?/\s?L|TUQ|T\s?/\s?U\s?Q|TM|KT|TL|Q)\s?\.?\s+(?=[A-ZÀ-ỸĐ])|^(?:T/M|K/T|T/L|TM\.|KT\.|TL\.|TUQ\.|Q\.)\s*(?=[A-ZÀ-ỸĐ])")

NATION = re.compile(r"c[oộồôơ]ng\s*h[oòơ]\S{0,2}\s*x[aãáà]\s*h[oộôơ]i", re.I)
MOTTO = re.compile(r"\b[ĐD][oộôơ]c\s*l[aậâ]p\b.{0,6}\bt[uựư]\s*do\b", re.I)
PARTY = re.compile(
    r"[ĐD][AẢÁÃÀ]NG\s*C[OỘÔ]NG\s*S[AẢÁÀ]N\s*VI[EỆÊ]T\s*NAM"
    r"|(?:^|(?<!CHẤP HÀNH )(?<!BCH )(?<!BAN THƯỜNG VỤ ))ĐOÀN (?:TNCS|THANH NIÊN CỘNG SẢN) HỒ CHÍ MINH$"
)
"""Tiêu đề bên phải: của Đảng, hay của Đoàn Thanh niên (đứng cuối dòng; "BAN CHẤP HÀNH ĐOÀN TNCS HỒ CHÍ MINH" là tên cơ quan)."""


def key(text: str) -> str:
    """Khóa so: không dấu, không dấu câu, không khoảng trống. Máy quét hay sai dấu, ít khi sai chữ."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


TYPE_BY_KEY = {key(name): name for name in TYPES}
_SURNAME_BY_KEY = {key(name): name for name in reversed(_SURNAMES)}
"""Hai họ chỉ khác dấu (Châu, Chẩu) thì họ hay gặp hơn, đứng trước trong bảng, được chọn."""
_PROVINCE_BY_KEY = {key(name): name for name in PROVINCES}


def surname(word: str) -> str:
    """Họ đúng chính tả ("Nguyên" do máy quét -> "Nguyễn"), rỗng nếu không phải họ thường gặp."""
    proper = nfc(word).capitalize()
    return proper if proper in SURNAMES else _SURNAME_BY_KEY.get(key(word), "")


def province(text: str) -> str:
    return _PROVINCE_BY_KEY.get(key(text), "")


def nearly_province(text: str) -> str:
    """Tỉnh mà máy quét đọc sai hay mất đúng một chữ cái ("à Tĩnh"), khi chỉ có một tỉnh như thế; không thì rỗng."""
    seen = key(text)
    close = {name for known, name in _PROVINCE_BY_KEY.items() if len(known) > 4 and _one_letter_apart(seen, known)}
    return close.pop() if len(close) == 1 else ""


def _one_letter_apart(first: str, second: str) -> bool:
    if abs(len(first) - len(second)) > 1 or first == second:
        return False
    at = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second)))
    return first[at + (len(first) >= len(second)) :] == second[at + (len(second) >= len(first)) :]


@lru_cache(maxsize=5_000)
def is_upper(text: str) -> bool:
    """Dòng chữ hoa: ít nhất ba chữ cái, và gần như không chữ nào thường."""
    letters = list(filter(str.isalpha, unicodedata.normalize("NFC", text)))
    return len(letters) >= 3 and sum(map(str.islower, letters)) * 12 <= len(letters)


@lru_cache(maxsize=500)
def abbreviations(type_name: str) -> frozenset[str]:
    return frozenset(TYPES.get(type_name, "").upper().split())
