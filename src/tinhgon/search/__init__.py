"""Tìm kiếm trong cơ sở dữ liệu. Không biết ai; ứng dụng khác đăng ký cái tìm được và bộ lọc người được thấy."""
