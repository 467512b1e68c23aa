"""Tệp lưu theo nội dung (SHA-256) qua kho của Django. Không biết tệp dùng vào việc gì."""
