"""Danh sách từ dùng chung của văn phạm. Văn bản của Trung ương chỉ được dẫn sau ngày ban hành."""

from datetime import date

from tinhgon.cli.demo.text.grammar import Dated


def _from(text: str, *since: int) -> Dated:
    return Dated(text, date(*since))


def _during(text: str, since: tuple[int, int], until: tuple[int, int]) -> Dated:
    return Dated(text, date(2025, *since), date(2025, *until))


WORDS: dict[str, tuple[str | Dated, ...]] = {
    "vb_tw": (
        "Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng khóa XII",
        "Nghị quyết số 19-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng khóa XII",
        "Nghị quyết số 24-NQ/TW ngày 07/10/2022 của Bộ Chính trị về phát triển vùng Đông Nam Bộ",
        "Nghị quyết số 31-NQ/TW ngày 30/12/2022 của Bộ Chính trị",
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
        "Chỉ thị số 05-CT/TW ngày 15/5/2016 và Kết luận số 01-KL/TW ngày 18/5/2021 của Bộ Chính trị",
        "Chỉ thị số 35-CT/TW ngày 14/6/2024 của Bộ Chính trị về đại hội đảng bộ các cấp",
        _during("Chỉ thị số 40-CT/TW ngày 11/12/2024 của Ban Bí thư về tổ chức Tết Ất Tỵ năm 2025", (1, 2), (2, 20)),
        "Quy định số 22-QĐ/TW ngày 28/7/2021 của Ban Chấp hành Trung ương",
        "Quy định số 37-QĐ/TW ngày 25/10/2021 của Ban Chấp hành Trung ương về những điều đảng viên không được làm",
        "Quy định số 144-QĐ/TW ngày 09/5/2024 của Bộ Chính trị",
        "Quyết định số 204-QĐ/TW ngày 29/11/2024 của Ban Bí thư",
        "Chỉ thị số 27-CT/TW ngày 25/12/2023 của Bộ Chính trị về thực hành tiết kiệm, chống lãng phí",
        _from("Kết luận số 121-KL/TW ngày 24/01/2025 của Ban Chấp hành Trung ương", 2025, 1, 27),
        _from("Nghị quyết số 59-NQ/TW ngày 24/01/2025 của Bộ Chính trị về hội nhập quốc tế", 2025, 2, 3),
        _from("Kết luận số 126-KL/TW ngày 14/02/2025 của Bộ Chính trị, Ban Bí thư", 2025, 2, 17),
        _from("Kết luận số 127-KL/TW ngày 28/02/2025 của Bộ Chính trị, Ban Bí thư", 2025, 3, 3),
        _from("Nghị quyết số 60-NQ/TW ngày 12/4/2025 Hội nghị Trung ương 11 khóa XIII", 2025, 4, 15),
        _from("Nghị quyết số 66-NQ/TW ngày 30/4/2025 của Bộ Chính trị", 2025, 5, 5),
        _from("Nghị quyết số 68-NQ/TW ngày 04/5/2025 của Bộ Chính trị về phát triển kinh tế tư nhân", 2025, 5, 6),
    ),
    "vb_sap_xep": (
        "Nghị quyết số 18-NQ/TW ngày 25/10/2017",
        _from("Kết luận số 121-KL/TW ngày 24/01/2025", 2025, 1, 27),
        _from("Kết luận số 126-KL/TW ngày 14/02/2025", 2025, 2, 17),
        _from("Kết luận số 127-KL/TW ngày 28/02/2025", 2025, 3, 3),
        _from("Nghị quyết số 60-NQ/TW ngày 12/4/2025", 2025, 4, 15),
        _from("Quy định số 298-QĐ/TW và Quy định số 299-QĐ/TW ngày 09/6/2025", 2025, 6, 11),
    ),
    "dip": (
        _during("95 năm Ngày thành lập Đảng Cộng sản Việt Nam (03/02/1930 – 03/02/2025)", (1, 2), (2, 10)),
        _during("Tết Nguyên đán Ất Tỵ năm 2025", (1, 2), (2, 7)),
        _during("115 năm Ngày Quốc tế Phụ nữ (08/3/1910 – 08/3/2025)", (2, 10), (3, 12)),
        _during("50 năm Ngày Giải phóng miền Nam, thống nhất đất nước (30/4/1975 – 30/4/2025)", (1, 2), (5, 9)),
        _during("135 năm Ngày sinh Chủ tịch Hồ Chí Minh (19/5/1890 – 19/5/2025)", (3, 20), (5, 26)),
        _during("100 năm Ngày Báo chí cách mạng Việt Nam (21/6/1925 – 21/6/2025)", (4, 20), (6, 25)),
        _during("80 năm Cách mạng Tháng Tám và Quốc khánh 02/9", (5, 5), (7, 31)),
        _during("78 năm Ngày Thương binh – Liệt sĩ (27/7/1947 – 27/7/2025)", (5, 28), (7, 31)),
    ),
    "su_kien": (
        "{dip}", "{dip}", "{dip}", "đại hội đảng bộ các cấp, nhiệm kỳ 2025 – 2030",
        _during("sắp xếp đơn vị hành chính và chính quyền địa phương hai cấp", (4, 1), (7, 31)),
    ),
    "dot_huy_hieu": (
        _during("03/02/2025", (1, 2), (2, 28)), _during("19/5/2025", (2, 20), (5, 31)), _during("02/9/2025", (5, 15), (7, 31)),
    ),
    "vb_cu": (
        "Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng khóa XII",
        "Nghị quyết số 24-NQ/TW ngày 07/10/2022 của Bộ Chính trị",
        "Nghị quyết số 31-NQ/TW ngày 30/12/2022 của Bộ Chính trị",
        "Quy định số 144-QĐ/TW ngày 09/5/2024 của Bộ Chính trị",
        "Chỉ thị số 27-CT/TW ngày 25/12/2023 của Bộ Chính trị",
        "Quy định số 22-QĐ/TW ngày 28/7/2021 của Ban Chấp hành Trung ương",
        "Quy định số 37-QĐ/TW ngày 25/10/2021 của Ban Chấp hành Trung ương",
    ),
    "viec_lon": (
        "đại hội đảng bộ các cấp, nhiệm kỳ 2025 – 2030",
        "sắp xếp tổ chức bộ máy của hệ thống chính trị",
        "chuyển đổi số trong các cơ quan đảng",
        "học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
        "phòng, chống tham nhũng, lãng phí, tiêu cực",
        "thực hành tiết kiệm, chống lãng phí",
        "xây dựng tổ chức cơ sở đảng và đội ngũ đảng viên",
        "bảo vệ nền tảng tư tưởng của Đảng",
        "cải cách hành chính trong Đảng",
        "thực hiện quy chế dân chủ ở cơ sở",
        "giải quyết đơn thư khiếu nại, tố cáo",
        "quản lý tài chính, tài sản của Đảng",
        "giải ngân vốn đầu tư công năm 2025",
        _during("chăm lo Tết cho hộ nghèo, gia đình chính sách", (1, 2), (2, 10)),
        "bảo đảm an ninh, trật tự trên địa bàn",
    ),
    "dia_diem": (
        "tuyến hẻm 118 khu phố 2", "chợ tự phát đầu đường", "khu nhà lụp xụp ven kênh", "dự án nâng cấp đường liên xã",
        "khu đất công xen cài", "chung cư cũ xuống cấp", "dự án trường tiểu học", "tuyến rạch ô nhiễm",
        "nhà văn hóa khu phố", "khu tái định cư", "trạm y tế", "bãi giữ xe không phép", "tuyến đường thường xuyên ngập",
    ),
    "so_chi_bo": ("12", "18", "23", "27", "31", "36", "42", "9", "15", "47"),
    "hoi_nghi": (
        "hội nghị Ban Chấp hành {cap_uy_goi} lần thứ {thu_la_ma}",
        "hội nghị Ban Thường vụ {cap_uy_goi} {thang}",
        "phiên họp Thường trực {cap_uy_goi} ngày {ngay_gan}",
        "hội nghị giao ban {cap_duoi_goi} {thang}",
        "hội nghị sơ kết {ky_so_ket}",
        "buổi làm việc với {ben_duoi} ngày {ngay_gan}",
    ),
    "thu_la_ma": ("19", "20", "21", "22", "23", "24", "25", "26", "27"),
    "ky_so_ket": (
        _during("công tác năm 2024", (1, 2), (1, 31)),
        _during("công tác quý I/2025", (3, 10), (4, 15)),
        _during("công tác 6 tháng đầu năm 2025", (5, 25), (7, 31)),
        "việc thực hiện {vb_cu}",
    ),
    "ky_bao_cao": (
        "{thang}", "{thang}", "{quy}", "tuần thứ {tuan} năm 2025",
        _during("năm 2024", (1, 2), (1, 31)),
        _during("6 tháng đầu năm 2025", (5, 25), (7, 31)),
    ),
    "du_thao": (
        "Quy chế làm việc của Ban Chấp hành {cap_uy_goi}",
        "Báo cáo chính trị trình đại hội",
        "Báo cáo kiểm điểm của Ban Chấp hành {cap_uy_goi}",
        "Đề án sắp xếp các cơ quan tham mưu, giúp việc {cap_uy_goi}",
        "Chương trình hành động thực hiện {vb_tw}",
        "Kế hoạch thực hiện {vb_tw}",
        "Quy định chức năng, nhiệm vụ của văn phòng cấp ủy cấp xã",
        "Phương án bố trí trụ sở làm việc sau sắp xếp",
        "Quy chế phối hợp giữa văn phòng cấp ủy với các ban của cấp ủy",
        "Kế hoạch kiểm tra, giám sát năm 2025",
        "Quy trình tiếp nhận, xử lý văn bản trên môi trường mạng",
    ),
    "han": ("trước ngày {ngay_han}", "chậm nhất ngày {ngay_han}", "trước 17 giờ ngày {ngay_han}"),
    "don_doc": ("đôn đốc", "nhắc", "tiếp tục đôn đốc", "đề nghị khẩn trương"),
    "gop_y": ("góp ý", "tham gia góp ý", "đóng góp ý kiến", "cho ý kiến đối với"),
    "tong_hop": ("tổng hợp", "rà soát, tổng hợp", "thống kê", "báo cáo số liệu"),
    "vu_viec_dan": (
        "bồi thường, hỗ trợ, tái định cư tại {dia_diem}", "cấp giấy chứng nhận quyền sử dụng đất",
        "xây dựng không phép", "tranh chấp ranh đất", "ô nhiễm tiếng ồn, mùi hôi tại khu dân cư",
        "thu hồi đất thực hiện {dia_diem}", "chế độ người có công", "quản lý, vận hành chung cư",
    ),
    "ben_ngoai": (
        "Ủy ban nhân dân", "Mặt trận Tổ quốc", "Công an", "Ban Chỉ huy quân sự", "Liên đoàn Lao động", "Hội Nông dân",
        "Hội Liên hiệp Phụ nữ", "Đoàn Thanh niên", "Hội Cựu chiến binh",
    ),
    "but_phe": (
        "Kính chuyển đồng chí tham mưu, báo cáo {han}.", "Đề nghị tham mưu văn bản triển khai {han}.",
        "Chuyển nghiên cứu, đề xuất.", "Phối hợp các ban liên quan, báo cáo kết quả {han}.",
        "Thống nhất. Tham mưu dự thảo trình ký.", "Lưu ý tiến độ, không để quá hạn.",
        "Rà lại số liệu với các đơn vị trước khi báo cáo.", "Đưa vào chương trình phiên họp Thường trực gần nhất.",
        "Sao gửi các đơn vị trực thuộc để thực hiện.", "Theo dõi, đôn đốc, báo cáo khi có kết quả.",
        "Để biết, phối hợp thực hiện phần việc liên quan.", "Nghiên cứu kỹ căn cứ, xin ý kiến trước khi trình.",
    ),
    "tra_lai": (
        "Không thuộc chức năng của đơn vị; đề nghị chuyển đơn vị phụ trách lĩnh vực.",
        "Thiếu phụ lục số liệu kèm theo, đề nghị bổ sung rồi chuyển lại.",
        "Nội dung đã giao đơn vị khác chủ trì tại văn bản trước đó.",
        "Bản chụp không rõ trang 2, đề nghị gửi lại.",
    ),
}  # fmt: skip
"""Chỗ trống có sẵn của văn phạm; ngữ cảnh (địa bàn, cấp ủy, kỳ, ngày) do ``text.context`` thêm vào."""
