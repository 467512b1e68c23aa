"""Trang "Sắp xếp bộ máy": mỗi tệp một chặng của việc, theo thứ tự người ta làm."""
