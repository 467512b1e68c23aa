"""Hai bản của một quyển khác nhau ở đâu, từng ô."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tinhgon.engine.rulebook.layouts import Book
from tinhgon.engine.rulebook.lines import Line, lines_of

SOURCE_CELLS = ("document", "clause", "certainty")


@dataclass(frozen=True, slots=True)
class Difference:
    """``line``: dòng ở bản sau, hay ở bản trước khi dòng đã bỏ. ``cell`` rỗng: cả dòng thêm (``is_added``) hay bỏ."""

    line: Line
    cell: str = ""
    before: Any = None
    after: Any = None
    is_added: bool = False


def differences(book: Book, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    old, new = _known(book, before), _known(book, after)
    found = [Difference(line) for name, line in old.items() if name not in new]
    for name, line in new.items():
        former = old.get(name)
        if former is None:
            found.append(Difference(line, is_added=True))
        else:
            found += _between(former, line)
    return tuple(found)


def _known(book: Book, data: Mapping[str, Any]) -> dict[tuple[str, ...], Line]:
    return {(line.provision.code, *line.identity): line for line in lines_of(book, data) if not line.is_absent}


def _between(former: Line, line: Line) -> list[Difference]:
    cells = [(cell.name, former.values[cell.name], line.values[cell.name]) for cell in line.provision.cells]
    cells += [(name, former.source[name], line.source[name]) for name in SOURCE_CELLS]
    return [Difference(line, name, old, new) for name, old, new in cells if old != new]
