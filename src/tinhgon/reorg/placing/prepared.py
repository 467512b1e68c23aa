"""Bài toán và mạng đã dựng, giữ lại giữa các lần kéo thanh của một tiến trình: dữ liệu không đổi thì không đọc lại, không dựng lại.

Biết là không đổi nhờ dấu của mọi bảng mà lần dựng ấy đã đọc (nghe chính các câu SQL của nó, không kê tay): số dòng, và tổng trên vị trí
(``ctid``) với giao dịch (``xmin``) của từng dòng. Thêm, sửa, xóa dòng nào, kể cả trong giao dịch đang mở, dấu cũng khác.
"""

import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection
from django.utils.translation import get_language

from tinhgon.engine.placement.model import Problem
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.placing import door
from tinhgon.reorg.placing.assembly import Mover, assembled

if TYPE_CHECKING:
    from tinhgon.engine.placement.solving import Planner

MOST_KEPT = 2
"""Số bài toán một tiến trình giữ: vài chục MB với năm nghìn người."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """``waiting``: những người phải có chỗ mà bài toán được dựng từ đó."""

    problem: Problem
    waiting: tuple[Mover, ...]
    planner: "Planner"


_kept: OrderedDict[tuple[Any, ...], tuple[str, Prepared]] = OrderedDict()
_known: set[str] = set()
"""Các bảng một lần dựng đọc tới: học ở lần đầu của tiến trình, nên lần ấy chưa giữ lại."""
_lock = Lock()


def prepared(reorg: Reorganisation, rules: Mapping[str, Any]) -> Prepared:
    """Bài toán với mạng của nó; dựng mới khi bất cứ dòng nào nó đọc đã đổi."""
    key = (reorg.pk, reorg.effective_on, reorg.handover_id, tuple(sorted(rules.items())), get_language())
    known = tuple(sorted(_known))
    before = mark(known)  # trước khi đọc: ai ghi giữa chừng thì dấu cũ đi, không phải bài toán cũ đi
    with _lock:
        found = _kept.get(key)
    if found is not None and found[0] == before:
        return found[1]
    with _tables_read() as tables:
        read = assembled(reorg, rules)
    made = Prepared(read.problem, read.waiting, door.planner(read.problem))
    with _lock:
        if tables <= set(known):
            _kept[key] = before, made
            _kept.move_to_end(key)
        _known.update(tables)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return made


def mark(tables: tuple[str, ...]) -> str:
    """Dấu của các bảng, một câu SQL."""
    if not tables:
        return ""
    rows = " UNION ALL ".join(
        f"SELECT {k}, count(*), COALESCE(sum(hashtid(ctid)::bigint * 1000003 + xmin::text::bigint), 0) FROM {connection.ops.quote_name(name)}"
        for k, name in enumerate(tables)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT string_agg(concat_ws(',', k, n, total), ';' ORDER BY k) FROM ({rows}) AS marks(k, n, total)")
        return str(cursor.fetchone()[0])


@contextmanager
def _tables_read() -> Iterator[set[str]]:
    """Tên mọi bảng mà các câu SQL bên trong nhắc tới."""
    found: set[str] = set()

    def listen(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        found.update(_every_table() & set(re.findall(r"\w+", str(sql))))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield found


@cache
def _every_table() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in apps.get_models(include_auto_created=True))
