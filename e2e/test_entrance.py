"""Cửa vào: không đăng nhập thì không thấy gì; sai mật khẩu thì nói ngay cạnh ô và giữ tên đã gõ; đăng nhập thì thấy việc của mình."""

import pytest
from playwright.sync_api import expect

from checks import SignIn


def test_a_stranger_sees_only_the_entrance(sign_in: SignIn) -> None:
    page = sign_in(None)
    for path in ("/", "/van-ban/den/", "/to-chuc/", "/sap-xep/", "/quan-tri/suc-khoe/"):
        page.goto(path)
        assert "/tai-khoan/login" in page.url


def test_a_wrong_password_is_told_and_keeps_the_name(sign_in: SignIn) -> None:
    page = sign_in(None)
    page.goto("/")
    page.get_by_label("Tên đăng nhập").fill("nguoi-la")
    page.get_by_label("Mật khẩu").fill("sai-mat-khau")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_contain_text("không đúng")
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("nguoi-la")


@pytest.mark.parametrize("username", ["chanhvanphong", "vanthu", "chuyenvien", "bantochuc", "quantri"])
def test_each_role_enters_to_its_own_day_and_fetches_nothing_from_elsewhere(sign_in: SignIn, house: str, username: str) -> None:
    page = sign_in(username)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hôm nay")
    assert [url for url in asked if not url.startswith((house, "data:"))] == []
