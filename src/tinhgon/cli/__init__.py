"""Cửa dòng lệnh: ``tinhgon <lệnh> [--json]``, mã thoát 0 xong, 1 bị từ chối hay có phát hiện, 2 gọi sai hay hỏng.

Mỗi tệp trong thư mục này có hàm ``register(commands)`` là một lệnh hay một nhóm lệnh; không có quy tắc nghiệp vụ ở đây.
"""
