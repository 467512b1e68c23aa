"""Tờ giấy: từ nội dung và bố cục của một bộ quy tắc ra Word sửa được và PDF in được, đúng từng mi-li-mét."""

from tinhgon.engine.paper.measures import Measures
from tinhgon.engine.paper.model import CopyBlock, Layout, Paper
from tinhgon.engine.paper.pdf import to_pdf
from tinhgon.engine.paper.word import to_docx

__all__ = ["CopyBlock", "Layout", "Measures", "Paper", "to_docx", "to_pdf"]
