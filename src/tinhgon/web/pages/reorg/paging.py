"""Bảng phân trang cho phép đọc trả về (các dòng của trang, tổng số), cùng giao diện với ``web.listing.Listing``."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from tinhgon.core.paging import PAGE_SIZE, Page
from tinhgon.org.models import Unit
from tinhgon.web.listing import PAGE, SORT, Column, Listing

_NOT_FILTERS = (SORT, PAGE, "ngay", "xem", "dang")
"""Tham số chọn trang hay chọn cách xem, không phải điều kiện lọc."""

Fetch = Callable[[int, int], tuple[Sequence[Any], int]]


class Fetched(Listing):
    """``fetch(offset, limit)``: các dòng của trang và tổng số. Trang quá cuối thì lấy trang cuối."""

    def __init__(
        self, request: HttpRequest, fetch: Fetch, columns: Sequence[Column], row_template: str, page_size: int = PAGE_SIZE
    ) -> None:
        super().__init__(request, Unit.objects.none(), columns, row_template, default_sort="", page_size=page_size)
        self.fetch = fetch

    @cached_property
    def _page(self) -> Page[Any]:
        text = self.request.GET.get(PAGE, "1")
        number = max(int(text), 1) if text.isdecimal() and len(text) < 7 else 1
        rows, total = self.fetch((number - 1) * self.page_size, self.page_size)
        if not rows and total:
            number = -(-total // self.page_size)
            rows, total = self.fetch((number - 1) * self.page_size, self.page_size)
        return Page(list(rows), number, self.page_size, total, capped=False)

    @property
    def is_filtered(self) -> bool:
        return any(value for key, value in self.request.GET.items() if key not in _NOT_FILTERS)

    @cached_property
    def sort(self) -> tuple[str, bool]:
        return "", False


def sliced(rows: Sequence[Any]) -> Fetch:
    """Một danh sách đã có trong tay, cắt theo trang."""
    return lambda offset, limit: (rows[offset : offset + limit], len(rows))
