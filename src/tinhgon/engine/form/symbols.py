"""Số và ký hiệu theo thể thức: của Đảng ``15-CV/VPTU``, của Nhà nước ``15/QĐ-UBND`` (công văn: ``15/UBND-VP``)."""

from tinhgon.engine import numbering
from tinhgon.engine.paper.model import Layout


def symbol(side: str, number: int | None, abbreviation: str, organ: str, *, suffix: str = "") -> str:
    """Chưa có số thì chừa trống. Công văn của Nhà nước không ghi tên loại: ký hiệu cơ quan đứng ngay sau gạch chéo."""
    printed = numbering.BLANK if number is None else numbering.padded(number, suffix)
    if side == Layout.STATE:
        return f"{printed}/" + "-".join(part for part in (abbreviation, organ) if part)
    return f"{printed}-{abbreviation}/{organ}"


def symbol_line(side: str, shown: str) -> str:
    """Dòng in trên văn bản: "Số 15-CV/VPTU"; của Nhà nước có dấu hai chấm."""
    return f"Số: {shown}" if side == Layout.STATE else f"Số {shown}"
