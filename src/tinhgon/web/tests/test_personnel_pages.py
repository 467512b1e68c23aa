"""Trang cán bộ: mỗi người xem đúng phần của mình, nút nào hiện thì làm được, nhập tệp sai thì nói từng dòng."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tinhgon.core import clock
from tinhgon.core.errors import Forbidden
from tinhgon.core.models import User
from tinhgon.files.models import StoredFile
from tinhgon.org.models import Person, Post, Role
from tinhgon.org.services import units
from tinhgon.org.tests.factories import (
    DECREE,
    make_actor,
    make_appointment,
    make_person,
    make_post,
)
from tinhgon.personnel import selectors, services
from tinhgon.personnel.access import may_plan_keeping
from tinhgon.personnel.models import (
    Grading,
    GradingRound,
    PastWork,
    Profile,
    PulseSurvey,
    Skill,
    Training,
    WishRound,
)
from tinhgon.personnel.services.importing import later
from tinhgon.personnel.tests.factories import Staff
from tinhgon.personnel.tests.sheets import book, line


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
    assert ("Hồ sơ năng lực và xếp loại chỉ hiện với" in shown) is not skills
    assert ("01/05/1980" in shown) is private
    assert ("Công nhận mức của lĩnh vực" in shown) is button


def test_the_filled_file_is_for_the_board_and_is_read_back(staff: Staff) -> None:
    answer = client(staff, "keeper").get("/can-bo/nhap/ho-so-can-bo.xlsx")
    assert answer["Content-Disposition"].endswith('.xlsx"')
    address = brought(client(staff, "keeper"), answer.content)
    assert "hồ sơ đang đúng như tệp" in page(staff, "keeper", address)
    assert client(staff, "head").get("/can-bo/nhap/ho-so-can-bo.xlsx").status_code == 403


@pytest.mark.parametrize(("viewer", "told"), [("secretary", "Ban Tổ chức Thành ủy</a>"), ("north_head", "Không có cơ quan nào trong phạm vi của bạn")])
def test_the_standing_committee_sees_the_deputies_of_its_level_and_below(staff: Staff, viewer: str, told: str) -> None:
    assert told in page(staff, viewer, "/can-bo/cap-pho/")


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


def brought(board: Client, data: bytes) -> str:
    """Đưa tệp lên và cho việc nền đọc thử; trả về địa chỉ của lần nhập."""
    sent = board.post("/can-bo/nhap/", {"file": SimpleUploadedFile("ho-so.xlsx", data)})
    later.run_reading(sent["Location"].strip("/").rsplit("/", 1)[1])
    return sent["Location"]


def test_a_file_is_read_on_trial_then_written_as_read(staff: Staff) -> None:
    person = Person.objects.get(pk=staff.person("clerk"))
    row = line(staff, "clerk", field="van-thu", level="4", basis="Rà soát")
    board = client(staff, "keeper")
    address = brought(board, book(skills=[row, row]))
    wrong = board.get(address).content.decode()
    assert "Dòng 2 đã ghi lĩnh vực này cho Phạm Thị Thư" in wrong
    assert "Ghi hồ sơ" not in wrong
    assert "còn chỗ sai" in board.post(address, follow=True).content.decode()
    address = brought(board, book(skills=[row]))
    right = board.get(address).content.decode()
    assert "mức 4 (hướng dẫn được người khác)" in right
    assert "Ghi hồ sơ" in right
    assert not Skill.objects.filter(person=person).exists()
    assert board.post(address).status_code == 302
    assert "Đang chờ việc nền bắt đầu." in board.get(address).content.decode()
    later.run_writing(address.strip("/").rsplit("/", 1)[1])
    assert Skill.objects.get(person=person).level == 4
    done = board.get(address).content.decode()
    assert "Đã ghi 1 mục vào hồ sơ của 1 người." in done
    assert "mức 4" not in done
    assert not StoredFile.objects.exists()


def test_a_file_that_is_no_workbook_is_one_sentence_and_another_person_s_import_is_not_found(staff: Staff) -> None:
    board = client(staff, "keeper")
    address = brought(board, b"PK\x03\x04 not a workbook")
    shown = board.get(address).content.decode()
    assert shown.count("Chưa ghi gì: Tệp Excel hỏng, không mở được.") == 1
    staff.keeper = make_actor(staff.board, Role.ORGANISATION_BOARD)
    assert client(staff, "keeper").get(address).status_code == 404
    assert client(staff, "specialist").get(address).status_code == 403


def test_past_work_is_written_and_a_wrong_entry_withdrawn_with_a_reason(staff: Staff) -> None:
    board, base = client(staff, "keeper"), f"/can-bo/{staff.person('clerk')}/"
    work = {"title": "Văn thư", "place": "Huyện ủy cũ", "since": "01/01/2010", "until": "31/12/2014", "basis": "Sổ bảo hiểm", "field_id": staff.field("van-thu")}
    assert board.post(base + "cong-tac/", work | {"until": "01/01/2009"}).status_code == 409
    assert board.post(base + "cong-tac/", work).status_code == 302
    assert board.post(base + "cong-tac/", work).status_code == 409
    shown = board.get(base).content.decode()
    assert "01/01/2010 – 31/12/2014" in shown
    entry = f"past-{PastWork.objects.get().pk}"
    assert client(staff, "head").get(base + "bo/").status_code == 403
    assert board.post(base + "bo/", {"entry": entry, "reason": ""}).status_code == 422
    assert board.post(base + "bo/", {"entry": entry, "reason": "Ghi nhầm người"}).status_code == 302
    assert not PastWork.objects.exists()


def test_fields_and_their_nature_are_read_by_all_and_changed_by_the_board(staff: Staff) -> None:
    assert "cần đổi mới" in page(staff, "specialist", "/can-bo/linh-vuc/")
    address = f"/can-bo/linh-vuc/{staff.field('tuyen-giao')}/"
    assert client(staff, "head").get(address).status_code == 403
    assert client(staff, "keeper").post(address, {"nature": "experience", "basis": "Kết luận"}).status_code == 302



def opened_round(staff: Staff) -> GradingRound:
    return services.open_round(
        staff.head, on=clock.today(), unit_id=staff.office, authority_id=staff.city, year=2025, quarter=4, self_until=clock.today()
    )


def test_a_round_goes_through_its_pages_from_self_grading_to_the_answer(staff: Staff) -> None:
    """Tự xếp, tập thể, quyết định, khiếu nại, trả lời: mỗi vòng trên trang của đúng người."""
    made = opened_round(staff)
    points = {"general": "28", "result": "60", "level": "good", "note": "Đã xong các việc"}
    own = Grading.objects.get(round=made, person=staff.person())
    base = "/can-bo/xep-loai/"
    assert client(staff, "specialist").post(f"{base}nguoi/{own.pk}/tu-xep/", points).status_code == 302
    assert client(staff, "specialist").post(f"{base}nguoi/{own.pk}/tu-xep/", points | {"general": "31"}).status_code == 409
    assert client(staff, "colleague").get(f"{base}nguoi/{own.pk}/tap-the/").status_code == 404
    for row in Grading.objects.filter(round=made):
        assert client(staff, "secretary").post(f"{base}nguoi/{row.pk}/tap-the/", points).status_code == 302
    shown = page(staff, "secretary", f"{base}{made.pk}/")
    assert "hệ thống chưa có nhiệm vụ nào của kỳ: chưa đủ dữ liệu" in shown
    assert "Đã xong các việc" in shown
    levels = {f"muc_{pk}": "good" for pk in Grading.objects.values_list("pk", flat=True)}
    assert client(staff, "head").get(f"{base}{made.pk}/quyet-dinh/").status_code == 403
    assert client(staff, "secretary").post(f"{base}{made.pk}/quyet-dinh/", levels | {"decree": "01-QĐ/TU"}).status_code == 302
    assert client(staff, "specialist").post(f"{base}nguoi/{own.pk}/khieu-nai/", {"text": "Xin xem lại"}).status_code == 302
    appeal = own.appeals.get()
    assert "Trả lời khiếu nại" in page(staff, "secretary", f"{base}{made.pk}/")
    assert "Trả lời khiếu nại" not in page(staff, "specialist", f"{base}{made.pk}/")
    assert client(staff, "secretary").post(f"{base}khieu-nai/{appeal.pk}/", {"answer": "Giữ nguyên", "level": ""}).status_code == 302
    assert "Giữ nguyên" in page(staff, "specialist", f"{base}{made.pk}/")
    assert "hoàn thành tốt nhiệm vụ" in page(staff, "specialist", f"/can-bo/{staff.person()}/")


def test_the_list_of_rounds_begins_with_one_s_own_and_counts_what_waits(staff: Staff) -> None:
    made = opened_round(staff)
    shown = page(staff, "specialist", "/can-bo/xep-loai/")
    assert "Của tôi" in shown
    assert "Mở đợt xếp loại" not in shown
    assert "Mở đợt xếp loại" in page(staff, "head", "/can-bo/xep-loai/")
    assert client(staff, "north_head").get(f"/can-bo/xep-loai/{made.pk}/").status_code == 404
    assert client(staff, "head").get("/can-bo/xep-loai/mo/").status_code == 200


def test_people_whose_leaving_leaves_a_duty_bare_are_named_to_heads_only(staff: Staff) -> None:
    shown = page(staff, "head", "/can-bo/giu-nguoi/")
    assert "Chỉ người này làm được Tham mưu tổng hợp" in shown
    assert "lương hưu" not in shown, "chánh văn phòng không được xem ngày sinh"
    for role in ("specialist", "administrator"):
        assert client(staff, role).get("/can-bo/giu-nguoi/").status_code == 403


def test_keeping_people_is_for_the_unit_s_own_head_and_the_board_of_the_level_not_for_whoever_sees_the_whole_unit(staff: Staff) -> None:
    address = f"/can-bo/giu-nguoi/?don-vi={staff.office}"
    assert client(staff, "keeper").get(address).status_code == 200
    deputy = make_actor(staff.office, "office_head", full_name="Phó Văn Phòng")
    Post.objects.filter(appointments=deputy.appointment_id).update(rank=2)
    assert may_plan_keeping(staff.head, staff.office, on=clock.today())
    for actor in (staff.secretary, staff.north_head, staff.board_head, deputy):
        assert not may_plan_keeping(actor, staff.office, on=clock.today())
        with pytest.raises(Forbidden):
            selectors.keeping(actor, staff.office, on=clock.today())
    assert "Chỉ người này làm được" not in client(staff, "secretary").get(address).content.decode()
    assert "/can-bo/giu-nguoi/" in page(staff, "head", f"/can-bo/ma-tran/?don-vi={staff.office}")


def test_the_board_also_sees_who_retires_soon(staff: Staff) -> None:
    Profile.objects.filter(person=staff.person()).update(born_on=date(clock.today().year - 57, 1, 2))
    assert "hưởng lương hưu từ" in page(staff, "keeper", f"/can-bo/giu-nguoi/?don-vi={staff.office}")


def test_deputies_over_the_half_are_listed_with_a_plan_to_2030(staff: Staff) -> None:
    """Văn phòng thêm phòng có một biên chế mà người ấy là cấp phó."""
    make_appointment(make_person("Phó Một Mình"), make_post(staff.room, "Phó Trưởng phòng", role="unit_head", rank=2))
    shown = page(staff, "head", "/can-bo/cap-pho/")
    assert "quá nửa biên chế được giao: tối đa 0" in shown
    assert re.search(r"hết 20[23]\d: còn 0", shown)
    assert client(staff, "clerk").get("/can-bo/cap-pho/").status_code == 403


def test_the_estimate_explains_each_line_and_keeps_nothing(staff: Staff) -> None:
    """domain §9 ví dụ 10: 20 triệu, nghỉ sớm 3 năm, 30 năm bảo hiểm, sau 01/7/2025: 1.250 triệu."""
    data = {"kind": "retirement", "born_on": "15/06/1967", "sex": "male", "pay": "20000000", "insured_years": "30", "insured_months": "0",
            "decided_on": "01/07/2025", "leave_on": "01/07/2026"}  # fmt: skip
    answer = client(staff, "specialist").post("/can-bo/thoi-lam/", data | {"leave_on": "01/08/2025", "born_on": "15/07/1966"})
    shown = answer.content.decode()
    assert "36 tháng × 1 tháng lương × 20.000.000 đ = 720.000.000 đ" in shown
    assert "1.250.000.000" in shown
    assert "không phải quyết định" in shown
    late = client(staff, "specialist").post("/can-bo/thoi-lam/", data | {"born_on": "01/01/1950"})
    assert late.status_code == 422
    assert "đã đủ tuổi nghỉ hưu" in late.content.decode()


def test_wishes_are_written_on_one_s_page_and_summed_up_for_the_board_alone(staff: Staff) -> None:
    board = client(staff, "keeper")
    assert board.post("/can-bo/nguyen-vong/mo/", {"title": "Về phường mới", "closes_on": f"{clock.today():%d/%m/%Y}"}).status_code == 302
    made = WishRound.objects.get()
    free = make_post(staff.north, "Chuyên viên")
    address = f"/can-bo/nguyen-vong/{made.pk}/"
    assert "Chuyên viên, Đảng ủy phường Bắc" in page(staff, "specialist", address)
    data = {"first": f"post-{free.pk}", "second": f"unit-{staff.south}", "near": "phường Bắc", "note": "Con nhỏ"}
    assert client(staff, "specialist").post(address, data).status_code == 302
    assert client(staff, "specialist").post(address, data | {"second": f"post-{free.pk}"}).status_code == 409
    shown = board.get(f"{address}tong-hop/").content.decode()
    assert "1. Chuyên viên, Đảng ủy phường Bắc" in shown
    assert "Con nhỏ" in shown
    for role in ("head", "secretary", "specialist"):
        assert client(staff, role).get(f"{address}tong-hop/").status_code == 403, role
    WishRound.objects.update(closes_on=clock.today() - timedelta(days=1))
    closed = page(staff, "specialist", address)
    assert "không sửa được nữa" in closed
    assert "Con nhỏ" in closed


def test_a_survey_is_answered_once_without_a_name_and_shows_only_when_closed(staff: Staff) -> None:
    board = client(staff, "keeper")
    asked = {"title": "Tâm tư", "closes_on": f"{clock.today():%d/%m/%Y}", "questions": "Tôi hiểu vì sao\nTôi yên tâm"}
    assert client(staff, "head").get("/can-bo/khao-sat/mo/").status_code == 403
    assert board.post("/can-bo/khao-sat/mo/", asked).status_code == 302
    made = PulseSurvey.objects.get()
    address = f"/can-bo/khao-sat/{made.pk}/"
    everyone = ("specialist", "colleague", "clerk", "head", "inspector", "secretary", "board_head", "north_head", "north_clerk", "keeper")
    for role in everyone:
        assert client(staff, role).post(address, {"cau_c1": "4", "cau_c2": "", "comment": f"Mong báo sớm {role}"}).status_code == 302
    assert "Bạn đã tham gia đợt này" in page(staff, "specialist", address)
    assert client(staff, "specialist").post(address, {"cau_c1": "1"}).status_code == 200
    PulseSurvey.objects.update(closes_on=clock.today() - timedelta(days=1))
    shown = page(staff, "specialist", address)
    assert "4,0" in shown
    assert "Mong báo sớm" not in shown, "ý kiến viết chỉ ban tổ chức đọc"
    assert "Mong báo sớm head" in page(staff, "keeper", address)
    assert len(everyone) == 10


def test_the_points_by_formula_say_where_each_part_comes_from_and_keep_nothing(staff: Staff) -> None:
    made = GradingRound.objects.create(
        unit_id=staff.office, authority_id=staff.city, period="quarter", year=2025, quarter=3, rules="QD366-2025", opened_at="2025-10-01T08:00+07:00",
        self_until=date(2025, 10, 10),
    )  # fmt: skip
    row = Grading.objects.create(round=made, person_id=staff.person("head"), title="Chánh Văn phòng")
    address = f"/can-bo/xep-loai/nguoi/{row.pk}/cong-thuc/"
    assert address in page(staff, "head", f"/can-bo/xep-loai/{made.pk}/")
    shown = page(staff, "head", f"{address}?part_dd=100&part_e=50")
    assert "70 × (a + b + c + d + đ + e) / 6" in shown
    assert "Nghị định 335/2025/NĐ-CP" in shown
    assert "Chưa đủ dữ liệu để ra điểm" in shown
    assert client(staff, "head").get(f"{address}?part_dd=900").status_code == 200
    assert client(staff, "north_head").get(address).status_code == 404


def test_gradings_of_past_years_are_entered_from_the_grading_pages_by_the_board(staff: Staff) -> None:
    board = client(staff, "keeper")
    assert "Ghi kết quả trên giấy" in board.get("/can-bo/xep-loai/").content.decode()
    assert "Ghi kết quả trên giấy" not in page(staff, "head", "/can-bo/xep-loai/")
    assert client(staff, "head").get("/can-bo/xep-loai/tren-giay/").status_code == 403
    address = f"/can-bo/xep-loai/tren-giay/?nam=2024&quy=0&don_vi={staff.office}"
    shown = board.get(address).content.decode()
    assert "Ngô Văn Viên" in shown
    sent = {f"muc_{staff.person()}": "good", "decree": "QĐ 90-QĐ/TU", "decided": "20/12/2024", "cap_reason": ""}
    wrong = board.post(address, sent | {"decided": "20/12/2030"})
    assert wrong.status_code == 409
    assert "QĐ 90-QĐ/TU" in wrong.content.decode()
    assert board.post(address, sent).status_code == 302
    assert Grading.objects.get().level == "good"
    for nonsense in ("?nam=x&quy=9&don_vi=99999999999999999999", "?nam=1990", f"?don_vi={staff.person()}"):
        assert board.get("/can-bo/xep-loai/tren-giay/" + nonsense).status_code == 200
