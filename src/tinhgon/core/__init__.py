"""Nền chung: người dùng, người hành động, lỗi, đồng hồ, ngày làm việc, phân trang, tiến độ.

Chỉ có bảng và phép đọc. Động từ cần quyền (mời, khóa, sửa lịch...) nằm ở ``org.services``.
"""
