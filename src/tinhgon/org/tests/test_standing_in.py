"""Ủy quyền khi vắng: ai cử được, ai làm thay được, làm được gì, tới ngày nào; không bao giờ rộng quyền hơn."""

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from tinhgon.audit.models import Entry
from tinhgon.audit.registry import sentence
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Refused
from tinhgon.org.access import acting, require, scope_of
from tinhgon.org.models import Appointment, Covers, Post, Role, StandIn
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.standing_in import absences, arrangeable, arranged_in, lent, standing_in_by
from tinhgon.org.services.appointing import end_appointment
from tinhgon.org.services.standing_in import end_stand_in, stand_in
from tinhgon.org.tests.factories import (
    DECREE,
    MOVING_DAY,
    make_actor,
    make_appointment,
    make_person,
    make_post,
)
from tinhgon.org.tests.test_appointments_follow_a_handover import UNDO_DAY, Move

pytestmark = pytest.mark.django_db
TODAY = MOVING_DAY
WEEK = timedelta(days=6)


def person_of(actor: Actor) -> int:
    return Appointment.objects.get(pk=actor.appointment_id).person_id


@pytest.fixture
def head(world):
    return make_actor(world.city_office, Role.OFFICE_HEAD, full_name="Lê Văn Chánh", clearance=2)


@pytest.fixture
def deputy(world):
    return make_actor(world.city_office, Role.SPECIALIST, full_name="Ngô Văn Phó", clearance=1)


def lend(actor, principal, deputy, **changed):
    values = {
        "appointment_id": principal.appointment_id, "person_id": person_of(deputy), "first_day": TODAY, "last_day": TODAY + WEEK,
        "reason": "Đi công tác",
    }  # fmt: skip
    return stand_in(actor, on=TODAY, **(values | changed))


def lent_to(deputy, day=TODAY):
    return [standing for standing in scope_of(deputy, on=day).standings if standing.is_lent]


def test_who_keeps_the_machine_is_never_lent_the_work_of_the_office(world, head):
    keeper = make_actor(world.city_office, Role.ADMINISTRATOR, full_name="Phan Văn Máy")
    with pytest.raises(Refused) as refused:
        lend(head, head, keeper)
    assert [reason.code for reason in refused.value.reasons] == ["org.administers"]
    assert not StandIn.objects.exists()
    assert lent_to(keeper) == []
    person = Appointment.objects.get(pk=keeper.appointment_id).person
    make_appointment(person, make_post(world.city_office, role=Role.SPECIALIST), is_main=False)
    assert lend(head, head, keeper)  # cũng là chuyên viên ở đó thì được


def test_the_stand_in_acts_in_the_post_of_the_absent_on_those_days_only(head, deputy):
    lend(head, head, deputy)
    as_head = Actor(deputy.user_id, head.appointment_id)
    assert require(as_head, Verb.ROUTE, on=TODAY).principal == "Lê Văn Chánh"
    assert acting(as_head, on=TODAY + WEEK).until == TODAY + WEEK + timedelta(days=1)
    for day in (TODAY - timedelta(days=1), TODAY + WEEK + timedelta(days=1)):
        with pytest.raises(Forbidden):
            acting(as_head, on=day)
    scope = scope_of(deputy, on=TODAY)
    assert scope.person_id == person_of(deputy)
    assert scope.acts_for == {person_of(deputy), person_of(head)}


def test_one_never_sees_more_secrecy_than_ones_own_post_allows(head, deputy, world):
    lend(head, head, deputy)
    (standing,) = lent_to(deputy)
    assert standing.clearance == 1
    assert scope_of(deputy, on=TODAY).clearance_in()[world.city] == 1


@pytest.mark.parametrize(
    ("covers", "verbs", "counted", "signs"),
    [
        (Covers.DOCUMENTS, {"documents"}, Covers.DOCUMENTS, True),
        (Covers.TASKS, {"tasks"}, Covers.TASKS, False),
        (Covers.SIGNING, set(), Covers.SIGNING, True),
    ],
)
def test_a_part_lent_gives_only_that_part(head, deputy, covers, verbs, counted, signs):
    lend(head, head, deputy, covers=covers)
    (standing,) = lent_to(deputy)
    assert {verb.split(".")[0] for verb in standing.rights} == verbs
    scope = scope_of(deputy, on=TODAY)
    assert not scope.whole_units
    assert (person_of(head) in scope.acts_for) == signs
    for part in (Covers.DOCUMENTS, Covers.TASKS):
        assert bool(scope.within(part).whole_units) == (part == counted)


def test_a_leader_arranges_for_ones_unit_and_nobody_for_another(head, deputy, world):
    colleague = make_actor(world.city_office, Role.SPECIALIST, full_name="Đỗ Thị Bạn")
    lend(head, deputy, colleague)
    stranger = make_actor(world.north, Role.STANDING_COMMITTEE)
    for actor in (stranger, colleague):
        with pytest.raises(Forbidden):
            lend(actor, head, deputy)
    assert StandIn.objects.count() == 1


def test_what_is_lent_is_not_lent_again(head, deputy, world):
    other = make_actor(world.city_office, Role.SPECIALIST)
    lend(head, head, deputy)
    with pytest.raises(Forbidden):
        lend(Actor(deputy.user_id, head.appointment_id), head, other, covers=Covers.TASKS)


def test_every_objection_is_named_and_nothing_is_lent(head, deputy, world):
    outsider = make_person("Trần Văn Ngoài")
    make_appointment(outsider, make_post(world.north))
    entries = Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        lend(head, head, deputy, person_id=outsider.pk, first_day=TODAY - WEEK, last_day=TODAY - WEEK - WEEK, reason=" ", covers="x")
    assert {reason.code for reason in refusal.value.reasons} == {
        "org.dates_out_of_order", "org.stand_in_past", "org.reason_missing", "org.covers_unknown", "org.other_organ", "org.no_account",
    }  # fmt: skip
    assert not StandIn.objects.exists()
    assert Entry.objects.count() == entries


def test_one_part_has_one_stand_in_and_the_absent_stand_in_for_nobody(head, deputy, world):
    other = make_actor(world.city_office, Role.SPECIALIST, full_name="Hồ Thị Ba")
    lend(head, head, deputy)
    with pytest.raises(Refused) as refusal:
        lend(head, head, other, covers=Covers.TASKS)
    assert refusal.value.code == "org.stand_in_taken"
    with pytest.raises(Refused) as refusal:
        lend(head, deputy, head)
    assert refusal.value.code == "org.also_absent"


def test_a_stand_in_is_ended_early_and_the_history_says_so(head, deputy):
    made = lend(head, head, deputy)
    end_stand_in(head, on=TODAY + timedelta(days=2), stand_in_id=made)
    assert lent_to(deputy, TODAY + timedelta(days=1))
    assert not lent_to(deputy, TODAY + timedelta(days=2))
    said = [sentence(entry) for entry in Entry.objects.order_by("sequence")]
    assert said[-2].startswith("Ngô Văn Phó làm thay Lê Văn Chánh (mọi việc của vị trí) từ 01/07/2025 đến hết 07/07/2025: Đi công tác")
    assert said[-1] == "Ngô Văn Phó thôi làm thay Lê Văn Chánh từ 03/07/2025."
    with pytest.raises(Refused):
        end_stand_in(head, on=TODAY + timedelta(days=3), stand_in_id=made)


def test_ended_before_it_began_it_never_was(head, deputy):
    made = lend(head, head, deputy, first_day=TODAY + WEEK, last_day=TODAY + WEEK)
    end_stand_in(head, on=TODAY, stand_in_id=made)
    assert StandIn.objects.get(pk=made).valid.isempty
    assert not arranged_in([Post.objects.get(appointments=head.appointment_id).unit_id], on=TODAY)


def test_when_the_appointment_ends_so_does_the_stand_in(head, deputy, world):
    lend(head, head, deputy)
    end_appointment(world.keeper, appointment_id=head.appointment_id, on=TODAY + timedelta(days=3), decree=DECREE)
    assert lent_to(deputy, TODAY + timedelta(days=2))
    assert not lent_to(deputy, TODAY + timedelta(days=3))


def test_the_directory_says_who_is_away_until_when_and_who_stands_in(head, deputy, django_assert_num_queries):
    lend(head, head, deputy)
    people = [person_of(head), person_of(deputy)]
    with django_assert_num_queries(1):
        found = absences(people, on=TODAY)
    assert [(a.principal, a.person, a.last_day) for a in found.values()] == [("Lê Văn Chánh", "Ngô Văn Phó", TODAY + WEEK)]
    assert not absences([person_of(head)], on=TODAY + WEEK + timedelta(days=1))
    assert [a.principal for a in standing_in_by(person_of(deputy), on=TODAY)] == ["Lê Văn Chánh"]


def test_one_arranges_for_oneself_and_a_leader_for_the_unit(head, deputy):
    assert {line.full_name for line in arrangeable(deputy, on=TODAY)} == {"Ngô Văn Phó"}
    assert {line.full_name for line in arrangeable(head, on=TODAY)} == {"Ngô Văn Phó", "Lê Văn Chánh"}


def test_a_stand_in_follows_the_post_through_a_handover_and_back(world):
    """Cả hai sang cùng đơn vị: vẫn làm thay ở ghế mới; hoàn tác: về ghế cũ; độ mật vẫn chặn."""
    away = make_actor(world.south, Role.UNIT_HEAD, full_name="Võ Văn Vắng", clearance=1)
    deputy = make_actor(world.south, Role.SPECIALIST, full_name="Bùi Thị Thay")
    for role in (Role.UNIT_HEAD, Role.SPECIALIST):
        make_post(world.north, f"Vị trí {role}", role=role, rank=1, clearance=0, on=date(2024, 1, 1))
    stand_in(
        away, on=date(2025, 6, 20), appointment_id=away.appointment_id, person_id=person_of(deputy), first_day=date(2025, 6, 20),
        last_day=date(2025, 9, 30), reason="Học tập trung",
    )  # fmt: skip
    move = Move({world.south: world.north})
    move.apply()
    (moved,) = lent_to(deputy)
    assert (moved.unit_id, moved.principal, moved.clearance) == (world.north, "Võ Văn Vắng", 0)
    assert not {s.unit_id for s in scope_of(away, on=TODAY).standings} - {world.north}
    assert [loan.person_id for loan in lent(Covers.TASKS, appointments=[moved.appointment_id], on=TODAY)] == [person_of(deputy)]
    move.undo()
    (back,) = lent_to(deputy, UNDO_DAY)
    assert (back.unit_id, back.role) == (world.south, Role.UNIT_HEAD)


def test_when_the_two_go_to_different_units_the_stand_in_sleeps(world):
    away = make_actor(world.south, Role.UNIT_HEAD)
    deputy = make_actor(world.south, Role.SPECIALIST)
    lend(away, away, deputy, last_day=date(2025, 9, 30))
    Appointment.objects.filter(pk=deputy.appointment_id).update(valid=DateRange(date(2020, 1, 1), date(2025, 8, 1)))
    make_appointment(Appointment.objects.get(pk=deputy.appointment_id).person, make_post(world.north), on=date(2025, 8, 1))
    assert lent_to(deputy, date(2025, 7, 31))
    assert not lent_to(deputy, date(2025, 8, 1))
    assert not lent(Covers.TASKS, persons=[person_of(deputy)], on=date(2025, 8, 1))


def test_scope_is_still_one_query(head, deputy, django_assert_num_queries):
    lend(head, head, deputy)
    with django_assert_num_queries(1):
        scope_of(deputy, on=TODAY)
