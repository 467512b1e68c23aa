"""Khảo sát tâm tư tự nguyện, không tên: cái gì được cho xem.

Lời hứa: mọi câu trả lời đã công bố, gộp lại cách nào, cũng không tách ra được một nhóm dưới ngưỡng (mặc định 5 người; ý kiến viết: 10).
Cách giữ lời: khi đợt khảo sát đóng, người trả lời được chia thành những *khối* không nhỏ hơn ngưỡng (``partition``), và mọi con số
công bố đều là tổng của các khối nguyên vẹn. Hiệu, giao, phần bù của các tổng ấy lại là tổng của các khối: rỗng, hoặc đủ ngưỡng.
Vì thế không cần nhớ ai đã hỏi gì, và nhiều người góp các bảng mình thấy lại cũng không biết thêm.

Chỉ đợt đã đóng mới có kết quả: xem lúc còn nhận trả lời thì hiệu hôm nay trừ hôm qua là một người.
"""

from tinhgon.engine.pulse.launch import Launch, PulseProblem, Question, Response, Thresholds, launched
from tinhgon.engine.pulse.results import Group, Results, Shown, closed

__all__ = ["Group", "Launch", "PulseProblem", "Question", "Response", "Results", "Shown", "Thresholds", "closed", "launched"]
