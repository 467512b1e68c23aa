"""Quy định xếp loại, là giá trị thuần đọc từ ``rules.json``: mỗi bộ có ngày hiệu lực, nguồn và độ chắc chắn."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from tinhgon.engine.leave.rules import Source


class Level(StrEnum):
    """Bốn mức, cao xuống thấp."""

    EXCELLENT = "excellent"
    GOOD = "good"
    DONE = "done"
    FAILED = "failed"


GOOD_OR_BETTER = frozenset({Level.EXCELLENT, Level.GOOD})


@dataclass(frozen=True, slots=True)
class Bar:
    """Điều kiện của một mức; ``None``: quy định không nêu."""

    points: int | None = None
    on_time: Fraction | None = None
    exceeded: Fraction | None = None
    late: Fraction | None = None


@dataclass(frozen=True, slots=True)
class HigherShare:
    """Tỉ lệ cao hơn mà một nguồn cho phép, khi ``when``."""

    share: Fraction
    when: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """``until``: ngày cuối, vẫn tính. ``general``, ``result``: điểm tối đa của phần chung và phần kết quả; ``None``: bộ này không chấm điểm."""

    code: str
    name: str
    side: str
    since: date
    until: date | None
    periods: frozenset[str]
    source: Source
    general: int | None
    result: int | None
    bars: Mapping[Level, Bar]
    share: Fraction
    share_source: Source
    higher: HigherShare | None

    def applies(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)

    def level_of(self, points: Fraction) -> Level | None:
        """Mức mà số điểm chạm tới, chưa xét điều kiện khác; ``None`` khi bộ này không chấm điểm."""
        reached = [level for level, bar in self.bars.items() if bar.points is not None and points >= bar.points]
        return reached[0] if reached else None


@dataclass(frozen=True, slots=True)
class EmulationTitle:
    """Danh hiệu thi đua mà mức xếp loại năm mở đường để đề nghị; ``share``: tỉ lệ tối đa trong những người được danh hiệu trước."""

    title: str
    least: Level
    share: Fraction | None
    source: Source


@dataclass(frozen=True, slots=True)
class GradingBook:
    """Các bộ, và các danh hiệu từ thấp lên cao."""

    sets: tuple[Rules, ...]
    titles: tuple[EmulationTitle, ...]

    def on(self, day: date, *, side: str = "party", period: str) -> Rules | None:
        """Bộ áp dụng cho kỳ kết thúc ngày ``day``; ``None``: không bộ nào biết kỳ này trong ngày ấy."""
        return next((rules for rules in self.sets if rules.side == side and rules.applies(day) and period in rules.periods), None)

    def by_code(self, code: str) -> Rules:
        """``KeyError`` khi không có bộ ấy."""
        return {rules.code: rules for rules in self.sets}[code]


def book_from(data: Mapping[str, Any]) -> GradingBook:
    """Dữ liệu thành quyển; thiếu hay sai ô nào thì ``KeyError`` hay ``ValueError`` nói ô ấy."""
    return GradingBook(tuple(_rules(row) for row in data["sets"]), tuple(_title(row) for row in data["emulation"]))


def shipped_data() -> dict[str, Any]:
    """Quyển đi kèm chương trình, là phiên bản đầu; mỗi lần gọi một bản riêng."""
    return json.loads(files("tinhgon.engine.grading").joinpath("rules.json").read_text(encoding="utf-8"))


@cache
def shipped() -> GradingBook:
    return book_from(shipped_data())


def _title(row: Mapping[str, Any]) -> EmulationTitle:
    return EmulationTitle(row["title"], Level(row["least"]), Fraction(row["share"]) if row["share"] else None, Source.of(row["source"]))


def _rules(row: Mapping[str, Any]) -> Rules:
    higher = row["cap"]["higher"]
    return Rules(
        code=row["code"], name=row["name"], side=row["side"], since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]) if row["until"] else None, periods=frozenset(row["periods"]), source=Source.of(row["source"]),
        general=row["general"], result=row["result"], bars={level: _bar(row["levels"][level]) for level in Level},
        share=Fraction(row["cap"]["share"]), share_source=Source.of(row["cap"]["source"]),
        higher=HigherShare(Fraction(higher["share"]), higher["when"], Source.of(higher["source"])) if higher else None,
    )  # fmt: skip


def _bar(row: Mapping[str, Any]) -> Bar:
    shares = {name: Fraction(row[name]) for name in ("on_time", "exceeded", "late") if row.get(name) is not None}
    return Bar(points=row.get("points"), **shares)
