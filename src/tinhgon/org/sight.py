"""Ghép các nhánh "ai thấy" thành một bộ lọc mà bộ lập kế hoạch của PostgreSQL không hiểu lầm được."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import BooleanField, F, Func, Model, QuerySet
from django.db.models.expressions import RawSQL

from tinhgon.search.registry import compiled

M = TypeVar("M", bound=Model)


def any_of(model: type[M], branches: Iterable[QuerySet]) -> QuerySet[M]:
    """Các dòng của ``model`` mà ít nhất một nhánh (truy vấn một cột khóa) nêu ra.

    Hợp của các nhánh là một mảng, tính đúng một lần trước câu chính. Viết ``IN (... UNION ...)`` thì nó thành một phép nối:
    khi bảng vừa nạp mà thống kê còn nói là trống, PostgreSQL tính lại cả hợp cho từng dòng và một trang mất hàng phút.
    """
    first, *others = branches
    union = compiled(first.union(*others, all=True))
    if union is None:
        return model._default_manager.none()
    seen = RawSQL(f"ARRAY({union[0]})", union[1])
    is_seen = Func(F("pk"), seen, template="%(expressions)s", arg_joiner=" = ANY ", output_field=BooleanField())
    return model._default_manager.filter(is_seen)
