"""Quy định về cán bộ có phiên bản: ai được sửa, từ chối thì không đổi gì, phép tính theo bản mới, đợt đã quyết định giữ bản của mình."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tinhgon.audit.models import Entry
from tinhgon.audit.registry import sentence
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Invalid, Refused
from tinhgon.engine import headcount
from tinhgon.engine.rulebook import Book, blank, line_at, with_added, with_line
from tinhgon.org.models import Kind, Role
from tinhgon.org.tests.factories import make_actor, make_unit
from tinhgon.personnel import selectors
from tinhgon.personnel.models import GradingRound, RuleBookVersion
from tinhgon.personnel.selectors import rules as reads
from tinhgon.personnel.services.rules import change_rules, keep_shipped
from tinhgon.personnel.tests.factories import Staff
from tinhgon.personnel.tests.test_gradings import decided, opened

ON = date(2025, 10, 2)
SOURCE = {"document": "Nghị định 01/2027/NĐ-CP", "clause": "", "certainty": "seen"}


def edited(book: Book, key: str, **values: Any) -> dict[str, Any]:
    data = reads.newest(book).data
    line = line_at(book, data, key)
    return with_line(data, line, {**line.values, **values}, line.source)


def change(actor: Actor, book: Book, key: str, *, on: date = ON, **values: Any) -> RuleBookVersion:
    return change_rules(actor, on=on, book=book, data=edited(book, key, **values), based_on=reads.newest(book).number, reason="Văn bản mới")


@pytest.mark.parametrize("who", ["specialist", "head", "clerk", "secretary", "administrator", "inspector"])
def test_nobody_but_the_organisation_board_changes_the_rules(staff: Staff, who: str) -> None:
    with pytest.raises(Forbidden):
        change(getattr(staff, who), Book.DEPUTIES, "way@sets.0.way", last_year=2031)
    assert not RuleBookVersion.objects.exists()
    assert reads.deputies_book().on(ON).last_year == 2030


@pytest.mark.parametrize("is_own_organ", [True, False])
def test_a_board_below_the_top_committee_changes_nothing_because_all_share_the_rules(staff: Staff, is_own_organ: bool) -> None:
    """Ban của phường, hay người làm công tác tổ chức ngồi ngay ở đảng ủy phường."""
    where = make_unit("Ban Xây dựng Đảng phường Bắc", staff.north, kind=Kind.PARTY_BUILDING) if is_own_organ else staff.north
    below = make_actor(where, Role.ORGANISATION_BOARD, full_name="Người Ban Phường")
    with pytest.raises(Forbidden):
        change(below, Book.DEPUTIES, "way@sets.0.way", last_year=2031)
    assert not RuleBookVersion.objects.exists()


@pytest.mark.parametrize(("book", "key", "values", "told"), [
    (Book.DEPUTIES, "half@sets.0.half", {"share": "3/2"}, "ô “nhiều nhất”"), (Book.LEAVE, "early@sets.0", {"early_months": "mười hai"}, "ô “số tháng”"),
    (Book.LEAVE, "leave_set@sets.0", {"until": "2020-01-01"}, "ngày cuối phải từ ngày đầu"), (Book.GRADING, "grading_set@sets.0", {"until": None}, "chồng ngày"),
    (Book.DEPUTIES, "way@sets.0.way", {}, "Chưa đổi ô nào"),
])  # fmt: skip
def test_data_the_engine_cannot_use_is_refused_by_the_name_of_the_cell(staff: Staff, book: Book, key: str, values: dict, told: str) -> None:
    entries = Entry.objects.count()
    with pytest.raises(Invalid) as refused:
        change(staff.keeper, book, key, **values)
    assert told in " ".join(refused.value.sentences)
    assert not RuleBookVersion.objects.filter(is_shipped=False).exists()
    assert Entry.objects.count() == entries


def test_a_change_needs_a_reason_and_the_newest_version_under_it(staff: Staff) -> None:
    data = edited(Book.DEPUTIES, "way@sets.0.way", last_year=2031)
    with pytest.raises(Invalid):
        change_rules(staff.keeper, on=ON, book="deputies", data=data, based_on=0, reason=" ")
    change_rules(staff.keeper, on=ON, book="deputies", data=data, based_on=0, reason="Kết luận mới")
    other = edited(Book.DEPUTIES, "way@sets.0.way", last_year=2032)
    with pytest.raises(Refused):
        change_rules(staff.keeper, on=ON, book="deputies", data=other, based_on=0, reason="Sửa trên bản cũ")
    assert reads.deputies_book().on(ON).last_year == 2031


def test_a_set_ends_by_date_and_is_never_dropped(staff: Staff) -> None:
    data = reads.newest(Book.GRADING).data
    fewer = data | {"sets": data["sets"][1:]}
    with pytest.raises(Invalid) as refused:
        change_rules(staff.keeper, on=ON, book="grading", data=fewer, based_on=0, reason="Bỏ bộ cũ")
    assert [reason.code for reason in refused.value.reasons] == ["personnel.rule_set_lost"]


def test_a_change_is_a_new_version_with_who_why_and_what_in_the_log(staff: Staff) -> None:
    made = change(staff.keeper, Book.DEPUTIES, "half@sets.0.half", share="1/3")
    assert (made.number, made.author.full_name, made.reason) == (2, "Hoàng Thị Tổ", "Văn bản mới")
    assert RuleBookVersion.objects.get(number=1).data == headcount.shipped_data()
    said = sentence(Entry.objects.get(code="personnel.rules_changed"))
    assert "Số cấp phó so với biên chế được giao" in said
    assert "50 % → 1/3" in said
    assert [(each.before, each.after) for each in reads.changes_in(made)] == [("1/2", "1/3")]


def test_an_old_version_is_never_changed_nor_deleted(staff: Staff) -> None:
    made = change(staff.keeper, Book.DEPUTIES, "way@sets.0.way", last_year=2031)
    for attempt in (
        lambda: RuleBookVersion.objects.filter(pk=made.pk).update(reason="Khác"), lambda: RuleBookVersion.objects.filter(number=1).delete(),
        lambda: RuleBookVersion.objects.filter(pk=made.pk).update(data={}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert RuleBookVersion.objects.get(pk=made.pk).data["sets"][0]["way"]["last_year"] == 2031


def test_deputies_are_checked_by_the_version_in_force(staff: Staff) -> None:
    assert selectors.deputies(staff.keeper, on=ON).rules.last_year == 2030
    change(staff.keeper, Book.DEPUTIES, "way@sets.0.way", last_year=2027)
    assert selectors.deputies(staff.keeper, on=ON).rules.last_year == 2027


def test_a_new_base_wage_counts_from_its_day_only(staff: Staff) -> None:
    data = reads.newest(Book.LEAVE).data
    made = with_added(data, blank(Book.LEAVE, "base_wage", ("base_wage", 2)), {"since": "2027-07-01", "amount": 2_700_000}, SOURCE)
    change_rules(staff.keeper, on=ON, book="leave", data=made, based_on=0, reason="Lương cơ sở mới")
    rules = reads.leave_book().on(date(2027, 7, 1))
    assert rules.base_wage_on(date(2027, 6, 30)).amount == 2_530_000
    assert rules.base_wage_on(date(2027, 7, 1)).amount == 2_700_000


def test_a_decided_round_keeps_the_version_that_judged_it_and_an_open_one_follows_the_newest(staff: Staff) -> None:
    closed = opened(staff)
    decided(staff, closed)
    closed = GradingRound.objects.get(pk=closed.pk)
    assert closed.rules_version.number == 1
    still_open = GradingRound.objects.create(
        unit_id=staff.board, authority_id=staff.city, period="quarter", year=2025, quarter=3, rules="QD366-2025", opened_at=clock.now(), self_until=ON
    )
    change(staff.keeper, Book.GRADING, "cap@sets.1.cap", share="1/10")
    assert reads.rules_of(closed).share * 5 == 1
    assert selectors.round_page(staff.secretary, closed.pk, on=ON).version == 1
    assert reads.rules_of(still_open).share * 10 == 1


def test_a_newer_product_does_not_move_what_was_judged_before_anyone_edited(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sản phẩm lên bản mới có tỉ lệ khác: đợt đã quyết định vẫn theo bản đã chép, đợt sau theo bản mới."""
    closed = opened(staff)
    decided(staff, closed)
    newer = edited(Book.GRADING, "cap@sets.1.cap", share="1/10")
    monkeypatch.setitem(reads._SHIPPED, Book.GRADING, lambda: newer)
    closed = GradingRound.objects.get(pk=closed.pk)
    assert reads.rules_of(closed).share * 5 == 1
    assert keep_shipped("grading").number == 2
    assert reads.newest("grading").data == newer
