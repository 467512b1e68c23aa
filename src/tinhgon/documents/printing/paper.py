"""In sổ ra PDF, từng quyển, mỗi quyển từng khúc: mỗi khúc một lần typst rồi nối trang, nên sổ dài mấy cũng chỉ tốn bộ nhớ của một quyển."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_STORED, ZipFile

import pypdfium2 as pdfium
import typst
from django.utils.translation import gettext as _

from tinhgon.documents.printing.book import Book, pieces
from tinhgon.documents.printing.volumes import ROWS as VOLUME
from tinhgon.documents.printing.volumes import Volume, volumes
from tinhgon.documents.selectors.rules import font_folder

TEMPLATE = Path(__file__).with_name("book.typ")
ROWS = 500
"""Số dòng một khúc: khúc nào cũng bắt đầu ở trang mới. typst tốn chừng 125 KB bộ nhớ mỗi dòng của một khúc."""
_GENERATIONS = 11
"""typst nhớ kết quả của mười lần dàn trang gần nhất."""

Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Printed:
    """Đã in bao nhiêu dòng, đóng thành mấy quyển (tệp Excel: một)."""

    rows: int
    volumes: int


def write_pdf(book: Book, out: IO[bytes], *, told: Told = lambda done: None, most: int = VOLUME) -> Printed:
    """Ghi sổ vào ``out``: một quyển thì một tệp PDF, nhiều quyển thì một gói zip mỗi quyển một tệp. ``told``: báo số dòng đã xong."""
    found = volumes(book, most=most)
    first = next(found)
    if first.is_only:
        _write_volume(book, first, out, told)
        return Printed(len(first.rows), 1)
    done = 0
    with ZipFile(out, "w", ZIP_STORED) as bundle:  # PDF đã nén
        for volume in chain([first], found):
            with bundle.open(_name(book, volume), "w") as file:
                _write_volume(book, volume, file, partial(_told_after, told, done))
            done += len(volume.rows)
    return Printed(done, volume.number)


def _told_after(told: Told, before: int, inside: int) -> None:
    told(before + inside)


def _name(book: Book, volume: Volume) -> str:
    return f"so-{book.kind}-quyen-{volume.number:02d}-tu-{volume.first:02d}-den-{volume.last:02d}.pdf"


def _write_volume(book: Book, volume: Volume, out: IO[bytes], told: Told) -> None:
    """Một quyển: bìa, các dòng từng khúc, trang kết; trang đánh từ 1 sau bìa."""
    whole = pdfium.PdfDocument.new()
    try:
        _append(whole, "open", _data(book, volume), 0)
        done, page = 0, 1
        for chunk in pieces(volume.rows, ROWS):
            page += _append(whole, "rows", _data(book, volume) | {"rows": chunk}, page)
            done += len(chunk)
            told(done)
        _append(whole, "close", _data(book, volume, rows_end=page - 1), page)
        whole.save(out)
    finally:
        whole.close()


def _append(whole: pdfium.PdfDocument, part: str, data: dict[str, Any], first_page: int) -> int:
    made = pdfium.PdfDocument(_compiled(data | {"part": part, "first_page": first_page}))
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


def _data(book: Book, volume: Volume, *, rows_end: int | None = None) -> dict[str, Any]:
    """``rows_end``: trang cuối của các dòng; chỉ trang kết cần."""
    bound = "" if volume.is_only else _("Quyển số %(number)d") % {"number": volume.number}
    return {
        "title": book.title, "superior": book.superior, "organ": book.organ, "subject": book.subject, "period": book.period,
        "numbers": numbers(volume), "volume": bound,
        "keeper": _("Nay do %(unit)s giữ") % {"unit": book.keeper} if book.keeper else "",
        "columns": [{"label": str(c.label), "width": c.width, "center": c.center} for c in book.columns],
        "statement": [] if rows_end is None else _closing(book, volume, rows_end),
        "gaps": [] if rows_end is None else [[gap.number, gap.reason] for gap in volume.gaps],
        "rows": [],
        "day": _("Ngày %(day)02d tháng %(month)s năm %(year)d") % {
            "day": book.on.day, "month": f"{book.on.month:02d}" if book.on.month < 3 else book.on.month, "year": book.on.year,
        },
        "words": {
            "closing": _("Trang kết sổ") if volume.is_last else _("Trang kết quyển"), "number": _("Số"), "reason": _("Lời giải thích"),
            "keeper": _("NGƯỜI GIỮ SỔ"), "head": _("NGƯỜI ĐỨNG ĐẦU CƠ QUAN"), "sign": _("(ký, ghi rõ họ tên)"),
        },
    }  # fmt: skip


def _closing(book: Book, volume: Volume, rows_end: int) -> list[str]:
    """Trang kết của một quyển: quyển ghi gì, ở trang nào, tiếp ở đâu; quyển cuối thêm câu của cả sổ."""
    if volume.is_only:
        return statement(book)
    told = {"number": volume.number, "count": volume.entries, "first": f"{volume.first:02d}", "last": f"{volume.last:02d}", "end": rows_end}
    said = [
        _("Quyển số %(number)d ghi %(count)d văn bản, từ số %(first)s đến số %(last)s, ở trang 1 đến trang %(end)d.") % told,
        *explained(volume),
    ]
    if not volume.is_last:
        return [*said, _("Sổ ghi tiếp ở quyển số %(number)d.") % {"number": volume.number + 1}]
    sentence = _("Cả sổ gồm %(volumes)d quyển, ghi %(count)d văn bản, từ số %(first)s đến số %(last)s.")
    return [*said, sentence % {"volumes": volume.number, "count": book.entries, "first": f"{book.first:02d}", "last": f"{book.last:02d}"}]


def numbers(part: Book | Volume) -> str:
    if not part.entries:
        return _("Chưa có số nào trong kỳ")
    return _("Từ số %(first)s đến số %(last)s") % {"first": f"{part.first:02d}", "last": f"{part.last:02d}"}


def statement(book: Book) -> list[str]:
    """Các câu của trang kết cả sổ: bao nhiêu dòng, số nào tới số nào, số nào không còn dùng."""
    if not book.entries:
        return [_("Trong kỳ này sổ chưa có văn bản nào.")]
    sentence = _("Sổ này ghi %(count)d văn bản, từ số %(first)s đến số %(last)s.")
    return [sentence % {"count": book.entries, "first": f"{book.first:02d}", "last": f"{book.last:02d}"}, *explained(book)]


def explained(part: Book | Volume) -> list[str]:
    """Các số có liền nhau không, số nào cần giải thích."""
    held = sum(gap.is_empty for gap in part.gaps)
    inserted = sum(gap.is_inserted for gap in part.gaps)
    if part.entries - inserted + held != part.last - part.first + 1:
        return [_("Đây là các văn bản có ngày trong kỳ; những số khác ở giữa thuộc ngày ngoài kỳ, xem cả sổ.")]
    if part.gaps:
        return [_("Có %(count)d số cần giải thích, nêu ở bảng dưới; các số còn lại liền nhau, mỗi số một văn bản.") % {"count": len(part.gaps)}]
    return [_("Các số liền nhau, mỗi số một văn bản, không có số hủy hay số trống.")]
