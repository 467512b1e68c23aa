"""Quyển quy định đọc thành dòng, sửa ra bản mới, so hai bản, và từ chối điều phép tính không đọc được."""

from copy import deepcopy
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tinhgon.engine import grading, headcount, leave
from tinhgon.engine.rulebook import (
    Book,
    Shape,
    blank,
    differences,
    faults,
    followed,
    fraction_from,
    line_at,
    lines_of,
    lost_sets,
    with_added,
    with_line,
    without_line,
)

SHIPPED = {Book.LEAVE: leave.shipped_data(), Book.GRADING: grading.shipped_data(), Book.DEPUTIES: headcount.shipped_data()}
READERS = {Book.LEAVE: leave.book_from, Book.GRADING: grading.book_from, Book.DEPUTIES: headcount.book_from}
SOURCE = {"document": "Nghị định 01/2027/NĐ-CP", "clause": "Điều 3", "certainty": "seen"}


def edited(book: Book, key: str, **values: Any) -> dict[str, Any]:
    line = line_at(book, SHIPPED[book], key)
    return with_line(SHIPPED[book], line, {**line.values, **values}, line.source)


@pytest.mark.parametrize("book", Book)
def test_the_shipped_book_reads_whole_and_each_line_says_its_source(book: Book) -> None:
    assert faults(book, SHIPPED[book]) == ()
    lines = lines_of(book, SHIPPED[book])
    assert len({line.key for line in lines}) == len(lines)
    assert all(line.source["document"] or line.source["clause"] for line in lines if not line.is_absent)


@pytest.mark.parametrize(("text", "number"), [
    ("1/5", Fraction(1, 5)), ("20 %", Fraction(1, 5)), ("20%", Fraction(1, 5)), ("0,2", Fraction(1, 5)), ("1.5", Fraction(3, 2)), ("12,5 %", Fraction(1, 8)), ("3", Fraction(3)),
])  # fmt: skip
def test_a_fraction_is_typed_as_people_write_it(text: str, number: Fraction) -> None:
    assert fraction_from(text) == number


@pytest.mark.parametrize("text", ["", "một phần năm", "1/0", "-1/5", "1/2/3", "20 % 5", "1e9"])
def test_what_is_no_fraction_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        fraction_from(text)


@pytest.mark.parametrize(("book", "key", "values", "code", "cell"), [
    (Book.LEAVE, "leave_set@sets.0", {"until": "2024-12-31"}, "dates", "until"),
    (Book.LEAVE, "leave_set@sets.0", {"since": "31/12/2024"}, "value", "since"),
    (Book.LEAVE, "early@sets.0", {"early_months": 0}, "value", "early_months"),
    (Book.LEAVE, "early@sets.0", {"early_months": True}, "value", "early_months"),
    (Book.LEAVE, "band@sets.0.retirement.bands.1", {"from": 30}, "bands", "from"),
    (Book.LEAVE, "band@sets.0.retirement.bands.0", {"late": "1/0"}, "value", "late"),
    (Book.LEAVE, "insurance@sets.0.retirement.insurance.1", {"since": "2025-01-01"}, "twice", "since"),
    (Book.LEAVE, "base_wage@base_wage.0", {"amount": -1}, "value", "amount"),
    (Book.LEAVE, "age_male@ages.male", {"last": 700}, "ages", "first"),
    (Book.GRADING, "cap@sets.1.cap", {"share": "6/5"}, "value", "share"),
    (Book.GRADING, "cap@sets.1.cap", {"share": "1/4"}, "higher", "share"),
    (Book.GRADING, "level_good@sets.1.levels.good", {"points": 95}, "levels", "points"),
    (Book.GRADING, "grading_set@sets.0", {"until": None}, "overlap", "until"),
    (Book.GRADING, "grading_set@sets.1", {"periods": []}, "value", "periods"),
    (Book.GRADING, "title@emulation.1", {"title": "Lao động tiên tiến"}, "twice", "title"),
    (Book.DEPUTIES, "half@sets.0.half", {"share": ""}, "value", "share"),
    (Book.DEPUTIES, "way@sets.0.way", {"last_year": 1900}, "value", "last_year"),
])  # fmt: skip
def test_a_wrong_cell_is_named(book: Book, key: str, values: dict, code: str, cell: str) -> None:
    found = faults(book, edited(book, key, **values))
    assert (code, cell) in [(fault.code, fault.cell) for fault in found]


def test_a_line_without_a_source_is_a_fault() -> None:
    line = line_at(Book.DEPUTIES, SHIPPED[Book.DEPUTIES], "half@sets.0.half")
    made = with_line(SHIPPED[Book.DEPUTIES], line, line.values, {"document": " ", "clause": "", "certainty": "seen"})
    assert [fault.code for fault in faults(Book.DEPUTIES, made)] == ["source"]


@pytest.mark.parametrize("book", Book)
def test_data_with_any_part_missing_is_a_fault_and_never_a_crash(book: Book) -> None:
    """Bỏ từng khóa, thay từng giá trị bằng thứ không đúng kiểu."""

    def spoiled(node: Any, path: tuple = ()) -> Any:
        places = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for step, inner in places:
            yield (*path, step)
            yield from spoiled(inner, (*path, step))

    for path in list(spoiled(SHIPPED[book])):
        for junk in (None, 7, "?", [], {}):
            made = deepcopy(SHIPPED[book])
            inner = made
            for step in path[:-1]:
                inner = inner[step]
            inner[path[-1]] = junk
            if not faults(book, made):
                READERS[book](made)
        if isinstance(path[-1], str):
            del inner[path[-1]]
            if not faults(book, made):
                READERS[book](made)


def test_editing_makes_a_new_book_and_leaves_the_old_alone() -> None:
    before = deepcopy(SHIPPED[Book.LEAVE])
    made = edited(Book.LEAVE, "early@sets.0", early_months=18)
    assert before == SHIPPED[Book.LEAVE]
    found = differences(Book.LEAVE, before, made)
    assert [(each.line.provision.code, each.cell, each.before, each.after) for each in found] == [("early", "early_months", 12, 18)]


def test_a_new_base_wage_falls_in_its_place_by_date_and_can_go_again() -> None:
    line = blank(Book.LEAVE, "base_wage", ("base_wage", 2))
    made = with_added(SHIPPED[Book.LEAVE], line, {"since": "2025-07-01", "amount": 2_400_000}, SOURCE)
    assert faults(Book.LEAVE, made) == ()
    assert [row["since"] for row in made["base_wage"]] == ["2024-07-01", "2025-07-01", "2026-07-01"]
    rules = leave.book_from(made).on(date(2025, 7, 1))
    assert [rules.base_wage_on(date(2025, 6, 30)).amount, rules.base_wage_on(date(2025, 7, 1)).amount] == [2_340_000, 2_400_000]
    found = differences(Book.LEAVE, SHIPPED[Book.LEAVE], made)
    assert [(each.line.values["amount"], each.is_added) for each in found] == [(2_400_000, True)]
    assert without_line(made, line_at(Book.LEAVE, made, "base_wage@base_wage.1")) == SHIPPED[Book.LEAVE]


def test_a_following_set_copies_every_line_and_ends_the_former_the_day_before() -> None:
    made = followed(SHIPPED[Book.GRADING], 1, name="Quy định mới", since=date(2027, 1, 1))
    assert faults(Book.GRADING, made) == ()
    book = grading.book_from(made)
    assert book.on(date(2026, 12, 31), period="year").code == "QD366-2025"
    assert book.on(date(2027, 3, 31), period="quarter").name == "Quy định mới"
    assert book.by_code("QD366-2025").bars == book.on(date(2027, 3, 31), period="quarter").bars
    assert lost_sets(made, SHIPPED[Book.GRADING]) == ("Quy định mới",)


def test_a_higher_share_may_vanish_and_come_back() -> None:
    line = line_at(Book.GRADING, SHIPPED[Book.GRADING], "higher@sets.1.cap.higher")
    gone = with_line(SHIPPED[Book.GRADING], line, dict.fromkeys(line.values), line.source)
    assert faults(Book.GRADING, gone) == ()
    assert grading.book_from(gone).by_code("QD366-2025").higher is None
    absent = line_at(Book.GRADING, gone, line.key)
    assert absent.is_absent
    assert with_line(gone, absent, line.values, line.source) == SHIPPED[Book.GRADING]


def test_every_cell_of_a_shipped_line_fits_its_shape() -> None:
    shapes = {cell.shape for book in Book for line in lines_of(book, SHIPPED[book]) for cell in line.provision.cells}
    assert shapes == set(Shape)
