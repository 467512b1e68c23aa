"""Bố trí cán bộ từ đầu tới cuối: ban tổ chức tính, người được đề xuất cho ý kiến, thường trực quyết định, chuyển giao, hoàn tác.

Trên một lần sắp xếp nhỏ lập riêng (một phường hợp nhất), nên phương án lớn của thế giới mẫu còn nguyên.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from checks import PHONE, SignIn, look
from reorganising import CHAIR, confirm, taken_in

BOARD, SECRETARY = "bantochuc", "bithu.bennghe"
NAME = "Sắp xếp phường Bến Nghé"
ROWS = "ma_cu,ten_cu,ten_moi,ma_moi\n26740,Phường Bến Nghé,Phường Bến Thành Mới,99001\n"


def part(page: Page, name: str) -> None:
    page.get_by_role("list", name="Các phần của bố trí cán bộ").get_by_role("link", name=name, exact=True).click()


@pytest.fixture
def reorganisation(sign_in: SignIn) -> tuple[Page, str]:
    """Lần sắp xếp một phường, đã nhập danh sách kế thừa và kiểm kê."""
    page = sign_in(CHAIR)
    return page, taken_in(page, NAME, decree="2600-QĐ/TU", rows=ROWS)


def _measure_and_check(board: Page) -> None:
    part(board, "Nguyện vọng, công bằng")
    board.get_by_role("button", name="Đo công bằng và đường đánh đổi").click()
    expect(board.get_by_role("heading", name="Ý kiến thứ hai: theo nguyện vọng")).to_be_visible()
    look(board)
    part(board, "Phương án")
    board.get_by_role("button", name="Kiểm tra độc lập lại").click()
    expect(board.get_by_text("phương án đúng, và không cách xếp nào tốt hơn")).to_be_visible()


def _search_with_full_rules(board: Page, address: str) -> None:
    """Hai người không cùng một đơn vị; tính với đủ luật thành một phương án riêng, việc nền tìm, bộ kiểm tra nói."""
    board.goto(f"{address}bo-tri/hai-nguoi/")
    for place, field in enumerate(("person_id", "other_id")):
        value = board.locator(f"select[name={field}] option:not([value=''])").nth(place).get_attribute("value")
        board.evaluate("([name, value]) => document.querySelector(`select[name=${name}]`).tomselect.setValue(value)", [field, value])
    board.get_by_label("Lý do").fill("Vợ chồng: một người giữ quỹ")
    look(board)
    board.get_by_role("button", name="Ghi", exact=True).click()
    expect(board.get_by_text("không cùng một đơn vị").first).to_be_visible()
    board.get_by_role("button", name="Tính lại").click()
    board.get_by_role("link", name="Tính với đủ luật").click()
    expect(board.get_by_text("1 đôi không cùng một đơn vị")).to_be_visible()
    board.get_by_label("Tên phương án").fill("Giữ đủ luật")
    board.get_by_label("Tìm trong").select_option(label="30 giây")
    look(board)
    board.get_by_role("button", name="Bắt đầu tính").click()
    expect(board.get_by_text("Bộ kiểm tra độc lập")).to_be_visible(timeout=90_000)
    expect(board.get_by_role("link", name="Giữ đủ luật")).to_have_attribute("aria-current", "page")
    look(board)


def test_from_the_sliders_to_the_new_post_and_back(reorganisation: tuple[Page, str], sign_in: SignIn) -> None:
    chair, address = reorganisation
    board = sign_in(BOARD)
    board.goto(f"{address}bo-tri/")
    board.get_by_role("button", name="Mở phương án bố trí").click()
    expect(board.locator("#cau-dau")).to_contain_text("người có chỗ")
    expect(board.locator("#cau-dau")).to_contain_text("Đã chứng minh")
    look(board)
    with board.expect_response(re.compile("bo-tri/.*pa=")):
        board.get_by_label("Ít xáo trộn").fill("90")
        board.get_by_label("Ít xáo trộn").dispatch_event("change")
    expect(board.locator("output[for=keo-moves]")).to_have_text("90")
    part(board, "Vị trí và ghế")
    look(board)
    part(board, "So sánh phương án")
    look(board)
    part(board, "Phương án")
    board.locator(".seat-list a").first.click()
    expect(board.get_by_role("heading", name="Vì sao", exact=True)).to_be_visible()
    look(board)
    board.goto(f"{address}bo-tri/")
    _measure_and_check(board)
    _search_with_full_rules(board, address)
    board.goto(f"{address}bo-tri/")
    board.get_by_role("button", name="Đưa ra lấy ý kiến").click()
    confirm(board, "Lấy ý kiến")
    expect(board.get_by_text("đang lấy ý kiến từ")).to_be_visible()

    secretary = sign_in(SECRETARY)
    secretary.goto("/bo-tri-cua-toi/")
    proposed = secretary.locator("dl.facts strong").inner_text()
    look(secretary)
    secretary.get_by_label("Chưa đồng ý").check()
    secretary.get_by_label("Lý do").fill("Xin ở lại địa bàn cũ thêm sáu tháng")
    secretary.get_by_role("button", name="Gửi ý kiến").click()
    expect(secretary.get_by_text("Đã ghi ý kiến của bạn")).to_be_visible()

    board.reload()
    expect(board.get_by_text("Xin ở lại địa bàn cũ")).to_be_visible()
    board.get_by_role("link", name="Trả lời", exact=True).click()
    board.get_by_label("Trả lời").fill("Đã xem xét, sáu tháng sau rà soát lại")
    board.get_by_role("button", name="Gửi trả lời").click()
    look(board)

    chair.goto(f"{address}bo-tri/y-kien/")
    chair.get_by_role("link", name="Quyết định bố trí").click()
    chair.get_by_label("Số quyết định").fill("2601-QĐ/TU ngày 30/6/2025")
    chair.get_by_role("button", name="Quyết định", exact=True).click()
    chair.get_by_role("button", name="Xem trước", exact=True).click()
    expect(chair.get_by_text("Không thiếu gì")).to_be_visible()
    chair.get_by_role("button", name="Chốt phương án").click()
    chair.get_by_role("button", name="Chuyển giao", exact=True).click()
    confirm(chair, "Chuyển giao")
    expect(chair.get_by_text("không mục nào bị mất")).to_be_visible(timeout=60_000)

    secretary.goto("/bo-tri-cua-toi/")
    expect(secretary.get_by_text("đã quyết định theo 2601-QĐ/TU")).to_be_visible()
    title = proposed.partition(", ")[0]
    person = secretary.locator("main").get_by_role("link", name="Trang của tôi").get_attribute("href")
    chair.goto(person)
    expect(chair.get_by_text(title).first).to_be_visible()
    expect(chair.locator("main")).not_to_contain_text("Chờ bố trí công tác")
    chair.goto(f"{address}hoan-tac/")
    chair.get_by_role("button", name="Xem trước hoàn tác").click()
    chair.get_by_label("Lý do").fill("Trả thế giới mẫu về như cũ")
    chair.get_by_role("button", name="Hoàn tác", exact=True).click()
    confirm(chair, "Hoàn tác")
    expect(chair.get_by_text("không mục nào bị mất")).to_be_visible(timeout=60_000)


def test_the_prepared_placement_is_alive_and_fits_a_phone(sign_in: SignIn) -> None:
    page = sign_in(BOARD, **PHONE)
    page.goto("/sap-xep/")
    page.get_by_role("link", name="Sắp xếp bộ máy 01/7/2025").click()
    address = page.url
    for path in ("bo-tri/", "bo-tri/vi-tri/", "bo-tri/cong-bang/", "bo-tri/so-sanh/", "bo-tri/hai-nguoi/", "bo-tri/y-kien/"):
        page.goto(address + path)
        look(page)
    expect(page.get_by_text("chưa đồng ý").first).to_be_visible()
