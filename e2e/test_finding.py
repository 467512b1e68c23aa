"""Tìm: gõ không dấu, có dấu, cả cụm; thu hẹp; lưu cách xem; Ctrl-K từ trang khác; dẫn nhau; không được xem thì không thấy."""

import re

from playwright.sync_api import Page, expect

from checks import PHONE, SignIn, overflows, violations

DIGITAL = "Kết quả chuyển đổi số quý I/2025"
CITED, CITING = "04-CV/VPQU", "05-CV/VPQU"
"""Hai công văn của Văn phòng Quận ủy Quận 1: công văn đôn đốc sau dẫn công văn trước."""


def look_for(page: Page, text: str) -> None:
    page.goto("/tim/")
    page.get_by_label("Chữ cần tìm").fill(text)
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.get_by_label("Chữ cần tìm")).to_have_value(text)


def quickly(page: Page, text: str) -> None:
    """Ctrl-K rồi gõ, như đang ở giữa việc khác."""
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Tìm nhanh")).to_be_focused()
    page.keyboard.type(text)


def test_marks_are_optional_but_never_confused(sign_in: SignIn) -> None:
    clerk = sign_in("vanthu")
    found = clerk.get_by_role("main").get_by_role("link", name=DIGITAL)
    other_marks = clerk.get_by_role("heading", name="Khác dấu với chữ đã gõ")
    for typed in ("chuyen doi so", "chuyển đổi số", "CHUYỂN ĐỔI SỐ", '"chuyển đổi số quý"'):
        look_for(clerk, typed)
        expect(found).to_be_visible()
        expect(other_marks).to_have_count(0)
    look_for(clerk, "chuyền đổi số")
    expect(other_marks).to_be_visible()
    look_for(clerk, '"số đổi chuyển"')
    expect(clerk.get_by_text("Không thấy gì khớp trong những gì bạn được xem.")).to_be_visible()
    assert not violations(clerk) + overflows(clerk)


def test_results_are_narrowed_saved_and_opened_again_from_anywhere(sign_in: SignIn) -> None:
    clerk = sign_in("vanthu")
    look_for(clerk, "báo cáo")
    assert not violations(clerk) + overflows(clerk)
    facet = clerk.locator(".facets li").filter(has_text="Hướng dẫn")
    promised = int(facet.locator(".count").inner_text())
    facet.get_by_role("link").click()
    expect(clerk.get_by_label("Tên loại")).to_have_value(re.compile(r"\d+"))
    expect(clerk.locator("main .lines > li")).to_have_count(promised)
    assert not violations(clerk) + overflows(clerk)

    clerk.get_by_role("link", name="Lưu cách xem này").click()
    clerk.get_by_label("Tên").fill("Hướng dẫn về báo cáo")
    clerk.get_by_role("main").get_by_role("button", name="Lưu").click()
    clerk.goto("/nhiem-vu/")
    quickly(clerk, "huong dan ve bao cao")
    clerk.get_by_role("option", name="Hướng dẫn về báo cáo").first.click()
    clerk.wait_for_url(re.compile(r"/tim/\?"))
    expect(clerk.locator("main .lines > li")).to_have_count(promised)
    clerk.goto("/tim/da-luu/")
    assert not violations(clerk) + overflows(clerk)
    clerk.get_by_role("listitem").filter(has_text="Hướng dẫn về báo cáo").get_by_role("link", name="Bỏ").click()
    clerk.get_by_role("main").get_by_role("button", name="Bỏ").click()
    expect(clerk.get_by_role("main").get_by_text("Hướng dẫn về báo cáo")).to_have_count(0)


def test_a_document_names_what_cites_it_and_who_may_not_see_finds_neither(sign_in: SignIn) -> None:
    district = sign_in("vanthu.quan1")
    district.goto("/van-ban/du-thao/")
    quickly(district, "cv 4 vpqu")
    expect(district.get_by_role("option", name=CITED).first).to_have_attribute("aria-selected", "true")
    district.keyboard.press("Enter")
    district.wait_for_url(re.compile(r"/van-ban/\d+/$"))
    cited = district.url
    expect(district.get_by_role("heading", name="Văn bản dẫn văn bản này")).to_be_visible()
    assert not violations(district) + overflows(district)
    district.get_by_role("link", name=CITING).click()
    expect(district.get_by_role("heading", name="Văn bản này dẫn")).to_be_visible()
    district.get_by_role("link", name=CITED).click()
    district.wait_for_url(cited)

    stranger = sign_in("chuyenvien")
    for words in (CITED, CITING, "Bảo đảm an ninh, trật tự dịp 100 năm Ngày Báo chí"):
        look_for(stranger, words)
        expect(stranger.locator("main .lines > li").filter(has_text="VPQU")).to_have_count(0)
    stranger.goto("/nhiem-vu/")
    quickly(stranger, "cv 4 vpqu")
    expect(stranger.get_by_text("Không thấy gì khớp")).to_be_visible()
    answer = stranger.goto(cited)
    assert answer is not None
    assert answer.status == 404


def test_finding_fits_a_phone_and_the_dark(sign_in: SignIn) -> None:
    phone = sign_in("vanthu", theme="dark", **PHONE)
    phone.goto("/tim/?q=báo+cáo")
    phone.get_by_text("Lọc văn bản").click()
    assert not violations(phone) + overflows(phone)
