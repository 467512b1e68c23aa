"""Nhật ký chỉ ghi thêm, nối chuỗi băm. Không biết ai; ứng dụng khác đăng ký lời văn của mã nhật ký vào đây."""
