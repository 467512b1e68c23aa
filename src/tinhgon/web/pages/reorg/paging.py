"""Bảng phân trang cho phép đọc trả về (các dòng của trang, tổng số), cùng giao diện với ``web.listing.Listing``."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from tinhgon.org.models import Unit
from tinhgon.web.listing import PAGE, PAGE_SIZE, Column, Listing

Fetch = Callable[[int, int], tuple[Sequence[Any], int]]


class Fetched(Listing):
    """``fetch(offset, limit)``: các dòng của trang và tổng số, hỏi một lần."""

    def __init__(
        self, request: HttpRequest, fetch: Fetch, columns: Sequence[Column], row_template: str, page_size: int = PAGE_SIZE
    ) -> None:
        super().__init__(request, Unit.objects.none(), columns, row_template, default_sort="", page_size=page_size)
        self.fetch = fetch

    @cached_property
    def _fetched(self) -> tuple[list[Any], int]:
        rows, total = self.fetch((self._asked - 1) * self.page_size, self.page_size)
        if rows or not total or self._asked == 1:
            return list(rows), total
        last = -(-total // self.page_size)
        return list(self.fetch((last - 1) * self.page_size, self.page_size)[0]), total

    @property
    def _asked(self) -> int:
        text = self.request.GET.get(PAGE, "1")
        return max(int(text), 1) if text.isdecimal() and len(text) < 7 else 1

    @cached_property
    def sort(self) -> tuple[str, bool]:
        return "", False

    @property
    def count(self) -> int:
        return self._fetched[1]

    @property
    def is_capped(self) -> bool:
        return False

    @property
    def shown_count(self) -> int:
        return self.count

    @cached_property
    def items(self) -> list[Any]:
        return self._fetched[0]


def sliced(rows: Sequence[Any]) -> Fetch:
    """Một danh sách đã có trong tay, cắt theo trang."""
    return lambda offset, limit: (rows[offset : offset + limit], len(rows))
