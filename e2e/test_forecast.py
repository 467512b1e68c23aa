"""Chia việc và dự báo từ đầu tới cuối: đề xuất, sửa một dòng, xác nhận; dự báo chia đợt; chuyển giao; việc ở đúng người; dự báo và thực tế.

Trên một lần sắp xếp nhỏ lập riêng (một phường đổi sang đơn vị mới), hoàn tác ở cuối để thế giới mẫu còn nguyên.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from checks import PHONE, SignIn, look
from reorganising import CHAIR, confirm, taken_in

SECRETARY = "bithu.bennghe"
NAME = "Chia việc phường Bến Nghé"
ROWS = "ma_cu,ten_cu,ten_moi,ma_moi\n26740,Phường Bến Nghé,Phường Bến Nghé Mới,99002\n"


def move_clock(page: Page, moment: str) -> None:
    page.locator(".bar-clock summary").click()
    page.get_by_label("Hoặc chọn ngày giờ khác").fill(moment)
    page.get_by_role("button", name="Dời", exact=True).click()
    page.wait_for_load_state()


@pytest.fixture
def reorganisation(sign_in: SignIn) -> tuple[Page, str]:
    """Lần sắp xếp một phường, đã nhập danh sách kế thừa và kiểm kê."""
    page = sign_in(CHAIR)
    return page, taken_in(page, NAME, decree="2610-QĐ/TU", rows=ROWS)


def test_from_the_proposal_to_the_tasks_in_the_chosen_hands(reorganisation: tuple[Page, str], sign_in: SignIn) -> None:
    page, address = reorganisation
    page.goto(f"{address}chia-viec/")
    page.get_by_role("button", name="Lập đề xuất cho mọi đơn vị").click()
    expect(page.get_by_text("Đã lập đề xuất cho các đơn vị chưa có")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Đảng ủy phường Bến Nghé Mới", exact=True).click()
    expect(page.get_by_text("Đã chứng minh")).to_be_visible()
    look(page)

    title = page.locator("table.data th.main-cell", has=page.locator("xpath=following-sibling::td//a[contains(., 'Giao người khác')]")).first.inner_text()
    page.get_by_role("link", name=re.compile("^Giao cho người khác")).first.click()
    other = page.locator("input[type=radio]:not(:checked)").first
    name = page.locator(f"label[for={other.get_attribute('id')}]").inner_text().partition(",")[0].strip()
    other.check()
    look(page)
    page.get_by_role("button", name="Giao", exact=True).click()
    row = page.get_by_role("row", name=re.compile(re.escape(title)))
    expect(row).to_contain_text(name)
    expect(row).to_contain_text("người chọn")
    page.get_by_role("button", name="Xác nhận", exact=True).click()
    confirm(page, "Xác nhận")
    expect(page.get_by_text("đã xác nhận", exact=False).first).to_be_visible()

    page.goto(f"{address}du-bao/")
    expect(page.get_by_role("heading", name="So các cách chuyển")).to_be_visible()
    page.get_by_label("Số đợt").fill("3")
    page.get_by_role("button", name="So lại").click()
    page.get_by_role("link", name="Chia 3 đợt, cách nhau 10 ngày làm việc").click()
    expect(page.locator("tr[aria-current=true]")).to_contain_text("Chia 3 đợt")
    look(page)
    page.locator(".multiples a").first.click()
    expect(page.get_by_role("heading", name="Từng tuần")).to_be_visible()
    look(page)

    page.goto(f"{address}xem-truoc/")
    page.get_by_role("button", name="Xem trước", exact=True).click()
    expect(page.get_by_text("Không thiếu gì")).to_be_visible()
    page.get_by_role("button", name="Chốt phương án").click()
    page.get_by_role("button", name="Chuyển giao", exact=True).click()
    confirm(page, "Chuyển giao")
    expect(page.get_by_text("không mục nào bị mất")).to_be_visible(timeout=60_000)

    secretary = sign_in(SECRETARY)
    secretary.goto("/nhiem-vu/")
    secretary.get_by_role("link", name=title).first.click()
    expect(secretary.locator("main")).to_contain_text(name)

    page.goto(f"{address}du-bao/thuc-te/")
    expect(page.get_by_text("chưa hết tuần đầu", exact=False).first).to_be_visible()
    look(page)
    move_clock(page, "2025-07-09T07:30")
    page.goto(f"{address}du-bao/thuc-te/")
    expect(page.get_by_text(re.compile(r"^Tới 07/07/2025, việc tồn"))).to_be_visible()
    look(page)
    move_clock(page, "2025-07-01T09:00")

    page.goto(f"{address}hoan-tac/")
    page.get_by_role("button", name="Xem trước hoàn tác").click()
    page.get_by_label("Lý do").fill("Trả thế giới mẫu về như cũ")
    page.get_by_role("button", name="Hoàn tác", exact=True).click()
    confirm(page, "Hoàn tác")
    expect(page.get_by_text("không mục nào bị mất")).to_be_visible(timeout=60_000)


def test_the_prepared_reorganisation_is_forecast_and_fits_a_phone(sign_in: SignIn) -> None:
    page = sign_in(CHAIR, **PHONE)
    page.goto("/sap-xep/")
    page.get_by_role("link", name="Sắp xếp bộ máy 01/7/2025").click()
    address = page.url
    for path in ("chia-viec/", "du-bao/"):
        page.goto(address + path)
        look(page)
    expect(page.get_by_text("Đo gì, giả định gì")).to_be_visible()
