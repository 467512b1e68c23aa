"""Ghi các bảng đã kiểm tra xong: mỗi loại dòng một câu SQL."""

from collections.abc import Mapping

from django.db.backends.postgresql.psycopg_any import DateRange

from tinhgon.core import clock
from tinhgon.org.importing.people import KnownPeople
from tinhgon.org.importing.rows import Row, Sheet
from tinhgon.org.importing.units import SCHEME, Known
from tinhgon.org.models import (
    Appointment,
    ExternalCode,
    Person,
    Post,
    Term,
    Unit,
    UnitFunction,
    UnitVersion,
)


def write_units(units: Mapping[str, list[Row]], known: Known) -> dict[str, int]:
    """Mã -> danh tính của mọi đơn vị, vừa ghi và đã có."""
    moment = clock.now()
    made = Unit.objects.bulk_create([Unit(created_at=moment) for _code in units])
    ids = known.units | {code: unit.pk for code, unit in zip(units, made, strict=True)}
    rows = [row for versions in units.values() for row in versions]
    UnitVersion.objects.bulk_create(
        UnitVersion(
            unit_id=ids[row["code"]], valid=_valid(row), name=row["name"], short_name=row["short_name"],
            symbol=row["symbol"], kind=row["kind"], level=row["level"], is_organ=row["is_organ"],
            parent_id=ids[row["parent"]] if row["parent"] else None, decree=row["decree"],
        )
        for row in rows
    )  # fmt: skip
    UnitFunction.objects.bulk_create(
        UnitFunction(unit_id=ids[code], function_id=known.functions[function], valid=DateRange(*ends))
        for code, versions in units.items()
        for function, ends in _runs(versions, "functions")
    )
    Term.objects.bulk_create(
        Term(unit_id=ids[code], name=name, valid=DateRange(*ends))
        for code, versions in units.items()
        for name, ends in _runs(versions, "term")
    )
    _write_codes(units, ids)
    return ids


def _write_codes(units: Mapping[str, list[Row]], ids: Mapping[str, int]) -> None:
    own = [ExternalCode(unit_id=ids[code], scheme=SCHEME, era="", code=code) for code in units]
    given = {
        external: ids[code] for code, versions in units.items() for row in versions for external in row["external_codes"]
    }
    others = [ExternalCode(unit_id=unit, scheme=s, era=era, code=code) for (s, era, code), unit in given.items()]
    ExternalCode.objects.bulk_create(own + others)


def _runs(versions: list[Row], key: str) -> list[tuple[str, tuple]]:  # type: ignore[type-arg]
    """Giá trị -> khoảng ngày liền của các phiên bản cùng mang giá trị ấy: một chức năng qua hai phiên bản là một dòng."""
    open_runs: dict[str, list] = {}  # type: ignore[type-arg]
    done: list[tuple[str, tuple]] = []  # type: ignore[type-arg]
    for row in versions:
        values = [row[key]] if isinstance(row[key], str) else row[key]
        current = [value for value in values if value]
        for value in [value for value, ends in open_runs.items() if value not in current or ends[1] != row["since"]]:
            done.append((value, tuple(open_runs.pop(value))))
        for value in current:
            open_runs.setdefault(value, [row["since"], None])[1] = row["until"]
    return done + [(value, tuple(ends)) for value, ends in open_runs.items()]


def write_people(
    posts: Sheet, people: Sheet, appointments: Sheet, units: Mapping[str, int], known: KnownPeople
) -> None:
    """Ghi vị trí, người, phân công."""
    made_posts = Post.objects.bulk_create(
        Post(
            unit_id=units[row["unit"]], title=row["title"], role=row["role"], rank=row["rank"], seats=row["seats"],
            clearance=row["clearance"], valid=_valid(row),
        )
        for row in posts.rows
    )  # fmt: skip
    post_ids = known.posts | {row["code"]: post.pk for row, post in zip(posts.rows, made_posts, strict=True)}
    made_people = Person.objects.bulk_create(Person(full_name=row["full_name"], code=row["code"]) for row in people.rows)
    person_ids = known.people | {person.code: person.pk for person in made_people}
    Appointment.objects.bulk_create(
        Appointment(
            person_id=person_ids[row["person"]], post_id=post_ids[row["post"]], is_main=row["is_main"],
            valid=_valid(row), decree=row["decree"],
        )
        for row in appointments.rows
    )  # fmt: skip


def _valid(row: Row) -> DateRange:
    return DateRange(row["since"], row["until"])
