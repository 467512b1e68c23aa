"""Bảng có lọc, sắp, phân trang; mọi trạng thái nằm trên địa chỉ. Chạy không cần mã phía trình duyệt; htmx chỉ thay bảng.

Một trang danh sách = một ``Listing`` + một mẫu trang kế thừa ``web/list_page.html`` + một mẫu dòng (xem docs/components.md).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet, Window
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tinhgon.core.paging import PAGE_SIZE, Page, paginate

SORT, PAGE = "sap", "trang"


@dataclass(frozen=True)
class Column:
    """``sort``: các trường sắp, theo chiều tăng; rỗng thì cột không sắp được. ``css``: lớp của ô (ví dụ ``number``)."""

    key: str
    label: Any
    sort: tuple[str, ...] = ()
    css: str = ""


@dataclass
class Heading:
    column: Column
    url: str = ""
    direction: str = ""  # ascending, descending


@dataclass
class Listing:
    """``rows``: QuerySet đã lọc theo quyền và bộ lọc. ``default_sort``: khóa cột, thêm ``-`` để giảm dần.

    ``prepare``: biến các dòng của trang thành thứ mẫu dòng dùng (kèm tên đơn vị...), số câu SQL không theo số dòng.
    """

    request: HttpRequest
    rows: QuerySet[Any]
    columns: Sequence[Column]
    row_template: str
    default_sort: str
    page_size: int = PAGE_SIZE
    prepare: Callable[[list[Any]], list[Any]] = list

    @cached_property
    def sort(self) -> tuple[str, bool]:
        """(khóa cột, giảm dần). Khóa lạ trên địa chỉ: dùng mặc định."""
        wanted = self.request.GET.get(SORT) or self.default_sort
        key, descending = wanted.removeprefix("-"), wanted.startswith("-")
        if not any(column.key == key and column.sort for column in self.columns):
            key, descending = self.default_sort.removeprefix("-"), self.default_sort.startswith("-")
        return key, descending

    @property
    def sort_value(self) -> str:
        key, descending = self.sort
        return f"-{key}" if descending else key

    @cached_property
    def _ordered(self) -> QuerySet[Any]:
        key, descending = self.sort
        fields = next((column.sort for column in self.columns if column.key == key), ())
        ordering = [_turned(name) if descending else name for name in fields]
        return self.rows.order_by(*ordering)

    @cached_property
    def _page(self) -> Page[Any]:
        """Khóa của trang kèm tổng số trong một câu SQL (bộ lọc quyền chỉ chạy một lần), rồi chỉ đọc đủ các dòng ấy."""
        text = self.request.GET.get(PAGE, "1")
        wanted = max(int(text), 1) if text.isdecimal() and len(text) < 7 else 1
        start = (wanted - 1) * self.page_size
        counted = self._ordered.values_list("pk", Window(Count("*")))[start : start + self.page_size]
        keys = list(counted)
        if not keys and wanted > 1:  # quá trang cuối: lấy trang gần nhất
            return paginate(self._ordered, number=wanted, size=self.page_size)
        rows = {row.pk: row for row in self._known([key for key, _total in keys])}
        return Page([rows[key] for key, _total in keys], wanted, self.page_size, keys[0][1] if keys else 0, capped=False)

    def _known(self, keys: list[Any]) -> QuerySet[Any]:
        """Các dòng đã lọc ở câu trước, với đúng cột và bảng nối của ``rows``; không lọc quyền lại lần nữa."""
        found = self.rows.order_by()
        found.query.clear_where()
        return found.filter(pk__in=keys)

    @cached_property
    def items(self) -> list[Any]:
        """Các dòng của trang, đã qua ``prepare``."""
        return self.prepare(self._page.items)

    @property
    def page(self) -> int:
        return self._page.number

    @property
    def pages(self) -> int:
        return self._page.pages

    @property
    def total(self) -> int:
        return self._page.total

    @property
    def first(self) -> int:
        return self._page.first

    @property
    def last(self) -> int:
        return self._page.last

    @cached_property
    def headings(self) -> list[Heading]:
        key, descending = self.sort
        made = []
        for column in self.columns:
            if not column.sort:
                made.append(Heading(column))
                continue
            here = column.key == key
            turned = f"-{column.key}" if here and not descending else column.key
            direction = ("descending" if descending else "ascending") if here else ""
            made.append(Heading(column, self.address(**{SORT: turned, PAGE: None}), direction))
        return made

    @cached_property
    def page_links(self) -> list[tuple[int, str]]:
        """(trang, địa chỉ); (0, "") là chỗ bỏ quãng."""
        near = {1, self.pages, *range(self.page - 2, self.page + 3)}
        links: list[tuple[int, str]] = []
        for number in sorted(n for n in near if 1 <= n <= self.pages):
            if links and number - links[-1][0] > 1:
                links.append((0, ""))
            links.append((number, self.address(**{PAGE: number if number > 1 else None})))
        return links

    @property
    def is_filtered(self) -> bool:
        return any(value for key, value in self.request.GET.items() if key not in (SORT, PAGE, "ngay", "dot"))

    def address(self, **changes: object) -> str:
        """Địa chỉ trang này với vài tham số đổi; ``None`` là bỏ."""
        query = self.request.GET.copy()
        query.pop("ngay", None)
        for key, value in changes.items():
            query.pop(key, None)
            if value is not None:
                query[key] = str(value)
        return f"?{query.urlencode()}"


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def list_page(request: HttpRequest, template: str, listing: Listing, context: dict[str, Any]) -> HttpResponse:
    """Trang đủ khung, hoặc chỉ bảng khi htmx hỏi bảng."""
    context = {"listing": listing, **context}
    if request.htmx and not request.htmx.history_restore_request and request.htmx.target == "danh-sach":
        return render(request, "web/parts/listing.html", context)
    return render(request, template, context)
