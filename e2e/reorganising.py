"""Các bước chung của mọi hành trình sắp xếp: lập một lần sắp xếp, nhập danh sách, đi giữa các chặng."""

import re

from playwright.sync_api import Page, expect

CHAIR = "thuongtruc"


def new_reorganisation(page: Page, name: str, *, decree: str, decided: str = "27/06/2025") -> str:
    """Lập một lần sắp xếp có hiệu lực 01/7/2025; trả về địa chỉ của nó."""
    page.goto("/sap-xep/lap/")
    page.get_by_label("Tên", exact=True).fill(name)
    page.get_by_label("Số quyết định").fill(decree)
    page.get_by_label("Ngày quyết định", exact=True).fill(decided)
    page.get_by_label("Ngày hiệu lực", exact=True).fill("01/07/2025")
    page.get_by_role("button", name="Lập phương án").click()
    expect(page.get_by_role("heading", name="Bảng vẽ bộ máy")).to_be_visible()
    return page.url.partition("bang/")[0]


def taken_in(page: Page, name: str, *, decree: str, rows: str) -> str:
    """Lần sắp xếp đã nhập danh sách kế thừa (CSV) và kiểm kê."""
    address = new_reorganisation(page, name, decree=decree)
    page.goto(f"{address}nhap/")
    page.locator("input[type=file]").set_input_files({"name": "ke-thua.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    page.get_by_label("Cấp trên của đơn vị mới").select_option(label="Thành ủy Thành phố Hồ Chí Minh")
    page.locator("main form button.btn-primary").first.click()
    page.get_by_role("button", name=re.compile("Ghi")).click()
    page.wait_for_url(re.compile("/bang/"))
    tab(page, "Kiểm kê")
    take_inventory(page)
    return address


def take_inventory(page: Page) -> None:
    page.get_by_role("button", name="Kiểm kê", exact=True).click()
    expect(page.get_by_role("row", name=re.compile("^Tất cả"))).to_be_visible()


def tab(page: Page, name: str) -> None:
    """Sang một chặng của lần sắp xếp."""
    page.get_by_role("navigation", name="Các chặng của lần sắp xếp").get_by_role("link", name=re.compile(f"^{name}")).click()


def confirm(page: Page, name: str) -> None:
    page.locator("dialog.confirm[open]").get_by_role("button", name=name).click()
