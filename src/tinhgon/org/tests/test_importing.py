"""Nhập tổ chức từ tệp: mọi chỗ sai được nêu theo dòng và cột; sai một chỗ thì không ghi gì; xuất rồi nhập ra cùng một tổ chức."""

from datetime import date

import pytest

from tinhgon.audit.models import Entry
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import Forbidden, Invalid
from tinhgon.engine.tables import Sheet, write_csv, write_workbook
from tinhgon.org.importing import exporting
from tinhgon.org.importing.columns import TABLES, TITLES
from tinhgon.org.models import (
    Appointment,
    ExternalCode,
    Person,
    Post,
    Role,
    Term,
    Unit,
    UnitFunction,
    UnitVersion,
)
from tinhgon.org.selectors import people, succession, units
from tinhgon.org.services.catalogue import ensure_catalogue
from tinhgon.org.services.importing import import_organisation
from tinhgon.org.tests.factories import MOVING_DAY, make_actor, make_person, make_post

pytestmark = pytest.mark.django_db

UNITS = """Mã đơn vị,Tên,Loại,Cấp,Mã cấp trên,Từ ngày,Đến hết ngày,Chức năng,Nhiệm kỳ,Mã ngoài
TU,Thành ủy,cấp ủy,tỉnh,,01/01/2020,,,Nhiệm kỳ XI,
VPTU,Văn phòng Thành ủy,office,province,TU,2020-01-01,,vt-van-ban; vt-luu-tru,,
BN,Đảng ủy phường Bến Nghé,Cấp ủy,xã,TU,01/01/2020,30/6/2025,,,DVHC:2020:26740
BN,Đảng ủy phường Sài Gòn,Cấp ủy,xã,TU,1/7/2025,,,,
"""
POSTS = """Mã vị trí,Mã đơn vị,Chức danh,Vai trò,Thứ bậc,Số người,Độ mật,Từ ngày,Đến hết ngày
CVP,VPTU,Chánh Văn phòng,office_head,1,1,3,01/01/2020,
CV,VPTU,Chuyên viên,Chuyên viên,,2,,01/01/2020,
"""
PEOPLE = "Số hiệu,Họ và tên\nA1,Nguyễn Văn An\nB2,Trần Thị Bình\n"
APPOINTMENTS = """Số hiệu,Mã vị trí,Chính,Từ ngày,Đến hết ngày,Căn cứ
A1,CVP,1,01/01/2021,,QĐ 5
B2,CV,,01/01/2021,31/12/2025,
"""


@pytest.fixture(autouse=True)
def _catalogue(db):
    ensure_catalogue()


def files(**changed: str) -> dict[str, bytes]:
    whole = {"units": UNITS, "posts": POSTS, "people": PEOPLE, "appointments": APPOINTMENTS} | changed
    return {table: text.encode() for table, text in whole.items() if text}


def faults(**changed: str) -> list[tuple[str, int, str]]:
    """Mọi chỗ sai của một lần nhập thử; nhập thật phải từ chối với đúng chừng ấy câu và không ghi gì."""
    counts = [model.objects.count() for model in (Unit, UnitVersion, Post, Person, Appointment, Entry)]
    report = import_organisation(SYSTEM, files=files(**changed), dry_run=True)
    with pytest.raises(Invalid) as refused:
        import_organisation(SYSTEM, files=files(**changed), dry_run=False)
    assert refused.value.sentences == [problem.sentence for problem in report.problems]
    assert [model.objects.count() for model in (Unit, UnitVersion, Post, Person, Appointment, Entry)] == counts
    return [(problem.table, problem.row, problem.column) for problem in report.problems]


def test_a_dry_run_counts_and_writes_nothing():
    report = import_organisation(SYSTEM, files=files(), dry_run=True)
    assert (report.units, report.posts, report.people, report.appointments, report.problems) == (3, 2, 2, 2, ())
    assert not Unit.objects.exists()


def test_an_import_writes_units_with_versions_posts_people_and_appointments():
    import_organisation(SYSTEM, files=files(), dry_run=False)
    names = [node.name for node in units.tree(on=MOVING_DAY)]
    assert names == ["Thành ủy", "Văn phòng Thành ủy", "Đảng ủy phường Sài Gòn"]
    found = succession.resolve("26740", on=date(2024, 1, 1))[0].unit
    assert (found.name, found.name_now) == ("Đảng ủy phường Bến Nghé", "Đảng ủy phường Sài Gòn")
    office = succession.resolve("VPTU", on=MOVING_DAY)[0].unit.id
    assert [line.full_name for line in people.people_of([office], on=MOVING_DAY)] == ["Nguyễn Văn An", "Trần Thị Bình"]
    assert {f.code for f in units.functions_of(office, on=MOVING_DAY)} == {"vt-van-ban", "vt-luu-tru"}
    assert Entry.objects.get(code="org.imported").after == {"units": 3, "posts": 2, "people": 2, "appointments": 2}


def test_the_last_day_in_a_table_is_the_last_day_held_as_in_the_profiles_workbook():
    """Người viết bảng hiểu “đến ngày” là còn giữ hết ngày ấy; một ngày duy nhất cũng được; 31/12/9999 là chưa có ngày cuối."""
    last = "Số hiệu,Mã vị trí,Chính,Từ ngày,Đến ngày\nA1,CVP,1,01/01/2021,31/12/2021\nA1,CV,1,01/01/2022,01/01/2022\nB2,CV,1,01/01/2021,31/12/9999\n"
    assert import_organisation(SYSTEM, files=files(appointments=last), dry_run=False).problems == ()
    held = {(a.person.code, a.post.title): (a.valid.lower, a.valid.upper) for a in Appointment.objects.select_related("person", "post")}
    assert held == {
        ("A1", "Chánh Văn phòng"): (date(2021, 1, 1), date(2022, 1, 1)), ("A1", "Chuyên viên"): (date(2022, 1, 1), date(2022, 1, 2)),
        ("B2", "Chuyên viên"): (date(2021, 1, 1), None),
    }  # fmt: skip
    names = {node.name for node in units.tree(on=date(2025, 6, 30))}
    assert "Đảng ủy phường Bến Nghé" in names
    assert [row[4] for row in exporting.rows_of("appointments")] == [date(2021, 12, 31), date(2022, 1, 1), None]


def test_a_column_whose_name_leaves_open_whether_the_day_counts_is_refused():
    unclear = UNITS.replace("Đến hết ngày", "Hết hiệu lực")
    assert faults(units=unclear, posts="", people="", appointments="") == [("units", 0, "Đến hết ngày")]


def test_every_fault_of_the_units_is_named_by_row_and_column():
    bad = UNITS + (
        "X1,,cấp ủy,xã,TU,01/01/2020,,,,\n"  # 6: không tên
        "X2,Hai,lạ,xã,TU,32/01/2020,,,,\n"  # 7: loại lạ, ngày không có thật
        "X3,Ba,cấp ủy,xã,KHONG,01/01/2020,31/12/2019,,,\n"  # 8: cấp trên lạ, ngày ngược
        "X4,Bốn,office,xã,TU,01/01/2019,,la,Khóa I,\n"  # 9: trước khi cấp trên mở; chức năng lạ; cơ quan có nhiệm kỳ
        "X5,Năm,cấp ủy,xã,TU,01/01/2020,,,,DVHC:2020:26740\n"  # 10: mã ngoài của đơn vị khác
        "X5,Năm lại,cấp ủy,xã,TU,01/01/2021,,,,hỏng\n"  # 11: lặp mã chồng ngày; mã ngoài hỏng
        "X6,Sáu,cấp ủy,xã,TU,01/01/2020,31/12/2020,,,\n"
        "X6,Sáu lại,cấp ủy,xã,TU,01/01/2022,,,,\n"  # 13: hở
    )
    assert faults(units=bad, posts="", people="", appointments="") == [
        ("units", 6, "Tên"), ("units", 7, "Loại"), ("units", 7, "Từ ngày"), ("units", 8, "Đến hết ngày"),
        ("units", 8, "Mã cấp trên"), ("units", 9, "Chức năng"), ("units", 9, "Nhiệm kỳ"),
        ("units", 9, "Mã cấp trên"), ("units", 10, "Mã ngoài"), ("units", 11, "Mã ngoài"),
        ("units", 11, "Từ ngày"), ("units", 13, "Từ ngày"),
    ]  # fmt: skip


def test_units_that_hang_in_a_circle_are_named_once():
    circle = (
        "Mã đơn vị,Tên,Loại,Cấp,Mã cấp trên,Từ ngày\n"
        "A,Một,cấp ủy,xã,C,01/01/2020\nB,Hai,cấp ủy,xã,A,01/01/2020\nC,Ba,cấp ủy,xã,B,01/01/2020\nD,Bốn,cấp ủy,xã,D,01/01/2020\n"
    )
    report = import_organisation(SYSTEM, files={"units": circle.encode()}, dry_run=True)
    assert [(p.row, p.sentence) for p in report.problems] == [
        (2, "Các đơn vị trực thuộc thành vòng: A → C → B → A."), (5, "Các đơn vị trực thuộc thành vòng: D → D."),
    ]  # fmt: skip


def test_a_gap_is_taken_when_the_row_says_the_unit_reopens():
    text = (
        "Mã đơn vị,Tên,Loại,Cấp,Từ ngày,Đến hết ngày,Mở lại\n"
        "X,Sáu,cấp ủy,xã,01/01/2020,31/12/2020,\nX,Sáu,cấp ủy,xã,01/01/2022,,1\n"
    )
    assert import_organisation(SYSTEM, files={"units": text.encode()}, dry_run=False).problems == ()


def test_every_fault_of_posts_people_and_appointments_is_named():
    found = faults(
        posts=POSTS + "CV,VPTU,Lặp mã,specialist,,1,,01/01/2020,\n"
        "P3,LA,Đơn vị lạ,specialist,,0,9,01/01/2020,\n"
        "P4,BN,Trước khi mở,vua,,1,,01/01/2019,\n",
        people=PEOPLE + "A1,Lặp Số Hiệu\nC3,MộtChữ\n,Không Số\n",
        appointments=APPOINTMENTS + "A1,CV,1,01/06/2021,,\n"  # 4: hai vị trí chính
        "Z9,CVP,0,01/06/2021,,\n"  # 5: người lạ, hết ghế
        "B2,CV,0,01/02/2021,,\n"  # 6: cùng người cùng vị trí; hết ghế
        "B2,XX,0,01/02/2021,01/01/2021,\n",  # 7: vị trí lạ, ngày ngược
    )
    assert found == [
        ("posts", 4, "Mã vị trí"), ("posts", 5, "Số người"), ("posts", 5, "Độ mật"), ("posts", 5, "Mã đơn vị"),
        ("posts", 6, "Vai trò"), ("posts", 6, "Mã đơn vị"),
        ("people", 4, "Số hiệu"), ("people", 5, "Họ và tên"), ("people", 6, "Số hiệu"),
        ("appointments", 4, "Chính"), ("appointments", 4, "Mã vị trí"), ("appointments", 5, "Số hiệu"),
        ("appointments", 5, "Mã vị trí"), ("appointments", 6, "Từ ngày"), ("appointments", 7, "Đến hết ngày"),
        ("appointments", 7, "Mã vị trí"),
    ]  # fmt: skip


def test_missing_columns_are_all_named_at_once():
    report = import_organisation(SYSTEM, files={"units": "Mã đơn vị,Tên\nA,Một\n".encode()}, dry_run=True)
    assert [problem.column for problem in report.problems] == ["Loại", "Cấp", "Từ ngày"]


def test_a_file_that_cannot_be_read_says_why():
    report = import_organisation(SYSTEM, files={"people": b"\xd0\xcf\x11\xe0 xls"}, dry_run=True)
    assert [problem.sentence for problem in report.problems] == [
        "Tệp Excel kiểu cũ (.xls) hoặc có mật khẩu: lưu lại dạng .xlsx không mật khẩu."
    ]


def test_importing_the_same_file_twice_is_refused_with_every_code_that_exists():
    import_organisation(SYSTEM, files=files(), dry_run=False)
    report = import_organisation(SYSTEM, files=files(appointments="", posts=""), dry_run=True)
    assert {(p.table, p.row) for p in report.problems} == {
        ("units", 2), ("units", 3), ("units", 4), ("people", 2), ("people", 3),
    }  # fmt: skip


def everything() -> list:
    """Tổ chức nói bằng tên và ngày, không bằng số danh tính."""
    return [exporting.rows_of(table) for table in TABLES]


def empty() -> None:
    for model in (Appointment, Post, Person, Term, UnitFunction, ExternalCode, UnitVersion, Unit):
        model.objects.all().delete()


def without_post_codes(tables: list) -> list:
    """Mã vị trí trong bảng xuất là số danh tính: thay bằng thứ tự."""
    order = {row[0]: place for place, row in enumerate(tables[1])}
    tables[1] = [(order[row[0]], *row[1:]) for row in tables[1]]
    tables[3] = sorted((row[0], order[row[1]], *row[2:]) for row in tables[3])
    return tables


@pytest.mark.parametrize("as_workbook", [False, True])
def test_what_is_exported_imports_into_an_empty_place_as_the_same_organisation(as_workbook):
    import_organisation(SYSTEM, files=files(), dry_run=False)
    before = without_post_codes(everything())
    if as_workbook:
        exported = dict.fromkeys(TABLES, exporting.export_workbook())
    else:
        exported = {table: exporting.export_csv(table) for table in TABLES}
    empty()
    import_organisation(SYSTEM, files=exported, dry_run=False)
    assert without_post_codes(everything()) == before


def test_a_living_organisation_exports_and_imports_too(world):
    make_post(world.north, "Văn thư", role=Role.CLERK)
    exported = {table: exporting.export_csv(table) for table in TABLES}
    before = without_post_codes(everything())
    empty()
    import_organisation(SYSTEM, files=exported, dry_run=False)
    assert without_post_codes(everything()) == before


def workbook(*tables: str, leave_out: str = "") -> bytes:
    import_organisation(SYSTEM, files=files(), dry_run=False)
    sheets = [
        Sheet(TITLES[table], [c.header for c in TABLES[table]], exporting.rows_of(table)) for table in tables
    ]
    if leave_out:
        sheets = [Sheet(s.title, [c if c != leave_out else "Khác" for c in s.columns], s.rows) for s in sheets]
    exported = write_workbook(sheets)
    empty()
    return exported


def test_a_workbook_with_only_some_of_the_sheets_brings_only_those():
    report = import_organisation(SYSTEM, files=dict.fromkeys(TABLES, workbook("units", "posts")), dry_run=False)
    assert (report.units, report.posts, report.people, report.appointments) == (3, 2, 0, 0)


def test_a_sheet_that_is_there_but_lacks_a_column_is_never_left_out_in_silence():
    content = workbook("units", "posts", leave_out="Chức danh")
    report = import_organisation(SYSTEM, files=dict.fromkeys(TABLES, content), dry_run=True)
    assert [(p.table, p.column) for p in report.problems] == [("posts", "Chức danh")]


def test_a_workbook_without_any_of_the_tables_says_so():
    content = write_workbook([Sheet("Khác", ["một", "hai"], [("1", "2")])])
    report = import_organisation(SYSTEM, files=dict.fromkeys(TABLES, content), dry_run=True)
    assert {p.table for p in report.problems} == set(TABLES)


def test_people_and_appointments_can_join_units_that_already_exist(world):
    post = make_post(world.north, "Văn thư", role=Role.CLERK)
    text = write_csv(["Số hiệu", "Mã vị trí", "Từ ngày"], [("N1", f"V{post.pk}", date(2025, 8, 1))])
    given = {"people": "Số hiệu,Họ tên\nN1,Người Mới\n".encode(), "appointments": text}
    import_organisation(world.keeper, files=given, dry_run=False)
    assert [line.full_name for line in people.people_of([world.north], on=date(2025, 8, 1))] == ["Người Mới"]
    again = import_organisation(
        world.keeper, files={"people": b"So hieu,Ho ten\nN2,Nguoi Hai\n", "appointments": text.replace(b"N1", b"N2")}, dry_run=True
    )
    assert [p.column for p in again.problems] == ["Mã vị trí"]


def test_a_board_imports_only_into_its_level_and_below(world):
    board = make_actor(world.north_board, Role.ORGANISATION_BOARD)
    head = "Mã đơn vị,Tên,Loại,Cấp,Mã cấp trên,Từ ngày\n"
    below = f"{head}P1,Phòng Một,room,xã,U{world.north_board},01/07/2025\n".encode()
    beside = f"{head}P1,Phòng Một,room,xã,U{world.south},01/07/2025\n".encode()
    root = f"{head}P1,Phòng Một,room,xã,,01/07/2025\n".encode()
    for text in (beside, root):
        with pytest.raises(Forbidden):
            import_organisation(board, files={"units": text}, dry_run=True)
    assert import_organisation(board, files={"units": below}, dry_run=True).problems == ()
    clerk = make_actor(world.city_office, Role.CLERK)
    with pytest.raises(Forbidden):
        import_organisation(clerk, files={"people": PEOPLE.encode()}, dry_run=True)


def test_importing_many_rows_takes_a_constant_number_of_queries(django_assert_max_num_queries):
    head = "Mã đơn vị,Tên,Loại,Cấp,Mã cấp trên,Từ ngày\nTU,Thành ủy,cấp ủy,tỉnh,,01/01/2020\n"
    rows = "".join(f"X{n},Xã {n},cấp ủy,xã,TU,01/01/2020\n" for n in range(400))
    posts = "Mã vị trí,Mã đơn vị,Chức danh,Vai trò,Từ ngày\n" + "".join(
        f"P{n},X{n},Văn thư,clerk,01/01/2020\n" for n in range(400)
    )
    with django_assert_max_num_queries(45):
        import_organisation(SYSTEM, files={"units": (head + rows).encode(), "posts": posts.encode()}, dry_run=False)
    assert make_person().pk
    assert Post.objects.count() == 400
