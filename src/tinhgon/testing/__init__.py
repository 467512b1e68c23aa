"""Đồ nghề của phép thử: một máy chủ PostgreSQL dùng một lần cho mỗi phiên pytest. Sản phẩm không nạp gói này."""
