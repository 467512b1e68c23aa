"""Cửa vào: chưa đăng nhập thì không thấy gì; gõ sai thì không mất chữ đã gõ."""

from checks import SignIn


def test_a_stranger_sees_only_the_entrance(sign_in: SignIn) -> None:
    page = sign_in(None)
    for path in ("/", "/van-ban/den/", "/sap-xep/", "/quan-tri/suc-khoe/"):
        page.goto(path)
        assert "/tai-khoan/login" in page.url, path


def test_a_wrong_password_keeps_the_name_that_was_typed(sign_in: SignIn) -> None:
    page = sign_in(None)
    page.goto("/")
    page.get_by_label("Tên đăng nhập").fill("nguoi-la")
    page.get_by_label("Mật khẩu").fill("sai-mat-khau")
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("Tên đăng nhập").input_value() == "nguoi-la"
