"""Cách xem đã lưu và lần in sổ là của riêng một người, không phải việc của đơn vị: không bàn giao."""

from tinhgon.org.holdings import keeps_its_holder

keeps_its_holder(
    documents__SavedSearch__person="Cách xem của riêng một người; đi theo người ấy dù ở đơn vị nào.",
    documents__PrintedBook__asked_by="Lịch sử: ai nhờ in.",
)
