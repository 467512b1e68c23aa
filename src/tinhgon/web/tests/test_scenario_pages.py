"""Trang so sánh phương án và trang công thức: ai xem, ai sửa, chưa biết thì nói chưa biết, sửa sai thì nói ô sai."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.core.models import User
from tinhgon.documents.tests.factories import Office
from tinhgon.org.models import Post
from tinhgon.reorg import services
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.tests import world as small
from tinhgon.reorg.tests.test_comparison import draft
from tinhgon.scorecard.models import MeasureSet
from tinhgon.web.tests.reorg_office import user_at

pytestmark = pytest.mark.django_db
COMPARE, FORMULAS = "/sap-xep/so-sanh/", "/bang-diem/cong-thuc/"


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: small.DAY)
    return small.build()


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def as_actor(actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id), "django.contrib.auth.backends.ModelBackend")
    return client


class TestComparing:
    @pytest.fixture
    def head(self, world):
        return signed_in(user_at(world, "T", "Phó Bí thư", "thuongtruc"))

    def test_scenarios_stand_side_by_side_with_today_and_are_told_in_words(self, world, head):
        one, other = draft(world, "Phương án một"), draft(world, "Phương án hai", gather="AB")
        html = head.get(COMPARE, {"pa": [one.pk, other.pk]}).content.decode()
        assert "Phương án một so với Hiện nay" in html
        assert "3 đơn vị còn 1" in html
        assert "chưa nói trước được" in html
        assert "Công thức của chúng tôi" in html
        assert html.index("Hiện nay</th>") < html.index("Phương án một</a></th>") < html.index("Phương án hai</a></th>")

    def test_another_scenario_may_be_the_base(self, world, head):
        one, other = draft(world, "Phương án một"), draft(world, "Phương án hai", gather="AB")
        html = head.get(COMPARE, {"pa": [one.pk, other.pk], "goc": one.pk}).content.decode()
        assert "Phương án hai so với Phương án một" in html

    def test_nothing_chosen_compares_the_first_few(self, world, head):
        assert world.reorg.name in head.get(COMPARE).content.decode()

    def test_an_address_with_nonsense_is_no_crash(self, world, head):
        assert head.get(COMPARE, {"pa": ["x", "-1", "99999999999999999999"], "goc": "y"}).status_code == 200

    def test_too_many_scenarios_are_refused_with_a_sentence(self, world, head):
        ids = [draft(world, f"PA {n}").pk for n in range(7)]
        answer = head.get(COMPARE, {"pa": ids})
        assert answer.status_code == 400
        assert "nhiều nhất 6" in answer.content.decode()

    def test_without_a_draft_the_page_teaches(self, world, head):
        Reorganisation.objects.update(state="closed")
        assert "Chưa có phương án nào để so" in head.get(COMPARE).content.decode()

    def test_a_draft_without_units_can_be_compared(self, world, head):
        empty = services.create(SYSTEM, name="Trống", decree_number="1", decree_date=small.DAY, effective_on=small.DAY)
        assert head.get(COMPARE, {"pa": [empty.pk]}).status_code == 200

    def test_only_the_province_compares(self, world):
        for unit, title in (("C", "Bí thư"), ("VT", "Chuyên viên")):
            client = signed_in(user_at(world, unit, title, f"nguoi{unit}"))
            assert client.get(COMPARE).status_code == 403
        assert Client().get(COMPARE).status_code == 302

    def test_the_list_leads_here_for_whom_it_serves(self, world, head):
        assert COMPARE in head.get("/sap-xep/").content.decode()
        secretary = signed_in(user_at(world, "C", "Bí thư", "bithu"))
        assert COMPARE not in secretary.get("/sap-xep/").content.decode()

    def test_no_name_of_a_person_is_on_the_page(self, world, head):
        for unit in "ABC":
            small.person(world, unit, Post.objects.filter(unit=world[unit]).first().title, "Ngô Văn Riêng")
        assert "Ngô Văn Riêng" not in head.get(COMPARE).content.decode()


class TestFormulas:
    @pytest.fixture
    def office(self):
        return Office()

    @pytest.mark.parametrize("who", ["specialist", "secretary", "clerk", "north_head", "administrator"])
    def test_everyone_reads_them_and_only_the_office_of_the_top_changes_them(self, office, who):
        client = as_actor(getattr(office, who))
        html = client.get(FORMULAS).content.decode()
        assert "100 × (ghế − ghế đứng đầu − ghế cấp phó) ÷ ghế" in html
        assert f"{FORMULAS}moi/" not in html
        assert client.get(f"{FORMULAS}thuoc-do/don-vi/").status_code == 403
        assert client.post(f"{FORMULAS}thuoc-do/don-vi/bo/", {"reason": "x"}).status_code == 403
        assert MeasureSet.objects.count() == 1

    def form(self, client, code: str = "don-vi", **changes: str) -> dict[str, str]:
        initial = client.get(f"{FORMULAS}thuoc-do/{code}/").context["form"].initial
        kept = {name: initial[name] for name in ("name", "formula", "unit", "better", "decimals", "sentence", "basis", "source")}
        return kept | {"reason": "Theo góp ý"} | changes

    def test_a_change_is_a_new_version_told_on_the_page(self, office):
        client = as_actor(office.head)
        answer = client.post(f"{FORMULAS}thuoc-do/don-vi/", self.form(client, formula="org.units + org.layers"), follow=True)
        assert "Đã ghi phiên bản mới" in " ".join(str(one) for one in get_messages(answer.wsgi_request)) + answer.content.decode()
        html = answer.content.decode()
        assert "đơn vị + tầng" in html
        assert "Phiên bản 2 khác trước" in html
        assert "đơn vị + tầng" not in client.get(FORMULAS, {"phien-ban": 1}).content.decode()

    def test_a_wrong_formula_stays_in_its_box_with_the_sentence(self, office):
        client = as_actor(office.head)
        answer = client.post(f"{FORMULAS}thuoc-do/don-vi/", self.form(client, formula="__import__('os')"))
        assert answer.status_code == 409
        assert "không dùng được" in answer.content.decode()
        assert MeasureSet.objects.count() == 1

    def test_one_is_added_and_taken_away(self, office):
        client = as_actor(office.head)
        made = self.form(client) | {"criterion": "gon", "code": "ghe-trong"}
        made |= {"name": "Ghế trống", "formula": "org.seats - org.staff", "sentence": "[trước] [còn] [sau]"}
        assert client.post(f"{FORMULAS}moi/", made).status_code == 302
        assert "ghế − người" in client.get(FORMULAS).content.decode()
        assert client.post(f"{FORMULAS}thuoc-do/ghe-trong/bo/", {"reason": "Trùng"}).status_code == 302
        assert MeasureSet.objects.count() == 3

    def test_what_is_not_there_is_not_found(self, office):
        client = as_actor(office.head)
        assert client.get(f"{FORMULAS}thuoc-do/khong-co/").status_code == 404
        assert client.get(FORMULAS, {"phien-ban": 99}).status_code == 404
