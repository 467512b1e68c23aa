"""Bảng của phương án trong trình duyệt thật: kéo thả, bàn phím, chia tách kèm chức năng, nhân bản, xung đột khi bản kia đã chuyển giao.

Cuối hành trình lần chuyển giao được hoàn tác, nên thế giới mẫu trở lại như cũ.
"""

import re

from playwright.sync_api import Locator, Page, expect

from checks import PHONE, SignIn, overflows, violations
from reorganising import CHAIR, confirm, new_reorganisation, tab, take_inventory

CENTRE, BOARD = "Học viện Cán bộ Thành phố", "Ban Tổ chức Thành ủy"
INTERNAL, INSPECTION = "Ban Nội chính Thành ủy", "Ủy ban Kiểm tra Thành ủy"
FIRST, SECOND = "Bảng thử một", "Bảng thử hai"


def card(page: Page, name: str) -> Locator:
    return page.locator(f'[data-unit][data-name="{name}"]')


def closing(page: Page, name: str) -> Locator:
    return page.locator("[data-closing]").locator(f'[data-name="{name}"]')


def dialog(page: Page) -> Locator:
    return page.locator("[data-put-dialog]")


def clean(page: Page) -> None:
    found = violations(page) + overflows(page)
    assert not found, "\n".join(found)


def carry_out(page: Page, address: str) -> None:
    page.goto(address)
    take_inventory(page)
    tab(page, "Xem trước, chốt")
    page.get_by_role("button", name="Xem trước", exact=True).click()
    page.get_by_role("button", name="Chốt phương án").click()
    page.get_by_role("button", name="Chuyển giao", exact=True).click()
    confirm(page, "Chuyển giao")
    expect(page.get_by_text("không mục nào bị mất")).to_be_visible(timeout=60_000)


def undo(page: Page, address: str) -> None:
    page.goto(address)
    tab(page, "Hoàn tác")
    page.get_by_role("button", name="Xem trước hoàn tác").click()
    page.get_by_label("Lý do").fill("Thử xong")
    page.get_by_role("button", name="Hoàn tác", exact=True).click()
    page.locator("dialog.confirm[open]").get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("không mục nào bị mất")).to_be_visible(timeout=60_000)


def test_from_drawing_to_a_conflict_with_a_scenario_carried_out(sign_in: SignIn) -> None:
    page = sign_in(CHAIR)
    first = new_reorganisation(page, FIRST, decree="99-QĐ/TU", decided="25/06/2025")
    clean(page)
    dragged_into(page, CENTRE, BOARD)
    copied(page, first)
    second = page.url.split("/bang/")[0] + "/"
    chosen_with_the_keyboard(page)
    split_with_functions(page)
    carry_out(page, first)
    resolved(page, second)
    undo(page, first)


def dragged_into(page: Page, name: str, target: str) -> None:
    card(page, name).locator(".unit-name").drag_to(card(page, target).locator(".unit-name"))
    expect(dialog(page)).to_contain_text(f"vào {target}")
    clean(page)
    dialog(page).get_by_role("button", name=f"Nhập vào {target}").click()
    expect(closing(page, name)).to_contain_text(f"Về: {target}")
    expect(card(page, target)).to_contain_text(f"Từ: {name}")


def copied(page: Page, first: str) -> None:
    page.get_by_role("link", name="Nhân bản phương án").click()
    page.get_by_label("Tên của bản mới").fill(SECOND)
    page.get_by_role("button", name="Nhân bản", exact=True).click()
    expect(closing(page, CENTRE)).to_be_visible()
    tab(page, "Phương án")
    expect(page.locator(".lead-line")).to_contain_text(f"Nhân bản từ “{FIRST}”")
    page.goto("/sap-xep/")
    expect(page.get_by_role("row", name=re.compile(SECOND))).to_contain_text(FIRST)
    clean(page)
    page.get_by_role("link", name=SECOND, exact=True).click()
    tab(page, "Bảng")


def chosen_with_the_keyboard(page: Page) -> None:
    """Dấu cách chọn, mũi tên đi, Enter ở nơi đặt hỏi cách; lời báo cho trình đọc màn hình; rồi hoàn lại."""
    page.get_by_role("checkbox", name=INTERNAL).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("checkbox", name=INTERNAL)).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("[data-said]")).to_contain_text(f"Đã chọn {INTERNAL}. 1 đơn vị")
    page.get_by_role("checkbox", name=INSPECTION).focus()
    page.keyboard.press("Enter")
    expect(dialog(page).get_by_role("button", name=f"Chuyển về trực thuộc {INSPECTION}")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(closing(page, INTERNAL)).to_be_visible()
    expect(page.get_by_role("checkbox", name=INSPECTION)).to_be_focused()
    page.get_by_role("button", name="Hoàn lại thao tác gần nhất").click()
    expect(closing(page, INTERNAL)).to_have_count(0)


def split_with_functions(page: Page) -> None:
    page.get_by_role("checkbox", name=INTERNAL).check()
    page.get_by_role("button", name="Chia tách…").click()
    clean(page)
    page.get_by_label("hoặc đơn vị mới tên là").first.fill("Phòng Chống lãng phí")
    page.get_by_label("theo mẫu").first.select_option("room")
    page.get_by_label("Phòng chống tham nhũng, lãng phí").select_option("1")
    page.get_by_label("Đơn vị này vẫn còn").check()
    page.get_by_role("button", name="Chia", exact=True).click()
    made = card(page, "Phòng Chống lãng phí")
    expect(made).to_contain_text("mới")
    made.get_by_text("1 chức năng").click()
    expect(made).to_contain_text("Phòng chống tham nhũng, lãng phí")
    clean(page)


def resolved(page: Page, second: str) -> None:
    page.goto(second)
    expect(page.get_by_text(f"{CENTRE} đã kết thúc từ 01/07/2025, việc đã về {BOARD}.")).to_be_visible()
    page.get_by_role("button", name="Kiểm kê", exact=True).click()
    expect(page.get_by_text(re.compile("Hãy gỡ xung đột trước")).first).to_be_visible()
    tab(page, "Bảng")
    clean(page)
    page.get_by_role("region", name=re.compile("xung đột phải gỡ")).get_by_role("button", name="Bỏ dòng này").click()
    expect(page.get_by_text("xung đột phải gỡ")).to_have_count(0)


def test_the_board_is_read_on_a_phone(sign_in: SignIn) -> None:
    page = sign_in(CHAIR, **PHONE)
    page.goto("/sap-xep/")
    page.get_by_role("link", name=re.compile("Tinh gọn cơ quan Thành ủy: giữ phòng")).first.click()
    tab(page, "Bảng")
    clean(page)


class Finger:
    """Một ngón tay thật với trình duyệt: sự kiện chạm đi từ dưới lên, không gọi thẳng mã của trang."""

    def __init__(self, page: Page) -> None:
        self.page, self.session = page, page.context.new_cdp_session(page)

    def send(self, kind: str, *points: tuple[float, float]) -> None:
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    def at(self, found: Locator) -> tuple[float, float]:
        box = found.bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def ghost(page: Page) -> Locator:
    return page.locator(".drag-ghost")


def at_the_middle(found: Locator) -> None:
    """Ở giữa màn hình, không cuộn êm: gần mép thì ngón tay làm trang cuộn, đích trôi khỏi ngón."""
    found.evaluate("node => node.scrollIntoView({ block: 'center', behavior: 'instant' })")


def phone_board(sign_in: SignIn) -> Page:
    page = sign_in(CHAIR, **PHONE)
    page.goto("/sap-xep/")
    page.get_by_role("link", name=re.compile("Tinh gọn cơ quan Thành ủy: giữ phòng")).first.click()
    tab(page, "Bảng")
    return page


def test_a_finger_holds_a_card_and_puts_it_into_another(sign_in: SignIn) -> None:
    page = phone_board(sign_in)
    finger, start, place = Finger(page), card(page, INTERNAL).locator(".unit-name"), card(page, BOARD).locator(".unit-name")
    at_the_middle(place)
    finger.send("touchStart", finger.at(start))
    expect(ghost(page)).to_have_text(INTERNAL)
    finger.send("touchMove", finger.at(place))
    finger.send("touchEnd")
    expect(dialog(page)).to_contain_text(f"vào {BOARD}")
    expect(dialog(page)).to_contain_text(INTERNAL)
    expect(ghost(page)).to_have_count(0)
    clean(page)


def test_a_finger_at_the_edge_scrolls_the_page_and_drops_on_what_is_then_under_it(sign_in: SignIn) -> None:
    page = phone_board(sign_in)
    finger, start = Finger(page), card(page, INTERNAL).locator(".unit-name")
    at_the_middle(start)
    x, _y = finger.at(start)
    finger.send("touchStart", finger.at(start))
    expect(ghost(page)).to_have_text(INTERNAL)
    before = page.evaluate("scrollY")
    finger.send("touchMove", (x, PHONE["viewport"]["height"] - 4))
    page.wait_for_function("before => scrollY > before + 300", arg=before)
    finger.send("touchMove", (x, PHONE["viewport"]["height"] / 2))
    under = "([x, y]) => document.elementFromPoint(x, y)?.closest('[data-unit]:not([data-closes])')?.dataset.name ?? ''"
    spots = [(x, float(y)) for y in range(200, 640, 10) if page.evaluate(under, [x, float(y)]) not in ("", INTERNAL)]
    assert spots, "không có thẻ nào ở giữa màn hình"
    name = page.evaluate(under, list(spots[0]))
    finger.send("touchMove", spots[0])
    finger.send("touchEnd")
    expect(dialog(page)).to_contain_text(f"vào {name}")


def test_a_quick_swipe_is_scrolling_not_dragging(sign_in: SignIn) -> None:
    page = phone_board(sign_in)
    finger, start = Finger(page), card(page, INTERNAL).locator(".unit-name")
    at_the_middle(start)
    x, y = finger.at(start)
    finger.send("touchStart", (x, y))
    for step in range(1, 8):
        finger.send("touchMove", (x, y - 30 * step))
    page.wait_for_timeout(700)
    expect(ghost(page)).to_have_count(0)
    finger.send("touchEnd")
    expect(dialog(page)).not_to_be_visible()


def test_everything_can_be_drawn_without_scripts(sign_in: SignIn) -> None:
    page = sign_in(CHAIR, java_script_enabled=False)
    page.goto("/sap-xep/")
    page.get_by_role("link", name=re.compile("Tinh gọn cơ quan Thành ủy: ít phòng hơn")).first.click()
    tab(page, "Bảng")
    page.get_by_role("checkbox", name=INTERNAL).check()
    page.get_by_role("button", name="Đặt vào…").click()
    page.get_by_label("Đặt vào đơn vị").select_option(label=INSPECTION)
    page.get_by_role("button", name="Xem các cách đặt").click()
    page.get_by_role("button", name=f"Nhập vào {INSPECTION}").click()
    expect(closing(page, INTERNAL)).to_be_visible()
    page.get_by_role("button", name="Hoàn lại thao tác gần nhất").click()
    expect(closing(page, INTERNAL)).to_have_count(0)
