"""Một ngày làm việc: văn thư vào sổ, lãnh đạo bút phê, đơn vị nhận tiếp nhận và xong; giao việc, báo tiến độ, nghiệm thu."""

import re

from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as NotInTime

from checks import SignIn, choose_action


def choose(page: Page, label: str, typed: str, chosen: str) -> None:
    """Gõ (không dấu cũng được) trong ô gõ-để-tìm rồi bấm mục mang chữ ``chosen``."""
    box = page.locator(".ts-control").get_by_role("combobox", name=label)
    option = page.locator(".ts-dropdown:visible .option").filter(has_text=chosen).first
    for _again in range(3):  # máy bận: ô có thể chưa nghe phím lúc vừa bấm, người thật cũng gõ lại
        box.click()
        box.fill("")
        box.press_sequentially(typed)
        try:
            option.wait_for(timeout=8_000)
            break
        except NotInTime:
            continue
    option.click()


def test_a_letter_is_registered_routed_accepted_and_finished(sign_in: SignIn) -> None:
    clerk = sign_in("vanthu")
    clerk.goto("/van-ban/den/vao-so/")
    clerk.get_by_label("Số, ký hiệu").fill("99-CV/VPTW")
    clerk.get_by_role("button", name="Vào sổ và lấy số").click()
    expect(clerk.get_by_role("alert")).to_contain_text("Chưa gửi được")
    expect(clerk.get_by_label("Số, ký hiệu")).to_have_value("99-CV/VPTW")
    clerk.get_by_label("Trích yếu").fill("Đề nghị phối hợp chuẩn bị hội nghị e2e")
    choose(clerk, "Nơi nhận ghi trên văn bản", "van phong", "Văn phòng Thành ủy")
    clerk.get_by_label("Tác giả").fill("Văn phòng Trung ương Đảng")
    choose(clerk, "Tên loại", "cong van", "Công văn")
    clerk.get_by_label("Ngày văn bản").fill("30/06/2025")
    clerk.get_by_role("button", name="Vào sổ và lấy số").click()
    clerk.wait_for_url(re.compile(r"/van-ban/\d+/$"))
    address = clerk.url

    head = sign_in("chanhvanphong")
    head.goto(address)
    choose_action(head, "Chuyển xử lý")
    choose(head, "Chủ trì", "tong hop", "Phòng Tổng hợp")
    head.get_by_role("textbox", name="Bút phê").fill("Giao tham mưu trước ngày 05/7.")
    head.get_by_role("button", name="Chuyển", exact=True).click()
    expect(head.locator(".state-line")).to_contain_text("Phòng Tổng hợp")
    head.get_by_role("button", name="Tiếp nhận").click()
    expect(head.get_by_role("status").filter(has_text="Đã tiếp nhận.")).to_be_visible()
    head.get_by_role("link", name="Đã xong").click()
    head.get_by_role("textbox", name="Kết quả").fill("Đã tham mưu công văn trả lời.")
    head.get_by_role("button", name="Đã xong").click()
    choose_action(head, "Đã xử lý xong")
    head.locator("dialog.confirm").get_by_role("button", name="Đã xử lý xong").click()
    expect(head.locator(".state-line")).to_contain_text("đã xử lý xong")
    expect(head.get_by_text("Chuyển xử lý tới 1 đơn vị")).to_be_visible()


def test_a_draft_gets_a_file_a_number_and_is_found(sign_in: SignIn, tmp_path) -> None:
    file = tmp_path / "du-thao.pdf"
    file.write_bytes(b"%PDF-1.4 e2e")
    writer = sign_in("chuyenvien")
    writer.goto("/van-ban/du-thao/moi/")
    choose(writer, "Tên loại", "bao cao", "Báo cáo")
    writer.get_by_label("Trích yếu").fill("Kết quả thí điểm phòng họp không giấy e2e")
    writer.get_by_label("Người ký").fill("Nguyễn Văn Giang")
    writer.get_by_role("button", name="Lưu dự thảo").click()
    writer.wait_for_url(re.compile(r"/van-ban/\d+/$"))
    choose_action(writer, "Đính kèm tệp")
    writer.get_by_label("Tệp").set_input_files(file)
    writer.get_by_role("button", name="Đính kèm").click()
    expect(writer.get_by_role("link", name="du-thao.pdf")).to_be_visible()
    choose_action(writer, "Trình cấp số")
    writer.locator("dialog.confirm").get_by_role("button", name="Trình cấp số").click()
    address = writer.url

    clerk = sign_in("vanthu")
    clerk.goto(address)
    clerk.get_by_role("link", name="Cấp số và ban hành").click()
    clerk.get_by_role("button", name="Cấp số").click()
    expect(clerk.locator(".lead-line")).to_contain_text(re.compile(r"số \d+-BC/"))
    clerk.goto("/tim/?q=phong hop khong giay e2e")
    expect(clerk.locator("mark").first).to_be_visible()


def test_a_task_is_assigned_reported_submitted_and_approved(sign_in: SignIn) -> None:
    head = sign_in("chanhvanphong")
    head.goto("/nhiem-vu/giao/")
    head.get_by_label("Nội dung nhiệm vụ").fill("Rà soát quy chế văn thư e2e")
    choose(head, "Chủ trì", "tong hop", "Phòng Tổng hợp")
    head.get_by_label("Hạn").fill("05/07/2025")
    head.get_by_role("button", name="Giao", exact=True).click()
    head.wait_for_url(re.compile(r"/nhiem-vu/\d+/$"))
    address = head.url
    expect(head.locator(".six-grid")).to_contain_text("07/07/2025")  # thứ Bảy 05/7 dời tới thứ Hai
    head.get_by_role("link", name="Phân công người").click()
    choose(head, "Người xử lý", "chuyen vien", "Chuyên viên")
    head.get_by_role("button", name="Phân công").click()
    head.get_by_role("link", name="Báo tiến độ").click()
    head.get_by_label("Tiến độ (%)").fill("60")
    head.get_by_label("Đã làm được gì").fill("Xong phần rà soát.")
    head.get_by_role("button", name="Báo").click()
    expect(head.locator(".state-line")).to_contain_text("60%")
    head.get_by_role("link", name="Nộp kết quả").click()
    head.get_by_label("Kết quả nộp").fill("Báo cáo rà soát.")
    head.get_by_role("button", name="Nộp").click()
    head.get_by_role("link", name="Nghiệm thu").click()
    head.get_by_role("button", name="Nghiệm thu").click()
    expect(head.locator(".state-line")).to_contain_text("hoàn thành")
    assert head.url == address


def test_voiding_a_number_says_what_follows_first(sign_in: SignIn) -> None:
    clerk = sign_in("vanthu")
    clerk.goto("/van-ban/den/?trang_thai=registered")
    clerk.locator(".main-cell a").first.click()
    choose_action(clerk, "Hủy số")
    expect(clerk.locator(".notice")).to_contain_text("không dùng lại")
    clerk.get_by_role("button", name="Hủy số này").click()
    expect(clerk.get_by_role("alert")).to_contain_text("Ô này bắt buộc nhập.")
