"""Dự báo việc tồn của từng đơn vị nhận: dựng bài toán dòng chảy từ số đo, người và kế hoạch, rồi giải cho từng cách chuyển.

Hàng chờ là (đơn vị đang giữ, chức năng) và (đơn vị nhận, chức năng). Ngày chuyển, người rời hàng cũ sang hàng mới, việc đi theo phần của kế
hoạch. Tồn của một đơn vị nhận gồm cả việc sẽ về đó mà còn ở đơn vị cũ, nên đường không nhảy vào ngày chuyển.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tinhgon.engine.transition.model import Forecast, Group, Problem
from tinhgon.reorg.workload import door, flows
from tinhgon.reorg.workload.ground import Ground, Way
from tinhgon.reorg.workload.measuring import Key

WEEKS_AHEAD = 26
SLACK = 1.0
"""Tồn hơn lúc này chưa tới một việc thì vẫn là bình thường."""
_WHOLE = "*"


@dataclass(frozen=True)
class Outlook:
    """Kết quả của một cách chuyển: theo đơn vị nhận, và theo (đơn vị nhận, chức năng); ``whole``: cả lần sắp xếp.

    ``lost_days``: ngày công mất vì người chưa thạo việc mới, trong kỳ.
    """

    way: Way
    weeks: tuple[date, ...]
    whole: Forecast
    units: Mapping[int, Forecast]
    functions: Mapping[Key, Forecast]
    lost_days: float
    wave_days: tuple[date, ...]


def forecast(ground: Ground, way: Way, *, until: date, detail: frozenset[int] | None = None) -> Outlook:
    """``until``: kỳ dự báo tới nửa năm sau ngày ấy, nên nhiều cách chuyển so được với nhau. ``detail``: đơn vị nhận cần tới từng chức
    năng; ``None``: mọi đơn vị. ``engine.refusal.Refused`` khi không đo được việc nào.
    """
    result = door.simulate(problem_of(ground, way, until=until, detail=detail))
    by_id = {one.queue: _noticed(one) for one in result.forecasts}
    return Outlook(
        way, result.weeks, by_id[_WHOLE], {heir: by_id[_unit(heir)] for heir in ground.heirs},
        {key: by_id[flows.new(key)] for key in _detailed(ground, detail)}, result.lost_days, tuple(ground.wave_days(way, way.waves)),
    )  # fmt: skip


def _noticed(one: Forecast) -> Forecast:
    """Không lúc nào vượt mức bình thường thì không có gì để báo, dù tải cao."""
    return one if one.peak > one.normal else replace(one, warnings=())


def problem_of(ground: Ground, way: Way, *, until: date, detail: frozenset[int] | None = None) -> Problem:
    lead = max(0, ground.calendar.working_days_between(ground.start, until))
    return Problem(
        start=ground.start, days=5 * WEEKS_AHEAD + 5 * -(-lead // 5), calendar=ground.calendar, queues=tuple(flows.queues(ground)),
        moves=(*flows.moves_of_people(ground, way), *flows.moves_of_work(ground, way)), groups=tuple(_groups(ground, detail)), slack=SLACK,
    )  # fmt: skip


def _groups(ground: Ground, detail: frozenset[int] | None) -> Iterator[Group]:
    """Một nhóm cho mỗi đơn vị nhận, mỗi chức năng của đơn vị cần chi tiết, và cả lần sắp xếp."""
    parts: dict[Key, list[tuple[str, float]]] = {key: [(flows.new(key), 1.0)] for key in flows.new_keys(ground)}
    base: dict[Key, float] = defaultdict(float)
    for key, cell in ground.measured.cells.items():
        for heir, part in ground.where.of(*key).items():
            parts[heir, key[1]].append((flows.old(key), part))
            base[heir, key[1]] += cell.open * part
    by_heir: dict[int, list[Key]] = defaultdict(list)
    for key in parts:
        by_heir[key[0]].append(key)

    def group(name: str, keys: Sequence[Key]) -> Group:
        return Group(id=name, parts=tuple(part for key in keys for part in parts[key]), base=sum(base[key] for key in keys))

    yield from (group(_unit(heir), by_heir[heir]) for heir in ground.heirs)
    yield from (group(flows.new(key), [key]) for key in _detailed(ground, detail))
    everything = tuple((queue, 1.0) for queue in [*map(flows.old, ground.measured.cells), *map(flows.new, flows.new_keys(ground))])
    yield Group(id=_WHOLE, parts=everything, base=sum(base.values()))


def _detailed(ground: Ground, detail: frozenset[int] | None) -> list[Key]:
    return [key for key in flows.new_keys(ground) if detail is None or key[0] in detail]


def _unit(heir: int) -> str:
    return f"d{heir}"
