"""Dự báo việc tồn: đo từ chính việc của các đơn vị, ai về đâu, việc về đâu; giữ lại lúc chốt và so với thực tế."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.documents.models import Document, RoutingLine
from tinhgon.documents.tests.factories import document_type
from tinhgon.engine.transition.rates import LEAST_ITEMS
from tinhgon.org.models import Appointment
from tinhgon.reorg import services
from tinhgon.reorg.models import Expectation
from tinhgon.reorg.services import running
from tinhgon.reorg.tests import world as small
from tinhgon.reorg.tests.world import DAY
from tinhgon.reorg.workload.capacity import USED, Team, time_shares
from tinhgon.reorg.workload.forecasting import forecast
from tinhgon.reorg.workload.ground import Way, ground_of
from tinhgon.reorg.workload.measuring import Cell, backlog
from tinhgon.reorg.workload.reality import reality
from tinhgon.tasks.models import Task

pytestmark = pytest.mark.django_db
MORNING = datetime(2025, 1, 1, 8, tzinfo=small.MOMENT.tzinfo)


def work(world, unit: str, *, weeks: int = 12, each: int = 4, done: bool = True, late: bool = False) -> None:
    """``each`` nhiệm vụ mỗi tuần của các tuần trước ngày sắp xếp; ``done``: xong sau ba ngày."""
    for week in range(weeks):
        for number in range(each):
            came = DAY - timedelta(days=7 * week + 5 + number % 2)
            finished = came + timedelta(days=3)
            Task.objects.create(
                title="Việc", lead_id=world[unit], assigner_id=world["T"], created_at=datetime.combine(came, MORNING.timetz()),
                state="done" if done else "accepted", finished_on=finished if done else None, kept_by_id=world[unit] if done else None,
                due_on=finished + timedelta(days=-1 if late else 1), function_id=world.functions["f1"],
            )  # fmt: skip


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)
    made = small.build()
    for unit, title, name in (("A", "Bí thư", "Trần Văn An"), ("A", "Phó Bí thư", "Lê Thị Bình"), ("B", "Bí thư", "Phạm Văn Chung"), ("C", "Bí thư", "Vũ Văn Em")):
        small.person(made, unit, title, name)
    services.decide_by_rule(SYSTEM, made.reorg.pk, unit_ids=[made["C"], made["H"]], heir_id=made["Y"])
    return made


def ground(world, weeks=12):
    services.take_inventory(SYSTEM, world.reorg.pk)
    world.reorg.refresh_from_db()
    return ground_of(world.reorg, weeks=weeks, today=clock.today())


def ahead(found, way=None, **more):
    return forecast(found, way or Way(DAY), until=DAY, **more)


class TestWhatIsMeasured:
    def test_arrivals_finished_and_backlog_come_from_the_units_own_work(self, world):
        work(world, "A")
        work(world, "B", weeks=2, each=1, done=False)
        found = ground(world).measured
        assert sum(found.by_unit[world["A"]].arrived) == sum(found.by_unit[world["A"]].finished) == 48
        assert found.by_unit[world["B"]].open == 2
        assert (found.by_unit[world["A"]].due, found.by_unit[world["A"]].on_time) == (48, 48)

    def test_documents_count_as_work_too_but_not_those_for_information(self, world):
        paper = Document.objects.create(direction="outgoing", state="draft", summary="V", holder_id=world["T"], type=document_type(), created_at=MORNING)
        for role in ("lead", "for_information"):
            RoutingLine.objects.create(document=paper, to_unit_id=world["A"], from_unit_id=world["T"], role=role, sent_at=small.MOMENT)
        assert ground(world).measured.by_unit[world["A"]].open == 1

    def test_backlog_of_past_weeks_is_counted_back_from_what_is_open_now(self):
        assert backlog(Cell(arrived=[5, 3, 2], finished=[1, 4, 1], open=7)) == [7, 6, 7]

    def test_a_unit_that_keeps_up_is_taken_to_use_85_percent_of_its_strength(self, world):
        work(world, "A")
        found = ground(world)
        rate = found.rates[world["A"]]
        assert rate.is_own
        assert rate.keeps_up
        assert rate.per_day * 2 == pytest.approx(48 / found.measured.days / USED)

    def test_a_unit_that_falls_behind_is_taken_to_be_at_its_limit(self, world):
        work(world, "A", each=2)
        work(world, "A", each=3, done=False)
        found = ground(world)
        assert not found.rates[world["A"]].keeps_up
        assert found.rates[world["A"]].per_day * 2 == pytest.approx(24 / found.measured.days)

    def test_a_unit_with_too_little_work_takes_the_common_rate_and_says_so(self, world):
        work(world, "A")
        work(world, "B", weeks=2, each=1)
        assert LEAST_ITEMS > 2
        assert not ground(world).rates[world["B"]].is_own


class TestWhereItGoes:
    def test_work_and_people_go_where_the_plan_sends_them(self, world):
        work(world, "A", weeks=1, done=False)
        work(world, "C", weeks=1, done=False)
        found = ground(world)
        assert found.where.of(world["A"], world.functions["f1"]) == {world["X"]: 1.0}
        assert found.where.of(world["C"], world.functions["f1"]) == {world["Y"]: 1.0}
        assert {one.name: one.unit_id for one in found.staff}["Phạm Văn Chung"] == world["X"]

    def test_a_split_unit_without_any_open_work_is_shared_equally_and_told(self, world):
        found = ground(world)
        assert found.where.of(world["C"], None) == {world["X"]: 0.5, world["Y"]: 0.5}
        assert world["C"] in found.where.guessed

    def test_a_specialist_does_the_work_of_the_post_and_others_fill_the_gaps(self):
        shares = time_shares({1: 6.0, 2: 2.0}, {1: 10, 2: 20}, [Team(10, 8.0), Team(None, 4.0)])
        assert shares[10] == {1: 1.0}
        assert shares[None][2] == pytest.approx(1.0)

    def test_no_function_is_left_alone_while_someone_in_the_unit_is_free(self):
        assert time_shares({1: 6.0, 2: 2.0}, {1: 10, 2: 20}, [Team(10, 8.0)]) == {10: {1: 0.75, 2: 0.25}}


class TestTheForecast:
    def test_people_in_new_places_are_slower_at_first_and_the_backlog_comes_back(self, world):
        work(world, "A", each=8)
        work(world, "B", each=4)
        found = ahead(ground(world))
        one = found.units[world["X"]]
        assert one.peak > one.weekly[0][1] > 0
        assert one.peak_on < one.back_on
        assert all(low <= middle <= high for low, middle, high in one.weekly)
        assert found.lost_days > 0

    def test_waves_spread_the_loss_and_another_date_moves_it(self, world):
        work(world, "A", each=8)
        work(world, "B", each=4)
        here = ground(world)
        once, waves = ahead(here), ahead(here, Way(DAY, waves=2, every=20))
        later = ahead(here, Way(here.calendar.add_working_days(DAY, 20)))
        assert waves.units[world["X"]].peak < once.units[world["X"]].peak
        assert later.units[world["X"]].peak_on > once.units[world["X"]].peak_on
        assert waves.wave_days == (DAY, here.calendar.add_working_days(DAY, 20))

    def test_each_function_of_a_unit_has_its_own_forecast(self, world):
        work(world, "A")
        found = ahead(ground(world), detail=frozenset({world["X"]}))
        assert set(found.functions) == {(world["X"], world.functions["f1"])}

    def test_work_that_nobody_takes_is_warned(self, world):
        work(world, "A")
        work(world, "C", each=3)
        here = ground(world)
        alone = here.__class__(here.start, here.calendar, here.measured, tuple(one for one in here.staff if one.name != "Vũ Văn Em"), here.where, here.field_of)
        assert "nobody" in {warning.code for warning in ahead(alone).units[world["Y"]].warnings}

    def test_work_that_already_piles_up_goes_on_piling_up(self, world):
        work(world, "A", each=2)
        work(world, "A", each=3, done=False)
        one = ahead(ground(world)).units[world["X"]]
        assert one.weekly[-1][1] > one.weekly[0][1] + 10
        assert "overloaded" in {warning.code for warning in one.warnings}

    @pytest.mark.parametrize("tasks", [2, 8])
    def test_it_asks_the_database_as_often_however_much_there_is(self, world, tasks):
        work(world, "A", each=tasks)
        services.take_inventory(SYSTEM, world.reorg.pk)
        with CaptureQueriesContext(connection) as asked:
            ground_of(world.reorg, weeks=12, today=DAY)
        assert len(asked) == 21


class TestPlanAgainstReality:
    def cut_over(self, world):
        found = services.preview(SYSTEM, world.reorg.pk)
        services.decide(SYSTEM, world.reorg.pk, preview_hash=found.hash)
        services.apply(SYSTEM, world.reorg.pk, preview_hash=found.hash)
        running.run(world.reorg.pk)
        world.reorg.refresh_from_db()

    def test_the_forecast_is_kept_when_the_plan_is_fixed_and_stays(self, world):
        work(world, "A", each=8)
        self.cut_over(world)
        kept = Expectation.objects.get()
        assert kept.body["whole"]["finished"] == 96
        assert len(kept.body["units"][str(world["X"])]["weekly"]) == len(kept.body["weeks"]) == 26

    def test_a_decision_taken_back_leaves_no_forecast_behind(self, world):
        work(world, "A", each=8)
        services.take_inventory(SYSTEM, world.reorg.pk)
        services.decide(SYSTEM, world.reorg.pk, preview_hash=services.preview(SYSTEM, world.reorg.pk).hash)
        assert Expectation.objects.exists()
        services.back_to_draft(SYSTEM, world.reorg.pk)
        assert not Expectation.objects.exists()

    def test_without_any_work_nothing_is_kept_and_the_plan_is_still_fixed(self, world):
        self.cut_over(world)
        assert not Expectation.objects.exists()
        assert reality(world.reorg, today=DAY) is None

    def test_before_the_first_week_has_passed_it_says_so(self, world):
        work(world, "A")
        self.cut_over(world)
        found = reality(world.reorg, today=DAY)
        assert found.whole.verdict == "early"
        assert found.whole.real == []

    def test_the_measured_line_begins_at_the_cut_over_and_is_judged_against_the_band(self, world):
        work(world, "A", each=8)
        work(world, "A", each=2, weeks=3, done=False)
        self.cut_over(world)
        Task.objects.bulk_create(
            Task(title="Mới", lead_id=world["X"], assigner_id=world["T"], created_at=datetime(2025, 7, 3, 8, tzinfo=MORNING.tzinfo)) for _n in range(60)
        )
        found = reality(world.reorg, today=DAY + timedelta(days=21))
        assert [day for day, _count in found.whole.real] == [date(2025, 7, 7), date(2025, 7, 14), date(2025, 7, 21)]
        assert found.whole.real[0][1] == 66
        assert found.whole.verdict == "above"
        (one,) = [unit for unit in found.units if unit.unit_id == world["X"]]
        assert (one.now, one.verdict) == (66, "above")

    def test_on_time_before_and_since_and_people_who_left(self, world):
        work(world, "A", each=4, late=True)
        self.cut_over(world)
        gone = Appointment.objects.get(person__full_name="Phạm Văn Chung", is_main=True, valid__contains=DAY)
        gone.valid = (DAY, DAY + timedelta(days=10))
        gone.save()
        Task.objects.create(
            title="Xong", lead_id=world["X"], assigner_id=world["T"], state="done", kept_by_id=world["X"], created_at=datetime(2025, 7, 3, 8, tzinfo=MORNING.tzinfo),
            finished_on=date(2025, 7, 8), due_on=date(2025, 7, 9),
        )  # fmt: skip
        found = reality(world.reorg, today=DAY + timedelta(days=14))
        assert found.whole.on_time_before == (0, 48)
        assert found.whole.on_time_since == (1, 1)
        assert found.left == 1
