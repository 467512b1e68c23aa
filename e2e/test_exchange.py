"""Gửi cho một phường, văn thư phường vào sổ, nơi gửi thấy đã vào sổ; xin lấy lại, phường đồng ý."""

import re

from playwright.sync_api import Page, expect

from checks import SignIn, choose_action, overflows, violations


def choose(page: Page, label: str, typed: str, chosen: str) -> None:
    box = page.locator(".ts-control").get_by_role("combobox", name=label)
    box.click()
    box.press_sequentially(typed)
    page.locator(".ts-dropdown:visible .option").filter(has_text=chosen).first.click()
    page.keyboard.press("Escape")


def issued(sign_in: SignIn, tmp_path, summary: str) -> Page:
    """Văn thư lập dự thảo có tệp và cấp số; trả về trang đang mở văn bản ấy."""
    file = tmp_path / "ban-ky.pdf"
    file.write_bytes(b"%PDF-1.4 e2e trao doi")
    clerk = sign_in("vanthu.quan1")
    clerk.goto("/van-ban/du-thao/moi/")
    choose(clerk, "Tên loại", "bao cao", "Báo cáo")
    clerk.get_by_label("Trích yếu").fill(summary)
    clerk.get_by_label("Người ký").fill("Nguyễn Văn Giang")
    clerk.get_by_role("button", name="Lưu dự thảo").click()
    clerk.wait_for_url(re.compile(r"/van-ban/\d+/"))
    choose_action(clerk, "Đính kèm tệp")
    clerk.get_by_label("Tệp").set_input_files(file)
    clerk.get_by_role("button", name="Đính kèm").click()
    choose_action(clerk, "Trình cấp số")
    clerk.locator("dialog.confirm").get_by_role("button", name="Trình cấp số").click()
    clerk.get_by_role("link", name="Cấp số và ban hành").click()
    clerk.get_by_role("button", name="Cấp số").click()
    return clerk


def test_a_ward_receives_registers_and_gives_back(sign_in: SignIn, tmp_path) -> None:
    summary = "Kết quả rà soát hộ tịch e2e trao đổi"
    sender = issued(sign_in, tmp_path, summary)
    choose_action(sender, "Gửi đi")
    sender.get_by_role("button", name="Gửi", exact=True).click()
    expect(sender.get_by_role("alert")).to_contain_text("Chưa chọn nơi nhận nào")
    choose(sender, "Cơ quan trong hệ thống", "ben nghe", "Bến Nghé")
    sender.get_by_role("button", name="Gửi", exact=True).click()
    section = sender.locator("#gui-di")
    expect(section).to_contain_text("đã đến")
    address = sender.url
    assert not violations(sender)
    assert not overflows(sender)

    ward = sign_in("vanthu.bennghe")
    ward.goto("/van-ban/khay/")
    ward.get_by_role("link", name=summary).first.click()
    ward.get_by_role("button", name=re.compile("Vào sổ")).first.click()
    ward.wait_for_load_state()
    ward.goto("/van-ban/den/")
    ward.get_by_role("link", name=summary).first.click()
    expect(ward.get_by_text("Nhận qua trao đổi văn bản")).to_be_visible()

    sender.goto(address)
    expect(sender.locator("#gui-di")).to_contain_text("đã vào sổ")
    sender.get_by_role("link", name="Xin lấy lại").click()
    sender.get_by_label("Lý do").fill("Gửi nhầm bản chưa ký")
    sender.get_by_role("button", name="Gửi lời xin").click()
    expect(sender.locator("#gui-di")).to_contain_text("chờ trả lời")

    ward.reload()
    ward.get_by_role("link", name="Đồng ý").click()
    ward.get_by_role("button", name="Đồng ý").click()
    expect(ward.locator(".state-line")).to_contain_text("hủy số")
    expect(ward.get_by_text("Gửi nhầm bản chưa ký").first).to_be_visible()
    sender.goto(address)
    expect(sender.locator("#gui-di")).to_contain_text("đã lấy lại")


def test_the_administrator_connects_partners_and_a_clerk_makes_a_key(sign_in: SignIn) -> None:
    admin = sign_in("quantri")
    admin.goto("/quan-tri/lien-thong/")
    expect(admin.get_by_role("cell", name="chưa nối")).to_be_visible()
    assert not violations(admin)
    assert not overflows(admin)
    admin.get_by_role("link", name="Thêm đối tác").click()
    admin.get_by_label("Tên hệ thống").fill("Hệ thống thử e2e")
    admin.get_by_label("Nối qua đường truyền").check()
    admin.get_by_role("button", name="Lưu").click()
    expect(admin.get_by_role("alert")).to_contain_text("phải có địa chỉ và chứng thư")
    expect(admin.get_by_label("Tên hệ thống")).to_have_value("Hệ thống thử e2e")

    clerk = sign_in("vanthu")
    clerk.goto("/ma-truy-cap/tao/")
    clerk.get_by_label("Dùng vào việc gì").fill("Máy quét phòng văn thư")
    clerk.get_by_role("button", name="Tạo mã").click()
    expect(clerk.get_by_label("Mã", exact=True)).to_have_value(re.compile("^tg_"))
    clerk.get_by_role("link", name="Đã chép xong").click()
    expect(clerk.get_by_text("Máy quét phòng văn thư")).to_be_visible()
    assert not violations(clerk)
    assert not overflows(clerk)
