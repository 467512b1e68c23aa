"""Bảng: địa chỉ lạ không làm hỏng trang; lọc, sắp, trang nằm trên địa chỉ; htmx chỉ nhận bảng."""

import pytest
from django.test import Client

from tinhgon.core.models import User
from tinhgon.documents.tests.factories import Office


@pytest.fixture
def clerk(office: Office) -> Client:
    for number in range(30):
        office.incoming(symbol=f"{number}-CV/VPTW", summary=f"Báo cáo số {number}")
    client = Client()
    client.force_login(User.objects.get(pk=office.clerk.user_id), "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("query", ["sap=khong-co", "sap=-", "trang=999", "trang=-1", "trang=abc", "loai=xyz", "tu=hôm-nào", "khan=99", "sap=so&trang=2"])
def test_a_strange_address_still_shows_the_list(clerk: Client, query: str) -> None:
    assert clerk.get(f"/van-ban/den/?{query}").status_code == 200


def test_pages_hold_every_row_once(clerk: Client) -> None:
    seen = [row.document.pk for page in (1, 2) for row in clerk.get(f"/van-ban/den/?sap=han&trang={page}").context["listing"].items]
    assert len(seen) == len(set(seen)) == 30


def test_a_page_beyond_the_last_is_the_last(clerk: Client) -> None:
    listing = clerk.get("/van-ban/den/?trang=99").context["listing"]
    assert (listing.page, listing.pages, listing.total) == (2, 2, 30)


def test_links_keep_the_filter(clerk: Client) -> None:
    listing = clerk.get("/van-ban/den/?tim=bao+cao&sap=han").context["listing"]
    assert all("tim=bao+cao" in heading.url for heading in listing.headings if heading.url)
    assert all("sap=han" in url for _number, url in listing.page_links)


def test_htmx_gets_the_table_alone(clerk: Client) -> None:
    answer = clerk.get("/van-ban/den/", headers={"HX-Request": "true", "HX-Target": "danh-sach"})
    assert "<html" not in answer.content.decode()
    assert 'id="danh-sach"' in answer.content.decode()


def test_an_empty_list_says_what_will_appear_and_how_to_begin(office: Office) -> None:
    client = Client()
    client.force_login(User.objects.get(pk=office.specialist.user_id), "django.contrib.auth.backends.ModelBackend")
    page = client.get("/van-ban/du-thao/").content.decode()
    assert "Chưa có dự thảo nào." in page
    assert "Lập dự thảo" in page
