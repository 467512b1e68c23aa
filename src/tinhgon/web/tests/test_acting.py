"""Ai, ở vị trí nào, ngày nào: đổi vị trí chỉ trong các vị trí của mình; xem ngày cũ không lấy lại quyền cũ."""

from datetime import timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from tinhgon.core import clock
from tinhgon.core.models import User
from tinhgon.documents.tests.factories import Office
from tinhgon.org.models import Appointment, Role
from tinhgon.org.tests.factories import make_appointment, make_post


@pytest.fixture
def head(office: Office) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=office.head.user_id), "django.contrib.auth.backends.ModelBackend")
    return client


def test_a_person_acts_in_the_post_they_chose(office: Office, head: Client) -> None:
    person = Appointment.objects.get(pk=office.head.appointment_id).person
    second = make_appointment(person, make_post(office.board, "Phó Trưởng Ban", role=Role.UNIT_HEAD, rank=2), is_main=False)
    head.post("/vi-tri/", {"appointment": second.pk})
    assert "Phó Trưởng Ban · Ban Tổ chức Thành ủy" in head.get("/").content.decode()


def test_a_post_of_someone_else_cannot_be_chosen(office: Office, head: Client) -> None:
    assert head.post("/vi-tri/", {"appointment": office.clerk.appointment_id}).status_code == 404
    assert "appointment" not in head.session


def test_an_appointment_that_ended_is_no_longer_acted_in(office: Office, head: Client) -> None:
    head.get("/")
    ended = DateRange(None, clock.today() - timedelta(days=1))
    Appointment.objects.filter(pk=office.head.appointment_id).update(valid=ended)
    assert "chưa có phân công nào" in head.get("/").content.decode()


def test_looking_at_an_old_day_gives_no_old_rights(office: Office, head: Client) -> None:
    document = office.incoming()
    assert head.get(f"/van-ban/{document.pk}/").status_code == 200
    ended = DateRange(None, clock.today() - timedelta(days=1))
    Appointment.objects.filter(pk=office.head.appointment_id).update(valid=ended)
    assert head.get(f"/van-ban/{document.pk}/?ngay=2025-06-20").status_code == 404


def test_the_day_in_view_stays_until_it_is_left(head: Client) -> None:
    assert "Đang xem ngày" in head.get("/to-chuc/?ngay=30/06/2025").content.decode()
    assert "30/06/2025" in head.get("/can-bo/").content.decode()
    assert "Đang xem ngày" not in head.get("/can-bo/?ngay=").content.decode()


@pytest.mark.parametrize("nonsense", ["hôm qua", "31/02/2025", "2025-13-01", "'; drop", "9" * 40])
def test_a_day_that_is_no_day_means_today(head: Client, nonsense: str) -> None:
    answer = head.get("/to-chuc/", {"ngay": nonsense})
    assert answer.status_code == 200
    assert "Đang xem ngày" not in answer.content.decode()


def test_the_demo_clock_is_not_moved_outside_the_demo(head: Client, settings) -> None:
    settings.DEMO = False
    assert head.post("/dong-ho/", {"moment": "2030-01-01 08:00"}).status_code == 404


def test_the_switches_never_send_elsewhere(head: Client) -> None:
    answer = head.post("/giao-dien/", {"theme": "dark", "next": "https://example.com/"})
    assert answer["Location"] == "/"
