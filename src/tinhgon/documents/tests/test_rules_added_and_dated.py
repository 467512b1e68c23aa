"""Thêm, bỏ, đưa lại quy tắc; sửa danh sách thẩm quyền, tham số; đổi ngày của bộ: lần nào cũng một phiên bản, văn bản cũ vẫn nhớ bản của mình."""

from datetime import date

import pytest

from tinhgon.audit.models import Entry
from tinhgon.core.errors import Forbidden, Invalid, NotFound
from tinhgon.documents.models import DocumentType, RuleSet, RuleSetVersion
from tinhgon.documents.selectors import rules as reads
from tinhgon.documents.services import rules
from tinhgon.documents.tests.factories import TODAY
from tinhgon.engine.form.parameters import parameters
from tinhgon.engine.form.rules import rule_from

pytestmark = pytest.mark.django_db

CODE = "HD36-2018"
WORDS = {"wording": "Đề cương ký hiệu ĐC", "document": "HD 05", "clause": "", "severity": "warning", "certainty": "seen"}


def revise(actor, rule, **changes):
    return rules.revise_rule(actor, on=TODAY, code=CODE, rule_code=rule, changes=changes, reason="Đối chiếu bản gốc")


def newest():
    return reads.newest(CODE)


def added(actor, kind="type", type_code="de-cuong", reason="Bản gốc có", **values):
    return rules.add_rule(actor, on=TODAY, code=CODE, kind=kind, type_code=type_code, values=WORDS | values, reason=reason)


def free_type():
    known = {rule.data["type"] for rule in newest().of("type")}
    return next(code for code in DocumentType.objects.values_list("code", flat=True) if code not in known)


def test_who_may_not_issue_a_type_can_be_changed(office):
    version = revise(office.head, "authority.quy-che", no=["standing.commune", "cell"])
    assert version.number == 2
    assert newest().rule("authority.quy-che").data == {"type": "quy-che", "no": ["standing.commune", "cell"]}


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("mark.secret", {"allowed": ["MẬT", "TỐI MẬT"]}), ("number.colon", {"colon": True}), ("organ.district", {"since": "2025-07-15"}),
        ("address.word", {"words": {"to-trinh": "Kính gửi"}}), ("measure.font", {"use": "Tinos"}), ("measure.position_bold", {"use": True}),
    ],
)  # fmt: skip
def test_every_kind_of_parameter_can_be_changed(office, rule, changes):
    revise(office.head, rule, **changes)
    assert {name: newest().rule(rule).data[name] for name in changes} == changes


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("authority.quy-che", {"no": []}), ("authority.quy-che", {"no": ["ai đó"]}), ("mark.secret", {"allowed": [" "]}),
        ("number.colon", {"colon": "có"}), ("organ.district", {"since": "mai"}), ("address.word", {"words": {"to-trinh": ""}}),
        ("measure.font", {"use": ""}), ("measure.top", {"min": "hai mươi"}),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_shape_is_refused_beside_its_box(office, rule, changes):
    with pytest.raises(Invalid) as refused:
        revise(office.head, rule, **changes)
    assert [reason.field for reason in refused.value.reasons] == list(changes)
    assert RuleSetVersion.objects.count() == 3


def test_what_a_rule_is_about_never_changes(office):
    with pytest.raises(Invalid):
        revise(office.head, "authority.quy-che", type="chi-thi")
    assert newest().version == 1


def test_a_type_is_added_used_removed_and_brought_back(office):
    code = free_type()
    added(office.head, type_code=code, abbreviation="ĐC")
    assert newest().abbreviation(code) == "ĐC"
    rules.remove_rule(office.head, on=TODAY, code=CODE, rule_code=f"type.{code}", reason="Nhầm")
    assert newest().abbreviation(code) is None
    assert [rule.code for rule in reads.removed_rules(newest())] == [f"type.{code}"]
    back = rules.bring_back_rule(office.head, on=TODAY, code=CODE, rule_code=f"type.{code}", reason="Không nhầm")
    assert (newest().abbreviation(code), back.number, reads.removed_rules(newest())) == ("ĐC", 4, ())
    assert list(Entry.objects.filter(code__startswith="documents.rule_").order_by("sequence").values_list("code", flat=True)) == [
        "documents.rule_added", "documents.rule_removed", "documents.rule_added",
    ]  # fmt: skip


def test_a_check_removed_comes_back_as_it_last_was(office):
    revise(office.head, "number.pad", severity="blocking")
    rules.remove_rule(office.head, on=TODAY, code=CODE, rule_code="number.pad", reason="Bỏ thử")
    rules.bring_back_rule(office.head, on=TODAY, code=CODE, rule_code="number.pad", reason="Đưa lại")
    assert newest().rule("number.pad").severity == "blocking"


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ({"kind": "check"}, "documents.rule_kind"), ({"type_code": "khong-co"}, "documents.type"), ({"type_code": "nghi-quyet"}, "documents.rule_known"),
        ({"reason": " "}, "documents.missing"), ({"wording": ""}, "documents.missing"), ({"kind": "authority", "no": []}, "documents.rule_value"),
    ],
)  # fmt: skip
def test_a_wrong_addition_is_refused_and_nothing_is_kept(office, extra, code):
    with pytest.raises(Invalid) as refused:
        added(office.head, **{"type_code": free_type()} | extra)
    assert code in {reason.code for reason in refused.value.reasons}
    assert RuleSetVersion.objects.count() == 3


def test_a_rule_that_is_not_there_is_neither_removed_nor_brought_back(office):
    for verb in (rules.remove_rule, rules.bring_back_rule):
        with pytest.raises(NotFound):
            verb(office.head, on=TODAY, code=CODE, rule_code="khong.co", reason="Thử")
    with pytest.raises(Invalid):
        rules.bring_back_rule(office.head, on=TODAY, code=CODE, rule_code="number.pad", reason="Đang có")
    assert newest().version == 1


def redate(actor, since=date(2018, 4, 3), until=date(2026, 5, 26), note="", reason="Bản gốc ghi ngày khác", code=CODE):
    return rules.redate_set(actor, on=TODAY, code=code, since=since, until=until, note=note, reason=reason)


def test_the_days_of_a_set_change_and_each_version_keeps_its_own(office):
    first = newest()
    redate(office.head, until=date(2026, 1, 11))
    redate(office.head, code="HD05-2026", since=date(2026, 1, 12), until=None)
    assert rules_code(date(2026, 1, 11)) == CODE
    assert rules_code(date(2026, 1, 12)) == "HD05-2026"
    assert (newest().until, reads.version(first.version_id).until) == (date(2026, 1, 12), date(2026, 5, 27))
    entry = Entry.objects.filter(code="documents.rule_set_redated").order_by("sequence").first()
    assert (entry.before["until"], entry.after["until"]) == ("2026-05-26", "2026-01-11")


def rules_code(day):
    return reads.rules_on(day).code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"until": date(2026, 12, 31)}, "documents.rule_sets_overlap"), ({"until": None}, "documents.rule_sets_overlap"),
        ({"until": date(2018, 1, 1)}, "documents.rule_dates"), ({"until": date(2026, 1, 1), "reason": ""}, "documents.missing"),
    ],
)  # fmt: skip
def test_one_day_never_has_two_sets(office, changes, code):
    before = list(RuleSet.objects.values_list("code", "valid"))
    with pytest.raises(Invalid) as refused:
        redate(office.head, **changes)
    assert code in {reason.code for reason in refused.value.reasons}
    assert list(RuleSet.objects.values_list("code", "valid")) == before
    assert RuleSetVersion.objects.count() == 3


@pytest.mark.parametrize("who", ["clerk", "specialist", "secretary", "north_head", "administrator"])
def test_nobody_else_adds_removes_or_redates(office, who):
    actor = getattr(office, who)
    for verb in (
        lambda: added(actor, type_code=free_type()), lambda: redate(actor, until=date(2026, 1, 1)),
        lambda: rules.remove_rule(actor, on=TODAY, code=CODE, rule_code="number.pad", reason="Thử"),
        lambda: rules.bring_back_rule(actor, on=TODAY, code=CODE, rule_code="number.pad", reason="Thử"),
    ):  # fmt: skip
        with pytest.raises(Forbidden):
            verb()
    assert RuleSetVersion.objects.count() == 3


def test_a_document_remembers_the_version_that_checked_it(office):
    document = office.checked_draft()
    checked = document.checked_by_id
    assert checked == newest().version_id
    rules.remove_rule(office.head, on=TODAY, code=CODE, rule_code="number.pad", reason="Bỏ")
    redate(office.head, until=date(2026, 1, 1))
    document.refresh_from_db()
    assert document.checked_by_id == checked
    assert reads.version(checked).rule("number.pad") is not None


def test_every_parameter_of_the_shipped_sets_has_a_shape_it_fits():
    for version in RuleSetVersion.objects.all():
        for row in version.rules:
            rule = rule_from(row)
            assert {one.name for one in parameters(rule)} | {"type", "name", "unit", "by"} >= set(rule.data), rule.code
