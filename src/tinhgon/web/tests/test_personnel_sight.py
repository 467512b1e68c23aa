"""Người có liên quan và đồng nghiệp tò mò: khiếu nại chỉ cấp quyết định và chính người ấy thấy; có địa chỉ cũng không thấy của người khác."""

from datetime import date

from django.db import connection

from tinhgon.core import clock
from tinhgon.org.tests.factories import make_unit
from tinhgon.personnel.models import Appeal, Grading, GradingRound
from tinhgon.personnel.services.paper_gradings import record_paper_gradings
from tinhgon.personnel.tests.factories import Staff
from tinhgon.web.tests.test_personnel_pages import client, page, staff

__all__ = ["staff"]


def graded(staff: Staff) -> GradingRound:
    """Năm 2024 của Văn phòng đã quyết định trên giấy: chuyên viên và văn thư."""
    record_paper_gradings(
        staff.keeper, on=clock.today(), unit_id=staff.office, year=2024, quarter=0, decree="QĐ 90", decided=date(2024, 12, 20),
        levels={staff.person(): "good", staff.person("clerk"): "good"},
    )  # fmt: skip
    return GradingRound.objects.get()


def test_an_appeal_waits_in_sight_of_the_authority_alone_and_its_answer_reaches_the_person(staff: Staff) -> None:
    found = graded(staff)
    GradingRound.objects.filter(pk=found.pk).update(authority=staff.city)
    own = Grading.objects.get(person=staff.person())
    assert client(staff, "specialist").post(f"/can-bo/xep-loai/nguoi/{own.pk}/khieu-nai/", {"text": "Còn một việc vượt yêu cầu"}).status_code == 302
    assert "Còn một việc vượt yêu cầu" in page(staff, "secretary", "/can-bo/xep-loai/")
    for role in ("head", "clerk", "colleague", "keeper", "specialist", "administrator"):
        assert "Khiếu nại chờ bạn trả lời" not in page(staff, role, "/can-bo/xep-loai/"), role
    waiting = f"/can-bo/xep-loai/khieu-nai/{Appeal.objects.get().pk}/"
    for role in ("specialist", "clerk", "colleague", "administrator"):
        assert client(staff, role).post(waiting, {"answer": "x", "level": "excellent"}).status_code in (403, 404), role
    assert Grading.objects.get(pk=own.pk).level == "good"
    assert client(staff, "secretary").post(waiting, {"answer": "Giữ nguyên vì đã tính", "level": ""}).status_code == 302
    assert "Khiếu nại chờ bạn trả lời" not in page(staff, "secretary", "/can-bo/xep-loai/")
    assert "Giữ nguyên vì đã tính" in page(staff, "specialist", f"/can-bo/xep-loai/{found.pk}/")
    assert "Trả lời khiếu nại: Giữ nguyên vì đã tính" in page(staff, "specialist", "/can-bo/xep-loai/")
    assert "Giữ nguyên vì đã tính" not in page(staff, "clerk", "/can-bo/xep-loai/")


def test_the_board_walks_down_to_every_unit_below_and_a_head_sees_only_their_own(staff: Staff) -> None:
    room = f'value="{staff.room}"'
    assert room in page(staff, "keeper", f"/can-bo/ma-tran/?don-vi={staff.office}")
    assert f'value="{staff.north}"' not in page(staff, "head", "/can-bo/ma-tran/")


def test_a_curious_colleague_with_the_address_learns_no_grade_wish_or_private_date(staff: Staff) -> None:
    """Người cùng phòng, cùng đợt, đơn vị khác, quản trị: có địa chỉ cũng không thấy của người khác."""
    found = graded(staff)
    own, name = Grading.objects.get(person=staff.person()), "Ngô Văn Viên"
    for role in ("clerk", "colleague", "administrator", "north_head"):
        viewer = client(staff, role)
        assert name not in viewer.get(f"/can-bo/xep-loai/{found.pk}/").content.decode(), role
        for path in (f"/can-bo/xep-loai/nguoi/{own.pk}/cong-thuc/", f"/can-bo/xep-loai/nguoi/{own.pk}/khieu-nai/", f"/can-bo/xep-loai/nguoi/{own.pk}/tu-xep/",
                     f"/can-bo/xep-loai/nguoi/{own.pk}/tap-the/", f"/can-bo/xep-loai/{found.pk}/quyet-dinh/"):  # fmt: skip
            assert viewer.get(path).status_code in (403, 404), (role, path)
        shown = viewer.get(f"/can-bo/{staff.person()}/").content.decode()
        assert "01/05/1980" not in shown
        assert "hoàn thành tốt nhiệm vụ" not in shown
        for path in ("/can-bo/giu-nguoi/", "/can-bo/nhap/", "/can-bo/nhap/ho-so-can-bo.xlsx", "/can-bo/xep-loai/tren-giay/"):
            assert viewer.get(path).status_code in (403, 404) or name not in viewer.get(path).content.decode(), (role, path)
    mine = page(staff, "clerk", f"/can-bo/xep-loai/{found.pk}/")
    assert "Đủ điều kiện để đề nghị thi đua" not in mine


def test_the_number_of_a_unit_over_a_thousand_stays_a_number_in_a_choice_and_in_an_address(staff: Staff) -> None:
    """Mã 1569 từng hiện thành 1.569: chọn đơn vị ấy thì trang lặng lẽ quay về đơn vị của mình."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER SEQUENCE org_unit_id_seq RESTART WITH 1234567")
    far = make_unit("Đảng ủy phường Xa", staff.city)
    assert far >= 1_234_567
    shown = page(staff, "keeper", f"/can-bo/ma-tran/?don-vi={far}")
    assert f'<option value="{far}" selected>Đảng ủy phường Xa' in shown
    assert f"/can-bo/giu-nguoi/?don-vi={far}" in shown
    assert "Đảng ủy phường Xa" in page(staff, "keeper", f"/can-bo/giu-nguoi/?don-vi={far}")
    assert str(far) in page(staff, "keeper", f"/to-chuc/?goc={far}")
