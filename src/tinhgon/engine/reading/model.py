"""Kết quả đọc thể thức của một văn bản."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from tinhgon.engine.extract.model import Box

NAMES = (
    "so_ky_hieu", "loai", "co_quan", "dia_danh", "ngay", "trich_yeu", "nguoi_ky", "quyen_han_chuc_vu", "noi_nhan",
)  # fmt: skip
"""Tên các ô, như trong bộ mẫu đã đối chiếu."""

SURE = 0.85
"""Từ mức này trở lên thì điền sẵn; dưới nữa thì hỏi người."""


@dataclass(frozen=True, slots=True)
class Field:
    """Một ô. ``value``: chữ (ngày: ``dd/mm/yyyy``), nơi nhận là nhiều dòng cách nhau bằng xuống dòng; rỗng: không thấy.

    ``must_confirm``: người phải xác nhận dù độ tin cậy cao (số và ngày viết tay trên bản quét).
    """

    value: str
    confidence: float
    page: int | None = None
    box: Box | None = None
    must_confirm: bool = False

    @property
    def is_sure(self) -> bool:
        return bool(self.value) and not self.must_confirm and self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class Proposal:
    """Một hạn hay một chỉ đạo thấy trong văn bản: chỉ là đề nghị. ``kind``: "deadline" hay "directive".

    ``sentence``: câu gốc; ``due``: ``dd/mm/yyyy`` nếu câu nói rõ ngày; ``unit``: nơi được giao, như viết trong câu.
    """

    kind: str
    sentence: str
    due: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """``fields``: mọi tên trong ``NAMES``. ``layout``: "party", "state" hay ""."""

    fields: Mapping[str, Field] = field(default_factory=lambda: MappingProxyType({}))
    proposals: tuple[Proposal, ...] = ()
    layout: str = ""
