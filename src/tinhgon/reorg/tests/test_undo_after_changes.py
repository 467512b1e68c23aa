"""Hoàn tác khi phân công đã đổi sau chuyển giao: có người thôi giữ, được trả lại riêng; ngày hoàn tác sau hay trước lần đổi ấy."""

from datetime import date, timedelta

import pytest

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import Refused
from tinhgon.org.models import Appointment, Freeze, LedgerRow
from tinhgon.org.services import appointing
from tinhgon.reorg import concurrent, services
from tinhgon.reorg.models import Reorganisation, SecondPost
from tinhgon.reorg.services import running
from tinhgon.reorg.tests import world as small
from tinhgon.reorg.tests.test_second_posts import also, cut_over, held
from tinhgon.reorg.tests.world import DAY

pytestmark = pytest.mark.django_db
CHANGED, EARLIER, LATER = date(2025, 8, 1), date(2025, 7, 15), date(2025, 9, 1)


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)
    return small.build()


def applied(world):
    services.apply(SYSTEM, world.reorg.pk, preview_hash=small.decided(world))
    running.run(world.reorg.pk)
    world.reorg.refresh_from_db()
    assert world.reorg.proof["whole"], world.reorg.proof


def undo(world, on):
    services.undo(SYSTEM, world.reorg.pk, on=on, reason="thử")
    running.run(world.reorg.pk)
    world.reorg.refresh_from_db()
    assert world.reorg.state == Reorganisation.State.UNDONE, world.reorg.proof
    assert world.reorg.proof["whole"], world.reorg.proof


def tip_of(person):
    return Appointment.objects.filter(person=person, is_main=True).latest("pk")


def given_back(world, monkeypatch, appointment):
    """Người của xã C sang Y theo quy tắc; trả lại riêng người ấy cho X ngày 01/8."""
    monkeypatch.setattr(clock, "today", lambda: CHANGED)
    services.give_back(SYSTEM, world.reorg.pk, kind="org.appointment", item_id=appointment.pk, to_unit_id=world["X"], reason="Nhầm nơi nhận")
    monkeypatch.setattr(clock, "today", lambda: LATER)


@pytest.mark.parametrize("on", [EARLIER, LATER])
def test_whoever_left_after_the_cut_over_does_not_stop_the_undo(world, monkeypatch, on):
    secretary = small.person(world, "A", "Bí thư")
    applied(world)
    monkeypatch.setattr(clock, "today", lambda: LATER)
    appointing.end_appointment(SYSTEM, appointment_id=tip_of(secretary.person).pk, on=CHANGED, decree="15-QĐ/TU")
    undo(world, on)
    assert held(secretary.person, LATER) == []
    last = Appointment.objects.filter(person=secretary.person, valid__contains=CHANGED - timedelta(days=1)).get()
    assert last.post.unit_id == (world["A"] if on == EARLIER else world["X"])


def test_undo_after_a_person_was_given_back_alone_brings_them_home(world, monkeypatch):
    secretary = small.person(world, "C", "Bí thư")
    applied(world)
    given_back(world, monkeypatch, secretary)
    undo(world, CHANGED)
    assert held(secretary.person, LATER) == [(world["C"], "Bí thư", True)]


def test_undo_is_never_earlier_than_what_was_given_back_alone_and_says_from_which_day(world, monkeypatch):
    secretary = small.person(world, "C", "Bí thư")
    applied(world)
    given_back(world, monkeypatch, secretary)
    ledger = LedgerRow.objects.count()
    with pytest.raises(Refused) as refusal:
        services.undo(SYSTEM, world.reorg.pk, on=EARLIER, reason="thử")
    assert refusal.value.code == "reorg.undo_before_given_back"
    assert "01/08/2025" in str(refusal.value)
    world.reorg.refresh_from_db()
    assert (world.reorg.state, LedgerRow.objects.count(), Freeze.objects.exists()) == (Reorganisation.State.APPLIED, ledger, False)
    assert held(secretary.person, LATER)[0][0] == world["X"]


def test_the_same_holds_for_a_second_post_ended_alone(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)
    world = small.with_leaders()
    services.list_posts(SYSTEM, world.reorg.pk)
    person = Appointment.objects.get(person__full_name="Trần Văn An").person
    also(world, person)
    cut_over(world)
    monkeypatch.setattr(clock, "today", lambda: CHANGED)
    item = SecondPost.objects.get(appointment__isnull=False).pk
    services.give_back(SYSTEM, world.reorg.pk, kind=concurrent.KIND, item_id=item, reason="Đã có người")
    with pytest.raises(Refused, match="01/08/2025"):
        services.undo(SYSTEM, world.reorg.pk, on=EARLIER, reason="thử")
    undo(world, CHANGED)
    assert held(person, CHANGED) == [(world["A"], "Bí thư", True)]


def test_a_second_post_ended_by_hand_does_not_stop_an_earlier_undo(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)
    world = small.with_leaders()
    services.list_posts(SYSTEM, world.reorg.pk)
    person = Appointment.objects.get(person__full_name="Trần Văn An").person
    also(world, person)
    cut_over(world)
    monkeypatch.setattr(clock, "today", lambda: CHANGED)
    appointing.end_appointment(SYSTEM, appointment_id=Appointment.objects.get(person=person, is_main=False).pk, on=CHANGED, decree="15-QĐ/TU")
    undo(world, EARLIER)
    assert held(person, EARLIER) == [(world["A"], "Bí thư", True)]
