"""Số cấp phó theo Kết luận 187-KL/TW (29/8/2025): ba phép kiểm tra, và lộ trình giảm tới hết năm 2030.

1. Cấp phó không quá nửa biên chế được giao.
2. Cấp phó của đơn vị bên trong không nhiều hơn cấp phó của đơn vị trực tiếp chứa nó.
3. Cùng cấp: đơn vị không có đơn vị bên trong không nhiều cấp phó hơn đơn vị có đơn vị bên trong (so với nơi nhiều nhất trong số ấy).

Con số, ngày và nguồn ở ``rules.json``. Kết quả là lời nhắc, không chặn việc gì. Cơ quan hợp nhất được tạm vượt tới hết 2030.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from tinhgon.engine.leave.rules import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Một bộ. ``share``: cấp phó nhiều nhất trên biên chế; ``checks``: các phép kiểm tra đang dùng; ``last_year``: năm cuối được tạm vượt."""

    code: str
    name: str
    since: date
    until: date | None
    source: Source
    share: Fraction
    checks: frozenset["Check"]
    last_year: int


@dataclass(frozen=True, slots=True)
class DeputiesBook:
    sets: tuple[Rules, ...]

    def on(self, day: date) -> Rules:
        """Bộ của ngày ``day``: bộ cuối cùng đã có hiệu lực; sớm quá thì bộ đầu."""
        return next((rules for rules in reversed(self.sets) if rules.since <= day), self.sets[0])


class Check(StrEnum):
    HALF = "half"
    PARENT = "parent"
    SIBLINGS = "siblings"


@dataclass(frozen=True, slots=True)
class Team:
    """Một đơn vị: biên chế được giao, số cấp phó đang có, đơn vị trực tiếp chứa nó (``None`` khi ngay dưới cấp ủy), nhóm cùng cấp, có phòng bên trong không."""

    id: int
    headcount: int
    deputies: int
    parent: int | None
    peers: object
    has_inside: bool


@dataclass(frozen=True, slots=True)
class Breach:
    """``most``: nhiều nhất theo phép kiểm tra này. ``against``: đơn vị được so, ``None`` với phép thứ nhất."""

    team: int
    check: Check
    deputies: int
    most: int
    against: int | None = None


def book_from(data: Mapping[str, Any]) -> DeputiesBook:
    """Dữ liệu thành quyển; thiếu hay sai ô nào thì ``KeyError`` hay ``ValueError`` nói ô ấy."""
    return DeputiesBook(tuple(sorted((_rules(row) for row in data["sets"]), key=lambda rules: rules.since)))


def shipped_data() -> dict[str, Any]:
    """Quyển đi kèm chương trình, là phiên bản đầu; mỗi lần gọi một bản riêng."""
    return json.loads(files("tinhgon.engine.headcount").joinpath("rules.json").read_text(encoding="utf-8"))


@cache
def shipped() -> DeputiesBook:
    return book_from(shipped_data())


def _rules(row: Mapping[str, Any]) -> Rules:
    used = {Check.HALF} | {check for check, name in ((Check.PARENT, "inside"), (Check.SIBLINGS, "peers")) if row[name]["applies"]}
    return Rules(
        code=row["code"], name=row["name"], since=date.fromisoformat(row["since"]), until=date.fromisoformat(row["until"]) if row["until"] else None,
        source=Source.of(row["source"]), share=Fraction(row["half"]["share"]), checks=frozenset(used), last_year=row["way"]["last_year"],
    )  # fmt: skip


def breaches(rules: Rules, teams: Iterable[Team]) -> list[Breach]:
    """Mọi chỗ vượt, theo thứ tự đơn vị rồi phép kiểm tra."""
    listed = list(teams)
    by_id = {team.id: team for team in listed}
    widest: dict[object, Team] = {}
    for team in listed:
        if team.has_inside and (team.peers not in widest or team.deputies > widest[team.peers].deputies):
            widest[team.peers] = team
    found = []
    for team in listed:
        half = int(rules.share * team.headcount)
        if team.deputies > half:
            found.append(Breach(team.id, Check.HALF, team.deputies, half))
        above = by_id.get(team.parent) if team.parent is not None else None
        if Check.PARENT in rules.checks and above is not None and team.deputies > above.deputies:
            found.append(Breach(team.id, Check.PARENT, team.deputies, above.deputies, above.id))
        peer = widest.get(team.peers)
        if Check.SIBLINGS in rules.checks and not team.has_inside and peer is not None and team.deputies > peer.deputies:
            found.append(Breach(team.id, Check.SIBLINGS, team.deputies, peer.deputies, peer.id))
    return found


def reduction_plan(rules: Rules, deputies: int, most: int, *, year: int) -> Sequence[tuple[int, int]]:
    """(năm, số cấp phó cuối năm ấy) từ năm ``year`` tới ``last_year``, giảm đều và không năm nào tăng; đã đủ thì rỗng.

    ``year`` sau năm ấy: đã quá hạn, phải về mức ngay trong năm ấy.
    """
    excess = deputies - most
    if excess <= 0:
        return ()
    years = range(year, max(rules.last_year, year) + 1)
    return tuple((each, deputies - -(-excess * step // len(years))) for step, each in enumerate(years, start=1))
