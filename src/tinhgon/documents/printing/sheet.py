"""Xuất sổ ra Excel, ghi từng dòng: trang "Sổ" đúng các cột của mẫu, trang "Kết sổ" có tổng số và lời giải thích."""

from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties

from tinhgon.documents.printing.book import Book
from tinhgon.documents.printing.paper import Printed, Told, statement

_TOLD_EVERY = 2_000
_A4 = 9  # mã khổ giấy của Excel
_THIN = Side(style="thin", color="888888")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="EEEEEE")
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
HEADING_ROWS = 5
"""Số dòng trước dòng đầu cột."""


SHEET_ROWS = 1_000_000
"""Số dòng nhiều nhất của một trang tính; Excel chỉ mở được 1.048.576 dòng."""


def write_xlsx(book: Book, out: IO[bytes], *, told: Told = lambda done: None, most: int = SHEET_ROWS) -> Printed:
    """Ghi tệp Excel vào ``out``: cả sổ một trang tính, quá ``most`` dòng thì sang trang tính kế tiếp."""
    workbook = Workbook(write_only=True)
    styles = [Alignment(horizontal="center" if column.center else "left", vertical="top", wrap_text=True) for column in book.columns]
    plain = Font(name="Times New Roman")
    sheet, done = _opened(workbook, book), 0
    for row in book.rows():
        if done and done % most == 0:
            sheet = _opened(workbook, book)
        sheet.append([_cell(sheet, text, font=plain, border=_BOX, alignment=at) for text, at in zip(row, styles, strict=True)])
        done += 1
        if done % _TOLD_EVERY == 0:
            told(done)
    _close(workbook, book)
    workbook.save(out)
    return Printed(done, 1)


def _opened(workbook: Workbook, book: Book) -> Any:
    """Trang tính kế tiếp, đã có phần đầu."""
    number = len(workbook.worksheets) + 1
    sheet = workbook.create_sheet(_("Sổ") if number == 1 else _("Sổ (%(number)d)") % {"number": number})
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = f"{HEADING_ROWS + 1}:{HEADING_ROWS + 1}"
    sheet.freeze_panes = f"A{HEADING_ROWS + 2}"
    for index, column in enumerate(book.columns):
        sheet.column_dimensions["ABCDEFGHIJKLMNOP"[index]].width = 6.5 * column.width
    for text, size in ((book.superior, 12), (book.organ, 12), (book.title, 16), (f"{book.subject}. {book.period}", 12), ("", 12)):
        sheet.append([_cell(sheet, text, font=Font(name="Times New Roman", size=size, bold=size == 16))])
    sheet.append([
        _cell(sheet, str(column.label), font=Font(name="Times New Roman", bold=True), fill=_HEAD, border=_BOX, alignment=_MIDDLE)
        for column in book.columns
    ])  # fmt: skip
    return sheet


def _close(workbook: Workbook, book: Book) -> None:
    sheet = workbook.create_sheet(_("Kết sổ"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 14, 90
    for sentence in statement(book):
        sheet.append([_cell(sheet, sentence, font=Font(name="Times New Roman"))])
    if book.gaps:
        sheet.append([])
        bold = Font(name="Times New Roman", bold=True)
        sheet.append([_cell(sheet, text, font=bold, border=_BOX) for text in (_("Số"), _("Lời giải thích"))])
        for gap in book.gaps:
            sheet.append([_cell(sheet, text, border=_BOX) for text in (gap.number, gap.reason)])


def _cell(sheet: Any, text: str, **style: Any) -> WriteOnlyCell:
    """Chữ, không bao giờ là công thức: trích yếu bắt đầu bằng dấu "=" cũng chỉ là chữ."""
    cell = WriteOnlyCell(sheet, value=text)
    if text:
        cell.data_type = "s"
    for name, value in style.items():
        setattr(cell, name, value)
    return cell
