"""Mọi thứ để dự báo, đọc một lần: đo được gì, ai ở đâu, việc về đâu; giải được nhiều cách chuyển từ cùng một chỗ."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from tinhgon.core.workcalendar import work_calendar
from tinhgon.engine.transition.rates import rate_of
from tinhgon.engine.workdays import WorkCalendar
from tinhgon.org.models import Function
from tinhgon.reorg import plan
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.placing.posts import receiving_open_units
from tinhgon.reorg.workload.capacity import Rate, Shares, Team, proportional, rates, time_shares
from tinhgon.reorg.workload.destinations import Destinations, destinations
from tinhgon.reorg.workload.measuring import Key, Measured, measure
from tinhgon.reorg.workload.staff import Worker, staff_of

WEEKS_MEASURED, FEWEST_WEEKS, MOST_WEEKS = 12, 4, 52
LEAST_SPREAD, MOST_SPREAD = 0.5, 4.0


@dataclass(frozen=True, slots=True)
class Way:
    """Một cách chuyển: từ ngày nào, mấy đợt, đợt sau cách đợt trước bao nhiêu ngày làm việc."""

    on: date
    waves: int = 1
    every: int = 10


@dataclass(frozen=True)
class Ground:
    """Mọi thứ để dựng bài toán: đo được gì, ai ở đâu, việc về đâu. Đọc một lần, giải nhiều cách chuyển."""

    start: date
    calendar: WorkCalendar
    measured: Measured
    staff: tuple[Worker, ...]
    where: Destinations
    field_of: Mapping[int, int]

    @cached_property
    def people(self) -> dict[int, int]:
        """Đơn vị đang làm -> số người."""
        return dict(Counter(one.from_unit for one in self.staff))

    @cached_property
    def rates(self) -> dict[int, Rate]:
        return rates(self.measured, self.people)

    @cached_property
    def arrivals(self) -> dict[Key, float]:
        """(đơn vị đang giữ, chức năng) -> việc đến mỗi ngày làm việc."""
        days = max(self.measured.days, 1)
        return {key: sum(cell.arrived) / days for key, cell in self.measured.cells.items()}

    @cached_property
    def spreads(self) -> dict[Key, float]:
        """(đơn vị đang giữ, chức năng) -> độ thất thường của việc đến. Vài tuần thì số đo rất lỏng: giữ trong khoảng hợp lẽ."""
        return {key: min(max(rate_of(cell.arrived, default=0.0).spread, LEAST_SPREAD), MOST_SPREAD) for key, cell in self.measured.cells.items()}

    @cached_property
    def coming(self) -> dict[int, dict[int | None, float]]:
        """Đơn vị nhận -> chức năng -> việc sẽ đến mỗi ngày."""
        found: dict[int, dict[int | None, float]] = defaultdict(lambda: defaultdict(float))
        for (unit, function), amount in self.arrivals.items():
            for heir, part in self.where.of(unit, function).items():
                found[heir][function] += amount * part
        return found

    @cached_property
    def heirs(self) -> list[int]:
        return sorted({heir for key in self.measured.cells for heir in self.where.of(*key)} | {one.unit_id for one in self.staff if one.unit_id})

    @cached_property
    def mix(self) -> dict[int, Shares]:
        """Đơn vị đang làm -> người ở đó chia thời gian theo việc đến."""
        demand: dict[int, dict[int | None, float]] = defaultdict(dict)
        for (unit, function), amount in self.arrivals.items():
            if amount:
                demand[unit][function] = amount
        return {unit: proportional(wanted) for unit, wanted in demand.items()}

    @cached_property
    def target_mix(self) -> dict[int, dict[int | None, Shares]]:
        """Đơn vị nhận -> lĩnh vực của vị trí -> chia thời gian."""
        teams: dict[int, dict[int | None, float]] = defaultdict(lambda: defaultdict(float))
        for one in self.staff:
            if one.unit_id is not None:
                teams[one.unit_id][one.field_id] += self.rates[one.from_unit].per_day
        found = {}
        for heir, fields in teams.items():
            demand = {function: amount for function, amount in self.coming.get(heir, {}).items() if amount}
            found[heir] = time_shares(demand, self.field_of, [Team(field, capacity) for field, capacity in fields.items()])
        return found

    def days_of(self, way: Way, unit: int) -> list[date]:
        """Các ngày chuyển của một đơn vị: ít người hơn số đợt thì ít đợt hơn, để việc không ở lại nơi không còn ai."""
        return self.wave_days(way, min(way.waves, max(1, self.people.get(unit, 0))))

    def wave_days(self, way: Way, waves: int) -> list[date]:
        return [self.calendar.add_working_days(way.on, wave * way.every) for wave in range(waves)]


def ground_of(reorg: Reorganisation, *, weeks: int, today: date) -> Ground:
    """Đọc số liệu tới hết hôm qua. Số câu SQL không theo số đơn vị."""
    calendar = work_calendar()
    units = {*plan.affected_units(reorg), *receiving_open_units(reorg)}
    return Ground(
        start=today, calendar=calendar,
        measured=measure(sorted(units), until=today - timedelta(days=1), weeks=weeks, calendar=calendar),
        staff=tuple(staff_of(reorg)), where=destinations(reorg),
        field_of=dict(Function.objects.values_list("pk", "field_id")),
    )  # fmt: skip
