"""Số cấp phó theo Kết luận 187-KL/TW (29/8/2025): ba phép kiểm tra, và lộ trình giảm tới hết năm 2030.

1. Cấp phó không quá nửa biên chế được giao.
2. Cấp phó của đơn vị bên trong không nhiều hơn cấp phó của đơn vị trực tiếp chứa nó.
3. Cùng cấp: đơn vị không có đơn vị bên trong không nhiều cấp phó hơn đơn vị có đơn vị bên trong (so với nơi nhiều nhất trong số ấy).

Nguồn đọc lại từ báo chí, chưa đối chiếu toàn văn: kết quả là lời nhắc, không chặn việc gì. Cơ quan hợp nhất được tạm vượt tới hết 2030.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

LAST_YEAR = 2030
SOURCE = "Kết luận 187-KL/TW, 29/8/2025"


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


def breaches(teams: Iterable[Team]) -> list[Breach]:
    """Mọi chỗ vượt, theo thứ tự đơn vị rồi phép kiểm tra."""
    listed = list(teams)
    by_id = {team.id: team for team in listed}
    widest: dict[object, Team] = {}
    for team in listed:
        if team.has_inside and (team.peers not in widest or team.deputies > widest[team.peers].deputies):
            widest[team.peers] = team
    found = []
    for team in listed:
        half = team.headcount // 2
        if team.deputies > half:
            found.append(Breach(team.id, Check.HALF, team.deputies, half))
        above = by_id.get(team.parent) if team.parent is not None else None
        if above is not None and team.deputies > above.deputies:
            found.append(Breach(team.id, Check.PARENT, team.deputies, above.deputies, above.id))
        peer = widest.get(team.peers)
        if not team.has_inside and peer is not None and team.deputies > peer.deputies:
            found.append(Breach(team.id, Check.SIBLINGS, team.deputies, peer.deputies, peer.id))
    return found


def reduction_plan(deputies: int, most: int, *, year: int) -> Sequence[tuple[int, int]]:
    """(năm, số cấp phó cuối năm ấy) từ năm ``year`` tới 2030, giảm đều và không năm nào tăng; đã đủ thì rỗng.

    ``year`` sau 2030: đã quá hạn, phải về mức ngay trong năm ấy.
    """
    excess = deputies - most
    if excess <= 0:
        return ()
    years = range(year, max(LAST_YEAR, year) + 1)
    return tuple((each, deputies - -(-excess * step // len(years))) for step, each in enumerate(years, start=1))
