"""Phép đọc văn bản. ``lists``: danh sách và đếm; ``page``: một văn bản; ``desk``: việc đang chờ; ``registers``: sổ."""

from tinhgon.documents.selectors.desk import (
    LineRow,
    arrivals,
    awaiting_assignment,
    line_rows,
    my_lines,
    ready_to_issue,
    returned_drafts,
    unacknowledged,
    unread_by_others,
    unrouted,
)
from tinhgon.documents.selectors.lists import (
    Counts,
    Filters,
    Row,
    condition,
    counts,
    documents,
    rows_of,
    types,
)
from tinhgon.documents.selectors.page import Page, copies_of, page, visible_symbol
from tinhgon.documents.selectors.registers import (
    Gap,
    Kept,
    Register,
    book,
    book_names,
    congresses,
    entries,
    gaps,
    held_numbers,
    registers,
    usable_numbers,
)
from tinhgon.documents.selectors.whereabouts import Whereabouts, whereabouts

__all__ = [
    "book_names", "condition",
    "Counts", "Filters", "Gap", "Kept", "LineRow", "Page", "Register", "Row", "Whereabouts", "arrivals",
    "awaiting_assignment", "book", "congresses", "copies_of", "counts", "documents", "entries", "gaps",
    "held_numbers", "line_rows", "my_lines", "page", "ready_to_issue", "registers", "returned_drafts", "rows_of",
    "types", "unacknowledged", "unread_by_others", "unrouted", "usable_numbers", "visible_symbol", "whereabouts",
]  # fmt: skip
