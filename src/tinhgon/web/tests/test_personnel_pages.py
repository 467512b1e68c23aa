"""Trang cán bộ: mỗi người xem đúng phần của mình, nút nào hiện thì làm được, nhập tệp sai thì nói từng dòng."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tinhgon.core.models import User
from tinhgon.engine.tables import write_csv
from tinhgon.org.models import Person
from tinhgon.org.services import units
from tinhgon.org.tests.factories import DECREE
from tinhgon.personnel.models import Profile, Skill, Training
from tinhgon.personnel.services.importing import COLUMNS
from tinhgon.personnel.tests.factories import Staff


@pytest.fixture
def staff(db) -> Staff:
    made = Staff()
    units.set_functions(made.keeper, unit_id=made.office, functions=["th-chuong-trinh", "vt-van-ban"], on=date(2025, 1, 2), decree=DECREE)
    Profile.objects.create(person_id=made.person(), born_on=date(1980, 5, 1), sex="female")
    made.skill(level=3, main=True)
    return made


def page(staff: Staff, role: str, path: str) -> str:
    return client(staff, role).get(path).content.decode()


def client(staff: Staff, role: str) -> Client:
    made = Client()
    made.force_login(User.objects.get(pk=getattr(staff, role).user_id), "django.contrib.auth.backends.ModelBackend")
    return made


@pytest.mark.parametrize(("viewer", "skills", "private", "button"), [
    ("specialist", True, True, False), ("head", True, False, True), ("keeper", True, True, True), ("colleague", False, False, False),
    ("administrator", False, False, False),
])  # fmt: skip
def test_the_page_of_a_person_shows_each_viewer_their_part(staff: Staff, viewer: str, skills: bool, private: bool, button: bool) -> None:
    shown = page(staff, viewer, f"/can-bo/{staff.person()}/")
    assert "Ngô Văn Viên" in shown
    assert ("Lĩnh vực làm được" in shown) is skills
    assert ("01/05/1980" in shown) is private
    assert ("Công nhận mức của lĩnh vực" in shown) is button


def test_the_matrix_says_in_words_and_in_a_table_what_hangs_on_one_person(staff: Staff) -> None:
    shown = page(staff, "head", "/can-bo/ma-tran/")
    assert "◆" in shown
    assert "chỉ một người" in shown
    assert "Chương trình công tác, tổng hợp báo cáo" in shown
    assert "Quản lý văn bản, con dấu" in shown


def test_the_matrix_is_closed_to_one_who_leads_nobody(staff: Staff) -> None:
    for role in ("specialist", "clerk", "administrator"):
        assert client(staff, role).get("/can-bo/ma-tran/").status_code == 403
    assert client(staff, "head").get(f"/can-bo/ma-tran/?don-vi={staff.north}").status_code == 403


def test_a_level_is_recognised_on_its_page_and_refused_beside_its_box(staff: Staff) -> None:
    address = f"/can-bo/{staff.person('clerk')}/linh-vuc/"
    data = {"field_id": staff.field("van-thu"), "level": 4, "basis": "Mười năm giữ sổ"}
    assert client(staff, "head").post(address, data | {"basis": ""}).status_code == 422
    assert client(staff, "head").post(address, data).status_code == 302
    assert client(staff, "head").post(address, data).status_code == 409
    assert Skill.objects.filter(person=staff.person("clerk")).count() == 1


def test_the_board_writes_training_rotation_and_private_data(staff: Staff) -> None:
    board, base = client(staff, "keeper"), f"/can-bo/{staff.person('clerk')}/"
    assert board.post(base + "dao-tao/", {"title": "Văn thư số", "finished_on": "01/03/2024", "field_id": ""}).status_code == 302
    assert board.post(base + "luan-chuyen/", {"kind": "change", "since": "01/07/2023", "due": "01/07/2026", "basis": "NĐ 59/2019"}).status_code == 302
    assert board.post(base + "rieng/", {"born_on": "02/09/1985", "sex": "male"}).status_code == 302
    assert Training.objects.get().field is None
    shown = board.get(base).content.decode()
    for text in ("Văn thư số", "01/07/2026", "02/09/1985"):
        assert text in shown


def test_a_file_is_read_on_trial_then_written_as_read(staff: Staff) -> None:
    person = Person.objects.get(pk=staff.person("clerk"))
    row = [person.code, person.full_name, "", "", "van-thu: 4", "", "Rà soát"]
    board = client(staff, "keeper")

    def send(*rows: list[str]) -> str:
        file = SimpleUploadedFile("ho-so.csv", write_csv(COLUMNS, rows))
        return board.post("/can-bo/nhap/", {"file": file}).content.decode()

    wrong = send(row, row)
    assert "Dòng 2 cũng là Phạm Thị Thư" in wrong
    assert "Ghi hồ sơ" not in wrong
    right = send(row)
    assert not Skill.objects.filter(person=person).exists()
    ticket = right.split('name="ticket" value="')[1].split('"')[0]
    assert board.post("/can-bo/nhap/", {"ticket": ticket}).status_code == 302
    assert Skill.objects.get(person=person).level == 4
    assert board.post("/can-bo/nhap/", {"ticket": ticket + "x"})["Location"] == "/can-bo/nhap/"


def test_fields_and_their_nature_are_read_by_all_and_changed_by_the_board(staff: Staff) -> None:
    assert "cần đổi mới" in page(staff, "specialist", "/can-bo/linh-vuc/")
    address = f"/can-bo/linh-vuc/{staff.field('tuyen-giao')}/"
    assert client(staff, "head").get(address).status_code == 403
    assert client(staff, "keeper").post(address, {"nature": "experience", "basis": "Kết luận"}).status_code == 302

