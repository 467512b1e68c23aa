"""Thể thức: bộ quy tắc theo ngày, và phép kiểm tra một văn bản theo bộ ấy. Thuần, không cơ sở dữ liệu."""
