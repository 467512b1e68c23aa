"""Quyển quy định đi kèm sản phẩm đổi: nhà chưa sửa theo ngay, nhà đã sửa nhận dòng chưa sửa và được hỏi ở dòng đã sửa; như quy tắc thể thức."""

from copy import deepcopy
from typing import Any

import pytest

from tinhgon.audit.models import Entry
from tinhgon.audit.registry import sentence
from tinhgon.core.errors import Forbidden, Invalid, Refused
from tinhgon.engine.rulebook import Book
from tinhgon.personnel.models import RuleBookVersion, RuleLineProposal, ShippedRuleBook
from tinhgon.personnel.selectors import rules as reads
from tinhgon.personnel.services import rule_upgrade
from tinhgon.personnel.services.rule_upgrade import accept_line, decline_line, take
from tinhgon.personnel.tests.factories import Staff
from tinhgon.personnel.tests.test_rules import ON, change


def shipped(**changed: Any) -> dict[str, Any]:
    """Quyển thôi làm đi kèm, như đợt sau: mỗi khóa là một chỗ trong bộ đầu."""
    data = deepcopy(reads.shipped_data(Book.LEAVE))
    data["sets"][0].update(changed)
    return data


@pytest.fixture
def taken(staff: Staff) -> Staff:
    """Nhà đã nhận bản đi kèm bây giờ."""
    rule_upgrade.take_shipped()
    return staff


def offered() -> list[RuleLineProposal]:
    return reads.open_proposals(Book.LEAVE)


def test_an_unedited_book_follows_without_a_version_and_taking_twice_changes_nothing(taken: Staff) -> None:
    before = ShippedRuleBook.objects.count()
    rule_upgrade.take_shipped()
    assert ShippedRuleBook.objects.count() == before
    take(Book.LEAVE, shipped(early_months=18))
    assert (offered(), RuleBookVersion.objects.count()) == ([], 0)


def test_lines_nobody_edited_follow_and_the_edited_one_stays(taken: Staff) -> None:
    change(taken.keeper, Book.LEAVE, "early@sets.0", early_months=24)
    take(Book.LEAVE, shipped(most_months=72))
    current = reads.newest(Book.LEAVE)
    assert (current.data["sets"][0]["early_months"], current.data["sets"][0]["most_months"]) == (24, 72)
    assert (current.reason, current.author, offered()) == ("Đợt 2 đi kèm sản phẩm", None, [])
    assert "1 dòng theo đợt mới, 0 dòng cơ quan đã sửa" in sentence(Entry.objects.get(code="personnel.rules_shipped"))


def test_a_line_both_changed_is_kept_and_offered_then_accepted_or_declined_by_the_keeper(taken: Staff) -> None:
    change(taken.keeper, Book.LEAVE, "early@sets.0", early_months=24)
    take(Book.LEAVE, shipped(early_months=18))
    (found,) = offered()
    assert reads.newest(Book.LEAVE).data["sets"][0]["early_months"] == 24
    for other in (taken.head, taken.secretary, taken.administrator):
        with pytest.raises(Forbidden):
            accept_line(other, on=ON, book=Book.LEAVE, proposal_id=found.pk, reason="x")
        with pytest.raises(Forbidden):
            decline_line(other, on=ON, book=Book.LEAVE, proposal_id=found.pk, reason="x")
    with pytest.raises(Invalid):
        accept_line(taken.keeper, on=ON, book=Book.LEAVE, proposal_id=found.pk, reason=" ")
    assert [one.state for one in RuleLineProposal.objects.all()] == ["open"]
    accept_line(taken.keeper, on=ON, book=Book.LEAVE, proposal_id=found.pk, reason="Theo văn bản mới")
    assert reads.newest(Book.LEAVE).data["sets"][0]["early_months"] == 18
    with pytest.raises(Refused):
        decline_line(taken.keeper, on=ON, book=Book.LEAVE, proposal_id=found.pk, reason="x")


def test_what_was_declined_is_asked_again_only_when_it_changes_again_and_a_later_offer_replaces_the_former(taken: Staff) -> None:
    change(taken.keeper, Book.LEAVE, "early@sets.0", early_months=24)
    take(Book.LEAVE, shipped(early_months=18))
    decline_line(taken.keeper, on=ON, book=Book.LEAVE, proposal_id=offered()[0].pk, reason="Tỉnh có quy định riêng")
    take(Book.LEAVE, shipped(early_months=18, most_months=72))
    assert offered() == []
    take(Book.LEAVE, shipped(early_months=20, most_months=72))
    take(Book.LEAVE, shipped(early_months=21, most_months=72))
    assert [one.row["values"] for one in offered()] == [{"early_months": 21}]
    assert reads.newest(Book.LEAVE).data["sets"][0]["early_months"] == 24
    assert "Tỉnh có quy định riêng" in sentence(Entry.objects.get(code="personnel.shipped_line_declined"))


def test_a_new_set_and_a_new_row_of_a_list_arrive_whole(taken: Staff) -> None:
    change(taken.keeper, Book.LEAVE, "early@sets.0", early_months=24)
    data = shipped()
    data["base_wage"].append({"since": "2028-01-01", "amount": 3_000_000, "source": data["base_wage"][0]["source"]})
    later = deepcopy(data["sets"][0]) | {"code": "moi", "name": "Nghị định mới", "since": "2030-01-01", "until": None}
    data["sets"].append(later)
    data["sets"][0]["until"] = data["sets"][0]["until"] or "2029-12-31"
    take(Book.LEAVE, data)
    current = reads.newest(Book.LEAVE).data
    assert [one["code"] for one in current["sets"]][-1] == "moi"
    assert current["base_wage"][-1]["amount"] == 3_000_000
    assert current["sets"][0]["early_months"] == 24


def test_a_house_installed_before_has_the_copy_made_at_its_first_change_as_the_base(staff: Staff) -> None:
    change(staff.keeper, Book.LEAVE, "early@sets.0", early_months=24)
    assert not ShippedRuleBook.objects.filter(book=Book.LEAVE, revision__gt=1).exists()
    take(Book.LEAVE, shipped(most_months=72))
    data = reads.newest(Book.LEAVE).data["sets"][0]
    assert (data["early_months"], data["most_months"]) == (24, 72)
