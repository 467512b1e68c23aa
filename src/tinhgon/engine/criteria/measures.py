"""Thước đo của sáu tiêu chí: dữ liệu có phiên bản thành giá trị thuần, và phép kiểm tra một dòng dữ liệu."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from tinhgon.engine.criteria.formula import Formula, parse
from tinhgon.engine.refusal import Refused


class Criterion(StrEnum):
    """Sáu tiêu chí, theo thứ tự vẫn đọc."""

    FINE = "tinh"
    LEAN = "gon"
    STRONG = "manh"
    PRODUCTIVE = "hieu-nang"
    EFFECTUAL = "hieu-luc"
    EFFECTIVE = "hieu-qua"


class Better(StrEnum):
    """Chiều nào là khá lên."""

    MORE = "more"
    LESS = "less"


PLACES = ("[trước]", "[sau]", "[còn]")
"""Chỗ điền trong câu so sánh: số trước, số sau, và chữ "còn" khi bớt đi hay "lên" khi tăng."""
_CODE = re.compile(r"[a-z0-9-]{2,40}")
_BRACKETED = re.compile(r"\[[^\]]*\]?|\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """``name``: thước đo gì; ``unit``: đơn vị đo ("%", "người"); ``sentence``: câu nói sự khác nhau, với ``PLACES``; ``basis``: vì sao đo
    như vậy; ``source``: dựa vào văn bản nào, trống khi chỉ là của chúng tôi. ``decimals``: số chữ số thập phân khi viết ra.
    """

    code: str
    criterion: Criterion
    name: str
    formula: Formula
    unit: str
    better: Better
    sentence: str
    basis: str
    source: str = ""
    decimals: int = 0

    def as_row(self) -> dict[str, object]:
        """Dòng dữ liệu để cất; ``measure_from`` đọc lại đúng giá trị này."""
        return {field.name: getattr(self, field.name) for field in fields(self)} | {
            "criterion": str(self.criterion), "better": str(self.better), "formula": self.formula.text,
        }  # fmt: skip


def measure_from(row: Mapping[str, object], *, known: Collection[str] | None = None) -> Measure:
    """Một dòng dữ liệu thành thước đo. ``Refused`` mang ``field`` của ô sai đầu tiên; ``known``: mã các con số đang có."""
    text = {name: str(row.get(name, "")).strip() for name in ("code", "name", "unit", "sentence", "basis", "source")}
    if not _CODE.fullmatch(text["code"]):
        raise Refused("measure_code", field="code")
    for name in ("name", "sentence", "basis"):
        if not text[name]:
            raise Refused("measure_empty", field=name)
    _check_sentence(text["sentence"])
    formula = parse(str(row.get("formula", "")))
    unknown = [code for code in formula.figures if known is not None and code not in known]
    if unknown:
        raise Refused("formula_unknown", field="formula", codes=", ".join(unknown))
    if not formula.figures:
        raise Refused("formula_constant", field="formula")
    return Measure(
        criterion=_choice(Criterion, row, "criterion"), better=_choice(Better, row, "better"), formula=formula, decimals=_decimals(row), **text
    )  # fmt: skip


def _choice(kind: type[StrEnum], row: Mapping[str, object], name: str):  # type: ignore[no-untyped-def]
    if row.get(name) not in list(kind):
        raise Refused("measure_choice", field=name)
    return kind(str(row[name]))


def _decimals(row: Mapping[str, object]) -> int:
    value = row.get("decimals", 0)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 3:
        raise Refused("measure_decimals", field="decimals")
    return value


def _check_sentence(sentence: str) -> None:
    """Chỉ ba chỗ điền, và phải nói cả số trước lẫn số sau."""
    if any(one not in PLACES for one in _BRACKETED.findall(sentence)) or not all(one in sentence for one in PLACES[:2]):
        raise Refused("measure_sentence", field="sentence")


@dataclass(frozen=True, slots=True)
class Change:
    """Một ô khác nhau giữa hai phiên bản. ``field`` trống: thước đo thêm mới hay bỏ đi."""

    code: str
    field: str
    before: str
    after: str


def changes(before: Iterable[Measure], after: Iterable[Measure]) -> tuple[Change, ...]:
    """Hai phiên bản khác nhau ở đâu, từng ô."""
    old, new = {one.code: one for one in before}, {one.code: one for one in after}
    found = [Change(code, "", one.name, "") for code, one in old.items() if code not in new]
    for code, one in new.items():
        if code not in old:
            found.append(Change(code, "", "", one.name))
            continue
        left, right = old[code].as_row(), one.as_row()
        found += [Change(code, name, str(left[name]), str(right[name])) for name in right if left[name] != right[name]]
    return tuple(found)
