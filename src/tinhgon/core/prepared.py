"""Câu hỏi dài mà trang nào cũng hỏi lại: PostgreSQL lập kế hoạch một lần cho mỗi kết nối, không phải mỗi lần hỏi.

Kế hoạch của một câu nối mười bảng mất một tới bốn mili giây, có khi lâu hơn chính câu hỏi. Django ghép tham số vào chữ ở máy khách
nên PostgreSQL không nhận ra câu cũ.
"""

from collections import OrderedDict
from collections.abc import Sequence
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import ClientCursor

KEPT = 48
"""Số câu nhớ ở mỗi kết nối: mỗi kế hoạch tốn vài trăm KB ở PostgreSQL. Đầy thì bỏ câu lâu nhất không hỏi."""

_of_connection: WeakKeyDictionary[Any, OrderedDict[str, str]] = WeakKeyDictionary()
_numbers = count()


def execute(cursor: CursorWrapper, sql: str, parameters: Sequence[Any] = ()) -> None:
    """Hỏi ``sql`` (chỗ trống viết ``$1``, ``$2``...) với ``parameters``. Kết quả đọc ở ``cursor`` như thường.

    Hằng số viết sẵn trong ``sql`` thì kế hoạch biết chúng; tham số thì có thể chung một kế hoạch cho mọi giá trị.
    """
    places = ", ".join(["%s"] * len(parameters))
    cursor.execute(f"EXECUTE {_name(cursor, sql)}{f'({places})' if places else ''}", list(parameters) or None)


def written(sql: str, parameters: Sequence[Any]) -> str:
    """``sql`` với các chỗ trống ``%s`` viết thành hằng số."""
    connection.ensure_connection()
    assert connection.connection is not None
    return ClientCursor(connection.connection).mogrify(sql, parameters)


def _name(cursor: CursorWrapper, sql: str) -> str:
    """Tên của câu ở kết nối này; chưa nhớ thì nhớ, không tính vào số câu hỏi của trang."""
    names = _of_connection.setdefault(cursor.connection, OrderedDict())
    if sql in names:
        names.move_to_end(sql)
        return names[sql]
    if len(names) >= KEPT:
        cursor.cursor.execute(f"DEALLOCATE {names.popitem(last=False)[1]}")
    name = f"tinhgon_{next(_numbers)}"
    cursor.cursor.execute(f"PREPARE {name} AS {sql}")
    names[sql] = name
    return name
