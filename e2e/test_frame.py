"""Khung trang: tìm nhanh bằng bàn phím, ngày đang xem, đổi vị trí, dời đồng hồ mẫu, khóa đăng nhập."""

import re

from playwright.sync_api import Page, expect

from checks import PHONE, SignIn, choose_action, violations


def test_ctrl_k_finds_without_marks_and_enter_opens(sign_in: SignIn) -> None:
    page = sign_in("chanhvanphong")
    page.goto("/nhiem-vu/")
    page.keyboard.press("Control+k")
    page.keyboard.type("van phong thanh uy")
    option = page.get_by_role("option").filter(has_text="Văn phòng Thành ủy").first
    expect(option).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/(don-vi|van-ban|nhiem-vu|can-bo)/\d+/"))


def test_escape_closes_the_palette(sign_in: SignIn) -> None:
    page = sign_in("chanhvanphong")
    page.goto("/")
    page.keyboard.press("Control+k")
    expect(page.locator("dialog.palette")).to_be_visible()
    page.keyboard.type("ban")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.palette")).to_be_hidden()


def test_another_day_in_view_is_said_with_a_way_back(sign_in: SignIn) -> None:
    page = sign_in("chanhvanphong")
    page.goto("/to-chuc/?ngay=2025-06-30")
    banner = page.get_by_role("complementary", name="Ngày đang xem")
    expect(banner).to_contain_text("Đang xem ngày 30/06/2025")
    page.goto("/can-bo/")
    expect(banner).to_be_visible()
    banner.get_by_role("link").click()
    expect(banner).to_have_count(0)


def test_a_person_with_two_posts_switches_between_them(sign_in: SignIn) -> None:
    page = sign_in("kiemnhiem")
    page.goto("/")
    summary = page.locator(".bar-person summary")
    before = summary.inner_text()
    summary.click()
    page.locator(".bar-person .menu-item:not([aria-current])[name=appointment]").first.click()
    expect(page.get_by_role("status").filter(has_text="Từ bây giờ bạn làm việc ở vị trí")).to_be_visible()
    assert summary.inner_text() != before


def test_the_navigation_folds_on_a_phone(sign_in: SignIn) -> None:
    page = sign_in("chanhvanphong", **PHONE)
    page.goto("/")
    navigation = page.get_by_role("navigation", name="Điều hướng chính")
    expect(navigation).to_be_hidden()
    page.get_by_role("button", name="Mục lục").click()
    navigation.get_by_role("link", name="Nhiệm vụ").click()
    page.wait_for_url("**/nhiem-vu/")


def test_a_list_keeps_filter_sort_and_page_in_the_address(sign_in: SignIn) -> None:
    page = sign_in("chanhvanphong")
    page.goto("/nhiem-vu/")
    page.get_by_label("Nội dung, sản phẩm").fill("bao cao")
    page.wait_for_url(re.compile(r"tim=bao"))
    page.get_by_role("link", name="Trạng thái").click()
    page.wait_for_url(re.compile(r"sap=trang-thai"))
    assert "tim=bao" in page.url
    page.reload()
    expect(page.get_by_label("Nội dung, sản phẩm")).to_have_value("bao cao")
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Trạng thái")


def test_pages_work_without_javascript(house: str, chromium, states) -> None:
    context = chromium.new_context(base_url=house, storage_state=states("chanhvanphong"), java_script_enabled=False)
    page = context.new_page()
    page.goto("/nhiem-vu/?tim=bao+cao")
    expect(page.get_by_role("table")).to_be_visible()
    page.get_by_role("link", name="Trạng thái").click()
    assert "sap=trang-thai" in page.url
    page.goto("/to-chuc/")
    expect(page.locator("svg.chart")).to_be_visible()
    context.close()


def test_five_wrong_passwords_lock_with_a_sentence(sign_in: SignIn) -> None:
    page = sign_in(None)
    for _attempt in range(5):
        page.goto("/tai-khoan/login/")
        page.get_by_label("Tên đăng nhập").fill("vanthu.dakao")
        page.get_by_label("Mật khẩu").fill("sai hoàn toàn")
        page.route("**/favicon.ico", lambda route: route.abort())
        page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_contain_text("tạm khóa 15 phút")


def open_own_draft(page: Page) -> None:
    """Một dự thảo còn ở người soạn: các hành trình khác có thể đã trình ký hay cấp số dự thảo mới nhất."""
    page.goto("/van-ban/du-thao/")
    rows = page.locator("tbody tr").filter(has=page.get_by_text("dự thảo", exact=True)).filter(has_not_text=re.compile("chờ |thẩm định|lấy ý kiến"))
    rows.locator(".main-cell a").first.click()


def test_what_was_typed_comes_back_after_a_lost_connection(sign_in: SignIn) -> None:
    page = sign_in("chuyenvien")
    open_own_draft(page)
    choose_action(page, "Sửa thông tin")
    summary = page.get_by_label("Trích yếu")
    before = summary.input_value()
    assert before
    summary.fill(f"{before} (gõ dở)")
    page.reload()
    expect(summary).to_have_value(f"{before} (gõ dở)")
    page.get_by_role("button", name="Bỏ phần gõ dở").click()
    expect(page.get_by_text("Đã lấy lại phần bạn gõ dở")).to_have_count(0)
    expect(summary).to_have_value(before)


def test_the_rest_of_a_documents_actions_is_one_key_away(sign_in: SignIn) -> None:
    page = sign_in("chuyenvien")
    open_own_draft(page)
    menu = page.locator(".more-actions")
    assert page.locator(".page-actions > .btn, .page-actions > form").count() == 1
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(menu.locator(".menu-item").first).to_be_focused()
    assert not violations(page)
    page.keyboard.press("Escape")
    expect(menu.locator(".menu-item").first).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
