"""Nhập Excel: đọc thử nêu mọi chỗ sai theo dòng; hai dòng cho một người là một câu rõ; sai một chỗ thì không ghi gì."""

from datetime import date

import pytest

from tinhgon.core.errors import Forbidden, Invalid
from tinhgon.documents.tests.factories import TODAY
from tinhgon.engine.tables import write_csv
from tinhgon.org.models import Person
from tinhgon.personnel import services
from tinhgon.personnel.models import Profile, Skill
from tinhgon.personnel.services.importing import COLUMNS
from tinhgon.personnel.tests.factories import Staff


def line(staff: Staff, name: str = "specialist", **cells: str) -> list[str]:
    person = Person.objects.get(pk=staff.person(name))
    values = {"Số hiệu cán bộ": person.code, "Họ và tên": person.full_name, "Căn cứ": "Rà soát 6/2025"} | cells
    return [values.get(column, "") for column in COLUMNS]


def read(staff: Staff, *rows: list[str], dry_run: bool = False, actor=None):
    return services.import_profiles(actor or staff.keeper, on=TODAY, data=write_csv(COLUMNS, rows), dry_run=dry_run)


GOOD = {"Ngày sinh": "01/05/1980", "Giới tính": "Nữ", "Lĩnh vực chính": "Tham mưu tổng hợp: 3", "Lĩnh vực khác": "Văn thư, lưu trữ: 2; to-chuc: 1"}


def test_a_clean_file_is_written_at_once(staff: Staff) -> None:
    report = read(staff, line(staff, **GOOD), line(staff, "clerk", **{"Lĩnh vực chính": "van-thu: 4"}))
    assert (report.people, report.skills, report.private) == (2, 4, 1)
    skills = Skill.objects.filter(person=staff.person()).order_by("field")
    assert [(skill.level, skill.is_main) for skill in skills] == [(3, True), (2, False), (1, False)]
    assert Profile.objects.get(person=staff.person()).born_on == date(1980, 5, 1)


def test_a_second_reading_changes_nothing(staff: Staff) -> None:
    read(staff, line(staff, **GOOD))
    before = list(Skill.objects.values_list("pk", flat=True))
    assert read(staff, line(staff, **GOOD)).skills == 0
    assert list(Skill.objects.values_list("pk", flat=True)) == before


def test_a_dry_run_writes_nothing(staff: Staff) -> None:
    assert read(staff, line(staff, **GOOD), dry_run=True).skills == 3
    assert not Skill.objects.exists()
    assert not Profile.objects.exists()


def test_two_rows_for_one_person_are_one_clear_sentence_and_nothing_is_half_done(staff: Staff) -> None:
    rows = [line(staff, **GOOD), line(staff, "clerk", **GOOD), line(staff, **{"Lĩnh vực chính": "van-thu: 2"})]
    report = read(staff, *rows, dry_run=True)
    code = Person.objects.get(pk=staff.person()).code
    assert [(p.row, p.column, p.sentence) for p in report.problems] == [
        (4, "Số hiệu cán bộ", f"Dòng 2 cũng là Ngô Văn Viên ({code}): mỗi người một dòng, hãy gộp hai dòng lại.")
    ]
    with pytest.raises(Invalid):
        read(staff, *rows)
    assert not Skill.objects.exists()


@pytest.mark.parametrize(("cells", "column"), [
    ({"Số hiệu cán bộ": "KHONG-CO"}, "Số hiệu cán bộ"),
    ({"Số hiệu cán bộ": ""}, "Số hiệu cán bộ"),
    ({"Họ và tên": "Người Khác Hẳn"}, "Họ và tên"),
    ({"Ngày sinh": "31/02/1980"}, "Ngày sinh"),
    ({"Ngày sinh": "01/01/2024"}, "Ngày sinh"),
    ({"Giới tính": "?"}, "Giới tính"),
    ({"Lĩnh vực chính": "tong-hop: 9"}, "Lĩnh vực chính"),
    ({"Lĩnh vực chính": "Bay lượn: 3"}, "Lĩnh vực chính"),
    ({"Lĩnh vực chính": "tong-hop: 3; van-thu: 2"}, "Lĩnh vực chính"),
    ({"Lĩnh vực chính": "tong-hop: 3", "Lĩnh vực khác": "tong-hop: 2"}, "Lĩnh vực khác"),
    ({"Lĩnh vực chính": "tong-hop: 3", "Căn cứ": ""}, "Căn cứ"),
])  # fmt: skip
def test_each_wrong_cell_is_named_by_row_and_column(staff: Staff, cells: dict[str, str], column: str) -> None:
    report = read(staff, line(staff, "clerk"), line(staff, **cells), dry_run=True)
    assert [(problem.row, problem.column) for problem in report.problems] == [(3, column)]


def test_a_missing_column_is_said_of_the_whole_file(staff: Staff) -> None:
    report = services.import_profiles(staff.keeper, on=TODAY, data=write_csv(COLUMNS[:2], [("CB1", "A B")]), dry_run=True)
    assert [(p.row, p.sentence) for p in report.problems] == [(0, "Thiếu cột “Căn cứ”.")]


@pytest.mark.parametrize("who", ["head", "specialist", "administrator", "secretary"])
def test_only_the_organisation_board_imports(staff: Staff, who: str) -> None:
    with pytest.raises(Forbidden):
        read(staff, line(staff, **GOOD), actor=getattr(staff, who))
    assert not Skill.objects.exists()


def test_one_s_own_row_cannot_be_imported_by_oneself(staff: Staff) -> None:
    assert [p.row for p in read(staff, line(staff, "keeper", **GOOD), dry_run=True).problems] == [2]
