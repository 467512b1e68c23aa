"""Tệp bài toán dự báo (``docs/schemas/transition-problem.schema.json``) thành các phương án cần chạy, kết quả thành JSON."""

import json
import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from tinhgon.engine import jsonvalues as d
from tinhgon.engine.transition.model import (
    MOST_DAYS,
    Move,
    Post,
    Problem,
    Queue,
    Result,
    in_waves,
    shifted,
    validated,
)
from tinhgon.engine.workdays import WorkCalendar

FORMAT = "tinhgon-transition-1"
RESULT_FORMAT = "tinhgon-forecast-1"
_AMOUNT, _PART = d.number(0, 1e9), d.number(0, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """Cách chuyển khác để so: lùi ``shift`` ngày làm việc, hay chia ``waves`` đợt cách nhau ``every`` ngày làm việc."""

    name: str
    shift: int = 0
    waves: int = 1
    every: int = 10


_QUEUE = d.row(
    Queue,
    {"id": d.name, "unit": d.text, "function": d.text, "backlog": _AMOUNT, "arrivals": _AMOUNT, "spread": _AMOUNT, "service_spread": _AMOUNT},
    frozenset({"id"}),
)
_POST = d.row(Post, {"person": d.name, "queue": d.name, "rate": _AMOUNT, "share": _PART}, frozenset({"person", "queue", "rate"}))
_MOVE = d.row(
    Move,
    {
        "person": d.name, "on": d.day, "source": d.text, "target": d.text, "rate": _AMOUNT, "share": _PART, "source_rate": _AMOUNT, "start": _PART,
        "tau": d.number(0.001, 1e6), "brings": _PART,
    },
    frozenset({"person", "on"}),
)  # fmt: skip
_VARIANT = d.row(
    Variant, {"name": d.name, "shift": d.whole(-MOST_DAYS, MOST_DAYS), "waves": d.whole(1, 100), "every": d.whole(0, MOST_DAYS)}, frozenset({"name"})
)
_PROBLEM = d.row(
    lambda **given: given,
    {
        "format": d.one_of(FORMAT), "start": d.day, "days": d.whole(1, MOST_DAYS), "holidays": d.many(d.day), "working_weekends": d.many(d.day),
        "queues": d.many(_QUEUE), "posts": d.many(_POST), "moves": d.many(_MOVE), "normal": d.number(1, 100), "pile_days": _AMOUNT,
        "variants": d.many(_VARIANT),
    },
    frozenset({"format", "start", "days", "queues"}),
)  # fmt: skip


def read_problem(text: str | bytes) -> tuple[Problem, tuple[Variant, ...]]:
    """Bài toán, và các cách chuyển khác. ``Refused`` khi tệp sai dạng, hay như ``validated`` khi bài toán sai."""
    given = _PROBLEM(d.parse(text), "")
    variants = given.pop("variants", ())
    calendar = WorkCalendar(frozenset(given.pop("holidays", ())), frozenset(given.pop("working_weekends", ())))
    given.pop("format")
    return validated(Problem(calendar=calendar, **given)), variants


def changed(problem: Problem, variant: Variant) -> Problem:
    """Bài toán với cách chuyển ấy."""
    moved = shifted(problem, variant.shift) if variant.shift else problem
    return in_waves(moved, waves=variant.waves, every=variant.every)


def result_dict(name: str, problem: Problem, result: Result) -> dict[str, Any]:
    queues = {queue.id: queue for queue in problem.queues}
    return {
        "name": name, "weeks": [day.isoformat() for day in result.weeks], "total": _rounded(result.total_weekly), "back_on": _told(result.back_on),
        "lost_days": round(result.lost_days, 1),
        "queues": [
            {
                "id": one.queue, "unit": queues[one.queue].unit, "function": queues[one.queue].function, "weekly": _rounded(one.weekly),
                "peak": round(one.peak, 1), "peak_on": _told(one.peak_on), "normal": round(one.normal, 1), "back_on": _told(one.back_on),
                "top_load": _told(one.top_load), "last_load": _told(one.last_load),
                "warnings": [{"code": each.code, **{key: _told(value) for key, value in each.data.items()}} for each in one.warnings],
            }
            for one in result.forecasts
        ],
    }  # fmt: skip


def results_json(results: list[dict[str, Any]]) -> str:
    return json.dumps({"format": RESULT_FORMAT, "variants": results}, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _rounded(table: tuple[tuple[float, float, float], ...]) -> list[list[float]]:
    return [[round(value, 1) for value in row] for row in table]


def _told(value: Any) -> Any:
    """Ngày thành chữ, số thực gọn; vô cùng (không ai làm) thành ``null``."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return round(value, 3) if math.isfinite(value) else None
    return value
