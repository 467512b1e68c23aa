"""Phép đọc nhiệm vụ. ``status``: hạn và màu; ``lists``: danh sách; ``page``: một nhiệm vụ; ``desk``: trang Hôm nay."""

from tinhgon.tasks.selectors.desk import (
    Load,
    Results,
    Risk,
    arrivals,
    awaiting_approval,
    loads,
    results,
    risks,
    sent_back,
    urgent,
    waiting_on_others,
)
from tinhgon.tasks.selectors.lists import Counts, Filters, Row, counts, of_document, rows_of, tasks
from tinhgon.tasks.selectors.page import Page, page
from tinhgon.tasks.selectors.status import Light, Status, status_of

__all__ = [
    "Counts", "Filters", "Light", "Load", "Page", "Results", "Risk", "Row", "Status", "arrivals", "awaiting_approval",
    "counts", "loads", "of_document", "page", "results", "risks", "rows_of", "sent_back", "status_of", "tasks", "urgent",
    "waiting_on_others",
]  # fmt: skip
