"""Bài toán dòng chảy của một cách chuyển: hàng chờ, người rời hàng cũ sang hàng mới, việc đi theo phần của kế hoạch."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tinhgon.engine.transition.model import NEW_FUNCTION, SAME_FUNCTION, Move, Queue
from tinhgon.reorg.workload.capacity import Shares
from tinhgon.reorg.workload.ground import Ground, Way
from tinhgon.reorg.workload.measuring import Key
from tinhgon.reorg.workload.staff import Worker

_NOTHING = -1
_TINY = 1e-9


def queues(ground: Ground) -> Iterator[Queue]:
    """Hàng đang có, rồi hàng của nơi nhận."""
    for key in sorted(ground.measured.cells, key=order):
        yield Queue(id=old(key), arrivals=ground.arrivals[key], spread=ground.spreads[key])
    for key in new_keys(ground):
        yield Queue(id=new(key))


def new_keys(ground: Ground) -> list[Key]:
    return sorted(((heir, function) for heir, wanted in ground.coming.items() for function in wanted), key=order)


@dataclass(frozen=True, slots=True)
class _Crowd:
    """Những người của một đơn vị cùng tới một nơi, cùng ngày."""

    unit: int
    heir: int | None
    day: date


def moves_of_people(ground: Ground, way: Way) -> Iterator[Move]:
    """Người của mỗi đơn vị giao chia đều cho các đợt, theo mã; ai ở lại đơn vị mình thì chỉ đổi phần việc ở đợt đầu."""
    crowds: dict[_Crowd, list[Worker]] = defaultdict(list)
    by_unit: dict[int, list[Worker]] = defaultdict(list)
    for one in sorted(ground.staff, key=lambda one: one.person_id):
        by_unit[one.from_unit].append(one)
    for unit, people in sorted(by_unit.items()):
        days = ground.days_of(way, unit)
        for place, one in enumerate(people):
            day = days[0] if one.stays else days[place * len(days) // len(people)]
            crowds[_Crowd(unit, one.unit_id, day)].append(one)
    for crowd, people in crowds.items():
        yield from _paired(ground, crowd, len(people), ground.mix.get(crowd.unit, {}), _after(ground, crowd, people))


def _after(ground: Ground, crowd: _Crowd, people: Sequence[Worker]) -> Shares:
    """Những người ấy chia thời gian ở nơi mới ra sao, tính chung: mỗi người theo lĩnh vực của vị trí mới."""
    mixes = ground.target_mix.get(crowd.heir, {}) if crowd.heir is not None else {}
    found: dict[int | None, float] = defaultdict(float)
    for field, count in Counter(one.field_id for one in people).items():
        for function, share in mixes.get(field, {}).items():
            found[function] += share * count / len(people)
    return found


def _paired(ground: Ground, crowd: _Crowd, count: int, before: Shares, after: Shares) -> Iterator[Move]:
    """Thời gian ở chức năng cũ sang chức năng mới: cùng chức năng ghép trước, phần còn lại ghép lần lượt."""
    left, right = dict(before), dict(after)
    for function in sorted(left.keys() & right.keys(), key=_number):
        yield _move(ground, crowd, count, function, function, _take(left, right, function, function))
    while left or right:
        source, target = min(left, key=_number, default=_NOTHING), min(right, key=_number, default=_NOTHING)
        yield _move(ground, crowd, count, source, target, _take(left, right, source, target))


def _take(left: dict[int | None, float], right: dict[int | None, float], source: int | None, target: int | None) -> float:
    mass = min(left.get(source, 1.0), right.get(target, 1.0))
    for side, function in ((left, source), (right, target)):
        if function in side:
            side[function] -= mass
            if side[function] <= _TINY:
                del side[function]
    return mass


def _move(ground: Ground, crowd: _Crowd, count: int, source: int | None, target: int | None, share: float) -> Move:
    known = 1.0 if crowd.unit == crowd.heir else SAME_FUNCTION
    return Move(
        person=f"{crowd.unit}>{crowd.heir}", on=crowd.day, rate=ground.rates[crowd.unit].per_day, share=share, count=count,
        start=known if source == target else NEW_FUNCTION,
        source="" if source == _NOTHING else old((crowd.unit, source)),
        target="" if target == _NOTHING or crowd.heir is None else new((crowd.heir, target)),
    )  # fmt: skip


def moves_of_work(ground: Ground, way: Way) -> Iterator[Move]:
    """Việc của mỗi hàng cũ sang các hàng mới theo phần của kế hoạch, mỗi đợt một phần bằng nhau; việc ở lại đơn vị mình thì ngay đợt đầu."""
    for key in sorted(ground.measured.cells, key=order):
        days = ground.days_of(way, key[0])
        for heir, part in sorted(ground.where.of(*key).items()):
            own = days[:1] if heir == key[0] else days
            for day in own:
                yield Move(
                    person=f"việc {key[0]}", on=day, source=old(key), target=new((heir, key[1])), share=0.0, brings=part / len(own)
                )


def old(key: Key) -> str:
    """Hàng chờ ở đơn vị đang giữ."""
    return f"c{key[0]}:{key[1] or 0}"


def new(key: Key) -> str:
    """Hàng chờ ở đơn vị nhận."""
    return f"m{key[0]}:{key[1] or 0}"


def order(key: Key) -> tuple[int, int]:
    return key[0], key[1] or 0


def _number(function: int | None) -> int:
    return function or 0
