"""Tổ chức trước 01/7/2025: ba cấp ủy tỉnh, 38 cấp ủy huyện, các đảng ủy trực thuộc, 441 đảng ủy xã, mỗi nơi các cơ quan theo mẫu."""

from dataclasses import replace
from datetime import date

from tinhgon.cli.demo import bulk
from tinhgon.cli.demo.geography import CITY, Commune, District, Province, bare, lower_type
from tinhgon.cli.demo.world import MORNING, Unit, World
from tinhgon.org.models import (
    ExternalCode,
    Kind,
    Level,
    Role,
    Term,
    UnitFunction,
    UnitVersion,
)
from tinhgon.org.models import Unit as UnitRow
from tinhgon.org.services.catalogue import ensure_catalogue
from tinhgon.org.templates import DISTRICT, FUNCTIONS, OLD_COMMUNE, PROVINCE, CommitteeTemplate, PostTemplate

OLD_ERA = "trước 07/2025"
CODES = "DVHC"
_PROVINCES = {
    "79": ("Thành ủy Thành phố Hồ Chí Minh", "Thành ủy TP. Hồ Chí Minh", "Thành ủy", "Khóa XI, nhiệm kỳ 2020 – 2025", date(2020, 10, 18)),
    "74": ("Tỉnh ủy Bình Dương", "Tỉnh ủy Bình Dương", "Tỉnh ủy Bình Dương", "Khóa XI, nhiệm kỳ 2020 – 2025", date(2020, 10, 22)),
    "77": ("Tỉnh ủy Bà Rịa – Vũng Tàu", "Tỉnh ủy BR – VT", "Tỉnh ủy Bà Rịa – Vũng Tàu", "Khóa VII, nhiệm kỳ 2020 – 2025", date(2020, 10, 14)),
}  # fmt: skip
_DISTRICT_CALLS = {"Quận": ("Quận ủy", "QU"), "Huyện": ("Huyện ủy", "HU"), "Thành phố": ("Thành ủy", "ThU"), "Thị xã": ("Thị ủy", "TXU")}  # fmt: skip

_ROOMS: dict[str, tuple[tuple[str, tuple[str, ...], int], ...]] = {
    Kind.OFFICE: (
        ("Phòng Tổng hợp", ("th-chuong-trinh", "th-nghi-quyet"), 8),
        ("Phòng Hành chính – Lưu trữ", ("vt-van-ban", "vt-luu-tru"), 5),
        ("Phòng Cơ yếu – Công nghệ thông tin", ("cds-ung-dung", "cds-an-toan"), 6),
        ("Phòng Tài chính đảng", ("tc-ngan-sach",), 5),
        ("Phòng Quản trị", ("tc-tai-san",), 5),
    ),
    Kind.ORGANISATION: (
        ("Phòng Tổ chức cán bộ", ("cb-quy-hoach", "cb-chinh-sach"), 7),
        ("Phòng Tổ chức đảng, đảng viên", ("cb-dang-vien",), 6),
    ),
}
_CENTRES = {"79": "Học viện Cán bộ Thành phố", "74": "Trường Chính trị tỉnh Bình Dương", "77": "Trường Chính trị tỉnh Bà Rịa – Vũng Tàu"}
_DIRECT = (
    "Đảng ủy các cơ quan Đảng {area}", "Đảng ủy Ủy ban nhân dân {area}", "Đảng ủy Công an {area}",
    "Đảng ủy Quân sự {area}", "Đảng ủy Khối doanh nghiệp {area}",
)  # fmt: skip


def build(world: World) -> None:
    """Dựng trong bộ nhớ rồi ghi: đơn vị, phiên bản, chức năng, mã, nhiệm kỳ."""
    ids = ensure_catalogue()
    world.functions = {code: ids[code] for code, _name, _field in FUNCTIONS}
    for province in world.geography.provinces:
        _province(world, province)
    _write(world)


def _province(world: World, province: Province) -> None:
    name, short, call, term, since = _PROVINCES[province.code]
    area = "Thành phố Hồ Chí Minh" if province.code == CITY else province.name.replace(" - ", " – ")
    committee = _committee(
        world, PROVINCE, None, key=province.code, name=name, short_name=short, call=call, symbol="TU",
        area=area, term=term, since=since, code=province.code,
    )  # fmt: skip
    for agency in list(committee.agencies):
        _rooms(world, agency)
    world.units.append(
        _child(
            committee, name=_CENTRES[province.code], short_name=_CENTRES[province.code], symbol="HVCB" if province.code == CITY else "TCT",
            kind=Kind.CENTRE, level=Level.PROVINCE, functions=("tg-khoa-giao",), posts=_centre_posts(),
        )
    )  # fmt: skip
    for pattern in _DIRECT if world.variant != "small" else _DIRECT[:1]:
        _direct(world, committee, pattern)
    for district in province.districts:
        _district(world, committee, district)


def _centre_posts() -> tuple[PostTemplate, ...]:
    return (PostTemplate("Giám đốc", Role.UNIT_HEAD, 1), PostTemplate("Giảng viên", Role.SPECIALIST, 5, 6))


def _rooms(world: World, agency: Unit) -> None:
    rooms = _ROOMS.get(agency.kind, ())
    if world.variant == "small":
        rooms = rooms[:1] if agency.kind == Kind.OFFICE and agency.committee is world.committees.get(CITY) else ()
    for name, functions, specialists in rooms:
        posts = (
            PostTemplate("Trưởng phòng", Role.UNIT_HEAD, 1, 1, 1),
            PostTemplate("Phó Trưởng phòng", Role.UNIT_HEAD, 2, 1, 1),
            PostTemplate("Chuyên viên", Role.SPECIALIST, 5, specialists),
        )
        room = _child(
            agency, name=f"{name}, {agency.name}", short_name=name, symbol="", kind=Kind.ROOM, level=agency.level,
            functions=functions, posts=posts, is_organ=False,
        )  # fmt: skip
        world.units.append(room)
        agency.posts = tuple(
            replace(post, seats=max(3, post.seats - specialists - 1)) if post.role == Role.SPECIALIST else post
            for post in agency.posts
        )


def _direct(world: World, province: Unit, pattern: str) -> None:
    name = pattern.format(area="Thành phố" if province.code == CITY else lower_type(province.area))
    template = replace(OLD_COMMUNE, level=Level.DISTRICT)
    committee = _committee(
        world, template, province, key=f"{province.code}/{pattern}", name=name, short_name=name, call="Đảng ủy",
        symbol="ĐU", area=name.removeprefix("Đảng ủy "), term="Nhiệm kỳ 2020 – 2025", since=date(2025, 2, 3),
    )  # fmt: skip
    committee.place = province.area


def _district(world: World, province: Unit, district: District) -> None:
    kind = next(k for k in _DISTRICT_CALLS if district.name.startswith(k + " "))
    call, symbol = _DISTRICT_CALLS[kind]
    name = f"{call} {bare(district.name)}"
    committee = _committee(
        world, DISTRICT, province, key=district.code, name=name, short_name=name, call=call, symbol=symbol,
        area=lower_type(district.name), term="Nhiệm kỳ 2020 – 2025", since=date(2020, 8, 20), code=district.code,
    )  # fmt: skip
    for commune in district.communes:
        _commune(world, committee, commune)


def _commune(world: World, district: Unit, commune: Commune) -> None:
    place = lower_type(commune.name)
    _committee(
        world, OLD_COMMUNE, district, key=commune.code, name=f"Đảng ủy {place}, {district.area}",
        short_name=f"Đảng ủy {place}", call="Đảng ủy", symbol="ĐU", area=place, term="Nhiệm kỳ 2020 – 2025",
        since=date(2020, 6, 15), code=commune.code,
    )  # fmt: skip


def _committee(
    world: World, template: CommitteeTemplate, parent: Unit | None, *, key: str, name: str, short_name: str, call: str,
    symbol: str, area: str, term: str, since: date, code: str = "",
) -> Unit:  # fmt: skip
    """Một cấp ủy và các cơ quan theo mẫu."""
    committee = Unit(
        name=name, short_name=short_name, symbol=symbol, kind=Kind.COMMITTEE, level=template.level, parent=parent,
        posts=template.posts, functions=template.functions, code=code, era=OLD_ERA, area=area, call=call,
        since=since, term=term,
    )  # fmt: skip
    if parent is not None:
        parent.children.append(committee)
    world.units.append(committee)
    world.committees[key] = committee
    called = "Thành ủy" if key == CITY else name
    for agency in template.agencies:
        world.units.append(
            _child(
                committee, name=agency.name.format(committee=called), short_name=agency.short_name, kind=agency.kind,
                symbol=_agency_symbol(agency.symbol, template.symbol, symbol), level=template.level,
                functions=agency.functions, posts=agency.posts,
            )
        )  # fmt: skip
    return committee


def _agency_symbol(symbol: str, template: str, committee: str) -> str:
    """"VPQU" ở quận, "VPHU" ở huyện."""
    return symbol.removesuffix(template) + committee if symbol.endswith(template) else symbol


def _child(parent: Unit, **values: object) -> Unit:
    unit = Unit(parent=parent, area=parent.area, call=parent.call, since=parent.since, **values)  # type: ignore[arg-type]
    parent.children.append(unit)
    return unit


def _write(world: World) -> None:
    units = world.units
    for unit, pk in zip(units, bulk.reserve(UnitRow, len(units)), strict=True):
        unit.id = pk
    bulk.copy(UnitRow, ("id", "created_at"), ((u.id, MORNING) for u in units))
    bulk.copy(
        UnitVersion,
        ("unit_id", "valid", "name", "short_name", "symbol", "kind", "level", "parent_id", "is_organ"),
        (
            (u.id, bulk.days(u.since), u.name, u.short_name, u.symbol, str(u.kind), str(u.level), u.parent.id if u.parent else None, u.is_organ)
            for u in units
        ),
    )  # fmt: skip
    bulk.copy(
        UnitFunction,
        ("unit_id", "function_id", "valid"),
        ((u.id, world.functions[f], bulk.days(u.since)) for u in units for f in u.functions),
    )
    bulk.copy(ExternalCode, ("unit_id", "scheme", "era", "code"), ((u.id, CODES, u.era, u.code) for u in units if u.code))
    committees = [u for u in units if u.term]
    for unit, pk in zip(committees, bulk.reserve(Term, len(committees)), strict=True):
        unit.term_id = pk
    bulk.copy(Term, ("id", "unit_id", "name", "valid"), ((u.term_id, u.id, u.term, bulk.days(u.since)) for u in committees))
