"""Tệp không có trang để tô: mỗi ô chỉ đúng dòng của mình, không chỉ nhầm dòng trùng chữ."""

import pytest

from tinhgon.documents.services.intake.reading import quote_of
from tinhgon.engine.extract.model import Extracted, Line, Source

LINES = (
    "THÀNH ỦY THÀNH PHỐ HỒ CHÍ MINH", "BAN DÂN VẬN", "ĐẢNG CỘNG SẢN VIỆT NAM", "Số 318-TB/BDVTU",
    "Thành phố Hồ Chí Minh, ngày 25 tháng 6 năm 2025", "THÔNG BÁO", "Báo cáo trước ngày 10/7/2025.", "T/L TRƯỞNG BAN", "CHÁNH VĂN PHÒNG",
)  # fmt: skip


@pytest.mark.parametrize(("name", "value", "line"), [
    ("dia_danh", "Thành phố Hồ Chí Minh", 4), ("ngay", "25/06/2025", 4), ("ngay", "26/06/2025", None), ("so_ky_hieu", "318-TB/BDVTU", 3),
    ("quyen_han_chuc_vu", "T/L TRƯỞNG BAN / CHÁNH VĂN PHÒNG", 7), ("co_quan", "Ban Dân vận Thành ủy thành phố Hồ Chí Minh", 1), ("nguoi_ky", "Đặng Quỳnh Hương", None),
])  # fmt: skip
def test_each_field_points_at_its_own_line(name: str, value: str, line: int | None) -> None:
    extracted = Extracted(source=Source.DOCX, lines=tuple(Line(text) for text in LINES))
    assert quote_of(name, value, extracted) == ("" if line is None else LINES[line])
