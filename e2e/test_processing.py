"""Ủy quyền, chuyển xuống, hồ sơ: trong trình duyệt thật, trên thế giới mẫu."""

import re

from playwright.sync_api import expect

from checks import SignIn, choose_action


def test_a_stand_in_switches_to_the_absent_persons_post_and_back(sign_in: SignIn) -> None:
    page = sign_in("chanhvanphong")
    page.goto("/vang-mat/")
    expect(page.get_by_role("heading", name="Tôi làm thay")).to_be_visible()
    page.get_by_role("button", name="Làm việc thay").click()
    expect(page.locator(".person-post")).to_contain_text("thay ")
    page.goto("/")
    page.locator(".bar-person summary").click()
    page.get_by_role("button", name=re.compile("Chánh Văn phòng.*Văn phòng Thành ủy$")).first.click()
    expect(page.locator(".person-post")).not_to_contain_text("thay ")


def test_an_absence_is_announced_and_ended(sign_in: SignIn) -> None:
    page = sign_in("chuyenvien")
    page.goto("/vang-mat/")
    page.get_by_role("link", name="Báo vắng").click()
    page.get_by_label("Đến hết ngày").fill("03/07/2025")
    page.get_by_label("Lý do").fill("Nghỉ phép")
    page.locator("#id_person").evaluate("box => { box.tomselect.setValue(Object.keys(box.tomselect.options)[0]) }")
    page.get_by_role("button", name="Cử làm thay").click()
    expect(page.get_by_text("Đã cử người làm thay.")).to_be_visible()
    page.get_by_role("button", name="Kết thúc", exact=True).first.click()
    page.locator("dialog").get_by_role("button", name="Kết thúc").click()
    expect(page.get_by_text("Bạn chưa báo vắng.")).to_be_visible()


def test_a_dossier_is_opened_filled_and_says_what_is_missing(sign_in: SignIn) -> None:
    page = sign_in("chuyenvien")
    page.goto("/van-ban/ho-so/")
    page.get_by_role("link", name="Mở hồ sơ").first.click()
    page.get_by_label("Tiêu đề hồ sơ").fill("Hồ sơ giao ban tuần")
    page.locator("#id_retention").evaluate("box => { box.tomselect.setValue(Object.keys(box.tomselect.options)[0]) }")
    page.get_by_role("main").get_by_role("button", name="Mở hồ sơ").click()
    expect(page.get_by_text("Hồ sơ chưa có tài liệu nào.")).to_be_visible()
    choose_action(page, "Ghi tài liệu giấy")
    page.get_by_label("Tên loại và trích yếu").fill("Biên bản giao ban")
    page.get_by_role("button", name="Ghi vào mục lục").click()
    expect(page.get_by_role("cell", name="Biên bản giao ban")).to_be_visible()
    choose_action(page, "Kết thúc hồ sơ")
    page.locator("dialog").get_by_role("button", name="Kết thúc").click()
    expect(page.get_by_text("đã kết thúc").first).to_be_visible()


def test_the_clerk_receives_what_was_handed_to_the_archive(sign_in: SignIn) -> None:
    page = sign_in("vanthu")
    page.goto("/van-ban/nop-luu/")
    page.get_by_role("row", name=re.compile("chờ lưu trữ nhận")).get_by_role("link").first.click()
    page.get_by_role("link", name="Nhận vào lưu trữ").click()
    page.get_by_role("button", name="Nhận", exact=True).click()
    expect(page.get_by_text("lưu trữ đã nhận").first).to_be_visible()
