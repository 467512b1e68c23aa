"""Bộ quy tắc: chọn theo ngày ban hành và loại cơ quan; phiên bản đã ghi không đổi; dữ liệu đi kèm đủ nguồn."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from tinhgon.documents import rule_data
from tinhgon.documents.models import DocumentType, OrganStyle, RuleSet, RuleSetVersion
from tinhgon.documents.selectors import rules
from tinhgon.engine.form.rules import RuleKind, Severity, rule_from
from tinhgon.engine.paper import Layout

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "code", "in_force"),
    [
        (date(2018, 4, 2), "HD36-2018", False), (date(2018, 4, 3), "HD36-2018", True),
        (date(2026, 5, 26), "HD36-2018", True), (date(2026, 5, 27), "HD05-2026", True), (date(2030, 1, 1), "HD05-2026", True),
    ],
)  # fmt: skip
def test_a_party_document_obeys_the_rules_of_its_own_day(day, code, in_force):
    found = rules.rules_on(day)
    assert (found.code, found.in_force, found.side) == (code, in_force, Layout.PARTY)


def test_a_state_organ_obeys_the_state_rules(office):
    OrganStyle.objects.create(unit_id=office.board, side="state")
    found = rules.rules_on(date(2026, 6, 1), office.board)
    assert (found.code, found.side, found.measures.position_bold) == ("ND30-2020", Layout.STATE, True)
    assert rules.side_of(office.board) == "state"
    assert rules.side_of(office.city) == rules.side_of(None) == "party"


def test_the_newest_version_of_a_set_is_used_and_the_old_stays_readable():
    old = rules.newest("HD05-2026")
    RuleSetVersion.objects.create(
        rule_set=RuleSet.objects.get(code="HD05-2026"), number=2, rules=[], made_at="2026-06-01T00:00:00Z", reason="Thử",
        valid=(date(2026, 5, 27), None),
    )  # fmt: skip
    assert rules.rules_on(date(2026, 6, 1)).version == 2
    assert rules.version(old.version_id).rules == old.rules


@pytest.mark.parametrize("sql", ["UPDATE documents_rule_set_version SET reason = 'x'", "DELETE FROM documents_rule_set_version"])
def test_a_recorded_version_cannot_be_changed_even_by_sql(sql):
    before = list(RuleSetVersion.objects.values())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        RuleSetVersion.objects.raw(sql)._fetch_all()
    assert list(RuleSetVersion.objects.values()) == before


def test_quyet_dinh_and_quy_dinh_share_a_symbol_in_the_party_and_not_in_the_state():
    party, state = rules.newest("HD05-2026"), rules.newest("ND30-2020")
    assert party.abbreviation("quyet-dinh") == party.abbreviation("quy-dinh") == "QĐ"
    assert (state.abbreviation("quyet-dinh"), state.abbreviation("quy-dinh")) == ("QĐ", "QyĐ")
    assert party.abbreviation("cong-dien") is None


def test_every_rule_names_its_source_and_every_type_is_in_the_catalogue():
    known = set(DocumentType.objects.values_list("code", flat=True))
    for one in rule_data.shipped():
        for rule in map(rule_from, one["rules"]):
            assert rule.wording, rule.code
            assert rule.document, rule.code
            if rule.kind in (RuleKind.TYPE, RuleKind.AUTHORITY):
                assert rule.data["type"] in known


def test_rules_where_sources_disagree_never_block():
    for one in rule_data.shipped():
        for rule in map(rule_from, one["rules"]):
            if rule.certainty in ("conflict", "memory"):
                assert rule.severity != Severity.BLOCKING, rule.code


def test_measures_used_lie_inside_their_range_and_the_layout_is_the_published_one():
    for one in rule_data.shipped():
        for rule in map(rule_from, one["rules"]):
            if rule.kind == RuleKind.MEASURE and rule.data["unit"] in ("mm", "pt"):
                assert rule.data["min"] <= rule.data["use"] <= rule.data["max"], rule.code
    m = rules.newest("HD05-2026").measures
    assert (m.top, m.bottom, m.left, m.right, m.motto_size, m.body_size, m.indent) == (20, 20, 30, 15, 15, 14, 10)
    assert m.font == "Times New Roman"


def test_loading_again_leaves_edited_sets_alone():
    count = RuleSetVersion.objects.count()
    rule_data.load(RuleSet, RuleSetVersion)
    assert RuleSetVersion.objects.count() == count == 3
