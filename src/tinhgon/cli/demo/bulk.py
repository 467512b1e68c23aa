"""Ghi hàng loạt bằng COPY; chạy được trong giao dịch của bài kiểm tra. Mã số được giữ trước nên các bảng nối nhau ngay trong bộ nhớ."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault


def reserve(model: type[models.Model], count: int) -> list[int]:
    """Giữ ``count`` mã số chưa ai dùng của bảng."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [model._meta.db_table, count]
        )
        return [row[0] for row in cursor.fetchall()]


def copy(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Ghi các dòng; cột NOT NULL không nêu thì lấy mặc định của mô hình. Trả về số dòng."""
    fill = _defaults(model, tuple(columns))
    names = ", ".join(f'"{name}"' for name in (*columns, *(name for name, _value in fill)))
    rest = tuple(value for _name, value in fill)
    count = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {model._meta.db_table} ({names}) FROM STDIN") as out:
        for row in rows:
            out.write_row((*row, *rest))
            count += 1
    return count


@cache
def _defaults(model: type[models.Model], columns: tuple[str, ...]) -> list[tuple[str, object]]:
    known = {field.column for field in model._meta.concrete_fields}
    unknown = set(columns) - known
    if unknown:
        raise ValueError(f"{model.__name__} không có cột {sorted(unknown)}")
    return [
        (field.column, field.get_default())
        for field in model._meta.concrete_fields
        if field.column and field.column not in columns and not (field.null or field.generated or field.primary_key)
        and not isinstance(field.get_default(), DatabaseDefault)  # cơ sở dữ liệu tự điền
    ]


def analyze() -> None:
    """Cập nhật thống kê của mọi bảng; chạy được trong giao dịch."""
    with connection.cursor() as cursor:
        tables = ", ".join(connection.introspection.table_names(cursor))
        cursor.execute(f"ANALYZE {tables}")


def days(since: date | str, until: date | str = "") -> str:
    """Khoảng ngày [từ, đến) viết cho COPY."""
    return f"[{since},{until})"
