"""Hồ sơ năng lực là của chính người ấy: đi theo người qua mọi đơn vị, không bàn giao."""

from tinhgon.org.holdings import keeps_its_holder

keeps_its_holder(
    personnel__Profile__person="Hồ sơ của chính người ấy.",
    personnel__Skill__person="Năng lực đi theo người, dù ở đơn vị nào.",
    personnel__Skill__recorded_by="Lịch sử: ai công nhận.",
    personnel__Training__person="Quá trình đào tạo của chính người ấy.",
    personnel__Rotation__person="Thời hạn luân chuyển tính theo người.",
)
