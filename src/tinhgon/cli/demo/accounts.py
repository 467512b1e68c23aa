"""Tài khoản mẫu: chỉ những người này đăng nhập được, chung một mật khẩu, mỗi người mở trang Hôm nay là có việc."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.hashers import make_password

from tinhgon.cli.demo import rhythm
from tinhgon.cli.demo.letters import Letter, from_topic, signer
from tinhgon.cli.demo.tasks import Duty, duty
from tinhgon.cli.demo.world import MORNING, TODAY, Seat, Unit, World
from tinhgon.core.models import User
from tinhgon.org.models import Kind, Person, Role

PASSWORD = "TinhGon@01-07-2025"
_SALT = "the-gioi-mau-tinh-gon"  # cố định: thế giới mẫu nạp lại phải giống hệt; không phải tài khoản thật


@dataclass(frozen=True, slots=True)
class Login:
    """Một tài khoản: người đầu tiên giữ ``role`` (và ``rank``) ở cơ quan ``kind`` của cấp ủy ``committee``."""

    username: str
    duty: str
    where: str
    committee: str
    kind: str
    role: str
    rank: int = 0
    room: bool = False


LOGINS = (
    Login("chanhvanphong", "Chánh Văn phòng", "Văn phòng Thành ủy", "79", Kind.OFFICE, Role.OFFICE_HEAD, 1),
    Login("vanthu", "Văn thư", "Văn phòng Thành ủy", "79", Kind.OFFICE, Role.CLERK),
    Login("chuyenvien", "Chuyên viên", "Phòng Tổng hợp, Văn phòng Thành ủy", "79", Kind.OFFICE, Role.SPECIALIST, room=True),
    Login("kiemnhiem", "Phó Chánh Văn phòng, kiêm Phó Trưởng Ban Nội chính", "Văn phòng Thành ủy", "79", Kind.OFFICE, Role.OFFICE_HEAD, 2),
    Login("thuongtruc", "Phó Bí thư", "Thành ủy Thành phố Hồ Chí Minh", "79", Kind.COMMITTEE, Role.STANDING_COMMITTEE, 2),
    Login("bantochuc", "Trưởng Ban Tổ chức", "Ban Tổ chức Thành ủy", "79", Kind.ORGANISATION, Role.ORGANISATION_BOARD, 1),
    Login("kiemtra", "Chủ nhiệm Ủy ban Kiểm tra", "Ủy ban Kiểm tra Thành ủy", "79", Kind.INSPECTION, Role.INSPECTION, 1),
    Login("quantri", "Quản trị hệ thống", "Văn phòng Thành ủy", "79", Kind.OFFICE, Role.ADMINISTRATOR),
    Login("chanhvanphong.quan1", "Chánh Văn phòng", "Văn phòng Quận ủy Quận 1 (chia tách)", "760", Kind.OFFICE, Role.OFFICE_HEAD, 1),
    Login("vanthu.quan1", "Văn thư", "Văn phòng Quận ủy Quận 1", "760", Kind.OFFICE, Role.CLERK),
    Login("chuyenvien.quan1", "Chuyên viên", "Văn phòng Quận ủy Quận 1", "760", Kind.OFFICE, Role.SPECIALIST),
    Login("bithu.bennghe", "Bí thư", "Đảng ủy phường Bến Nghé, Quận 1 (hợp nhất)", "26740", Kind.COMMITTEE, Role.STANDING_COMMITTEE, 1),
    Login("vanthu.bennghe", "Văn thư", "Văn phòng Đảng ủy phường Bến Nghé, Quận 1", "26740", Kind.OFFICE, Role.CLERK),
    Login("bithu.dakao", "Bí thư", "Đảng ủy phường Đa Kao, Quận 1 (chia tách)", "26737", Kind.COMMITTEE, Role.STANDING_COMMITTEE, 1),
    Login("vanthu.dakao", "Văn thư", "Văn phòng Đảng ủy phường Đa Kao, Quận 1", "26737", Kind.OFFICE, Role.CLERK),
)  # fmt: skip


def open_all(world: World) -> None:
    """Mở tài khoản cho những người trong ``LOGINS``. Một lần băm mật khẩu cho cả nhóm."""
    password = make_password(PASSWORD, salt=_SALT)
    seats = [(login, seat(world, login)) for login in LOGINS]
    users = User.objects.bulk_create(
        User(username=login.username, display_name=found.name, password=password, created_at=MORNING)
        for login, found in seats
    )
    people = Person.objects.in_bulk([found.person_id for _login, found in seats])
    for (_login, found), user in zip(seats, users, strict=True):
        people[found.person_id].user = user
    Person.objects.bulk_update(people.values(), ["user"])


def seat(world: World, login: Login) -> Seat:
    unit = world.unit(login.committee, login.kind)
    if login.room:
        unit = next(child for child in unit.children if not child.is_organ)
    return next(s for s in unit.seats if s.role == login.role and login.rank in (0, s.rank))


def letters(world: World) -> Iterator[Letter]:
    """Văn bản của hôm nay chờ đúng người: chờ bút phê, chờ cấp số, đang xử lý, dự thảo trả lại."""
    for login in LOGINS:
        who = seat(world, login)
        if login.role == Role.OFFICE_HEAD:
            for book in (who.unit, who.unit.committee, who.unit.committee):
                yield _arrived(world, book, "registered")
        elif login.role == Role.CLERK:
            yield from (_draft(world, who.unit, state="ready", issuer=issuer) for issuer in (who.unit, who.unit, who.unit.committee))
            yield _arrived(world, who.unit.committee, "in_process", lead=who.unit)
        elif login.role == Role.SPECIALIST:
            book = who.unit.organ if login.room else who.unit.committee
            yield from (_arrived(world, book, "in_process", assignee=who) for _index in range(3))
            yield _draft(world, who.unit, drafter=who)
            yield _draft(world, who.unit, drafter=who, returned="Bổ sung căn cứ và rà lại số liệu tại mục 2 rồi trình lại.")


def duties(world: World) -> Iterator[Duty]:
    """Nhiệm vụ của đúng người: trễ, hôm nay, trong tuần; và nhiệm vụ chờ nghiệm thu của lãnh đạo."""
    for login in LOGINS:
        who = seat(world, login)
        unit = who.unit
        if login.role == Role.ADMINISTRATOR:
            continue
        above = unit.parent or unit
        yield duty(world, above, unit, state="in_progress", due=rhythm.working_day_after(TODAY, -3), assignee=who)
        yield duty(world, above, unit, state="in_progress", due=TODAY, assignee=who)
        yield duty(world, above, unit, state="accepted", due=rhythm.working_day_after(TODAY, 2), assignee=who)
        for child in [u for u in unit.children if u.kind != Kind.CENTRE][:2]:
            yield duty(world, unit, child, state="submitted", due=rhythm.working_day_after(TODAY, 1))


def _arrived(world: World, book: Unit, state: str, *, assignee: Seat | None = None, lead: Unit | None = None) -> Letter:
    letter = from_topic(world, book, "incoming", TODAY if state == "registered" else TODAY - timedelta(days=1))
    letter.state, letter.is_fixed, letter.assignee, letter.lead = state, True, assignee, lead
    letter.due_on = rhythm.working_day_after(TODAY, world.rng.choice((0, 1, 2)))
    return letter


def _draft(
    world: World, unit: Unit, *, state: str = "draft", issuer: Unit | None = None, drafter: Seat | None = None, returned: str = ""
) -> Letter:
    letter = from_topic(world, unit, "outgoing", rhythm.working_day_after(TODAY, -1))
    letter.state, letter.is_fixed, letter.issuer, letter.return_reason = state, True, issuer, returned
    letter.drafter = drafter or letter.drafter
    letter.signer = signer(world, issuer) if issuer else ""
    return letter
