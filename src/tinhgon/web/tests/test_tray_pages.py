"""Khay đến: nơi lấy mới có ô trống thật; hai bản cùng một văn bản tới hai đường thì nói trước khi vào sổ."""

import pytest
from django.test import Client

from tinhgon.core import clock
from tinhgon.core.models import User
from tinhgon.documents.models import Arrival
from tinhgon.documents.selectors.duplicates import waiting_twins
from tinhgon.documents.tests.factories import Office

WORDS = {"so_ky_hieu": "318-TB/BDVTU", "ngay": "25/06/2025", "co_quan": "Ban Dân vận Thành ủy"}


@pytest.fixture
def clerk(office: Office) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=office.clerk.user_id), "django.contrib.auth.backends.ModelBackend")
    return client


def arrival(office: Office, unit: int | None = None, **read: str) -> Arrival:
    fields = {name: {"value": value, "confidence": 0.97} for name, value in (WORDS | read).items()}
    return Arrival.objects.create(
        to_unit_id=unit or office.office, channel="upload", state="ready", reading={"fields": fields}, received_at=clock.now(), subject="Thông báo"
    )


def test_a_new_place_begins_with_empty_boxes(office: Office, clerk: Client) -> None:
    page = clerk.get("/van-ban/khay/noi-lay/moi/")
    form = page.context["form"]
    assert [form[name].value() for name in ("path", "host", "username")] == [None, None, None]
    assert form["mailbox"].value() == "INBOX"
    assert "DatabaseDefault" not in page.content.decode()


def test_what_waits_twice_by_two_roads_is_shown_before_saving(office: Office, clerk: Client) -> None:
    first, second = arrival(office), arrival(office, co_quan="BAN DÂN VẬN THÀNH ỦY")
    for other in (
        arrival(office, co_quan="Ban Tổ chức Thành ủy"), arrival(office, ngay="26/06/2025"), arrival(office, so_ky_hieu="319-TB/BDVTU"), arrival(office, unit=office.north)
    ):
        assert waiting_twins(other) == []
    assert waiting_twins(first) == [second]
    assert f"/van-ban/khay/{second.pk}/" in clerk.get(f"/van-ban/khay/{first.pk}/").content.decode()


def test_papers_without_a_symbol_are_not_called_twins(office: Office) -> None:
    assert waiting_twins(arrival(office, so_ky_hieu="")) == []
    arrival(office, so_ky_hieu="")
    assert waiting_twins(arrival(office, so_ky_hieu="")) == []


def test_the_form_keeps_each_joint_signers_authority_apart_from_the_post(office: Office, clerk: Client) -> None:
    said = "T/L BAN THƯỜNG VỤ / CHÁNH VĂN PHÒNG; TRƯỞNG BAN"
    form = clerk.get(f"/van-ban/khay/{arrival(office, nguoi_ky='Lê Văn Chánh; Trần Văn Ban', quyen_han_chuc_vu=said).pk}/").context["form"]
    assert [form[name].value() for name in ("signer_name", "authority", "signer_position")] == [
        "Lê Văn Chánh; Trần Văn Ban", "T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG; TRƯỞNG BAN"
    ]  # fmt: skip


def test_words_longer_than_their_box_are_shown_and_never_cut_to_fit(office: Office, clerk: Client) -> None:
    names = "; ".join(["Nguyễn Thị Phương Thảo"] * 8)
    page = clerk.get(f"/van-ban/khay/{arrival(office, nguoi_ky=names).pk}/")
    assert not page.context["form"]["signer_name"].value()
    assert names in page.content.decode()
