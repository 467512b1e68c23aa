"""Văn bản đến từ ngoài hệ thống: Trung ương, chính quyền, Mặt trận, chi bộ. ``#`` là số do chương trình rút; chi bộ ít văn bản nên số nhỏ."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sender:
    """Một nơi gửi. ``letters``: (tên loại, chức năng, trích yếu). ``symbol``: "#-CV/BTCTW"."""

    name: str
    symbols: dict[str, str]
    letters: tuple[tuple[str, str, str], ...]


def _party(organ: str, *types: str) -> dict[str, str]:
    marks = {"cong-van": "CV", "bao-cao": "BC", "ke-hoach": "KH", "thong-bao": "TB", "huong-dan": "HD", "to-trinh": "TTr", "bien-ban": "BB", "quyet-dinh": "QĐ"}  # fmt: skip
    return {kind: f"#-{marks[kind]}/{organ}" for kind in types}


_CENTRAL = (
    Sender("Văn phòng Trung ương Đảng", _party("VPTW", "cong-van", "thong-bao", "huong-dan"), (
        ("cong-van", "th-chuong-trinh", "đề nghị báo cáo kết quả công tác {ky_bao_cao}"),
        ("cong-van", "th-nghi-quyet", "sao gửi {vb_tw}"),
        ("thong-bao", "th-nghi-quyet", "kết luận của Thường trực Ban Bí thư về {viec_lon}"),
        ("huong-dan", "vt-luu-tru", "quản lý tài liệu khi sắp xếp tổ chức bộ máy"),
        ("cong-van", "cds-ung-dung", "triển khai hệ thống thông tin điều hành tác nghiệp đến cấp xã"),
        ("cong-van", "tc-ngan-sach", "hướng dẫn quản lý tài chính, tài sản khi không tổ chức cấp huyện"),
    )),
    Sender("Ban Tổ chức Trung ương", _party("BTCTW", "cong-van", "huong-dan"), (
        ("huong-dan", "cb-quy-hoach", "một số nội dung về nhân sự cấp ủy tại đại hội đảng bộ các cấp"),
        ("cong-van", "cb-dang-vien", "chuyển giao tổ chức đảng, đảng viên khi sắp xếp đơn vị hành chính"),
        ("cong-van", "cb-chinh-sach", "thực hiện chế độ, chính sách đối với cán bộ nghỉ theo Nghị định số 178/2024/NĐ-CP"),
    )),
    Sender("Ban Tuyên giáo và Dân vận Trung ương", _party("BTGDVTW", "cong-van", "huong-dan"), (
        ("huong-dan", "tg-tuyen-truyen", "tuyên truyền {su_kien}"),
        ("cong-van", "tg-khoa-giao", "tổ chức học tập, quán triệt {vb_tw}"),
        ("cong-van", "dv-dan-van", "nắm tình hình nhân dân khi sắp xếp đơn vị hành chính"),
    )),
    Sender("Ủy ban Kiểm tra Trung ương", _party("UBKTTW", "cong-van", "huong-dan"), (
        ("huong-dan", "kt-giam-sat", "công tác kiểm tra, giám sát trước đại hội đảng bộ các cấp"),
        ("cong-van", "kt-don-thu", "giải quyết đơn thư tồn đọng khi sắp xếp tổ chức"),
    )),
    Sender("Ban Nội chính Trung ương", _party("BNCTW", "cong-van"), (
        ("cong-van", "nc-tham-nhung", "báo cáo kết quả phòng, chống tham nhũng, lãng phí, tiêu cực {ky_bao_cao}"),
        ("cong-van", "nc-noi-chinh", "theo dõi, xử lý các vụ việc phức tạp về an ninh, trật tự"),
    )),
    Sender("Ủy ban nhân dân {cap_chinh_quyen}", {"cong-van": "#/UBND-TH", "bao-cao": "#/BC-UBND", "to-trinh": "#/TTr-UBND"}, (
        ("bao-cao", "th-chuong-trinh", "tình hình kinh tế - xã hội {thang}"),
        ("to-trinh", "th-nghi-quyet", "chủ trương đầu tư {dia_diem}"),
        ("cong-van", "tc-tai-san", "phương án bố trí trụ sở sau sắp xếp đơn vị hành chính"),
        ("cong-van", "nc-noi-chinh", "kết quả giải quyết khiếu nại về {vu_viec_dan}"),
    )),
    Sender("Sở Nội vụ", {"cong-van": "#/SNV-TCBC", "bao-cao": "#/BC-SNV"}, (
        ("cong-van", "cb-quy-hoach", "{gop_y} dự thảo đề án sắp xếp đơn vị hành chính cấp xã"),
        ("bao-cao", "cb-chinh-sach", "số lượng cán bộ, công chức nghỉ theo Nghị định số 178/2024/NĐ-CP"),
    )),
    Sender("Sở Tài chính", {"cong-van": "#/STC-NS"}, (
        ("cong-van", "tc-ngan-sach", "thẩm định dự toán kinh phí tổ chức đại hội đảng bộ"),
        ("cong-van", "tc-tai-san", "xử lý tài sản công dôi dư sau sắp xếp"),
    )),
    Sender("Sở Khoa học và Công nghệ", {"cong-van": "#/SKHCN-CĐS"}, (
        ("cong-van", "cds-ung-dung", "kết nối trục liên thông văn bản với hệ thống của các cơ quan đảng"),
        ("cong-van", "cds-an-toan", "cảnh báo lỗ hổng bảo mật mức cao"),
    )),
    Sender("Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam", {"cong-van": "#/MTTQ-BTT", "bao-cao": "#/BC-MTTQ-BTT"}, (
        ("bao-cao", "dv-dan-van", "tổng hợp ý kiến, kiến nghị của cử tri và nhân dân {thang}"),
        ("cong-van", "dv-dan-van", "phản biện xã hội dự thảo {du_thao}"),
    )),
)  # fmt: skip

_DISTRICT = (
    Sender("Ủy ban nhân dân {cap_chinh_quyen}", {"cong-van": "#/UBND-VP", "bao-cao": "#/BC-UBND", "to-trinh": "#/TTr-UBND"}, (
        ("bao-cao", "th-chuong-trinh", "tình hình kinh tế - xã hội {thang}, nhiệm vụ {thang_sau}"),
        ("to-trinh", "th-nghi-quyet", "xin chủ trương đầu tư {dia_diem}"),
        ("cong-van", "nc-noi-chinh", "giải quyết kiến nghị về {vu_viec_dan}"),
        ("cong-van", "tc-tai-san", "bàn giao trụ sở, tài sản khi kết thúc hoạt động"),
        ("bao-cao", "nc-tham-nhung", "tiến độ {dia_diem} và giải ngân vốn đầu tư công"),
    )),
    Sender("Công an {cap_chinh_quyen}", {"bao-cao": "#/BC-CAQ", "cong-van": "#/CAQ-TH"}, (
        ("bao-cao", "nc-noi-chinh", "tình hình an ninh, trật tự {thang}"),
        ("cong-van", "nc-noi-chinh", "phương án bảo đảm an ninh, trật tự dịp {dip}"),
        ("cong-van", "cds-an-toan", "cảnh báo thủ đoạn lừa đảo, giả danh cơ quan nhà nước"),
    )),
    Sender("Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam {cap_chinh_quyen}", {"bao-cao": "#/BC-MTTQ-BTT", "cong-van": "#/MTTQ-BTT"}, (
        ("bao-cao", "dv-dan-van", "tổng hợp ý kiến nhân dân {thang}"),
        ("cong-van", "dv-dan-van", "đăng ký nội dung giám sát, phản biện xã hội {quy}"),
    )),
    Sender("Hội Liên hiệp Phụ nữ {cap_chinh_quyen}", {"bao-cao": "#/BC-BTV", "cong-van": "#/BTV-TG"}, (
        ("bao-cao", "dv-dan-van", "phong trào phụ nữ {quy}"),
        ("cong-van", "tg-tuyen-truyen", "mời dự họp mặt kỷ niệm {dip}"),
    )),
    Sender("Trung tâm Chính trị {cap_chinh_quyen}", {"cong-van": "#-CV/TTCT", "bao-cao": "#-BC/TTCT"}, (
        ("cong-van", "tg-khoa-giao", "mở lớp bồi dưỡng nhận thức về Đảng {quy}"),
        ("bao-cao", "tg-khoa-giao", "kết quả các lớp bồi dưỡng {quy}"),
    )),
)  # fmt: skip

_COMMUNE = (
    Sender("Chi bộ Khu phố {so_nho}", _party("CB", "bao-cao", "to-trinh", "bien-ban", "cong-van"), (
        ("bao-cao", "cb-dang-vien", "kết quả sinh hoạt chi bộ {thang}"),
        ("to-trinh", "cb-dang-vien", "đề nghị kết nạp quần chúng ưu tú vào Đảng"),
        ("bien-ban", "cb-dang-vien", "đại hội chi bộ nhiệm kỳ 2025 – 2027"),
        ("bao-cao", "dv-dan-van", "ý kiến nhân dân về {vu_viec_dan}"),
        ("cong-van", "cb-dang-vien", "đề nghị miễn sinh hoạt cho đảng viên cao tuổi"),
        ("bao-cao", "tc-ngan-sach", "thu, nộp đảng phí {thang}"),
    )),
    Sender("Chi bộ Trường Tiểu học số {so_nho}", _party("CB", "bao-cao", "to-trinh"), (
        ("bao-cao", "cb-dang-vien", "sinh hoạt chi bộ, học tập và làm theo Bác {thang}"),
        ("to-trinh", "cb-dang-vien", "đề nghị công nhận đảng viên chính thức"),
    )),
    Sender("Ủy ban nhân dân {cap_chinh_quyen}", {"bao-cao": "#/BC-UBND", "cong-van": "#/UBND", "to-trinh": "#/TTr-UBND"}, (
        ("bao-cao", "th-chuong-trinh", "kết quả thực hiện nhiệm vụ kinh tế - xã hội {thang}"),
        ("cong-van", "nc-noi-chinh", "xử lý {dia_diem} theo kiến nghị của cử tri"),
        ("to-trinh", "th-nghi-quyet", "xin ý kiến Đảng ủy về {dia_diem}"),
        ("cong-van", "kt-don-thu", "kết quả giải quyết đơn về {vu_viec_dan}"),
    )),
    Sender("Công an {cap_chinh_quyen}", {"bao-cao": "#/BC-CAP"}, (("bao-cao", "nc-noi-chinh", "tình hình an ninh, trật tự tuần thứ {tuan}"),)),
    Sender("Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam {cap_chinh_quyen}", {"bao-cao": "#/BC-MTTQ-BTT", "cong-van": "#/MTTQ-BTT"}, (
        ("bao-cao", "dv-dan-van", "nắm tình hình nhân dân {thang}"),
        ("cong-van", "dv-dan-van", "phối hợp chăm lo hộ nghèo dịp {dip}"),
    )),
    Sender("Đoàn Thanh niên Cộng sản Hồ Chí Minh {cap_chinh_quyen}", {"bao-cao": "#-BC/ĐTN", "cong-van": "#-CV/ĐTN"}, (
        ("bao-cao", "dv-dan-van", "công tác Đoàn và phong trào thanh thiếu nhi {quy}"),
        ("cong-van", "cb-dang-vien", "giới thiệu đoàn viên ưu tú cho Đảng xem xét, kết nạp"),
    )),
    Sender("Hội Cựu chiến binh {cap_chinh_quyen}", {"cong-van": "#/CCB"}, (("cong-van", "tg-tuyen-truyen", "tổ chức họp mặt nhân dịp {dip}"),)),
)  # fmt: skip

SENDERS = {"province": _CENTRAL, "district": _DISTRICT, "commune": _COMMUNE}

SECRET_LINES = (
    "Văn bản mật về công tác cán bộ; bản giấy lưu tủ mật của văn phòng",
    "Văn bản mật về bảo vệ chính trị nội bộ; bản giấy lưu tủ mật của văn phòng",
    "Văn bản mật về công tác nội chính; bản giấy lưu tủ mật của văn phòng",
    "Văn bản mật về quốc phòng, an ninh trên địa bàn; bản giấy lưu tủ mật của văn phòng",
    "Văn bản mật về xác minh đơn tố cáo; bản giấy lưu tủ mật của văn phòng",
)
"""Sổ mật chỉ ghi có văn bản; trích yếu không nói nội dung (domain §1.6)."""
