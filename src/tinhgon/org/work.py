"""Việc mà một đơn vị làm: từng mục đến ngày nào, xong ngày nào, ai đang làm. Mỗi ứng dụng phía trên đăng ký nguồn của mình.

Cùng tinh thần với ``org.holdings``: ``reorg`` đo việc đến, việc xong, việc tồn và chia việc chỉ qua đây, không biết bảng của ứng dụng
nào. ``kind`` trùng loại của ``Holding``, nên một mục của nguồn là một mục của kế hoạch chuyển giao.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.module_loading import autodiscover_modules


@dataclass(frozen=True, kw_only=True)
class WorkSource:
    """``items_sql``: SELECT (item_id, unit_id, function_id, person_id, secrecy, progress, arrived_on, finished_on, due_on) của mọi mục,
    đang làm hay đã xong; việc đã xong ở đơn vị đã làm. Là hằng trong mã nguồn, không bao giờ từ người dùng.

    ``hours``: số giờ làm một mục từ đầu, ước của chúng tôi. ``is_given``: mục giao đích danh cho một người, chia lại được.
    """

    kind: str
    label: object
    items_sql: str
    hours: int
    is_given: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """Một tuần (7 ngày liền) của một đơn vị và một chức năng. ``due``: việc xong trong tuần mà có hạn; ``on_time``: trong đó xong kịp."""

    unit_id: int
    function_id: int | None
    week: int
    arrived: int
    finished: int
    due: int
    on_time: int


@dataclass(frozen=True, slots=True)
class Item:
    """Một mục đang làm."""

    kind: str
    item_id: int
    unit_id: int
    function_id: int | None
    person_id: int | None
    secrecy: int
    progress: int
    arrived_on: Any
    due_on: Any


_WEEKS = """
WITH item AS ({items}), event AS (
    SELECT unit_id, function_id, arrived_on AS day, 1 AS arrived, 0 AS finished, 0 AS due, 0 AS on_time FROM item
    WHERE arrived_on BETWEEN %(since)s AND %(until)s
    UNION ALL
    SELECT unit_id, function_id, finished_on, 0, 1, (due_on IS NOT NULL)::int, (due_on IS NOT NULL AND finished_on <= due_on)::int FROM item
    WHERE finished_on BETWEEN %(since)s AND %(until)s
)
SELECT unit_id, function_id, (day - %(since)s::date) / 7, sum(arrived), sum(finished), sum(due), sum(on_time)
FROM event GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""

_OPEN = """
WITH item AS ({items})
SELECT unit_id, function_id, count(*) FROM item
WHERE arrived_on <= %(on)s AND (finished_on IS NULL OR finished_on > %(on)s) GROUP BY 1, 2 ORDER BY 1, 2
"""

_ON_DAYS = """
WITH item AS ({items})
SELECT d.day, i.unit_id, count(*) FROM unnest(%(days)s::date[]) AS d(day)
JOIN item i ON i.arrived_on <= d.day AND (i.finished_on IS NULL OR i.finished_on > d.day)
GROUP BY 1, 2 ORDER BY 1, 2
"""

_ITEMS = """
SELECT %(kind)s, item_id, unit_id, function_id, person_id, secrecy, progress, arrived_on, due_on FROM ({items}) s
WHERE finished_on IS NULL AND item_id = ANY(%(items)s) ORDER BY item_id
"""

_HELD = """
SELECT person_id, %(kind)s, progress, arrived_on FROM ({items}) s
WHERE finished_on IS NULL AND unit_id = ANY(%(units)s) AND person_id IS NOT NULL
"""


def by_week(unit_ids: Collection[int], *, since: object, until: object) -> list[Week]:
    """Việc đến, việc xong từng tuần từ ``since`` tới hết ``until``; tuần không có gì thì không có dòng. Một câu SQL."""
    rows = _rows(_WEEKS.format(items=_all()), {"units": list(unit_ids), "since": since, "until": until})
    return [Week(*row) for row in rows]


def open_on(unit_ids: Collection[int], *, on: object) -> dict[tuple[int, int | None], int]:
    """(đơn vị, chức năng) -> số việc đang mở cuối ngày ``on``, theo nơi đang giữ lúc này. Một câu SQL."""
    rows = _rows(_OPEN.format(items=_all()), {"units": list(unit_ids), "on": on})
    return {(unit, function): count for unit, function, count in rows}


def open_on_days(unit_ids: Collection[int], days: Collection[Any]) -> dict[tuple[Any, int], int]:
    """(ngày, đơn vị) -> số việc đang mở cuối ngày ấy, theo nơi đang giữ lúc này. Một câu SQL, dù bao nhiêu ngày."""
    if not days:
        return {}
    rows = _rows(_ON_DAYS.format(items=_all()), {"units": list(unit_ids), "days": sorted(days)})
    return {(day, unit): count for day, unit, count in rows}


def given_items(kind: str, item_ids: Collection[int]) -> list[Item]:
    """Các mục đang làm của một loại."""
    rows = _rows(_ITEMS.format(items=source(kind).items_sql), {"kind": kind, "items": list(item_ids)})
    return [Item(*row) for row in rows]


def held_by_people(unit_ids: Collection[int]) -> list[tuple[int, str, int, Any]]:
    """(người, loại, tiến độ, ngày đến) của mọi việc giao đích danh đang làm ở các đơn vị ấy."""
    found: list[tuple[int, str, int, Any]] = []
    for one in given_sources():
        found += _rows(_HELD.format(items=one.items_sql), {"kind": one.kind, "units": list(unit_ids)})
    return found


def _all() -> str:
    return " UNION ALL ".join(f"SELECT * FROM ({one.items_sql}) s WHERE s.unit_id = ANY(%(units)s)" for one in all_sources())


def _rows(sql: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


_sources: dict[str, WorkSource] = {}
_discovered = False


def register(*sources: WorkSource) -> None:
    for one in sources:
        if one.kind in _sources:
            raise ValueError(f"Nguồn việc {one.kind} đã đăng ký.")
        _sources[one.kind] = one


def all_sources() -> list[WorkSource]:
    _discover()
    return [_sources[kind] for kind in sorted(_sources)]


def given_sources() -> list[WorkSource]:
    """Nguồn mà mục giao đích danh cho một người."""
    return [one for one in all_sources() if one.is_given]


def source(kind: str) -> WorkSource:
    _discover()
    return _sources[kind]


def _discover() -> None:
    global _discovered
    if not _discovered:
        _discovered = True
        autodiscover_modules("work")
