"""Văn bản lạ cho phép đo đọc thể thức: không dùng mẫu, chữ hay cách dàn nào của sản phẩm. Người, nơi, việc đều bịa."""
