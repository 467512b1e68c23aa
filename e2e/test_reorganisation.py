"""Việc chính từ đầu tới cuối: kiểm kê, quyết định bằng phím, xem trước, chuyển giao, chứng minh, biên bản, theo một việc, hoàn tác.

Thế giới mẫu trở lại như cũ ở cuối, nên các hành trình khác chạy trước hay sau đều được.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from checks import PHONE, SignIn, links_with, overflows, violations
from reorganising import CHAIR, confirm, tab

TABS = ("Phương án", "Kiểm kê", "Nơi nhận", "Xem trước, chốt", "Chuyển giao")
AFTER = ("Chứng minh", "Sổ cái", "Biên bản", "Hoàn tác")


def check_tabs(page: Page, names: tuple[str, ...]) -> None:
    problems = []
    for name in names:
        tab(page, name)
        problems += violations(page) + overflows(page)
    assert not problems, "\n".join(problems)


@pytest.fixture
def reorganisation(sign_in: SignIn) -> Page:
    """Lần sắp xếp soạn sẵn của thế giới mẫu, mở bằng người thường trực."""
    page = sign_in(CHAIR)
    page.goto("/sap-xep/")
    page.get_by_role("link", name="Sắp xếp bộ máy 01/7/2025").click()
    return page


def test_the_prepared_reorganisation_says_where_it_is_and_shows_before_and_after(reorganisation: Page) -> None:
    page = reorganisation
    expect(page.locator("[aria-current=step]")).to_contain_text("chưa có nơi nhận")
    expect(page.get_by_role("link", name="Quyết định nơi nhận")).to_be_visible()
    page.get_by_label("Tìm đơn vị cũ hoặc mới").fill("ben nghe")
    expect(page.locator(".flow-picture")).to_contain_text("Bến Nghé")
    expect(page.locator(".flow-picture")).not_to_contain_text("Nhà Bè")
    page.get_by_role("link", name="Xem dạng bảng").click()
    expect(page.get_by_role("cell", name=re.compile("phường Bến Nghé"))).to_be_visible()
    check_tabs(page, TABS)


def test_the_pages_fit_a_phone(sign_in: SignIn) -> None:
    page = sign_in(CHAIR, **PHONE)
    page.goto("/sap-xep/")
    page.goto(links_with(page, "/sap-xep/", most=1)[0])
    check_tabs(page, TABS)


def decide_everything(page: Page) -> None:
    """Bàn quyết định chỉ bằng bàn phím: a chọn hết, 1 là nơi nhận đầu, n sang đơn vị kế."""
    page.get_by_role("link", name="Quyết định từng đơn vị").click()
    left = page.locator("[data-group]:not(.is-decided)")
    for _unit in range(20):
        page.wait_for_load_state("networkidle")
        page.keyboard.press("a")
        page.keyboard.press("1")
        expect(left).to_have_count(0, timeout=20_000)
        following = page.locator("[data-next]")
        expect(following).to_be_focused()
        if "xem-truoc" in (following.get_attribute("href") or ""):
            return
        address = page.url
        page.keyboard.press("n")
        page.wait_for_url(lambda url, before=address: url != before)


def wait_until_finished(page: Page) -> None:
    expect(page.get_by_text("không mục nào bị mất")).to_be_visible(timeout=60_000)
    page.reload()
    tab(page, "Chứng minh")
    expect(page.locator(".verdict")).to_contain_text("Không mất mục nào")


def follow(page: Page, kind: str) -> None:
    """Từ sổ cái mở một mục mà người xem thấy được; trang của mục kể nó đã đi từ đâu tới đâu."""
    tab(page, "Sổ cái")
    page.get_by_label("Loại").select_option(label=kind)
    page.locator("td.main-cell a").first.click()
    expect(page.get_by_text(re.compile("^Từ .+ về ")).first).to_be_visible()


def test_from_inventory_to_undo_nothing_is_lost(reorganisation: Page) -> None:
    page = reorganisation
    address = page.url
    tab(page, "Kiểm kê")
    page.get_by_role("button", name="Kiểm kê lại").click()
    expect(page.get_by_role("row", name=re.compile("^Tất cả"))).to_be_visible()
    tab(page, "Nơi nhận")
    decide_everything(page)
    page.keyboard.press("n")
    page.get_by_role("button", name="Xem trước", exact=True).click()
    expect(page.get_by_text("Không thiếu gì")).to_be_visible()
    page.get_by_role("link", name="Tầm nhìn").click()
    expect(page.get_by_text("Độ mật không bao giờ nới")).to_be_visible()
    page.get_by_role("button", name="Chốt phương án").click()
    page.get_by_role("button", name="Chuyển giao", exact=True).click()
    expect(page.locator("dialog.confirm")).to_contain_text("phân công")
    confirm(page, "Chuyển giao")
    wait_until_finished(page)
    expect(page.locator(".proof-table tfoot")).to_contain_text("khớp")
    check_tabs(page, AFTER)

    tab(page, "Biên bản")
    minutes = page.get_by_role("link", name=re.compile("Biên bản của Đảng ủy phường Bến Nghé")).get_attribute("href")
    assert page.request.get(minutes).body().startswith(b"%PDF-")
    follow(page, "Nhiệm vụ chủ trì")
    page.goto(address)
    follow(page, "Văn bản lưu")

    page.goto(address)
    tab(page, "Hoàn tác")
    page.get_by_role("button", name="Xem trước hoàn tác").click()
    page.get_by_label("Lý do").fill("Quyết định bị thu hồi")
    page.get_by_role("button", name="Hoàn tác", exact=True).click()
    confirm(page, "Hoàn tác")
    wait_until_finished(page)
    tab(page, "Sổ cái")
    page.get_by_label("Chiều").select_option(label="Hoàn tác, trả lại")
    expect(page.get_by_role("cell", name="về nơi cũ").first).to_be_visible()
