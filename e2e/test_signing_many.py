"""Ký nhiều văn bản một lượt và danh sách gửi, nhận: trong trình duyệt thật, máy bàn và điện thoại."""

import re

from playwright.sync_api import expect

from checks import PHONE, SignIn, overflows, violations

PASSPHRASE = "TinhGon@01-07-2025"  # mật khẩu của các khóa mẫu


def test_the_head_reads_chooses_and_signs_with_one_passphrase(sign_in: SignIn) -> None:
    head = sign_in("chanhvanphong")
    head.goto("/")
    head.get_by_role("link", name="Ký nhiều văn bản").click()
    head.wait_for_url(re.compile(r"/ky-nhieu/$"))
    assert not violations(head)
    row = head.locator("main form label").filter(has=head.get_by_role("link")).last  # hành trình khác có thể đã ký bản trước
    link = row.get_by_role("link")
    expect(link).to_have_attribute("href", re.compile(r"/van-ban/\d+/$"))
    summary = link.inner_text()
    box = head.get_by_role("checkbox", name=re.compile(re.escape(summary)))
    box.check()
    head.get_by_label("Mật khẩu của khóa").fill("sai mật khẩu")
    head.get_by_role("button", name="Ký và ban hành").click()
    expect(head.get_by_role("alert")).to_contain_text("Sai mật khẩu của khóa ký")
    expect(box).to_be_checked()
    head.get_by_label("Mật khẩu của khóa").fill(PASSPHRASE)
    head.get_by_role("button", name="Ký và ban hành").click()
    expect(head.get_by_role("status").filter(has_text="Đã ký và ban hành 1 văn bản")).to_be_visible()
    head.goto("/van-ban/ky-nhieu/")
    expect(head.get_by_text(summary)).to_have_count(0)


def test_the_sending_list_is_searched_and_kept_in_the_address(sign_in: SignIn) -> None:
    clerk = sign_in("vanthu")
    clerk.goto("/van-ban/gui-nhan/")
    expect(clerk.locator("tbody tr").first).to_be_visible()
    assert not violations(clerk)
    box = clerk.get_by_label("Nơi nhận, số ký hiệu, trích yếu")
    box.fill("Nhà Bè")
    box.press("Enter")
    clerk.wait_for_url(re.compile(r"tim="))
    rows = clerk.locator("tbody tr")
    expect(rows.first).to_contain_text("Nhà Bè")
    assert all("Nhà Bè" in text for text in rows.all_inner_texts())
    rows.first.get_by_role("link").first.click()
    expect(clerk.locator("#gui-di")).to_be_visible()


def test_both_pages_fit_a_phone(sign_in: SignIn) -> None:
    for who, address in (("chanhvanphong", "/van-ban/ky-nhieu/"), ("vanthu", "/van-ban/gui-nhan/")):
        page = sign_in(who, **PHONE)
        page.goto(address)
        assert not overflows(page)
        assert not violations(page)
