"""Phần sửa được trong ``data`` của một quy tắc: tên ô và hình của giá trị. Trang sửa và động từ cùng dùng một bảng này."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tinhgon.engine.form.rules import Rule, RuleKind

ISSUERS = (
    "committee.province", "standing.province", "committee.commune", "standing.commune", "cell", "office", "board", "inspection", "room",
)  # fmt: skip
"""Các nơi đứng tên mà quy tắc thẩm quyền nói tới (xem ``issuer.issuers``)."""
_IDENTITY = {"type", "name", "unit", "by"}  # quy tắc nói về cái gì: đổi là thành quy tắc khác


class Shape(StrEnum):
    NUMBER = "number"
    FLAG = "flag"
    WORD = "word"
    LIST = "list"
    PAIRS = "pairs"
    DAY = "day"
    ISSUERS = "issuers"


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    shape: Shape


def parameters(rule: Rule) -> tuple[Parameter, ...]:
    """Các ô sửa được của ``rule``, theo thứ tự trong dữ liệu."""
    return tuple(Parameter(name, _shape(rule.kind, name, value)) for name, value in rule.data.items() if name not in _IDENTITY)


def _shape(kind: RuleKind, name: str, value: Any) -> Shape:
    if isinstance(value, bool):
        return Shape.FLAG
    if isinstance(value, int | float):
        return Shape.NUMBER
    if isinstance(value, Mapping):
        return Shape.PAIRS
    if isinstance(value, list | tuple):
        return Shape.ISSUERS if kind == RuleKind.AUTHORITY and name == "no" else Shape.LIST
    return Shape.DAY if name == "since" else Shape.WORD


def fits(parameter: Parameter, value: Any) -> bool:
    """Giá trị đúng hình của ô; danh sách không được rỗng, ký hiệu tên loại thì được (Điều lệ không có ký hiệu)."""
    return _FITS[parameter.shape](parameter, value)


def _is_number(_parameter: Parameter, value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_word(parameter: Parameter, value: Any) -> bool:
    return isinstance(value, str) and (bool(value.strip()) or parameter.name == "abbreviation")


def _is_list(_parameter: Parameter, value: Any) -> bool:
    return isinstance(value, list) and bool(value) and _all_words(value)


def _is_pairs(_parameter: Parameter, value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and _all_words(value) and _all_words(value.values())


def _is_day(_parameter: Parameter, value: Any) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def _all_words(values: Iterable[Any]) -> bool:
    return all(isinstance(one, str) and one.strip() for one in values)


_FITS = {
    Shape.NUMBER: _is_number, Shape.FLAG: lambda _p, value: isinstance(value, bool), Shape.WORD: _is_word, Shape.LIST: _is_list,
    Shape.PAIRS: _is_pairs, Shape.DAY: _is_day,
    Shape.ISSUERS: lambda p, value: _is_list(p, value) and set(value) <= set(ISSUERS),
}  # fmt: skip
