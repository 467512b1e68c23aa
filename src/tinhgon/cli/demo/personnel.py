"""Hồ sơ năng lực và xếp loại bịa cho một văn phòng đang sống: đủ người biết nhiều việc, vài việc treo vào một người, vài thời hạn sắp tới."""

import random
import uuid
from datetime import date, timedelta

from tinhgon.cli.demo import bulk
from tinhgon.cli.demo.accounts import LOGINS, seat
from tinhgon.cli.demo.text.context import written
from tinhgon.cli.demo.world import MORNING, SEED, TODAY, Seat, Unit, World
from tinhgon.core.actor import Actor
from tinhgon.engine.grading import Level, cap_of
from tinhgon.engine.rulebook import Book
from tinhgon.org.models import Function, Kind, Person, Role
from tinhgon.personnel.models import (
    Appeal,
    Grading,
    GradingRound,
    Profile,
    PulseAnswer,
    PulsePart,
    PulseSurvey,
    Rotation,
    Skill,
    Training,
)
from tinhgon.personnel.selectors.rules import rules_of
from tinhgon.personnel.services import pulse
from tinhgon.personnel.services.rules import keep_shipped

_COURSES = {
    "tong-hop": "Kỹ năng tham mưu tổng hợp, biên tập văn kiện", "van-thu": "Nghiệp vụ văn thư, lưu trữ số", "tai-chinh": "Kế toán, tài chính đảng",
    "to-chuc": "Nghiệp vụ công tác tổ chức xây dựng Đảng", "kiem-tra": "Nghiệp vụ kiểm tra, giám sát", "tuyen-giao": "Kỹ năng tuyên truyền trên môi trường số",
    "noi-chinh": "Kiến thức pháp luật về phòng chống tham nhũng", "chuyen-doi-so": "Chuyển đổi số trong cơ quan Đảng",
}  # fmt: skip
_BASES = ("Chủ trì báo cáo tổng kết năm", "Rà soát năng lực tháng 4/2025", "Phụ trách trực tiếp lĩnh vực từ khi nhận vị trí", "Hoàn thành khóa bồi dưỡng và được giao việc")

_QUESTIONS = ("Tôi hiểu vì sao phải sắp xếp", "Tôi biết mình sẽ làm gì sau ngày sắp xếp", "Lãnh đạo lắng nghe ý kiến của tôi")
_COMMENTS = ("Mong được báo vị trí mới sớm hơn.", "Cần tập huấn phần mềm trước khi về phường.", "Đường đi làm xa gấp đôi, mong được xem xét.")


def write(world: World) -> None:
    """Ghi thẳng hàng loạt như các phần khác của thế giới mẫu; hạt giống riêng nên các phần khác không đổi."""
    rng = random.Random(SEED + 31)
    fields = dict(Function.objects.order_by("pk").values_list("code", "field"))
    codes = dict(Function.objects.values_list("field", "field__code"))
    seats = {seat.person_id: seat for unit in world.units for seat in reversed(unit.seats)}
    people = sorted(seats)
    lonely = {seat.person_id for seat in world.unit("79", Kind.OFFICE).seats if seat.role != Role.CLERK}
    skills = [row for person in people for row in _skills(rng, seats[person], fields) if not (person in lonely and row[1] == fields["cds-ung-dung"] and row[2] < 3)]
    bulk.copy(Skill, ("person_id", "field_id", "level", "is_main", "valid", "basis", "recorded_at"), skills)
    bulk.copy(Profile, ("person_id", "born_on", "sex"), [(person, *_private(rng, seats[person])) for person in people])
    bulk.copy(
        Training, ("person_id", "title", "field_id", "place", "finished_on", "recorded_at"),
        [_course(rng, row, codes[row[1]]) for row in skills if rng.random() < 0.35],
    )  # fmt: skip
    bulk.copy(Rotation, ("person_id", "kind", "term", "note", "basis", "recorded_at"), _rotations(rng, seats, people))


def _skills(rng: random.Random, seat: Seat, fields: dict[str, int]) -> list[tuple]:
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


def grade(world: World) -> None:
    """Xếp loại năm 2024: Văn phòng Thành ủy đã quyết định, một người khiếu nại; Văn phòng Quận ủy Quận 1 đang ở vòng tập thể."""
    rng = random.Random(SEED + 32)
    office, district = world.unit("79", Kind.OFFICE), world.unit("760", Kind.OFFICE)
    done = _round(world, office, decided=True)
    rows = _lines(rng, office, done)
    most = cap_of(rules_of(done), [Level.GOOD] * len(rows)).most
    for row in rng.sample(rows, most):
        row.self_level = row.proposed_level = row.level = Level.EXCELLENT
    Grading.objects.bulk_create(rows)
    appellant = next((row for row in rows if row.level == Level.GOOD and row.person_id == _login(world, "chuyenvien")), rows[-1])
    Appeal.objects.create(grading=appellant, text="Năm 2024 tôi có hai báo cáo chuyên đề hoàn thành vượt yêu cầu, đề nghị xem lại.", made_on=TODAY - timedelta(days=4))
    Grading.objects.bulk_create(_lines(rng, district, _round(world, district, decided=False)))


def _login(world: World, username: str) -> int:
    return next(seat(world, login).person_id for login in LOGINS if login.username == username)


def _round(world: World, unit: Unit, *, decided: bool) -> GradingRound:
    state = {"state": "decided", "decided_on": date(2025, 1, 10), "decree": "Quyết định số 12-QĐ/TU ngày 10/01/2025",
             "rules_version": keep_shipped(Book.GRADING)} if decided else {}
    return GradingRound.objects.create(
        unit_id=unit.id, authority_id=unit.committee.id, period="year", year=2024, rules="QD124-2023", opened_at=MORNING - timedelta(days=30 if decided else 6),
        self_until=date(2025, 1, 6) if decided else TODAY + timedelta(days=3), **state,
    )  # fmt: skip


def _lines(rng: random.Random, unit: Unit, round_: GradingRound) -> list[Grading]:
    """Mỗi người một dòng; đợt đã quyết định thì đủ cả ba vòng, đợt đang mở thì vài người chưa tự xếp."""
    rows: list[Grading] = []
    for person, title in dict.fromkeys((s.person_id, s.title) for room in (unit, *unit.children) if room is unit or not room.is_organ for s in room.seats):
        if any(row.person_id == person for row in rows):
            continue
        level = Level.DONE if rng.random() < 0.1 else Level.GOOD
        row = Grading(round=round_, person_id=person, title=title)
        if round_.state == "decided" or rng.random() < 0.6:
            row.self_level, row.self_note, row.self_at = level, "Hoàn thành các việc được giao; còn chậm một báo cáo trong quý I.", round_.opened_at
        if round_.state == "decided":
            row.level = row.proposed_level = level
            row.proposed_note, row.proposed_at = "Nhất trí với tự xếp loại.", round_.opened_at
        rows.append(row)
    return rows


def ask(world: World) -> None:
    """Hai đợt khảo sát đã khép (có xu hướng) và một đợt đang mở; phiếu bịa, chia theo nhóm như lúc mở."""
    rng = random.Random(SEED + 34)
    board = next(seat(world, login) for login in LOGINS if login.username == "bantochuc")
    actor = Actor(Person.objects.get(pk=board.person_id).user_id, board.appointment_id)
    for months, mood in ((2, 2.6), (1, 3.2), (0, None)):
        survey = pulse.open_survey(
            actor, on=TODAY, title=f"Tâm tư trước sắp xếp, tháng {7 - months}/2025", closes_on=TODAY + timedelta(days=6), questions=_QUESTIONS
        )
        if mood is None:
            continue
        groups = [(survey.groups[str(unit.id)], seat_) for unit in world.units for seat_ in unit.seats if str(unit.id) in survey.groups and rng.random() < 0.6]
        PulseAnswer.objects.bulk_create(
            PulseAnswer(
                id=uuid.UUID(int=rng.getrandbits(128), version=4), survey=survey, group=group, comment=rng.choice(_COMMENTS) if rng.random() < 0.1 else "",
                scores={code: min(5, max(1, round(rng.gauss(mood + 0.4 * place, 1)))) for place, (code, _text) in enumerate(survey.questions)},
            )
            for group, _seat in groups
        )  # fmt: skip
        PulsePart.objects.bulk_create(
            PulsePart(id=uuid.UUID(int=rng.getrandbits(128), version=4), survey=survey, person_id=person) for person in sorted({s.person_id for _g, s in groups})
        )
        PulseSurvey.objects.filter(pk=survey.pk).update(
            closes_on=TODAY - timedelta(days=30 * months - 20), opened_at=MORNING - timedelta(days=30 * months)
        )

