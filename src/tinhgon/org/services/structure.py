"""Mở, khóa, mở lại hàng nghìn đơn vị bằng vài câu SQL. Không kiểm tra quyền: động từ gọi tới đây đã kiểm tra.

Động từ đơn lẻ và việc sắp xếp cả tỉnh dùng chung các hàm này, nên chỉ có một cách mở và một cách khóa.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from tinhgon.core import clock
from tinhgon.core.errors import Reason, refuse_if
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
    return [unit.pk for unit in Unit.objects.bulk_create([Unit(created_at=moment) for _index in range(count)])]


def reserved_identities(count: int) -> list[int]:
    """Giữ trước ``count`` mã danh tính, chưa tạo: một câu SQL. Mã không dùng tới thì bỏ trống."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [Unit._meta.db_table, count])
        return [pk for (pk,) in cursor.fetchall()]


def make_identities(ids: Iterable[int]) -> None:
    """Tạo những danh tính đã giữ mã trước."""
    moment = clock.now()
    Unit.objects.bulk_create(Unit(pk=pk, created_at=moment) for pk in ids)


@transaction.atomic
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


@transaction.atomic
def close_units(unit_ids: Iterable[int], *, on: date) -> None:
    """Khóa các đơn vị từ ``on``: phiên bản, chức năng, vị trí, nhiệm kỳ. Mở trong chính ngày ấy: khoảng rỗng, giữ làm lịch sử.

    Không chạm phân công: người phải đi trước. ``Refused`` nêu mọi đơn vị không hoạt động ngày ấy; khi đó không gì đổi.
    """
    units = sorted(set(unit_ids))
    refuse_if(not_open(units, on=on))
    for table in ("org_unit_version", "org_unit_function", "org_post"):
        _execute(
            f"""
            UPDATE {table} SET
                voided_on = CASE WHEN lower(valid) >= %(on)s THEN %(on)s ELSE voided_on END,
                valid = valid * daterange(NULL, %(on)s)
            WHERE unit_id = ANY(%(units)s) AND valid && daterange(%(on)s, NULL)
            """,
            {"on": on, "units": units},
        )
    _execute(
        "UPDATE org_term SET valid = valid * daterange(NULL, %(on)s) "
        "WHERE unit_id = ANY(%(units)s) AND valid && daterange(%(on)s, NULL)",
        {"on": on, "units": units},
    )


@transaction.atomic
def reopen_units(unit_ids: Iterable[int], *, on: date, decree: str) -> None:
    """Mở lại từ ``on`` như lúc khóa: thêm dòng mới, không sửa dòng cũ. Vị trí mới nối tiếp (``continues``) vị trí cũ.

    Nhiệm kỳ cuối chạy tiếp, cùng một dòng, nên sổ văn bản chạy tiếp sau số cuối. ``Refused`` nêu mọi đơn vị đang hoạt
    động từ ngày ấy hoặc chưa từng hoạt động; khi đó không gì đổi.
    """
    units = sorted(set(unit_ids))
    refuse_if(_not_closed(units, on=on))
    for statement in _REOPEN:
        _execute(statement.format(last=_LAST_CLOSED), {"on": on, "units": units, "decree": decree})


_LAST_CLOSED = """
    SELECT DISTINCT ON (unit_id) id AS version_id, unit_id, COALESCE(voided_on, upper(valid)) AS closed_on
    FROM org_unit_version WHERE unit_id = ANY(%(units)s) ORDER BY unit_id, id DESC
"""

_REOPEN = (
    """
    INSERT INTO org_post (unit_id, title, role, rank, seats, clearance, is_pool, valid, continues_id)
    SELECT p.unit_id, p.title, p.role, p.rank, p.seats, p.clearance, p.is_pool, daterange(%(on)s, NULL), p.id
    FROM ({last}) r JOIN org_post p ON p.unit_id = r.unit_id
    WHERE COALESCE(p.voided_on, upper(p.valid)) = r.closed_on
      AND NOT EXISTS (SELECT 1 FROM org_post later WHERE later.continues_id = p.id)
    """,
    """
    INSERT INTO org_unit_function (unit_id, function_id, valid)
    SELECT DISTINCT f.unit_id, f.function_id, daterange(%(on)s, NULL)
    FROM ({last}) r JOIN org_unit_function f ON f.unit_id = r.unit_id
    WHERE COALESCE(f.voided_on, upper(f.valid)) = r.closed_on
    """,
    """
    UPDATE org_term t SET valid = daterange(COALESCE(lower(t.valid), %(on)s), NULL)
    FROM (SELECT DISTINCT ON (t.unit_id) t.id FROM ({last}) r JOIN org_term t ON t.unit_id = r.unit_id
          WHERE isempty(t.valid) OR upper(t.valid) = r.closed_on ORDER BY t.unit_id, t.id DESC) last
    WHERE t.id = last.id
    """,
    """
    INSERT INTO org_unit_version (unit_id, valid, name, short_name, symbol, kind, level, parent_id, is_organ, decree)
    SELECT v.unit_id, daterange(%(on)s, NULL), v.name, v.short_name, v.symbol, v.kind, v.level, v.parent_id,
           v.is_organ, %(decree)s
    FROM ({last}) r JOIN org_unit_version v ON v.id = r.version_id
    """,
)


def last_names(unit_ids: Iterable[int]) -> dict[int, str]:
    """Đơn vị -> tên của phiên bản ghi sau cùng; đơn vị chưa có phiên bản: "#mã"."""
    wanted = list(unit_ids)
    rows = UnitVersion.objects.filter(unit__in=wanted).order_by("unit", "-pk").distinct("unit")
    return {unit: f"#{unit}" for unit in wanted} | dict(rows.values_list("unit_id", "name"))


def not_open(unit_ids: Iterable[int], *, on: date) -> list[Reason]:
    """Một lý do cho mỗi đơn vị không hoạt động ngày ``on``."""
    wanted = set(unit_ids)
    missing = wanted - set(
        UnitVersion.objects.filter(unit__in=wanted, valid__contains=on).values_list("unit_id", flat=True)
    )
    return [
        Reason("org.unit_not_open_on", _("%(unit)s không hoạt động ngày %(day)s.") % {"unit": name, "day": f"{on:%d/%m/%Y}"}, data={"unit": unit})
        for unit, name in sorted(last_names(missing).items())
    ]  # fmt: skip


def _not_closed(unit_ids: Iterable[int], *, on: date) -> list[Reason]:
    wanted = set(unit_ids)
    seen = UnitVersion.objects.filter(unit__in=wanted)
    never = wanted - set(seen.values_list("unit_id", flat=True))
    active = set(seen.filter(valid__overlap=DateRange(on, None)).values_list("unit_id", flat=True))
    names = last_names(never | active)
    return [
        Reason("org.unit_never_open", _("%(unit)s chưa từng hoạt động nên không mở lại được.") % {"unit": names[unit]}, data={"unit": unit})
        for unit in sorted(never)
    ] + [
        Reason("org.unit_still_open", _("%(unit)s đang hoạt động nên không mở lại được.") % {"unit": names[unit]}, data={"unit": unit})
        for unit in sorted(active)
    ]  # fmt: skip


@transaction.atomic
def change_units(changes: Iterable[tuple[int, dict[str, object]]], *, on: date, decree: str) -> None:
    """Phiên bản mới từ ``on`` với vài thuộc tính đổi (tên, ký hiệu, cấp trên...); phiên bản trước dừng ở ``on``."""
    wanted = dict(changes)
    refuse_if(not_open(wanted, on=on))
    current = {v.unit_id: v for v in UnitVersion.objects.filter(unit__in=wanted, valid__contains=on)}
    _execute(
        """
        UPDATE org_unit_version SET
            voided_on = CASE WHEN lower(valid) >= %(on)s THEN %(on)s ELSE voided_on END,
            valid = valid * daterange(NULL, %(on)s)
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


def take_functions(pairs: Iterable[tuple[int, int]], *, on: date, since: date | None = None) -> None:
    """Thu (đơn vị, chức năng) từ ``on``; ``since``: chỉ chức năng được giao đúng ngày ấy. Giao trong chính ngày ``on``: khoảng rỗng."""
    wanted = list(set(pairs))
    _execute(
        """
        UPDATE org_unit_function f SET
            voided_on = CASE WHEN lower(f.valid) >= %(on)s THEN %(on)s ELSE f.voided_on END,
            valid = f.valid * daterange(NULL, %(on)s)
        FROM unnest(%(units)s::bigint[], %(functions)s::bigint[]) AS w(unit_id, function_id)
        WHERE f.unit_id = w.unit_id AND f.function_id = w.function_id AND f.valid && daterange(%(on)s, NULL)
          AND (%(since)s::date IS NULL OR lower(f.valid) = %(since)s)
        """,
        {"on": on, "since": since, "units": [unit for unit, _f in wanted], "functions": [function for _u, function in wanted]},
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


def _execute(sql: str, parameters: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
