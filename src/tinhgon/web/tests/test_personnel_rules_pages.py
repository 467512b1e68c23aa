"""Trang quy định về cán bộ: ai cũng đọc, ban tổ chức cấp trên cùng sửa; ô sai ở cạnh ô; lương cơ sở mới vào ước tính từ ngày của nó."""

from copy import deepcopy

import pytest
from django.test import Client

from tinhgon.core.models import User
from tinhgon.engine.rulebook import Book
from tinhgon.personnel.models import RuleBookVersion, RuleLineProposal
from tinhgon.personnel.selectors.rules import newest, shipped_data
from tinhgon.personnel.services import rule_upgrade
from tinhgon.personnel.tests.factories import Staff
from tinhgon.personnel.tests.test_rules import change

PAGE = "/can-bo/quy-dinh/"
SOURCE = {"document": "Nghị định 01/2027/NĐ-CP", "clause": "Điều 3", "certainty": "seen"}


@pytest.fixture
def staff(db) -> Staff:
    return Staff()


def client(staff: Staff, role: str) -> Client:
    made = Client()
    made.force_login(User.objects.get(pk=getattr(staff, role).user_id), "django.contrib.auth.backends.ModelBackend")
    return made


def page(staff: Staff, role: str, path: str) -> str:
    return client(staff, role).get(path).content.decode()


@pytest.mark.parametrize(("slug", "told"), [
    ("thoi-lam", ["Nghị định 178/2024/NĐ-CP", "2.340.000", "nghe lại", "01/07/2026", "Số tháng nghỉ sớm"]),
    ("xep-loai", ["366-QĐ/TW", "20 %", "25 %", "các nguồn nói khác nhau", "Chiến sĩ thi đua cơ sở", "15 %"]),
    ("cap-pho", ["187-KL/TW", "50 %", "2030", "Lộ trình giảm"]),
])  # fmt: skip
def test_everybody_reads_each_book_and_the_board_alone_is_offered_to_change_it(staff: Staff, slug: str, told: list[str]) -> None:
    for role in ("specialist", "head", "keeper"):
        shown = page(staff, role, f"{PAGE}{slug}/")
        for text in [*told, "Công thức của chúng tôi", "Bản đi kèm sản phẩm"]:
            assert text in shown, text
        assert ("/sua/" in shown) is (role == "keeper")


def test_only_the_board_opens_a_form_and_an_unknown_address_is_not_found(staff: Staff) -> None:
    address = f"{PAGE}cap-pho/0/sua/half@sets.0.half/"
    assert client(staff, "head").get(address).status_code == 403
    assert client(staff, "head").post(address, {}).status_code == 403
    board = client(staff, "keeper")
    assert board.get(address).status_code == 200
    for wrong in ("khac/", "cap-pho/?phien-ban=9", "cap-pho/9/sua/half@sets.0.half/", "cap-pho/0/sua/half@sets.3.half/", "cap-pho/0/sua/x/", "cap-pho/0/bo/half@sets.0.half/",
                  "cap-pho/0/them/base_wage/", "thoi-lam/0/them/insurance/", "thoi-lam/0/them/insurance@7/", "thoi-lam/0/them/base_wage@0/", "cap-pho/0/noi-tiep/4/"):  # fmt: skip
        assert board.get(PAGE + wrong).status_code == 404, wrong


def test_a_share_is_typed_as_a_fraction_or_in_hundredths_and_the_page_shows_old_and_new(staff: Staff) -> None:
    board, address = client(staff, "keeper"), f"{PAGE}cap-pho/0/sua/half@sets.0.half/"
    typed = {"share": "một nửa", "reason": "Kết luận mới", **SOURCE}
    assert board.post(address, typed).status_code == 422
    assert board.post(address, typed | {"share": "150 %"}).status_code == 409
    assert board.post(address, typed | {"share": "1/3", "document": "", "clause": ""}).status_code == 409
    assert not RuleBookVersion.objects.filter(is_shipped=False).exists()
    assert board.post(address, typed | {"share": "40 %"}).status_code == 302
    shown = page(staff, "specialist", f"{PAGE}cap-pho/")
    assert "<del>50 %</del> → <ins>40 %</ins>" in shown
    assert "Hoàng Thị Tổ" in shown
    assert "Kết luận mới" in shown
    again = board.post(address, typed | {"share": "45 %"})
    assert again.status_code == 409
    assert "Người khác vừa ghi" in again.content.decode()


def leaving(staff: Staff, leave_on: str) -> str:
    data = {"kind": "resignation", "born_on": "15/06/1985", "sex": "male", "pay": "", "coefficient": "5,0", "insured_years": "10", "insured_months": "0",
            "decided_on": "01/07/2027", "leave_on": leave_on}  # fmt: skip
    return client(staff, "specialist").post("/can-bo/thoi-lam/", data).content.decode()


def test_a_new_base_wage_changes_the_estimate_from_its_date_only(staff: Staff) -> None:
    """Nghỉ từ 02/08/2027 thì lương hiện hưởng là lương ngày 01/08."""
    assert "hệ số 5,00 × 2.530.000 đ" in leaving(staff, "02/08/2027")
    board = client(staff, "keeper")
    assert "Thêm mức lương cơ sở" in page(staff, "keeper", f"{PAGE}thoi-lam/")
    typed = {"since": "01/08/2027", "amount": "2700000", "reason": "Nghị định mới", **SOURCE}
    assert board.post(f"{PAGE}thoi-lam/0/them/base_wage/", typed).status_code == 302
    assert "hệ số 5,00 × 2.530.000 đ" in leaving(staff, "01/08/2027")
    assert "hệ số 5,00 × 2.700.000 đ" in leaving(staff, "02/08/2027")
    number = RuleBookVersion.objects.get(is_shipped=False).number
    assert board.post(f"{PAGE}thoi-lam/{number}/bo/base_wage@base_wage.2/", {"reason": "Ghi nhầm"}).status_code == 302
    assert "hệ số 5,00 × 2.530.000 đ" in leaving(staff, "02/08/2027")


def test_the_estimate_takes_a_pay_or_a_coefficient_not_both_nor_neither(staff: Staff) -> None:
    data = {"kind": "resignation", "born_on": "15/06/1985", "sex": "male", "insured_years": "10", "decided_on": "01/07/2025", "leave_on": "01/08/2025"}
    for both in ({"pay": "", "coefficient": ""}, {"pay": "20000000", "coefficient": "5"}):
        assert client(staff, "specialist").post("/can-bo/thoi-lam/", data | both).status_code == 422


def test_a_following_set_is_made_by_copying_and_takes_over_on_its_day(staff: Staff) -> None:
    board = client(staff, "keeper")
    typed = {"name": "Quy định mới năm 2030", "since": "01/01/2030", "reason": "Quy định thay thế"}
    assert board.post(f"{PAGE}xep-loai/0/noi-tiep/1/", typed | {"since": "01/01/2020"}).status_code == 409
    assert board.post(f"{PAGE}xep-loai/0/noi-tiep/1/", typed).status_code == 302
    shown = page(staff, "specialist", f"{PAGE}xep-loai/")
    assert "Quy định mới năm 2030" in shown
    assert "từ 30/08/2025 đến hết 31/12/2029" in shown
    assert "chưa tới ngày" in shown


def test_pages_that_use_a_rule_lead_to_it(staff: Staff) -> None:
    for path, slug in (("/can-bo/thoi-lam/", "thoi-lam"), ("/can-bo/xep-loai/", "xep-loai"), ("/can-bo/cap-pho/", "cap-pho"), ("/can-bo/", "thoi-lam")):
        assert f'href="{PAGE}{slug}/"' in page(staff, "head", path), path


def test_a_shipped_change_to_an_edited_line_is_read_by_all_and_decided_by_the_keeper(staff: Staff) -> None:
    rule_upgrade.take_shipped()
    change(staff.keeper, Book.LEAVE, "early@sets.0", early_months=24)
    data = deepcopy(shipped_data(Book.LEAVE))
    data["sets"][0]["early_months"] = 18
    rule_upgrade.take(Book.LEAVE, data)
    address = f"{PAGE}thoi-lam/di-kem/{RuleLineProposal.objects.get().pk}/"
    shown = page(staff, "head", PAGE + "thoi-lam/")
    assert "Bản đi kèm mới khác dòng cơ quan đã sửa" in shown
    assert address not in shown
    assert client(staff, "head").post(address + "nhan/", {"reason": "x"}).status_code == 403
    board = client(staff, "keeper")
    assert address + "nhan/" in board.get(PAGE + "thoi-lam/").content.decode()
    assert board.get(address + "khac/").status_code == 404
    assert board.post(address + "giu/", {"reason": ""}).status_code == 422
    assert board.post(address + "nhan/", {"reason": "Theo văn bản mới"}).status_code == 302
    assert newest(Book.LEAVE).data["sets"][0]["early_months"] == 18
    assert "Bản đi kèm mới" not in board.get(PAGE + "thoi-lam/").content.decode()
