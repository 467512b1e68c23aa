"""Hình của một dòng quy định: nằm ở đâu trong dữ liệu, có những ô nào, nguồn ghi ở đâu."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

Path = tuple[str | int, ...]
_TEXT_MOST = 300
_FRACTION = re.compile(r"(?P<top>\d{1,6})(?:[.,](?P<rest>\d{1,6}))?\s*(?:/\s*(?P<under>\d{1,6})|(?P<percent>%))?")


class Shape(StrEnum):
    WHOLE = "whole"  # số nguyên
    AGE = "age"  # tuổi, bằng tháng
    TIMES = "times"  # hệ số: mấy lần, mấy tháng lương
    SHARE = "share"  # tỉ lệ, không quá cả
    DAY = "day"
    TEXT = "text"
    FLAG = "flag"
    GRADE = "grade"  # một trong bốn mức xếp loại
    PERIODS = "periods"  # xếp theo quý, theo năm


@dataclass(frozen=True, slots=True)
class Cell:
    """``optional``: bỏ trống được, nghĩa là quy định không nêu. ``least``, ``most``: khoảng của số nguyên."""

    name: str
    shape: Shape
    optional: bool = False
    least: int = 0
    most: int = 1_000

    def fits(self, value: Any) -> bool:
        """Giá trị trong dữ liệu đúng hình của ô."""
        if value is None:
            return self.optional
        if self.shape in (Shape.WHOLE, Shape.AGE):
            return isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most
        if self.shape == Shape.FLAG:
            return isinstance(value, bool)
        if self.shape == Shape.PERIODS:
            return isinstance(value, list) and value in (["quarter"], ["year"], ["quarter", "year"], ["year", "quarter"])
        return isinstance(value, str) and self._fits_text(value)

    def _fits_text(self, value: str) -> bool:
        if self.shape == Shape.DAY:
            return _is_day(value)
        if self.shape == Shape.GRADE:
            return value in ("excellent", "good", "done", "failed")
        if self.shape == Shape.TEXT:
            return len(value) <= _TEXT_MOST and (self.optional or bool(value.strip()))
        try:
            number = Fraction(value)
        except (ValueError, ZeroDivisionError):
            return False
        return 0 <= number <= (1 if self.shape == Shape.SHARE else self.most)


@dataclass(frozen=True, slots=True)
class Provision:
    """Một loại dòng. ``path``: chỗ của nó, ``*`` là mọi mục của danh sách. ``source``: chỗ của nguồn, có thể chung cho nhiều dòng.

    ``keys``: ô gọi tên mục của từng danh sách trên đường, để nhận ra cùng một dòng ở hai bản. ``grows``: thêm, bỏ dòng được.
    ``vanishes``: cả dòng có thể không có (``null``); để trống mọi ô là không có.
    """

    code: str
    path: tuple[str, ...]
    cells: tuple[Cell, ...]
    source: tuple[str, ...]
    keys: tuple[str, ...] = ()
    grows: bool = False
    vanishes: bool = False

    @property
    def has_own_source(self) -> bool:
        return self.source[: len(self.path)] == self.path and len(self.source) == len(self.path) + 1

    def cell(self, name: str) -> Cell:
        return next(cell for cell in self.cells if cell.name == name)


def fraction_from(text: str) -> Fraction:
    """``1/5``, ``20 %``, ``0,2``, ``1.5``, ``3``. ``ValueError`` khi không phải vậy."""
    found = _FRACTION.fullmatch(text.strip())
    if found is None or (found["under"] and int(found["under"]) == 0):
        raise ValueError(text)
    number = Fraction(f"{found['top']}.{found['rest'] or 0}")
    if found["percent"]:
        return number / 100
    return number / int(found["under"]) if found["under"] else number


def _is_day(value: str) -> bool:
    try:
        return 1990 <= date.fromisoformat(value).year <= 2100 and len(value) == len("2025-07-01")
    except ValueError:
        return False
