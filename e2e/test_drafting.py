"""Ngày của người soạn: dự thảo từ mẫu, lấy ý kiến, thẩm định, hai người ký duyệt, rồi tới văn thư."""

import re

from playwright.sync_api import Page, expect

from checks import SignIn, choose_action


def choose(page: Page, label: str, typed: str, chosen: str) -> None:
    """Gõ trong ô gõ-để-tìm rồi bấm mục mang chữ ``chosen``."""
    box = page.locator(".ts-control").get_by_role("combobox", name=label)
    box.click()
    box.press_sequentially(typed)
    page.locator(".ts-dropdown:visible .option").filter(has_text=chosen).first.click()


def name_of(page: Page) -> str:
    return page.locator(".person-name").first.inner_text()


def seat(page: Page, place: int, kind: str, name: str) -> None:
    """Một hàng của đường trình ký: bậc, việc, người (rỗng: bỏ hàng ấy)."""
    page.locator(f"#id_order_{place}").select_option(str(place))
    page.locator(f"#id_kind_{place}").select_option(kind)
    page.locator(f"#id_person_{place}").evaluate(
        "(box, name) => { const found = [...box.options].find((o) => name && o.text.startsWith(name)); box.tomselect.setValue(found ? found.value : '') }", name,
    )  # fmt: skip


def test_a_draft_from_a_template_passes_opinions_appraisal_and_two_signatures(sign_in: SignIn) -> None:
    writer = sign_in("chuyenvien")
    writer.goto("/van-ban/du-thao/moi/")
    writer.get_by_role("link", name="Kế hoạch công tác").click()
    writer.get_by_label("Trích yếu").fill("Kiểm tra công tác văn thư năm 2025 e2e")
    expect(writer.get_by_label("Nội dung")).to_have_value(re.compile("I- MỤC ĐÍCH, YÊU CẦU"))
    writer.get_by_label("Chức vụ").fill("CHÁNH VĂN PHÒNG")
    writer.get_by_role("button", name="Lưu dự thảo").click()
    writer.wait_for_url(re.compile(r"/van-ban/\d+/$"))
    address = writer.url
    expect(writer.locator("img.sheet")).to_be_visible()

    choose_action(writer, "Soạn nội dung")
    body = "Văn phòng Thành ủy xây dựng kế hoạch như sau:\n1. Mục đích\nNâng cao chất lượng công tác văn thư.\n2. Thời gian: quý III năm 2025."
    writer.get_by_label("Nội dung").fill(body)
    expect(writer.locator(".sheets img").first).to_be_visible()
    writer.get_by_role("button", name="Lưu và về dự thảo").click()
    writer.wait_for_url(address)
    writer.get_by_role("link", name="xem sửa gì").first.click()
    expect(writer.locator(".difference ins").first).to_be_visible()

    writer.goto(address)
    choose_action(writer, "Lấy ý kiến")
    choose(writer, "Đơn vị", "ban to chuc", "Ban Tổ chức Thành ủy")
    writer.get_by_label("Hạn trả lời").fill("04/07/2025")
    writer.get_by_role("button", name="Gửi lấy ý kiến").click()
    expect(writer.locator(".state-line")).to_contain_text("0/1 nơi đã trả lời")

    asked = sign_in("bantochuc")
    asked.goto(address)
    expect(asked.get_by_role("heading", name="Xin ý kiến của bạn")).to_be_visible()
    asked.get_by_role("link", name="Trả lời", exact=True).click()
    asked.get_by_label("đồng ý, có góp ý").check()
    asked.get_by_label("Góp ý, lý do").fill("Bổ sung trách nhiệm của người đứng đầu.")
    asked.get_by_role("button", name="Gửi trả lời").click()
    expect(asked.get_by_text("Bổ sung trách nhiệm của người đứng đầu.")).to_be_visible()

    writer.goto(address)
    expect(writer.get_by_text("Bổ sung trách nhiệm của người đứng đầu.")).to_be_visible()
    choose_action(writer, "Kết thúc lấy ý kiến")
    writer.get_by_role("button", name="Kết thúc").click()
    choose_action(writer, "Xin thẩm định")
    writer.get_by_role("button", name="Gửi thẩm định").click()
    expect(writer.locator(".state-line")).to_contain_text("thẩm định")

    head = sign_in("chanhvanphong")
    head.goto(address)
    head.get_by_role("link", name="Thẩm định", exact=True).click()
    head.get_by_role("link", name="Góp ý đoạn 3").click()
    head.get_by_label("Góp ý").fill("Nêu rõ sản phẩm.")
    head.get_by_role("button", name="Ghi góp ý").click()
    expect(head.get_by_text("Nêu rõ sản phẩm.")).to_be_visible()
    head.locator(".remark").get_by_role("button", name="Đã xong").click()
    head.get_by_role("link", name="Kết luận").click()
    head.get_by_label("Đạt").check()
    head.get_by_role("button", name="Kết luận").click()
    expect(head.get_by_role("alert")).to_contain_text("họ tên người ký")  # thể thức chặn: nói rõ quy tắc và nguồn

    writer.goto(f"{address}sua/")
    writer.get_by_label("Người ký").fill(name_of(head))
    writer.get_by_role("button", name="Lưu", exact=True).click()
    head.get_by_role("button", name="Kết luận").click()
    expect(head.locator(".appraisal")).to_contain_text("đạt")

    leader = sign_in("thuongtruc")
    leader.goto("/")
    writer.goto(address)
    choose_action(writer, "Trình ký")
    seat(writer, 1, "initial", name_of(head))
    seat(writer, 2, "sign", name_of(leader))
    seat(writer, 3, "initial", "")
    writer.get_by_role("button", name="Trình ký").click()
    expect(writer.locator(".state-line")).to_contain_text(name_of(head))

    head.goto(address)
    head.get_by_role("link", name="Ký nháy").click()
    head.get_by_role("button", name="Ký nháy").click()
    leader.goto("/")
    leader.get_by_role("link", name="Kiểm tra công tác văn thư năm 2025 e2e").click()
    leader.get_by_role("link", name="Ký văn bản").click()
    leader.get_by_role("button", name="Ký văn bản").click()
    writer.goto(address)
    expect(writer.locator(".state-line")).to_contain_text("chờ cấp số")


def test_a_returned_draft_says_why_on_the_writers_day(sign_in: SignIn) -> None:
    writer = sign_in("chuyenvien")
    writer.goto("/")
    expect(writer.get_by_role("heading", name="Dự thảo bị trả lại")).to_be_visible()
    writer.goto("/van-ban/du-thao/?chi=cho-toi")
    expect(writer.locator("tbody tr").first).to_contain_text("Bị trả lại")
