"""Đọc chỗ văn bản dẫn văn bản khác, theo cách viết của Đảng và của Nhà nước."""

from tinhgon.engine.citations.reading import Citation, key, read, same_organ

__all__ = ["Citation", "key", "read", "same_organ"]
