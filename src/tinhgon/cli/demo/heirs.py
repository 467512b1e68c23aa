"""Ai kế thừa ai trong phương án mẫu: đơn vị mới, và các cạnh kế thừa với phần chức năng khi chia tách."""

from dataclasses import dataclass, field

from tinhgon.cli.demo.geography import CITY, lower_type
from tinhgon.cli.demo.world import Unit, World
from tinhgon.org.models import Kind, Level
from tinhgon.org.templates import COMMUNE, SPECIAL_ZONE
from tinhgon.reorg.services.drafting import UnitDraft

_TO_CITY = {
    "th-chuong-trinh", "th-nghi-quyet", "vt-luu-tru", "cb-quy-hoach", "cb-chinh-sach", "kt-don-thu", "tg-khoa-giao",
    "nc-noi-chinh", "nc-tham-nhung",
}  # fmt: skip
"""Chức năng của cấp huyện chuyển về cơ quan cùng loại của thành phố; chức năng khác chia cho các phường, xã."""

_AGENCY_OF_COMMUNE = {Kind.OFFICE: Kind.OFFICE, Kind.ORGANISATION: Kind.PARTY_BUILDING, Kind.PROPAGANDA: Kind.PARTY_BUILDING, Kind.INSPECTION: Kind.INSPECTION}  # fmt: skip


Heir = str | Unit
"""Nơi kế thừa: khóa của đơn vị mới, hoặc một đơn vị đang có."""


@dataclass(slots=True)
class Inheritance:
    """Các nơi kế thừa của một đơn vị, theo thứ tự, và chức năng nào về đâu."""

    unit: Unit
    heirs: list[Heir] = field(default_factory=list)
    shares: dict[str, Heir] = field(default_factory=dict)

    @property
    def is_split(self) -> bool:
        return len(self.heirs) > 1


def planned_units(world: World) -> list[UnitDraft]:
    """168 đảng ủy mới (cỡ đầy đủ) trực thuộc Thành ủy, mỗi nơi các cơ quan theo mẫu."""
    drafts: list[UnitDraft] = []
    for code, name in world.geography.new_communes.items():
        template = SPECIAL_ZONE if name.startswith("Đặc khu") else COMMUNE
        committee = f"Đảng ủy {lower_type(name)}"
        drafts.append(
            UnitDraft(
                key=code, name=committee, short_name=committee, kind=Kind.COMMITTEE, level=Level.COMMUNE,
                symbol=template.symbol, parent_id=world.city.id, code=code, template=template.code,
            )
        )  # fmt: skip
        drafts += [
            UnitDraft(
                key=f"{code}/{agency.kind}", name=agency.name.format(committee=committee), short_name=agency.short_name,
                kind=agency.kind, level=Level.COMMUNE, symbol=agency.symbol, parent_key=code,
                template=f"{template.code}/{agency.kind}",
            )
            for agency in template.agencies
        ]  # fmt: skip
    return drafts


def inheritances(world: World) -> list[Inheritance]:
    """Mọi đơn vị kết thúc và nơi kế thừa của nó."""
    found: list[Inheritance] = []
    for province in world.geography.provinces:
        if province.code != CITY:
            found += _province(world, province.code)
        for district in province.districts:
            found += _district(world, district.code, district.heirs)
            for commune in district.communes:
                found += _commune(world, commune.code, commune.heirs)
    return found


def _province(world: World, code: str) -> list[Inheritance]:
    """Cấp ủy tỉnh và các cơ quan, phòng, đảng ủy trực thuộc nhập vào nơi cùng loại của thành phố."""
    old, city = world.committees[code], world.city
    found = [Inheritance(old, [city])]
    for unit in old.children:
        if unit.kind == Kind.COMMITTEE:
            continue
        twin = next(child for child in city.children if child.kind == unit.kind)
        found.append(Inheritance(unit, [twin]))
        rooms = {room.short_name: room for room in twin.children}
        found += [Inheritance(room, [rooms.get(room.short_name, twin)]) for room in unit.children]
    for key, committee in world.committees.items():
        if key.startswith(f"{code}/"):
            twin = world.committees[f"{CITY}/{key.partition('/')[2]}"]
            found.append(Inheritance(committee, [twin]))
            found += [Inheritance(u, [twin.agency(u.kind) or twin]) for u in committee.agencies]
    return found


def _district(world: World, code: str, communes: list[str]) -> list[Inheritance]:
    """Huyện chia cho các xã hình thành từ địa bàn huyện và cơ quan cùng loại của thành phố. Côn Đảo: đặc khu nhận trọn."""
    old, city = world.committees[code], world.city
    if not old.lower:
        return [Inheritance(old, [communes[0]])] + [
            Inheritance(u, [f"{communes[0]}/{u.kind}"]) for u in old.agencies
        ]
    found = [_shared(old, list(communes), city, tuple(world.functions))]
    for unit in old.agencies:
        below = [f"{commune}/{_AGENCY_OF_COMMUNE[Kind(unit.kind)]}" for commune in communes]
        above = city.agency(unit.kind)
        assert above is not None
        found.append(_shared(unit, below, above, unit.functions))
        if unit.kind == Kind.OFFICE:
            _internal_affairs_to_its_board(world, found[-1])
    return found


def _shared(unit: Unit, below: list[Heir] | list[str], above: Unit, functions: tuple[str, ...]) -> Inheritance:
    local = [f for f in functions if f not in _TO_CITY]
    shares: dict[str, Heir] = {f: above for f in functions if f in _TO_CITY}
    shares |= {f: below[n % len(below)] for n, f in enumerate(local)}
    return Inheritance(unit, [*below, above], shares)


def _internal_affairs_to_its_board(world: World, office: Inheritance) -> None:
    board = world.city.agency(Kind.INTERNAL_AFFAIRS)
    assert board is not None
    office.heirs.append(board)
    office.shares |= {"nc-noi-chinh": board, "nc-tham-nhung": board}


def _commune(world: World, code: str, heirs: list[str]) -> list[Inheritance]:
    """Xã hợp nhất: một nơi nhận. Xã bị chia: hai, ba nơi; việc gắn với địa bàn phải quyết định từng nhóm."""
    old = world.committees[code]
    office = old.agency(Kind.OFFICE)
    assert office is not None
    return [Inheritance(old, list(heirs)), Inheritance(office, [f"{heir}/{Kind.OFFICE}" for heir in heirs])]
