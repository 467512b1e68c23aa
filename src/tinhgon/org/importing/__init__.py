"""Nhập và xuất tổ chức bằng bảng CSV, Excel: đọc, kiểm tra, ghi, xuất. Quyền và nhật ký ở ``services.importing``.

Bốn bảng: đơn vị, vị trí, người, phân công. Một tệp Excel có thể chứa cả bốn trang. Có một chỗ sai thì không ghi gì; mọi chỗ
sai được nêu một lần, theo dòng và cột.
"""
