"""Bảng của sắp xếp bộ máy: phương án cấu trúc, và bố trí cán bộ trong phương án ấy."""

from tinhgon.reorg.models.placement import Placement, PlacementPin, PlannedPost, Proposal
from tinhgon.reorg.models.plan import (
    DispositionOverride,
    DispositionRule,
    PlainHolding,
    PlannedSuccession,
    PlannedUnit,
    Reorganisation,
)

__all__ = [
    "DispositionOverride", "DispositionRule", "Placement", "PlacementPin", "PlainHolding", "PlannedPost",
    "PlannedSuccession", "PlannedUnit", "Proposal", "Reorganisation",
]  # fmt: skip
