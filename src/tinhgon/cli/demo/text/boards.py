"""Việc của các ban và ủy ban kiểm tra: tổ chức, tuyên giáo, dân vận, kiểm tra, nội chính."""

from tinhgon.cli.demo.text.grammar import Job, Work, pieces

STAFFING = Work(
    (
        *pieces("down", "cong-van",
            "rà soát, bổ sung quy hoạch cấp ủy nhiệm kỳ 2025 – 2030", "chuẩn bị nhân sự đại hội đảng bộ nhiệm kỳ 2025 – 2030",
            "rà soát đội ngũ cán bộ dự kiến bố trí tại phường, xã mới", "đăng ký nhu cầu đào tạo, bồi dưỡng cán bộ năm 2025",
            "hoàn thiện hồ sơ cán bộ diện Ban Thường vụ {cap_uy_goi} quản lý", "kê khai, bổ sung lý lịch cán bộ",
        ),
        *pieces("down", "quyet-dinh",
            "điều động, phân công cán bộ", "bổ nhiệm lại cán bộ lãnh đạo, quản lý", "phê duyệt danh sách quy hoạch cấp ủy nhiệm kỳ 2025 – 2030",
            "chỉ định bổ sung cấp ủy viên nhiệm kỳ 2020 – 2025", "cử cán bộ tham dự lớp cao cấp lý luận chính trị", "giao biên chế các cơ quan đảng năm 2025",
        ),
        *pieces("down", "ke-hoach huong-dan", "sắp xếp, bố trí cán bộ cấp huyện khi không tổ chức cấp huyện", "quy trình nhân sự cấp ủy cấp xã", "luân chuyển cán bộ năm 2025", "sắp xếp tổ chức bộ máy theo {vb_sap_xep}"),
        *pieces("up", "to-trinh", "đề nghị chuẩn y bổ sung ủy viên Ban Chấp hành", "phương án nhân sự chủ chốt phường, xã mới", "xin chủ trương kiện toàn chức danh phó bí thư", "đề án sắp xếp các cơ quan tham mưu, giúp việc {cap_uy}"),
        *pieces("up", "bao-cao", "thực trạng đội ngũ cán bộ {dia_ban}", "kết quả thực hiện {vb_sap_xep}", "công tác tổ chức xây dựng Đảng {ky_bao_cao}", "số lượng, chất lượng cán bộ chuyên trách đến hết {thang}"),
        *pieces("side", "cong-van", "xác nhận quá trình công tác", "trao đổi về điều động cán bộ", "xin ý kiến nhận xét cán bộ nơi công tác"),
        *pieces("inside", "bien-ban", "hội nghị lấy phiếu giới thiệu nhân sự", "họp xét hồ sơ bổ nhiệm lại", "rà soát tiêu chuẩn nhân sự cấp ủy"),
    ),
    (
        Job("Rà soát hồ sơ nhân sự dự kiến bố trí tại phường, xã mới trên địa bàn {dia_ban}", "Danh sách nhân sự kèm nhận xét"),
        Job("Thẩm định hồ sơ đề nghị bổ nhiệm lại cán bộ {quy}", "Tờ trình và dự thảo quyết định"),
        Job("Hoàn thiện đề án sắp xếp các cơ quan tham mưu, giúp việc {cap_uy_goi}", "Đề án trình Ban Thường vụ"),
        Job("Tổng hợp nguyện vọng cán bộ về vị trí công tác sau sắp xếp", "Bảng tổng hợp nguyện vọng"),
        Job("Chuẩn bị nhân sự cấp ủy nhiệm kỳ 2025 – 2030 của {cap_duoi_goi}", "Đề án nhân sự"),
        Job("Bàn giao hồ sơ cán bộ diện cấp ủy cấp huyện quản lý", "Biên bản bàn giao hồ sơ"),
        Job("Thẩm tra tiêu chuẩn chính trị nhân sự giới thiệu bổ sung cấp ủy", "Kết luận tiêu chuẩn chính trị"),
    ),
)  # fmt: skip

MEMBERS = Work(
    (
        *pieces("down", "cong-van", "chuyển sinh hoạt đảng cho đảng viên khi sắp xếp tổ chức", "rà soát đảng viên đi làm ăn xa, thường xuyên thay đổi nơi cư trú", "chuẩn bị tổ chức đại hội chi bộ, đảng bộ cơ sở", "tặng Huy hiệu Đảng đợt {dot_huy_hieu}", "nâng cao chất lượng sinh hoạt chi bộ"),
        *pieces("down", "quyet-dinh", "công nhận đảng viên chính thức", "kết nạp đảng viên", "thành lập chi bộ trực thuộc", "tặng Huy hiệu 30, 40, 50 năm tuổi Đảng", "chuẩn y kết quả bầu cử chi ủy", "chuyển giao chi bộ, đảng viên giữa các đảng bộ"),
        *pieces("down", "huong-dan", "trình tự thành lập đảng bộ phường, xã mới", "đánh giá, xếp loại tổ chức đảng, đảng viên năm 2025", "sinh hoạt chuyên đề {quy}"),
        *pieces("up", "bao-cao", "kết quả kết nạp đảng viên {quy}", "số liệu cơ bản về tổ chức đảng, đảng viên đến hết {thang}", "kết quả đại hội {so_chi_bo} chi bộ trực thuộc", "thực hiện chuyển sinh hoạt đảng {thang}"),
        *pieces("up", "to-trinh", "đề nghị kết nạp quần chúng ưu tú vào Đảng", "đề nghị xét tặng Huy hiệu Đảng đợt {dot_huy_hieu}", "xin thành lập chi bộ khu phố mới", "đề nghị công nhận đảng viên chính thức đợt {thang}"),
        *pieces("side", "cong-van", "thẩm tra lý lịch người xin vào Đảng", "xác nhận thời điểm chuyển sinh hoạt đảng", "đề nghị cung cấp hồ sơ đảng viên"),
        *pieces("inside", "bien-ban", "họp xét kết nạp đảng viên", "kiểm tra hồ sơ đảng viên tại {so_chi_bo} chi bộ", "bàn giao phiếu đảng viên"),
    ),
    (
        Job("Thẩm định hồ sơ đề nghị kết nạp đảng viên đợt {thang}", "Tờ trình và dự thảo quyết định"),
        Job("Chuyển sinh hoạt đảng cho đảng viên thuộc {so_chi_bo} chi bộ khi sắp xếp", "Giấy giới thiệu và danh sách đã chuyển"),
        Job("Đối chiếu hồ sơ, phiếu đảng viên với cơ sở dữ liệu", "Biên bản đối chiếu"),
        Job("Xét tặng Huy hiệu Đảng đợt {dot_huy_hieu}", "Danh sách và tờ trình"),
        Job("Rà soát đảng viên được miễn công tác, sinh hoạt", "Danh sách cập nhật"),
        Job("Hướng dẫn đại hội điểm tại {ben_duoi}", "Báo cáo rút kinh nghiệm đại hội điểm"),
    ),
)  # fmt: skip

POLICY = Work(
    (
        *pieces("down", "cong-van", "thực hiện chế độ, chính sách theo Nghị định số 178/2024/NĐ-CP", "rà soát cán bộ có nguyện vọng nghỉ trước tuổi", "thăm, chúc thọ cán bộ lão thành cách mạng dịp {dip}", "rà soát chính trị nội bộ phục vụ nhân sự đại hội", "khám sức khỏe định kỳ cán bộ năm 2025"),
        *pieces("down", "quyet-dinh", "giải quyết chế độ nghỉ hưu trước tuổi", "nâng bậc lương thường xuyên {quy}", "thành lập tổ giúp việc thực hiện chính sách khi sắp xếp bộ máy"),
        *pieces("up", "bao-cao", "kết quả giải quyết chế độ cho cán bộ nghỉ theo Nghị định số 178/2024/NĐ-CP", "công tác bảo vệ chính trị nội bộ {ky_bao_cao}", "tâm tư, nguyện vọng của cán bộ trước khi sắp xếp"),
        *pieces("up", "to-trinh", "phê duyệt danh sách cán bộ hưởng chính sách tinh giản biên chế đợt {thang}", "xin kinh phí chi trả chế độ cho cán bộ nghỉ trước tuổi"),
        *pieces("inside", "bien-ban", "họp xét chế độ, chính sách {thang}", "thẩm tra hồ sơ hưởng chế độ"),
    ),
    (
        Job("Thẩm định hồ sơ nghỉ trước tuổi theo Nghị định số 178/2024/NĐ-CP đợt {thang}", "Danh sách và dự toán chi trả"),
        Job("Khảo sát tâm tư, nguyện vọng cán bộ trước sắp xếp", "Báo cáo tổng hợp"),
        Job("Xác minh tiêu chuẩn chính trị theo đề nghị của {ben_duoi}", "Văn bản kết luận"),
        Job("Tổ chức thăm hỏi cán bộ lão thành dịp {dip}", "Danh sách, kinh phí và báo cáo"),
    ),
)  # fmt: skip

SUPERVISION = Work(
    (
        *pieces("down", "ke-hoach", "kiểm tra, giám sát {quy}"),
        *pieces("down", "quyet-dinh ke-hoach", "kiểm tra việc thực hiện {vb_tw} tại {ben_duoi}", "giám sát chuyên đề công tác {viec_lon}", "giám sát công tác chuẩn bị đại hội đảng bộ nhiệm kỳ 2025 – 2030"),
        *pieces("down", "cong-van", "báo cáo tự kiểm tra về {viec_lon}", "kê khai tài sản, thu nhập năm 2024", "khắc phục hạn chế sau kiểm tra, giám sát", "rà soát các cuộc kiểm tra chưa kết thúc trước khi sắp xếp"),
        *pieces("down", "thong-bao", "kết quả giám sát chuyên đề tại {ben_duoi}", "kết luận kiểm tra công tác {viec_lon}"),
        *pieces("down", "ket-luan", "kiểm tra công tác {viec_lon} tại {ben_duoi}"),
        *pieces("down", "chuong-trinh", "kiểm tra, giám sát năm 2025 của Ban Chấp hành {cap_uy_goi}"),
        *pieces("up", "bao-cao", "kết quả công tác kiểm tra, giám sát và kỷ luật đảng {ky_bao_cao}", "kết quả khắc phục sau giám sát", "tự giám sát việc thực hiện {vb_tw}", "tình hình thực hiện chương trình kiểm tra, giám sát {quy}"),
        *pieces("side", "cong-van", "cử cán bộ tham gia đoàn giám sát", "cung cấp hồ sơ phục vụ đoàn kiểm tra", "phối hợp xác minh kê khai tài sản, thu nhập"),
        *pieces("inside", "bien-ban", "họp đoàn giám sát chuyên đề", "làm việc với {ben_duoi}", "thông qua dự thảo báo cáo giám sát"),
    ),
    (
        Job("Giám sát chuyên đề tại {ben_duoi} về {viec_lon}", "Báo cáo và thông báo kết quả giám sát"),
        Job("Hoàn thành kết luận kiểm tra {ben_duoi}", "Thông báo kết luận kiểm tra"),
        Job("Theo dõi khắc phục sau giám sát của {ben_duoi}", "Báo cáo kết quả khắc phục"),
        Job("Rà soát các cuộc kiểm tra, giám sát dở dang trước khi sắp xếp", "Danh mục và phương án bàn giao"),
        Job("Tổng hợp kê khai tài sản, thu nhập năm 2024", "Báo cáo tổng hợp"),
    ),
)  # fmt: skip

COMPLAINTS = Work(
    (
        *pieces("down", "cong-van", "xử lý đơn phản ánh liên quan đến đảng viên", "báo cáo giải trình nội dung đơn tố cáo", "rà soát đơn thư tồn đọng kéo dài", "xem xét trách nhiệm tổ chức, cá nhân liên quan {vu_viec_dan}"),
        *pieces("down", "quyet-dinh", "thi hành kỷ luật đảng viên", "thành lập đoàn giải quyết tố cáo", "giải quyết khiếu nại kỷ luật đảng"),
        *pieces("down", "thong-bao", "kết quả giải quyết tố cáo đối với đảng viên", "tiếp nhận và thụ lý đơn khiếu nại kỷ luật"),
        *pieces("up", "bao-cao", "kết quả giải quyết đơn thư {ky_bao_cao}", "kết quả xác minh đơn phản ánh về {vu_viec_dan}", "tình hình đơn thư tồn đọng đến hết {thang}"),
        *pieces("up", "cong-van to-trinh", "xin ý kiến xử lý đơn không đủ điều kiện giải quyết", "đề nghị gia hạn thời gian giải quyết tố cáo", "đề nghị thi hành kỷ luật đảng viên vi phạm"),
        *pieces("side", "cong-van", "chuyển đơn không thuộc thẩm quyền", "phối hợp đối thoại với công dân về {vu_viec_dan}", "cung cấp thông tin giải quyết đơn"),
        *pieces("inside", "phieu-chuyen", "đơn của công dân về {vu_viec_dan} để xem xét theo thẩm quyền"),
        *pieces("inside", "bien-ban", "làm việc với người có đơn", "họp xét kỷ luật đảng viên", "đối thoại giữa đoàn xác minh và các bên"),
    ),
    (
        Job("Xác minh đơn phản ánh về {vu_viec_dan}", "Báo cáo kết quả xác minh"),
        Job("Giải quyết tố cáo đối với đảng viên theo đơn chuyển từ {cap_tren}", "Kết luận và thông báo giải quyết"),
        Job("Rà soát đơn thư tồn đọng trước khi bàn giao", "Danh mục đơn thư kèm hồ sơ"),
        Job("Tham mưu xử lý kỷ luật đảng viên vi phạm", "Hồ sơ và dự thảo quyết định"),
    ),
)  # fmt: skip

PROPAGANDA = Work(
    (
        *pieces("down", "cong-van", "tuyên truyền {su_kien}", "định hướng tuyên truyền {thang_sau}", "đấu tranh, phản bác thông tin sai sự thật trên mạng xã hội về sắp xếp đơn vị hành chính", "treo cờ, băng rôn chào mừng {dip}", "cung cấp tài liệu sinh hoạt chi bộ {thang}"),
        *pieces("down", "huong-dan ke-hoach", "tuyên truyền {su_kien}", "tổ chức các hoạt động chào mừng {dip}", "công tác thông tin đối ngoại năm 2025", "tuyên truyền về sắp xếp tổ chức bộ máy theo {vb_sap_xep}"),
        *pieces("up", "bao-cao", "tình hình tư tưởng, dư luận xã hội {thang}", "kết quả tuyên truyền {su_kien}", "công tác tuyên giáo {ky_bao_cao}", "nhanh dư luận xã hội về sắp xếp đơn vị hành chính"),
        *pieces("up", "to-trinh cong-van", "xin chủ trương tổ chức hội thi tìm hiểu {su_kien}", "đăng ký mô hình học tập và làm theo Bác năm 2025", "đề nghị khen thưởng công tác tuyên truyền {su_kien}"),
        *pieces("side", "cong-van", "phối hợp trang trí, cổ động trực quan dịp {dip}", "đưa tin {hoi_nghi}"),
        *pieces("inside", "bien-ban", "họp cộng tác viên dư luận xã hội {thang}", "họp duyệt nội dung bản tin {thang_sau}"),
    ),
    (
        Job("Tuyên truyền {su_kien} trên địa bàn {dia_ban}", "Kế hoạch và báo cáo kết quả"),
        Job("Nắm tình hình dư luận xã hội về sắp xếp đơn vị hành chính", "Báo cáo dư luận hằng tuần"),
        Job("Biên soạn tài liệu sinh hoạt chi bộ {thang_sau}", "Tài liệu phát hành"),
        Job("Tổ chức hội nghị báo cáo viên {thang_sau}", "Chương trình, tài liệu, biên bản"),
        Job("Dựng phóng sự về {ben_duoi} học tập và làm theo Bác", "Phóng sự đã duyệt"),
    ),
)  # fmt: skip

THEORY = Work(
    (
        *pieces("down", "cong-van", "học tập, quán triệt {vb_tw}", "chiêu sinh lớp bồi dưỡng nhận thức về Đảng {quy}", "sưu tầm tư liệu biên soạn lịch sử đảng bộ", "chăm sóc sức khỏe nhân dân, phòng, chống dịch bệnh mùa mưa"),
        *pieces("down", "ke-hoach huong-dan", "mở lớp bồi dưỡng lý luận chính trị hè năm 2025", "nghiên cứu, học tập, quán triệt {vb_tw}", "bồi dưỡng cấp ủy viên cơ sở nhiệm kỳ 2025 – 2030"),
        *pieces("up", "bao-cao", "kết quả học tập, quán triệt {vb_tw}", "công tác khoa giáo {ky_bao_cao}", "kết quả bồi dưỡng lý luận chính trị {quy}"),
        *pieces("up", "to-trinh", "mở lớp trung cấp lý luận chính trị khóa mới", "xuất bản lịch sử đảng bộ {dia_ban} giai đoạn 1975 – 2025"),
        *pieces("side", "cong-van", "mời báo cáo viên lên lớp chuyên đề", "phối hợp tuyển sinh lớp đảng viên mới"),
        *pieces("inside", "bien-ban", "họp ban biên soạn lịch sử đảng bộ", "nghiệm thu giáo trình bồi dưỡng"),
    ),
    (
        Job("Tổ chức học tập, quán triệt {vb_tw}", "Báo cáo số lượng, tỷ lệ tham gia"),
        Job("Mở lớp bồi dưỡng nhận thức về Đảng {quy}", "Danh sách học viên và kết quả"),
        Job("Biên soạn lịch sử đảng bộ {dia_ban}", "Bản thảo chương được phân công"),
        Job("Khảo sát công tác khoa giáo tại {ben_duoi}", "Báo cáo khảo sát"),
    ),
)  # fmt: skip

MASS_WORK = Work(
    (
        *pieces("down", "cong-van", "nắm tình hình nhân dân trước khi sắp xếp đơn vị hành chính", "thực hiện quy chế dân chủ ở cơ sở {quy}", "đăng ký mô hình “Dân vận khéo” năm 2025", "thăm, chúc mừng các cơ sở tôn giáo nhân lễ Phật đản", "lấy ý kiến nhân dân về tên gọi phường, xã mới"),
        *pieces("down", "ke-hoach", "đối thoại giữa cấp ủy với nhân dân năm 2025", "công tác dân vận của hệ thống chính trị {dia_ban}", "vận động nhân dân bàn giao mặt bằng {dia_diem}"),
        *pieces("up", "bao-cao", "tình hình nhân dân {thang}", "công tác dân vận {ky_bao_cao}", "kết quả đối thoại với nhân dân về {vu_viec_dan}", "tình hình tôn giáo, dân tộc {quy}"),
        *pieces("side", "cong-van", "phối hợp vận động hộ dân tại {dia_diem}", "phối hợp giám sát, phản biện xã hội {quy}"),
        *pieces("inside", "bien-ban", "họp khối dân vận {thang}", "ghi nhận ý kiến nhân dân tại {dia_diem}"),
    ),
    (
        Job("Vận động hộ dân bàn giao mặt bằng {dia_diem}", "Báo cáo số hộ đồng thuận"),
        Job("Tổ chức đối thoại giữa Bí thư {cap_uy_goi} với nhân dân", "Thông báo kết luận đối thoại"),
        Job("Thẩm định mô hình “Dân vận khéo” {quy}", "Danh sách mô hình được công nhận"),
        Job("Nắm tình hình nhân dân sau khi công bố phương án sắp xếp", "Báo cáo nhanh hằng tuần"),
        Job("Tham mưu thăm, chúc mừng chức sắc tôn giáo {quy}", "Kế hoạch và báo cáo"),
    ),
)  # fmt: skip

INTERNAL_AFFAIRS = Work(
    (
        *pieces("down", "cong-van", "bảo đảm an ninh, trật tự dịp {dip}", "xử lý điểm nóng về {vu_viec_dan}", "nắm tình hình khiếu kiện đông người", "thực hiện cải cách tư pháp {quy}"),
        *pieces("down", "ket-luan", "xử lý vụ việc phức tạp về {vu_viec_dan}"),
        *pieces("down", "thong-bao", "kết luận giao ban khối nội chính {thang}"),
        *pieces("up", "bao-cao", "công tác nội chính {ky_bao_cao}", "tình hình an ninh, trật tự {thang}", "kết quả tiếp công dân của người đứng đầu cấp ủy {thang}"),
        *pieces("side", "cong-van", "phối hợp giải quyết vụ việc {vu_viec_dan}", "trao đổi thông tin khối nội chính {thang}"),
        *pieces("inside", "bien-ban", "giao ban khối nội chính {thang}", "tiếp công dân định kỳ ngày {ngay_gan}"),
    ),
    (
        Job("Theo dõi, đôn đốc giải quyết vụ việc {vu_viec_dan}", "Báo cáo kết quả giải quyết"),
        Job("Chuẩn bị buổi tiếp công dân của Bí thư {cap_uy_goi} {thang_sau}", "Hồ sơ vụ việc và thông báo kết luận"),
        Job("Tham mưu giao ban khối nội chính {thang}", "Báo cáo và dự thảo kết luận"),
        Job("Rà soát vụ việc khiếu kiện kéo dài, lập danh mục bàn giao", "Danh mục vụ việc"),
    ),
)  # fmt: skip

ANTI_CORRUPTION = Work(
    (
        *pieces("down", "cong-van", "phòng, chống lãng phí khi sắp xếp trụ sở, tài sản công", "rà soát dự án chậm tiến độ, gây lãng phí", "báo cáo kết quả tự kiểm tra phòng, chống tham nhũng, tiêu cực"),
        *pieces("down", "ke-hoach", "thực hiện Chỉ thị số 27-CT/TW về thực hành tiết kiệm, chống lãng phí", "phòng, chống tham nhũng, lãng phí, tiêu cực năm 2025"),
        *pieces("up", "bao-cao", "công tác phòng, chống tham nhũng, lãng phí, tiêu cực {ky_bao_cao}", "kết quả xử lý {dia_diem} kéo dài, lãng phí", "kết quả rà soát trụ sở dôi dư"),
        *pieces("side", "cong-van", "cung cấp kết luận thanh tra phục vụ theo dõi", "phối hợp đôn đốc thu hồi tài sản sau thanh tra"),
        *pieces("inside", "bien-ban", "họp tổ giúp việc phòng, chống tham nhũng {thang}"),
    ),
    (
        Job("Rà soát dự án, công trình chậm tiến độ trên địa bàn {dia_ban}", "Danh mục và kiến nghị xử lý"),
        Job("Đôn đốc thực hiện kết luận thanh tra về {dia_diem}", "Báo cáo tiến độ"),
        Job("Rà soát trụ sở dôi dư sau sắp xếp, đề xuất phương án sử dụng", "Phương án xử lý"),
        Job("Xây dựng kế hoạch kiểm tra công khai, minh bạch tài sản, thu nhập", "Kế hoạch kiểm tra"),
    ),
)  # fmt: skip
