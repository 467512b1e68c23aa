"""Đọc thể thức: từ các dòng chữ ra số ký hiệu, tên loại, cơ quan, ngày, trích yếu, người ký, nơi nhận; kèm độ tin cậy."""
