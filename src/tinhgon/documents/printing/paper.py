"""In sổ ra PDF, từng khúc: mỗi khúc một lần typst rồi nối trang, nên một trăm nghìn dòng không phải nằm cả trong bộ nhớ."""

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

import pypdfium2 as pdfium
import typst
from django.utils.translation import gettext as _

from tinhgon.documents.printing.book import Book, pieces
from tinhgon.documents.selectors.rules import font_folder

TEMPLATE = Path(__file__).with_name("book.typ")
ROWS = 1_000
"""Số dòng một khúc: khúc nào cũng bắt đầu ở trang mới. typst tốn chừng 125 KB bộ nhớ mỗi dòng của một khúc."""
_GENERATIONS = 11
"""typst nhớ kết quả của mười lần dàn trang gần nhất."""

Told = Callable[[int], None]


def write_pdf(book: Book, out: IO[bytes], *, told: Told = lambda done: None) -> int:
    """Ghi PDF vào ``out``; trả về số dòng đã in. ``told``: báo số dòng đã xong."""
    whole = pdfium.PdfDocument.new()
    _append(whole, book, "open", 0)
    done, page = 0, 1
    for chunk in pieces(book.rows(), ROWS):
        page += _append(whole, book, "rows", page, rows=chunk)
        done += len(chunk)
        told(done)
    _append(whole, book, "close", page)
    whole.save(out)
    whole.close()
    return done


def _append(whole: pdfium.PdfDocument, book: Book, part: str, first_page: int, rows: Any = ()) -> int:
    made = pdfium.PdfDocument(_compiled(_data(book, part, first_page) | {"rows": list(rows)}))
    try:
        whole.import_pages(made)
        return len(made)
    finally:
        made.close()


def _compiled(data: dict[str, Any]) -> bytes:
    made = _compiler().compile(format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)})
    assert isinstance(made, bytes)
    _forget()
    return made


def _forget() -> None:
    """Bộ nhớ tạm của typst dùng chung cả tiến trình: dàn mấy trang trắng để nó bỏ khúc vừa in, không thì sổ dài ăn hết bộ nhớ."""
    for _time in range(_GENERATIONS):
        typst.compile(b"", ignore_system_fonts=True)


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    """Giữ lại giữa các khúc: đọc tệp chữ tốn hơn dàn trang. Cài không kèm tài nguyên npm thì đành dùng chữ của máy."""
    tinos = font_folder()
    return typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=[tinos] if tinos else [], ignore_system_fonts=bool(tinos))


def _data(book: Book, part: str, first_page: int) -> dict[str, Any]:
    return {
        "part": part, "first_page": first_page, "title": book.title, "superior": book.superior, "organ": book.organ,
        "subject": book.subject, "period": book.period, "numbers": numbers(book),
        "keeper": _("Nay do %(unit)s giữ") % {"unit": book.keeper} if book.keeper else "",
        "columns": [{"label": str(c.label), "width": c.width, "center": c.center} for c in book.columns],
        "statement": statement(book), "gaps": [[gap.number, gap.reason] for gap in book.gaps] if part == "close" else [],
        "day": _("Ngày %(day)02d tháng %(month)s năm %(year)d") % {
            "day": book.on.day, "month": f"{book.on.month:02d}" if book.on.month < 3 else book.on.month, "year": book.on.year,
        },
        "words": {
            "closing": _("Trang kết sổ"), "number": _("Số"), "reason": _("Lời giải thích"), "keeper": _("NGƯỜI GIỮ SỔ"),
            "head": _("NGƯỜI ĐỨNG ĐẦU CƠ QUAN"), "sign": _("(ký, ghi rõ họ tên)"),
        },
    }  # fmt: skip


def numbers(book: Book) -> str:
    if not book.entries:
        return _("Chưa có số nào trong kỳ")
    return _("Từ số %(first)s đến số %(last)s") % {"first": f"{book.first:02d}", "last": f"{book.last:02d}"}


def statement(book: Book) -> list[str]:
    """Các câu của trang kết: bao nhiêu dòng, số nào tới số nào, số nào không còn dùng."""
    if not book.entries:
        return [_("Trong kỳ này sổ chưa có văn bản nào.")]
    said = [
        _("Sổ này ghi %(count)d văn bản, từ số %(first)s đến số %(last)s.")
        % {"count": book.entries, "first": f"{book.first:02d}", "last": f"{book.last:02d}"}
    ]
    held = sum(gap.is_empty for gap in book.gaps)
    inserted = sum(gap.is_inserted for gap in book.gaps)
    if book.entries - inserted + held != book.last - book.first + 1:
        said.append(_("Đây là các văn bản có ngày trong kỳ; những số khác ở giữa thuộc ngày ngoài kỳ, xem cả sổ."))
        return said
    if book.gaps:
        said.append(_("Có %(count)d số cần giải thích, nêu ở bảng dưới; các số còn lại liền nhau, mỗi số một văn bản.") % {"count": len(book.gaps)})
    else:
        said.append(_("Các số liền nhau, mỗi số một văn bản, không có số hủy hay số trống."))
    return said
