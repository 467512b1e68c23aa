"""Đơn vị vào một ngày. Cấu trúc tổ chức hiện với mọi người đã đăng nhập, nên không hỏi người hành động."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from tinhgon.engine.vietnamese.sorting import sort_key
from tinhgon.org.models import ExternalCode, Function, Kind, Term, UnitFunction, UnitVersion


@dataclass(frozen=True, slots=True)
class UnitAt:
    """Một đơn vị vào một ngày. ``is_open``: có hoạt động trong ngày ấy; nếu không, các trường lấy từ phiên bản gần nhất.

    ``until``: ngày đầu tiên phiên bản không còn hiệu lực, ``None`` khi chưa định. ``name_now``: tên của phiên bản cuối.
    """

    id: int
    name: str
    short_name: str
    symbol: str
    kind: str
    level: str
    parent_id: int | None
    is_organ: bool
    since: date | None
    until: date | None
    decree: str
    is_open: bool
    name_now: str


@dataclass(frozen=True, slots=True)
class TreeNode:
    """Một nút của cây tổ chức, theo thứ tự trên xuống. ``depth`` 0 là gốc; ``children``: số đơn vị trực thuộc trực tiếp."""

    id: int
    parent_id: int | None
    name: str
    short_name: str
    symbol: str
    kind: str
    level: str
    is_organ: bool
    depth: int
    children: int
    since: date


_AT_SQL = """
SELECT DISTINCT ON (v.unit_id)
       v.unit_id, v.name, v.short_name, v.symbol, v.kind, v.level, v.parent_id, v.is_organ,
       COALESCE(lower(v.valid), v.voided_on), COALESCE(upper(v.valid), v.voided_on), v.decree,
       v.valid @> %(on)s::date,
       first_value(v.name) OVER (PARTITION BY v.unit_id ORDER BY COALESCE(lower(v.valid), v.voided_on) DESC, v.id DESC)
FROM org_unit_version v WHERE v.unit_id = ANY(%(units)s)
ORDER BY v.unit_id, v.valid @> %(on)s::date DESC, COALESCE(lower(v.valid), v.voided_on) <= %(on)s DESC,
         abs(%(on)s - COALESCE(lower(v.valid), v.voided_on)), v.id DESC
"""


def units_at(unit_ids: Iterable[int], *, on: date) -> dict[int, UnitAt]:
    """Các đơn vị vào ngày ``on``, một câu SQL. Đơn vị chưa có phiên bản nào thì không có trong kết quả."""
    with connection.cursor() as cursor:
        cursor.execute(_AT_SQL, {"units": sorted(set(unit_ids)), "on": on})
        return {row[0]: UnitAt(*row) for row in cursor.fetchall()}


def unit_at(unit_id: int, *, on: date) -> UnitAt | None:
    """Một đơn vị vào ngày ``on``; ``None`` khi không có, hoặc mới chỉ là dự kiến."""
    return units_at([unit_id], on=on).get(unit_id)


_TREE_SQL = """
WITH RECURSIVE open AS (
    SELECT unit_id, parent_id, name, short_name, symbol, kind, level, is_organ, lower(valid) AS since, name_key
    FROM org_unit_version WHERE valid @> %(on)s::date
), tree AS (
    SELECT o.*, 0 AS depth FROM open o
    WHERE (%(root)s::bigint IS NULL AND o.parent_id IS NULL) OR o.unit_id = %(root)s
    UNION ALL
    SELECT o.*, t.depth + 1 FROM open o JOIN tree t ON o.parent_id = t.unit_id
    WHERE %(deepest)s::int IS NULL OR t.depth < %(deepest)s
)
SELECT t.unit_id, t.parent_id, t.name, t.short_name, t.symbol, t.kind, t.level, t.is_organ, t.depth,
       COALESCE(c.children, 0), t.since, t.name_key
FROM tree t
LEFT JOIN (SELECT parent_id, count(*) AS children FROM open GROUP BY parent_id) c ON c.parent_id = t.unit_id
"""

_NUMBER = re.compile(r"\d+")
_KIND_ORDER = {str(kind): place for place, kind in enumerate((
    Kind.OFFICE, Kind.ORGANISATION, Kind.PARTY_BUILDING, Kind.PROPAGANDA, Kind.INSPECTION, Kind.INTERNAL_AFFAIRS,
    Kind.CENTRE, Kind.ROOM, Kind.COMMITTEE,
))}  # fmt: skip


def tree(*, on: date, root: int | None = None, deepest: int | None = None) -> list[TreeNode]:
    """Cây tổ chức ngày ``on``, một câu SQL: mẹ trước con; trong một mẹ: các cơ quan trước, rồi cấp ủy dưới theo tên.

    ``root``: chỉ cây con của đơn vị ấy; ``deepest``: dừng ở độ sâu này (``children`` vẫn đếm đủ).
    """
    with connection.cursor() as cursor:
        cursor.execute(_TREE_SQL, {"on": on, "root": root, "deepest": deepest})
        rows = cursor.fetchall()
    rows.sort(key=lambda row: (_KIND_ORDER[row[5]], natural_key(row[2], row[-1])))
    children: dict[int | None, list[TreeNode]] = {}
    for *values, _key in rows:
        node = TreeNode(*values)
        children.setdefault(None if node.depth == 0 else node.parent_id, []).append(node)
    ordered: list[TreeNode] = []
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        node = waiting.pop()
        ordered.append(node)
        waiting.extend(reversed(children.get(node.id, [])))
    return ordered


def natural_key(name: str, name_key: str) -> str:
    """Khóa sắp tên đơn vị: như ``name_key`` của cơ sở dữ liệu, mà "Phường 2" đứng trước "Phường 10"."""
    if not _NUMBER.search(name):
        return name_key
    return sort_key(_NUMBER.sub(lambda number: number.group().zfill(4), name))


def change_dates() -> list[date]:
    """Mọi ngày cơ cấu có thay đổi (mở, đổi, đóng đơn vị), tăng dần; để đặt các nấc của thanh trượt ngày."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT lower(valid) FROM org_unit_version WHERE NOT isempty(valid)
            UNION SELECT upper(valid) FROM org_unit_version WHERE upper(valid) IS NOT NULL
            UNION SELECT voided_on FROM org_unit_version WHERE voided_on IS NOT NULL
            ORDER BY 1
            """
        )
        return [row[0] for row in cursor.fetchall()]


def versions(unit_id: int) -> list[UnitVersion]:
    """Mọi phiên bản, cũ trước; phiên bản hủy trong ngày có ``voided_on`` và khoảng rỗng."""
    rows = UnitVersion.objects.filter(unit=unit_id).select_related("parent")
    return sorted(rows, key=lambda v: (v.valid.lower or v.voided_on or date.max, v.pk))


def path(unit_id: int, *, on: date) -> list[UnitAt]:
    """Đơn vị và các cấp trên của nó ngày ``on``, từ trên xuống. Hai câu SQL dù sâu bao nhiêu."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE up AS (
                SELECT unit_id, parent_id, 0 AS height FROM org_unit_version
                WHERE unit_id = %(unit)s AND valid @> %(on)s::date
                UNION ALL
                SELECT v.unit_id, v.parent_id, up.height + 1 FROM up
                JOIN org_unit_version v ON v.unit_id = up.parent_id AND v.valid @> %(on)s::date
            ) SELECT unit_id FROM up ORDER BY height DESC
            """,
            {"unit": unit_id, "on": on},
        )
        ids = [row[0] for row in cursor.fetchall()] or [unit_id]
    found = units_at(ids, on=on)
    return [found[each] for each in ids if each in found]


def descendants(unit_ids: Iterable[int], *, on: date) -> set[int]:
    """Các đơn vị ấy và mọi đơn vị trực thuộc ngày ``on``, mọi cấp."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE down AS (
                SELECT unit_id FROM org_unit_version WHERE unit_id = ANY(%(units)s) AND valid @> %(on)s::date
                UNION
                SELECT v.unit_id FROM down
                JOIN org_unit_version v ON v.parent_id = down.unit_id AND v.valid @> %(on)s::date
            ) SELECT unit_id FROM down
            """,
            {"units": sorted(set(unit_ids)), "on": on},
        )
        return {row[0] for row in cursor.fetchall()}


def organs_of(unit_ids: Iterable[int], *, on: date) -> dict[int, int]:
    """Đơn vị -> cơ quan có sổ chứa nó ngày ``on``; đơn vị không thuộc cơ quan nào thì là chính nó, như ``org.access``."""
    wanted = set(unit_ids)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE up AS (
                SELECT unit_id AS start, unit_id, parent_id, is_organ FROM org_unit_version
                WHERE unit_id = ANY(%(units)s) AND valid @> %(on)s::date
                UNION
                SELECT up.start, v.unit_id, v.parent_id, v.is_organ FROM up
                JOIN org_unit_version v ON v.unit_id = up.parent_id AND v.valid @> %(on)s::date
                WHERE NOT up.is_organ
            ) SELECT start, unit_id FROM up WHERE is_organ
            """,
            {"units": sorted(wanted), "on": on},
        )
        return {unit: unit for unit in wanted} | dict(cursor.fetchall())


def open_children(unit_id: int, *, on: date) -> list[UnitVersion]:
    """Đơn vị trực thuộc trực tiếp ngày ``on``."""
    rows = UnitVersion.objects.filter(parent=unit_id, valid__contains=on)
    return sorted(rows, key=lambda v: (_KIND_ORDER[v.kind], natural_key(v.name, v.name_key)))


def functions_of(unit_id: int, *, on: date) -> list[Function]:
    """Chức năng đơn vị đảm nhận ngày ``on``, kèm lĩnh vực."""
    return list(
        Function.objects.filter(
            pk__in=UnitFunction.objects.filter(unit=unit_id, valid__contains=on).values("function")
        ).select_related("field").order_by("field__code", "code")
    )  # fmt: skip


def terms_of(unit_id: int) -> list[Term]:
    """Các nhiệm kỳ, mới trước."""
    return list(Term.objects.filter(unit=unit_id).order_by("-pk"))


def term_at(unit_id: int, *, on: date) -> Term | None:
    """Nhiệm kỳ của cấp ủy ngày ``on``; cơ quan không có nhiệm kỳ riêng thì theo cấp ủy trên nó."""
    own = Term.objects.filter(unit=unit_id, valid__contains=on).first()
    if own is not None:
        return own
    parent = UnitVersion.objects.filter(unit=unit_id, valid__contains=on).values("parent")
    return Term.objects.filter(unit__in=parent, valid__contains=on).first()


def codes_of(unit_id: int) -> list[ExternalCode]:
    """Mã bên ngoài của đơn vị, theo bộ mã và thời kỳ."""
    return list(ExternalCode.objects.filter(unit=unit_id).order_by("scheme", "era"))
