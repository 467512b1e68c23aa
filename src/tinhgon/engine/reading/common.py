"""Cụm hai chữ hay gặp trong trích yếu, nơi nhận của văn bản hành chính: viết không dấu thì chỉ là một cụm ấy ("chi tiêu" và "chỉ tiêu" vì thế không có ở đây)."""

from tinhgon.engine.vietnamese import fold

_PHRASES = """
bổ sung, sửa đổi, triển khai, thực hiện, tăng cường, hướng dẫn, phê duyệt, kết quả, kế hoạch, quyết định, nghị quyết, chương trình, chuyển đổi, phối
hợp, kiểm tra, giám sát, xây dựng, thành lập, kiện toàn, giải quyết, quy trình, nội dung, quản lý, tổng kết, đề nghị, đề xuất, tham mưu, tổ chức, thẩm
định, thông qua, điều chỉnh, phát triển, kinh tế, xã hội, nhiệm vụ, thủ tục, hành chính, báo cáo, thông tin, chỉ đạo, phân công, khắc phục, phòng
chống, đẩy mạnh, cải cách, tuyên truyền, bồi dưỡng, đào tạo, chức năng, cơ quan, đơn vị, địa phương, địa bàn, đầu tư, hỗ trợ, đại hội, nhiệm kỳ, đảng
viên, chi bộ, cấp ủy, sắp xếp, tinh gọn, bộ máy, biên chế, lưu trữ, văn thư, giao thông, môi trường, nông nghiệp, giáo dục, khoa học, công nghệ, y tế,
an toàn, trật tự, cổng ttđt, cổng thông, thành phố, thường trực, văn phòng, hội đồng, các phòng, chuyên môn, tinh giản, chi tiết, quy định, ban hành,
sinh hoạt, chuyên đề, biện pháp, bí mật, nhà nước, lĩnh vực, danh mục, công khai, quyết toán, ngân sách, dự toán, nguồn vốn, trung hạn, kinh phí,
chính sách, pháp luật, văn bản, hệ thống, rà soát, hợp nhất, bãi bỏ, thay thế, hiệu lực, hiệu quả, liên ngành, vướng mắc, khó khăn, tồn đọng, dự án,
giải phóng, mặt bằng, bồi thường, định cư, đất đai, sử dụng, khai thác, khoáng sản, thiên tai, cháy rừng, phòng cháy, chữa cháy, cứu nạn, cứu hộ, dịch
bệnh, vệ sinh, thực phẩm, bảo hiểm, an sinh, giảm nghèo, việc làm, lao động, thương binh, liệt sĩ, trẻ em, phụ nữ, thanh niên, nông dân, chiến binh,
mặt trận, tổ quốc, đoàn thể, tôn giáo, dân tộc, quốc phòng, an ninh, quân sự, dân quân, tự vệ, nghĩa vụ, tuyển quân, tuyển sinh, tuyển dụng, viên
chức, công chức, cán bộ, bổ nhiệm, miễn nhiệm, điều động, luân chuyển, biệt phái, nghỉ hưu, kỷ luật, khen thưởng, thi đua, kiểm điểm, đánh giá, xếp
loại, quy hoạch, đối tượng, kiến thức, tập huấn, hội nghị, trực tuyến, sơ kết, kỳ họp, phiên họp, cuộc họp, kết luận, chỉ thị, chất vấn, cử tri, tiếp
xúc, kiến nghị, khiếu nại, tố cáo, công dân, phản ánh, thanh tra, kiểm toán, tham nhũng, lãng phí, tiêu cực, thực hành, tiết kiệm, minh bạch, số hóa,
dữ liệu, điện tử, dịch vụ, trung tâm, phục vụ, một cửa, liên thông, công bố, ủy quyền, phân cấp, thẩm quyền, trụ sở, dôi dư, sáp nhập, mô hình, chính
quyền, con dấu, tiếp nhận, bàn giao, chuyển giao, hồ sơ, tài liệu, chỉnh lý, khẩn cấp, thiệt hại, hậu quả, lũ lụt, sạt lở, hạn hán, đê điều, thủy lợi,
nông thôn, đô thị, vận tải, hạ tầng, công trình, đấu thầu, nghiệm thu, thanh toán, tạm ứng, tài chính, ngân hàng, tín dụng, doanh nghiệp, xuất khẩu,
thương mại, công thương, du lịch, văn hóa, thể thao, gia đình, năm học, học sinh, giáo viên, bệnh viện, khám bệnh, chữa bệnh, hiến máu, tình nguyện,
vận động, lộ trình, tiến độ, đôn đốc, chấn chỉnh, tổng hợp, thống kê, điều tra, khảo sát, ý kiến, góp ý, dự thảo, thông tư, nghị định, chuẩn bị, làm
việc, chính trị, bí thư, trung ương, tỉnh ủy, thành ủy, đảng ủy, đảng bộ, điều lệ, học tập, tư tưởng, đạo đức, phong cách, tuyên giáo, dân vận, nội
chính, dân chủ, quy chế, công đoàn, tham gia, kiểm kê, sự nghiệp, thi hành, cư trú, căn cước, hộ tịch, chứng thực, gia hạn, công nhận, phê chuẩn, ứng
dụng, nâng cao, chất lượng, tăng trưởng, ổn định, bảo đảm, đảm bảo, bảo vệ, quyền lợi, trách nhiệm, người đứng, lãnh đạo, chuyên viên, thường xuyên,
đột xuất, định kỳ, hằng năm, giai đoạn, mục tiêu, giải pháp, trọng tâm, trọng điểm, chủ trương, điều kiện, tiêu chuẩn, tiêu chí, định mức, đơn giá,
chế độ, phụ cấp, tiền lương, bầu cử, ứng cử, đại biểu, quốc hội, nhân dân, quý mão, giáp thìn, ất tỵ, bính ngọ, đinh mùi, mậu thân, kỷ dậu, canh tuất, mức chi
"""

COMMON_BY_KEY = {fold(phrase): phrase for phrase in " ".join(_PHRASES.split()).split(", ")}
