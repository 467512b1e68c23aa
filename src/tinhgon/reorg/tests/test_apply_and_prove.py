"""Chuyển giao: mọi mục có đúng một nơi nhận, trước = sau + gộp + khóa, và hoàn tác đưa về như cũ."""

from datetime import date

import pytest
from django.db import connection

from tinhgon.audit.models import Entry
from tinhgon.audit.selectors import verify as verify_audit
from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import Refused
from tinhgon.org.models import Appointment, Freeze, LedgerRow, UnitVersion
from tinhgon.reorg import jobs, services
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.services import running
from tinhgon.reorg.tests import world as small
from tinhgon.tasks.models import Coordination, Task

pytestmark = pytest.mark.django_db
State = Reorganisation.State


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: small.DAY)


@pytest.fixture
def world():
    return small.build()


def applied(world):
    services.apply(SYSTEM, world.reorg.pk, preview_hash=small.decided(world))
    assert running.run(world.reorg.pk)
    world.reorg.refresh_from_db()
    return world


def test_merged_units_work_follows_without_a_question(world):
    task = small.task(world, "A", assigner="B")
    services.take_inventory(SYSTEM, world.reorg.pk)
    applied(world)
    task.refresh_from_db()
    assert (task.lead_id, task.assigner_id, task.joined) == (world["X"], world["X"], True)
    assert world.reorg.state == State.APPLIED
    assert world.reorg.proof["whole"]


def test_a_split_unit_is_never_mapped_silently(world):
    small.task(world, "C")
    found = services.preview(SYSTEM, world.reorg.pk)
    assert [r.code for r in found.objections] == ["reorg.no_receiver"]
    with pytest.raises(Refused) as refusal:
        services.decide(SYSTEM, world.reorg.pk, preview_hash=found.hash)
    assert "1 mục" in str(refusal.value)
    world.reorg.refresh_from_db()
    assert world.reorg.state == State.INVENTORY


def test_items_follow_the_share_of_functions_and_a_choice_of_one_item_wins(world):
    by_function = small.task(world, "C", function="f1")
    by_hand = small.task(world, "C", function="f1")
    by_rule = small.task(world, "C")
    services.share_functions(SYSTEM, world.reorg.pk, predecessor_id=world["C"], successor_id=world["X"], functions=[world.functions["f1"]])
    services.decide_items(SYSTEM, world.reorg.pk, kind="tasks.lead", item_ids=[by_hand.pk], unit_id=world["C"], heir_id=world["Y"])
    applied(world)
    for task, heir in ((by_function, "X"), (by_hand, "Y"), (by_rule, "Y")):
        task.refresh_from_db()
        assert task.lead_id == world[heir]


def test_both_sides_of_a_task_ending_in_one_unit_are_joined(world):
    task = small.task(world, "A", with_="BT")
    applied(world)
    lines = dict(Coordination.objects.filter(task=task).values_list("unit_id", "joined_on"))
    assert lines == {world["B"]: small.DAY, world["T"]: None}
    row = next(r for r in world.reorg.proof["rows"] if r["kind"] == "tasks.coordinating")
    assert (row["before"], row["joined"], row["equal"]) == (1, 1, True)


def test_people_keep_a_post_of_the_same_role_and_the_clerk_is_never_widened(world):
    appointment = small.person(world, "A", "Bí thư")
    second = small.person(world, "B", "Bí thư", "Lê Thị Bình")
    applied(world)
    moved = {a.moved_from_id: a.post for a in Appointment.objects.filter(moved_from__isnull=False).select_related("post")}
    assert {moved[appointment.pk].unit_id, moved[second.pk].unit_id} == {world["X"]}
    assert sorted(post.is_pool for post in moved.values()) == [False, True]  # một ghế bí thư, người kia chờ bố trí


def test_old_units_close_new_units_open_and_the_day_before_still_shows_what_was(world):
    applied(world)
    on_the_eve = UnitVersion.objects.filter(valid__contains=date(2025, 6, 30)).values_list("unit_id", flat=True)
    on_the_day = UnitVersion.objects.filter(valid__contains=small.DAY).values_list("unit_id", flat=True)
    assert {world[u] for u in "ABCH"} <= set(on_the_eve)
    assert set(on_the_day) == {world[u] for u in ("T", "VT", "X", "Y")}


def test_apply_refuses_when_anything_changed_after_the_preview_and_changes_nothing(world):
    small.task(world, "A")
    stamp = small.decided(world)
    small.task(world, "A")
    with pytest.raises(Refused) as refusal:
        services.apply(SYSTEM, world.reorg.pk, preview_hash=stamp)
    assert refusal.value.code == "reorg.data_changed"
    world.reorg.refresh_from_db()
    assert world.reorg.state == State.DECIDED
    assert not Freeze.objects.exists()
    assert not LedgerRow.objects.exists()


def test_apply_before_the_effective_date_is_refused_but_may_be_scheduled(world, monkeypatch):
    stamp = small.decided(world)
    monkeypatch.setattr(clock, "today", lambda: small.DAY.replace(month=6, day=30))
    with pytest.raises(Refused) as refusal:
        services.apply(SYSTEM, world.reorg.pk, preview_hash=stamp)
    assert refusal.value.code == "reorg.too_early"
    services.schedule(SYSTEM, world.reorg.pk, preview_hash=stamp)
    world.reorg.refresh_from_db()
    assert world.reorg.is_scheduled


def test_a_second_apply_at_the_same_time_is_refused(world):
    stamp = small.decided(world)
    services.apply(SYSTEM, world.reorg.pk, preview_hash=stamp)
    with pytest.raises(Refused) as refusal:
        services.apply(SYSTEM, world.reorg.pk, preview_hash=stamp)
    assert refusal.value.code == "reorg.running"


def test_undo_gives_everything_back_and_keeps_both_moves(world):
    task = small.task(world, "C", with_="AB")
    secretary = small.person(world, "A", "Bí thư")
    applied(world)
    services.undo(SYSTEM, world.reorg.pk, on=small.DAY, reason="Quyết định bị thu hồi")
    assert running.run(world.reorg.pk)
    world.reorg.refresh_from_db()
    assert world.reorg.proof["whole"], world.reorg.proof
    task.refresh_from_db()
    assert (task.lead_id, task.assigner_id) == (world["C"], world["T"])
    assert set(Coordination.objects.filter(task=task, joined_on=None).values_list("unit_id", flat=True)) == {world["A"], world["B"]}
    assert UnitVersion.objects.filter(unit=world["A"], valid__contains=small.DAY).exists()
    assert not UnitVersion.objects.filter(unit=world["X"], valid__contains=small.DAY).exists()
    now = Appointment.objects.get(person=secretary.person, valid__contains=small.DAY)
    assert now.post.unit_id == world["A"]
    assert set(LedgerRow.objects.values_list("direction", flat=True)) == {"apply", "undo"}


def test_undo_asks_for_a_receiver_of_work_created_since(world):
    applied(world)
    small.task(world, "X")
    with pytest.raises(Refused) as refusal:
        services.undo(SYSTEM, world.reorg.pk, on=small.DAY, reason="Quyết định bị thu hồi")
    assert refusal.value.code == "reorg.no_receiver"
    services.decide_by_rule(SYSTEM, world.reorg.pk, unit_ids=[world["X"]], heir_id=world["A"])
    services.undo(SYSTEM, world.reorg.pk, on=small.DAY, reason="Quyết định bị thu hồi")
    running.run(world.reorg.pk)
    assert Task.objects.get().lead_id == world["A"]


def test_one_item_is_given_to_another_heir_and_the_ledger_keeps_both_moves(world):
    task = small.task(world, "C")
    applied(world)
    services.give_back(SYSTEM, world.reorg.pk, kind="tasks.lead", item_id=task.pk, to_unit_id=world["X"], reason="Nhầm nơi nhận")
    task.refresh_from_db()
    assert task.lead_id == world["X"]
    trail = LedgerRow.objects.filter(kind="tasks.lead", item_id=task.pk).order_by("pk").values_list("from_unit", "to_unit")
    assert list(trail) == [(world["C"], world["Y"]), (world["Y"], world["X"])]
    assert services.verify(SYSTEM, world.reorg.pk)


def test_the_audit_chain_certifies_every_batch_and_names_a_forged_ledger(world):
    small.task(world, "A")
    applied(world)
    assert verify_audit().intact
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE org_ledger_row DISABLE TRIGGER USER")
        cursor.execute("UPDATE org_ledger_row SET to_unit_id = %s WHERE kind = 'tasks.lead'", [world["Y"]])
        cursor.execute("ALTER TABLE org_ledger_row ENABLE TRIGGER USER")
    assert not verify_audit().intact


def test_undoing_the_whole_brings_back_the_item_that_was_given_to_another_heir_too(world):
    task = small.task(world, "C")
    applied(world)
    services.give_back(SYSTEM, world.reorg.pk, kind="tasks.lead", item_id=task.pk, to_unit_id=world["X"], reason="Nhầm nơi nhận")
    services.undo(SYSTEM, world.reorg.pk, on=small.DAY, reason="Quyết định bị thu hồi")
    running.run(world.reorg.pk)
    task.refresh_from_db()
    world.reorg.refresh_from_db()
    assert world.reorg.proof["whole"], world.reorg.proof
    assert task.lead_id == world["C"]


def scheduled(world, monkeypatch):
    stamp = small.decided(world)
    monkeypatch.setattr(clock, "today", lambda: small.DAY.replace(month=6, day=30))
    services.schedule(SYSTEM, world.reorg.pk, preview_hash=stamp)
    jobs.carry_on(timestamp=0)
    world.reorg.refresh_from_db()
    assert world.reorg.state == State.DECIDED  # chưa tới ngày
    monkeypatch.setattr(clock, "today", lambda: small.DAY)


def test_what_was_scheduled_is_carried_out_on_its_day(world, monkeypatch):
    small.task(world, "A")
    scheduled(world, monkeypatch)
    jobs.carry_on(timestamp=0)
    world.reorg.refresh_from_db()
    assert world.reorg.state == State.APPLIED
    assert world.reorg.proof["whole"]


def test_a_schedule_whose_data_changed_meanwhile_is_withdrawn_with_its_reason_and_nothing_moves(world, monkeypatch):
    scheduled(world, monkeypatch)
    task = small.task(world, "A")
    jobs.carry_on(timestamp=0)
    world.reorg.refresh_from_db()
    task.refresh_from_db()
    assert (world.reorg.state, world.reorg.is_scheduled, task.lead_id) == (State.DECIDED, False, world["A"])
    assert Entry.objects.filter(code="reorg.schedule_refused").exists()
    assert not Freeze.objects.exists()
