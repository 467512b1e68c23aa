"""Phần đầu của văn bản Đảng: tên cơ quan, địa danh, ký hiệu (HD 36-HD/VPTW, HD 05-HD/VPTW, phần thể thức)."""

import re
from datetime import date

from tinhgon.engine.formats import document_date
from tinhgon.org.selectors.units import UnitAt

_COMMITTEE = re.compile(r"^(Đảng bộ|Đảng ủy|Quận ủy|Huyện ủy|Thị ủy|Thành ủy|Tỉnh ủy)\s+", re.IGNORECASE)
_PLACE = re.compile(r"^(phường|xã|thị trấn|quận|huyện|thị xã|thành phố|tỉnh|đặc khu)\s+(?!\d)", re.IGNORECASE)


def organ_lines(unit: UnitAt, superior: UnitAt | None) -> tuple[str, str]:
    """(cơ quan cấp trên, cơ quan ban hành). Tên cơ quan bỏ phần tên cấp ủy đã ghi ở dòng trên: "VĂN PHÒNG"."""
    if superior is None:
        return "", unit.name.upper()
    own = unit.name.removesuffix(superior.name).rstrip() or unit.name
    return superior.name.upper(), own.upper()


def place_of(committee: UnitAt) -> str:
    """Địa danh ghi trước ngày tháng: tên riêng của địa bàn; tên bằng số thì giữ cả loại ("Quận 1", "Phường 14")."""
    area = _COMMITTEE.sub("", committee.name)
    proper = _PLACE.sub("", area)
    return proper[:1].upper() + proper[1:]


def place_and_date(committee: UnitAt, day: date) -> str:
    """``Bến Nghé, ngày 01 tháng 7 năm 2025``."""
    return f"{place_of(committee)}, {document_date(day)}"
