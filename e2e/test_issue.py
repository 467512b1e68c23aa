"""Ký và ban hành trong trình duyệt: người ký ký số, văn thư đóng dấu, trang kiểm chữ ký nói hợp lệ; bản bị sửa thì nói đã bị sửa."""

import re

from playwright.sync_api import expect

from checks import SignIn, choose_action, violations
from test_work import choose

PASSPHRASE = "TinhGon@01-07-2025"  # mật khẩu của các khóa mẫu


def test_the_head_signs_and_issues_the_clerk_seals_and_the_page_tells_a_tampered_copy(sign_in: SignIn, tmp_path) -> None:
    head = sign_in("chanhvanphong")
    head.goto("/van-ban/du-thao/?tim=số+hóa+hồ+sơ+lưu+trữ")
    head.locator("tbody a").first.click()
    head.get_by_role("link", name="Ký và ban hành").click()
    head.get_by_label("Mật khẩu của khóa").fill("sai mật khẩu")
    head.get_by_role("button", name="Ký và ban hành").click()
    expect(head.get_by_role("alert")).to_contain_text("Sai mật khẩu của khóa ký")
    head.get_by_label("Mật khẩu của khóa").fill(PASSPHRASE)
    head.get_by_role("button", name="Ký và ban hành").click()
    head.wait_for_url(re.compile(r"/van-ban/\d+/$"))
    expect(head.locator(".lead-line")).to_contain_text("-KH/VPTU")
    address = head.url

    clerk = sign_in("vanthu")
    clerk.goto(address)
    clerk.get_by_role("link", name="Đóng dấu số").click()
    clerk.get_by_label("Mật khẩu con dấu").fill(PASSPHRASE)
    clerk.get_by_role("button", name="Đóng dấu").click()
    clerk.wait_for_url(re.compile(r"/chu-ky/$"))
    expect(clerk.locator(".sig .state")).to_have_text(["hợp lệ", "hợp lệ"])
    assert not violations(clerk)

    with clerk.expect_download() as waiting:
        clerk.evaluate("href => { const a = document.createElement('a'); a.href = href; a.download = ''; a.click(); }",
                       clerk.get_by_role("link", name="Mở tệp").get_attribute("href"))  # fmt: skip
    whole = waiting.value.path().read_bytes()
    at = whole.index(b"stream") + 40
    changed = tmp_path / "ban-sua.pdf"
    changed.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    clerk.goto(address)
    choose_action(clerk, "Đính kèm tệp")
    clerk.get_by_label("Tệp").set_input_files(changed)
    clerk.get_by_role("button", name="Đính kèm").click()
    clerk.get_by_role("link", name="Kiểm chữ ký số").click()
    expect(clerk.get_by_text("Tệp đã bị sửa sau khi ký").first).to_be_visible()


def test_the_clerk_reserves_a_number_and_gives_it_back_with_a_reason(sign_in: SignIn) -> None:
    clerk = sign_in("vanthu")
    clerk.goto("/van-ban/so/giu-so/moi/")
    choose(clerk, "Tên loại", "to trinh", "Tờ trình")
    clerk.get_by_label("Lý do giữ số").fill("Chờ Thường trực ký e2e")
    clerk.get_by_role("button", name="Giữ số").click()
    clerk.wait_for_url(re.compile(r"/giu-so/$"))
    row = clerk.get_by_role("row").filter(has_text="Chờ Thường trực ký e2e")
    expect(row).to_contain_text("-TTr/VPTU")
    row.get_by_role("link", name="Trả lại").click()
    clerk.get_by_label("Lý do").fill("Không trình nữa")
    clerk.get_by_role("button", name="Trả lại số").click()
    expect(clerk.get_by_role("status").filter(has_text="Đã trả lại số.")).to_be_visible()
    expect(clerk.get_by_text("Chờ Thường trực ký e2e")).to_have_count(0)
