"""Cột sinh để tìm: một cột bỏ dấu, một cột giữ dấu (đã thống nhất hai kiểu đặt dấu thanh)."""

from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, Func, GeneratedField, Value
from django.db.models.functions import Coalesce


def folded_vector(*columns: str) -> GeneratedField:
    """Cột tìm không dấu: ``to_tsvector('vi', …)``."""
    return _vector("to_tsvector('vi'::regconfig, %(expressions)s)", columns)


def exact_vector(*columns: str) -> GeneratedField:
    """Cột tìm đúng dấu: ``to_tsvector('vi_exact', vi_tone_norm(…))``."""
    return _vector("to_tsvector('vi_exact'::regconfig, vi_tone_norm(%(expressions)s))", columns)


def _vector(template: str, columns: tuple[str, ...]) -> GeneratedField:
    joined = Func(
        *(part for column in columns for part in (Coalesce(F(column), Value("")), Value(" "))),
        template="%(expressions)s",
        arg_joiner=" || ",
    )
    return GeneratedField(
        expression=Func(joined, template=template), output_field=SearchVectorField(), db_persist=True, editable=False
    )
