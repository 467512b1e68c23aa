"""Bảng của sắp xếp bộ máy: phương án cấu trúc; bố trí cán bộ, văn bản cho từng người, chia việc và dự báo trong phương án ấy."""

from tinhgon.reorg.models.acts import ActOrder, PersonalAct
from tinhgon.reorg.models.placement import (
    Placement,
    PlacementPair,
    PlacementPin,
    PlannedPost,
    Proposal,
    SecondPost,
)
from tinhgon.reorg.models.plan import (
    DispositionOverride,
    DispositionRule,
    Gesture,
    PlainHolding,
    PlannedSuccession,
    PlannedUnit,
    Reorganisation,
)
from tinhgon.reorg.models.tables import DrawingTable
from tinhgon.reorg.models.workload import Expectation, WorkLine, WorkPlan

__all__ = [
    "ActOrder", "DispositionOverride", "DispositionRule", "DrawingTable", "Expectation", "Gesture", "PersonalAct", "Placement",
    "PlacementPair", "PlacementPin", "PlainHolding", "PlannedPost", "PlannedSuccession", "PlannedUnit", "Proposal",
    "Reorganisation", "SecondPost", "WorkLine", "WorkPlan",
]  # fmt: skip
