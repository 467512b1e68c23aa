"""Con số về năng lực của một nhóm: độ phủ theo lĩnh vực được giao, ghép hai nơi thành một, và không bao giờ về một người."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from tinhgon.core import clock
from tinhgon.org import figures
from tinhgon.org.figures import Absent, Structure, year_until
from tinhgon.org.models import Field, Function, UnitFunction
from tinhgon.org.tests.factories import BEGINNING, make_appointment, make_person, make_post, make_unit
from tinhgon.personnel.models import Skill

pytestmark = pytest.mark.django_db
YEAR = year_until(date(2025, 6, 20))
COVER = ("personnel.fields", "personnel.covered", "personnel.single", "personnel.bare")


@pytest.fixture
def fields():
    """Ba lĩnh vực, mỗi lĩnh vực hai chức năng."""
    made = [Field.objects.create(code=f"lv{n}", name=f"Lĩnh vực {n}", nature="experience") for n in range(3)]
    for field in made:
        Function.objects.bulk_create(Function(code=f"{field.code}-{n}", name="Chức năng", field=field) for n in range(2))
    return made


def filled(name: str, fields, *levels: tuple[int, int, bool]) -> int:
    """Đơn vị được giao mọi chức năng, năm người; ``levels``: (lĩnh vực, mức, chính) của những người đầu."""
    unit = make_unit(name)
    post = make_post(unit, seats=9)
    always = DateRange(BEGINNING, None)
    UnitFunction.objects.bulk_create(UnitFunction(unit_id=unit, function=f, valid=always) for f in Function.objects.filter(field__in=fields))
    people = [make_person(f"{name} {n}") for n in range(5)]
    for person in people:
        make_appointment(person, post)
    for person, (field, level, main) in zip(people, levels, strict=False):
        Skill.objects.create(person=person, field=fields[field], level=level, is_main=main, valid=always, basis="Rà soát", recorded_at=clock.now())
    return unit


def told(structure: Structure, *codes: str) -> list[object]:
    found = figures.total(codes, structure, YEAR)
    return [found[code] for code in codes]


def each(*units: int) -> Structure:
    return Structure(tuple((unit, unit) for unit in units))


def test_cover_asks_two_able_people_for_every_field_the_unit_is_given(fields):
    unit = filled("A", fields, (0, 2, True), (0, 3, True), (1, 4, True), (2, 1, True))
    assert told(each(unit), *COVER) == [3, 1, 1, 1]


def test_two_units_apart_hang_on_one_person_where_joined_they_do_not(fields):
    first, second = filled("A", fields, (0, 3, True), (1, 3, True)), filled("B", fields, (0, 3, True), (2, 2, True))
    assert told(each(first, second), *COVER) == [6, 0, 4, 2]
    assert told(Structure(((first, 1), (second, 1))), *COVER) == [3, 1, 2, 0]


def test_levels_are_counted_over_people(fields):
    unit = filled("A", fields, (0, 3, True), (1, 2, True), (2, 4, False), (2, 1, False))
    assert told(each(unit), "personnel.assessed", "personnel.masters", "personnel.proven") == [4, 1, 3]


def test_a_level_of_another_day_is_not_counted(fields):
    unit = filled("A", fields, (0, 3, True))
    Skill.objects.update(valid=DateRange(date(2025, 7, 1), None))
    assert told(each(unit), "personnel.assessed") == [0]


def test_duties_are_told_for_any_group_people_only_from_five(fields):
    unit = filled("A", fields, (0, 3, True))
    people = tuple(Skill.objects.values_list("person_id", flat=True))
    given = Structure(((unit, unit),), people=tuple((person, unit) for person in people))
    covered, single, known = told(given, "personnel.covered", "personnel.single", "personnel.fields")
    assert isinstance(covered, Absent)
    assert isinstance(single, Absent)
    assert known == 3
