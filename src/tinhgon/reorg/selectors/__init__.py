"""Đọc một lần sắp xếp: các bước, kiểm kê, chia tách, xem trước, sổ cái."""

from tinhgon.reorg.selectors.inventory import Cell, Item, SplitUnit, by_kind, items, split_unit, split_units
from tinhgon.reorg.selectors.movement import Sight, Transfer, ledger, sight, transfers
from tinhgon.reorg.selectors.overview import Flow, Step, flow, listed, steps

__all__ = [
    "Cell", "Flow", "Item", "Sight", "SplitUnit", "Step", "Transfer", "by_kind", "flow", "items", "ledger", "listed",
    "sight", "split_unit", "split_units", "steps", "transfers",
]  # fmt: skip
