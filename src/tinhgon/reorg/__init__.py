"""Sắp xếp bộ máy: phương án, kiểm kê, quyết định nơi nhận, xem trước, chuyển giao, chứng minh, hoàn tác, bàn giao."""
