"""Người, vị trí, phân công: ghế đứng đầu và văn thư luôn có người; vài người kiêm nhiệm ghế còn trống."""

from datetime import date, timedelta

from tinhgon.cli.demo import bulk, names
from tinhgon.cli.demo.text.context import written
from tinhgon.cli.demo.world import Seat, Unit, World
from tinhgon.org.models import Appointment, Kind, Person, Post, Role
from tinhgon.org.templates import PostTemplate

_SECOND_JOB = 0.3
_SMALL_CAP: dict[str, int] = {Role.SPECIALIST: 1, Role.STANDING_COMMITTEE: 1}


def staff(world: World) -> None:
    """Ghi vị trí của mọi đơn vị rồi đặt người vào ghế."""
    _administrator_post(world)
    posts = [(unit, post) for unit in world.units for post in unit.posts]
    ids = bulk.reserve(Post, len(posts))
    bulk.copy(
        Post,
        ("id", "unit_id", "title", "role", "rank", "seats", "clearance", "valid"),
        (
            (pk, unit.id, post.title, str(post.role), post.rank, post.seats, post.clearance, bulk.days(unit.since))
            for pk, (unit, post) in zip(ids, posts, strict=True)
        ),
    )
    places = [(pk, unit, post) for pk, (unit, post) in zip(ids, posts, strict=True)]
    _fill(world, places)


def _administrator_post(world: World) -> None:
    office = world.unit("79", Kind.OFFICE)
    office.posts = (*office.posts, PostTemplate("Quản trị hệ thống", Role.ADMINISTRATOR, 5))


def _fill(world: World, places: list[tuple[int, Unit, PostTemplate]]) -> None:
    taken = [(pk, unit, post) for pk, unit, post in places for _seat in range(_people_in(world, post))]
    people = bulk.reserve(Person, len(taken))
    chosen = names.full_names(world.rng, len(taken))
    bulk.copy(
        Person,
        ("id", "full_name", "code"),
        ((pk, name, f"CB{n:06d}") for n, (pk, name) in enumerate(zip(people, chosen, strict=True), start=1)),
    )
    appointments = bulk.reserve(Appointment, len(taken))
    rows = []
    for appointment, (post_id, unit, post), person, name in zip(appointments, taken, people, chosen, strict=True):
        unit.seats.append(Seat(person, name, post.title, post.role, post.rank, appointment, unit))
        rows.append((appointment, person, post_id, True, *_term_of_office(world, unit)))
    rows += _second_jobs(world, places)
    bulk.copy(Appointment, ("id", "person_id", "post_id", "is_main", "valid", "decree"), rows)


def _people_in(world: World, post: PostTemplate) -> int:
    if post.rank == 1 or post.role in (Role.CLERK, Role.ADMINISTRATOR):
        return min(post.seats, 2) if world.variant == "small" else post.seats
    if world.variant == "small":
        return min(post.seats, _SMALL_CAP.get(post.role, 1))
    if post.seats == 1:
        return int(world.rng.random() < 0.9)
    return sum(world.rng.random() < world.sizes.fill for _seat in range(post.seats))


def _term_of_office(world: World, unit: Unit) -> tuple[str, str]:
    since = unit.since + timedelta(days=world.rng.randrange(max(1, (date(2025, 5, 1) - unit.since).days)))
    symbol = unit.committee.symbol
    return bulk.days(since), f"Quyết định số {world.rng.randint(11, 980)}-QĐ/{symbol} ngày {written(since)}"


def _second_jobs(world: World, places: list[tuple[int, Unit, PostTemplate]]) -> list[tuple]:
    """Cấp phó còn trống ghế thì thỉnh thoảng do một người ở cơ quan bên cạnh kiêm nhiệm; và một người ở Văn phòng Thành ủy."""
    vacant = [
        (pk, unit)
        for pk, unit, post in places
        if post.rank == 2 and unit.is_organ and unit.kind != Kind.COMMITTEE and unit.committee is not world.city and len(_in_post(unit, post)) < post.seats
    ]
    chosen = [_known_second_job(world, places)]
    busy = {chosen[0][2].person_id}
    for pk, unit in vacant:
        neighbours = [s for s in _heads_nearby(unit) if s.person_id not in busy]
        if neighbours and world.rng.random() < _SECOND_JOB:
            chosen.append((pk, unit, world.rng.choice(neighbours)))
            busy.add(chosen[-1][2].person_id)
    ids = bulk.reserve(Appointment, len(chosen))
    titles = {pk: post.title for pk, _unit, post in places}
    rows = []
    for appointment, (post_id, unit, seat) in zip(ids, chosen, strict=True):
        title = titles[post_id]
        unit.seats.append(Seat(seat.person_id, seat.name, title, Role.UNIT_HEAD, 2, appointment, unit))
        rows.append((appointment, seat.person_id, post_id, False, *_term_of_office(world, unit)))
    return rows


def _heads_nearby(unit: Unit) -> list[Seat]:
    """Cấp phó của các cơ quan khác trong cùng cấp ủy."""
    return [s for u in unit.committee.agencies if u is not unit for s in u.seats if s.rank == 2]


def _known_second_job(world: World, places: list[tuple[int, Unit, PostTemplate]]) -> tuple[int, Unit, Seat]:
    office, board = world.unit("79", Kind.OFFICE), world.unit("79", Kind.INTERNAL_AFFAIRS)
    seat = next(s for s in office.seats if s.rank == 2)
    post_id = next(pk for pk, unit, post in places if unit is board and post.rank == 2)
    return post_id, board, seat


def _in_post(unit: Unit, post: PostTemplate) -> list[Seat]:
    return [seat for seat in unit.seats if seat.title == post.title]
