"""Quyển đi kèm sản phẩm đổi, cơ quan thì đã sửa quyển của mình: gộp ba bản theo từng dòng, cùng cách với quy tắc thể thức (``form.upgrading``).

Bộ mới của bản đi kèm vào nguyên cả bộ. Bộ chỉ có ở một bên thì không so từng dòng: bộ không bao giờ bị bỏ, vì việc đã xét nêu tên nó.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from tinhgon.engine.form.upgrading import upgraded
from tinhgon.engine.rulebook.checking import faults, lost_sets
from tinhgon.engine.rulebook.editing import with_line, without_line
from tinhgon.engine.rulebook.layouts import Book
from tinhgon.engine.rulebook.lines import NO_SOURCE, Line, at, lines_of

Data = Mapping[str, Any]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BookUpgrade:
    """``data``: quyển sau khi nhận. ``contested``: mã dòng -> dòng của bản đi kèm (trống: bản ấy bỏ) mà cơ quan cũng đã sửa khác đi."""

    data: dict[str, Any]
    contested: dict[str, Row | None]
    taken: int


def upgraded_book(book: Book, base: Data, own: Data, shipped: Data) -> BookUpgrade:
    """Dòng cơ quan chưa sửa theo bản đi kèm; dòng cả hai cùng sửa khác nhau thì giữ và nêu ra. Gộp ra điều phép tính không đọc được thì không nhận gì."""
    fresh = _codes(shipped) - _codes(base) - _codes(own)
    common = _codes(own) & _codes(shipped)
    merge = upgraded(*(_rows(book, data, common) for data in (base, own, shipped)))
    wanted = {str(row["code"]): row for row in merge.rules}
    offered = {str(row["code"]): row for row in _rows(book, shipped, common)}
    made = deepcopy(dict(own))
    for code in dict.fromkeys((*_lines(book, own, common), *wanted)):
        made = with_row(book, made, code, wanted.get(code), shipped)
    made["sets"] += [deepcopy(one) for one in shipped["sets"] if one["code"] in fresh]
    contested = {code: offered.get(code) for code in merge.contested}
    if (fresh or merge.taken) and (faults(book, made) or lost_sets(own, made)):
        mine = {str(row["code"]): row for row in _rows(book, own, common)}
        return BookUpgrade(deepcopy(dict(own)), {code: offered.get(code) for code in {**offered, **mine} if offered.get(code) != mine.get(code)}, 0)
    return BookUpgrade(made, contested, merge.taken + len(fresh))


def with_row(book: Book, data: Data, code: str, row: Row | None, shipped: Data) -> dict[str, Any]:
    """Bản có dòng ``code`` như ``row``; trống là bỏ. Dòng chưa có thì chép từ ``shipped`` vào cuối danh sách của nó."""
    line, made = _lines(book, data, _codes(data), with_absent=True).get(code), deepcopy(dict(data))
    if row is None:
        if line is None or line.is_absent:
            return made
        return with_line(made, line, dict.fromkeys(line.values), NO_SOURCE) if line.provision.vanishes else without_line(made, line) if line.provision.grows else made
    if line is not None:
        return made if _is(line, row) else with_line(made, line, row["values"], row["source"])
    came = _lines(book, shipped, _codes(shipped))[code]
    home = came if came.set_number is None else replace(came, path=("sets", _place(made, came.identity[0]), *came.path[2:]))
    listed = at(made, home.path[:-1])
    listed.append(deepcopy(at(shipped, came.path)))
    if "since" in listed[-1]:
        listed.sort(key=lambda each: str(each["since"]))
    return made


def line_of(book: Book, data: Data, code: str) -> Line | None:
    """Dòng mang mã ấy ở một bản; trống khi không có."""
    return _lines(book, data, _codes(data)).get(code)


def _place(data: Data, code: str) -> int:
    return [str(one["code"]) for one in data["sets"]].index(code)


def _codes(data: Data) -> set[str]:
    return {str(one["code"]) for one in data["sets"]}


def _lines(book: Book, data: Data, sets: set[str], *, with_absent: bool = False) -> dict[str, Line]:
    found = (line for line in lines_of(book, data) if with_absent or not line.is_absent)
    return {"|".join((line.provision.code, *line.identity)): line for line in found if line.set_number is None or line.identity[0] in sets}


def _rows(book: Book, data: Data, sets: set[str]) -> list[Row]:
    return [{"code": code, "values": dict(line.values), "source": dict(line.source)} for code, line in _lines(book, data, sets).items()]


def _is(line: Line, row: Row) -> bool:
    return dict(line.values) == row["values"] and dict(line.source) == row["source"]
