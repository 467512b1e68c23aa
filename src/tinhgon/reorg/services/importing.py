"""Nhập danh sách kế thừa từ bảng: đơn vị cũ -> đơn vị mới. Nêu mọi lỗi theo dòng và cột trước khi ghi dòng nào.

Cột: ``ma_cu``, ``ten_moi``, ``ma_moi`` bắt buộc; ``ten_cu``, ``ma_huyen`` tùy. Bảng chuyển đổi đơn vị hành chính của Tổng cục
Thống kê (old_ward_code, new_ward_code...) đọc được nguyên trạng. Đơn vị cũ tìm theo mã đang dùng, đơn vị mới là cấp ủy
mang mã hành chính, có các cơ quan theo mẫu. Huyện (``ma_huyen``) chia về mọi xã có địa bàn của nó và các cơ quan tỉnh.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason
from tinhgon.org.models import ExternalCode, Kind, Succession, UnitVersion
from tinhgon.org.templates import TEMPLATES, CommitteeTemplate
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.services.drafting import SuccessionDraft, UnitDraft, editable, plan_structure
from tinhgon.reorg.services.templated import NEAREST_KIND, committee_units
from tinhgon.reorg.structure import CODE_SCHEME

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "old_code": ("ma_cu", "old_ward_code", "mã cũ", "mã đơn vị cũ"),
    "old_name": ("ten_cu", "old_ward", "tên cũ", "đơn vị cũ"),
    "new_code": ("ma_moi", "new_ward_code", "mã mới", "mã đơn vị mới"),
    "new_name": ("ten_moi", "new_ward", "tên mới", "đơn vị mới"),
    "district_code": ("ma_huyen", "old_district_code", "mã huyện"),
}

@dataclass(frozen=True, slots=True)
class Problem:
    """Một lỗi của bảng: số dòng (dòng đầu sau tiêu đề là 2, như Excel), tên cột, câu nói sai gì và sửa sao."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True)
class SuccessionPlan:
    """Kết quả đọc bảng: đơn vị mới, kế thừa, lỗi. Có lỗi thì không ghi gì."""

    units: Sequence[UnitDraft] = field(default=())
    successions: Sequence[SuccessionDraft] = field(default=())
    problems: Sequence[Problem] = field(default=())


@transaction.atomic
def import_successions(
    actor: Actor, reorg_id: int, *, rows: Sequence[tuple[int, Mapping[str, str]]], parent_id: int, dry_run: bool
) -> SuccessionPlan:
    """Đọc các dòng (số dòng, cột -> chữ) vào phương án dưới cấp trên ``parent_id``. ``dry_run``: chỉ báo lỗi và số lượng.

    ``Invalid`` mang mọi lỗi khi ghi thật mà bảng còn lỗi.
    """
    reorg = editable(actor, reorg_id)
    read = _read(reorg, rows, parent_id)
    if dry_run:
        return read
    if read.problems:
        raise Invalid(
            *(
                Reason(
                    "reorg.import_row",
                    _("Dòng %(row)d, cột %(column)s: %(sentence)s") % {"row": p.row, "column": p.column, "sentence": p.sentence},
                    data={"row": p.row, "column": p.column},
                )
                for p in read.problems
            )
        )
    plan_structure(actor, reorg.pk, units=read.units, successions=read.successions)
    return read


@dataclass(frozen=True)
class _Organisation:
    """Tổ chức trước ngày hiệu lực, đọc một lần."""

    by_code: dict[str, int]
    versions: dict[int, UnitVersion]
    agencies: dict[int, list[UnitVersion]]


def _organisation(reorg: Reorganisation) -> _Organisation:
    versions = {
        v.unit_id: v
        for v in UnitVersion.objects.filter(valid__contains=reorg.effective_on).defer("search_folded", "search_exact")
    }
    codes = ExternalCode.objects.filter(scheme=CODE_SCHEME, unit__in=versions).values_list("code", "unit_id")
    agencies: dict[int, list[UnitVersion]] = defaultdict(list)
    for version in versions.values():
        if version.parent_id and version.kind != Kind.COMMITTEE:
            agencies[version.parent_id].append(version)
    return _Organisation(dict(codes), versions, dict(agencies))


def _read(reorg: Reorganisation, rows: Sequence[tuple[int, Mapping[str, str]]], parent_id: int) -> SuccessionPlan:
    organisation = _organisation(reorg)
    problems: list[Problem] = []
    names: dict[str, str] = {}
    heirs: dict[int, list[str]] = defaultdict(list)
    districts: set[int] = set()
    for number, row in rows:
        values = _values(row)
        found = _row_problems(number, values, organisation, names)
        if found:
            problems += found
            continue
        names[values["new_code"]] = values["new_name"]
        for column in ("old_code", "district_code"):
            unit = organisation.by_code.get(values[column]) if values[column] else None
            if unit and values["new_code"] not in heirs[unit]:
                heirs[unit].append(values["new_code"])
                districts |= {unit} if column == "district_code" else set()
    problems += _already_planned(reorg, heirs, organisation)
    units = [draft for code, name in names.items() for draft in _committee(code, name, parent_id)]
    return SuccessionPlan(units, _successions(heirs, districts, organisation, parent_id, names), tuple(problems))


def _values(row: Mapping[str, str]) -> dict[str, str]:
    lowered = {key.strip().lower(): (value or "").strip() for key, value in row.items() if key}
    return {field_: next((lowered[name] for name in names if lowered.get(name)), "") for field_, names in COLUMNS.items()}


def _row_problems(number: int, values: dict[str, str], organisation: _Organisation, names: dict[str, str]) -> list[Problem]:
    found = []
    if not values["old_code"] and not values["district_code"]:
        found.append(Problem(number, "ma_cu", _("thiếu mã đơn vị cũ.")))
    elif values["old_code"] and values["old_code"] not in organisation.by_code:
        found.append(
            Problem(number, "ma_cu", _("không có đơn vị nào đang hoạt động mang mã %(code)s.") % {"code": values["old_code"]})
        )
    if not values["new_code"]:
        found.append(Problem(number, "ma_moi", _("thiếu mã đơn vị mới.")))
    if not values["new_name"]:
        found.append(Problem(number, "ten_moi", _("thiếu tên đơn vị mới.")))
    known = names.get(values["new_code"], values["new_name"])
    if values["new_name"] and known != values["new_name"]:
        found.append(
            Problem(
                number, "ten_moi",
                _("mã %(code)s đã mang tên “%(name)s” ở dòng trên: hãy sửa cho khớp.") % {"code": values["new_code"], "name": known},
            )
        )  # fmt: skip
    return found


def _already_planned(reorg: Reorganisation, heirs: Mapping[int, list[str]], organisation: _Organisation) -> list[Problem]:
    planned = set(reorg.successions.filter(predecessor__in=heirs).values_list("predecessor_id", flat=True))
    return [
        Problem(0, "ma_cu", _("%(unit)s đã có trong phương án: hãy xóa phương án cũ trước khi nhập lại.") % {"unit": organisation.versions[unit].name})
        for unit in sorted(planned)
    ]  # fmt: skip


def _committee(code: str, name: str, parent_id: int) -> list[UnitDraft]:
    area = name[:1].lower() + name[1:]
    return committee_units(
        _template(name), key=code, name=f"Đảng ủy {area}", short_name=f"ĐU {area}", parent_id=parent_id, code=code
    )


def _template(name: str) -> CommitteeTemplate:
    return TEMPLATES["special_zone" if name.lower().startswith("đặc khu") else "commune"]


def _successions(
    heirs: Mapping[int, list[str]], districts: set[int], organisation: _Organisation, parent_id: int, names: Mapping[str, str]
) -> list[SuccessionDraft]:
    drafts: list[SuccessionDraft] = []
    for unit, codes in heirs.items():
        provincial = parent_id if unit in districts else None
        drafts += _edges(unit, codes, provincial)
        for agency in organisation.agencies.get(unit, []):
            keys = [_heir_agency(code, agency.kind, names[code]) for code in codes]
            body = _provincial_body(agency.kind, provincial, organisation) if provincial else None
            drafts += _edges(agency.unit_id, keys, body)
    return drafts


def _edges(unit: int, heirs: Sequence[str], provincial: int | None) -> list[SuccessionDraft]:
    many = len(heirs) + (provincial is not None) > 1
    type_ = Succession.Type.SPLIT if many else Succession.Type.MERGED
    drafts = [SuccessionDraft(predecessor_id=unit, type=type_, successor_key=key) for key in heirs]
    if provincial is not None:
        drafts.append(SuccessionDraft(predecessor_id=unit, type=type_, successor_id=provincial))
    return drafts


def _heir_agency(code: str, kind: str, name: str) -> str:
    present = {agency.kind for agency in _template(name).agencies}
    chosen = next((k for k in NEAREST_KIND.get(Kind(kind), (kind,)) if k in present), None)
    return f"{code}/{chosen}" if chosen else code


def _provincial_body(kind: str, provincial: int, organisation: _Organisation) -> int:
    return next((a.unit_id for a in organisation.agencies.get(provincial, []) if a.kind == kind), provincial)
