"""Trang bảng của một phương án: vẽ bộ máy bằng kéo thả, bàn phím hay biểu mẫu; xung đột, kiểm tra cấu trúc, nhân bản."""
