"""Động từ của sắp xếp bộ máy, mỗi động từ một hàm."""

from tinhgon.reorg.services.applying import apply, schedule
from tinhgon.reorg.services.closing import close
from tinhgon.reorg.services.deciding import Case, decide_by_rule, decide_cases, decide_items, withdraw_rule
from tinhgon.reorg.services.drafting import (
    SuccessionDraft,
    UnitDraft,
    change_plain_holding,
    create,
    list_plain_holding,
    plan_structure,
    remove_plain_holding,
    share_functions,
)
from tinhgon.reorg.services.previewing import decide, preview, take_inventory
from tinhgon.reorg.services.undoing import give_back, preview_undo, undo
from tinhgon.reorg.services.verifying import verify

__all__ = [
    "Case", "SuccessionDraft", "UnitDraft", "apply", "change_plain_holding", "close", "create", "decide",
    "decide_by_rule", "decide_cases", "decide_items", "give_back", "list_plain_holding", "plan_structure", "preview",
    "preview_undo", "remove_plain_holding", "schedule", "share_functions", "take_inventory", "undo", "verify",
    "withdraw_rule",
]  # fmt: skip
