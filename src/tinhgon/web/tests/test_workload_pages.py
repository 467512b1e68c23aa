"""Trang chia việc, dự báo, dự báo so với thực tế: ai thấy, ai sửa, nói gì trước; số câu hỏi không theo số việc."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.org.models import Post
from tinhgon.reorg import services
from tinhgon.reorg.models import WorkLine, WorkPlan
from tinhgon.reorg.services import running
from tinhgon.reorg.tests import world as small
from tinhgon.reorg.tests.test_forecast import work
from tinhgon.web.tests.reorg_office import user_at

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: small.DAY)
    made = small.build()
    for unit, title, name in (("A", "Phó Bí thư", "Lê Thị Bình"), ("B", "Bí thư", "Phạm Văn Chung"), ("C", "Bí thư", "Vũ Văn Em")):
        small.person(made, unit, title, name)
    services.decide_by_rule(SYSTEM, made.reorg.pk, unit_ids=[made["C"], made["H"]], heir_id=made["Y"])
    return made


@pytest.fixture
def chair(world):
    return signed_in(user_at(world, "T", "Phó Bí thư", "thuongtruc", "Đặng Văn Giang"))


@pytest.fixture
def head(world):
    """Bí thư A, sẽ là Bí thư X theo quyết định bố trí."""
    return signed_in(user_at(world, "A", "Bí thư", "bithu.a", "Trần Văn An"))


@pytest.fixture
def task(world):
    return small.task(world, "A", function="f1")


def inventory(world):
    services.take_inventory(SYSTEM, world.reorg.pk)


def at(world, path: str) -> str:
    return f"/sap-xep/{world.reorg.pk}/{path}"


def text_of(answer) -> str:
    return answer.content.decode()


def place_head(world, *, decided: bool) -> None:
    """Mọi người theo phương án bố trí; người của ``head`` ghim vào Bí thư X."""
    services.list_posts(SYSTEM, world.reorg.pk)
    post = world.reorg.planned_posts.get(unit=world["X"], title="Bí thư")
    person = Post.objects.get(unit=world["A"], title="Bí thư").appointments.get().person_id
    services.pin(SYSTEM, world.reorg.pk, kind="pin", person_id=person, post_id=post.pk, reason="Thử")
    placement = services.start(SYSTEM, world.reorg.pk)
    services.consult(SYSTEM, placement.pk)
    if decided:
        services.decide_placement(SYSTEM, placement.pk, decree="12-QĐ/TU")


class TestGivingOutWork:
    def test_before_the_inventory_the_page_says_how_to_begin(self, world, chair):
        assert "Chưa kiểm kê" in text_of(chair.get(at(world, "chia-viec/")))

    def test_from_the_list_to_the_confirmed_proposal(self, world, chair, head, task):
        inventory(world)
        assert "1 việc đang mở sẽ về 1 đơn vị nhận" in text_of(chair.get(at(world, "chia-viec/")))
        page = text_of(chair.post(at(world, "chia-viec/lap/"), follow=True))
        assert "Đã lập đề xuất" in page
        unit = at(world, f"chia-viec/{world['X']}/")
        page = text_of(chair.get(unit))
        assert "1 trên 1 việc chia cho 3 người" in page
        assert "Đã chứng minh" in page
        assert "là của chúng tôi" in page
        line = WorkLine.objects.get()
        other = next(one for one in (small.Person.objects.filter(full_name__in=["Phạm Văn Chung", "Lê Thị Bình"])) if one.pk != line.person_id)
        form = text_of(chair.get(f"{unit}viec/{line.pk}/"))
        assert f"{other.full_name}, " in form
        assert "giờ lên" in form
        chair.post(f"{unit}viec/{line.pk}/", {"person_id": other.pk, "hours": ""})
        line.refresh_from_db()
        assert line.person_id == other.pk
        assert "Đã xác nhận" in text_of(chair.post(f"{unit}xac-nhan/", follow=True))
        assert WorkPlan.objects.get().state == "confirmed"

    def test_hours_are_edited_for_all_and_for_one(self, world, chair, head, task):
        inventory(world)
        services.propose_work(SYSTEM, world.reorg.pk, unit_id=world["X"])
        one = WorkLine.objects.get().person_id
        chair.post(at(world, f"chia-viec/{world['X']}/gio/"), {"hours": "20", "lead_hours": "10", f"rieng-{one}": "0"})
        found = WorkPlan.objects.get()
        assert (found.hours, found.lead_hours, found.own_hours) == (20, 10, {str(one): 0})
        assert WorkLine.objects.get().person_id != one
        refused = text_of(chair.post(at(world, f"chia-viec/{world['X']}/gio/"), {"hours": "99", "lead_hours": "10"}))
        assert "60" in refused
        found.refresh_from_db()
        assert found.hours == 20

    def test_the_decided_head_of_the_unit_edits_only_their_own_unit(self, world, head, chair, task):
        inventory(world)
        unit = at(world, f"chia-viec/{world['X']}/")
        place_head(world, decided=False)
        assert head.get(unit).status_code == 404
        placement = world.reorg.placements.get()
        services.decide_placement(SYSTEM, placement.pk, decree="12-QĐ/TU")
        assert "đứng đầu một đơn vị nhận" in text_of(head.get("/bo-tri-cua-toi/"))
        assert head.post(f"{unit}lap/", follow=True).status_code == 200
        assert WorkPlan.objects.filter(unit=world["X"]).exists()
        assert head.post(f"{unit}xac-nhan/", follow=True).status_code == 200
        assert WorkPlan.objects.get(unit=world["X"]).state == "confirmed"
        assert head.get(at(world, f"chia-viec/{world['Y']}/")).status_code == 404
        assert head.post(at(world, "chia-viec/lap/")).status_code in (403, 404)

    def test_nobody_else_sees_it(self, world, task):
        inventory(world)
        services.propose_work(SYSTEM, world.reorg.pk, unit_id=world["X"])
        stranger = signed_in(user_at(world, "C", "Phó Bí thư", "pho.c", "Hoàng Văn Khoa"))
        assert stranger.get(at(world, "chia-viec/")).status_code == 404
        assert stranger.get(at(world, f"chia-viec/{world['X']}/")).status_code == 404
        assert stranger.post(at(world, f"chia-viec/{world['X']}/xac-nhan/")).status_code == 404
        assert WorkPlan.objects.get().state == "proposed"


class TestTheForecast:
    def test_warnings_first_then_the_ways_and_the_units(self, world, chair):
        work(world, "A", each=2)
        work(world, "A", each=3, done=False)
        inventory(world)
        page = text_of(chair.get(at(world, "du-bao/")))
        assert page.index("Nơi việc sẽ dồn lại") < page.index("So các cách chuyển") < page.index("Từng đơn vị nhận") < page.index("Đo gì, giả định gì")
        assert "Chia 2 đợt, cách nhau 10 ngày làm việc" in page
        assert "là của chúng tôi" in page

    def test_the_form_asks_for_waves_and_another_date(self, world, chair):
        work(world, "A")
        inventory(world)
        page = text_of(chair.get(at(world, "du-bao/?dot=3&cach=5&ngay=01/09/2025&tuan=8&ve=dot")))
        assert "Chia 3 đợt, cách nhau 5 ngày làm việc: tồn cao nhất" in page
        assert "Ngày khác, 01/09/2025" in page
        assert "(8 tuần)" in page

    def test_a_wrong_number_is_told_and_the_page_still_answers(self, world, chair):
        work(world, "A")
        inventory(world)
        answer = chair.get(at(world, "du-bao/?dot=99&tuan=abc"))
        assert answer.status_code == 200
        assert "12" in text_of(answer)

    def test_one_unit_tells_each_function_and_week(self, world, chair):
        work(world, "A")
        inventory(world)
        page = text_of(chair.get(at(world, f"du-bao/{world['X']}/")))
        assert "Chức năng f1" in page
        assert page.count("<tr><th") >= 26
        assert chair.get(at(world, f"du-bao/{world['C']}/")).status_code == 404

    def test_without_any_work_or_inventory_it_says_what_to_do(self, world, chair):
        assert "Chưa kiểm kê" in text_of(chair.get(at(world, "du-bao/")))
        inventory(world)
        assert "Không đo được việc nào" in text_of(chair.get(at(world, "du-bao/")))


class TestPlanAgainstReality:
    def test_in_words_first_after_the_cut_over(self, world, chair, monkeypatch):
        work(world, "A", each=8)
        assert "Chưa chuyển giao" in text_of(chair.get(at(world, "du-bao/thuc-te/")))
        found = services.preview(SYSTEM, world.reorg.pk)
        services.decide(SYSTEM, world.reorg.pk, preview_hash=found.hash)
        services.apply(SYSTEM, world.reorg.pk, preview_hash=found.hash)
        running.run(world.reorg.pk)
        assert "chưa hết tuần đầu" in text_of(chair.get(at(world, "du-bao/"), follow=True))
        monkeypatch.setattr(clock, "today", lambda: small.DAY + timedelta(days=21))
        page = text_of(chair.get(at(world, "du-bao/thuc-te/")))
        assert "Tới 21/07/2025, việc tồn 0, " in page
        assert "trước sắp xếp" in page
        assert "người đang chờ bố trí" in page


@pytest.mark.parametrize("path", ["chia-viec/", "chia-viec/{unit}/", "du-bao/", "du-bao/{unit}/"])
def test_a_page_asks_the_database_as_often_however_much_work(world, chair, path):
    counts = []
    for more in (1, 6):
        work(world, "A", weeks=4, each=more, done=False)
        inventory(world)
        services.propose_work(SYSTEM, world.reorg.pk, unit_id=world["X"])
        address = at(world, path.format(unit=world["X"]))
        chair.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert chair.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
