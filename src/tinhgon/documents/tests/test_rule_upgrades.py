"""Đợt quy tắc mới vào nhà đã cài: điều cơ quan chưa sửa thì theo, điều đã sửa thì giữ và hỏi; văn bản vẫn nhớ phiên bản đã kiểm tra nó."""

from copy import deepcopy

import pytest

from tinhgon.audit.models import Entry
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Refused
from tinhgon.documents import rule_data
from tinhgon.documents.models import RuleProposal, RuleSet, RuleSetVersion, ShippedRules
from tinhgon.documents.selectors import rules as reads
from tinhgon.documents.services import rule_upgrade, rules
from tinhgon.documents.tests.factories import TODAY
from tinhgon.engine.form.upgrading import upgraded

pytestmark = pytest.mark.django_db

CODE = "HD36-2018"
LETTER, REPORT, PLAN = "type.cong-van", "type.bao-cao", "type.ke-hoach"


def shipped(ahead=1, *, without=(), head=None, **wordings):
    """Đợt sau (``ahead`` đợt) của bộ đi kèm: đổi câu của vài quy tắc."""
    one = deepcopy(next(found for found in rule_data.shipped() if found["code"] == CODE))
    changed = {name.replace("__", ".").replace("_", "-"): wording for name, wording in wordings.items()}
    one["rules"] = [row | {"wording": changed.get(row["code"], row["wording"])} for row in one["rules"] if row["code"] not in without]
    return one | {"revision": one["revision"] + ahead, "revised": "2026-12-01", "revision_source": "Đối chiếu bản gốc"} | (head or {})


def revise(actor, code, wording):
    return rules.revise_rule(actor, on=TODAY, code=CODE, rule_code=code, changes={"wording": wording}, reason="Theo bản gốc")


def wording(code):
    found = reads.newest(CODE).rule(code)
    return found.wording if found else None


def test_a_newer_revision_becomes_a_version_with_its_day_and_source(office):
    before = reads.newest(CODE)
    rule_upgrade.take(shipped(type__bao_cao="Báo cáo ký hiệu BC, đợt hai"))
    after = reads.history(CODE)[0]
    assert (after.number, after.author_id) == (before.version + 1, None)
    assert after.reason == f"Đợt đi kèm {shipped()['revision']}, ngày 01/12/2026: Đối chiếu bản gốc"
    assert wording(REPORT) == "Báo cáo ký hiệu BC, đợt hai"
    assert Entry.objects.filter(code="documents.rules_shipped").count() == 1


def test_the_same_revision_again_changes_nothing(office):
    rule_upgrade.take(shipped(type__bao_cao="Đợt hai"))
    kept = RuleSetVersion.objects.count(), ShippedRules.objects.count()
    rule_upgrade.take(shipped(type__bao_cao="Đợt hai"))
    rule_upgrade.take_shipped()
    assert (RuleSetVersion.objects.count(), ShippedRules.objects.count()) == kept


def test_what_the_office_edited_stays_and_the_rest_follows(office):
    revise(office.head, REPORT, "Báo cáo của cơ quan")
    rule_upgrade.take(shipped(type__bao_cao="Báo cáo đợt hai", type__ke_hoach="Kế hoạch đợt hai"))
    assert (wording(REPORT), wording(PLAN)) == ("Báo cáo của cơ quan", "Kế hoạch đợt hai")
    (offered,) = reads.offered(CODE)
    assert [(one.field, one.before, one.after) for one in offered.changes] == [("wording", "Báo cáo của cơ quan", "Báo cáo đợt hai")]


def test_an_edit_the_new_revision_does_not_touch_is_no_question(office):
    revise(office.head, REPORT, "Báo cáo của cơ quan")
    rule_upgrade.take(shipped(type__ke_hoach="Kế hoạch đợt hai"))
    assert wording(REPORT) == "Báo cáo của cơ quan"
    assert not reads.offered(CODE)


def test_accepting_makes_the_next_version_and_the_old_one_stays(office):
    own = revise(office.head, REPORT, "Báo cáo của cơ quan")
    rule_upgrade.take(shipped(type__bao_cao="Báo cáo đợt hai"))
    (offered,) = reads.offered(CODE)
    made = rule_upgrade.accept_shipped(office.head, on=TODAY, code=CODE, proposal_id=offered.proposal.pk, reason="Đúng bản gốc")
    assert (made.number, wording(REPORT)) == (own.number + 1, "Báo cáo đợt hai")
    assert reads.version(own.pk).rule(REPORT).wording == "Báo cáo của cơ quan"
    assert not reads.offered(CODE)
    assert Entry.objects.filter(code="documents.shipped_rule_accepted").exists()
    with pytest.raises(Refused, match="đã được quyết định"):
        rule_upgrade.accept_shipped(office.head, on=TODAY, code=CODE, proposal_id=offered.proposal.pk, reason="Lần nữa")


def test_keeping_ones_own_is_remembered_until_the_rule_changes_again(office):
    revise(office.head, REPORT, "Báo cáo của cơ quan")
    rule_upgrade.take(shipped(type__bao_cao="Đợt hai"))
    count = RuleSetVersion.objects.count()
    (offered,) = reads.offered(CODE)
    rule_upgrade.decline_shipped(office.head, on=TODAY, code=CODE, proposal_id=offered.proposal.pk, reason="Lệ của cơ quan")
    assert RuleSetVersion.objects.count() == count
    assert not reads.offered(CODE)
    rule_upgrade.take(shipped(2, type__bao_cao="Đợt hai", type__ke_hoach="Khác"))
    assert not reads.offered(CODE)
    rule_upgrade.take(shipped(4, type__bao_cao="Đợt bốn", type__ke_hoach="Khác"))
    assert [each.proposal.row["wording"] for each in reads.offered(CODE)] == ["Đợt bốn"]


def test_a_later_revision_replaces_the_question_of_the_former(office):
    revise(office.head, REPORT, "Báo cáo của cơ quan")
    rule_upgrade.take(shipped(type__bao_cao="Đợt hai"))
    rule_upgrade.take(shipped(2, type__bao_cao="Đợt ba"))
    assert list(RuleProposal.objects.order_by("pk").values_list("state", flat=True)) == ["replaced", "open"]


def test_a_rule_the_office_removed_is_not_brought_back_behind_its_back(office):
    rules.remove_rule(office.head, on=TODAY, code=CODE, rule_code=REPORT, reason="Không dùng")
    rule_upgrade.take(shipped(type__bao_cao="Đợt hai"))
    assert wording(REPORT) is None
    (offered,) = reads.offered(CODE)
    rule_upgrade.accept_shipped(office.head, on=TODAY, code=CODE, proposal_id=offered.proposal.pk, reason="Dùng lại")
    assert wording(REPORT) == "Đợt hai"


def test_a_rule_the_new_revision_drops_goes_unless_the_office_edited_it(office):
    revise(office.head, REPORT, "Báo cáo của cơ quan")
    rule_upgrade.take(shipped(without=(REPORT, PLAN)))
    assert (wording(REPORT), wording(PLAN)) == ("Báo cáo của cơ quan", None)
    (offered,) = reads.offered(CODE)
    rule_upgrade.accept_shipped(office.head, on=TODAY, code=CODE, proposal_id=offered.proposal.pk, reason="Bỏ theo")
    assert wording(REPORT) is None


def test_new_dates_of_a_set_follow_unless_the_office_set_its_own(office):
    rule_upgrade.take(shipped(head={"note": "Ghi chú đợt hai"}))
    found = RuleSet.objects.get(code=CODE)
    assert found.note == "Ghi chú đợt hai"
    rules.redate_set(office.head, on=TODAY, code=CODE, since=found.valid.lower, until=reads.last_day(found), note="Của cơ quan", reason="Ghi rõ")
    rule_upgrade.take(shipped(2, head={"note": "Ghi chú đợt ba"}))
    assert RuleSet.objects.get(code=CODE).note == "Của cơ quan"
    (offered,) = reads.offered(CODE)
    assert [(one.field, one.before, one.after) for one in offered.changes] == [("note", "Của cơ quan", "Ghi chú đợt ba")]
    rule_upgrade.accept_shipped(office.head, on=TODAY, code=CODE, proposal_id=offered.proposal.pk, reason="Theo bản đi kèm")
    assert RuleSet.objects.get(code=CODE).note == "Ghi chú đợt ba"


def test_a_set_the_house_does_not_have_comes_whole(office):
    rule_upgrade.take(shipped(1, head={"code": "HD99-2030", "since": "2030-01-01", "until": None, "name": "Hướng dẫn 99"}))
    assert reads.newest("HD99-2030").version == 1
    assert len(reads.newest("HD99-2030").rules) == len(reads.newest(CODE).rules)


def test_a_checked_document_keeps_the_version_that_checked_it(office):
    document = office.checked_draft()
    checked = document.checked_by_id
    rule_upgrade.take(shipped(type__bao_cao="Đợt hai"))
    document.refresh_from_db()
    assert document.checked_by_id == checked != reads.newest(CODE).version_id
    assert reads.version(checked).rule(REPORT).wording != "Đợt hai"


def test_only_who_keeps_the_shared_rules_decides_and_with_a_reason(office):
    revise(office.head, REPORT, "Báo cáo của cơ quan")
    rule_upgrade.take(shipped(type__bao_cao="Đợt hai"))
    (offered,) = reads.offered(CODE)
    told = {"on": TODAY, "code": CODE, "proposal_id": offered.proposal.pk}
    for verb in (rule_upgrade.accept_shipped, rule_upgrade.decline_shipped):
        with pytest.raises(Forbidden):
            verb(office.specialist, **told, reason="Muốn thế")
        with pytest.raises(Invalid):
            verb(office.head, **told, reason=" ")
        with pytest.raises(NotFound):
            verb(office.head, **(told | {"code": "HD05-2026"}), reason="Nhầm bộ")
    assert wording(REPORT) == "Báo cáo của cơ quan"
    assert len(reads.offered(CODE)) == 1


def test_rules_are_never_mixed_cell_by_cell():
    base = [{"code": "a", "wording": "1", "document": "x"}]
    own = [{"code": "a", "wording": "2", "document": "x"}]
    new = [{"code": "a", "wording": "1", "document": "y"}]
    assert upgraded(base, own, new).rules == own
    assert upgraded(base, own, new).contested == ("a",)


def test_what_both_sides_changed_alike_is_no_question():
    base, both = [{"code": "a", "v": 1}], [{"code": "a", "v": 2}]
    assert (upgraded(base, both, both).contested, upgraded(base, both, both).taken) == ((), 0)


def test_the_list_does_not_count_what_the_office_already_matched(office):
    revise(office.head, REPORT, "Báo cáo của cơ quan")
    rule_upgrade.take(shipped(type__bao_cao="Báo cáo đợt hai"))
    assert {row.rule_set.code: row.waiting for row in reads.sets(on=TODAY)}[CODE] == 1
    revise(office.head, REPORT, "Báo cáo đợt hai")
    assert reads.offered(CODE) == []
    assert {row.rule_set.code: row.waiting for row in reads.sets(on=TODAY)}[CODE] == 0
