"""Kết quả xếp loại chỉ có trên giấy, ghi từ màn hình: người có thẩm quyền ghi, theo số quyết định, có dấu vết; cùng luật với tệp."""

from datetime import date

import pytest

from tinhgon.audit.models import Entry
from tinhgon.core.errors import Forbidden, Invalid
from tinhgon.documents.tests.factories import TODAY
from tinhgon.org.models import Role
from tinhgon.org.tests.factories import make_actor
from tinhgon.personnel.models import Grade, Grading, GradingRound
from tinhgon.personnel.services.paper_gradings import paper_lines, record_paper_gradings
from tinhgon.personnel.tests.factories import Staff

DECIDED = date(2024, 12, 20)


def write(staff: Staff, levels: dict[str, str], *, actor=None, **changed):
    told = {"unit_id": staff.office, "year": 2024, "quarter": 0, "decree": "QĐ 90-QĐ/TU", "decided": DECIDED} | changed
    return record_paper_gradings(actor or staff.keeper, on=TODAY, levels={staff.person(who): level for who, level in levels.items()}, **told)


def test_the_list_is_of_those_who_held_a_main_post_on_the_last_day_of_the_period(staff: Staff) -> None:
    lines = paper_lines(staff.keeper, on=TODAY, unit_id=staff.office, year=2024, quarter=0)
    assert staff.person() in {line.person_id for line in lines}
    assert {line.level for line in lines} == {""}
    assert paper_lines(staff.keeper, on=TODAY, unit_id=staff.office, year=2015, quarter=0) == []


def test_a_decision_on_paper_is_written_once_with_its_number_and_each_person_s_log_says_it(staff: Staff) -> None:
    report = write(staff, {"specialist": Grade.GOOD, "clerk": Grade.DONE, "head": ""})
    assert len(report.changes) == 2
    round_ = GradingRound.objects.get()
    assert (round_.unit_id, round_.year, round_.quarter, round_.decree, round_.decided_on, round_.is_from_paper) == (staff.office, 2024, 0, "QĐ 90-QĐ/TU", DECIDED, True)
    assert dict(Grading.objects.values_list("person", "level")) == {staff.person(): "good", staff.person("clerk"): "done"}
    assert Entry.objects.filter(code="personnel.file_imported").count() == 2
    again = write(staff, {"specialist": Grade.GOOD, "clerk": Grade.DONE})
    assert again.changes == ()
    levels = {line.person_id: line.level for line in paper_lines(staff.keeper, on=TODAY, unit_id=staff.office, year=2024, quarter=0)}
    assert levels[staff.person()] == "good"


def test_every_fault_is_said_at_its_box_and_nothing_is_written(staff: Staff) -> None:
    write(staff, {"clerk": Grade.DONE})
    before = (list(GradingRound.objects.values()), list(Grading.objects.values()), Entry.objects.count())
    for changed, boxes in (
        ({"decree": "QĐ khác"}, ["decree"]), ({"decided": date(2030, 1, 1), "year": 2023}, ["decided"]), ({"decree": " "}, ["decree"]),
        ({"year": TODAY.year + 1}, ["year"]),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            write(staff, {"specialist": Grade.GOOD}, **changed)
        assert [reason.field for reason in refused.value.reasons] == boxes
    with pytest.raises(Invalid, match="Chưa chọn mức cho ai"):
        write(staff, {"specialist": ""})
    with pytest.raises(Invalid, match="tỉ lệ|xuất sắc"):
        write(staff, {"specialist": Grade.EXCELLENT, "clerk": Grade.EXCELLENT})
    assert (list(GradingRound.objects.values()), list(Grading.objects.values()), Entry.objects.count()) == before


def test_only_the_board_of_the_level_writes_and_never_of_itself(staff: Staff) -> None:
    for other in (staff.head, staff.specialist, staff.secretary, make_actor(staff.north, Role.ORGANISATION_BOARD)):
        with pytest.raises(Forbidden):
            write(staff, {"specialist": Grade.GOOD}, actor=other)
        with pytest.raises(Forbidden):
            paper_lines(other, on=TODAY, unit_id=staff.office, year=2024, quarter=0)
    with pytest.raises(Invalid, match="chính bạn"):
        write(staff, {"keeper": Grade.GOOD}, unit_id=staff.board)
    assert not Grading.objects.exists()
