"""Từ chữ ra thể thức: số, ký hiệu, tên loại, cơ quan, ngày, trích yếu, người ký, nơi nhận; mỗi ô kèm độ tin cậy và chỗ trên trang."""

from tinhgon.engine.extract.model import Extracted
from tinhgon.engine.reading.model import NAMES, SURE, Field, Proposal, Reading

__all__ = ["NAMES", "SURE", "Field", "Proposal", "Reading", "read"]


def read(extracted: Extracted) -> Reading:
    """Đọc thể thức của văn bản."""
    return Reading({name: Field("", 0.0) for name in NAMES})
