"""Cơ cấu, danh bạ, ghế trống vào một ngày; số câu SQL không phụ thuộc số đơn vị."""

from datetime import timedelta

import pytest

from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.core.errors import NotFound
from tinhgon.org.models import Role
from tinhgon.org.selectors import people, units
from tinhgon.org.services import structure
from tinhgon.org.tests.factories import (
    BEGINNING,
    DECREE,
    MOVING_DAY,
    make_actor,
    make_appointment,
    make_person,
    make_post,
    make_unit,
)

pytestmark = pytest.mark.django_db


def test_the_tree_lists_parents_before_children_agencies_first_and_numbers_in_order(world):
    for name in ("Đảng ủy Phường 10", "Đảng ủy Phường 2", "Đảng ủy Đặc khu Côn Đảo"):
        make_unit(name, world.city)
    nodes = units.tree(on=MOVING_DAY)
    assert [(node.depth, node.name) for node in nodes] == [
        (0, "Thành ủy"),
        (1, "Văn phòng Thành ủy"),
        (1, "Ban Tổ chức Thành ủy"),
        (1, "Đảng ủy Đặc khu Côn Đảo"),
        (1, "Đảng ủy Phường 2"),
        (1, "Đảng ủy Phường 10"),
        (1, "Đảng ủy phường Bắc"),
        (2, "Ban Tổ chức Đảng ủy phường Bắc"),
        (1, "Đảng ủy phường Nam"),
    ]
    assert nodes[0].children == 7


def test_the_tree_of_a_part_stops_where_asked(world):
    assert [node.name for node in units.tree(on=MOVING_DAY, root=world.north)] == [
        "Đảng ủy phường Bắc", "Ban Tổ chức Đảng ủy phường Bắc",
    ]  # fmt: skip
    shallow = units.tree(on=MOVING_DAY, deepest=1)
    assert {node.name: node.children for node in shallow}["Đảng ủy phường Bắc"] == 1
    assert len(shallow) == 5


@pytest.mark.parametrize("size", [10, 100, 1000])
def test_the_tree_takes_one_query_for_any_size(world, size, django_assert_num_queries):
    structure.open_units(
        [structure.NewUnit(f"Xã {n}", f"Xã {n}", "committee", "commune", world.city) for n in range(size)],
        on=BEGINNING, decree=DECREE,
    )  # fmt: skip
    with django_assert_num_queries(1):
        assert len(units.tree(on=MOVING_DAY)) == size + 6


def test_the_days_on_which_structure_changed_are_the_steps_of_the_slider(world):
    structure.change_units([(world.north, {"name": "Đảng ủy phường Bắc Mới"})], on=MOVING_DAY, decree=DECREE)
    structure.close_units([world.south], on=MOVING_DAY + timedelta(days=30))
    assert units.change_dates() == [BEGINNING, MOVING_DAY, MOVING_DAY + timedelta(days=30)]


def test_a_closed_unit_still_shows_its_last_name_and_says_it_is_closed(world):
    structure.close_units([world.south], on=MOVING_DAY)
    shown = units.unit_at(world.south, on=MOVING_DAY)
    assert (shown.name, shown.is_open, shown.until) == ("Đảng ủy phường Nam", False, MOVING_DAY)
    assert units.unit_at(world.south, on=BEGINNING - timedelta(days=1)).name == "Đảng ủy phường Nam"


def test_a_planned_unit_is_not_shown(world):
    assert units.unit_at(structure.new_identities(1)[0], on=MOVING_DAY) is None


def test_the_path_runs_from_the_top_down(world):
    names = [unit.name for unit in units.path(world.north_board, on=MOVING_DAY)]
    assert names == ["Thành ủy", "Đảng ủy phường Bắc", "Ban Tổ chức Đảng ủy phường Bắc"]


def test_an_office_follows_the_term_of_its_committee(world):
    assert units.term_at(world.city_office, on=MOVING_DAY).name == "Nhiệm kỳ XI"
    assert units.term_at(world.city, on=MOVING_DAY).name == "Nhiệm kỳ XI"


def test_the_directory_lists_heads_first_then_given_names(world):
    post = make_post(world.city_office, seats=3)
    for name in ("Nguyễn Văn Ân", "Trần Văn Bình", "Phạm Thị An"):
        make_appointment(make_person(name), post)
    make_appointment(make_person("Đỗ Văn Ý"), make_post(world.city_office, "Chánh Văn phòng", rank=1))
    names = [line.full_name for line in people.people_of([world.city_office], on=MOVING_DAY)]
    assert names == ["Đỗ Văn Ý", "Phạm Thị An", "Nguyễn Văn Ân", "Trần Văn Bình"]
    assert people.heads_of([world.city_office, world.south], on=MOVING_DAY)[world.city_office].full_name == "Đỗ Văn Ý"
    assert people.headcounts([world.city_office], on=MOVING_DAY) == {world.city_office: 4}


def test_posts_say_how_many_seats_are_used_and_free(world):
    post = make_post(world.city_office, seats=3)
    make_appointment(make_person(), post)
    make_appointment(make_person(), post, until=MOVING_DAY)
    line = people.posts_of([world.city_office], on=MOVING_DAY)[world.city_office][0]
    assert (line.seats, line.used, line.free) == (3, 1, 2)
    assert [free.id for free in people.free_posts(world.city_office, on=MOVING_DAY)] == [post.pk]


def test_everyone_sees_where_a_person_works_but_only_the_board_above_and_the_person_see_the_file(world):
    person = make_person("Võ Văn Kín", account=True)
    own = make_appointment(person, make_post(world.south))
    clerk = make_actor(world.city_office, Role.CLERK)
    north_board = make_actor(world.north_board, Role.ORGANISATION_BOARD)
    for actor in (clerk, north_board):
        page = people.person_for(actor, person.pk, on=MOVING_DAY)
        assert (page.is_full, page.code, page.history) == (False, "", ())
        assert page.lines[0].unit_id == world.south
    for actor in (world.keeper, Actor(person.user_id, own.pk), SYSTEM):
        page = people.person_for(actor, person.pk, on=MOVING_DAY)
        assert (page.is_full, page.code, page.history) == (True, person.code, (own,))


def test_the_board_keeps_the_file_of_one_who_has_left_but_not_of_one_who_went_elsewhere(world):
    left, moved = make_person(), make_person()
    for person in (left, moved):
        make_appointment(person, make_post(world.north), until=MOVING_DAY)
    make_appointment(moved, make_post(world.south), on=MOVING_DAY)
    board = make_actor(world.north_board, Role.ORGANISATION_BOARD)
    assert people.person_for(board, left.pk, on=MOVING_DAY).is_full
    assert not people.person_for(board, moved.pk, on=MOVING_DAY).is_full


def test_a_person_who_does_not_exist_is_not_found(world):
    with pytest.raises(NotFound):
        people.person_for(world.keeper, 999_999, on=MOVING_DAY)
