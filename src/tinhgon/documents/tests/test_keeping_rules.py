"""Sửa quy tắc: chánh văn phòng của cấp ủy cao nhất, có lý do, thành phiên bản mới; bản cũ còn nguyên."""

import pytest

from tinhgon.audit.models import Entry
from tinhgon.core.errors import Forbidden, Invalid, NotFound
from tinhgon.documents.models import OrganStyle, RuleSetVersion
from tinhgon.documents.selectors import rules as reads
from tinhgon.documents.services import rules
from tinhgon.documents.tests.factories import TODAY
from tinhgon.org.models import Kind, Role
from tinhgon.org.tests.factories import make_actor, make_unit

pytestmark = pytest.mark.django_db

CODE, RULE = "HD05-2026", "number.pad"


def revise(actor, **changes):
    reason = changes.pop("reason", "Đối chiếu bản gốc")
    return rules.revise_rule(actor, on=TODAY, code=CODE, rule_code=changes.pop("rule", RULE), changes=changes, reason=reason)


def test_a_change_makes_a_version_with_author_and_reason(office):
    old = reads.newest(CODE)
    version = revise(office.head, severity="blocking", certainty="seen", clause="mục 3")
    new = reads.newest(CODE)
    assert (version.number, new.version, version.reason) == (2, 2, "Đối chiếu bản gốc")
    assert version.author.full_name == "Lê Văn Chánh"
    assert (new.rule(RULE).severity, new.rule(RULE).clause) == ("blocking", "mục 3")
    assert reads.version(old.version_id).rule(RULE).severity == "warning"
    assert {(one.code, one.field, one.before, one.after) for one in reads.changes_in(new)} == {
        (RULE, "severity", "warning", "blocking"), (RULE, "certainty", "second_hand", "seen"),
        (RULE, "clause", "số và ký hiệu", "mục 3"),
    }  # fmt: skip
    assert Entry.objects.filter(code="documents.rule_revised").count() == 1


def test_a_measure_and_an_abbreviation_can_be_changed(office):
    revise(office.head, rule="measure.body_size", min=13, max=14, use=13)
    revise(office.head, rule="type.tuyen-bo", abbreviation="TBo", certainty="seen")
    now = reads.newest(CODE)
    assert (now.measures.body_size, now.abbreviation("tuyen-bo"), now.version) == (13, "TBo", 3)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"severity": "blocking", "reason": " "}, "documents.missing"),
        ({"wording": ""}, "documents.missing"),
        ({"document": ""}, "documents.missing"),
        ({"severity": "nặng"}, "documents.severity"),
        ({"certainty": "chắc"}, "documents.certainty"),
        ({"severity": "blocking", "certainty": "conflict"}, "documents.conflict_never_blocks"),
        ({}, "documents.nothing_changed"),
        ({"rule": "measure.body_size", "min": 15, "max": 14, "use": 14}, "documents.measure_range"),
    ],
)
def test_a_wrong_change_is_refused_and_nothing_is_kept(office, changes, code):
    with pytest.raises(Invalid) as refused:
        revise(office.head, **changes)
    assert code in {reason.code for reason in refused.value.reasons}
    assert RuleSetVersion.objects.count() == 3


def test_every_wrong_field_is_told_at_once(office):
    with pytest.raises(Invalid) as refused:
        revise(office.head, wording="", severity="nặng", reason="")
    assert len(refused.value.reasons) == 3


@pytest.mark.parametrize("who", ["clerk", "specialist", "secretary", "board_head", "north_head", "inspector", "administrator"])
def test_nobody_else_may_change_a_rule(office, who):
    with pytest.raises(Forbidden):
        revise(getattr(office, who), severity="blocking")
    assert RuleSetVersion.objects.count() == 3


def test_the_office_of_a_lower_committee_may_not_change_what_all_share(office):
    lower = make_unit("Văn phòng Đảng ủy phường Bắc", office.north, kind=Kind.OFFICE)
    head = make_actor(lower, Role.OFFICE_HEAD)
    with pytest.raises(Forbidden):
        revise(head, severity="blocking")
    style = rules.set_style(head, on=TODAY, unit_id=office.north, side="party", spelling="old", letter_opening="về việc")
    assert (style.spelling, style.letter_opening) == ("old", "về việc")
    with pytest.raises(Forbidden):
        rules.set_style(head, on=TODAY, unit_id=office.south, side="state", spelling="new", letter_opening="V/v")
    assert OrganStyle.objects.count() == 1


def test_a_style_names_an_organ_and_known_choices(office):
    with pytest.raises(Invalid) as refused:
        rules.set_style(office.head, on=TODAY, unit_id=office.room, side="church", spelling="x", letter_opening="y")
    assert len(refused.value.reasons) == 4
    assert not OrganStyle.objects.exists()


def test_an_unknown_set_or_rule_is_not_found(office):
    with pytest.raises(NotFound):
        revise(office.head, rule="no.such")
