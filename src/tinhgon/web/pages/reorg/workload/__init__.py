"""Các trang chia việc, dự báo, và dự báo so với thực tế của một lần sắp xếp."""
