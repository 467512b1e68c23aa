"""Bố trí cán bộ: ai vào đâu do phương án đã quyết định; chuyển giao đưa đúng từng người tới đúng vị trí; hoàn tác trả lại."""

from datetime import date

import pytest

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import Invalid, Refused
from tinhgon.org.models import Appointment, PlanRow, Post
from tinhgon.reorg import selectors, services
from tinhgon.reorg.models import Placement, PlacementPin, Proposal, Reorganisation
from tinhgon.reorg.services import placing, running
from tinhgon.reorg.tests import world as small
from tinhgon.reorg.tests.world import DAY

pytestmark = pytest.mark.django_db
UNDO_DAY = date(2025, 9, 1)


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)
    return small.with_leaders()


def proposals(placement):
    return {one.person.full_name: one for one in placement.proposals.select_related("person", "post")}


def now(name, day=DAY):
    return Appointment.objects.select_related("post").get(person__full_name=name, is_main=True, valid__contains=day)


def test_the_posts_of_new_units_come_from_the_template_and_those_of_open_units_are_their_free_seats(world):
    small.person(world, "T", "Phó Bí thư", "Người ở lại")
    services.list_posts(SYSTEM, world.reorg.pk)
    seats = {(one.unit_id, one.title): (one.seats, one.is_new) for one in world.reorg.planned_posts.all()}
    assert seats[world["X"], "Bí thư"] == (1, True)
    assert seats[world["X"], "Phó Bí thư"] == (1, True)
    assert seats[world["T"], "Phó Bí thư"] == (3, False)


def test_everyone_who_can_have_a_seat_gets_one_and_it_is_proven(world):
    placement = services.start(SYSTEM, world.reorg.pk)
    assert placement.figures["people"] == placement.figures["placed"] == 5
    assert placement.figures["proven"]
    assert set(proposals(placement)) == {"Trần Văn An", "Lê Thị Bình", "Phạm Văn Chung", "Đỗ Thị Dung", "Vũ Văn Em"}


def test_the_cut_over_carries_each_person_to_exactly_the_decided_post_and_undo_gives_them_back(world):
    before = {row.person.full_name: row.post_id for row in Appointment.objects.select_related("person")}
    placement = small.placement_decided(services.start(SYSTEM, world.reorg.pk))
    small.carried_out(world)
    for name, one in proposals(placement).items():
        assert now(name).post_id == one.post.post_id, name
    rows = PlanRow.objects.filter(handover=world.reorg.handover_id, kind="org.appointment", direction="apply")
    assert {row.detail["why"] for row in rows} == {"placed"}
    assert not Post.objects.filter(is_pool=True).exists()

    clock.today = lambda: UNDO_DAY
    services.undo(SYSTEM, world.reorg.pk, on=UNDO_DAY, reason="thử")
    running.run(world.reorg.pk)
    world.reorg.refresh_from_db()
    assert world.reorg.state == Reorganisation.State.UNDONE
    assert world.reorg.proof["whole"], world.reorg.proof
    for name, post in before.items():
        assert now(name, UNDO_DAY).post.continues_id == post


def test_a_person_without_any_eligible_post_waits_and_is_named(world):
    post = Post.objects.create(unit_id=world["A"], title="Chuyên viên", role="specialist", rank=5, valid=(small.BEFORE, None))
    small.person(world, "A", post.title, "Hồ Thị Lan")
    services.take_inventory(SYSTEM, world.reorg.pk)
    placement = services.start(SYSTEM, world.reorg.pk)
    assert proposals(placement)["Hồ Thị Lan"].post is None
    assert placement.figures["unplaced"] == 1
    small.placement_decided(placement)
    small.carried_out(world)
    assert now("Hồ Thị Lan").post.is_pool
    row = PlanRow.objects.get(handover=world.reorg.handover_id, item_id=proposals(placement)["Hồ Thị Lan"].appointment_id, direction="apply")
    assert row.detail == {"pool": True, "why": "unplaced"}


def test_a_pin_holds_and_a_forbidden_pair_is_never_chosen(world):
    services.list_posts(SYSTEM, world.reorg.pk)
    person = Appointment.objects.get(person__full_name="Trần Văn An").person_id
    deputy = world.reorg.planned_posts.get(unit=world["Y"], title="Phó Bí thư")
    pinned = services.pin(SYSTEM, world.reorg.pk, kind="pin", person_id=person, post_id=deputy.pk, reason="Tăng cường")
    placement = services.start(SYSTEM, world.reorg.pk)
    assert proposals(placement)["Trần Văn An"].post == deputy
    services.unpin(SYSTEM, world.reorg.pk, pin_id=pinned.pk)
    services.pin(SYSTEM, world.reorg.pk, kind="forbid", person_id=person, post_id=deputy.pk, reason="Có quan hệ gia đình")
    again = services.tune(SYSTEM, placement.pk, weights={"moves": 100}, switches={})
    assert proposals(again)["Trần Văn An"].post != deputy


def test_a_pin_without_a_reason_or_of_a_stranger_is_refused_with_every_reason(world):
    services.list_posts(SYSTEM, world.reorg.pk)
    stranger = small.person(world, "T", "Bí thư", "Người ngoài").person_id
    with pytest.raises(Invalid) as refused:
        services.pin(SYSTEM, world.reorg.pk, kind="pin", person_id=stranger, post_id=0, reason=" ")
    assert {reason.code for reason in refused.value.reasons} == {"placement.no_post", "placement.no_person", "placement.reason"}
    assert not PlacementPin.objects.exists()


def test_when_appointments_changed_since_the_plan_is_refused_in_one_sentence(world):
    placement = services.start(SYSTEM, world.reorg.pk)
    small.person(world, "H", "Phó Bí thư", "Người mới")
    with pytest.raises(Refused, match="1 người mới đến.*hãy tính lại"):
        services.consult(SYSTEM, placement.pk)
    placement.refresh_from_db()
    assert placement.state == Placement.State.DRAFT
    services.tune(SYSTEM, placement.pk, weights={"mastery": 60}, switches={})
    assert services.consult(SYSTEM, placement.pk).state == Placement.State.CONSULTING


def test_a_decided_plan_on_old_data_stops_the_preview_from_being_fixed(world):
    small.placement_decided(services.start(SYSTEM, world.reorg.pk))
    small.person(world, "H", "Phó Bí thư", "Người mới")
    found = services.preview(SYSTEM, world.reorg.pk)
    assert [reason.code for reason in found.objections] == ["placement.drift"]
    with pytest.raises(Refused, match="hãy tính lại"):
        services.decide(SYSTEM, world.reorg.pk, preview_hash=found.hash)


def test_an_objection_must_be_answered_before_the_decision(world):
    placement = services.start(SYSTEM, world.reorg.pk)
    services.consult(SYSTEM, placement.pk)
    one = proposals(placement)["Lê Thị Bình"]
    Proposal.objects.filter(pk=one.pk).update(state="objected", opinion="Nhà xa")
    with pytest.raises(Refused, match="Còn 1 ý kiến"):
        services.decide_placement(SYSTEM, placement.pk, decree="12-QĐ/TU")
    services.answer(SYSTEM, one.pk, text="Đã xem xét")
    assert services.decide_placement(SYSTEM, placement.pk, decree="12-QĐ/TU").state == Placement.State.DECIDED


def test_re_planning_keeps_what_people_said_about_an_unchanged_proposal(world):
    placement = services.start(SYSTEM, world.reorg.pk)
    services.consult(SYSTEM, placement.pk)
    Proposal.objects.filter(placement=placement).update(state="agreed", opinion="Đồng ý")
    services.tune(SYSTEM, placement.pk, weights=placement.weights, switches={})
    assert {one.state for one in placement.proposals.all()} == {"agreed"}


def test_the_withdrawn_decision_leaves_the_plan_as_before(world):
    before = rows(world)
    placement = small.placement_decided(services.start(SYSTEM, world.reorg.pk))
    assert rows(world) != before
    services.withdraw_decision(SYSTEM, placement.pk, reason="Xem lại")
    assert rows(world) == before


def rows(world):
    wanted = PlanRow.objects.filter(handover=world.reorg.handover_id, kind="org.appointment")
    return sorted(wanted.values_list("item_id", "to_unit_id", "rule", "outcome"))


def test_a_variant_kept_aside_has_the_same_figures_and_only_one_goes_to_consultation(world):
    first = services.start(SYSTEM, world.reorg.pk)
    second = services.keep_as(SYSTEM, first.pk, name="Nghiêng về nguyện vọng")
    assert (second.figures, second.proposals.count()) == (first.figures, 5)
    services.consult(SYSTEM, first.pk)
    with pytest.raises(Refused, match="chỉ một phương án"):
        services.consult(SYSTEM, second.pk)
    with pytest.raises(Refused, match="danh sách vị trí không sửa được"):
        services.list_posts(SYSTEM, world.reorg.pk)


def test_the_measured_plan_shows_a_curve_and_no_group_under_five(world):
    placement = services.start(SYSTEM, world.reorg.pk)
    places = {name: one.post_id for name, one in proposals(placement).items()}
    services.weigh(SYSTEM, placement.pk)
    placement.refresh_from_db()
    curve, report = placement.figures["curve"], placement.figures["fairness"]
    assert curve[0]["mastery"] == 100
    assert all(one["people"] >= 5 for one in report["groups"])
    assert report["unexplained"] == 0
    assert {name: one.post_id for name, one in proposals(placement).items()} == places


def test_many_people_are_placed_by_the_job_and_the_page_is_told(world, monkeypatch):
    monkeypatch.setattr(placing, "IN_REQUEST", 2)
    placement = services.start(SYSTEM, world.reorg.pk)
    assert (placement.progress.state, placement.computed_at) == ("waiting", None)
    placing.run(placement.pk)
    placement.refresh_from_db()
    assert placement.rules == {"within_area": True}
    assert placement.figures["placed"] == 4
    assert "4 người có chỗ, 1 người chưa có" in placement.progress.sentence
    placing.run(placement.pk)


def test_the_step_is_done_when_one_plan_is_decided_whatever_other_plans_are_kept(world):
    first = services.start(SYSTEM, world.reorg.pk)
    services.keep_as(SYSTEM, first.pk, name="Khác")
    small.placement_decided(first)
    world.reorg.refresh_from_db()
    assert {step.name: step.status for step in selectors.steps(world.reorg)}["placing"] == "done"
