"""Ghép các nhánh "ai thấy" thành một bộ lọc mà bộ lập kế hoạch của PostgreSQL không hiểu lầm được."""

from collections.abc import Iterable
from typing import TypeVar

from django.core.exceptions import EmptyResultSet
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

M = TypeVar("M", bound=Model)


def any_of(model: type[M], branches: Iterable[QuerySet]) -> QuerySet[M]:
    """Các dòng của ``model`` mà ít nhất một nhánh (truy vấn một cột khóa) nêu ra.

    Hợp của các nhánh nằm trong một CTE MATERIALIZED: tính đúng một lần. Viết thẳng ``IN (... UNION ...)`` thì khi bảng vừa
    nạp mà chưa có thống kê, PostgreSQL tính lại cả hợp cho từng dòng, và một trang mất hàng phút.
    """
    first, *others = branches
    try:
        sql, parameters = first.union(*others, all=True).query.sql_with_params()
    except EmptyResultSet:
        return model._default_manager.none()
    seen = RawSQL(f"WITH seen(id) AS MATERIALIZED ({sql}) SELECT id FROM seen", parameters)
    return model._default_manager.filter(pk__in=seen)
