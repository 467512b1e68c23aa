"""Bản đồ thật: 441 xã, phường và 38 huyện, quận của ba tỉnh về 168 nơi, chừng năm nghìn người bịa, đi hết qua các trang.

Từ bảng của bản đồ tới chứng minh: nhập, kiểm kê, nơi nhận, bố trí tính và chứng minh, lấy ý kiến, quyết định, xem trước, chuyển giao,
rồi trang của vài người. Nhà riêng với cỡ mẫu "map" (đủ đơn vị và người, ít văn bản). Mỗi trang phải trả lời trong ``PATIENCE``
và không liệt kê quá ``LONGEST`` dòng. Chỉ chạy khi đặt ``TINHGON_REAL_MAP=1``: dựng thêm một nhà với năm nghìn người, ba tới năm phút.
"""

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from checks import overflows, violations
from conftest import DESKTOP, ROOT, raised, signed_in
from reorganising import CHAIR, confirm, new_reorganisation, take_inventory

pytestmark = pytest.mark.skipif(not os.environ.get("TINHGON_REAL_MAP"), reason="hành trình dài nhất, một nhà riêng năm nghìn người: TINHGON_REAL_MAP=1")
TABLE = ROOT / "src/tinhgon/cli/demo/data/communes.csv"
BOARD, SECRETARY = "bantochuc", "bithu.dakao"
PATIENCE = 60
"""Giây, trên máy CI hai lõi đang bận; máy rảnh thì dưới hai giây."""
LONGEST = 60
WAIT = 240_000
"""Mili giây: việc nền (tính chỗ, chuyển giao) trên máy bận."""


@pytest.fixture(scope="module")
def people(chromium: Browser) -> Iterator[Callable[[str], Page]]:
    """``people("thuongtruc")``: trang đã đăng nhập ở nhà có bản đồ thật."""
    with raised("map") as house:
        contexts = []

        def open_page(username: str) -> Page:
            context = chromium.new_context(base_url=house, locale="vi-VN", storage_state=signed_in(house, chromium, username), **DESKTOP)
            contexts.append(context)
            page = context.new_page()
            page.set_default_timeout(WAIT)
            return page

        yield open_page
        for context in contexts:
            context.close()


@contextmanager
def prompt(what: str) -> Iterator[None]:
    """Việc người dùng ngồi chờ: quá ``PATIENCE`` giây là hỏng."""
    began = time.monotonic()
    yield
    spent = time.monotonic() - began
    assert spent < PATIENCE, f"{what}: {spent:.0f} giây"


def look(page: Page, path: str) -> None:
    """Một trang: trả lời kịp, vừa màn hình, không lỗi tiếp cận, không liệt kê nghìn dòng."""
    with prompt(path):
        page.goto(path)
    rows = page.locator("main tbody tr").count()
    assert rows <= LONGEST, f"{path}: {rows} dòng một trang"
    problems = violations(page) + overflows(page)
    assert not problems, "\n".join(problems)


def draft_from_the_map(page: Page) -> str:
    address = new_reorganisation(page, "Sắp xếp theo bản đồ", decree="2571-QĐ/TU")
    page.goto(f"{address}nhap/")
    page.locator("input[type=file]").set_input_files(TABLE)
    page.get_by_label("Cấp trên của đơn vị mới").select_option(label="Thành ủy Thành phố Hồ Chí Minh")
    with prompt("đọc thử bảng"):
        page.locator("main form button.btn-primary").first.click()
        expect(page.get_by_text("168").first).to_be_visible()
    with prompt("ghi vào phương án"):
        page.get_by_role("button", name=re.compile("Ghi")).click()
        page.wait_for_url(re.compile("/bang/"))
    with prompt("xem phương án"):
        page.goto(address)
        expect(page.get_by_text("38 cấp trên trực tiếp cơ sở · 441 cấp xã, phường")).to_be_visible()
    return address


def decide_receivers(page: Page, address: str) -> None:
    """Nơi nhận chung của nhiều đơn vị: hàng loạt, bấm trên trang; đơn vị còn lại: gửi đúng biểu mẫu của từng bàn."""
    for _round in range(5):
        page.goto(f"{address}chia-tach/")
        page.locator("main a[href*='noi-nhan=']").first.click()
        page.evaluate("document.querySelectorAll('input[name=group]').forEach(box => { box.checked = true })")
        with prompt("giao hàng loạt"):
            page.get_by_role("button", name="Giao các chức năng đã đánh dấu").click()
            page.wait_for_load_state()
    for desk in waiting_desks(page, address):
        text = page.request.get(desk).text()
        token, heir = (re.search(pattern, text) for pattern in (r'csrfmiddlewaretoken" value="([^"]+)"', r'name="heir" value="(\d+)"'))
        assert token
        assert heir
        groups = "".join(f"&group={group}" for group in re.findall(r'name="group" value="([^"/]+)"', text))
        answer = page.request.post(
            desk, data=f"csrfmiddlewaretoken={token[1]}&heir={heir[1]}{groups}",
            headers={"Referer": page.url, "Content-Type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
        assert answer.ok, answer.status


def waiting_desks(page: Page, address: str) -> Iterator[str]:
    """Bàn của từng đơn vị còn mục chưa quyết định; danh sách xếp đơn vị còn nhiều lên đầu, nên hỏi lại trang đầu tới khi hết."""
    for _round in range(20):
        page.goto(f"{address}chia-tach/")
        rows = page.locator("main tbody tr:has(.late) th a, main tbody tr:has(.late) td.main-cell a")
        found = rows.evaluate_all("links => links.map(link => link.getAttribute('href'))")
        if not found:
            return
        yield from dict.fromkeys(found)


def test_from_the_real_map_to_the_proof(people: Callable[[str], Page]) -> None:
    chair = people(CHAIR)
    address = draft_from_the_map(chair)
    look(chair, address)
    chair.goto(f"{address}kiem-ke/")
    with prompt("kiểm kê"):
        take_inventory(chair)
    for path in ("kiem-ke/don-vi/", "kiem-ke/muc/", "chia-tach/"):
        look(chair, address + path)
    decide_receivers(chair, address)

    board = people(BOARD)
    board.goto(f"{address}bo-tri/")
    board.get_by_role("button", name="Mở phương án bố trí").click()
    expect(board.locator("#cau-dau")).to_contain_text("người có chỗ", timeout=WAIT)  # trang tự tải lại khi việc nền tính xong
    expect(board.locator("#cau-dau")).to_contain_text("Đã chứng minh")
    for path in ("bo-tri/", "bo-tri/vi-tri/", "bo-tri/so-sanh/"):
        look(board, address + path)
    board.goto(f"{address}bo-tri/")
    with prompt("vì sao một người ở đó"):
        board.locator(".seat-list a").first.click()
        expect(board.get_by_role("heading", name="Vì sao", exact=True)).to_be_visible()
    board.goto(f"{address}bo-tri/")
    with prompt("lấy ý kiến"):
        board.get_by_role("button", name="Đưa ra lấy ý kiến").click()
        confirm(board, "Lấy ý kiến")
        expect(board.get_by_text("đang lấy ý kiến từ")).to_be_visible()

    secretary = people(SECRETARY)
    look(secretary, "/bo-tri-cua-toi/")
    secretary.get_by_label("Đồng ý", exact=True).check()
    secretary.get_by_role("button", name="Gửi ý kiến").click()
    expect(secretary.get_by_text("Đã ghi ý kiến của bạn")).to_be_visible()

    look(chair, f"{address}bo-tri/y-kien/")
    chair.get_by_role("link", name="Quyết định bố trí").click()
    chair.get_by_label("Số quyết định").fill("2601-QĐ/TU ngày 30/6/2025")
    with prompt("quyết định"):
        chair.get_by_role("button", name="Quyết định", exact=True).click()
        chair.wait_for_url(re.compile("xem-truoc"))
    look(board, f"{address}bo-tri/van-ban/")
    with prompt("xem trước"):
        chair.get_by_role("button", name="Xem trước", exact=True).click()
        expect(chair.get_by_text("Không thiếu gì")).to_be_visible()
    chair.get_by_role("button", name="Chốt phương án").click()
    chair.get_by_role("button", name="Chuyển giao", exact=True).click()
    confirm(chair, "Chuyển giao")
    expect(chair.get_by_text("không mục nào bị mất")).to_be_visible(timeout=WAIT)
    for path in ("chung-minh/", "so-cai/", "bien-ban/", "bo-tri/y-kien/", "bo-tri/van-ban/"):
        look(chair, address + path)
    chair.goto(f"{address}chung-minh/")
    expect(chair.locator(".verdict")).to_contain_text("Không mất mục nào")
    expect(chair.locator(".proof-table tfoot")).to_contain_text("khớp")
    everyone_is_where_it_was_decided(chair, secretary, address)


def everyone_is_where_it_was_decided(chair: Page, secretary: Page, address: str) -> None:
    """Trang của vài người: vị trí đang giữ đúng như đề xuất đã quyết định."""
    secretary.goto("/bo-tri-cua-toi/")
    expect(secretary.get_by_text("đã quyết định theo 2601-QĐ/TU")).to_be_visible()
    chair.goto(f"{address}bo-tri/")
    seated = chair.locator(".seat-list a")
    for place in range(3):
        name, href = seated.nth(place).inner_text(), seated.nth(place).get_attribute("href")
        person = re.search(r"nguoi/(\d+)/", href or "")
        assert person
        title = chair.evaluate("link => link.closest('li').querySelector('.seat-title').innerText", seated.nth(place).element_handle())
        page = chair.request.get(f"/can-bo/{person[1]}/").text()
        assert name in page
        assert title in page, f"{name}: {title}"
