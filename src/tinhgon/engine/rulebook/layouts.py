"""Các dòng của từng quyển, theo thứ tự hiện trên trang."""

from collections.abc import Mapping
from enum import StrEnum

from tinhgon.engine.rulebook.model import Cell, Provision, Shape


class Book(StrEnum):
    LEAVE = "leave"
    GRADING = "grading"
    DEPUTIES = "deputies"


_SET = ("sets", "*")
_RETIREMENT = (*_SET, "retirement", "source")
_CODE = ("code",)
_NAME, _SINCE = Cell("name", Shape.TEXT), Cell("since", Shape.DAY)
_UNTIL = Cell("until", Shape.DAY, optional=True)
_AGE = (
    Cell("before", Shape.AGE, least=480, most=960), Cell("first_year", Shape.WHOLE, least=1990, most=2100), Cell("first", Shape.AGE, least=480, most=960),
    Cell("step", Shape.WHOLE, least=1, most=120), Cell("last", Shape.AGE, least=480, most=960),
)  # fmt: skip


def _months(name: str, *, optional: bool = False) -> Cell:
    """Số tháng, từ một tới năm mươi năm."""
    return Cell(name, Shape.WHOLE, optional, least=1, most=600)


_LEAVE = (
    Provision("leave_set", _SET, (_NAME, _SINCE, _UNTIL, Cell("afterwards", Shape.TEXT, optional=True)), (*_SET, "until_source"), _CODE),
    Provision("early", _SET, (_months("early_months"),), _RETIREMENT, _CODE),
    Provision("most", _SET, (_months("most_months"),), _RETIREMENT, _CODE),
    Provision("half_year", _SET, (Cell("half_year_months", Shape.WHOLE, least=0, most=11),), (*_SET, "rounding"), _CODE),
    Provision(
        "band", (*_SET, "retirement", "bands", "*"),
        (
            _NAME, _months("from"), _months("to"), Cell("early", Shape.TIMES), Cell("late", Shape.TIMES),
            _months("fixed_months", optional=True), Cell("per_year", Shape.TIMES), Cell("insurance", Shape.FLAG),
        ),
        _RETIREMENT, ("code", "code"),
    ),
    Provision(
        "insurance", (*_SET, "retirement", "insurance", "*"), (_SINCE, Cell("years", Shape.WHOLE, most=60), Cell("pay", Shape.TIMES), Cell("per_year", Shape.TIMES)),
        _RETIREMENT, ("code", "since"), grows=True,
    ),
    Provision(
        "resignation", (*_SET, "resignation"),
        (
            _months("least_months"), Cell("early", Shape.TIMES), Cell("late", Shape.TIMES), Cell("per_year", Shape.TIMES),
            Cell("job_search", Shape.TIMES),
        ),
        (*_SET, "resignation", "source"), _CODE,
    ),
    Provision(
        "base_wage", ("base_wage", "*"), (_SINCE, Cell("amount", Shape.WHOLE, least=100_000, most=100_000_000)), ("base_wage", "*", "source"), ("since",), grows=True
    ),
    Provision("age_male", ("ages", "male"), _AGE, ("ages", "source")),
    Provision("age_female", ("ages", "female"), _AGE, ("ages", "source")),
)  # fmt: skip

_POINTS = Cell("points", Shape.WHOLE, optional=True, most=100)
_GRADING = (
    Provision("grading_set", _SET, (_NAME, _SINCE, _UNTIL, Cell("periods", Shape.PERIODS)), (*_SET, "source"), _CODE),
    Provision(
        "points", _SET, (Cell("general", Shape.WHOLE, optional=True, least=1, most=100), Cell("result", Shape.WHOLE, optional=True, least=1, most=100)),
        (*_SET, "source"), _CODE,
    ),
    *(
        Provision(
            f"level_{level}", (*_SET, "levels", level),
            (_POINTS, Cell("on_time", Shape.SHARE, optional=True), Cell("exceeded", Shape.SHARE, optional=True), Cell("late", Shape.SHARE, optional=True)),
            (*_SET, "source"), _CODE,
        )
        for level in ("excellent", "good", "done", "failed")
    ),
    Provision("cap", (*_SET, "cap"), (Cell("share", Shape.SHARE),), (*_SET, "cap", "source"), _CODE),
    Provision("higher", (*_SET, "cap", "higher"), (Cell("share", Shape.SHARE), Cell("when", Shape.TEXT)), (*_SET, "cap", "higher", "source"), _CODE, vanishes=True),
    Provision(
        "title", ("emulation", "*"), (Cell("title", Shape.TEXT), Cell("least", Shape.GRADE), Cell("share", Shape.SHARE, optional=True)),
        ("emulation", "*", "source"), ("title",), grows=True,
    ),
)  # fmt: skip

_DEPUTIES = (
    Provision("deputies_set", _SET, (_NAME, _SINCE, _UNTIL), (*_SET, "source"), _CODE),
    Provision("half", (*_SET, "half"), (Cell("share", Shape.SHARE),), (*_SET, "half", "source"), _CODE),
    Provision("inside", (*_SET, "inside"), (Cell("applies", Shape.FLAG),), (*_SET, "inside", "source"), _CODE),
    Provision("peers", (*_SET, "peers"), (Cell("applies", Shape.FLAG),), (*_SET, "peers", "source"), _CODE),
    Provision("way", (*_SET, "way"), (Cell("last_year", Shape.WHOLE, least=2025, most=2100),), (*_SET, "way", "source"), _CODE),
)

LAYOUTS: Mapping[Book, tuple[Provision, ...]] = {Book.LEAVE: _LEAVE, Book.GRADING: _GRADING, Book.DEPUTIES: _DEPUTIES}


def provision(book: Book, code: str) -> Provision:
    """``KeyError`` khi quyển không có loại dòng ấy."""
    return {each.code: each for each in LAYOUTS[book]}[code]
