"""Cái tìm được. Mỗi ứng dụng đăng ký các nguồn của mình trong ``<app>/search.py``."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.core.exceptions import EmptyResultSet
from django.db.models import Model, QuerySet
from django.utils.module_loading import autodiscover_modules

from tinhgon.core.actor import Actor


class VisibleTo(Protocol):
    """Bộ lọc quyền của ứng dụng: cùng hàm mà danh sách và trang chi tiết dùng."""

    def __call__(self, actor: Actor, *, on: date) -> QuerySet: ...


Sql = tuple[str, list[Any]]
"""Một đoạn SQL và tham số của nó."""


def compiled(found: QuerySet) -> Sql | None:
    """SQL của một truy vấn; ``None`` khi chắc chắn không có dòng nào."""
    try:
        sql, parameters = found.query.sql_with_params()
    except EmptyResultSet:
        return None
    return sql, list(parameters)


class Seen(Protocol):
    """SQL của tầm được thấy, dựng sẵn, không còn tham số; ``None`` khi chắc chắn không thấy dòng nào."""

    def __call__(self, actor: Actor, *, on: date) -> str | None: ...


@dataclass(frozen=True)
class Large:
    """Bảng lớn có chữ để tìm ở bảng riêng: một dòng mỗi khóa, cột ``block``, hai cột tìm và ``pairs`` (xem ``search.large``).

    Cùng quyền với ``visible_to``. ``reasons``: mỗi cái chọn mã, không lặp, theo một phần các lý do được thấy, hay gặp và rẻ trước;
    cái cuối là mọi lý do. ``ids``: mã theo từng lý do, có thể lặp, cắt ``LIMIT`` thì dừng sớm. ``content``: cột toàn văn. ``pair``:
    hàm SQL cho mã của một cặp từ liền nhau.
    """

    text: type[Model]
    reasons: tuple[Seen, ...]
    ids: Seen
    content: str
    pair: str


@dataclass(frozen=True)
class Source:
    """Một loại tìm được. Bảng phải có hai cột ``search_folded`` và ``search_exact`` (search.fields).

    ``kind``: mã ổn định, cửa biến (kind, identity) thành đường dẫn. ``label``: tên loại (gettext_lazy).
    ``title``, ``snippet``: các cột chữ làm tên và đoạn trích; cột rỗng bị bỏ qua.
    ``identity``: cột mang mã số của cái tìm được, khi nhiều dòng của bảng là một cái (các phiên bản của một đơn vị).
    """

    kind: str
    label: object
    model: type[Model]
    visible_to: VisibleTo
    title: tuple[str, ...]
    snippet: tuple[str, ...] = ()
    identity: str = "pk"
    order: int = 50
    large: Large | None = None


_sources: dict[str, Source] = {}
_discovered = False


def register(*sources: Source) -> None:
    for source in sources:
        if source.kind in _sources:
            raise ValueError(f"Loại {source.kind} đã đăng ký.")
        _sources[source.kind] = source


def sources(kinds: tuple[str, ...] = ()) -> list[Source]:
    """Mọi nguồn, hoặc chỉ các loại nêu tên, theo thứ tự hiển thị. Loại không có thì bỏ qua."""
    global _discovered
    if not _discovered:
        _discovered = True
        autodiscover_modules("search")
    wanted = [source for kind, source in _sources.items() if not kinds or kind in kinds]
    return sorted(wanted, key=lambda source: (source.order, source.kind))
