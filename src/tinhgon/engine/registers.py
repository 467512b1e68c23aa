"""Đọc các dòng của một sổ văn bản cũ: số, ngày, ký hiệu như sổ ghi; chữ gõ sai kiểu thì sửa và nói ra. Thuần Python.

Cái không đọc được là lỗi (``Problem.blocks``); cái tự sửa hay đáng ngờ là lời nhắc, dòng vẫn nhập được.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tinhgon.engine.tables import header_key
from tinhgon.engine.vietnamese import fold, nfc

FIELDS = (
    "number", "symbol", "issued_on", "summary", "arrived_on", "issuer_name", "type", "signer_name", "receivers", "pages",
)  # fmt: skip
"""Các ô của một dòng sổ mà cột của bảng có thể khớp vào."""

ALIASES: Mapping[str, tuple[str, ...]] = {
    "number": ("số đến", "số thứ tự đến", "số vào sổ"),
    "symbol": ("số ký hiệu", "số, ký hiệu", "so_ky_hieu", "ký hiệu", "số và ký hiệu", "số văn bản", "số hiệu"),
    "issued_on": ("ngày ban hành", "ngày văn bản", "ngày tháng", "ngày tháng văn bản", "ngày ký", "ngày vb"),
    "summary": ("trích yếu", "trích yếu nội dung", "tên loại và trích yếu", "nội dung", "tên loại và trích yếu nội dung"),
    "arrived_on": ("ngày đến", "ngày nhận"),
    "issuer_name": ("tác giả", "cơ quan ban hành", "nơi gửi", "nơi ban hành", "cơ quan gửi"),
    "type": ("tên loại", "loại văn bản", "thể loại", "loại"),
    "signer_name": ("người ký", "họ tên người ký"),
    "receivers": ("nơi nhận", "nơi nhận văn bản", "đơn vị nhận"),
    "pages": ("số trang", "số tờ"),
}
_WRONG_D = str.maketrans("\u00d0\u00f0\u0189\u0256", "ĐđĐđ")  # chữ Eth và chữ D gạch của tiếng khác, trông giống hệt Đ
_DAY = (
    re.compile(r"(?P<d>\d{1,2})[/.\-](?P<m>\d{1,2})[/.\-](?P<y>\d{4}|\d{2})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?: .*)?"),
    re.compile(r"ng[aà]y (?P<d>\d{1,2}) th[aá]ng (?P<m>\d{1,2}) n[aă]m (?P<y>\d{4})", re.IGNORECASE),
)
_NUMBER = re.compile(r"\D*?(\d{1,6})\s*([a-zđ]?)(?=\W|$)")
_EXCEL_EPOCH = date(1899, 12, 30)
_SUFFIXES = "abcdeghiklmnopqrstuvxy"


@dataclass(frozen=True, slots=True)
class Problem:
    """Một chỗ đáng nói. ``row``: số dòng trong tệp. ``blocks``: phải sửa mới nhập được.

    ``code``: missing, date, number, type, too_long, too_early, repeated, wrong_d, lower, spaces, same_row, guessed_type.
    """

    code: str
    row: int
    field: str
    detail: str = ""
    blocks: bool = False


@dataclass(slots=True)
class Entry:
    """Một dòng sổ đã đọc. ``suffix``: chữ thêm khi số đã có dòng khác mang; ``type``: mã tên loại."""

    row: int
    number: int
    symbol: str
    issued_on: date
    summary: str
    type: str
    suffix: str = ""
    arrived_on: date | None = None
    issuer_name: str = ""
    signer_name: str = ""
    receivers: str = ""
    pages: int | None = None

    @property
    def year(self) -> int:
        return (self.arrived_on or self.issued_on).year


@dataclass(slots=True)
class Reading:
    """Kết quả: các dòng đọc được, mọi chỗ đáng nói, số dòng trùng hoàn toàn đã bỏ."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    same: int = 0

    @property
    def blocking(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.blocks]


def guess_mapping(columns: Sequence[str]) -> dict[str, str]:
    """Tên ô -> tiêu đề cột, theo các tên hay gặp; không đoán được thì thiếu."""
    by_key = {header_key(column): column for column in columns}
    found: dict[str, str] = {}
    for name in FIELDS:
        for alias in (name, *ALIASES[name]):
            column = by_key.get(header_key(alias))
            if column is not None and column not in found.values():
                found[name] = column
                break
    return found


def read_rows(
    rows: Iterable[tuple[int, Mapping[str, str]]], mapping: Mapping[str, str], *, incoming: bool, types: Mapping[str, Sequence[str]],
    today: date,
) -> Reading:
    """Đọc mọi dòng. ``types``: mã tên loại -> (tên, ký hiệu...). Sổ đến: số ở cột "số đến"; sổ đi: số đứng đầu số ký hiệu."""
    reader = _Reader(mapping, incoming, types, today)
    for number, row in rows:
        reader.take(number, {name: row.get(column, "") for name, column in mapping.items()})
    reader.number_again()
    return reader.found


class _Reader:
    def __init__(self, mapping: Mapping[str, str], incoming: bool, types: Mapping[str, Sequence[str]], today: date) -> None:
        self.mapping, self.incoming, self.today = mapping, incoming, today
        self.found = Reading()
        self.names = {fold(name): code for code, (name, *_rest) in types.items()}
        self.abbreviations: dict[str, str] = {}
        for code, (_name, *abbreviations) in types.items():
            for abbreviation in filter(None, abbreviations):
                self.abbreviations.setdefault(abbreviation.upper(), code)

    def take(self, row: int, cells: dict[str, str]) -> None:
        before = len(self.found.blocking)
        symbol, summary = self._symbol(row, cells.get("symbol", "")), self._summary(row, cells.get("summary", ""))
        issued = self._day(row, "issued_on", cells.get("issued_on", ""), required=True)
        arrived = self._day(row, "arrived_on", cells.get("arrived_on", ""), required=False)
        number, suffix = self._number(row, cells.get("number", "") if self.incoming else symbol)
        kind = self._type(row, cells.get("type", ""), symbol)
        pages = cells.get("pages", "")
        issuer = self._fitting(row, "issuer_name", cells.get("issuer_name", ""), 200)
        if self.incoming and not issuer:
            self._say("missing", row, "issuer_name", blocks=True)
        if len(self.found.blocking) > before or issued is None:
            return
        self.found.entries.append(Entry(
            row, number, symbol, issued, summary, kind, suffix, (arrived or issued) if self.incoming else None, issuer,
            self._fitting(row, "signer_name", cells.get("signer_name", ""), 120), cells.get("receivers", ""),
            int(pages) if pages.isdecimal() and 0 < int(pages) < 100_000 else None,
        ))  # fmt: skip

    def number_again(self) -> None:
        """Dòng trùng hoàn toàn thì bỏ; số trùng trong cùng một sổ thì thêm chữ, đúng thứ tự trong tệp."""
        seen_rows: set[tuple[object, ...]] = set()
        taken: Counter[tuple[int, str, int]] = Counter()
        used: set[tuple[int, str, int, str]] = set()
        kept = []
        for entry in self.found.entries:
            same = (entry.number, entry.symbol, entry.issued_on, fold(entry.summary), entry.issuer_name)
            if same in seen_rows:
                self.found.same += 1
                self._say("same_row", entry.row, "symbol", entry.symbol)
                continue
            seen_rows.add(same)
            self._separate(entry, taken, used)
            kept.append(entry)
        self.found.entries = kept

    def _separate(self, entry: Entry, taken: Counter[tuple[int, str, int]], used: set[tuple[int, str, int, str]]) -> None:
        book = (entry.year, "" if self.incoming else entry.type, entry.number)
        if (*book, entry.suffix) in used:
            while (*book, entry.suffix) in used:
                entry.suffix = _suffix(taken[book])
                taken[book] += 1
            self._say("repeated", entry.row, "number" if self.incoming else "symbol", f"{entry.number}{entry.suffix}")
        used.add((*book, entry.suffix))

    def _symbol(self, row: int, text: str) -> str:
        fixed = text.translate(_WRONG_D)
        if fixed != text:
            self._say("wrong_d", row, "symbol", text)
        tight = re.sub(r"\s*([/\-])\s*", r"\1", fixed)
        if tight != fixed:
            self._say("spaces", row, "symbol", text)
        if not tight and not self.incoming:
            self._say("missing", row, "symbol", blocks=True)
        return self._fitting(row, "symbol", tight, 60)

    def _summary(self, row: int, text: str) -> str:
        fixed = nfc(text).translate(_WRONG_D)
        if fixed != text:
            self._say("wrong_d", row, "summary", text[:40])
        if not fixed:
            self._say("missing", row, "summary", blocks=True)
            return ""
        if fixed == fixed.lower() and any(char.isalpha() for char in fixed):
            self._say("lower", row, "summary", fixed[:40])
            fixed = fixed[0].upper() + fixed[1:]
        return self._fitting(row, "summary", fixed, 2000)

    def _day(self, row: int, name: str, text: str, *, required: bool) -> date | None:
        if not text:
            if required:
                self._say("missing", row, name, blocks=True)
            return None
        day = read_day(text)
        if day is None or day > self.today:
            self._say("date", row, name, text, blocks=True)
            return None
        if day.year < 1945:
            self._say("too_early", row, name, text, blocks=True)
            return None
        return day

    def _number(self, row: int, text: str) -> tuple[int, str]:
        found = _NUMBER.match(text.strip())
        if found is None or int(found[1]) == 0:
            self._say("number", row, "number" if self.incoming else "symbol", text, blocks=bool(text) or self.incoming)
            return 0, ""
        return int(found[1]), found[2]

    def _type(self, row: int, text: str, symbol: str) -> str:
        if text:
            named = self.names.get(fold(text)) or self.abbreviations.get(text.upper())
            if named:
                return named
            self._say("type", row, "type", text)
        for part in re.split(r"[\s/\-.]+", symbol)[1:]:
            if part.upper() in self.abbreviations:
                return self.abbreviations[part.upper()]
        return "cong-van"

    def _fitting(self, row: int, name: str, text: str, most: int) -> str:
        if len(text) > most:
            self._say("too_long", row, name, str(most), blocks=True)
        return text[:most]

    def _say(self, code: str, row: int, name: str, detail: str = "", *, blocks: bool = False) -> None:
        self.found.problems.append(Problem(code, row, name, detail, blocks))


def read_day(text: str) -> date | None:
    """``20/07/2022``, ``2022-07-20``, ``20.7.22``, ``ngày 20 tháng 7 năm 2022``, số ngày của Excel; khác thì ``None``."""
    clean = text.strip()
    for form in _DAY:
        if found := form.fullmatch(clean):
            year = int(found["y"])
            year += (2000 if year < 70 else 1900) if year < 100 else 0
            try:
                return date(year, int(found["m"]), int(found["d"]))
            except ValueError:
                return None
    if clean.isdecimal() and 16_000 < int(clean) < 80_000:
        return _EXCEL_EPOCH + timedelta(days=int(clean))
    return None


def _suffix(count: int) -> str:
    """a, b, c... rồi aa, ab... (cột chỉ có ba chữ)."""
    if count < len(_SUFFIXES):
        return _SUFFIXES[count]
    return _suffix(count // len(_SUFFIXES) - 1) + _SUFFIXES[count % len(_SUFFIXES)]
