"""Đọc và ghi bảng CSV, Excel: mã hóa, dấu phân cách, ô gộp, số dòng như người dùng thấy. Thuần Python, không Django.

Mọi ô là chữ đã chuẩn NFC và bỏ khoảng trắng thừa; ngày thành ``2025-07-01``. Lỗi là ``TableError`` mang mọi vấn đề tìm được,
mỗi vấn đề một mã ổn định; tầng trên đặt câu (``org.importing.wording``).
"""

import csv
import io
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation

from tinhgon.engine.vietnamese import fold, nfc

MOST_BYTES = 50 * 1024 * 1024
MOST_UNPACKED = 500 * 1024 * 1024
MOST_ROWS = 200_000
_HEADER_WITHIN = 20
_LISTED_ROWS = 20_000  # danh sách thả xuống phủ tới dòng này
_DELIMITERS = (",", ";", "\t", "|")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_FORMULA_START = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Problem:
    """Một vấn đề: ``row`` số dòng trong tệp (từ 1, kể cả tiêu đề; 0 khi thuộc cả tệp), ``column`` tên cột, ``detail`` phần nêu ra.

    ``code``: empty, too_big, encoding, binary, old_excel, broken_excel, no_header, repeated_column, unnamed_column,
    too_many_cells, merged_across, formula_error, broken_quotes, too_many_rows.
    """

    code: str
    row: int = 0
    column: str = ""
    detail: str = ""


class TableError(Exception):
    """Không đọc được bảng; ``problems`` nêu hết."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Table:
    """``rows``: (số dòng trong tệp, tiêu đề cột -> ô); dòng trống đã bỏ. ``encoding`` là "xlsx" với Excel."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    encoding: str
    delimiter: str = ""


def read_table(data: bytes, *, known: Collection[str] = (), title: str = "") -> Table:
    """Đọc nội dung một tệp CSV hay Excel; nhận ra loại từ chính nội dung, không từ tên tệp.

    ``known``: các tiêu đề có thể gặp; dòng tiêu đề là dòng (trong 20 dòng đầu) khớp nhiều nhất, nên phần tựa đề phía trên
    được bỏ qua. ``title``: trang tính mang tên này được chọn trước. Ô gộp dọc trong Excel được điền xuống mọi dòng nó phủ.
    ``TableError`` khi không đọc được.
    """
    if not data.strip(b"\x00 \r\n\t"):
        raise TableError([Problem("empty")])
    if len(data) > MOST_BYTES:
        raise TableError([Problem("too_big", detail=str(MOST_BYTES // 1024 // 1024))])
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableError([Problem("old_excel")])
    problems: list[Problem] = []
    if data.startswith(b"PK\x03\x04"):
        lines, encoding, delimiter = _excel_lines(data, known, title, problems), "xlsx", ""
    else:
        text, encoding = _decode(data)
        delimiter, text = _delimiter(text)
        lines = _csv_lines(text, delimiter, problems)
    table = _tabulate(lines, known, encoding, delimiter, problems)
    if problems:
        raise TableError(problems)
    return table


@dataclass(frozen=True, slots=True)
class NamedTable:
    """Một trang tính: tên, bảng đọc được, và những vấn đề của riêng trang ấy."""

    title: str
    table: Table
    problems: tuple[Problem, ...] = ()


def read_sheets(data: bytes, *, known: Collection[str], skipped: Collection[str] = ()) -> list[NamedTable]:
    """Mọi trang tính có dữ liệu, mỗi trang đọc một lần; CSV là một trang không tên. ``skipped``: tên các trang không đọc.

    Vấn đề của một trang nằm cùng trang ấy (không có dòng tiêu đề nào quen: ``no_header``); ``TableError`` khi cả tệp không đọc được.
    """
    if not data.startswith(b"PK\x03\x04"):
        return [NamedTable("", read_table(data, known=known))]
    if len(data) > MOST_BYTES:
        raise TableError([Problem("too_big", detail=str(MOST_BYTES // 1024 // 1024))])
    passed_over = {header_key(title) for title in skipped}
    found: list[NamedTable] = []
    for sheet in _open_book(data).worksheets:
        if header_key(sheet.title) in passed_over:
            continue
        problems: list[Problem] = []
        lines = _sheet_lines(sheet, problems)
        if any(any(line) for line in lines):
            table = _tabulate(lines, known, "xlsx", "", problems)
            found.append(NamedTable(sheet.title, table, tuple(problems)))
    if not found:
        raise TableError([Problem("empty")])
    return found


def _decode(data: bytes) -> tuple[str, str]:
    """Chữ và tên mã hóa. Không có BOM mà không phải UTF-8: thử UTF-16, rồi windows-1258 nếu ra chữ Việt đọc được."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _checked(data, encoding), encoding
    if wide := _utf16_without_mark(data):
        return _checked(data, wide), wide
    try:
        text, encoding = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = _checked(data, "windows-1258"), "windows-1258"
        if not _reads_as_vietnamese(text):
            raise TableError([Problem("encoding")]) from None
    if any(char < " " and char not in "\t\r\n\f" for char in text[:10_000]):
        raise TableError([Problem("binary")])
    return text, encoding


def _checked(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as broken:
        raise TableError([Problem("encoding")]) from broken


def _utf16_without_mark(data: bytes) -> str:
    """Chữ Latin trong UTF-16 có byte 0 xen kẽ ở cùng một phía."""
    sample = data[:4_000]
    half = max(len(sample) // 2, 1)
    if sample[1::2].count(0) > half * 0.4:
        return "utf-16-le"
    return "utf-16-be" if sample[0::2].count(0) > half * 0.4 else ""


def _reads_as_vietnamese(text: str) -> bool:
    """Hầu hết ký tự ngoài ASCII phải là chữ cái: TCVN3, VNI đọc nhầm sẽ đầy ký hiệu lạ."""
    foreign = [char for char in nfc(text) if char > "\x7f"]
    good = sum(fold(char).isascii() and char.isalpha() for char in foreign)
    return good >= len(foreign) * 0.9


def _delimiter(text: str) -> tuple[str, str]:
    """Dấu phân cách, và chữ đã bỏ dòng ``sep=`` của Excel: dấu cho nhiều cột nhất mà các dòng đầu thống nhất nhất."""
    first, _newline, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], "\n" + rest
    sample = text[:65_536].splitlines()[:50]

    def agreement(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(line) for line in csv.reader(sample, delimiter=delimiter) if line)
        width, lines = max(widths.items(), key=lambda one: (one[0] > 1, one[1], one[0]), default=(1, 0))
        return (lines, width) if width > 1 else (0, 0)

    return max(_DELIMITERS, key=agreement), text


def _csv_lines(text: str, delimiter: str, problems: list[Problem]) -> list[list[str]]:
    lines: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for line in reader:
            lines.append([_cell(value) for value in line])
    except csv.Error:
        problems.append(Problem("broken_quotes", row=len(lines) + 1))
    return lines


def _excel_lines(
    data: bytes, known: Collection[str], title: str, problems: list[Problem]
) -> list[list[str]]:
    """Các dòng của trang tính mang tên ``title``; không có thì của trang khớp nhiều tiêu đề đã biết nhất."""
    book = _open_book(data)
    found: list[tuple[tuple[bool, int], list[list[str]], list[Problem]]] = []
    for sheet in book.worksheets:
        own: list[Problem] = []
        lines = _sheet_lines(sheet, own)
        if any(any(line) for line in lines):
            named = bool(title) and header_key(sheet.title) == header_key(title)
            found.append(((named, max(_matching(lines, known), default=0)), lines, own))
    if not found:
        raise TableError([Problem("empty")])
    _score, lines, own = max(found, key=lambda one: one[0])
    problems += own
    return lines


def sheet_titles(data: bytes) -> list[str]:
    """Tên các trang tính; tệp không phải Excel: rỗng. ``TableError`` khi Excel hỏng."""
    return [sheet.title for sheet in _open_book(data).worksheets] if data.startswith(b"PK\x03\x04") else []


def _open_book(data: bytes) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
                raise TableError([Problem("too_big", detail=str(MOST_UNPACKED // 1024 // 1024))])
        return load_workbook(io.BytesIO(data), data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, ParseError) as broken:
        raise TableError([Problem("broken_excel")]) from broken


def _sheet_lines(sheet: Any, problems: list[Problem]) -> list[list[str]]:
    lines: list[list[str]] = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > MOST_ROWS + _HEADER_WITHIN:
            problems.append(Problem("too_many_rows", row=number, detail=str(MOST_ROWS)))
            break
        lines.append([_excel_cell(cell, number, problems) for cell in row])
    for area in sheet.merged_cells.ranges:
        _unmerge(area, lines, problems)
    return lines


def _unmerge(area: Any, lines: list[list[str]], problems: list[Problem]) -> None:
    """Ô gộp dọc: điền xuống. Gộp ngang: chỉ chấp nhận khi là tựa đề (cả dòng chỉ có ô ấy); nếu không, không rõ ô nào."""
    value = lines[area.min_row - 1][area.min_col - 1]
    if area.max_col > area.min_col:
        if value and sum(map(bool, lines[area.min_row - 1])) > 1:
            problems.append(Problem("merged_across", row=area.min_row, detail=str(area)))
        return
    for number in range(area.min_row - 1, min(area.max_row, len(lines))):
        lines[number][area.min_col - 1] = value


def _excel_cell(cell: Any, number: int, problems: list[Problem]) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        problems.append(Problem("formula_error", row=number, column=cell.column_letter, detail=str(value)))
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, (int, float)) and value == int(value):
        # mã hành chính hay được lưu thành số, hiện đủ chữ số nhờ định dạng 00000
        width = len(cell.number_format) if set(cell.number_format) == {"0"} else 0
        return str(int(value)).zfill(width)
    return _cell(str(value))


def _cell(value: str) -> str:
    cleaned = " ".join(nfc(value).translate(_INVISIBLE).split())
    if cleaned.startswith("'") and cleaned[1:2] in _FORMULA_START:
        return cleaned[1:]
    return cleaned


def _tabulate(
    lines: list[list[str]], known: Collection[str], encoding: str, delimiter: str, problems: list[Problem]
) -> Table:
    top = _header_row(lines, known)
    if top is None:
        problems.append(Problem("no_header"))
        return Table((), (), encoding, delimiter)
    header = _without_empty_tail(lines[top])
    problems += _header_problems(header, lines[top + 1 :], top + 1)
    rows = []
    for number, line in enumerate(lines[top + 1 :], start=top + 2):
        if not any(line):
            continue
        if any(line[len(header) :]):
            problems.append(Problem("too_many_cells", row=number, detail=str(len(header))))
        cells = [*line, *[""] * (len(header) - len(line))]
        rows.append((number, {name: cell for name, cell in zip(header, cells, strict=False) if name}))
        if len(rows) > MOST_ROWS:
            problems.append(Problem("too_many_rows", row=number, detail=str(MOST_ROWS)))
            break
    return Table(tuple(name for name in header if name), tuple(rows), encoding, delimiter)


def _header_row(lines: list[list[str]], known: Collection[str]) -> int | None:
    matching = _matching(lines, known)
    if any(matching):
        return matching.index(max(matching))
    if known:
        return None
    return next((place for place, line in enumerate(lines[:_HEADER_WITHIN]) if any(line)), None)


def _matching(lines: list[list[str]], known: Collection[str]) -> list[int]:
    """Mỗi dòng đầu khớp bao nhiêu tiêu đề đã biết."""
    names = {header_key(name) for name in known}
    return [sum(header_key(cell) in names for cell in line if cell) for line in lines[:_HEADER_WITHIN]]


def header_key(name: str) -> str:
    """Khóa so tiêu đề: không dấu, chữ thường, ``Mã cũ`` và ``ma_cu`` là một."""
    return " ".join("".join(char if char.isalnum() else " " for char in fold(name)).split())


def _header_problems(header: list[str], below: list[list[str]], number: int) -> Iterator[Problem]:
    repeated = Counter(header_key(name) for name in header if name)
    for name in dict.fromkeys(header):
        if name and repeated[header_key(name)] > 1:
            yield Problem("repeated_column", row=number, column=name)
    for place, name in enumerate(header):
        if not name and any(place < len(line) and line[place] for line in below):
            yield Problem("unnamed_column", row=number, detail=str(place + 1))


def _without_empty_tail(line: list[str]) -> list[str]:
    filled = [place for place, cell in enumerate(line) if cell]
    return line[: filled[-1] + 1] if filled else []


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """CSV mà Excel mở đúng chữ Việt (UTF-8 có BOM). Ô bắt đầu như công thức được chặn bằng dấu nháy, đọc lại thì bỏ."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_guarded(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _guarded(value: object) -> str:
    text = _shown(value)
    return "'" + text if text.startswith(_FORMULA_START) else text


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return value.isoformat() if isinstance(value, date) else unicodedata.normalize("NFC", str(value))


@dataclass(frozen=True, slots=True)
class Sheet:
    """Một trang tính sẽ ghi. ``choices``: tiêu đề cột -> danh sách thả xuống, như Excel ghi: ``"Nam,Nữ"`` hay ``='Danh mục'!$A$2:$A$9``."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[object]]
    choices: Mapping[str, str] = field(default_factory=dict)


def write_xlsx(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "Bảng") -> bytes:
    """Excel một trang tính; mọi ô là chữ, nên mã giữ số 0 ở đầu và không ô nào thành công thức."""
    return write_workbook([Sheet(title, columns, rows)])


def write_workbook(sheets: Sequence[Sheet]) -> bytes:
    """Excel nhiều trang tính; mọi ô là chữ, tiêu đề đứng yên khi cuộn."""
    book = Workbook(write_only=True)
    for one in sheets:
        sheet = book.create_sheet(one.title[:31])
        sheet.freeze_panes = "A2"
        for place, name in enumerate(one.columns, start=1):
            letter = get_column_letter(place)
            sheet.column_dimensions[letter].width = min(max(len(name) + 4, 14), 44)
            if name in one.choices:
                listed = DataValidation(type="list", formula1=one.choices[name], allow_blank=True, showErrorMessage=False)
                listed.add(f"{letter}2:{letter}{_LISTED_ROWS}")
                sheet.data_validations.append(listed)
        sheet.append(list(one.columns))
        for row in one.rows:
            sheet.append([_text_cell(sheet, _shown(value)) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text_cell(sheet: Any, text: str) -> Any:
    """Chữ; chữ bắt đầu bằng "=" phải nói rõ là chữ, nếu không Excel coi là công thức."""
    if not text.startswith("="):
        return text or None
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell
