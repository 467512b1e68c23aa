"""Nguyện vọng bịa mà giống thật: mỗi người có một xã, phường nhà ở; người ta muốn theo đơn vị mình, gần nhà, tiếp tục việc đang làm.

Lời nào cũng nói bằng nơi đang có (đơn vị mới chưa mở): "đảng ủy phường nhà" là phường mới nhận phường ấy, "ban mình" là nơi nhận ban ấy.
Nơi đặt trụ sở cũ của huyện thì đông người muốn, cơ quan thành phố thì nhiều người muốn mà ít ghế. Phần trăm đặt trước khi đo, không chỉnh theo kết quả.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from tinhgon.cli.demo import bulk
from tinhgon.cli.demo.geography import CITY
from tinhgon.cli.demo.world import MORNING, SEED, TODAY, Seat, Unit, World
from tinhgon.org.models import Level
from tinhgon.personnel.models import Wish, WishRound, WishSheet

_WRITES = 0.85
_AGREES = 0.6
_COUPLES = 0.02
_AT_HOME = 0.6
"""Người của xã thì sáu phần mười ở ngay xã ấy; còn lại, và người của huyện, ở một xã nào đó trong huyện."""
_COMMUNE_FIRST = (("own", 0.6), ("home", 0.3), ("own_commune", 0.1))
_DISTRICT_FIRST = (("home", 0.45), ("own", 0.35), ("above", 0.2))
_PROVINCE_FIRST = (("own", 0.6), ("home", 0.4))
_NEXT = ("own", "home", "own_commune", "seat", "neighbour", "above")
"""Các nguyện vọng sau lấy lần lượt ở đây, bỏ nơi đã nói hay không có."""
_NOTES = ("", "", "", "Con nhỏ, muốn gần nhà", "Muốn tiếp tục việc đang làm", "Bố mẹ già yếu, xin không đi xa")


def write(world: World) -> None:
    """Mỗi tỉnh một đợt đang mở; ai ở đơn vị phải sắp xếp cũng ghi được, phần lớn đã ghi."""
    rng = random.Random(SEED + 33)
    for province in world.geography.provinces:
        round_ = WishRound.objects.create(
            root_id=world.committees[province.code].id, title="Nguyện vọng trước khi bố trí về các phường, xã mới", opened_at=MORNING - timedelta(days=5),
            closes_on=TODAY + timedelta(days=9), note="Ghi nơi muốn làm nhất trước. Không ghi cũng không sao; ghi rồi vẫn sửa được tới hết ngày khép.",
        )  # fmt: skip
        _sheets(rng, world, round_, world.committees[province.code])


def _sheets(rng: random.Random, world: World, round_: WishRound, root: Unit) -> None:
    seats = [seat for seat in _moving(world, root) if rng.random() < _WRITES]
    partners = _couples(rng, seats)
    ids = bulk.reserve(WishSheet, len(seats))
    sheets, wishes = [], []
    for pk, seat in zip(ids, seats, strict=True):
        home = _home(rng, seat.unit)
        chosen = _chosen(rng, _places(rng, world, seat.unit, home), seat.unit.level)
        near = home.area if home and rng.random() < 0.5 else ""
        sheets.append(
            (pk, round_.pk, seat.person_id, near, partners.get(seat.person_id), rng.random() < _AGREES, rng.choice(_NOTES), MORNING - timedelta(hours=rng.randrange(1, 90)))
        )
        wishes += [(pk, rank, unit.id) for rank, unit in enumerate(chosen, start=1)]
    bulk.copy(WishSheet, ("id", "round_id", "person_id", "near", "with_person_id", "agrees_to_move", "note", "updated_at"), sheets)
    bulk.copy(Wish, ("sheet_id", "rank", "unit_id"), wishes)


def _moving(world: World, root: Unit) -> list[Seat]:
    """Người của các đơn vị kết thúc, mỗi người ở vị trí chính. Cơ quan và đảng ủy trực thuộc của thành phố thì ở lại."""
    found: dict[int, Seat] = {}
    for unit in world.units:
        if _root(unit) is root and not (root.code == CITY and _district(unit) is None):
            for seat in unit.seats:
                found.setdefault(seat.person_id, seat)
    return list(found.values())


def _root(unit: Unit) -> Unit:
    return unit if unit.parent is None else _root(unit.parent)


def _district(unit: Unit) -> Unit | None:
    """Cấp ủy huyện mà đơn vị thuộc về."""
    committee: Unit | None = unit.committee
    while committee is not None and not (committee.level == Level.DISTRICT and committee.code):
        committee = committee.parent
    return committee


def _communes(unit: Unit) -> list[Unit]:
    """Các xã quanh nơi làm việc: cùng huyện; cơ quan tỉnh thì mọi xã của tỉnh."""
    district = _district(unit)
    around = [district] if district else _root(unit).lower
    return [commune for one in around for commune in one.lower]


def _home(rng: random.Random, unit: Unit) -> Unit | None:
    own = unit.committee
    if own.level == Level.COMMUNE and rng.random() < _AT_HOME:
        return own
    around = _communes(unit)
    return rng.choice(around) if around else None


def _places(rng: random.Random, world: World, unit: Unit, home: Unit | None) -> dict[str, Unit | None]:
    """Tên một kiểu muốn -> đơn vị; ``None`` khi người ấy không có."""
    around, district = _communes(unit), _district(unit)
    own = unit.committee
    city = world.city if _root(unit) is world.city else None
    return {
        "own": unit, "home": home, "own_commune": own if own.level == Level.COMMUNE else None,
        "seat": around[0] if district and around else None, "neighbour": rng.choice(around) if around else None,
        "above": city.agency(unit.kind) if city and district is own else None,
    }  # fmt: skip


def _chosen(rng: random.Random, places: dict[str, Unit | None], level: str) -> list[Unit]:
    """Một tới ba nơi, muốn nhất trước."""
    first = {Level.COMMUNE: _COMMUNE_FIRST, Level.DISTRICT: _DISTRICT_FIRST}.get(Level(level), _PROVINCE_FIRST)
    names, chances = zip(*first, strict=True)
    order = [rng.choices(names, chances)[0], *_NEXT]
    found = list(dict.fromkeys(unit for name in order if (unit := places[name]) is not None))
    return found[: rng.choices((1, 2, 3), (0.1, 0.3, 0.6))[0]]


def _couples(rng: random.Random, seats: list[Seat]) -> dict[int, int]:
    """Vài đôi trong cùng huyện cùng ghi nhau; vài người chỉ một phía ghi."""
    of_district: dict[int, list[Seat]] = defaultdict(list)
    for seat in seats:
        district = _district(seat.unit)
        if district is not None:
            of_district[district.id].append(seat)
    return dict(pair for members in of_district.values() for pair in _paired(rng, members))


def _paired(rng: random.Random, members: list[Seat]) -> Iterator[tuple[int, int]]:
    people = [seat.person_id for seat in members]
    rng.shuffle(people)
    count = max(1, round(_COUPLES * len(people) / 2)) if len(people) > 3 else 0
    for number in range(count):
        one, other = people[2 * number : 2 * number + 2]
        yield one, other
        yield other, one
    if len(people) > 2 * count + 1 and rng.random() < 0.3:
        yield people[-1], people[0]
