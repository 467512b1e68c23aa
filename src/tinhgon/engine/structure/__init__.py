"""Cấu trúc của một phương án, thuần: bộ máy sẽ ra sao, kiểm tra cấu trúc, tổ chức đã đổi gì từ lúc soạn, hoàn lại một thao tác."""

from tinhgon.engine.structure.changes import Changes, Rows, difference, taken_back
from tinhgon.engine.structure.checks import Remark, deputies, functions, layers, span
from tinhgon.engine.structure.drift import Conflict, Facts, drift
from tinhgon.engine.structure.live import Live
from tinhgon.engine.structure.model import Line, Node, Plan, closes_a_ring, future, orphans

__all__ = [
    "Changes", "Conflict", "Facts", "Line", "Live", "Node", "Plan", "Remark", "Rows", "closes_a_ring", "deputies", "difference",
    "drift", "functions", "future", "layers", "orphans", "span", "taken_back",
]  # fmt: skip
