"""Hồ sơ năng lực bịa cho một văn phòng đang sống: đủ người biết nhiều việc, vài việc treo vào một người, vài thời hạn sắp tới."""

import random
from datetime import date, timedelta

from tinhgon.cli.demo import bulk
from tinhgon.cli.demo.text.context import written
from tinhgon.cli.demo.world import MORNING, SEED, TODAY, Seat, Unit, World
from tinhgon.org.models import Function, Role
from tinhgon.personnel.models import Profile, Rotation, Skill, Training

_COURSES = {
    "tong-hop": "Kỹ năng tham mưu tổng hợp, biên tập văn kiện", "van-thu": "Nghiệp vụ văn thư, lưu trữ số", "tai-chinh": "Kế toán, tài chính đảng",
    "to-chuc": "Nghiệp vụ công tác tổ chức xây dựng Đảng", "kiem-tra": "Nghiệp vụ kiểm tra, giám sát", "tuyen-giao": "Kỹ năng tuyên truyền trên môi trường số",
    "noi-chinh": "Kiến thức pháp luật về phòng chống tham nhũng", "chuyen-doi-so": "Chuyển đổi số trong cơ quan Đảng",
}  # fmt: skip
_BASES = ("Chủ trì báo cáo tổng kết năm", "Rà soát năng lực tháng 4/2025", "Phụ trách trực tiếp lĩnh vực từ khi nhận vị trí", "Hoàn thành khóa bồi dưỡng và được giao việc")


def write(world: World) -> None:
    """Ghi thẳng hàng loạt như các phần khác của thế giới mẫu; hạt giống riêng nên các phần khác không đổi."""
    rng = random.Random(SEED + 31)
    fields = dict(Function.objects.order_by("pk").values_list("code", "field"))
    codes = dict(Function.objects.values_list("field", "field__code"))
    seats = {seat.person_id: seat for unit in world.units for seat in reversed(unit.seats)}
    people = sorted(seats)
    skills = [row for person in people for row in _skills(rng, world, seats[person], fields)]
    bulk.copy(Skill, ("person_id", "field_id", "level", "is_main", "valid", "basis", "recorded_at"), skills)
    bulk.copy(Profile, ("person_id", "born_on", "sex"), [(person, *_private(rng, seats[person])) for person in people])
    bulk.copy(
        Training, ("person_id", "title", "field_id", "place", "finished_on", "recorded_at"),
        [_course(rng, row, codes[row[1]]) for row in skills if rng.random() < 0.35],
    )  # fmt: skip
    bulk.copy(Rotation, ("person_id", "kind", "term", "note", "basis", "recorded_at"), _rotations(rng, seats, people))


def _skills(rng: random.Random, world: World, seat: Seat, fields: dict[str, int]) -> list[tuple]:
    """Lĩnh vực chính lấy trong các lĩnh vực của đơn vị; lãnh đạo biết nhiều việc hơn, văn thư chuyên văn thư."""
    own = list(dict.fromkeys(fields[code] for code in _functions(seat.unit)))
    others = [field for field in dict.fromkeys(fields.values()) if field not in own]
    rng.shuffle(own)
    if seat.role == Role.CLERK:
        own.sort(key=lambda field: field != fields["vt-van-ban"])
    if not own:
        own, others = others[:1], others[1:]
    count = rng.choice((2, 3, 3, 4)) if seat.rank <= 2 else rng.choice((1, 1, 2, 2, 3))
    chosen = (own + (rng.sample(others, 1) if others and rng.random() < 0.25 else []))[:count]
    since = seat.unit.since + timedelta(days=rng.randrange(200))
    since = min(since, date(2025, 5, 20))
    rows = []
    for place, field in enumerate(chosen):
        level = rng.choice((3, 3, 4)) if place == 0 else rng.choice((1, 2, 2, 3))
        rows.append((seat.person_id, field, level, place == 0, bulk.days(since), f"{rng.choice(_BASES)}, {written(since)}", MORNING))
    return rows


def _functions(unit: Unit) -> tuple[str, ...]:
    """Chức năng của đơn vị; cấp ủy và phòng chưa ghi chức năng riêng thì theo các cơ quan, hay cơ quan chứa nó."""
    if unit.functions:
        return unit.functions
    if unit.kind == "committee":
        return tuple(code for agency in unit.agencies for code in agency.functions)
    return unit.parent.functions if unit.parent else ()


def _private(rng: random.Random, seat: Seat) -> tuple[date, str]:
    """Tuổi hợp với thứ bậc; giới tính theo chữ đệm của tên bịa."""
    youngest, oldest = (38, 60) if seat.rank <= 2 else (25, 58)
    sex = "female" if " Thị " in f" {seat.name} " else "male"
    return TODAY - timedelta(days=rng.randrange(youngest * 365, (oldest - (sex == "female") * 3) * 365)), sex


def _course(rng: random.Random, skill: tuple, code: str) -> tuple:
    finished = date(2022, 3, 1) + timedelta(days=rng.randrange(1100))
    place = rng.choice(("Học viện Cán bộ Thành phố", "Trường Chính trị", "Tập huấn trực tuyến của Văn phòng cấp ủy"))
    return skill[0], _COURSES[code], skill[1], place, finished, MORNING


def _rotations(rng: random.Random, seats: dict[int, Seat], people: list[int]) -> list[tuple]:
    rows = []
    for person in people:
        seat = seats[person]
        if seat.rank <= 2 and rng.random() < 0.12:
            since = date(2022, 7, 1) + timedelta(days=rng.randrange(900))
            rows.append((person, "posting", bulk.days(since, since + timedelta(days=1096)), "Xem xét khi kiện toàn sau sắp xếp", "Quy định 65-QĐ/TW", MORNING))
        elif seat.rank > 2 and rng.random() < 0.08:
            since = date(2021, 1, 4) + timedelta(days=rng.randrange(1200))
            rows.append((person, "change", bulk.days(since, since + timedelta(days=1461)), "", "Nghị định 59/2019/NĐ-CP", MORNING))
    return rows
