"""Các quyển quy định về cán bộ (thôi làm, xếp loại, cấp phó) đọc thành từng dòng sửa được, và sửa một dòng thành quyển mới.

Dữ liệu của một quyển là JSON như ``rules.json`` của phép tính dùng nó; ở đây nói mỗi ô có hình gì, kiểm tra cả quyển, và so hai bản.
Thuần giá trị: không đọc cơ sở dữ liệu, không biết ngôn ngữ; lời của từng dòng ở ``personnel.rule_words``.
"""

from tinhgon.engine.rulebook.checking import Fault, faults, lost_sets
from tinhgon.engine.rulebook.difference import Difference, differences
from tinhgon.engine.rulebook.editing import followed, with_added, with_line, without_line
from tinhgon.engine.rulebook.layouts import LAYOUTS, Book, provision
from tinhgon.engine.rulebook.lines import Line, blank, line_at, lines_of
from tinhgon.engine.rulebook.model import Cell, Provision, Shape, fraction_from
from tinhgon.engine.rulebook.upgrading import BookUpgrade, line_of, upgraded_book, with_row

__all__ = [
    "LAYOUTS", "Book", "BookUpgrade", "Cell", "Difference", "Fault", "Line", "Provision", "Shape", "blank", "differences", "faults", "followed",
    "fraction_from", "line_at", "line_of", "lines_of", "lost_sets", "provision", "upgraded_book", "with_added", "with_line", "with_row", "without_line",
]  # fmt: skip
