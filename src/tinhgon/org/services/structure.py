"""Mở, khóa, mở lại hàng nghìn đơn vị bằng vài câu SQL. Không kiểm tra quyền: động từ gọi tới đây đã kiểm tra.

Động từ đơn lẻ và việc sắp xếp cả tỉnh dùng chung các hàm này, nên chỉ có một cách mở và một cách khóa.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from tinhgon.core import clock
from tinhgon.org.models import ExternalCode, Post, Succession, Term, Unit, UnitFunction, UnitVersion
from tinhgon.org.templates import PostTemplate


@dataclass(frozen=True, slots=True)
class NewUnit:
    """Phiên bản đầu của một đơn vị. ``unit_id``: danh tính đã có (dự kiến) hoặc ``None`` để tạo mới."""

    name: str
    short_name: str
    kind: str
    level: str
    parent_id: int | None
    symbol: str = ""
    is_organ: bool = True
    unit_id: int | None = None
    posts: Sequence[PostTemplate] = field(default=())
    functions: Sequence[int] = field(default=())
    term: str = ""


def new_identities(count: int) -> list[int]:
    """Tạo ``count`` danh tính chưa có phiên bản; trả về mã."""
    moment = clock.now()
    return [unit.pk for unit in Unit.objects.bulk_create([Unit(created_at=moment) for _n in range(count)])]


def open_units(units: Iterable[NewUnit], *, on: date, decree: str) -> list[int]:
    """Mở các đơn vị từ ``on`` cùng vị trí, chức năng, nhiệm kỳ theo khai báo; trả về mã theo thứ tự."""
    rows = list(units)
    fresh = iter(new_identities(sum(row.unit_id is None for row in rows)))
    ids = [next(fresh) if row.unit_id is None else row.unit_id for row in rows]
    from_on = DateRange(on, None)
    pairs = list(zip(ids, rows, strict=True))
    UnitVersion.objects.bulk_create(
        UnitVersion(
            unit_id=unit, valid=from_on, name=row.name, short_name=row.short_name, symbol=row.symbol, kind=row.kind,
            level=row.level, parent_id=row.parent_id, is_organ=row.is_organ, decree=decree,
        )
        for unit, row in pairs
    )  # fmt: skip
    Post.objects.bulk_create(
        Post(
            unit_id=unit, title=post.title, role=post.role, rank=post.rank, seats=post.seats,
            clearance=post.clearance, valid=from_on,
        )
        for unit, row in pairs
        for post in row.posts
    )  # fmt: skip
    UnitFunction.objects.bulk_create(
        UnitFunction(unit_id=unit, function_id=function, valid=from_on) for unit, row in pairs for function in row.functions
    )
    Term.objects.bulk_create(Term(unit_id=unit, name=row.term, valid=from_on) for unit, row in pairs if row.term)
    return ids


def close_units(unit_ids: Sequence[int], *, on: date) -> None:
    """Khóa các đơn vị từ ``on``: phiên bản, chức năng, vị trí, nhiệm kỳ. Mở trong chính ngày ấy: khoảng rỗng, giữ làm lịch sử."""
    for table in ("org_unit_version", "org_unit_function", "org_post"):
        _execute(
            f"""
            UPDATE {table} SET
                valid = CASE WHEN lower(valid) >= %(on)s THEN 'empty'::daterange ELSE daterange(lower(valid), %(on)s) END,
                voided_on = CASE WHEN lower(valid) >= %(on)s THEN %(on)s ELSE voided_on END
            WHERE unit_id = ANY(%(units)s) AND NOT isempty(valid) AND (upper(valid) IS NULL OR upper(valid) > %(on)s)
            """,
            {"on": on, "units": list(unit_ids)},
        )
    _execute(
        "UPDATE org_term SET valid = daterange(lower(valid), GREATEST(%(on)s, lower(valid))) "
        "WHERE unit_id = ANY(%(units)s) AND (upper(valid) IS NULL OR upper(valid) > %(on)s)",
        {"on": on, "units": list(unit_ids)},
    )


def reopen_units(unit_ids: Sequence[int], *, on: date, decree: str) -> None:
    """Mở lại từ ``on`` như phiên bản sau cùng: thêm dòng mới, không sửa dòng cũ. Nhiệm kỳ cũ chạy tiếp (cùng một dòng)."""
    parameters = {"on": on, "units": list(unit_ids), "decree": decree}
    _execute(
        """
        INSERT INTO org_unit_version (unit_id, valid, name, short_name, symbol, kind, level, parent_id, is_organ, decree)
        SELECT DISTINCT ON (unit_id) unit_id, daterange(%(on)s, NULL), name, short_name, symbol, kind, level, parent_id,
               is_organ, %(decree)s
        FROM org_unit_version WHERE unit_id = ANY(%(units)s) AND NOT isempty(valid) ORDER BY unit_id, lower(valid) DESC
        """,
        parameters,
    )
    _execute(
        """
        INSERT INTO org_unit_function (unit_id, function_id, valid)
        SELECT f.unit_id, f.function_id, daterange(%(on)s, NULL)
        FROM org_unit_function f
        JOIN (SELECT unit_id, max(upper(valid)) AS closed FROM org_unit_version
              WHERE unit_id = ANY(%(units)s) AND NOT isempty(valid) GROUP BY unit_id) v ON v.unit_id = f.unit_id
        WHERE upper(f.valid) = v.closed
        """,
        parameters,
    )
    _execute(
        """
        INSERT INTO org_post (unit_id, title, role, rank, seats, clearance, is_pool, valid, continues_id)
        SELECT p.unit_id, p.title, p.role, p.rank, p.seats, p.clearance, p.is_pool, daterange(%(on)s, NULL), p.id
        FROM org_post p
        JOIN (SELECT unit_id, max(upper(valid)) AS closed FROM org_unit_version
              WHERE unit_id = ANY(%(units)s) AND NOT isempty(valid) GROUP BY unit_id) v ON v.unit_id = p.unit_id
        WHERE upper(p.valid) = v.closed
        """,
        parameters,
    )
    _execute(
        """
        UPDATE org_term t SET valid = daterange(lower(valid), NULL)
        WHERE unit_id = ANY(%(units)s) AND id IN (SELECT max(id) FROM org_term WHERE unit_id = ANY(%(units)s) GROUP BY unit_id)
        """,
        parameters,
    )


def change_units(changes: Iterable[tuple[int, dict[str, object]]], *, on: date, decree: str) -> None:
    """Phiên bản mới từ ``on`` với vài thuộc tính đổi (tên, ký hiệu, cấp trên...); phiên bản trước dừng ở ``on``."""
    wanted = dict(changes)
    current = {v.unit_id: v for v in UnitVersion.objects.filter(unit__in=wanted, valid__contains=on)}
    _execute(
        """
        UPDATE org_unit_version SET
            valid = CASE WHEN lower(valid) >= %(on)s THEN 'empty'::daterange ELSE daterange(lower(valid), %(on)s) END,
            voided_on = CASE WHEN lower(valid) >= %(on)s THEN %(on)s ELSE voided_on END
        WHERE id = ANY(%(versions)s)
        """,
        {"on": on, "versions": [v.pk for v in current.values()]},
    )
    kept = ("name", "short_name", "symbol", "kind", "level", "parent_id", "is_organ")
    UnitVersion.objects.bulk_create(
        UnitVersion(
            unit_id=unit,
            valid=DateRange(on, current[unit].valid.upper),
            decree=decree,
            **({name: getattr(current[unit], name) for name in kept} | change),
        )
        for unit, change in wanted.items()
    )


def give_functions(pairs: Iterable[tuple[int, int]], *, on: date) -> None:
    """Giao (đơn vị, chức năng) từ ``on``; đơn vị đã có chức năng ấy thì thôi."""
    wanted = list(set(pairs))
    _execute(
        """
        INSERT INTO org_unit_function (unit_id, function_id, valid)
        SELECT w.unit_id, w.function_id, daterange(%(on)s, NULL)
        FROM unnest(%(units)s::bigint[], %(functions)s::bigint[]) AS w(unit_id, function_id)
        WHERE NOT EXISTS (SELECT 1 FROM org_unit_function f WHERE f.unit_id = w.unit_id AND f.function_id = w.function_id
                          AND f.valid && daterange(%(on)s, NULL))
        """,
        {"on": on, "units": [unit for unit, _f in wanted], "functions": [function for _u, function in wanted]},
    )


def record_successions(
    rows: Iterable[tuple[int, int, str, Sequence[int]]], *, on: date, decree: str
) -> list[int]:
    """Ghi kế thừa (trước, sau, kiểu, phần chức năng) từ ``on``; trả về mã."""
    listed = list(rows)
    made = Succession.objects.bulk_create(
        Succession(predecessor_id=before, successor_id=after, type=type_, on=on, decree=decree)
        for before, after, type_, _functions in listed
    )
    Succession.functions.through.objects.bulk_create(
        Succession.functions.through(succession_id=row.pk, function_id=function)
        for row, (_before, _after, _type, functions) in zip(made, listed, strict=True)
        for function in functions
    )
    return [row.pk for row in made]


def undo_successions(pairs: Iterable[tuple[int, int]], *, since: date, on: date) -> None:
    """Đánh dấu kế thừa (trước, sau) có từ ``since`` là đã hoàn tác từ ``on``."""
    listed = list(pairs)
    _execute(
        """
        UPDATE org_succession s SET undone_on = %(on)s
        FROM unnest(%(before)s::bigint[], %(after)s::bigint[]) AS w(predecessor_id, successor_id)
        WHERE s.predecessor_id = w.predecessor_id AND s.successor_id = w.successor_id AND s."on" = %(since)s
          AND s.undone_on IS NULL
        """,
        {"on": on, "since": since, "before": [b for b, _a in listed], "after": [a for _b, a in listed]},
    )


def give_codes(rows: Iterable[tuple[int, str, str, str]]) -> None:
    """Mã bên ngoài (đơn vị, bộ mã, thời kỳ, mã); dòng đã có thì thôi."""
    ExternalCode.objects.bulk_create(
        [ExternalCode(unit_id=unit, scheme=scheme, era=era, code=code) for unit, scheme, era, code in rows],
        ignore_conflicts=True,
    )


def _execute(sql: str, parameters: dict[str, object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
