"""Dựng tổ chức nhỏ cho bài kiểm tra: qua các khối ghép thật, không đi tắt."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count

from django.db.backends.postgresql.psycopg_any import DateRange

from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.models import User
from tinhgon.org.models import Appointment, Kind, Level, Person, Post, Role
from tinhgon.org.services import structure
from tinhgon.org.services.structure import NewUnit
from tinhgon.org.templates import PostTemplate

BEGINNING = date(2020, 1, 1)
MOVING_DAY = date(2025, 7, 1)
DECREE = "Quyết định 01-QĐ/TU ngày 20/6/2025"
_numbers = count(1)


def make_unit(name: str, parent: int | None = None, *, kind: str = Kind.COMMITTEE, level: str = Level.COMMUNE,
              on: date = BEGINNING, posts: tuple[PostTemplate, ...] = (), functions: tuple[int, ...] = (),
              is_organ: bool = True, term: str = "") -> int:  # fmt: skip
    new = NewUnit(name, name, kind, level, parent, posts=posts, functions=functions, is_organ=is_organ, term=term)
    return structure.open_units([new], on=on, decree="Đầu kỳ")[0]


def make_post(unit_id: int, title: str = "Chuyên viên", *, role: str = Role.SPECIALIST, rank: int = 5, seats: int = 1,
              clearance: int = 0, on: date = BEGINNING) -> Post:  # fmt: skip
    return Post.objects.create(
        unit_id=unit_id, title=title, role=role, rank=rank, seats=seats, clearance=clearance, valid=DateRange(on, None)
    )


def make_person(full_name: str = "Nguyễn Văn An", *, account: bool = False) -> Person:
    number = next(_numbers)
    user = None
    if account:
        user = User.objects.create(
            username=f"nguoi{number}", display_name=full_name, created_at=clock.now(), password="!"
        )
    return Person.objects.create(full_name=full_name, code=f"CB{number:05}", user=user)


def make_appointment(person: Person, post: Post, *, on: date = BEGINNING, until: date | None = None,
                     is_main: bool = True) -> Appointment:  # fmt: skip
    return Appointment.objects.create(person=person, post=post, valid=DateRange(on, until), is_main=is_main)


def make_actor(unit_id: int, role: str, *, full_name: str = "Trần Thị Bình", clearance: int = 0) -> Actor:
    """Một người có tài khoản, giữ một vị trí mang vai trò ấy ở đơn vị."""
    person = make_person(full_name, account=True)
    post = make_post(unit_id, f"Vị trí {role}", role=role, rank=1, clearance=clearance)
    return Actor(person.user_id, make_appointment(person, post).pk)


@dataclass
class World:
    """Một Thành ủy, hai cấp ủy dưới, văn phòng và ban tổ chức ở mỗi cấp; người của ban tổ chức Thành ủy hành động."""

    city: int = field(init=False)
    city_office: int = field(init=False)
    city_board: int = field(init=False)
    north: int = field(init=False)
    south: int = field(init=False)
    north_board: int = field(init=False)
    keeper: Actor = field(init=False)

    def __post_init__(self) -> None:
        self.city = make_unit("Thành ủy", level=Level.PROVINCE, term="Nhiệm kỳ XI")
        self.city_office = make_unit("Văn phòng Thành ủy", self.city, kind=Kind.OFFICE, level=Level.PROVINCE)
        self.city_board = make_unit("Ban Tổ chức Thành ủy", self.city, kind=Kind.ORGANISATION, level=Level.PROVINCE)
        self.north = make_unit("Đảng ủy phường Bắc", self.city)
        self.south = make_unit("Đảng ủy phường Nam", self.city)
        self.north_board = make_unit("Ban Tổ chức Đảng ủy phường Bắc", self.north, kind=Kind.ORGANISATION)
        self.keeper = make_actor(self.city_board, Role.ORGANISATION_BOARD)
