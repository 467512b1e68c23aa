"""Xuất tổ chức thành đúng các bảng nhập được: xuất rồi nhập vào chỗ trống cho lại cùng một tổ chức."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from tinhgon.engine.tables import Sheet, write_csv, write_workbook
from tinhgon.org.importing.columns import TABLES, TITLES
from tinhgon.org.importing.rows import day_before
from tinhgon.org.importing.units import SCHEME, codes_of_units
from tinhgon.org.models import Appointment, ExternalCode, Person, Post, Term, UnitFunction, UnitVersion


def rows_of(table: str) -> list[tuple[object, ...]]:
    """Các dòng của một bảng ("units", "posts", "people", "appointments"), đúng thứ tự cột của ``columns.TABLES``."""
    return list({"units": _units, "posts": _posts, "people": _people, "appointments": _appointments}[table]())


def export_csv(table: str) -> bytes:
    """Một bảng, dạng CSV UTF-8 mà Excel mở đúng chữ."""
    return write_csv([column.header for column in TABLES[table]], rows_of(table))


def export_workbook() -> bytes:
    """Cả bốn bảng trong một tệp Excel, mỗi bảng một trang."""
    return write_workbook(
        [Sheet(TITLES[table], [column.header for column in columns], rows_of(table)) for table, columns in TABLES.items()]
    )


def _units() -> Iterator[tuple[object, ...]]:
    """Một dòng cho mỗi phiên bản, cắt thêm ở ngày chức năng hay nhiệm kỳ thay đổi giữa chừng."""
    versions = UnitVersion.objects.filter(valid__isempty=False).order_by("unit_id", "valid")
    codes = codes_of_units({version.unit_id for version in versions})
    functions = _dated(UnitFunction.objects.filter(valid__isempty=False).values_list("unit_id", "function__code", "valid"))
    terms = _dated(Term.objects.filter(valid__isempty=False).values_list("unit_id", "name", "valid"))
    external = defaultdict(list)
    for code in ExternalCode.objects.exclude(scheme=SCHEME).order_by("scheme", "era", "code"):
        external[code.unit_id].append(f"{code.scheme}:{code.era}:{code.code}")
    last: dict[int, date | None] = {}
    for v in versions:
        for since, until in _pieces(v.valid, [*functions[v.unit_id], *terms[v.unit_id]]):
            reopens = v.unit_id in last and last[v.unit_id] != since
            last[v.unit_id] = until
            yield (
                codes[v.unit_id], v.name, v.short_name, v.symbol, v.kind, v.level, codes[v.parent_id] if v.parent_id else "",
                v.is_organ, since, day_before(until), "1" if reopens else "", v.decree,
                "; ".join(_on(functions[v.unit_id], since)), "".join(_on(terms[v.unit_id], since)[:1]),
                "; ".join(external[v.unit_id]),
            )  # fmt: skip


def _dated(rows) -> dict[int, list[tuple[str, date | None, date | None]]]:
    found = defaultdict(list)
    for unit, value, valid in rows:
        found[unit].append((value, valid.lower, valid.upper))
    return found


def _on(dated: list[tuple[str, date | None, date | None]], day: date) -> list[str]:
    return sorted(v for v, since, until in dated if (since is None or since <= day) and (until is None or day < until))


def _pieces(valid, dated) -> Iterator[tuple[date, date | None]]:
    cuts = {end for _value, *ends in dated for end in ends if end and end in valid and end != valid.lower}
    edges = [valid.lower, *sorted(cuts), valid.upper]
    yield from zip(edges, edges[1:], strict=False)


def _posts() -> Iterator[tuple[object, ...]]:
    posts = Post.objects.filter(valid__isempty=False, is_pool=False, unit__versions__isnull=False).distinct().order_by("pk")
    codes = codes_of_units({post.unit_id for post in posts})
    for p in posts:
        yield f"V{p.pk}", codes[p.unit_id], p.title, p.role, p.rank, p.seats, p.clearance, p.valid.lower, day_before(p.valid.upper)


def _people() -> Iterator[tuple[object, ...]]:
    yield from Person.objects.order_by("code").values_list("code", "full_name")


def _appointments() -> Iterator[tuple[object, ...]]:
    rows = Appointment.objects.filter(valid__isempty=False, post__is_pool=False, post__valid__isempty=False)
    for a in rows.select_related("person", "post").order_by("person__code", "valid", "pk"):
        yield a.person.code, f"V{a.post_id}", a.is_main, a.valid.lower, day_before(a.valid.upper), a.decree
