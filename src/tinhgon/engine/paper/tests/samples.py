"""Vài tờ giấy mẫu, người và nơi bịa: kế hoạch dài, công văn, bản sao, quyết định của Nhà nước, biên bản hai chữ ký, văn bản liên tịch, giấy A5, thông tin liên hệ."""

from dataclasses import replace
from pathlib import Path

from tinhgon.engine.paper import CopyBlock, Layout, Measures, Paper
from tinhgon.engine.paper.model import A5, Signing

ROOT = Path(__file__).parents[5]
FONTS = str((ROOT / "node_modules/@expo-google-fonts/tinos").resolve())

PARTY = Measures(layout=Layout.PARTY, fonts=FONTS)
STATE = Measures(
    layout=Layout.STATE, fonts=FONTS, motto_size=14, superior_size=13, organ_size=13, number_size=13, type_size=14,
    letter_summary_italic=False, basis_italic=True, position_bold=True, receivers_word_size=12, receivers_size=11,
)  # fmt: skip

_DUTY = (
    "Các chi bộ tổ chức rà soát, cập nhật dữ liệu đảng viên, hoàn thành trước ngày 30/6/2026, báo cáo kết quả về "
    "Văn phòng Đảng ủy để tổng hợp, trình Ban Thường vụ xem xét, quyết định theo thẩm quyền."
)

PLAN = Paper(
    layout=Layout.PARTY,
    superior="ĐẢNG BỘ THÀNH PHỐ HỒ CHÍ MINH",
    organ="ĐẢNG ỦY PHƯỜNG BẾN TRÚC",
    symbol_line="Số 09-KH/ĐU",
    place_date="Bến Trúc, ngày 05 tháng 3 năm 2026",
    type_name="Kế hoạch",
    summary="đẩy mạnh chuyển đổi số trong các cơ quan, chi bộ trực thuộc năm 2026",
    body=(
        "Thực hiện Kế hoạch số 12-KH/TU, ngày 05/01/2026 của Ban Thường vụ Thành ủy về đẩy mạnh chuyển đổi số trong các "
        "cơ quan đảng, Ban Thường vụ Đảng ủy ban hành kế hoạch với các nội dung sau:",
        "I- MỤC ĐÍCH, YÊU CẦU",
        "1. Mục đích",
        "Tạo chuyển biến rõ rệt trong nhận thức và hành động của cán bộ, đảng viên về chuyển đổi số.",
        "a) Các chi ủy, chi bộ trực thuộc quán triệt đầy đủ nội dung kế hoạch.",
        "- Bảo đảm thiết thực, hiệu quả, không hình thức.",
        "II- NHIỆM VỤ VÀ GIẢI PHÁP",
        *(f"{number}. {_DUTY}" for number in range(1, 25)),
    ),
    authority="T/M BAN THƯỜNG VỤ",
    position="PHÓ BÍ THƯ",
    signer="Nguyễn Văn Mẫu",
    receivers=("- Ban Thường vụ Thành ủy,", "- Các chi bộ trực thuộc,", "- Lưu Văn phòng Đảng ủy."),
    marks=("KHẨN",),
)

LETTER = Paper(
    layout=Layout.PARTY,
    superior="ĐẢNG ỦY PHƯỜNG BẾN TRÚC",
    organ="VĂN PHÒNG",
    symbol_line="Số       -CV/VPĐU",
    place_date="Bến Trúc, ngày      tháng 3 năm 2026",
    type_name="",
    summary="V/v cử cán bộ tham gia tập huấn chuyển đổi số",
    addressees=("Các chi bộ trực thuộc", "Ban Xây dựng Đảng"),
    body=("Văn phòng Đảng ủy mời các đồng chí cử cán bộ tham gia lớp tập huấn.", "Trân trọng."),
    authority="T/L BAN THƯỜNG VỤ",
    position="CHÁNH VĂN PHÒNG",
    signer="Trần Thị Thử",
    receivers=("- Như trên,", "- Lưu VPĐU."),
    draft="Dự thảo lần 1",
    typist="TTT. 02",
)

COPY = Paper(
    **{name: getattr(LETTER, name) for name in LETTER.__dataclass_fields__ if name not in ("copy", "draft", "symbol_line")},
    symbol_line="Số 12-CV/VPĐU",
    copy=CopyBlock(
        kind="Sao y bản chính",
        organ="ĐẢNG ỦY PHƯỜNG BẾN TRÚC",
        symbol_line="Số 24-BS/ĐU",
        place_date="Bến Trúc, ngày 06 tháng 3 năm 2026",
        authority="T/L BAN THƯỜNG VỤ",
        position="CHÁNH VĂN PHÒNG",
        signer="Trần Thị Thử",
        receivers=("- Các chi bộ,", "- Lưu VPĐU."),
    ),
)

DECISION = Paper(
    layout=Layout.STATE,
    superior="ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH",
    organ="ỦY BAN NHÂN DÂN\nPHƯỜNG BẾN TRÚC",
    symbol_line="Số: 15/QĐ-UBND",
    place_date="Bến Trúc, ngày 05 tháng 3 năm 2026",
    type_name="Quyết định",
    summary="Về việc ban hành Quy chế làm việc",
    body=(
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
        "Theo đề nghị của Chánh Văn phòng.",
        "QUYẾT ĐỊNH:",
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc của Ủy ban nhân dân phường.",
        "Điều 2. Quyết định này có hiệu lực từ ngày ký./.",
    ),
    authority="TM. ỦY BAN NHÂN DÂN",
    position="CHỦ TỊCH",
    signer="Lê Văn Ví Dụ",
    receivers=("- Như Điều 2;", "- Lưu: VT."),
)

MINUTES = Paper(
    layout=Layout.PARTY,
    superior="ĐẢNG BỘ THÀNH PHỐ HỒ CHÍ MINH",
    organ="ĐẢNG ỦY PHƯỜNG BẾN TRÚC",
    symbol_line="Số 05-BB/ĐU",
    place_date="Bến Trúc, ngày 05 tháng 3 năm 2026",
    type_name="Biên bản",
    summary="hội nghị Ban Thường vụ Đảng ủy tháng 3 năm 2026",
    body=("Hội nghị bắt đầu lúc 8 giờ.", "Hội nghị thống nhất kế hoạch tháng 3.", "Hội nghị kết thúc lúc 11 giờ cùng ngày."),
    authority="CHỦ TRÌ HỘI NGHỊ",
    signer="Nguyễn Văn Mẫu",
    recorder_word="NGƯỜI GHI BIÊN BẢN",
    recorder="Trần Thị Thử",
    receivers=("- Lưu Văn phòng Đảng ủy.",),
    circulation="TÀI LIỆU HỘI NGHỊ",
)

SLIP = replace(
    LETTER, symbol_line="Số 07-GGT/VPĐU", type_name="Giấy giới thiệu", summary="", draft="", size=A5, typist="",
    addressees=("Đảng ủy Phường Bến Mới",), receivers=("- Lưu VPĐU.",),
    body=("Văn phòng Đảng ủy trân trọng giới thiệu đồng chí Lê Văn Ví Dụ đến liên hệ công tác.", "Giấy có giá trị đến hết ngày 31/3/2026."),
)  # fmt: skip
A5_PARTY = replace(PARTY, page_width=210, page_height=148)

CONTACT = replace(
    LETTER, circulation="KHÔNG PHỔ BIẾN TRÊN CÁC PHƯƠNG TIỆN THÔNG TIN ĐẠI CHÚNG", draft="",
    contact=("Địa chỉ: số 1, đường Bến Trúc, phường Bến Trúc", "Điện thoại: 028 0000 0000; thư điện tử: vanphong@bentruc.example"),
)  # fmt: skip

JOINT = replace(
    PLAN, organ="ĐẢNG ỦY PHƯỜNG BẾN TRÚC - ĐẢNG ỦY PHƯỜNG BẾN MỚI", symbol_line="Số 10-KH/ĐU-ĐUBM", body=PLAN.body[:6], marks=(),
    authority="T/M BAN THƯỜNG VỤ\nĐẢNG ỦY PHƯỜNG BẾN TRÚC",
    joint=(Signing(authority="T/M BAN THƯỜNG VỤ ĐẢNG ỦY PHƯỜNG BẾN MỚI", position="BÍ THƯ", signer="Trần Thị Thử"),),
)  # fmt: skip
JOINT_OF_THREE = replace(
    JOINT, organ=f"{JOINT.organ} - BAN TỔ CHỨC THÀNH ỦY",
    joint=(*JOINT.joint, Signing(position="PHÓ TRƯỞNG BAN TỔ CHỨC THÀNH ỦY", signer="Phạm Văn Thêm")),
)  # fmt: skip
STATE_JOINT = replace(
    DECISION, organ="SỞ NỘI VỤ - SỞ TÀI CHÍNH", symbol_line="Số: 15/QĐ-SNV-STC", authority="KT. GIÁM ĐỐC SỞ NỘI VỤ", position="PHÓ GIÁM ĐỐC",
    joint=(Signing(position="GIÁM ĐỐC SỞ TÀI CHÍNH", signer="Trần Thị Thử"),),
)  # fmt: skip

EVERY = {
    "kế hoạch dài": (PLAN, PARTY), "công văn": (LETTER, PARTY), "bản sao": (COPY, PARTY), "Nhà nước": (DECISION, STATE),
    "biên bản": (MINUTES, PARTY), "A5": (SLIP, A5_PARTY), "liên hệ": (CONTACT, PARTY),
    "liên tịch": (JOINT, PARTY), "liên tịch ba cơ quan": (JOINT_OF_THREE, PARTY), "liên tịch Nhà nước": (STATE_JOINT, STATE),
}  # fmt: skip
