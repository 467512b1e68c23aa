"""Sổ văn bản in ra giấy và ra Excel, đúng các cột của mẫu (NĐ 30/2020/NĐ-CP Phụ lục IV và lệ của văn phòng cấp ủy, domain §2)."""

from tinhgon.documents.printing.book import Book, book_of, kinds_for
from tinhgon.documents.printing.columns import Kind
from tinhgon.documents.printing.paper import Printed, write_pdf
from tinhgon.documents.printing.sheet import write_xlsx

__all__ = ["Book", "Kind", "Printed", "book_of", "kinds_for", "write_pdf", "write_xlsx"]
