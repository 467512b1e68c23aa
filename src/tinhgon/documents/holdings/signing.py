"""Khóa ký và chữ ký không bàn giao: chữ ký là lịch sử, khóa là của chính người ấy, con dấu mang tên chính cơ quan ấy."""

from tinhgon.org.holdings import keeps_its_holder

keeps_its_holder(
    documents__SigningKey__person="Khóa ký là của chính người ấy, đi theo người ở mọi vị trí.",
    documents__SigningKey__unit="Con dấu số mang tên cơ quan trên chứng thư: nơi kế thừa phải có chứng thư của mình; cơ quan đã kết thúc "
    "thì dấu không dùng được nữa (services.sealing).",
    documents__SigningKey__added_by="Lịch sử: ai đưa khóa vào.",
    documents__Signature__by="Lịch sử: ai ký, ai đóng dấu.",
)
