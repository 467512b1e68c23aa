"""Sao lưu và phục hồi: cơ sở dữ liệu và kho tệp trong một tệp tar, kiểm được, không bao giờ nửa vời.

``archive`` bố cục và kiểm tra tệp; ``database`` chạy pg_dump, pg_restore và so từng bảng; ``saving``, ``restoring`` là hai
động từ.
"""
