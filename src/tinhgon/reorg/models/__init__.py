"""Bảng của sắp xếp bộ máy: phương án cấu trúc, và bố trí cán bộ trong phương án ấy, văn bản cho từng người."""

from tinhgon.reorg.models.acts import ActOrder, PersonalAct
from tinhgon.reorg.models.placement import Placement, PlacementPair, PlacementPin, PlannedPost, Proposal
from tinhgon.reorg.models.plan import (
    DispositionOverride,
    DispositionRule,
    PlainHolding,
    PlannedSuccession,
    PlannedUnit,
    Reorganisation,
)

__all__ = [
    "ActOrder", "DispositionOverride", "DispositionRule", "PersonalAct", "Placement", "PlacementPair", "PlacementPin", "PlainHolding",
    "PlannedPost", "PlannedSuccession", "PlannedUnit", "Proposal", "Reorganisation",
]  # fmt: skip
