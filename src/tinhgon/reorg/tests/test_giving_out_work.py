"""Chia việc của đơn vị nhận: ai được gì và vì sao, sửa, xác nhận; chuyển giao giao đúng người ấy, hoàn tác trả lại."""

from datetime import date

import pytest

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import Invalid, NotFound, Refused
from tinhgon.org.models import Appointment, PlanRow, Post
from tinhgon.reorg import services
from tinhgon.reorg.models import Reorganisation, WorkLine, WorkPlan
from tinhgon.reorg.services import giving, running
from tinhgon.reorg.tests import world as small
from tinhgon.reorg.tests.world import DAY

pytestmark = pytest.mark.django_db
UNDO_DAY = date(2025, 9, 1)


@pytest.fixture
def world(monkeypatch):
    """Xã A và B gộp thành X: Trần Văn An và Lê Thị Bình ở A, Phạm Văn Chung ở B; ba việc, một việc chưa ai làm."""
    monkeypatch.setattr(clock, "today", lambda: DAY)
    made = small.build()
    made.people = {
        name: small.person(made, unit, title, name).person_id
        for unit, title, name in (("A", "Bí thư", "Trần Văn An"), ("A", "Phó Bí thư", "Lê Thị Bình"), ("B", "Bí thư", "Phạm Văn Chung"))
    }
    made.kept = small.task(made, "A", function="f1", assignee_id=made.people["Lê Thị Bình"])
    made.free = small.task(made, "B", function="f2")
    made.far = small.task(made, "C", function="f1")
    services.decide_by_rule(SYSTEM, made.reorg.pk, unit_ids=[made["C"], made["H"]], heir_id=made["Y"])
    services.take_inventory(SYSTEM, made.reorg.pk)
    return made


def propose(world, unit="X") -> WorkPlan:
    return services.propose_work(SYSTEM, world.reorg.pk, unit_id=world[unit])


def line_of(task) -> WorkLine:
    return WorkLine.objects.get(kind="tasks.lead", item_id=task.pk)


def apply(world) -> None:
    found = services.preview(SYSTEM, world.reorg.pk)
    assert not found.objections
    services.decide(SYSTEM, world.reorg.pk, preview_hash=found.hash)
    services.apply(SYSTEM, world.reorg.pk, preview_hash=found.hash)
    running.run(world.reorg.pk)
    world.reorg.refresh_from_db()
    assert world.reorg.proof["whole"], world.reorg.proof


class TestTheProposal:
    def test_whoever_does_the_work_and_comes_along_keeps_it(self, world):
        found = propose(world)
        assert found.figures["tasks"] == found.figures["given"] == 2
        assert line_of(world.kept).person_id == world.people["Lê Thị Bình"]
        assert line_of(world.kept).why["keeps"]
        assert found.figures["gap"] == 0

    def test_only_the_work_that_comes_to_the_unit_is_in_it(self, world):
        propose(world)
        assert not WorkLine.objects.filter(item_id=world.far.pk).exists()

    def test_what_nobody_has_the_hours_for_is_told_with_the_smallest_set(self, world):
        propose(world)
        found = services.set_work_hours(SYSTEM, world.reorg.pk, unit_id=world["X"], hours=0, lead_hours=0, own={})
        found.refresh_from_db()
        assert found.figures["given"] == 0
        assert len(found.figures["conflict"]["tasks"]) == 1
        assert found.figures["conflict"]["is_smallest"]
        assert line_of(world.kept).person_id is None

    def test_nobody_is_filled_while_others_are_idle(self, world):
        for _n in range(6):
            small.task(world, "A", function="f1", assignee_id=world.people["Trần Văn An"])
        services.take_inventory(SYSTEM, world.reorg.pk)
        found = propose(world)
        counts = {person: found.lines.filter(person=person).count() for person in world.people.values()}
        assert found.figures["cap"] is not None
        assert max(counts.values()) < 6

    def test_a_secret_task_goes_only_to_a_post_cleared_for_it(self, world):
        secret = small.task(world, "A", secrecy=1)
        Post.objects.filter(unit=world["A"], title="Bí thư").update(clearance=2)
        Post.objects.exclude(unit=world["A"], title="Bí thư").update(clearance=0)
        services.take_inventory(SYSTEM, world.reorg.pk)
        propose(world)
        assert line_of(secret).person_id == world.people["Trần Văn An"]
        with pytest.raises(Invalid, match="độ mật"):
            services.give_work(SYSTEM, world.reorg.pk, unit_id=world["X"], line_id=line_of(secret).pk, person_id=world.people["Lê Thị Bình"])
        assert line_of(secret).person_id == world.people["Trần Văn An"]

    def test_the_same_data_gives_the_same_proposal(self, world):
        propose(world)
        first = list(WorkLine.objects.order_by("item_id").values_list("item_id", "person", "hours"))
        propose(world)
        assert list(WorkLine.objects.order_by("item_id").values_list("item_id", "person", "hours")) == first

    def test_all_units_at_once(self, world):
        assert services.propose_all_work(SYSTEM, world.reorg.pk) is None
        assert set(WorkPlan.objects.values_list("unit_id", flat=True)) == {world["X"], world["Y"]}

    def test_a_unit_nobody_comes_to_gives_nothing_and_says_so(self, world):
        found = propose(world, "Y")
        assert (found.figures["tasks"], found.figures["given"]) == (1, 0)
        assert line_of(world.far).why == {"able": 0, "people": 0}


class TestEditing:
    def test_a_line_goes_to_another_of_the_unit(self, world):
        propose(world)
        services.give_work(SYSTEM, world.reorg.pk, unit_id=world["X"], line_id=line_of(world.kept).pk, person_id=world.people["Phạm Văn Chung"], hours=5)
        assert (line_of(world.kept).person_id, line_of(world.kept).hours, line_of(world.kept).is_edited) == (world.people["Phạm Văn Chung"], 5, True)

    def test_someone_who_does_not_come_cannot_be_chosen(self, world):
        propose(world)
        stranger = small.person(world, "T", "Bí thư", "Người ngoài").person_id
        before = line_of(world.kept).person_id
        with pytest.raises(Invalid, match="không làm ở đơn vị nhận"):
            services.give_work(SYSTEM, world.reorg.pk, unit_id=world["X"], line_id=line_of(world.kept).pk, person_id=stranger)
        assert line_of(world.kept).person_id == before

    def test_a_confirmed_proposal_stands_until_it_is_opened_again(self, world):
        propose(world)
        services.confirm_work(SYSTEM, world.reorg.pk, unit_id=world["X"])
        with pytest.raises(Refused, match="mở lại"):
            propose(world)
        assert WorkPlan.objects.get(unit=world["X"]).state == WorkPlan.State.CONFIRMED
        services.reopen_work(SYSTEM, world.reorg.pk, unit_id=world["X"])
        assert not PlanRow.objects.filter(handover=world.reorg.handover_id, detail__has_key="receiver").exists()
        propose(world)

    def test_people_of_a_placement_not_decided_yet_cannot_be_confirmed_where_the_plan_does_not_bring_them(self, world):
        services.list_posts(SYSTEM, world.reorg.pk)
        post = world.reorg.planned_posts.get(unit=world["Y"], title="Bí thư")
        services.pin(SYSTEM, world.reorg.pk, kind="pin", person_id=world.people["Trần Văn An"], post_id=post.pk, reason="Thử")
        services.start(SYSTEM, world.reorg.pk)
        propose(world, "Y")
        assert line_of(world.far).person_id == world.people["Trần Văn An"]
        with pytest.raises(Refused, match="quyết định bố trí trước"):
            services.confirm_work(SYSTEM, world.reorg.pk, unit_id=world["Y"])
        assert WorkPlan.objects.get().state == WorkPlan.State.PROPOSED
        assert not PlanRow.objects.filter(handover=world.reorg.handover_id, detail__has_key="receiver").exists()

    def test_confirming_makes_an_old_preview_stale(self, world):
        propose(world)
        services.preview(SYSTEM, world.reorg.pk)
        services.confirm_work(SYSTEM, world.reorg.pk, unit_id=world["X"])
        world.reorg.refresh_from_db()
        assert world.reorg.preview_hash == ""

    def test_after_the_plan_is_fixed_nothing_is_edited(self, world):
        propose(world)
        found = services.preview(SYSTEM, world.reorg.pk)
        services.decide(SYSTEM, world.reorg.pk, preview_hash=found.hash)
        with pytest.raises(Refused, match="trước khi chốt"):
            services.confirm_work(SYSTEM, world.reorg.pk, unit_id=world["X"])
        world.reorg.refresh_from_db()
        assert world.reorg.state == Reorganisation.State.DECIDED

    def test_hours_out_of_range_are_refused_and_nothing_changes(self, world):
        propose(world)
        with pytest.raises(Invalid, match="từ 0 tới 60"):
            services.set_work_hours(SYSTEM, world.reorg.pk, unit_id=world["X"], hours=70, lead_hours=5, own={})
        assert WorkPlan.objects.get(unit=world["X"]).hours == 30

    def test_a_unit_without_a_proposal_has_nothing_to_confirm(self, world):
        with pytest.raises(NotFound, match="chưa có đề xuất"):
            services.confirm_work(SYSTEM, world.reorg.pk, unit_id=world["X"])


class TestTheCutOver:
    def test_the_tasks_are_with_exactly_the_chosen_people_and_undo_gives_them_back(self, world):
        propose(world)
        services.give_work(SYSTEM, world.reorg.pk, unit_id=world["X"], line_id=line_of(world.kept).pk, person_id=world.people["Phạm Văn Chung"])
        services.give_work(SYSTEM, world.reorg.pk, unit_id=world["X"], line_id=line_of(world.free).pk, person_id=world.people["Trần Văn An"])
        services.confirm_work(SYSTEM, world.reorg.pk, unit_id=world["X"])
        apply(world)
        for task, name in ((world.kept, "Phạm Văn Chung"), (world.free, "Trần Văn An")):
            task.refresh_from_db()
            assert (task.lead_id, task.assignee_id) == (world["X"], world.people[name])

        clock.today = lambda: UNDO_DAY
        services.undo(SYSTEM, world.reorg.pk, on=UNDO_DAY, reason="thử")
        running.run(world.reorg.pk)
        world.kept.refresh_from_db()
        world.free.refresh_from_db()
        assert (world.kept.lead_id, world.kept.assignee_id) == (world["A"], world.people["Lê Thị Bình"])
        assert (world.free.lead_id, world.free.assignee_id) == (world["B"], None)

    def test_without_a_confirmed_proposal_work_stays_with_whoever_comes_along(self, world):
        propose(world)
        apply(world)
        world.kept.refresh_from_db()
        assert world.kept.assignee_id == world.people["Lê Thị Bình"]

    def test_work_given_to_someone_who_no_longer_comes_stops_the_preview_from_being_fixed(self, world):
        propose(world)
        services.confirm_work(SYSTEM, world.reorg.pk, unit_id=world["X"])
        Appointment.objects.filter(person=world.people["Lê Thị Bình"]).update(valid=(small.BEFORE, date(2025, 6, 1)))
        found = services.preview(SYSTEM, world.reorg.pk)
        assert [reason.code for reason in found.objections] == ["work.drift"]
        with pytest.raises(Refused, match="lập lại đề xuất chia việc"):
            services.decide(SYSTEM, world.reorg.pk, preview_hash=found.hash)


class TestInTheBackground:
    def test_it_goes_on_from_the_units_that_have_none(self, world, monkeypatch):
        monkeypatch.setattr(giving, "IN_REQUEST", 0)
        job = services.propose_all_work(SYSTEM, world.reorg.pk)
        propose(world)
        giving.run_proposing(world.reorg.pk, str(job.pk))
        job.refresh_from_db()
        assert job.state == job.State.DONE
        assert "1 đơn vị" in job.sentence
        assert WorkPlan.objects.count() == 2


class TestAScenarioSentBackToDraft:
    """Đề xuất lập trên cấu trúc cũ không được dùng tiếp, cũng không mất: giờ là người đặt."""

    @pytest.fixture
    def redrawn(self, world):
        """Đơn vị X đã đặt giờ riêng và xác nhận; rồi phương án về soạn lại."""
        propose(world)
        services.set_work_hours(SYSTEM, world.reorg.pk, unit_id=world["X"], hours=20, lead_hours=9, own={world.people["Lê Thị Bình"]: 15})
        services.confirm_work(SYSTEM, world.reorg.pk, unit_id=world["X"])
        services.back_to_draft(SYSTEM, world.reorg.pk)
        return world

    def test_what_was_confirmed_is_confirmed_no_more(self, redrawn):
        found = WorkPlan.objects.get()
        assert (found.state, found.confirmed_at, found.confirmed_by) == (WorkPlan.State.STALE, None, None)
        services.take_inventory(SYSTEM, redrawn.reorg.pk)
        assert not PlanRow.objects.filter(handover=redrawn.reorg.handover_id, detail__has_key="receiver").exists()

    def test_a_stale_proposal_is_neither_edited_nor_confirmed(self, redrawn):
        services.take_inventory(SYSTEM, redrawn.reorg.pk)
        line = line_of(redrawn.kept)
        with pytest.raises(Refused, match="lập lại"):
            services.confirm_work(SYSTEM, redrawn.reorg.pk, unit_id=redrawn["X"])
        with pytest.raises(Refused, match="lập lại"):
            services.give_work(SYSTEM, redrawn.reorg.pk, unit_id=redrawn["X"], line_id=line.pk, person_id=redrawn.people["Phạm Văn Chung"])
        assert WorkPlan.objects.get().state == WorkPlan.State.STALE
        assert line_of(redrawn.kept).person_id == line.person_id

    def test_proposing_again_keeps_the_hours_people_have_set(self, redrawn):
        services.take_inventory(SYSTEM, redrawn.reorg.pk)
        found = propose(redrawn)
        assert (found.state, found.hours, found.lead_hours) == (WorkPlan.State.PROPOSED, 20, 9)
        assert found.own_hours == {str(redrawn.people["Lê Thị Bình"]): 15}
        services.confirm_work(SYSTEM, redrawn.reorg.pk, unit_id=redrawn["X"])

    def test_proposing_for_all_units_counts_a_stale_one_as_missing(self, redrawn):
        services.take_inventory(SYSTEM, redrawn.reorg.pk)
        services.propose_all_work(SYSTEM, redrawn.reorg.pk)
        assert set(WorkPlan.objects.values_list("state", flat=True)) == {WorkPlan.State.PROPOSED}

    def test_the_proposal_of_a_unit_taken_out_of_the_drawing_goes_with_it(self, redrawn):
        services.drop_unit(SYSTEM, redrawn.reorg.pk, unit_id=redrawn["X"])
        assert not WorkPlan.objects.exists()
