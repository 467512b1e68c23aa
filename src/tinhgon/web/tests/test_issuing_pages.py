"""Trang cấp số nói trước: gửi qua máy tới đâu, đâu phải bản giấy; chọn sẵn theo "Nơi nhận", bỏ chọn được."""

import pytest
from django.test import Client

from tinhgon.core.actor import SYSTEM
from tinhgon.core.models import User
from tinhgon.documents.models import Delivery, PartnerOrgan
from tinhgon.documents.services.exchange import partners
from tinhgon.documents.tests.exchanging import OUR_CODE, partner
from tinhgon.documents.tests.factories import TODAY, Office
from tinhgon.documents.tests.signing import written

LINES = "Như trên,\nUBND phường Xa,\nCác đồng chí Thành ủy viên,\nLưu VPTU."


@pytest.fixture
def clerk(office: Office) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=office.clerk.user_id), "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_page_tells_what_goes_by_wire_and_what_on_paper_and_sends_what_is_left_chosen(office: Office, clerk: Client) -> None:
    partners.set_code(SYSTEM, on=TODAY, unit_id=office.office, code=OUR_CODE)
    organ = partner().organs.get()
    document = written(office, addressees="Đảng ủy phường Bắc", receivers=LINES)
    address = f"/van-ban/{document.pk}/cap-so/"
    page = clerk.get(address)
    text = page.content.decode()
    assert "theo “Nơi nhận”: Đảng ủy phường Bắc, UBND phường Xa." in text
    assert "Phải gửi bản giấy, chưa có ở đây: Các đồng chí Thành ủy viên." in text
    form = page.context["form"]
    assert (form["units"].value(), form["organs"].value(), form["paper"].value()) == ([office.north], [organ.pk], "Các đồng chí Thành ủy viên")
    done = clerk.post(address, {"units": [office.north], "paper": "Các đồng chí Thành ủy viên"})
    assert done.status_code == 302
    assert set(Delivery.objects.values_list("way", "to_name")) == {("internal", "Đảng ủy phường Bắc"), ("paper", "Các đồng chí Thành ủy viên")}
    later = clerk.get(f"/van-ban/{document.pk}/gui-di/").context["form"]
    assert (later["units"].value(), later["organs"].value(), later["paper"].value()) == ([], [organ.pk], "")


def test_an_organ_not_connected_or_an_issuer_without_a_code_is_told_as_paper(office: Office, clerk: Client) -> None:
    partner(active=False)
    document = written(office, receivers=LINES)
    form = clerk.get(f"/van-ban/{document.pk}/cap-so/").context["form"]
    assert (form["organs"].value(), form["paper"].value()) == ([], "UBND phường Xa\nCác đồng chí Thành ủy viên")
    assert PartnerOrgan.objects.exists()
