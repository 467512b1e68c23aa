"""Nơi duy nhất biết chương trình chạy ở đâu: cấu hình, địa chỉ trang, PostgreSQL nhúng, tiến trình nền."""
