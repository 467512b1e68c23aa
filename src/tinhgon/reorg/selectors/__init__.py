"""Đọc một lần sắp xếp: các bước, kiểm kê, chia tách, xem trước, sổ cái."""

from tinhgon.reorg.selectors.board import Board, board
from tinhgon.reorg.selectors.by_unit import UnitTotal, by_unit, parent_names
from tinhgon.reorg.selectors.gestures import Way, ways
from tinhgon.reorg.selectors.inventory import Cell, Item, SplitUnit, by_kind, items, split_unit, split_units
from tinhgon.reorg.selectors.movement import Sight, Transfer, ledger, ledger_items, sight, transfers
from tinhgon.reorg.selectors.overview import (
    Flow,
    Step,
    flow,
    listed,
    steps,
    undecided_count,
    undecided_counts,
    waiting_sentence,
)
from tinhgon.reorg.selectors.placement import (
    Difference,
    FilledUnit,
    difference,
    opinions,
    pairs,
    pins,
    pins_changed,
    seats_of,
    units_of,
    waiting,
)
from tinhgon.reorg.selectors.receiving import Receiving, proposed_receivers
from tinhgon.reorg.selectors.splitting import (
    FunctionTotal,
    SharedHeir,
    function_totals,
    heirs_of_splits,
    shared_heirs,
)
from tinhgon.reorg.selectors.workload import GivenUnit, given_units

__all__ = [
    "Board", "Cell", "Difference", "FilledUnit", "Flow", "FunctionTotal", "GivenUnit", "Item", "Receiving", "SharedHeir", "Sight",
    "SplitUnit", "Step", "Transfer", "Way", "board", "by_kind", "difference", "flow", "function_totals", "given_units",
    "heirs_of_splits", "items", "ledger", "ledger_items", "listed", "opinions", "pairs", "pins", "pins_changed", "proposed_receivers", "ways",
    "seats_of", "shared_heirs", "sight", "split_unit",
    "split_units", "steps", "transfers", "undecided_count", "undecided_counts", "UnitTotal", "by_unit", "parent_names", "units_of", "waiting", "waiting_sentence",
]  # fmt: skip
