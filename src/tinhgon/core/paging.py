"""Một trang của danh sách: thứ tự ổn định, số dòng đếm tới một mức rồi thôi."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)

PAGE_SIZE = 25
COUNT_LIMIT = 10_000
"""Quá số này thì không đếm nữa ("hơn 10.000"): đếm hết một kho lớn đắt hơn cả trang."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """``number`` từ 1. ``total``: số dòng, nhiều nhất ``COUNT_LIMIT``; ``capped``: thật ra còn nhiều hơn."""

    items: list[Row]
    number: int
    size: int
    total: int
    capped: bool

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """Số thứ tự của dòng đầu trang; 0 khi trang rỗng."""
        return (self.number - 1) * self.size + 1 if self.items else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * self.size + len(self.items)


def paginate(rows: QuerySet[Row], *, number: int = 1, size: int = PAGE_SIZE) -> Page[Row]:
    """Trang ``number`` của ``rows`` đã xếp; ngoài phạm vi thì lấy trang gần nhất. Hai câu truy vấn.

    Thêm khóa chính vào cuối thứ tự xếp: hai dòng bằng nhau không đổi chỗ giữa hai trang.
    """
    counted = rows.order_by()[: COUNT_LIMIT + 1].count()
    total = min(counted, COUNT_LIMIT)
    number = min(max(number, 1), max(1, -(-total // size)))
    start = (number - 1) * size
    ordering = rows.query.order_by or rows.model._meta.ordering or ()
    items = list(rows.order_by(*ordering, "-pk")[start : start + size])
    return Page(items, number, size, total, capped=counted > COUNT_LIMIT)
