"""Kế thừa giữa các đơn vị, mãi mãi: mọi tên cũ, mã cũ, liên kết cũ đều dẫn tới đơn vị và người kế thừa của nó."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Q

from tinhgon.engine.vietnamese import words
from tinhgon.org.models import ExternalCode, Succession, UnitVersion
from tinhgon.org.selectors.units import UnitAt, units_at


@dataclass(frozen=True, slots=True)
class Step:
    """Một bước kế thừa trong chuỗi. ``distance`` 1 là liền kề. ``undone_on``: đã hoàn tác từ ngày ấy."""

    predecessor_id: int
    successor_id: int
    type: str
    on: date
    decree: str
    undone_on: date | None
    distance: int
    functions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """Đơn vị tìm được từ mã, tên hay danh tính cũ; ``heirs``: các đơn vị đang hoạt động nhận thay (chính nó nếu còn)."""

    unit: UnitAt
    heirs: tuple[UnitAt, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Một đường nối trên sơ đồ giữa hai ngày."""

    before_id: int
    after_id: int
    type: str
    on: date


_CHAIN_SQL = """
WITH RECURSIVE chain AS (
    SELECT s.id, s.{far} AS reached, 1 AS distance, ARRAY[s.id] AS seen FROM org_succession s
    WHERE s.{near} = %(unit)s AND {counts}
    UNION ALL
    SELECT s.id, s.{far}, c.distance + 1, c.seen || s.id FROM chain c
    JOIN org_succession s ON s.{near} = c.reached AND s.id <> ALL(c.seen) AND {counts}
    WHERE c.distance < 100
), nearest AS (SELECT id, min(distance) AS distance FROM chain GROUP BY id)
SELECT s.predecessor_id, s.successor_id, s.type, s."on", s.decree, s.undone_on, n.distance,
       ARRAY(SELECT f.name FROM org_succession_functions sf JOIN org_function f ON f.id = sf.function_id
             WHERE sf.succession_id = s.id ORDER BY f.code)
FROM nearest n JOIN org_succession s ON s.id = n.id ORDER BY n.distance, s."on", s.id
"""
_COUNTS = 's."on" <= %(on)s AND (s.undone_on IS NULL OR s.undone_on > %(on)s)'
_HEIRS_SQL = _CHAIN_SQL.format(near="predecessor_id", far="successor_id", counts=_COUNTS)
_ANCESTORS_SQL = _CHAIN_SQL.format(near="successor_id", far="predecessor_id", counts=_COUNTS)


def heirs(unit_id: int, *, on: date) -> list[Step]:
    """Mọi bước kế thừa từ đơn vị này trở đi, gần trước; chỉ các bước có hiệu lực ngày ``on`` (đã hoàn tác thì không)."""
    return _steps(_HEIRS_SQL, unit_id, on)


def ancestors(unit_id: int, *, on: date) -> list[Step]:
    """Mọi bước kế thừa dẫn tới đơn vị này, gần trước; chỉ các bước có hiệu lực ngày ``on``."""
    return _steps(_ANCESTORS_SQL, unit_id, on)


def _steps(sql: str, unit_id: int, on: date) -> list[Step]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"unit": unit_id, "on": on})
        return [Step(*row[:7] + (tuple(row[7]),)) for row in cursor.fetchall()]


_OPEN_HEIRS_SQL = """
WITH RECURSIVE edge AS (
    SELECT predecessor_id AS here, successor_id AS next FROM org_succession
    WHERE "on" <= %(on)s AND (undone_on IS NULL OR undone_on > %(on)s)
    UNION
    SELECT successor_id, predecessor_id FROM org_succession WHERE undone_on <= %(on)s
), open AS (
    SELECT unit_id FROM org_unit_version WHERE valid @> %(on)s::date
), walk AS (
    SELECT u AS start, u AS here FROM unnest(%(units)s::bigint[]) AS u
    UNION
    SELECT w.start, e.next FROM walk w JOIN edge e ON e.here = w.here
    WHERE NOT EXISTS (SELECT 1 FROM open o WHERE o.unit_id = w.here)
)
SELECT w.start, array_agg(w.here ORDER BY w.here) FROM walk w JOIN open o ON o.unit_id = w.here GROUP BY w.start
"""


def open_heirs(unit_ids: Iterable[int], *, on: date) -> dict[int, tuple[int, ...]]:
    """Đơn vị -> các đơn vị đang hoạt động ngày ``on`` đứng ở chỗ nó, qua mọi chặng; đơn vị còn hoạt động là chính nó.

    Đơn vị đóng vì hoàn tác thì dẫn ngược về các đơn vị đã lấy lại việc. Không ai kế thừa: bộ rỗng. Một câu SQL.
    """
    wanted = sorted(set(unit_ids))
    with connection.cursor() as cursor:
        cursor.execute(_OPEN_HEIRS_SQL, {"units": wanted, "on": on})
        found = {row[0]: tuple(row[1]) for row in cursor.fetchall()}
    return {unit_id: found.get(unit_id, ()) for unit_id in wanted}


def resolve(text: str | int, *, on: date) -> list[Resolved]:
    """Danh tính, mã ngoài (mọi bộ mã, mọi thời kỳ), hay tên, ký hiệu đã từng dùng -> đơn vị và người kế thừa đang hoạt động.

    Mã có thể được dùng lại, nên có thể ra nhiều đơn vị. Tên gõ không dấu cũng được, nhưng phải đủ chữ. Không có: rỗng.
    """
    ids = _matching(str(text).strip())
    heirs_of = open_heirs(ids, on=on)
    shown = units_at({*ids, *(h for found in heirs_of.values() for h in found)}, on=on)
    resolved = [
        Resolved(shown[unit_id], tuple(shown[heir] for heir in heirs_of[unit_id])) for unit_id in ids if unit_id in shown
    ]
    return sorted(resolved, key=lambda item: (not item.unit.is_open, item.unit.id))


def _matching(text: str) -> list[int]:
    if identity := re.fullmatch(r"#?(\d{1,18})", text):
        by_code = ExternalCode.objects.filter(code=identity[1]).values_list("unit_id", flat=True)
        by_id = UnitVersion.objects.filter(unit=int(identity[1])).values_list("unit_id", flat=True)
        return sorted({*by_code} if by_code and not text.startswith("#") else {*by_id})
    if not text:
        return []
    exact = Q(name__iexact=text) | Q(short_name__iexact=text) | Q(symbol__iexact=text)
    ids = set(UnitVersion.objects.filter(exact).values_list("unit_id", flat=True))
    ids |= set(ExternalCode.objects.filter(code__iexact=text).values_list("unit_id", flat=True))
    return sorted(ids or _by_folded_name(text))


def _by_folded_name(text: str) -> set[int]:
    query = SearchQuery(words(text), config="vi", search_type="phrase")
    return set(UnitVersion.objects.filter(search_folded=query).values_list("unit_id", flat=True)[:50])


def between(earlier: date, later: date) -> list[Pair]:
    """Các cặp kế thừa có hiệu lực trong (``earlier``, ``later``] và chưa hoàn tác ở ``later``: đường nối trên sơ đồ."""
    rows = Succession.objects.filter(Q(undone_on__isnull=True) | Q(undone_on__gt=later), on__gt=earlier, on__lte=later)
    return [Pair(*row) for row in rows.order_by("on", "pk").values_list("predecessor_id", "successor_id", "type", "on")]
