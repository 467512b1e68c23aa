"""Tài khoản: chỉ có bằng lời mời; liên kết dùng một lần; sai năm lần thì tạm khóa kèm câu nói rõ; lớp xác thực thứ hai."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from tinhgon.core.models import User
from tinhgon.documents.tests.factories import Office
from tinhgon.org.tests.factories import make_person

PASSWORD = "Một-mật-khẩu-dài-01"


@pytest.fixture
def admin(office: Office) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=office.administrator.user_id), "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def user(office: Office) -> User:
    found = User.objects.get(pk=office.specialist.user_id)
    found.set_password(PASSWORD)
    found.save()
    return found


def enter(client: Client, user: User, password: str = PASSWORD):
    return client.post("/tai-khoan/login/", {"login": user.username, "password": password})


def invited_link(admin: Client, person_id: int) -> str:
    page = admin.post(f"/quan-tri/tai-khoan/{person_id}/moi/", {"username": "nguoi.moi"}).content.decode()
    return re.search(r'value="http://testserver([^"]+)"', page)[1]  # type: ignore[index]


def test_an_invited_person_sets_a_password_and_enters(admin: Client) -> None:
    person = make_person("Nguyễn Thị Mới")
    link = invited_link(admin, person.pk)
    guest = Client()
    weak = guest.post(link, {"password": "1234567890", "again": "1234567890"})
    assert weak.status_code == 422
    assert guest.post(link, {"password": PASSWORD, "again": PASSWORD})["Location"] == "/tai-khoan/login/"
    assert enter(guest, User.objects.get(username="nguoi.moi"))["Location"] == "/"


def test_an_invitation_works_once(admin: Client) -> None:
    link = invited_link(admin, make_person("Nguyễn Thị Mới").pk)
    Client().post(link, {"password": PASSWORD, "again": PASSWORD})
    assert Client().post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 404


def test_passwords_that_differ_change_nothing(admin: Client) -> None:
    person = make_person("Nguyễn Thị Mới")
    answer = Client().post(invited_link(admin, person.pk), {"password": PASSWORD, "again": PASSWORD + "x"})
    assert "Hai lần nhập chưa giống nhau." in answer.content.decode()
    person.refresh_from_db()
    assert not person.user.is_active


def test_five_wrong_passwords_lock_even_the_right_one(client: Client, user: User) -> None:
    for _attempt in range(5):
        answer = enter(client, user, "sai")
    assert answer.status_code == 429
    assert "tạm khóa 15 phút" in answer.content.decode()
    assert enter(client, user).status_code == 429


def test_a_locked_person_is_told_and_stays_out(admin: Client, client: Client, office: Office, user: User) -> None:
    admin.post(f"/quan-tri/tai-khoan/{user.person.pk}/khoa/", {"reason": "Chuyển công tác"})
    answer = client.get(enter(client, user)["Location"])
    assert "đang bị khóa" in answer.content.decode()
    assert client.get("/")["Location"].startswith("/tai-khoan/login/")


def test_an_administrator_does_not_lock_themselves(admin: Client, office: Office) -> None:
    person = User.objects.get(pk=office.administrator.user_id).person
    answer = admin.post(f"/quan-tri/tai-khoan/{person.pk}/khoa/", {"reason": "thử"})
    assert "Không tự khóa tài khoản của chính mình." in answer.content.decode()


def test_the_second_factor_is_asked_after_it_is_set_up(client: Client, user: User) -> None:
    enter(client, user)
    assert "/reauthenticate/" in client.get("/tai-khoan/2fa/totp/activate/")["Location"]
    client.post("/tai-khoan/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/tai-khoan/2fa/totp/activate/").context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert client.post("/tai-khoan/2fa/totp/activate/", {"code": code}).status_code == 302
    client.post("/tai-khoan/logout/")
    assert enter(client, user)["Location"].startswith("/tai-khoan/2fa/authenticate/")
    page = client.get("/tai-khoan/2fa/authenticate/").content.decode()
    assert "Nhập mã xác thực" in page
    assert client.get("/")["Location"].startswith("/tai-khoan/login/")
