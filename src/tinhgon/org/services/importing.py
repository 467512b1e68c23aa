"""Nhập tổ chức từ tệp. Có một chỗ sai thì không ghi gì; ``dry_run`` chỉ nêu chỗ sai và số dòng."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import TextChoices

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason
from tinhgon.engine.tables import header_key, sheet_titles
from tinhgon.org.access import require_below
from tinhgon.org.importing import people as people_rules
from tinhgon.org.importing import units as unit_rules
from tinhgon.org.importing.columns import TABLES, TITLES
from tinhgon.org.importing.rows import Problem, Row, Sheet, load
from tinhgon.org.importing.writing import write_people, write_units
from tinhgon.org.locks import lock_structure
from tinhgon.org.models import Kind, Level, Post, Role
from tinhgon.org.rights import Verb


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Kết quả đọc: số đơn vị, vị trí, người, phân công trong tệp; mọi chỗ sai theo bảng và dòng."""

    units: int
    posts: int
    people: int
    appointments: int
    problems: tuple[Problem, ...]


@transaction.atomic
def import_organisation(actor: Actor, *, files: Mapping[str, bytes], dry_run: bool) -> ImportReport:
    """Nhập các bảng trong ``files`` (tên bảng "units", "posts", "people", "appointments" -> nội dung tệp).

    Một tệp Excel nhiều trang có thể đưa vào dưới cả bốn tên. ``Invalid`` nêu mọi chỗ sai khi ghi thật mà bảng còn lỗi;
    ``Forbidden`` khi tệp mở đơn vị ngoài cấp của người nhập.
    """
    lock_structure([])
    sheets = _loaded(files)
    known, known_people = unit_rules.known_units(), people_rules.known_people()
    units = unit_rules.check(sheets["units"], known)
    _permit(actor, units, sheets, known)
    spans = {code: list(known.spans.get(code, [])) for code in known.units}
    for code, rows in units.items():
        spans.setdefault(code, []).extend(row.span for row in rows if row.span)
    people_rules.check_posts(sheets["posts"], spans, known_people)
    people_rules.check_people(sheets["people"], known_people)
    people_rules.check_appointments(
        sheets["appointments"], sheets["posts"].rows, sheets["people"].rows, known_people
    )
    report = _report(units, sheets)
    if dry_run:
        return report
    if report.problems:
        raise Invalid(*map(_reason, report.problems))
    ids = write_units(units, known)
    write_people(sheets["posts"], sheets["people"], sheets["appointments"], ids, known_people)
    after = {name: getattr(report, name) for name in TABLES}
    record(actor, "org.imported", ("org.import", f"{clock.today():%Y-%m-%d}"), after=after)
    return report


def _loaded(files: Mapping[str, bytes]) -> dict[str, Sheet]:
    """Bốn bảng. Tệp Excel đưa vào dưới nhiều tên thì trang không có trong tệp là bảng trống, trừ khi không trang nào đọc được."""
    sheets = {table: load(table, files[table], _CHOICES) if table in files else Sheet(table) for table in TABLES}
    for content in set(files.values()):
        sharing = [table for table in files if files[table] == content]
        absent = [table for table in sharing if len(sharing) > 1 and _is_absent(sheets[table], content)]
        if len(absent) < len(sharing):
            sheets |= {table: Sheet(table) for table in absent}
    return sheets


def _is_absent(sheet: Sheet, content: bytes) -> bool:
    """Không trang nào mang tên của bảng, và không trang nào đủ các cột bắt buộc."""
    if all(problem.row for problem in sheet.problems):
        return False
    return header_key(TITLES[sheet.table]) not in map(header_key, sheet_titles(content))


def _permit(actor: Actor, units: Mapping[str, list[Row]], sheets: Mapping[str, Sheet], known: unit_rules.Known) -> None:
    """Đơn vị đã có mà các dòng gắn vào phải thuộc cấp mình và cấp dưới; đơn vị không cấp trên chỉ máy chủ nhập được."""
    parents = {row["parent"] for rows in units.values() for row in rows} - set(units)
    outside: set[int | None] = {known.units[code] for code in parents if code in known.units}
    if "" in parents:
        outside.add(None)
    today = clock.today()
    if units or sheets["posts"].rows:
        posts_of = {known.units[row["unit"]] for row in sheets["posts"].rows if row["unit"] in known.units}
        require_below(actor, Verb.KEEP_STRUCTURE, on=today, unit_ids=outside | posts_of)
    if sheets["people"].rows or sheets["appointments"].rows:
        listed = [int(row["post"][1:]) for row in sheets["appointments"].rows if row["post"][1:].isdigit()]
        held = Post.objects.filter(pk__in=listed).values_list("unit_id", flat=True)
        require_below(actor, Verb.APPOINT, on=today, unit_ids=set(held))


def _report(units: Mapping[str, list[Row]], sheets: Mapping[str, Sheet]) -> ImportReport:
    counts = {table: len(sheet.rows) for table, sheet in sheets.items()} | {"units": len(units)}
    problems = [problem for sheet in sheets.values() for problem in sheet.problems]
    order = list(TABLES)
    problems.sort(key=lambda p: (order.index(p.table), p.row))
    return ImportReport(**counts, problems=tuple(problems))


def _reason(problem: Problem) -> Reason:
    where = {"table": problem.table, "row": problem.row, "column": problem.column}
    return Reason("org.import_problem", problem.sentence, problem.column, where)


def _choice(choices: type[TextChoices], **others: str) -> dict[str, str]:
    """Giá trị và tên tiếng Việt đều dùng được, không phân biệt dấu."""
    found = {header_key(value): value for value in choices.values}
    found |= {header_key(str(label)): value for value, label in choices.choices}
    return found | {header_key(name.replace("_", " ")): value for name, value in others.items()}


_CHOICES = {
    "kind": _choice(Kind, van_phong=Kind.OFFICE, ban_to_chuc=Kind.ORGANISATION, phong=Kind.ROOM),
    "level": _choice(Level, tinh=Level.PROVINCE, thanh_pho=Level.PROVINCE, huyen=Level.DISTRICT, quan=Level.DISTRICT,
                     xa=Level.COMMUNE, phuong=Level.COMMUNE),
    "role": _choice(Role),
}  # fmt: skip
