"""Hồ sơ, kết quả xếp loại là của chính người ấy: đi theo người. Đợt xếp loại còn mở: thẩm quyền quyết định đi theo đơn vị kế thừa."""

from django.utils.translation import gettext_lazy as _

from tinhgon.org.holdings import ColumnHolding, keeps_its_holder, register

register(
    ColumnHolding(
        kind="personnel.authority", label=_("Đợt xếp loại chờ quyết định"), keys=("personnel.GradingRound.authority",), order=60,
        table="personnel_grading_round", holder="authority_id",
        where="t.state = 'open' OR EXISTS (SELECT 1 FROM personnel_appeal p JOIN personnel_grading g ON g.id = p.grading_id "
        "WHERE g.round_id = t.id AND p.answered_on IS NULL)",
        content=("unit_id", "period", "year", "quarter", "rules", "opened_at"),
        title="'Xếp loại ' || CASE WHEN t.quarter > 0 THEN 'quý ' || t.quarter || '/' ELSE 'năm ' END || t.year",
    )
)  # fmt: skip

keeps_its_holder(
    personnel__Profile__person="Hồ sơ của chính người ấy.",
    personnel__Skill__person="Năng lực đi theo người, dù ở đơn vị nào.",
    personnel__Skill__recorded_by="Lịch sử: ai công nhận.",
    personnel__Training__person="Quá trình đào tạo của chính người ấy.",
    personnel__PastWork__person="Quá trình công tác của chính người ấy.",
    personnel__Rotation__person="Thời hạn luân chuyển tính theo người.",
    personnel__GradingRound__unit="Đợt là của chính cơ quan ấy trong kỳ ấy; cơ quan đã kết thúc thì cấp quyết định vẫn làm nốt.",
    personnel__Grading__person="Kết quả xếp loại đi theo người.",
    personnel__RuleBookVersion__author="Lịch sử: ai sửa quy định.",
    personnel__RuleLineProposal__decided_by="Lịch sử: ai nhận hay giữ.",
    personnel__PulseSurvey__root="Đợt là của cấp ủy ấy; nhóm và ngưỡng khóa từ lúc mở, không đổi theo sắp xếp.",
    personnel__PulsePart__person="Đã tham gia hay chưa là của chính người ấy.",
    personnel__WishRound__root="Đợt là của cấp ủy ấy và tự khép theo ngày; phiếu vẫn là của từng người.",
    personnel__WishSheet__person="Phiếu là của chính người ấy.",
    personnel__WishSheet__with_person="Người muốn làm cùng địa bàn, dù ở đơn vị nào.",
    personnel__Wish__post="Nguyện vọng ghi lúc ấy; vị trí không còn thì trang nói theo ngày xem.",
    personnel__Wish__unit="Nguyện vọng ghi lúc ấy; đơn vị đã kết thúc giữ tên cũ.",
    personnel__Appeal__answered_by="Lịch sử: ai trả lời.",
)
