"""Phép đọc của tổ chức. ``units``: đơn vị theo ngày; ``succession``: kế thừa; ``people``: người và vị trí."""
