"""Mặc định là không: trang nào cũng đòi đăng nhập, trừ vài trang tự nhận là công khai; lạ thì không bao giờ là máy chủ."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tinhgon.core.models import User
from tinhgon.documents.tests.factories import Office
from tinhgon.web.middleware import NOBODY

PUBLIC = {
    "ping", "choose_theme", "choose_language", "account_login", "account_logout", "account_inactive", "account_signup",
    "account_email", "account_reset_password", "account_set_password", "invitation", "mfa_authenticate",
}  # fmt: skip


def patterns(found: list[URLPattern | URLResolver]) -> list[URLPattern]:
    return [leaf for one in found for leaf in (patterns(one.url_patterns) if isinstance(one, URLResolver) else [one])]


def signed_in(office: Office, role: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=getattr(office, role).user_id), "django.contrib.auth.backends.ModelBackend")
    return client


def test_only_named_pages_open_to_a_stranger() -> None:
    doors = [one for one in get_resolver().url_patterns if str(one.pattern) != "api/v1/"]  # API đòi mã truy cập: api/tests
    open_names = {p.name for p in patterns(doors) if not getattr(p.callback, "login_required", True)}
    assert open_names - PUBLIC == set()


def test_a_stranger_is_nobody_and_never_the_system() -> None:
    assert NOBODY.is_system is False


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/van-ban/den/", "/nhiem-vu/", "/to-chuc/", "/can-bo/", "/tim/?q=a", "/sap-xep/", "/quan-tri/tai-khoan/"])
def test_a_stranger_is_sent_to_the_sign_in_page(client: Client, path: str) -> None:
    assert client.get(path)["Location"].startswith("/tai-khoan/login/")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["signup/", "email/", "password/reset/"])
def test_nobody_signs_up_or_resets_by_themselves(client: Client, path: str) -> None:
    assert client.get(f"/tai-khoan/{path}").status_code == 404


@pytest.mark.parametrize(("role", "path"), [
    ("head", "/quan-tri/tai-khoan/"), ("clerk", "/quan-tri/suc-khoe/"), ("specialist", "/van-ban/den/vao-so/"),
    ("administrator", "/van-ban/du-thao/moi/"), ("inspector", "/nhiem-vu/giao/"),
])  # fmt: skip
def test_a_page_beyond_the_role_says_why(office: Office, role: str, path: str) -> None:
    answer = signed_in(office, role).get(path)
    assert answer.status_code == 403
    assert "không có quyền làm việc này" in answer.content.decode()


def test_an_unseen_document_and_a_missing_one_look_the_same(office: Office) -> None:
    hidden = signed_in(office, "administrator").get(f"/van-ban/{office.incoming().pk}/")
    missing = signed_in(office, "administrator").get("/van-ban/999999/")
    assert hidden.status_code == missing.status_code == 404


def test_no_page_lets_inline_code_run(office: Office) -> None:
    policy = signed_in(office, "head").get("/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
