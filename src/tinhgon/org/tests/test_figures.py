"""Sổ đăng ký con số: đếm theo nhóm, cộng hay đếm lại, giữ ngưỡng năm người, số câu SQL không theo số đơn vị."""

from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tinhgon.org import figures
from tinhgon.org.figures import Absent, Count, Figure, Foreseen, Period, Structure, year_until
from tinhgon.org.models import Kind, Role
from tinhgon.org.tests.factories import make_appointment, make_person, make_post, make_unit

pytestmark = pytest.mark.django_db
ON = date(2025, 6, 20)
YEAR = Period(date(2024, 6, 21), ON)


def filled(name: str, parent: int | None = None, *, people: int = 0, **extra) -> int:
    unit = make_unit(name, parent, **extra)
    make_post(unit, "Trưởng", role=Role.UNIT_HEAD, rank=1)
    make_post(unit, "Phó", role=Role.UNIT_HEAD, rank=2, seats=2)
    post = make_post(unit, seats=people or 1)
    for n in range(people):
        make_appointment(make_person(f"Lê Thị {n}"), post)
    return unit


@pytest.fixture
def tree():
    """Cấp ủy có văn phòng với một phòng; sáu người ở văn phòng, hai ở phòng."""
    top = filled("Thành ủy")
    office = filled("Văn phòng", top, kind=Kind.OFFICE, people=6)
    room = filled("Phòng", office, kind=Kind.ROOM, is_organ=False, people=2)
    return top, office, room


def each(*units: int) -> Structure:
    return Structure(tuple((unit, unit) for unit in units))


class TestCounting:
    def test_a_unit_is_counted_by_itself(self, tree):
        top, office, room = tree
        found = figures.read(["org.seats", "org.heads", "org.deputies", "org.staff"], each(*tree), YEAR)
        assert {code: values[office] for code, values in found.items()} == {"org.seats": 9, "org.heads": 1, "org.deputies": 2, "org.staff": 6}
        assert (found["org.staff"][top], found["org.staff"][room]) == (0, 2)

    def test_an_organ_is_counted_with_its_rooms(self, tree):
        top, office, room = tree
        found = figures.read(["org.units", "org.staff", "org.layers"], Structure(((top, top), (office, office), (room, office))), YEAR)
        assert (found["org.units"][office], found["org.staff"][office], found["org.layers"][office]) == (2, 8, 2)

    def test_layers_of_a_whole_are_counted_again_not_added(self, tree):
        assert figures.total(["org.layers", "org.units", "org.seats"], each(*tree), YEAR) == {"org.layers": 3, "org.units": 3, "org.seats": 3 * 3 + 6 + 2 + 1}

    def test_a_unit_not_open_that_day_is_not_counted(self, tree):
        before = Period(date(2018, 1, 1), date(2018, 12, 31))
        assert figures.total(["org.units", "org.staff"], each(*tree), before) == {"org.units": 0, "org.staff": 0}

    def test_people_may_be_given_instead_of_read(self, tree):
        _top, office, _room = tree
        people = tuple((make_person(f"Ngô {n}").pk, office) for n in range(4))
        assert figures.read(["org.staff"], Structure(((office, office),), people=people), YEAR)["org.staff"][office] == 4

    def test_a_figure_nobody_counts_is_not_in_the_answer(self, tree):
        assert figures.read(["org.nothing"], each(*tree), YEAR) == {}

    def test_as_many_questions_for_one_unit_as_for_many(self, tree):
        everything = list(figures.all_figures())
        many = [make_unit(f"Phường {n}", tree[0]) for n in range(20)]
        asked = []
        for units in (tree[:1], (*tree, *many)):
            with CaptureQueriesContext(connection) as queries:
                figures.read(everything, each(*units), YEAR)
            asked.append(len(queries))
        assert asked[0] == asked[1]


class TestSmallGroups:
    def test_figures_about_people_are_held_back_under_five(self, tree):
        top, office, room = tree
        found = figures.read(["personnel.assessed"], each(*tree), YEAR)["personnel.assessed"]
        assert found[office] == 0
        assert isinstance(found[room], Absent)
        assert isinstance(found[top], Absent)
        assert "dưới 5 người" in found[room].reason

    def test_a_whole_of_eight_people_is_shown_though_a_part_is_not(self, tree):
        assert figures.total(["personnel.assessed"], each(*tree), YEAR)["personnel.assessed"] == Fraction()

    def test_a_whole_under_five_is_held_back_too(self, tree):
        assert isinstance(figures.total(["personnel.assessed"], each(tree[2]), YEAR)["personnel.assessed"], Absent)


class TestRegistry:
    def test_every_figure_has_a_name_and_a_unit_and_lives_in_its_app(self):
        for code, figure in figures.all_figures().items():
            assert str(figure.label)
            assert str(figure.unit)
            assert code.split(".")[0] in ("org", "documents", "tasks", "personnel")

    def test_a_code_is_registered_once(self):
        again = Count((Figure("org.units", "x", "y", Foreseen.PLAN),), lambda structure, period: [])
        with pytest.raises(ValueError, match="org.units"):
            figures.register(again)


@pytest.mark.parametrize(("on", "since"), [(date(2025, 6, 20), date(2024, 6, 21)), (date(2024, 2, 28), date(2023, 2, 28)), (date(2024, 2, 29), date(2023, 3, 1))])
def test_a_year_ends_on_its_day(on, since):
    assert year_until(on) == Period(since, on)
