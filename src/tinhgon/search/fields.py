"""Cột sinh: hai cột để tìm (bỏ dấu; giữ dấu, đã thống nhất chỗ đặt dấu thanh) và hai khóa sắp xếp tiếng Việt.

Các hàm ``vi_*`` của PostgreSQL sinh từ ``engine.vietnamese``; đổi hàm thì phải thêm một migration dựng lại các cột.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, Field, Func, GeneratedField, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce


def folded_vector(*columns: str) -> GeneratedField:
    """Cột tìm không dấu."""
    return _generated("vi_folded_vector", _joined(columns), SearchVectorField())


def exact_vector(*columns: str) -> GeneratedField:
    """Cột tìm đúng dấu."""
    return _generated("vi_exact_vector", _joined(columns), SearchVectorField())


def vector_indexes(prefix: str) -> list[GinIndex]:
    """Chỉ mục của hai cột tìm ``search_folded`` và ``search_exact``; ``prefix`` là tên bảng rút gọn."""
    return [GinIndex(fields=[f"search_{way}"], name=f"{prefix}_search_{way}") for way in ("folded", "exact")]


def sort_key(column: str) -> GeneratedField:
    """Khóa sắp theo bảng chữ cái tiếng Việt."""
    return _generated("vi_sort_key", F(column), TextField(db_collation="C"))


def given_name_key(column: str) -> GeneratedField:
    """Khóa sắp họ tên: tên gọi, rồi đệm, rồi họ."""
    return _generated("vi_given_name_key", F(column), TextField(db_collation="C"))


def _joined(columns: tuple[str, ...]) -> Func:
    return Func(
        *(part for column in columns for part in (Coalesce(F(column), Value("")), Value(" "))),
        template="%(expressions)s",
        arg_joiner=" || ",
    )


def _generated(function: str, source: Combinable, output: Field) -> GeneratedField:
    return GeneratedField(
        expression=Func(source, function=function), output_field=output, db_persist=True, editable=False
    )
