"""Trang bảng: mọi việc làm được bằng biểu mẫu, không cần JavaScript; ai thấy, ai vẽ; số câu SQL không theo số đơn vị."""

import io
import re
from importlib import import_module

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.engine.tables import write_xlsx
from tinhgon.org.services.catalogue import ensure_catalogue
from tinhgon.org.services.structure import NewUnit, open_units
from tinhgon.reorg import services
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.services import running, table_jobs
from tinhgon.reorg.services.table import COLUMNS
from tinhgon.reorg.tests import world as small
from tinhgon.web.tests.reorg_office import user_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: small.DAY)


@pytest.fixture
def world():
    made = small.build()
    ensure_catalogue()
    return made


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def head(world):
    return signed_in(user_at(world, "T", "Phó Bí thư", "thuongtruc"))


@pytest.fixture
def empty(world) -> Reorganisation:
    return services.create(SYSTEM, name="Phương án trống", decree_number="12-QĐ/TU", decree_date=small.DAY, effective_on=small.DAY)


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def at(reorg: Reorganisation, path: str = "") -> str:
    return f"/sap-xep/{reorg.pk}/{path}"


class TestWhoSees:
    def test_every_page_of_the_board_answers(self, world, head):
        a, c = world["A"], world["C"]
        for path in (
            "bang/", f"bang/?khu={world['H']}", "bang/?tim=phuong x", f"bang/dat/?chon={world['X']}", f"bang/dat/?chon={world['X']}&vao={world['VT']}",
            "bang/moi/", f"bang/moi/?chon={world['X']}", f"bang/ket-thuc/?chon={world['X']}", f"bang/chia/?don-vi={c}", f"bang/chia/?don-vi={c}&noi=4",
            f"bang/don-vi/{a}/", f"bang/don-vi/{world['X']}/", f"bang/don-vi/{a}/chuc-nang/{world.functions['f1']}/", "bang/kiem-tra/", "nhan-ban/",
        ):  # fmt: skip
            assert head.get(at(world.reorg, path)).status_code == 200, path

    def test_a_wide_area_comes_in_parts_and_an_answer_returns_to_its_part(self, world, head, empty, monkeypatch):
        drawn = import_module("tinhgon.reorg.selectors.board")  # gói xuất hàm cùng tên
        monkeypatch.setattr(drawn, "MOST_LANES", 2)
        monkeypatch.setattr(drawn, "MOST_CLOSING", 1)
        open_units([NewUnit(f"Đảng ủy D{n}", f"D{n}", "committee", "commune", world["H"], "ĐU") for n in range(3)], on=small.BEFORE, decree="01-QĐ/TU")
        area = f"?khu={world['H']}"
        first = head.get(at(empty, f"bang/{area}")).text
        assert first.count('class="lane"') == 2
        assert "Phần 1 trên 4" in first
        assert "Phần trước" not in first
        last = head.get(at(empty, f"bang/{area}&phan=4")).text
        assert 'name="phan" value="4"' in last
        assert "Phần sau" not in last
        assert set(re.findall(r'data-name="(Đảng ủy \w+)"', first)).isdisjoint(re.findall(r'data-name="(Đảng ủy \w+)"', last))
        moved = head.post(at(empty, "bang/giu/"), {"chon": world["A"], "khu": world["H"], "phan": "4"})
        assert f"bang/{area}&phan=4" in moved["Location"]
        services.merge_units(SYSTEM, empty.pk, units=[world["A"], world["B"]], into_id=world["C"])
        assert "và 1 đơn vị nữa kết thúc ở khu vực này" in head.get(at(empty, f"bang/{area}")).text

    def test_who_does_not_plan_does_not_see_the_figures_of_every_unit(self, world):
        secretary = signed_in(user_at(world, "C", "Bí thư", "bithu"))
        assert secretary.get(at(world.reorg)).status_code == 200
        assert secretary.get(at(world.reorg, "bang/")).status_code == 403
        specialist = signed_in(user_at(world, "VT", "Chuyên viên", "chuyenvien", "Lê Thị Bích"))
        assert specialist.get(at(world.reorg, "bang/")).status_code == 404

    def test_an_inventoried_scenario_is_only_looked_at(self, world, head):
        services.take_inventory(SYSTEM, world.reorg.pk)
        page = head.get(at(world.reorg, "bang/"))
        assert 'name="chon"' not in page.text
        assert "Đưa về soạn lại" in page.text
        refused = head.post(at(world.reorg, "bang/giu/"), {"chon": world["A"]}, follow=True)
        assert "hãy nhân bản" in refused.text
        head.post(at(world.reorg, "bang/soan-lai/"))
        assert 'name="chon"' in head.get(at(world.reorg, "bang/")).text


class TestDrawing:
    def test_a_unit_is_put_somewhere_in_two_steps(self, world, head, empty):
        asked = head.get(at(empty, f"bang/dat/?chon={world['A']}&vao={world['T']}"), headers={"X-Bang": "1"})
        assert "Chuyển về trực thuộc Đảng ủy T" in asked.text
        assert "<html" not in asked.text
        done = head.post(at(empty, "bang/dat/"), {"chon": world["A"], "vao": world["T"], "viec": "move", "khu": world["H"]})
        assert done["Location"] == at(empty, f"bang/?khu={world['H']}#don-vi-{world['A']}")
        assert empty.successions.get().new_parent_id == world["T"]

    def test_what_cannot_be_is_said_and_changes_nothing(self, world, head, empty):
        asked = head.get(at(empty, f"bang/dat/?chon={world['H']}&vao={world['A']}"))
        assert "Không đặt được vào đây" in asked.text
        refused = head.post(at(empty, "bang/dat/"), {"chon": world["H"], "vao": world["A"], "viec": "merge"})
        assert "nằm trong nó" in said(refused)
        assert not empty.successions.exists()

    def test_several_become_a_new_one_from_the_template(self, world, head, empty):
        form = {"chon": [world["A"], world["B"]], "name": "Đảng ủy phường Z", "template": "commune", "parent_id": world["T"]}
        head.post(at(empty, "bang/moi/"), form)
        assert empty.planned_units.count() == 4
        assert empty.successions.count() == 2
        page = head.get(at(empty, "bang/")).text
        assert "Đảng ủy phường Z" in page
        assert "ghế theo mẫu" in page

    def test_a_taken_name_keeps_what_was_typed(self, world, head, empty):
        page = head.post(at(empty, "bang/moi/"), {"name": "Đảng ủy A", "template": "commune", "parent_id": world["H"]})
        assert page.status_code == 422
        assert "Đã có đơn vị tên" in page.text
        assert 'value="Đảng ủy A"' in page.text
        assert not empty.planned_units.exists()

    def test_a_unit_is_split_with_its_functions(self, world, head, empty):
        f1, f2 = world.functions.values()
        form = {
            "don-vi": world["C"], "noi": 2, "unit_1": world["A"], "name_2": "Đảng ủy phường Z", "template_2": "commune", "parent_id": world["T"],
            f"f_{f1}": "1", f"f_{f2}": "2",
        }  # fmt: skip
        head.post(at(empty, "bang/chia/"), form)
        shared = {line.successor_id: [f.pk for f in line.functions.all()] for line in empty.successions.filter(predecessor=world["C"])}
        assert sorted(shared.values()) == sorted([[f1], [f2]])

    def test_a_function_moves_and_the_last_gesture_goes_back(self, world, head, empty):
        head.post(at(empty, f"bang/don-vi/{world['A']}/chuc-nang/{world.functions['f1']}/"), {"vao": world["B"]})
        assert empty.successions.count() == 2
        assert "chuyển chức năng" in head.get(at(empty, "bang/")).text
        head.post(at(empty, "bang/hoan-lai/"))
        assert not empty.successions.exists()

    def test_a_unit_is_closed_and_kept_again(self, world, head, empty):
        head.post(at(empty, "bang/ket-thuc/"), {"chon": world["A"], "vao": world["B"]})
        assert empty.successions.get().type == "dissolved"
        head.post(at(empty, "bang/giu/"), {"chon": world["A"]})
        assert not empty.successions.exists()

    def test_nothing_chosen_is_one_sentence(self, world, head, empty):
        assert "Hãy chọn ít nhất một đơn vị" in said(head.get(at(empty, "bang/dat/")))


class TestConflicts:
    def test_they_stand_on_the_scenario_and_its_board_with_their_buttons(self, world, head, empty):
        services.merge_units(SYSTEM, empty.pk, units=[world["A"]], into_id=world["B"])
        services.decide_by_rule(SYSTEM, world.reorg.pk, unit_ids=[world["C"], world["H"]], heir_id=world["Y"])
        found = services.preview(SYSTEM, world.reorg.pk)
        services.decide(SYSTEM, world.reorg.pk, preview_hash=found.hash)
        services.apply(SYSTEM, world.reorg.pk, preview_hash=found.hash)
        running.run(world.reorg.pk)
        for path in ("", "bang/"):
            page = head.get(at(empty, path)).text
            assert "Đảng ủy A đã kết thúc từ 01/07/2025, việc đã về Đảng ủy phường X" in page
            assert "Thay bằng Đảng ủy phường X" in page
        refused = head.post(at(empty, "kiem-ke/lay/"))
        assert "Bộ máy đã đổi từ lúc soạn" in said(refused)
        head.post(at(empty, "xung-dot/"), {"don-vi": world["A"], "dieu": "closed", "cach": "drop", "ve": "bang"})
        head.post(at(empty, "xung-dot/"), {"don-vi": world["B"], "dieu": "closed", "cach": "drop", "ve": "bang"})
        assert "phải gỡ" not in head.get(at(empty, "bang/")).text


class TestCopies:
    def test_a_copy_is_listed_beside_its_source(self, world, head):
        done = head.post(at(world.reorg, "nhan-ban/"), {"name": "Bản hai"})
        made = Reorganisation.objects.get(name="Bản hai")
        assert done["Location"] == at(made, "bang/")
        page = head.get("/sap-xep/").text
        assert "hiệu lực 01/07/2025: 2 phương án" in page
        assert "Nhân bản từ “Sắp xếp 01/7/2025”" in page
        assert "Nhân bản từ “Sắp xếp 01/7/2025”" in head.get(at(made)).text


class TestExcel:
    def upload(self, head, reorg, *rows):
        data = write_xlsx(COLUMNS, [(*row, *[""] * (len(COLUMNS) - len(row))) for row in rows], title="Phương án")
        return head.post(at(reorg, "nhap/"), {"table": SimpleUploadedFile("bang.xlsx", data)}, follow=True)

    def test_the_template_lists_units_templates_and_functions(self, world, head, empty):
        answer = head.get(at(empty, "nhap/bang-phuong-an.xlsx"))
        book = load_workbook(io.BytesIO(b"".join(answer)))
        assert book.sheetnames == ["Phương án", "Cách ghi", "Đơn vị", "Mã mẫu", "Mã chức năng"]
        assert [cell.value for cell in book["Phương án"][1]] == list(COLUMNS)
        assert f"#{world['A']}" in {row[0].value for row in book["Đơn vị"]}

    def test_wrong_rows_are_shown_and_not_written(self, world, head, empty):
        page = self.upload(head, empty, ("Đảng ủy A", "nhập", "Đảng ủy B"), ("Đảng ủy Q", "nhập", "Đảng ủy B"))
        assert "không có đơn vị nào tên hay mã “Đảng ủy Q”" in page.text
        assert "Ghi vào phương án" not in page.text
        assert not empty.successions.exists()

    def test_a_clean_table_is_written_after_the_dry_run(self, world, head, empty):
        page = self.upload(head, empty, ("Đảng ủy A", "nhập", "Đảng ủy B"))
        assert "Không dòng nào sai" in page.text
        assert not empty.successions.exists()
        done = head.post(page.redirect_chain[-1][0])
        assert done["Location"] == at(empty, "bang/")
        assert empty.successions.get().successor_id == world["B"]

    def test_a_long_table_is_read_and_written_by_the_job_while_the_page_shows_progress(self, world, head, empty, monkeypatch):
        monkeypatch.setattr(table_jobs, "IN_REQUEST", 1)
        page = self.upload(head, empty, ("Đảng ủy A", "nhập", "Đảng ủy B"), ("Đảng ủy C", "đổi tên", "", "Đảng ủy D"))
        address, table = page.redirect_chain[-1][0], empty.tables.get()
        assert "Đang chờ việc nền bắt đầu" in page.text
        assert "Ghi vào phương án" not in page.text
        assert "chưa đọc thử xong" in head.post(address, follow=True).text
        table_jobs.run(table.pk)
        assert "Không dòng nào sai" in head.get(address).text
        assert "Đang chờ việc nền bắt đầu" in head.post(address, follow=True).text
        assert not empty.successions.exists()
        table_jobs.run(table.pk)
        page = head.get(address).text
        assert "thêm 0 đơn vị mới, 2 dòng kế thừa" in page
        assert "Tới bảng" in page
        assert empty.successions.count() == 2

    def test_somebody_elses_table_is_not_found(self, world, head, empty):
        page = self.upload(head, empty, ("Đảng ủy A", "nhập", "Đảng ủy B"))
        stranger = signed_in(user_at(world, "A", "Phó Bí thư", "phobithu.a"))
        assert stranger.get(page.redirect_chain[-1][0]).status_code in (403, 404)


def test_the_board_asks_as_often_however_many_units(world, head):
    def asked() -> int:
        head.get(at(world.reorg, "bang/"))
        with CaptureQueriesContext(connection) as captured:
            head.get(at(world.reorg, "bang/"))
        return len(captured)

    few = asked()
    more = open_units([NewUnit(f"Đảng ủy xã {n}", f"Xã {n}", "committee", "commune", world["T"]) for n in range(60)], on=small.BEFORE, decree="x")
    services.merge_units(SYSTEM, world.reorg.pk, units=more[:30], into_id=world["X"])
    assert asked() == few
