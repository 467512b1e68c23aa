"""Thân của dự thảo mẫu: đoạn văn theo lối viết của văn phòng cấp ủy, ghép theo tên loại."""

OPENINGS = (
    "Căn cứ Quy chế làm việc của Ban Chấp hành {cap_uy_goi} nhiệm kỳ 2020 - 2025,",
    "Thực hiện Chương trình công tác năm 2025 của Ban Chấp hành {cap_uy_goi},",
    "Thực hiện {vb_tw},",
)
LETTER = (
    "{mo_dau} Văn phòng đề nghị các cơ quan, đơn vị thực hiện một số nội dung sau:",
    "1. Rà soát, đánh giá kết quả công tác {viec_lon} trên địa bàn {dia_ban}; nêu rõ việc đã làm, việc chưa làm, nguyên nhân và trách nhiệm của từng tập thể, cá nhân.",
    "2. Phân công một đồng chí lãnh đạo trực tiếp chỉ đạo, một đầu mối thực hiện; số liệu thống nhất tính đến hết ngày 30/6/2025.",
    "3. Gửi báo cáo về Văn phòng {han} qua hệ thống thông tin điều hành tác nghiệp để tổng hợp, trình Thường trực.",
    "Quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị phản ánh về Văn phòng để xem xét, hướng dẫn.",
)
PLAN = (
    "{mo_dau} Văn phòng xây dựng kế hoạch với các nội dung sau:",
    "I- MỤC ĐÍCH, YÊU CẦU",
    "1. Mục đích",
    "- Tạo chuyển biến rõ nét trong công tác {viec_lon}; gắn trách nhiệm của người đứng đầu với kết quả thực hiện.",
    "- Kịp thời phát hiện, tháo gỡ khó khăn cho cơ sở.",
    "2. Yêu cầu",
    "Bảo đảm thiết thực, tiết kiệm; mỗi việc một cơ quan chủ trì, một thời hạn, một sản phẩm.",
    "II- NỘI DUNG",
    "1. Tổ chức quán triệt, tuyên truyền tới cán bộ, đảng viên.",
    "2. Kiểm tra, giám sát việc thực hiện tại {ben_duoi}:",
    "a) Kiểm tra việc ban hành và tổ chức thực hiện kế hoạch của cấp ủy;",
    "b) Kiểm tra việc bố trí cán bộ, kinh phí, trang thiết bị;",
    "c) Ghi nhận kiến nghị, đề xuất.",
    "III- TỔ CHỨC THỰC HIỆN",
    "1. Văn phòng theo dõi, đôn đốc, tổng hợp kết quả, báo cáo Thường trực {han}.",
    "2. Các cơ quan tham mưu, giúp việc căn cứ chức năng, nhiệm vụ phối hợp thực hiện.",
)
REPORT = (
    "{mo_dau} Văn phòng báo cáo kết quả như sau:",
    "I- KẾT QUẢ ĐẠT ĐƯỢC",
    "1. Công tác lãnh đạo, chỉ đạo",
    "Cấp ủy các cấp trên địa bàn {dia_ban} đã ban hành đầy đủ văn bản triển khai; công tác {viec_lon} được đưa vào chương trình công tác hằng tháng.",
    "2. Kết quả thực hiện",
    "- Số văn bản đến được xử lý đúng hạn đạt 96,4%, tăng 2,1% so với cùng kỳ.",
    "- 18/22 nội dung trong chương trình công tác đã hoàn thành; 04 nội dung đang thực hiện, trong hạn.",
    "II- HẠN CHẾ, NGUYÊN NHÂN",
    "Việc phối hợp giữa các đơn vị có lúc chưa kịp thời; một số báo cáo gửi chậm từ 01 đến 03 ngày làm việc.",
    "III- NHIỆM VỤ THỜI GIAN TỚI",
    "1. Tiếp tục rà soát, hoàn thiện quy trình xử lý văn bản.",
    "2. Bàn giao hồ sơ, tài liệu, nhiệm vụ đang thực hiện khi sắp xếp tổ chức bộ máy, không để gián đoạn công việc.",
)
NOTICE = (
    "{mo_dau} Thường trực {cap_uy_goi} kết luận như sau:",
    "1. Ghi nhận, đánh giá cao tinh thần trách nhiệm của các cơ quan, đơn vị trong công tác {viec_lon}.",
    "2. Giao Văn phòng chủ trì, phối hợp với các cơ quan liên quan hoàn thiện dự thảo, trình Thường trực {han}.",
    "3. Giao Ban Tổ chức rà soát nhân sự, đề xuất phương án bố trí phù hợp sau sắp xếp.",
    "4. Các cấp ủy trực thuộc báo cáo kết quả thực hiện qua Văn phòng để tổng hợp.",
)
BODIES = {
    "ke-hoach": PLAN, "chuong-trinh": PLAN, "de-an": PLAN, "phuong-an": PLAN, "bao-cao": REPORT, "to-trinh": REPORT,
    "thong-bao": NOTICE, "ket-luan": NOTICE, "huong-dan": PLAN, "quy-dinh": PLAN,
}  # fmt: skip
"""Tên loại -> thân; loại khác viết như công văn."""

REWRITTEN = "Kết quả thực hiện là căn cứ đánh giá, xếp loại tập thể, cá nhân cuối năm."
REMARKS = (
    "Nêu rõ cơ quan chủ trì và thời hạn của từng việc.", "Số liệu ở đoạn này chưa khớp với báo cáo tháng 5; đề nghị rà lại.",
    "Nội dung này trùng với mục trên, nên gộp.", "Bổ sung căn cứ là kết luận gần nhất của Thường trực.",
)
OPINIONS = (
    ("agree", ""), ("agree_with_remarks", "Cơ bản thống nhất; đề nghị bổ sung trách nhiệm của cấp ủy cơ sở tại mục 2."),
    ("agree_with_remarks", "Đề nghị lùi thời hạn gửi báo cáo thêm 03 ngày làm việc."),
    ("disagree", "Nội dung này thuộc thẩm quyền của Ban Thường vụ, đề nghị trình xin chủ trương trước khi lấy ý kiến."), ("agree", ""),
)  # fmt: skip
RETURNS = (
    "Rà lại thẩm quyền ban hành và căn cứ; gọn lại mục II.", "Bổ sung ý kiến của Ban Tổ chức rồi trình lại.",
    "Thời hạn giao các đơn vị chưa khả thi, trao đổi lại với cơ sở.",
)
TEMPLATES = (
    ("cong-van", "Công văn trả lời", "phúc đáp {{ so_van_ban_den }}",
     "Phúc đáp {{ van_ban_den }} về {{ trich_yeu_van_ban_den }}, {{ co_quan }} có ý kiến như sau:\n1. \n2. \n"
     "{{ co_quan }} gửi {{ co_quan_van_ban_den }} để tổng hợp.", "Như trên,\nLưu Văn phòng."),
    ("thong-bao", "Thông báo kết luận", "kết luận của Thường trực tại ",
     "{{ ngay_chu }}, Thường trực họp nghe báo cáo về … Sau khi thảo luận, Thường trực kết luận như sau:\n1. \n2. \n"
     "Giao {{ co_quan }} theo dõi, đôn đốc, báo cáo kết quả.", "Các cơ quan liên quan,\nLưu Văn phòng."),
    ("ke-hoach", "Kế hoạch công tác", "",
     "Thực hiện …, {{ co_quan }} xây dựng kế hoạch như sau:\nI- MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n2. Yêu cầu\nII- NỘI DUNG\n1. \n"
     "III- TỔ CHỨC THỰC HIỆN\n1. {{ don_vi }} theo dõi, tổng hợp, báo cáo.", "Thường trực (để báo cáo),\nCác cơ quan liên quan,\nLưu Văn phòng."),
    ("bao-cao", "Báo cáo định kỳ", "kết quả công tác tháng … và nhiệm vụ trọng tâm tháng …",
     "I- KẾT QUẢ CÔNG TÁC\n1. \nII- HẠN CHẾ, NGUYÊN NHÂN\n1. \nIII- NHIỆM VỤ TRỌNG TÂM\n1. ", "Thường trực (để báo cáo),\nLưu Văn phòng."),
)  # fmt: skip
"""(tên loại, tên mẫu, trích yếu, thân, nơi nhận)."""
