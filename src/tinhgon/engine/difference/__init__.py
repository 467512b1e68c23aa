"""Hai bản của một văn bản khác nhau chỗ nào, đọc được: từng đoạn gióng với nhau, trong đoạn từng chữ thêm, bớt. Thuần Python."""

from tinhgon.engine.difference.paragraphs import Change, Paragraph, Word, difference, is_same

__all__ = ["Change", "Paragraph", "Word", "difference", "is_same"]
