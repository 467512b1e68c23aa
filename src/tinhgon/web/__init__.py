"""Cửa HTML: trang, biểu mẫu, tài nguyên giao diện.

Có: khung trang, thành phần dùng chung, trang của mọi ứng dụng phía dưới. Không có: quy tắc, quyền, câu hỏi cơ sở
dữ liệu; trang chỉ đọc tham số, gọi ``selectors``/``services`` rồi trình bày.
"""
