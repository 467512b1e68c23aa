"""Kiêm nhiệm trong phương án bố trí: chuyển giao mở phân công thứ hai, quyền và việc theo cả hai vị trí; hoàn tác thì thôi."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db.backends.postgresql.psycopg_any import DateRange

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.core.errors import Refused
from tinhgon.org.access import scope_of
from tinhgon.org.models import Appointment, LedgerRow, Person, PlanRow, Post
from tinhgon.org.services import appointing
from tinhgon.reorg import concurrent, services
from tinhgon.reorg.models import Reorganisation, SecondPost
from tinhgon.reorg.services import running
from tinhgon.reorg.tests import world as small
from tinhgon.reorg.tests.world import DAY
from tinhgon.reorg.workload.staff import with_seconds
from tinhgon.tasks.models import Task

pytestmark = pytest.mark.django_db
UNDO_DAY = date(2025, 9, 1)
NAME = "Trần Văn An"


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)
    made = small.with_leaders()
    services.list_posts(SYSTEM, made.reorg.pk)
    return made


@pytest.fixture
def an(world):
    return Person.objects.get(full_name=NAME)


def planned(world, unit, title="Phó Bí thư"):
    return world.reorg.planned_posts.get(unit=world[unit], title=title)


def also(world, person, unit="Y", title="Phó Bí thư", main="X"):
    """Người ấy giữ Phó Bí thư ở ``main``, kiêm nhiệm vị trí ``title`` ở ``unit``."""
    services.pin(SYSTEM, world.reorg.pk, kind="pin", person_id=person.pk, post_id=planned(world, main).pk, reason="Quen địa bàn")
    services.pin(SYSTEM, world.reorg.pk, kind="also", person_id=person.pk, post_id=planned(world, unit, title).pk, reason="Thiếu người")


def cut_over(world):
    placement = small.placement_decided(services.start(SYSTEM, world.reorg.pk))
    small.carried_out(world)
    return placement


def undo(world, monkeypatch, on=UNDO_DAY):
    monkeypatch.setattr(clock, "today", lambda: on)
    services.undo(SYSTEM, world.reorg.pk, on=on, reason="thử")
    running.run(world.reorg.pk)
    world.reorg.refresh_from_db()
    assert world.reorg.state == Reorganisation.State.UNDONE, world.reorg.proof
    assert world.reorg.proof["whole"], world.reorg.proof


def held(person, day):
    rows = Appointment.objects.filter(person=person, valid__contains=day).order_by("-is_main").select_related("post")
    return [(row.post.unit_id, row.post.title, row.is_main) for row in rows]


def proof_of(world):
    return next(row for row in world.reorg.proof["rows"] if row["kind"] == concurrent.KIND)


def test_the_cut_over_opens_the_main_appointment_and_the_second_one_and_the_proof_counts_it(world, an):
    also(world, an)
    cut_over(world)
    assert held(an, DAY) == [(world["X"], "Phó Bí thư", True), (world["Y"], "Phó Bí thư", False)]
    assert (proof_of(world)["before"], proof_of(world)["moved"], proof_of(world)["after"]) == (1, 1, 1)
    second = Appointment.objects.get(person=an, is_main=False)
    assert (second.decree, second.valid.lower) == (world.reorg.handover.decree, DAY)
    row = LedgerRow.objects.get(kind=concurrent.KIND)
    assert (row.outcome, row.from_unit_id, row.to_unit_id) == ("open", world["A"], world["Y"])


def test_the_second_seat_may_be_in_a_unit_that_was_open_before(world, an):
    also(world, an, unit="T")
    cut_over(world)
    assert held(an, DAY) == [(world["X"], "Phó Bí thư", True), (world["T"], "Phó Bí thư", False)]


def test_rights_follow_both_posts(world, an):
    an.user = get_user_model().objects.create(username="an", created_at=small.MOMENT)
    an.save()
    also(world, an)
    cut_over(world)
    standings = scope_of(Actor(an.user_id), on=DAY).standings
    assert {(s.unit_id, s.is_main) for s in standings} == {(world["X"], True), (world["Y"], False)}


def test_undo_ends_the_second_appointment_and_leaves_history(world, an, monkeypatch):
    also(world, an)
    cut_over(world)
    undo(world, monkeypatch)
    assert held(an, UNDO_DAY) == [(world["A"], "Bí thư", True)]
    assert (world["Y"], "Phó Bí thư", False) in held(an, DAY)
    assert (proof_of(world)["before"], proof_of(world)["after"]) == (1, 1)


def test_undo_on_the_very_day_works_too(world, an, monkeypatch):
    also(world, an)
    cut_over(world)
    undo(world, monkeypatch, on=DAY)
    assert held(an, DAY) == [(world["A"], "Bí thư", True)]


def test_the_second_appointment_alone_can_be_taken_back_and_the_whole_undo_still_proves(world, an, monkeypatch):
    also(world, an)
    cut_over(world)
    item = SecondPost.objects.get(appointment__isnull=False).pk
    monkeypatch.setattr(clock, "today", lambda: date(2025, 8, 1))
    services.give_back(SYSTEM, world.reorg.pk, kind=concurrent.KIND, item_id=item, reason="Đã có người")
    assert held(an, date(2025, 8, 1)) == [(world["X"], "Phó Bí thư", True)]
    with pytest.raises(Refused, match="không trả lại riêng được"):
        services.give_back(SYSTEM, world.reorg.pk, kind=concurrent.KIND, item_id=item, reason="Lần nữa")
    undo(world, monkeypatch)
    assert held(an, UNDO_DAY) == [(world["A"], "Bí thư", True)]


def test_a_second_appointment_ended_by_hand_does_not_stop_the_undo(world, an, monkeypatch):
    also(world, an)
    cut_over(world)
    monkeypatch.setattr(clock, "today", lambda: date(2025, 8, 1))
    appointing.end_appointment(SYSTEM, appointment_id=Appointment.objects.get(person=an, is_main=False).pk, on=date(2025, 8, 1), decree="15-QĐ/TU")
    undo(world, monkeypatch)
    assert held(an, UNDO_DAY) == [(world["A"], "Bí thư", True)]


def test_open_work_the_person_does_follows_them_to_the_second_post(world, an):
    task = small.task(world, "C")
    Task.objects.filter(pk=task.pk).update(assignee=an)
    also(world, an)
    services.take_inventory(SYSTEM, world.reorg.pk)
    cut_over(world)
    task.refresh_from_db()
    assert (task.lead_id, task.assignee_id) == (world["Y"], an.pk)


def test_work_may_be_given_to_them_in_both_units_with_their_hours_split(world, an):
    also(world, an)
    services.start(SYSTEM, world.reorg.pk)
    mine = [one for one in with_seconds(world.reorg) if one.person_id == an.pk]
    assert sorted((one.unit_id, one.units) for one in mine) == sorted([(world["X"], 2), (world["Y"], 2)])


def test_a_second_post_is_never_the_main_post_of_the_same_person(world, an):
    services.pin(SYSTEM, world.reorg.pk, kind="also", person_id=an.pk, post_id=planned(world, "Y").pk, reason="Thiếu người")
    placement = services.start(SYSTEM, world.reorg.pk)
    assert placement.proposals.get(person=an).post != planned(world, "Y")


def test_words_said_after_the_plan_change_nothing_until_it_is_computed_again(world, an):
    placement = services.start(SYSTEM, world.reorg.pk)
    services.pin(SYSTEM, world.reorg.pk, kind="also", person_id=an.pk, post_id=planned(world, "Y").pk, reason="Thiếu người")
    assert not SecondPost.objects.exists()
    services.tune(SYSTEM, placement.pk, weights={"mastery": 50}, switches={})
    kept = services.keep_as(SYSTEM, placement.pk, name="Khác")
    assert [one.proposal.placement_id for one in SecondPost.objects.order_by("pk")] == [placement.pk, kept.pk]
    services.list_posts(SYSTEM, world.reorg.pk)
    assert not SecondPost.objects.exists()


def test_a_seat_the_person_holds_already_is_refused(world, an):
    seat = planned(world, "T")
    Appointment.objects.create(person=an, post_id=seat.post_id, is_main=False, valid=(small.BEFORE, None))
    with pytest.raises(Refused, match="đang giữ sẵn"):
        services.pin(SYSTEM, world.reorg.pk, kind="also", person_id=an.pk, post_id=seat.pk, reason="Thiếu người")
    assert not world.reorg.pins.exists()


def test_a_seat_held_until_a_known_day_after_the_cut_over_is_refused_too(world, an):
    seat = planned(world, "T")
    Appointment.objects.create(person=an, post_id=seat.post_id, is_main=False, valid=(small.BEFORE, date(2030, 1, 1)))
    with pytest.raises(Refused, match="đang giữ sẵn"):
        services.pin(SYSTEM, world.reorg.pk, kind="also", person_id=an.pk, post_id=seat.pk, reason="Thiếu người")


def test_a_second_post_undone_on_the_day_it_began_was_never_held_and_may_be_given_again(world, an, monkeypatch):
    also(world, an, unit="T")
    cut_over(world)
    undo(world, monkeypatch, on=DAY)
    anew = small.again(world, SYSTEM, services)
    services.decide_by_rule(SYSTEM, anew.reorg.pk, unit_ids=[anew["C"], anew["H"]], heir_id=anew["Y"])
    services.take_inventory(SYSTEM, anew.reorg.pk)
    services.list_posts(SYSTEM, anew.reorg.pk)
    also(anew, an, unit="T")
    cut_over(anew)
    assert held(an, DAY) == [(anew["X"], "Phó Bí thư", True), (anew["T"], "Phó Bí thư", False)]
    undo(anew, monkeypatch)
    assert not Appointment.objects.filter(person=an, is_main=False, valid__overlap=DateRange(UNDO_DAY, None)).exists()


def test_a_seat_taken_by_hand_after_the_decision_stops_the_preview_with_their_name(world, an):
    also(world, an, unit="T")
    small.placement_decided(services.start(SYSTEM, world.reorg.pk))
    Appointment.objects.create(person=an, post=Post.objects.get(pk=planned(world, "T").post_id), is_main=False, valid=(small.BEFORE, None))
    found = services.preview(SYSTEM, world.reorg.pk)
    assert [reason.code for reason in found.objections] == ["placement.already_second"]


def test_withdrawing_the_decision_leaves_no_second_post_in_the_plan(world, an):
    also(world, an)
    placement = small.placement_decided(services.start(SYSTEM, world.reorg.pk))
    services.preview(SYSTEM, world.reorg.pk)
    services.withdraw_decision(SYSTEM, placement.pk, reason="thử")
    assert not PlanRow.objects.filter(kind=concurrent.KIND).exists()
