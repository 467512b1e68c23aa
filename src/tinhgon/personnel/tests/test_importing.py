"""Nhập Excel: đọc thử nêu từng dòng làm gì hay sai gì; sai một chỗ thì không ghi gì; đưa lại cùng tệp, hay tệp vừa xuất, thì không đổi gì."""

from datetime import date, timedelta

import pytest

from tinhgon.audit.models import Entry
from tinhgon.audit.selectors import verify
from tinhgon.core.errors import Forbidden, Invalid
from tinhgon.documents.tests.factories import TODAY
from tinhgon.engine.tables import Sheet, read_sheets, write_csv, write_workbook
from tinhgon.org.models import Appointment, Person
from tinhgon.org.tests.factories import BEGINNING, make_appointment, make_person, make_post
from tinhgon.personnel import selectors, services
from tinhgon.personnel.models import Grading, GradingRound, PastWork, Profile, Rotation, Skill, Training
from tinhgon.personnel.selectors.workbook import workbook
from tinhgon.personnel.services.importing import ImportReport, Kind
from tinhgon.personnel.tests.factories import Staff
from tinhgon.personnel.tests.sheets import book, line
from tinhgon.personnel.workbook import MATTERS, SKILLS

MODELS = (Profile, Skill, Training, PastWork, Rotation, GradingRound, Grading, Appointment)


def read(staff: Staff, *, dry_run: bool = False, actor=None, data: bytes = b"", on: date = TODAY, **sheets) -> ImportReport:
    return services.import_profiles(actor or staff.keeper, on=on, data=data or book(**sheets), dry_run=dry_run)


def state() -> list[list[dict[str, object]]]:
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


def whole(staff: Staff) -> dict[str, list[dict[str, str]]]:
    """Mỗi trang vài dòng, đều đúng."""
    return {
        "people": [line(staff, born="01/05/1980", sex="Nữ"), line(staff, "clerk", sex="nam")],
        "skills": [
            line(staff, field="Tham mưu tổng hợp", level="3 thành thạo", main="x", basis="Rà soát 6/2025"),
            line(staff, field="van-thu", level="2", basis="Rà soát 6/2025"),
        ],
        "past": [line(staff, since="01/01/2015", until="31/12/2019", title="Cán bộ", place="Huyện ủy cũ", field="Văn thư, lưu trữ", basis="Sổ bảo hiểm")],
        "gradings": [
            line(staff, period="2024", level="Hoàn thành tốt nhiệm vụ", decree="QĐ 90", decided="15/12/2024"),
            line(staff, "clerk", period="Năm 2024", level="HTNV", decree="QĐ 90", decided="15/12/2024"),
        ],
        "trainings": [line(staff, title="Nghiệp vụ văn thư", finished="30/04/2024", field="van-thu", place="Học viện")],
        "rotations": [line(staff, kind="Chuyển đổi vị trí công tác", since="01/01/2025", due="01/01/2028", basis="NĐ 59/2019")],
    }  # fmt: skip


def test_every_sheet_is_written_at_once_and_each_person_s_log_says_what(staff: Staff) -> None:
    report = read(staff, **whole(staff))
    assert not report.problems
    assert (report.people, len(report.changes)) == (2, 9)
    person = staff.person()
    assert Profile.objects.get(person=person).born_on == date(1980, 5, 1)
    assert [(one.level, one.is_main) for one in Skill.objects.filter(person=person).order_by("field")] == [(3, True), (2, False)]
    assert PastWork.objects.get(person=person).term.upper == date(2020, 1, 1)
    graded = Grading.objects.get(person=person)
    assert (graded.level, graded.round.is_from_paper, graded.round.state, graded.round.decided_on) == ("good", True, "decided", date(2024, 12, 15))
    assert graded.round.unit_id == staff.office
    assert Training.objects.get(person=person).place == "Học viện"
    assert Rotation.objects.get(person=person).kind == Rotation.Kind.CHANGE
    logged = Entry.objects.get(code="personnel.file_imported", target_id=str(person))
    assert "Tham mưu tổng hợp: mức 3" in logged.after["changes"]
    assert "1980" not in str(logged.after)
    assert verify().broken is None


def test_past_work_counts_into_the_years_of_its_field(staff: Staff) -> None:
    read(staff, **whole(staff))
    page = selectors.profile(staff.keeper, staff.person(), on=TODAY)
    assert page is not None
    assert next(round(own.served.years, 1) for own in page.lines if own.field.name == "Văn thư, lưu trữ") == 5.0


def test_the_same_file_twice_changes_nothing(staff: Staff) -> None:
    data = book(**whole(staff))
    read(staff, data=data)
    before, logged = state(), Entry.objects.count()
    report = read(staff, data=data, on=TODAY + timedelta(days=30))
    assert not report.changes
    assert {effect.kind for effect in report.effects} == {Kind.SAME}
    assert state() == before
    assert Entry.objects.count() == logged


def test_what_was_exported_is_imported_without_any_change(staff: Staff) -> None:
    read(staff, **whole(staff))
    before = state()
    report = read(staff, data=workbook(staff.keeper, on=TODAY), on=TODAY)
    assert (report.problems, report.changes, report.notes) == ((), (), ())
    assert {effect.sheet for effect in report.effects} == {matter.title for matter in MATTERS.values()}
    assert state() == before


def test_a_dry_run_says_what_each_row_would_do_and_writes_nothing(staff: Staff) -> None:
    make_post(staff.office, "Chuyên viên tổng hợp")
    before = state()
    report = read(staff, dry_run=True, appointments=[line(staff, unit="Văn phòng Thành ủy", title="Chuyên viên tổng hợp", main="Kiêm nhiệm", since="01/06/2025", decree="QĐ 7")], **whole(staff))
    assert not report.problems
    assert [effect.sentence for effect in report.changes if effect.sheet == "Phân công"] == ["phân công “Chuyên viên tổng hợp” từ 01/06/2025"]
    assert "Tham mưu tổng hợp: mức 3 (thành thạo), lĩnh vực chính" in [effect.sentence for effect in report.changes]
    assert state() == before
    assert not Entry.objects.filter(code__startswith="personnel.").exists()


WRONG = [
    ("people", {"code": "KHONG-CO"}, "code"), ("people", {"code": ""}, "code"), ("people", {"name": "Người Khác Hẳn"}, "name"),
    ("people", {"born": "31/02/1980"}, "born"), ("people", {"born": "01/01/2024"}, "born"), ("people", {"sex": "?"}, "sex"),
    ("skills", {"field": "Bay lượn", "level": "2", "basis": "x"}, "field"), ("skills", {"field": "van-thu", "level": "9", "basis": "x"}, "level"),
    ("skills", {"field": "van-thu", "level": "2"}, "basis"),
    ("past", {"since": "01/01/2015", "until": "01/01/2014", "title": "A", "place": "B", "basis": "x"}, "until"),
    ("past", {"since": "01/01/2015", "until": "01/01/2030", "title": "A", "place": "B", "basis": "x"}, "until"),
    ("trainings", {"title": "Khóa", "finished": "01/01/2030"}, "finished"), ("trainings", {"title": "Khóa", "finished": "01/01/2024", "field": "?"}, "field"),
    ("rotations", {"kind": "luân chuyển", "since": "01/01/2025", "due": "01/01/2024", "basis": "x"}, "due"),
    ("rotations", {"kind": "đi chơi", "since": "01/01/2025", "due": "01/01/2026", "basis": "x"}, "kind"),
    ("gradings", {"period": "sau này", "level": "tốt", "decree": "x", "decided": "15/12/2024"}, "period"),
    ("gradings", {"period": "2025", "level": "tốt", "decree": "x", "decided": "15/12/2024"}, "period"),
    ("gradings", {"period": "2010", "level": "tốt", "decree": "x", "decided": "15/12/2010"}, "unit"),
    ("gradings", {"period": "2024", "level": "giỏi", "decree": "x", "decided": "15/12/2024"}, "level"),
    ("gradings", {"period": "2024", "level": "tốt", "decree": "QĐ 90", "decided": "15/12/2024", "general": "20"}, "general"),
    ("gradings", {"period": "2024", "level": "tốt", "decree": "x", "decided": "15/12/2024", "unit": "Cơ quan lạ"}, "unit"),
    ("appointments", {"unit": "Văn phòng Thành ủy", "title": "Phi công", "since": "01/06/2025", "decree": "QĐ 7"}, "title"),
    ("appointments", {"unit": "Nơi lạ", "title": "Chuyên viên", "since": "01/06/2025", "decree": "QĐ 7"}, "unit"),
    ("appointments", {"post": "V999999", "since": "01/06/2025", "decree": "QĐ 7"}, "post"),
    ("appointments", {"since": "01/06/2025", "decree": "QĐ 7"}, "post"),
]


@pytest.mark.parametrize(("sheet", "cells", "column"), WRONG)
def test_each_wrong_cell_is_named_by_sheet_row_and_column_and_nothing_is_half_done(staff: Staff, sheet: str, cells: dict[str, str], column: str) -> None:
    sheets = whole(staff)
    sheets[sheet] = [*sheets.get(sheet, []), line(staff, "colleague", **cells)]
    number = len(sheets[sheet]) + 1
    header = next(one.header for one in MATTERS[sheet].columns if one.key == column)
    before = state()
    report = read(staff, dry_run=True, **sheets)
    assert [(p.sheet, p.row, p.column) for p in report.problems] == [(MATTERS[sheet].title, number, header)]
    with pytest.raises(Invalid) as refused:
        read(staff, **sheets)
    assert refused.value.sentences == [f"{MATTERS[sheet].title}, dòng {number}: {report.problems[0].sentence}"]
    assert state() == before


def test_two_rows_for_one_person_are_one_clear_sentence(staff: Staff) -> None:
    report = read(staff, dry_run=True, people=[line(staff, sex="nữ"), line(staff, "clerk", sex="nữ"), line(staff, sex="nam")])
    code = Person.objects.get(pk=staff.person()).code
    assert [(p.row, p.column, p.sentence) for p in report.problems] == [
        (4, "Số hiệu cán bộ", f"Dòng 2 cũng là Ngô Văn Viên ({code}): mỗi người một dòng, hãy gộp hai dòng lại.")
    ]


def test_two_main_fields_of_one_person_are_refused(staff: Staff) -> None:
    report = read(staff, dry_run=True, skills=[line(staff, field="tong-hop", level="3", main="x", basis="x"), line(staff, field="van-thu", level="2", main="x", basis="x")])
    assert [(p.row, p.column) for p in report.problems] == [(3, "Lĩnh vực chính")]


def test_a_new_main_field_takes_over_as_on_the_screen(staff: Staff) -> None:
    staff.skill(level=2, main=True)
    read(staff, skills=[line(staff, field="van-thu", level="4", main="chính", basis="x")], on=TODAY + timedelta(days=5))
    now = Skill.objects.filter(person=staff.person(), valid__endswith__isnull=True).order_by("field")
    assert [(one.field.code, one.level, one.is_main) for one in now] == [("tong-hop", 2, False), ("van-thu", 4, True)]


def test_rotations_that_overlap_are_refused_even_between_two_rows(staff: Staff) -> None:
    rows = [line(staff, kind="luân chuyển", since=since, due=due, basis="x") for since, due in (("01/01/2025", "01/01/2026"), ("01/06/2025", "01/06/2026"))]
    assert [(p.row, p.sentence) for p in read(staff, dry_run=True, rotations=rows).problems] == [(3, "Đã có một thời hạn cùng hình thức trong khoảng ngày này.")]


def test_too_many_excellent_grades_are_refused_for_the_whole_round(staff: Staff) -> None:
    best = [line(staff, name, period="2024", level="xuất sắc", decree="QĐ 90", decided="15/12/2024") for name in ("specialist", "clerk", "head", "colleague")]
    report = read(staff, dry_run=True, gradings=best)
    assert [(p.sheet, p.row, p.column) for p in report.problems] == [("Xếp loại", 2, "Mức")]
    assert "4 người xuất sắc trong 4 người từ mức tốt" in report.problems[0].sentence


def test_points_are_kept_where_the_rules_of_the_period_score(staff: Staff) -> None:
    day = date(2025, 11, 1)
    scored = line(staff, period="Quý III/2025", level="tốt", general="28", result="55,5", decree="QĐ 9", decided="10/10/2025")
    read(staff, gradings=[scored], on=day)
    one = Grading.objects.get(person=staff.person())
    assert (one.round.quarter, one.proposed_general, one.proposed_result) == (3, 28, pytest.approx(55.5))
    over = read(staff, dry_run=True, gradings=[scored | {"result": "71"}], on=day)
    assert [(p.column, p.sentence) for p in over.problems] == [("Điểm kết quả", "Điểm từ 0 tới 70.")]


def test_a_result_from_paper_is_corrected_by_the_file_and_a_result_of_the_system_is_not(staff: Staff) -> None:
    read(staff, **whole(staff))
    corrected = [line(staff, period="2024", level="hoàn thành", decree="QĐ 90", decided="15/12/2024")]
    assert [e.sentence for e in read(staff, gradings=corrected).changes] == ["2024: hoàn thành tốt nhiệm vụ thành hoàn thành nhiệm vụ"]
    assert Grading.objects.get(person=staff.person()).level == "done"
    GradingRound.objects.update(is_from_paper=False)
    report = read(staff, dry_run=True, gradings=[corrected[0] | {"level": "tốt"}])
    assert [(p.column, p.sentence) for p in report.problems] == [("Mức", "Kỳ này đã quyết định trong hệ thống (hoàn thành nhiệm vụ): muốn đổi thì qua khiếu nại.")]


def test_a_wrong_entry_is_dropped_and_a_corrected_one_written_in_the_same_file_and_twice_is_once(staff: Staff) -> None:
    sheets = whole(staff)
    read(staff, **sheets)
    for key, cell, value in (("trainings", "place", "Trường khác"), ("past", "until", "31/12/2018"), ("rotations", "due", "01/01/2027"), ("skills", "basis", "Biên bản 5")):
        old = sheets[key][-1]
        clash = read(staff, dry_run=True, **{key: [old | {cell: value}]})
        assert bool(clash.problems) is (key != "skills"), key
        data = book(**{key: [old | {"drop": "x"}, old | {cell: value}]})
        assert {effect.kind for effect in read(staff, data=data).effects} == {Kind.REMOVED, Kind.NEW}
        before = state()
        assert not read(staff, data=data).changes
        assert state() == before
    assert Training.objects.get().place == "Trường khác"
    assert PastWork.objects.get().term.upper == date(2019, 1, 1)
    assert Rotation.objects.get().term.upper == date(2027, 1, 1)


def test_a_dropped_result_of_paper_takes_its_empty_round_with_it(staff: Staff) -> None:
    read(staff, **whole(staff))
    read(staff, gradings=[{**one, "drop": "x"} for one in whole(staff)["gradings"]])
    assert not GradingRound.objects.exists()


class TestAppointments:
    @pytest.fixture
    def moving(self, staff: Staff) -> dict[str, str]:
        person = make_person("Tạ Văn Chuyển")
        make_appointment(person, make_post(staff.room, "Chuyên viên"))
        make_post(staff.office, "Chuyên viên chính")
        return {"code": person.code, "name": person.full_name}

    def test_one_file_ends_a_post_and_starts_another_through_the_verbs_of_the_organisation(self, staff: Staff, moving: dict[str, str]) -> None:
        rows = [
            moving | {"unit": "văn phòng thành ủy", "title": "chuyên viên chính", "since": "01/06/2025", "decree": "QĐ 8"},
            moving | {"unit": "Phòng Tổng hợp", "title": "Chuyên viên", "since": f"{BEGINNING:%d/%m/%Y}", "until": "31/05/2025", "decree": "QĐ 8"},
        ]  # fmt: skip
        report = read(staff, appointments=rows)
        assert [effect.sentence for effect in report.changes] == ["phân công “Chuyên viên chính” từ 01/06/2025", "thôi giữ “Chuyên viên” sau ngày 31/05/2025"]
        held = Appointment.objects.filter(person__code=moving["code"]).order_by("valid")
        assert [(one.post.title, one.valid.lower, one.valid.upper) for one in held] == [
            ("Chuyên viên", BEGINNING, date(2025, 6, 1)), ("Chuyên viên chính", date(2025, 6, 1), None)
        ]  # fmt: skip
        assert Entry.objects.filter(code="org.person.appointed").count() == 1
        assert not read(staff, appointments=rows).changes

    def test_what_the_verb_refuses_is_said_at_its_row(self, staff: Staff, moving: dict[str, str]) -> None:
        before = state()
        row = moving | {"unit": "Văn phòng Thành ủy", "title": "Chuyên viên chính", "since": "01/06/2025", "decree": "QĐ 8"}
        for data in ({"appointments": [row]}, {"appointments": [row | {"decree": ""}]}):
            report = read(staff, dry_run=True, **data)
            assert {(p.sheet, p.row) for p in report.problems} == {("Phân công", 2)}
            with pytest.raises(Invalid):
                read(staff, **data)
        assert state() == before

    def test_an_appointment_written_by_mistake_is_dropped(self, staff: Staff, moving: dict[str, str]) -> None:
        read(staff, appointments=[moving | {"unit": "Phòng Tổng hợp", "title": "Chuyên viên", "since": f"{BEGINNING:%d/%m/%Y}", "decree": "QĐ 8", "drop": "x"}])
        assert Appointment.objects.get(person__code=moving["code"]).valid.isempty


def test_headers_and_sheets_are_recognised_in_the_office_s_own_words(staff: Staff) -> None:
    person = Person.objects.get(pk=staff.person())
    data = write_workbook([
        Sheet("Sheet1", ("STT", "HỌ VÀ TÊN (*)", "Mã CB", "Mảng việc", "Cấp độ", "Minh chứng", "Màu thích"), [("1", person.full_name.upper(), person.code, "Tham mưu tổng hợp", "Thành thạo", "Rà soát", "đỏ")]),
        Sheet("Bồi dưỡng", ("Họ tên", "Mã số", "Tên lớp", "Ngày cấp"), [(person.full_name, person.code, "Lớp A", "1/3/2024")]),
        Sheet("Tạm", ("a", "b"), [("1", "2")]),
    ])  # fmt: skip
    report = read(staff, data=data)
    assert (report.problems, len(report.changes)) == ((), 2)
    assert list(report.notes) == ["Trang Lĩnh vực: không đọc cột “Màu thích”.", "Trang “Tạm” không phải trang hồ sơ nào: đã bỏ qua."]


def test_a_csv_is_one_sheet_known_by_its_columns(staff: Staff) -> None:
    cells = line(staff, field="tong-hop", level="3", basis="x")
    data = write_csv(SKILLS.headers, [[cells.get(column.key, "") for column in SKILLS.columns]])
    assert len(read(staff, data=data).changes) == 1


def test_a_missing_column_is_said_of_its_sheet(staff: Staff) -> None:
    data = write_workbook([Sheet("Luân chuyển", ("Số hiệu", "Họ tên", "Hình thức", "Từ ngày", "Căn cứ"), [("CB1", "A B", "luân chuyển", "01/01/2025", "x")])])
    assert [(p.sheet, p.row, p.sentence) for p in read(staff, data=data, dry_run=True).problems] == [("Luân chuyển", 0, "Thiếu cột “Tới hạn ngày”.")]


def test_the_filled_file_explains_itself_and_lists_what_can_be_chosen(staff: Staff) -> None:
    sheets = {sheet.title: sheet.table for sheet in read_sheets(workbook(staff.keeper, on=TODAY), known=["Cột", "Mã lĩnh vực", *(one.headers[0] for one in MATTERS.values())])}
    assert list(sheets) == ["Hồ sơ", "Phân công", *(["Lĩnh vực"] if Skill.objects.exists() else []), *list(sheets)[2:]]
    assert {row["Trang"] for _number, row in sheets["Cách ghi"].rows} == {matter.title for matter in MATTERS.values()}
    names = {row["Họ và tên"] for _number, row in sheets["Hồ sơ"].rows}
    assert "Ngô Văn Viên" in names
    assert "Hoàng Thị Tổ" not in names  # chính người tải: không ai tự ghi hồ sơ của mình


@pytest.mark.parametrize("who", ["head", "specialist", "administrator", "secretary"])
def test_only_the_organisation_board_imports_and_exports(staff: Staff, who: str) -> None:
    before = state()
    with pytest.raises(Forbidden):
        read(staff, actor=getattr(staff, who), **whole(staff))
    with pytest.raises(Forbidden):
        workbook(getattr(staff, who), on=TODAY)
    assert state() == before


def test_one_s_own_row_cannot_be_imported_by_oneself(staff: Staff) -> None:
    assert [p.row for p in read(staff, dry_run=True, people=[line(staff, "keeper", sex="nam")]).problems] == [2]


def test_the_question_count_does_not_grow_with_the_people(staff: Staff, django_assert_max_num_queries) -> None:
    people = [make_person(f"Người Thứ {number}") for number in range(60)]
    post = make_post(staff.office, "Cán sự", seats=100)
    for person in people:
        make_appointment(person, post)
    own = [{"code": person.code, "name": person.full_name} for person in people]
    with django_assert_max_num_queries(90):
        report = read(
            staff, people=[one | {"sex": "nam"} for one in own], skills=[one | {"field": "van-thu", "level": "2", "basis": "x"} for one in own],
            trainings=[one | {"title": "Lớp", "finished": "01/03/2024"} for one in own],
            gradings=[one | {"period": "2024", "level": "tốt", "decree": "Q", "decided": "15/12/2024"} for one in own],
        )  # fmt: skip
    assert (len(report.changes), report.problems) == (240, ())
