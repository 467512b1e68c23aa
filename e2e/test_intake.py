"""Khay đến: văn thư thả ba tệp, vào sổ một, từ chối một; thứ kế tiếp tự mở."""

import re
from pathlib import Path

from playwright.sync_api import expect

from checks import SignIn

LETTER = """TỈNH ỦY LÂM VIÊN
VĂN PHÒNG
Lâm Viên, ngày {day} tháng 6 năm 2025
Số {number}-CV/VPTU
Về việc phối hợp chuẩn bị hội nghị e2e {number}
"""


def test_three_files_are_dropped_one_is_registered_and_one_refused(sign_in: SignIn, tmp_path: Path) -> None:
    files = []
    for number in (951, 952, 953):
        path = tmp_path / f"cong-van-{number}.txt"
        path.write_text(LETTER.format(number=number, day=number % 20 + 1), encoding="utf-8")
        files.append(path)
    clerk = sign_in("vanthu")
    clerk.goto("/van-ban/khay/")
    clerk.get_by_label("Chọn tệp").set_input_files(files)
    clerk.get_by_role("button", name="Tải lên").click()
    clerk.wait_for_url(re.compile(r"\?dot="))
    expect(clerk.get_by_text("Đã đọc xong 3 văn bản")).to_be_visible()

    clerk.locator(".main-cell a").filter(has_text="951").first.click()
    expect(clerk.get_by_label("Số, ký hiệu")).to_have_value("951-CV/VPTU")
    expect(clerk.get_by_label("Ngày văn bản")).to_have_value("12/06/2025")
    expect(clerk.get_by_label("Trích yếu")).to_have_value(re.compile("chuẩn bị hội nghị e2e 951"))
    clerk.get_by_label("Tác giả").fill("Văn phòng Tỉnh ủy Lâm Viên")
    clerk.get_by_role("button", name="Vào sổ và mở thứ kế tiếp").click()
    expect(clerk.get_by_role("status").filter(has_text="Đã vào sổ số đến")).to_be_visible()
    clerk.wait_for_url(re.compile(r"/van-ban/khay/\d+/$"))

    clerk.goto("/van-ban/khay/?tim=953")
    clerk.locator(".main-cell a").first.click()
    clerk.get_by_role("link", name="Từ chối").click()
    clerk.get_by_role("button", name="Từ chối").click()
    expect(clerk.get_by_role("alert")).to_contain_text("Ô này bắt buộc nhập.")
    clerk.get_by_label("Lý do").fill("Gửi nhầm nơi nhận")
    clerk.get_by_role("button", name="Từ chối").click()
    clerk.goto("/van-ban/khay/?trang_thai=refused&tim=953")
    expect(clerk.get_by_text("Gửi nhầm nơi nhận")).to_be_visible()
