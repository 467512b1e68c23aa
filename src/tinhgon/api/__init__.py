"""Cửa JSON: sổ văn bản cho chương trình khác, và nơi nhận thông điệp liên thông. Không biết gì về trang."""
