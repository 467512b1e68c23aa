"""Dữ liệu của một quyển đọc thành các dòng."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tinhgon.engine.rulebook.layouts import LAYOUTS, Book, provision
from tinhgon.engine.rulebook.model import Path, Provision


@dataclass(frozen=True, slots=True)
class Line:
    """Một dòng ở một bản. ``path``: chỗ cụ thể trong dữ liệu. ``source``: nguồn đang ghi. ``identity``: tên của các mục trên đường."""

    provision: Provision
    path: Path
    values: Mapping[str, Any]
    source: Mapping[str, str]
    identity: tuple[str, ...]

    @property
    def key(self) -> str:
        """Địa chỉ của dòng trong một bản: ``band@sets.0.retirement.bands.1``."""
        return f"{self.provision.code}@{'.'.join(map(str, self.path))}"

    @property
    def set_number(self) -> int | None:
        """Thuộc bộ thứ mấy trong dữ liệu; ``None``: dùng chung cho mọi bộ."""
        return int(self.path[1]) if self.path[0] == "sets" else None

    @property
    def source_path(self) -> Path:
        return filled(self.provision.source, self.path)

    @property
    def is_absent(self) -> bool:
        return self.provision.vanishes and all(value is None for value in self.values.values())


NO_SOURCE: Mapping[str, str] = {"document": "", "clause": "", "certainty": "memory"}


def lines_of(book: Book, data: Mapping[str, Any]) -> tuple[Line, ...]:
    """Mọi dòng, theo thứ tự của ``LAYOUTS``. Dữ liệu thiếu chỗ nào thì ``KeyError`` nói chỗ ấy."""
    return tuple(_line(each, path, data) for each in LAYOUTS[book] for path in _places(each.path, data))


def line_at(book: Book, data: Mapping[str, Any], key: str) -> Line:
    """``KeyError`` khi bản này không có dòng ấy."""
    return {line.key: line for line in lines_of(book, data)}[key]


def blank(book: Book, code: str, path: Path) -> Line:
    """Dòng chưa có, để điền."""
    found = provision(book, code)
    return Line(found, path, {cell.name: None for cell in found.cells}, NO_SOURCE, ())


def at(data: Any, path: Path) -> Any:
    """Giá trị ở một chỗ; ``KeyError`` mang tên chỗ ấy khi không có."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError) as error:
            raise KeyError(".".join(map(str, path))) from error
    return data


def filled(pattern: tuple[str, ...], path: Path) -> Path:
    """Chỗ theo mẫu, các ``*`` lấy số mục của ``path`` (cùng thứ tự)."""
    numbers = iter(step for step in path if isinstance(step, int))
    return tuple(next(numbers) if step == "*" else step for step in pattern)


def _places(pattern: tuple[str, ...], data: Mapping[str, Any], begun: Path = ()) -> Iterator[Path]:
    if not pattern:
        yield begun
        return
    first, *rest = pattern
    if first != "*":
        yield from _places(tuple(rest), data, (*begun, first))
        return
    listed = at(data, begun)
    if not isinstance(listed, list):
        raise KeyError(".".join(map(str, begun)))
    for number in range(len(listed)):
        yield from _places(tuple(rest), data, (*begun, number))


def _line(each: Provision, path: Path, data: Mapping[str, Any]) -> Line:
    row = at(data, path)
    if row is None and each.vanishes:
        return Line(each, path, {cell.name: None for cell in each.cells}, NO_SOURCE, _identity(each, path, data))
    if not isinstance(row, dict):
        raise KeyError(".".join(map(str, path)))
    values = {cell.name: row.get(cell.name) if cell.optional else at(data, (*path, cell.name)) for cell in each.cells}
    source = at(data, filled(each.source, path))
    if not isinstance(source, dict):
        raise KeyError(".".join(map(str, filled(each.source, path))))
    return Line(each, path, values, {name: at(source, (name,)) for name in NO_SOURCE}, _identity(each, path, data))


def _identity(each: Provision, path: Path, data: Mapping[str, Any]) -> tuple[str, ...]:
    ends = [end for end, step in enumerate(path, start=1) if isinstance(step, int)]
    return tuple(str(at(data, (*path[:end], key))) for end, key in zip(ends, each.keys, strict=True))
