"""Bảng quyền, từng ô: mỗi vai trò với mỗi động từ của tổ chức, cho phép và từ chối; mặc định là không."""

from datetime import date

import pytest

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.core.errors import Forbidden, TinhGonError
from tinhgon.org.access import acting, require, structure_root
from tinhgon.org.models import Kind, Level, Post, Role
from tinhgon.org.rights import RIGHTS, Verb
from tinhgon.org.services import accounts, appointing, calendar, people, standing_in, units
from tinhgon.org.services.structure import NewUnit
from tinhgon.org.shared_rules import may_keep_rules
from tinhgon.org.tests.factories import (
    DECREE,
    MOVING_DAY,
    make_actor,
    make_appointment,
    make_person,
    make_post,
)

pytestmark = pytest.mark.django_db

_BOARD, _ADMINISTRATOR = {Role.ORGANISATION_BOARD}, {Role.ADMINISTRATOR}
_LEADERS = {Role.UNIT_HEAD, Role.OFFICE_HEAD, Role.STANDING_COMMITTEE, Role.ORGANISATION_BOARD}
NEW = NewUnit("Đơn vị mới", "ĐV", Kind.ROOM, Level.COMMUNE, None)

VERBS = {
    "open_unit": (_BOARD, lambda a, w: units.open_unit(
        a, unit=NewUnit("Mới", "Mới", Kind.COMMITTEE, Level.COMMUNE, w.city), on=MOVING_DAY, decree=DECREE)),
    "rename_unit": (_BOARD, lambda a, w: units.rename_unit(a, unit_id=w.north, name="Tên", on=MOVING_DAY, decree=DECREE)),
    "move_unit": (_BOARD, lambda a, w: units.move_unit(
        a, unit_id=w.north, parent_id=w.south, on=MOVING_DAY, decree=DECREE)),
    "merge_units": (_BOARD, lambda a, w: units.merge_units(
        a, predecessor_ids=[w.south], successor_id=w.north, on=MOVING_DAY, decree=DECREE)),
    "split_unit": (_BOARD, lambda a, w: units.split_unit(
        a, unit_id=w.south, shares=[units.Share(w.north), units.Share(w.city)], on=MOVING_DAY, decree=DECREE)),
    "dissolve_unit": (_BOARD, lambda a, w: units.dissolve_unit(
        a, unit_id=w.south, heir_id=w.north, on=MOVING_DAY, decree=DECREE)),
    "set_functions": (_BOARD, lambda a, w: units.set_functions(
        a, unit_id=w.south, functions=[], on=MOVING_DAY, decree=DECREE)),
    "create_post": (_BOARD, lambda a, w: people.create_post(
        a, unit_id=w.south, title="Chuyên viên", role=Role.SPECIALIST, on=MOVING_DAY)),
    "close_post": (_BOARD, lambda a, w: people.close_post(
        a, post_id=make_post(w.south).pk, on=MOVING_DAY, decree=DECREE)),
    "open_person": (_BOARD, lambda a, w: people.open_person(
        a, full_name="Lê Văn Mới", code="MOI1", unit_id=w.south, on=MOVING_DAY)),
    "appoint": (_BOARD, lambda a, w: appointing.appoint(
        a, person_id=make_person().pk, post_id=make_post(w.south).pk, on=MOVING_DAY, decree=DECREE)),
    "end_appointment": (_BOARD, lambda a, w: appointing.end_appointment(
        a, appointment_id=make_appointment(make_person(), make_post(w.south)).pk, on=MOVING_DAY, decree=DECREE)),
    "open_term": (_BOARD, lambda a, w: people.open_term(a, unit_id=w.city, name="Khóa XII", on=MOVING_DAY)),
    "invite": (_ADMINISTRATOR, lambda a, w: accounts.invite(a, person_id=make_person().pk, username="nguoi.moi")),
    "reset": (_ADMINISTRATOR, lambda a, w: accounts.reset(a, person_id=make_person(account=True).pk)),
    "lock": (_ADMINISTRATOR, lambda a, w: accounts.lock(a, person_id=make_person(account=True).pk, reason="Nghỉ")),
    "unlock": (_ADMINISTRATOR, lambda a, w: accounts.unlock(a, person_id=_locked().pk)),
    "stand_in": (_LEADERS, lambda a, w: _lend(a, w)),
    "end_stand_in": (_LEADERS, lambda a, w: standing_in.end_stand_in(a, on=MOVING_DAY, stand_in_id=_lend(SYSTEM, w))),
    "override_day": (_ADMINISTRATOR, lambda a, w: calendar.override_day(
        a, day=date(2025, 7, 5), is_working=True, note="Làm bù")),
    "clear_override": (_ADMINISTRATOR, lambda a, w: _overridden(lambda day: calendar.clear_override(a, day=day))),
}  # fmt: skip


def _lend(actor, world):
    away = make_appointment(make_person(), make_post(world.city_board))
    other = make_person(account=True)
    make_appointment(other, make_post(world.city_board))
    return standing_in.stand_in(
        actor, on=MOVING_DAY, appointment_id=away.pk, person_id=other.pk, first_day=MOVING_DAY, last_day=MOVING_DAY, reason="Nghỉ phép"
    )


def _locked():
    person = make_person(account=True)
    person.user.set_password("mot mat khau dai")
    person.user.is_active = False
    person.user.save()
    return person


def _overridden(then):
    day = date(2025, 7, 6)
    calendar.override_day(SYSTEM, day=day, is_working=True, note="Làm bù")
    then(day)


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("name", VERBS)
def test_each_role_may_do_exactly_its_verbs_of_the_organisation(world, name, role):
    allowed, call = VERBS[name]
    actor = make_actor(world.city_board, role)
    if role in allowed:
        call(actor, world)
    else:
        with pytest.raises(Forbidden):
            call(actor, world)


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("role", Role.values)
def test_a_role_has_a_verb_only_when_the_table_says_so(world, role, verb):
    actor = make_actor(world.city_board, role)
    if verb in RIGHTS[role]:
        assert require(actor, verb, on=clock.today()).role == role
    else:
        with pytest.raises(Forbidden):
            require(actor, verb, on=clock.today())


@pytest.mark.parametrize("name", VERBS)
def test_one_without_a_post_or_waiting_for_one_may_do_nothing(world, name):
    call = VERBS[name][1]
    nobody = Actor(make_person(account=True).user_id)
    waiting = make_actor(world.city_board, Role.ORGANISATION_BOARD)
    Post.objects.filter(appointments=waiting.appointment_id).update(is_pool=True)
    borrowed = Actor(nobody.user_id, world.keeper.appointment_id)
    for actor in (nobody, waiting, borrowed):
        with pytest.raises(Forbidden):
            call(actor, world)


@pytest.mark.parametrize("name", VERBS)
def test_the_server_itself_may_do_every_verb(world, name):
    try:
        VERBS[name][1](SYSTEM, world)
    except Forbidden as refused:
        pytest.fail(str(refused))
    except TinhGonError as refused:
        pytest.fail(f"{name}: {refused}")


def test_the_administrator_reads_no_personal_file_and_holds_no_content_verb():
    content = {verb for verb in Verb if verb.split(".")[0] in ("documents", "tasks", "reorg")}
    assert not RIGHTS[Role.ADMINISTRATOR] & content


def test_a_post_right_inside_a_committee_keeps_that_committee_and_nothing_above(world) -> None:
    """Phường không lập ban riêng: người làm công tác tổ chức, văn phòng ngồi ngay ở đảng ủy phường."""
    board = make_actor(world.north, Role.ORGANISATION_BOARD)
    with pytest.raises(Forbidden):
        units.rename_unit(board, unit_id=world.south, name="Tên", on=MOVING_DAY, decree=DECREE)
    office = make_actor(world.north, Role.OFFICE_HEAD)
    standing = acting(office, on=MOVING_DAY)
    assert structure_root(standing) == world.north
    assert not may_keep_rules(standing, on=MOVING_DAY)
