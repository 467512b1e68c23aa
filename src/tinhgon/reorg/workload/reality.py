"""Dự báo giữ lại lúc chốt, và thực tế sau khi chuyển giao: việc tồn từng tuần, việc xong, tỉ lệ đúng hạn, người rời đi."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from tinhgon.core import clock
from tinhgon.core.workcalendar import work_calendar
from tinhgon.engine.refusal import Refused
from tinhgon.engine.transition.model import Forecast
from tinhgon.org import work
from tinhgon.reorg.models import Expectation, Reorganisation
from tinhgon.reorg.workload.forecasting import Outlook, forecast
from tinhgon.reorg.workload.ground import WEEKS_MEASURED, Ground, Way, ground_of
from tinhgon.reorg.workload.measuring import Cell, backlog

Band = tuple[float, float, float]


def keep(reorg: Reorganisation, *, today: date) -> Expectation | None:
    """Giữ dự báo của phương án vừa chốt, thay bản trước. Không đo được việc nào thì không có gì để giữ."""
    ground = ground_of(reorg, weeks=WEEKS_MEASURED, today=today)
    try:
        found = forecast(ground, Way(reorg.effective_on), until=max(today, reorg.effective_on), detail=frozenset())
    except Refused:
        Expectation.objects.filter(reorganisation=reorg).delete()
        return None
    body = {
        "weeks": [day.isoformat() for day in found.weeks], "since": ground.measured.since.isoformat(), "days": ground.measured.days,
        "whole": _kept(found.whole, _past(ground), ground, None), "units": _kept_units(ground, found),
    }  # fmt: skip
    made, _created = Expectation.objects.update_or_create(
        reorganisation=reorg, defaults={"made_at": clock.now(), "measured_until": ground.measured.until, "body": body}
    )
    return made


def _kept_units(ground: Ground, found: Outlook) -> dict[str, Any]:
    past = _past_by_heir(ground)
    return {str(heir): _kept(one, past[heir], ground, heir) for heir, one in found.units.items()}


def _kept(one: Forecast, past: "Past", ground: Ground, heir: int | None) -> dict[str, Any]:
    return {
        "weekly": [[round(value, 1) for value in week] for week in one.weekly], "normal": round(one.normal, 1),
        "back_on": one.back_on.isoformat() if one.back_on else None, "past": [round(value, 1) for value in past.backlog],
        "arrived": round(past.arrived, 1), "finished": round(past.finished, 1), "due": round(past.due, 1), "on_time": round(past.on_time, 1),
        "people": sum(heir is None or who.unit_id == heir for who in ground.staff),
    }  # fmt: skip


@dataclass(slots=True)
class Past:
    """Đo được trước khi chuyển, phần sẽ về một đơn vị nhận."""

    backlog: list[float]
    arrived: float = 0.0
    finished: float = 0.0
    due: float = 0.0
    on_time: float = 0.0

    def add(self, cell: Cell, part: float) -> None:
        self.backlog = [a + part * b for a, b in zip(self.backlog, backlog(cell), strict=True)]
        self.arrived += part * sum(cell.arrived)
        self.finished += part * sum(cell.finished)
        self.due += part * cell.due
        self.on_time += part * cell.on_time


def _past(ground: Ground) -> Past:
    total = Past([0.0] * ground.measured.weeks)
    for cell in ground.measured.cells.values():
        total.add(cell, 1.0)
    return total


def _past_by_heir(ground: Ground) -> Mapping[int, Past]:
    found: dict[int, Past] = defaultdict(lambda: Past([0.0] * ground.measured.weeks))
    for key, cell in ground.measured.cells.items():
        for heir, part in ground.where.of(*key).items():
            found[heir].add(cell, part)
    return found


@dataclass(frozen=True, slots=True)
class Compared:
    """Một đơn vị nhận (hay cả lần sắp xếp): dự báo đã giữ và thực tế. ``unit_id`` trống: cả lần sắp xếp.

    ``weekly``: dự báo theo ``weeks``; ``past``: tồn các tuần trước; ``real``: (ngày, tồn đo được) từ ngày chuyển giao; ``now``: lúc này.
    ``last``: (ngày, đo được, dự báo) ở mốc tuần gần nhất đã qua. Việc xong, việc đến: trung bình mỗi tuần làm việc.
    """

    unit_id: int | None
    weekly: Sequence[Band]
    normal: float
    past: Sequence[float]
    real: Sequence[tuple[date, int]]
    now: int
    last: tuple[date, int, Band] | None
    finished_before: float
    finished_since: float
    arrived_before: float
    arrived_since: float
    on_time_before: tuple[float, float]
    on_time_since: tuple[int, int]
    people: int

    @property
    def verdict(self) -> str:
        """"above", "below", "within"; "early" khi chưa qua mốc tuần nào."""
        if self.last is None:
            return "early"
        _day, found, (low, _middle, high) = self.last
        return "above" if found > high else "below" if found < low else "within"


@dataclass(frozen=True)
class Reality:
    """``until``: đo tới hết ngày này. ``left``: người đã được chuyển mà nay không giữ vị trí nào; ``waiting``: đang chờ bố trí."""

    made_at: Any
    weeks: tuple[date, ...]
    past_days: tuple[date, ...]
    cut_over: date
    until: date
    whole: Compared
    units: tuple[Compared, ...]
    left: int
    waiting: int


def reality(reorg: Reorganisation, *, today: date) -> Reality | None:
    """So dự báo đã giữ với thực tế tới hết ``today``. ``None``: không có dự báo nào được giữ. Số câu SQL không theo số đơn vị, số tuần."""
    kept = Expectation.objects.filter(reorganisation=reorg).first()
    if kept is None:
        return None
    body = kept.body
    weeks = tuple(date.fromisoformat(day) for day in body["weeks"])
    until = min(today, weeks[-1])
    gone = [day for day in weeks if reorg.effective_on <= day <= until]
    heirs = sorted(int(unit) for unit in body["units"])
    opened = work.open_on_days(heirs, {*gone, until})
    since = _since(heirs, reorg.effective_on, until)
    days = max(1, work_calendar().working_days_between(reorg.effective_on - timedelta(days=1), until))
    span = _Span(weeks, gone, until, body["days"], days)
    units = tuple(
        _compared(int(unit), one, span, {day: opened.get((day, int(unit)), 0) for day in (*gone, until)}, since.get(int(unit), _Since()))
        for unit, one in body["units"].items()
    )
    together = {day: sum(opened.get((day, heir), 0) for heir in heirs) for day in (*gone, until)}
    whole = _compared(None, body["whole"], span, together, _total(since.values()))
    past_days = tuple(date.fromisoformat(body["since"]) + timedelta(days=7 * week + 6) for week in range(len(body["whole"]["past"])))
    left, waiting = _people_gone(reorg, today)
    return Reality(kept.made_at, weeks, past_days, reorg.effective_on, until, whole, units, left, waiting)


@dataclass(frozen=True, slots=True)
class _Span:
    weeks: tuple[date, ...]
    gone: Sequence[date]
    until: date
    days_before: int
    days_since: int


@dataclass(slots=True)
class _Since:
    arrived: int = 0
    finished: int = 0
    due: int = 0
    on_time: int = 0


def _since(heirs: Sequence[int], first: date, until: date) -> dict[int, _Since]:
    found: dict[int, _Since] = defaultdict(_Since)
    for row in work.by_week(heirs, since=first, until=until):
        one = found[row.unit_id]
        one.arrived += row.arrived
        one.finished += row.finished
        one.due += row.due
        one.on_time += row.on_time
    return dict(found)


def _total(rows: Any) -> _Since:
    rows = list(rows)
    return _Since(*(sum(getattr(row, name) for row in rows) for name in ("arrived", "finished", "due", "on_time")))


def _compared(unit: int | None, kept: dict[str, Any], span: _Span, opened: Mapping[date, int], since: _Since) -> Compared:
    weekly = [(low, middle, high) for low, middle, high in kept["weekly"]]
    last = (span.gone[-1], opened[span.gone[-1]], weekly[span.weeks.index(span.gone[-1])]) if span.gone else None
    before, after = max(1, span.days_before) / 5, span.days_since / 5
    return Compared(
        unit, weekly, kept["normal"], kept["past"], [(day, opened[day]) for day in span.gone], opened[span.until], last,
        finished_before=kept["finished"] / before, finished_since=since.finished / after,
        arrived_before=kept["arrived"] / before, arrived_since=since.arrived / after,
        on_time_before=(kept["on_time"], kept["due"]), on_time_since=(since.on_time, since.due), people=kept["people"],
    )  # fmt: skip


_PEOPLE_GONE = """
WITH moved AS (
    SELECT DISTINCT ap.person_id FROM org_ledger_row l JOIN org_appointment ap ON ap.id = l.item_id
    WHERE l.handover_id = %(handover)s AND l.direction = 'apply' AND l.kind = 'org.appointment'
), now AS (
    SELECT m.person_id, bool_or(NOT po.is_pool) AS works FROM moved m
    JOIN org_appointment a ON a.person_id = m.person_id AND a.valid @> %(on)s::date JOIN org_post po ON po.id = a.post_id GROUP BY 1
)
SELECT (SELECT count(*) FROM moved) - (SELECT count(*) FROM now), (SELECT count(*) FROM now WHERE NOT works)
"""


def _people_gone(reorg: Reorganisation, on: date) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE_GONE, {"handover": reorg.handover_id, "on": on})
        return cursor.fetchone()
