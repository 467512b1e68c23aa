"""Cửa vào: không đăng nhập thì không thấy gì; đăng nhập thì thấy việc của mình; không gì tải từ nơi khác."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.e2e


def test_a_stranger_sees_only_the_entrance(page, house) -> None:
    page.goto("/")
    assert "/tai-khoan/login" in page.url


def test_a_wrong_password_is_told_beside_the_form_and_keeps_the_name(page) -> None:
    page.goto("/")
    page.fill("input[name=login]", "nguoi-la")
    page.fill("input[name=password]", "sai-mat-khau")
    page.click("main form button")
    page.wait_for_load_state()
    assert "/tai-khoan/login" in page.url
    assert page.input_value("input[name=login]") == "nguoi-la"


@pytest.mark.parametrize("username", ["chanhvanphong", "vanthu", "chuyenvien", "bantochuc", "quantri"])
def test_each_role_enters_to_its_own_day_without_axe_violations(page, sign_in, house, username: str) -> None:
    elsewhere: list[str] = []
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((house.address, "data:")) else elsewhere.append(request.url)
        ),
    )
    sign_in(page, username)
    assert page.locator("h1").count() == 1
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert elsewhere == [], "mọi tài nguyên từ máy chủ này"
