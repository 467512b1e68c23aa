"""Trang sắp xếp bộ máy: ai thấy gì, làm được gì; mọi trang trả lời; số câu SQL không theo số mục."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.org.models import ExternalCode, LedgerRow
from tinhgon.reorg import services
from tinhgon.reorg.models import DispositionOverride, DispositionRule, PlainHolding, Reorganisation
from tinhgon.reorg.services import running
from tinhgon.reorg.tests import world as small
from tinhgon.tasks.models import Task
from tinhgon.web.tests.reorg_office import user_at

pytestmark = pytest.mark.django_db
State = Reorganisation.State


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: small.DAY)


@pytest.fixture
def world():
    return small.build()


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def head(world):
    """Phó bí thư tỉnh: lập, quyết định, chuyển giao."""
    return signed_in(user_at(world, "T", "Phó Bí thư", "thuongtruc"))


def at(world, path: str = "") -> str:
    return f"/sap-xep/{world.reorg.pk}/{path}"


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


PAGES = (
    "", "?dang=bang", "?tim=dang uy", "nhat-ky/", "nhap/", "kiem-ke/", "kiem-ke/muc/", "kiem-ke/don-vi/", "ngoai-he-thong/",
    "chia-tach/", "xem-truoc/", "xem-truoc/?xem=nhan", "xem-truoc/?xem=tam-nhin", "xem-truoc/?xem=gop", "xem-truoc/?xem=so",
    "chuyen-giao/", "chung-minh/", "so-cai/", "bien-ban/", "hoan-tac/", "hoan-tac/viec-moi/",
)  # fmt: skip


def test_every_page_answers_the_standing_committee_in_every_state(world, head):
    for step in (lambda: None, lambda: services.take_inventory(SYSTEM, world.reorg.pk), lambda: small.decided(world)):
        step()
        assert {path: head.get(at(world, path)).status_code for path in PAGES} == dict.fromkeys(PAGES, 200)


def test_a_reorganisation_is_not_found_by_whom_it_does_not_concern(world):
    specialist = signed_in(user_at(world, "VT", "Chuyên viên", "chuyenvien"))
    assert {path: specialist.get(at(world, path)).status_code for path in PAGES} == dict.fromkeys(PAGES, 404)


def test_only_the_province_decides(world):
    services.take_inventory(SYSTEM, world.reorg.pk)
    secretary = signed_in(user_at(world, "C", "Bí thư", "bithu"))
    small.task(world, "C")
    assert secretary.get(at(world)).status_code == 200
    refused = secretary.post(at(world, f"chia-tach/{world['C']}/"), {"group": "khong", "heir": world["X"]})
    assert refused.status_code == 403
    assert not DispositionRule.objects.exists()


def test_a_lower_level_reads_only_the_items_of_its_own_unit(world):
    small.task(world, "C")
    small.task(world, "A")
    services.take_inventory(SYSTEM, world.reorg.pk)
    page = signed_in(user_at(world, "C", "Bí thư", "bithu")).get(at(world, "kiem-ke/muc/?loai=tasks.lead"))
    assert "Việc của C" in page.text
    assert "Việc của A" not in page.text


def test_the_number_of_queries_does_not_follow_the_number_of_items(world, head):
    pages = (
        "", "kiem-ke/", "kiem-ke/muc/?loai=tasks.lead", "kiem-ke/don-vi/", "chia-tach/", f"chia-tach/{world['C']}/",
        "xem-truoc/?xem=nhan", "xem-truoc/?xem=gop",
    )  # fmt: skip
    small.many_tasks(world, 5)
    few = _queries(world, head, pages)
    small.many_tasks(world, 60)
    assert _queries(world, head, pages) == few


def _queries(world, head, pages) -> dict[str, int]:
    small.decided(world)
    counts = {}
    for page in pages:
        head.get(at(world, page))
        with CaptureQueriesContext(connection) as captured:
            head.get(at(world, page))
        counts[page] = len(captured)
    return counts


def test_the_list_teaches_when_empty_and_says_what_blocks(world, head):
    small.task(world, "C")
    services.take_inventory(SYSTEM, world.reorg.pk)
    assert "Còn 1 mục chưa có nơi nhận." in head.get("/sap-xep/").text
    Reorganisation.objects.all().update(state=State.APPLIED)
    world.reorg.planned_units.all().delete()
    world.reorg.successions.all().delete()
    world.reorg.delete()
    assert "Chưa có lần sắp xếp nào." in head.get("/sap-xep/").text


def test_creating_keeps_what_was_typed_and_says_the_reason_beside_the_field(world, head):
    wrong = {"name": "Sắp xếp 2026", "decree_number": "12-QĐ/TU", "decree_date": "05/03/2026", "effective_on": "01/03/2026"}
    page = head.post("/sap-xep/lap/", wrong)
    assert "Ngày hiệu lực không thể trước ngày quyết định." in page.text
    assert "Sắp xếp 2026" in page.text
    made = head.post("/sap-xep/lap/", wrong | {"effective_on": "01/04/2026"})
    assert made.status_code == 302
    assert Reorganisation.objects.filter(name="Sắp xếp 2026").exists()


def test_a_group_is_decided_by_form_and_the_plan_follows_at_once(world, head):
    small.task(world, "C", function="f1")
    services.take_inventory(SYSTEM, world.reorg.pk)
    url = at(world, f"chia-tach/{world['C']}/")
    assert "chưa quyết định" in head.get(url).text
    head.post(url, {"group": str(world.functions["f1"]), "heir": str(world["X"])})
    page = head.get(url)
    assert "Đơn vị này: 1 trên 1 mục." in page.text
    assert DispositionRule.objects.get().heir_id == world["X"]


def test_the_same_decision_for_every_unit_that_shares_the_heir(world, head):
    for unit in "CH":
        small.task(world, unit, function="f1")
    services.take_inventory(SYSTEM, world.reorg.pk)
    head.post(at(world, f"chia-tach/{world['C']}/"), {"group": str(world.functions["f1"]), "heir": str(world["Y"]), "same": "1"})
    assert set(DispositionRule.objects.values_list("unit_id", flat=True)) == {world["C"], world["H"]}


def test_bulk_decision_covers_the_chosen_functions_only(world, head):
    small.task(world, "C", function="f1")
    small.task(world, "H", function="f2")
    services.take_inventory(SYSTEM, world.reorg.pk)
    url = at(world, f"chia-tach/hang-loat/?noi-nhan={world['Y']}")
    assert "Chức năng f1" in head.get(url).text
    answer = head.post(url, {})
    assert "Hãy đánh dấu ít nhất một chức năng." in said(answer)
    head.post(url, {"group": str(world.functions["f1"])})
    assert set(DispositionRule.objects.values_list("function_id", flat=True)) == {world.functions["f1"]}


def test_what_the_program_proposes_is_decided_in_one_press_with_its_reasons(world, head):
    for unit, function in (("C", "f1"), ("H", "f1"), ("H", "f2")):
        small.task(world, unit, function=function)
    services.take_inventory(SYSTEM, world.reorg.pk)
    services.decide_by_rule(SYSTEM, world.reorg.pk, unit_ids=[world["C"]], heir_id=world["Y"])
    page = head.get(at(world, "chia-tach/")).text
    assert "Cùng chức năng, đơn vị khác đã giao về đó 1 mục." in page
    head.post(at(world, "chia-tach/de-xuat/"), {"proposal": f"{world['H']}-{world['Y']}-alike"})
    assert "Đang nhận nhiều nhất của đơn vị này" in head.get(at(world, "chia-tach/")).text
    answer = head.post(at(world, "chia-tach/de-xuat/"), {"proposal": "x"})
    assert "đánh dấu ít nhất một đề xuất" in said(answer)


def test_one_item_is_chosen_by_hand_over_every_rule(world, head):
    task = small.task(world, "C", function="f1")
    services.take_inventory(SYSTEM, world.reorg.pk)
    url = at(world, f"chia-tach/{world['C']}/muc/?nhom={world.functions['f1']}")
    assert "Việc của C" in head.get(url).text
    head.post(url, {"item": f"tasks.lead/{task.pk}", "heir": str(world["Y"])})
    assert DispositionOverride.objects.get().item_id == task.pk


def test_an_heir_that_is_not_one_is_refused_in_words_and_nothing_changes(world, head):
    small.task(world, "C")
    services.take_inventory(SYSTEM, world.reorg.pk)
    page = head.post(at(world, f"chia-tach/{world['C']}/"), {"group": "khong", "heir": str(world["A"])})
    assert "không phải là nơi kế thừa" in page.text
    assert not DispositionRule.objects.exists()


def test_a_withdrawn_rule_makes_its_items_wait_again(world, head):
    small.task(world, "C")
    services.take_inventory(SYSTEM, world.reorg.pk)
    services.decide_by_rule(SYSTEM, world.reorg.pk, unit_ids=[world["C"]], heir_id=world["X"], no_function=True)
    rule = DispositionRule.objects.get()
    head.post(at(world, f"chia-tach/quy-tac/{rule.pk}/bo/"), {"unit": str(world["C"])})
    assert "Đơn vị này: 0 trên 1 mục." in head.get(at(world, f"chia-tach/{world['C']}/")).text


def test_preview_names_what_is_missing_with_a_link_to_where_it_is_fixed(world, head):
    small.task(world, "C")
    services.take_inventory(SYSTEM, world.reorg.pk)
    page = head.post(at(world, "xem-truoc/"), follow=True)
    assert "Chưa chốt được, còn thiếu" in page.text
    assert at(world, f"chia-tach/{world['C']}/") in page.text
    refused = head.post(at(world, "chot/"), {"hash": Reorganisation.objects.get().preview_hash})
    assert "chưa có nơi nhận" in said(refused)
    assert Reorganisation.objects.get().state == State.INVENTORY


def test_before_the_effective_date_it_is_scheduled_not_applied(world, head, monkeypatch):
    stamp = small.decided(world)
    monkeypatch.setattr(clock, "today", lambda: small.DAY - timedelta(days=1))
    page = head.get(at(world, "chuyen-giao/"))
    assert "Hẹn chuyển giao vào 01/07/2025" in page.text
    assert "Chuyển giao ngay?" not in page.text
    head.post(at(world, "chuyen-giao/hen/"), {"hash": stamp})
    assert Reorganisation.objects.get().is_scheduled
    assert "Đã hẹn" in head.get(at(world, "chuyen-giao/")).text


def test_from_preview_to_proof_ledger_and_undo(world, head):
    kept = small.task(world, "C")
    services.take_inventory(SYSTEM, world.reorg.pk)
    head.post(at(world, f"chia-tach/{world['C']}/"), {"group": "khong", "heir": str(world["Y"])})
    head.post(at(world, "xem-truoc/"))
    stamp = Reorganisation.objects.get().preview_hash
    head.post(at(world, "chot/"), {"hash": stamp})
    assert "Chuyển giao ngay?" in head.get(at(world, "chuyen-giao/")).text
    head.post(at(world, "chuyen-giao/"), {"hash": stamp})
    assert "Đóng trang này thì việc vẫn chạy" in head.get(at(world, "chuyen-giao/")).text
    running.run(world.reorg.pk)
    assert "Không mất mục nào" in head.get(at(world, "chung-minh/")).text
    assert "Việc của C" in head.get(at(world, "so-cai/?loai=tasks.lead")).text
    assert "Đã chứng minh lại" in said(head.post(at(world, "chung-minh/")))
    assert head.get(at(world, f"bien-ban/{world['C']}.pdf"))["Content-Type"] == "application/pdf"

    back = at(world, f"so-cai/tra-lai/?loai=tasks.lead&muc={kept.pk}")
    head.post(back, {"to_unit_id": str(world["X"]), "reason": "Nhầm nơi nhận"})
    kept.refresh_from_db()
    assert kept.lead_id == world["X"]

    made = small.task(world, "X")
    page = head.post(at(world, "hoan-tac/"), {"preview": "1"}, follow=True)
    assert "Chưa hoàn tác được, việc mới chưa có nơi nhận" in page.text
    head.post(at(world, f"hoan-tac/viec-moi/{world['X']}/"), {"group": "khong", "heir": str(world["A"])})
    page = head.post(at(world, "hoan-tac/"), {"undo": "1", "on": "01/07/2025", "reason": ""})
    assert "Ô này bắt buộc nhập." in page.text
    head.post(at(world, "hoan-tac/"), {"undo": "1", "on": "01/07/2025", "reason": "Quyết định bị thu hồi"})
    running.run(world.reorg.pk)
    assert "Đã hoàn tác từ 01/07/2025" in head.get(at(world, "hoan-tac/")).text
    assert Task.objects.get(pk=made.pk).lead_id == world["A"]
    assert Task.objects.get(pk=kept.pk).lead_id == world["C"]


def test_closing_ends_undoing(world, head):
    services.apply(SYSTEM, world.reorg.pk, preview_hash=small.decided(world))
    running.run(world.reorg.pk)
    head.post(at(world, "khep-lai/"))
    assert "không hoàn tác được nữa" in head.get(at(world, "hoan-tac/")).text
    assert not LedgerRow.objects.filter(direction="undo").exists()


def test_plain_holdings_are_listed_corrected_and_removed(world, head):
    url = at(world, f"ngoai-he-thong/them/?don-vi={world['C']}")
    row = {"category": "seal", "description": "Con dấu Đảng ủy C", "quantity": "01 con", "receiver_id": str(world["X"])}
    head.post(url, row)
    made = PlainHolding.objects.get()
    assert "Con dấu Đảng ủy C" in head.get(at(world, "ngoai-he-thong/")).text
    head.post(at(world, f"ngoai-he-thong/{made.pk}/"), row | {"quantity": "02 con"})
    made.refresh_from_db()
    assert made.quantity == "02 con"
    head.post(at(world, f"ngoai-he-thong/{made.pk}/"), {"remove": "1"})
    assert not PlainHolding.objects.exists()


def _csv(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("ke-thua.csv", text.encode(), content_type="text/csv")


@pytest.fixture
def empty(world):
    """Một lần sắp xếp chưa có đơn vị nào; xã A mang mã 00001, B mang mã 00002."""
    for unit, code in (("A", "00001"), ("B", "00002")):
        ExternalCode.objects.create(unit_id=world[unit], scheme="DVHC", era="trước 07/2025", code=code)
    return services.create(
        SYSTEM, name="Nhập thử", decree_number="11-QĐ/TU", decree_date=small.DAY, effective_on=small.DAY
    )  # fmt: skip


def test_import_reads_first_and_lists_every_wrong_row_without_writing(world, head, empty):
    table = _csv("ma_cu,ma_moi,ten_moi\n00001,90001,Phường Mới\n99999,90001,Phường Mới\n00002,,Phường Mới\n")
    page = head.post(f"/sap-xep/{empty.pk}/nhap/", {"parent": str(world["T"]), "table": table})
    assert "không có đơn vị nào đang hoạt động mang mã 99999" in page.text
    assert "thiếu mã đơn vị mới" in page.text
    assert "Ghi vào phương án" not in page.text
    assert not empty.successions.exists()


def test_a_clean_table_is_written_only_after_the_second_word(world, head, empty):
    table = _csv("ma_cu,ma_moi,ten_moi\n00001,90001,Phường Mới\n00002,90001,Phường Mới\n")
    url = f"/sap-xep/{empty.pk}/nhap/"
    page = head.post(url, {"parent": str(world["T"]), "table": table})
    assert "Ghi vào phương án" in page.text
    assert not empty.successions.exists()
    head.post(url, {"write": "1"})
    assert set(empty.successions.values_list("predecessor_id", flat=True)) >= {world["A"], world["B"]}


def test_an_unreadable_file_is_refused_in_one_sentence(world, head, empty):
    page = head.post(f"/sap-xep/{empty.pk}/nhap/", {"parent": str(world["T"]), "table": _csv("chỉ một cột\nabc\n")})
    assert "Không thấy dòng tiêu đề" in page.text
