"""Mọi trang, với mọi vai, sáng và tối, bàn làm việc và điện thoại: không lỗi tiếp cận, không tràn ngang, không lỗi trình duyệt."""

import pytest

from checks import PHONE, SignIn, links_with, overflows, violations

OFFICE = ["/", "/van-ban/den/", "/van-ban/di/", "/van-ban/du-thao/", "/nhiem-vu/", "/to-chuc/", "/to-chuc/bang/", "/to-chuc/so-sanh/",
          "/can-bo/", "/tim/?q=chuyển+đổi", "/tim/?q=nguyen", "/tim/"]  # fmt: skip
PAGES = {
    "chanhvanphong": [*OFFICE, "/van-ban/so/", "/nhiem-vu/giao/", "/van-ban/du-thao/moi/", "/sap-xep/", "/to-chuc/?cap=2",
                      "/van-ban/ho-so/thoi-han/", "/van-ban/quy-tac/HD36-2018/?phan=authority", "/van-ban/quy-tac/HD36-2018/authority.quy-che/",
                      "/can-bo/ma-tran/", "/can-bo/giu-nguoi/", "/can-bo/cap-pho/", "/can-bo/xep-loai/"],
    "vanthu": ["/", "/van-ban/den/", "/van-ban/den/vao-so/", "/van-ban/so/", "/van-ban/du-thao/"],
    "chuyenvien": ["/", "/nhiem-vu/?goc=toi", "/van-ban/du-thao/", "/van-ban/quy-tac/", "/van-ban/quy-tac/HD36-2018/",
                   "/can-bo/xep-loai/", "/can-bo/nguyen-vong/", "/can-bo/khao-sat/", "/can-bo/thoi-lam/"],
    "kiemnhiem": ["/"],
    "thuongtruc": ["/", "/sap-xep/"],
    "bantochuc": ["/", "/can-bo/", "/can-bo/linh-vuc/", "/can-bo/nhap/", "/can-bo/nguyen-vong/", "/to-chuc/?ngay=2025-06-30", "/sap-xep/"],
    "kiemtra": ["/", "/nhiem-vu/?chi=qua-han"],
    "quantri": ["/", "/quan-tri/tai-khoan/", "/quan-tri/suc-khoe/", "/tai-khoan/2fa/", "/tai-khoan/password/change/"],
}
INSIDE = {
    "/van-ban/den/": ["/van-ban/"], "/van-ban/du-thao/": ["/van-ban/"], "/van-ban/so/": ["/van-ban/so/"], "/nhiem-vu/": ["/nhiem-vu/"],
    "/can-bo/": ["/can-bo/"], "/can-bo/xep-loai/": ["/can-bo/xep-loai/"], "/can-bo/nguyen-vong/": ["/can-bo/nguyen-vong/"],
    "/can-bo/khao-sat/": ["/can-bo/khao-sat/"], "/to-chuc/bang/": ["/don-vi/"], "/sap-xep/": ["/sap-xep/"],
}  # fmt: skip
"""Trang -> các trang bên trong đi tới từ liên kết đầu tiên của nó."""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("username", PAGES)
def test_every_page_of_a_role_is_accessible(sign_in: SignIn, username: str, theme: str) -> None:
    page = sign_in(username, theme=theme)
    waiting, problems = list(PAGES[username]), []
    while waiting:
        path = waiting.pop()
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        problems += violations(page) + overflows(page)
        waiting += links_with(page, *INSIDE.get(path, []), most=1)
    assert not problems, "\n".join(problems)


def test_a_phone_never_scrolls_sideways(sign_in: SignIn) -> None:
    page = sign_in("chanhvanphong", **PHONE)
    problems = []
    for path in OFFICE:
        page.goto(path)
        problems += violations(page) + overflows(page)
        for inside in links_with(page, *INSIDE.get(path, []), most=1):
            page.goto(inside)
            problems += violations(page) + overflows(page)
    assert not problems, "\n".join(problems)


def test_the_sign_in_page_is_accessible_and_asks_nothing_from_outside(sign_in: SignIn, house: str) -> None:
    page = sign_in(None)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/tai-khoan/login/")
    assert not violations(page) + overflows(page)
    assert [url for url in asked if not url.startswith((house, "data:"))] == []
