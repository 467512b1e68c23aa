"""Chức năng -> việc của chức năng ấy, và những câu dùng quanh việc: bút phê, báo tiến độ, văn bản gửi từ ngoài."""

from tinhgon.cli.demo.text import boards, office
from tinhgon.cli.demo.text.grammar import Work

WORKS: dict[str, Work] = {
    "th-chuong-trinh": office.GENERAL,
    "th-nghi-quyet": office.FOLLOW_UP,
    "vt-van-ban": office.RECORDS,
    "vt-luu-tru": office.ARCHIVES,
    "tc-ngan-sach": office.FINANCE,
    "tc-tai-san": office.ASSETS,
    "cds-ung-dung": office.DIGITAL,
    "cds-an-toan": office.SECURITY,
    "cb-quy-hoach": boards.STAFFING,
    "cb-dang-vien": boards.MEMBERS,
    "cb-chinh-sach": boards.POLICY,
    "kt-giam-sat": boards.SUPERVISION,
    "kt-don-thu": boards.COMPLAINTS,
    "tg-tuyen-truyen": boards.PROPAGANDA,
    "tg-khoa-giao": boards.THEORY,
    "dv-dan-van": boards.MASS_WORK,
    "nc-noi-chinh": boards.INTERNAL_AFFAIRS,
    "nc-tham-nhung": boards.ANTI_CORRUPTION,
}

HEAVIER = {"th-chuong-trinh": 4, "th-nghi-quyet": 3, "cb-dang-vien": 3, "tg-tuyen-truyen": 2, "cb-quy-hoach": 2}
"""Chức năng nhiều việc hơn hẳn; chức năng khác nặng 1."""

PROGRESS_NOTES: dict[str, tuple[str, ...]] = {
    "accepted": (
        "Đã nhận nhiệm vụ, phân công chuyên viên thực hiện.",
        "Đã nhận; đang thu thập văn bản căn cứ.",
        "Đã tiếp nhận, dự kiến gửi đề cương trong tuần.",
    ),
    "in_progress": (
        "Đã có đề cương, gửi các đơn vị phối hợp góp ý.",
        "Đã nhận {so_chi_bo} báo cáo của cơ sở, đang tổng hợp.",
        "Còn chờ số liệu của {ben_duoi}.",
        "Đã làm việc trực tiếp với {ben_duoi}, thống nhất nội dung.",
        "Dự thảo lần 1 đã trình lãnh đạo xem xét.",
        "Chỉnh sửa dự thảo theo ý kiến lãnh đạo.",
        "Đã đôn đốc các đơn vị chưa gửi báo cáo.",
        "Hồ sơ còn thiếu, đã đề nghị {ben_duoi} bổ sung.",
        "Đã đối chiếu số liệu, còn một chỉ tiêu chưa khớp.",
        "Đang xin ý kiến các ủy viên Ban Thường vụ bằng văn bản.",
    ),
    "submitted": (
        "Đã hoàn thành dự thảo, trình nghiệm thu.",
        "Nộp sản phẩm kèm phụ lục số liệu.",
        "Đã hoàn thành theo yêu cầu, đề nghị nghiệm thu.",
    ),
    "done": (
        "Nghiệm thu, sản phẩm đạt yêu cầu.",
        "Đã ban hành văn bản, kết thúc nhiệm vụ.",
        "Đồng ý kết quả, lưu hồ sơ.",
    ),
}
