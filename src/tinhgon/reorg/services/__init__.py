"""Động từ của sắp xếp bộ máy, mỗi động từ một hàm."""

from tinhgon.reorg.services.acting import order_acts, submit_acts
from tinhgon.reorg.services.applying import apply, schedule
from tinhgon.reorg.services.closing import close
from tinhgon.reorg.services.consulting import (
    answer,
    call_back,
    consult,
    decide_placement,
    say,
    withdraw_decision,
)
from tinhgon.reorg.services.copying import copy
from tinhgon.reorg.services.deciding import (
    Case,
    decide_by_rule,
    decide_cases,
    decide_items,
    decide_proposed,
    withdraw_rule,
)
from tinhgon.reorg.services.dividing import Part, split_unit
from tinhgon.reorg.services.drafting import (
    SuccessionDraft,
    UnitDraft,
    back_to_draft,
    change_plain_holding,
    create,
    list_plain_holding,
    plan_structure,
    remove_plain_holding,
    share_functions,
)
from tinhgon.reorg.services.full_rules import check, lean_to_wishes, plan_fully, stop
from tinhgon.reorg.services.giving import (
    confirm_work,
    give_work,
    propose_all_work,
    propose_work,
    reopen_work,
    set_work_hours,
)
from tinhgon.reorg.services.joining import close_units, merge_into_new, merge_units
from tinhgon.reorg.services.moving import move_function, move_units, rename_unit, restore_units
from tinhgon.reorg.services.opening import NewUnit, drop_unit, open_unit
from tinhgon.reorg.services.pinning import pair, pin, unpair, unpin
from tinhgon.reorg.services.placing import (
    drop,
    keep_as,
    list_posts,
    set_seats,
    start,
    tune,
    weigh,
)
from tinhgon.reorg.services.previewing import decide, objections, preview, take_inventory
from tinhgon.reorg.services.resolving import resolve
from tinhgon.reorg.services.table_jobs import upload_table, write_table
from tinhgon.reorg.services.taking_back import take_back
from tinhgon.reorg.services.undoing import give_back, preview_undo, undo
from tinhgon.reorg.services.verifying import verify

__all__ = [
    "Case", "NewUnit", "Part", "SuccessionDraft", "UnitDraft", "answer", "apply", "back_to_draft", "call_back",
    "change_plain_holding", "check", "close", "close_units", "confirm_work", "consult", "copy", "create", "decide",
    "decide_by_rule", "decide_cases", "decide_items", "decide_placement", "decide_proposed", "drop", "drop_unit", "give_back", "give_work",
    "keep_as", "lean_to_wishes", "list_plain_holding", "list_posts", "merge_into_new", "merge_units", "move_function",
    "move_units", "objections", "open_unit", "order_acts", "pair", "pin", "plan_fully", "plan_structure", "preview",
    "preview_undo", "propose_all_work", "propose_work", "remove_plain_holding", "rename_unit", "reopen_work", "resolve",
    "restore_units", "say", "schedule", "set_seats", "set_work_hours", "share_functions", "split_unit", "start", "stop",
    "submit_acts", "take_back", "take_inventory", "tune", "undo", "unpair", "unpin", "upload_table", "verify", "weigh", "withdraw_decision",
    "withdraw_rule", "write_table",
]  # fmt: skip
