"""Tìm đơn vị bằng tên cũ hay mới, tìm người bằng tên không dấu; người đã rời thì không còn trong danh bạ."""

import pytest

from tinhgon.org.models import Role
from tinhgon.org.services import structure
from tinhgon.org.tests.factories import (
    DECREE,
    MOVING_DAY,
    make_actor,
    make_appointment,
    make_person,
    make_post,
)
from tinhgon.search.selectors import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def asker(world):
    return make_actor(world.city_office, Role.SPECIALIST, full_name="Người Hỏi")


def found(asker, text, on=MOVING_DAY):
    return [(hit.kind, hit.id) for hit in search(asker, on=on, text=text).hits]


def test_a_unit_is_found_by_each_name_it_has_had(world, asker):
    structure.change_units([(world.north, {"name": "Đảng ủy phường Sài Gòn"})], on=MOVING_DAY, decree=DECREE)
    assert found(asker, "phường Sài Gòn") == [("org.unit", world.north)]
    assert found(asker, "phuong bac") == [("org.unit", world.north), ("org.unit", world.north_board)] or found(
        asker, "phuong bac"
    ) == [("org.unit", world.north_board), ("org.unit", world.north)]


def test_a_name_not_yet_in_force_is_not_found(world, asker):
    structure.change_units([(world.north, {"name": "Đảng ủy phường Tương Lai"})], on=MOVING_DAY.replace(year=2030), decree=DECREE)
    assert found(asker, "tương lai") == []


def test_a_person_is_found_while_they_hold_a_post(world, asker):
    here, gone = make_person("Đặng Thị Thủy"), make_person("Đặng Thị Thúy")
    post = make_post(world.south, seats=2)
    make_appointment(here, post)
    make_appointment(gone, post, until=MOVING_DAY)
    assert found(asker, "dang thi thuy") == [("org.person", here.pk)]
    assert {pk for _kind, pk in found(asker, "dang thi thuy", on=MOVING_DAY.replace(year=2024))} == {here.pk, gone.pk}


def test_a_staff_code_is_not_searched_by_everyone(world, asker):
    person = make_person("Lê Văn Mã")
    make_appointment(person, make_post(world.south))
    assert found(asker, person.code) == []
