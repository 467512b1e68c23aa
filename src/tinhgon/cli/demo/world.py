"""Thế giới mẫu trong bộ nhớ: những gì các bước sau cần biết về các bước trước."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tinhgon.cli.demo.geography import Geography
from tinhgon.cli.demo.text.grammar import Speaker
from tinhgon.cli.demo.text.words import WORDS

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MORNING = datetime(2025, 7, 1, 7, 30, tzinfo=ZONE)
TODAY = MORNING.date()
FIRST_DAY = date(2025, 1, 2)
SEED = 20250701


@dataclass(slots=True, eq=False)
class Seat:
    """Một người đang giữ một vị trí."""

    person_id: int
    name: str
    title: str
    role: str
    rank: int
    appointment_id: int
    unit: "Unit"


@dataclass(slots=True, eq=False)
class Unit:
    """Một đơn vị đang hoạt động. ``area``: địa bàn; ``call``: cách gọi cấp ủy của mình ("Quận ủy", "Đảng ủy phường")."""

    name: str
    short_name: str
    symbol: str
    kind: str
    level: str
    parent: "Unit | None"
    posts: tuple = ()
    functions: tuple[str, ...] = ()
    is_organ: bool = True
    code: str = ""
    era: str = ""
    area: str = ""
    place: str = ""  # địa bàn chính quyền, khi khác ``area`` (đảng ủy khối)
    call: str = ""
    since: date = date(2020, 7, 1)
    term: str = ""
    id: int = 0
    term_id: int | None = None
    children: list["Unit"] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)

    @property
    def committee(self) -> "Unit":
        """Cấp ủy mà đơn vị thuộc về (chính nó nếu là cấp ủy)."""
        unit = self
        while unit.kind != "committee":
            assert unit.parent is not None
            unit = unit.parent
        return unit

    @property
    def organ(self) -> "Unit":
        """Cơ quan có sổ: chính đơn vị, hoặc cơ quan chứa phòng này."""
        return self if self.is_organ or self.parent is None else self.parent.organ

    def agency(self, kind: str) -> "Unit | None":
        """Cơ quan loại ``kind`` của cấp ủy này."""
        return next((unit for unit in self.children if unit.kind == kind), None)

    @property
    def agencies(self) -> list["Unit"]:
        return [unit for unit in self.children if unit.is_organ and unit.kind not in ("committee", "centre")]

    @property
    def lower(self) -> list["Unit"]:
        """Các cấp ủy trực thuộc."""
        return [unit for unit in self.children if unit.kind == "committee"]


@dataclass(slots=True)
class Sizes:
    """Số lượng của một cỡ thế giới."""

    documents: int
    tasks_open: int
    tasks_done: int
    files: int
    fill: float  # phần ghế có người


SIZES = {
    # "map": đủ đơn vị và người của ba tỉnh, ít việc, chưa soạn phương án nào: để tự đi từ bản đồ tới chứng minh
    "full": Sizes(documents=60_000, tasks_open=12_000, tasks_done=24_000, files=300, fill=0.86),
    "map": Sizes(documents=600, tasks_open=900, tasks_done=100, files=12, fill=0.86),
    "small": Sizes(documents=400, tasks_open=150, tasks_done=600, files=12, fill=0.55),
}


@dataclass(slots=True)
class World:
    variant: str
    geography: Geography
    say: Callable[[str], None]
    rng: random.Random = field(default_factory=lambda: random.Random(SEED))
    units: list[Unit] = field(default_factory=list)  # cha đứng trước con
    committees: dict[str, Unit] = field(default_factory=dict)  # "79", "760", "26734": cấp ủy theo mã
    functions: dict[str, int] = field(default_factory=dict)
    types: dict[str, tuple[int, str]] = field(default_factory=dict)  # mã tên loại -> (id, ký hiệu)
    type_names: dict[str, str] = field(default_factory=dict)
    cites: dict[int, Any] = field(default_factory=dict)  # văn bản -> văn bản cùng cơ quan mà nó dẫn
    speaker: Speaker = field(init=False)

    def __post_init__(self) -> None:
        self.speaker = Speaker(self.rng, WORDS)

    @property
    def sizes(self) -> Sizes:
        return SIZES[self.variant]

    @property
    def city(self) -> Unit:
        return self.committees["79"]

    def unit(self, committee: str, kind: str = "committee") -> Unit:
        """Cấp ủy theo mã địa bàn, hay cơ quan loại ``kind`` của cấp ủy ấy."""
        found = self.committees[committee]
        if kind == "committee":
            return found
        agency = found.agency(kind)
        if agency is None:
            raise KeyError((committee, kind))
        return agency
