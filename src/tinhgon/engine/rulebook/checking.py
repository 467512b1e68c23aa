"""Một quyển có đọc được không: từng ô đúng hình, ngày theo thứ tự, phép tính đọc được cả quyển. Mỗi chỗ sai một ``Fault``."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tinhgon.engine.form.rules import Certainty
from tinhgon.engine.grading import book_from as grading_book
from tinhgon.engine.headcount import book_from as deputies_book
from tinhgon.engine.leave import book_from as leave_book
from tinhgon.engine.rulebook.layouts import Book
from tinhgon.engine.rulebook.lines import Line, lines_of

_READERS: Mapping[Book, Callable[[Mapping[str, Any]], Any]] = {
    Book.LEAVE: leave_book, Book.GRADING: grading_book, Book.DEPUTIES: deputies_book,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """``code``: missing, value, source, certainty, no_set, dates, overlap, twice, bands, levels, higher, insurance, ages, unreadable.

    ``line``, ``cell``: chỗ sai; ``line`` trống khi dữ liệu không đọc ra được dòng ấy, lúc đó ``where`` là chỗ trong dữ liệu.
    """

    code: str
    line: Line | None = None
    cell: str = ""
    where: str = ""


def faults(book: Book, data: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Rỗng khi cả quyển dùng được. Sai hình thì chưa xét thứ tự."""
    try:
        lines = lines_of(book, data)
        codes = [row["code"] for row in data["sets"]]
    except (KeyError, TypeError, IndexError) as error:
        return (Fault("missing", where=str(error.args[0]) if error.args else ""),)
    unreadable = [name for row in data["sets"] for name in ("code", "side", "disclaimer") if not isinstance(row.get(name, ""), str)]
    if unreadable:
        return (Fault("missing", where=unreadable[0]),)
    if not codes:
        return (Fault("no_set", where="sets"),)
    found = tuple(fault for line in lines for fault in _shapes(line))
    if found:
        return found
    try:
        _READERS[book](data)
    except (KeyError, ValueError, TypeError, ZeroDivisionError, AttributeError) as error:
        return (Fault("unreadable", where=str(error)),)
    return tuple(_orders(lines, data))


def lost_sets(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Tên các bộ có ở bản trước mà bản sau không còn: bộ chỉ thôi dùng theo ngày, không mất, vì việc đã xét còn trỏ vào mã của nó."""
    kept = {row["code"] for row in after["sets"]}
    return tuple(row["name"] for row in before["sets"] if row["code"] not in kept)


def _shapes(line: Line) -> Iterator[Fault]:
    if line.is_absent:
        return
    for cell in line.provision.cells:
        if not cell.fits(line.values[cell.name]):
            yield Fault("value", line, cell.name)
    if not all(isinstance(value, str) and len(value) <= 300 for value in line.source.values()) or not (line.source["document"].strip() or line.source["clause"].strip()):
        yield Fault("source", line, "document")
    elif line.source["certainty"] not in list(Certainty):
        yield Fault("certainty", line, "certainty")


def _orders(lines: tuple[Line, ...], data: Mapping[str, Any]) -> Iterator[Fault]:
    sets = [line for line in lines if line.provision.code.endswith("_set")]
    yield from _set_dates(sets, data)
    yield from _twice(lines)
    for line in lines:
        if line.provision.code.startswith("age_") and not line.values["before"] <= line.values["first"] <= line.values["last"]:
            yield Fault("ages", line, "first")
        if line.provision.code == "higher" and not line.is_absent and _fraction(line) <= _cap(lines, line.set_number):
            yield Fault("higher", line, "share")
    for number in range(len(data["sets"])):
        inside = [line for line in lines if line.set_number == number]
        yield from _bands([line for line in inside if line.provision.code == "band"])
        yield from _levels([line for line in inside if line.provision.code.startswith("level_")])
        if any(line.provision.code == "band" for line in inside) and not any(line.provision.code == "insurance" for line in inside):
            yield Fault("insurance", where=f"sets.{number}.retirement.insurance")


def _set_dates(sets: list[Line], data: Mapping[str, Any]) -> Iterator[Fault]:
    """Ngày cuối từ ngày đầu trở đi; hai bộ cùng phía không chồng ngày."""
    sides: dict[str, list[Line]] = {}
    for line in sets:
        if line.values["until"] is not None and line.values["until"] < line.values["since"]:
            yield Fault("dates", line, "until")
        sides.setdefault(str(data["sets"][line.set_number].get("side", "")), []).append(line)
    for listed in sides.values():
        ordered = sorted(listed, key=lambda line: str(line.values["since"]))
        for former, line in pairwise(ordered):
            if former.values["until"] is None or former.values["until"] >= line.values["since"]:
                yield Fault("overlap", former, "until")


def _twice(lines: Iterable[Line]) -> Iterator[Fault]:
    """Hai dòng cùng ngày đầu, hai danh hiệu cùng tên, hai bộ cùng mã."""
    seen: set[tuple[str, ...]] = set()
    for line in lines:
        name = (line.provision.code, *line.identity)
        if name in seen:
            yield Fault("twice", line, line.provision.cells[0].name)
        seen.add(name)


def _bands(bands: list[Line]) -> Iterator[Fault]:
    """Các khoảng nối nhau, không hở, không chồng."""
    for line in bands:
        if line.values["from"] > line.values["to"]:
            yield Fault("bands", line, "to")
    for former, line in pairwise(bands):
        if former.values["to"] + 1 != line.values["from"]:
            yield Fault("bands", line, "from")


def _levels(levels: list[Line]) -> Iterator[Fault]:
    """Mức cao cần điểm nhiều hơn mức thấp."""
    scored = [line for line in levels if line.values["points"] is not None]
    for higher, lower in pairwise(scored):
        if higher.values["points"] <= lower.values["points"]:
            yield Fault("levels", lower, "points")


def _fraction(line: Line) -> Fraction:
    return Fraction(line.values["share"])


def _cap(lines: Iterable[Line], number: int | None) -> Fraction:
    return next(_fraction(line) for line in lines if line.provision.code == "cap" and line.set_number == number)
