"""Kiểm tra bảng đơn vị: mã, ngày nối nhau, cấp trên có thật và hoạt động suốt, không vòng."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from tinhgon.engine.intervals import Span, covers, merged
from tinhgon.org.importing.rows import Row, Sheet, read_yes
from tinhgon.org.models import ExternalCode, Function, Kind, UnitVersion

SCHEME = "tinhgon"
"""Bộ mã của chính bảng nhập; mã hành chính nằm ở cột "Mã ngoài"."""

_LONGEST = {"code": 40, "name": 200, "short_name": 80, "symbol": 30, "decree": 200, "term": 80}


@dataclass
class Known:
    """Cái đã có: mã đơn vị -> danh tính và các khoảng hoạt động; mã chức năng; mã ngoài."""

    units: dict[str, int] = field(default_factory=dict)
    spans: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    functions: dict[str, int] = field(default_factory=dict)
    codes: set[tuple[str, str, str]] = field(default_factory=set)


def known_units() -> Known:
    """Đọc một lần, số câu SQL không phụ thuộc số đơn vị."""
    known = Known(functions=dict(Function.objects.values_list("code", "pk")))
    known.codes = set(ExternalCode.objects.values_list("scheme", "era", "code"))
    versions = list(UnitVersion.objects.values_list("unit_id", "valid"))
    codes = codes_of_units({unit for unit, _valid in versions})
    known.units = {code: unit for unit, code in codes.items()}
    for unit, valid in versions:
        if not valid.isempty:
            known.spans[codes[unit]].append(Span(valid.lower, valid.upper))
    return known


def codes_of_units(unit_ids: Iterable[int]) -> dict[int, str]:
    """Đơn vị -> mã trong bảng: mã đã nhập, không có thì "U" và số danh tính."""
    imported = ExternalCode.objects.filter(scheme=SCHEME).values_list("unit_id", "code")
    return {unit: f"U{unit}" for unit in unit_ids} | dict(imported)


def check(sheet: Sheet, known: Known) -> dict[str, list[Row]]:
    """Ghi mọi vấn đề vào ``sheet``; trả về mã -> các dòng (phiên bản) theo ngày."""
    units: dict[str, list[Row]] = defaultdict(list)
    for row in sheet.rows:
        _cells(sheet, row, known)
        if row["code"]:
            units[row["code"]].append(row)
    for code, rows in units.items():
        rows.sort(key=lambda row: (row["since"] or date.max, row.number))
        if code in known.units:
            sheet.fault(rows[0].number, "code", _("Mã “%(code)s” đã có trong hệ thống.") % {"code": code})
        _in_line(sheet, code, rows)
    spans = {code: [row.span for row in rows if row.span] for code, rows in units.items()}
    for row in sheet.rows:
        _parent(sheet, row, known, spans)
    _no_cycle(sheet, units)
    _codes_once(sheet, known)
    return units


def _cells(sheet: Sheet, row: Row, known: Known) -> None:
    for key, longest in _LONGEST.items():
        if len(row[key] or "") > longest:
            sheet.fault(row.number, key, _("Dài quá %(longest)d ký tự.") % {"longest": longest})
    row.values["short_name"] = row["short_name"] or row["name"][:80]
    row.values["is_organ"] = read_yes(sheet, row, "is_organ", row["kind"] != Kind.ROOM)
    row.values["reopens"] = read_yes(sheet, row, "reopens", False)
    row.values["functions"] = _listed(row["functions"])
    for code in row["functions"]:
        if code not in known.functions:
            sheet.fault(row.number, "functions", _("Không có chức năng mang mã “%(code)s”.") % {"code": code})
    row.values["external_codes"] = [tuple(part.split(":")) for part in _listed(row["external_codes"])]
    for parts in row["external_codes"]:
        if len(parts) != 3 or not all(parts) or len(parts[0]) > 40 or len(parts[1]) > 20 or len(parts[2]) > 40:
            sheet.fault(row.number, "external_codes", _("Viết mã ngoài như DVHC:2025-07:26740, cách nhau bằng dấu chấm phẩy."))
    if row["term"] and row["kind"] not in (None, Kind.COMMITTEE):
        sheet.fault(row.number, "term", _("Chỉ cấp ủy có nhiệm kỳ."))


def _listed(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))


def _in_line(sheet: Sheet, code: str, rows: list[Row]) -> None:
    """Các phiên bản của một đơn vị: không chồng ngày; hở thì phải nói là mở lại."""
    for earlier, later in zip(rows, rows[1:], strict=False):
        before, after = earlier.span, later.span
        if before is None or after is None:
            continue
        shown = {"code": code, "row": earlier.number}
        if before.overlaps(after):
            sheet.fault(later.number, "since", _("Mã “%(code)s” lặp lại: chồng ngày với dòng %(row)d.") % shown)
        elif before.end != after.start and not later["reopens"]:
            sheet.fault(
                later.number, "since",
                _("Mã “%(code)s” bị hở ngày sau dòng %(row)d; nếu đơn vị mở lại thì ghi 1 ở cột “Mở lại”.") % shown,
            )  # fmt: skip


def _parent(sheet: Sheet, row: Row, known: Known, spans: Mapping[str, list[Span]]) -> None:
    parent, own = row["parent"], row.span
    if not parent:
        return
    if parent not in spans and parent not in known.units:
        sheet.fault(row.number, "parent", _("Không có đơn vị mang mã “%(code)s”.") % {"code": parent})
    elif own is not None and not covers(merged([*spans.get(parent, []), *known.spans.get(parent, [])]), own):
        sheet.fault(row.number, "parent", _("Cấp trên “%(code)s” không hoạt động suốt thời gian ấy.") % {"code": parent})


def _no_cycle(sheet: Sheet, units: Mapping[str, list[Row]]) -> None:
    """Đi ngược cấp trên vào ngày bắt đầu của từng dòng: vòng mới chỉ có thể khép ở một ngày có thay đổi."""
    told: set[int] = set()
    for row in sheet.rows:
        if row.span is None or row.number in told:
            continue
        circle = _circle(row, units)
        if circle:
            told.update(one.number for one in circle)
            codes = " → ".join([*(one["code"] for one in circle), circle[0]["code"]])
            sheet.fault(row.number, "parent", _("Các đơn vị trực thuộc thành vòng: %(codes)s.") % {"codes": codes})


def _circle(start: Row, units: Mapping[str, list[Row]]) -> list[Row]:
    path: list[Row] = []
    here: Row | None = start
    while here is not None:
        if any(here is seen for seen in path):
            return path[next(place for place, seen in enumerate(path) if seen is here) :]
        path.append(here)
        here = _on(units.get(here["parent"], ()), start["since"])
    return []


def _on(rows: Iterable[Row], day: date) -> Row | None:
    return next((row for row in rows if row.span is not None and day in row.span), None)


def _codes_once(sheet: Sheet, known: Known) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for row in sheet.rows:
        for code in row["external_codes"]:
            owner = seen.setdefault(code, row["code"])
            if code in known.codes or owner != row["code"]:
                sheet.fault(row.number, "external_codes", _("Mã ngoài “%(code)s” đã thuộc về một đơn vị khác.") % {"code": ":".join(code)})  # fmt: skip
