"""So sánh phương án: cùng vùng, con số dự kiến đúng như phương án viết, điều chưa biết không thành số 0, nói bằng lời."""

from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import Invalid, NotFound
from tinhgon.org.figures import Absent
from tinhgon.org.models import Succession
from tinhgon.reorg import services
from tinhgon.reorg.comparison import wording
from tinhgon.reorg.comparison.comparing import MOST, Origin, candidates, compare
from tinhgon.reorg.models import PlannedPost, Reorganisation
from tinhgon.reorg.services import SuccessionDraft, UnitDraft
from tinhgon.reorg.tests import world as small

pytestmark = pytest.mark.django_db
ON = date(2025, 6, 20)


@pytest.fixture
def world():
    return small.build()


def draft(world, name: str, *, into: str = "commune", gather: str = "ABC"):
    """Một phương án khác: gộp các xã ``gather`` thành một phường theo mẫu ``into``."""
    reorg = services.create(SYSTEM, name=name, decree_number="20-QĐ/TU", decree_date=date(2025, 6, 16), effective_on=small.DAY)
    unit = UnitDraft("Z", f"Đảng ủy phường {name}", "Z", "committee", "commune", "ĐU", parent_id=world["T"], template=into)
    services.plan_structure(
        SYSTEM, reorg.pk, units=[unit], successions=[SuccessionDraft(world[old], Succession.Type.MERGED, successor_key="Z") for old in gather]
    )
    return reorg


def value(column, code: str):
    return column.figures[code].value


class TestArea:
    def test_every_scenario_is_seen_over_the_same_units(self, world):
        other = draft(world, "Một phường", gather="AB")
        found = compare(SYSTEM, [world.reorg.pk, other.pk], on=ON)
        assert found.area.units == {world[name] for name in "ABCHT"}
        now, first, second = found.columns
        assert (value(now, "org.units"), value(first, "org.units"), value(second, "org.units")) == (5, 3, 4)

    def test_alone_a_scenario_is_seen_over_what_it_touches(self, world):
        other = draft(world, "Một phường", gather="AB")
        assert compare(SYSTEM, [other.pk], on=ON).area.units == {world["A"], world["B"]}

    def test_a_unit_not_open_that_day_is_told_and_not_counted(self, world):
        found = compare(SYSTEM, [world.reorg.pk], on=date(2019, 1, 1))
        assert found.area.units == frozenset()
        assert any("không hoạt động" in one for one in wording.caveats(found.columns[1]))


class TestProjected:
    def test_seats_heads_and_deputies_come_from_the_templates_of_new_units(self, world):
        found = compare(SYSTEM, [draft(world, "Một phường").pk], on=ON)
        now, after = found.columns
        assert [value(now, f"org.{name}") for name in ("seats", "heads", "deputies")] == [6, 3, 3]
        assert [value(after, f"org.{name}") for name in ("units", "seats", "heads", "deputies")] == [1, 2, 1, 1]
        assert after.figures["org.seats"].origin == Origin.PLAN

    def test_a_list_of_posts_wins_over_the_template(self, world):
        reorg = draft(world, "Một phường")
        unit = reorg.planned_units.get().unit_id
        PlannedPost.objects.create(reorganisation=reorg, unit_id=unit, title="Bí thư", role="standing_committee", rank=1, seats=1)
        PlannedPost.objects.create(reorganisation=reorg, unit_id=unit, title="Chuyên viên", role="specialist", rank=5, seats=7)
        after = compare(SYSTEM, [reorg.pk], on=ON).columns[1]
        assert (value(after, "org.seats"), value(after, "org.deputies")) == (8, 0)

    def test_without_a_template_seats_are_unknown_never_nought(self, world):
        after = compare(SYSTEM, [draft(world, "Một phường", into="").pk], on=ON).columns[1]
        assert isinstance(value(after, "org.seats"), Absent)
        assert value(after, "org.units") == 1
        lean = {one.measure.code: one for one in after.results}
        assert lean["truc-tiep"].value is None
        assert any("chưa chọn mẫu vị trí" in one for one in wording.caveats(after))

    def test_layers_are_those_of_the_plan(self, world):
        now, after = compare(SYSTEM, [world.reorg.pk], on=ON).columns
        assert (value(now, "org.layers"), value(after, "org.layers")) == (3, 2)

    def test_functions_of_joined_units_are_held_once(self, world):
        now, after = compare(SYSTEM, [draft(world, "Một phường").pk], on=ON).columns
        assert (value(now, "org.functions"), value(now, "org.duties")) == (2, 6)
        assert (value(after, "org.functions"), value(after, "org.duties")) == (2, 2)

    def test_a_function_given_away_by_a_unit_that_stays_is_held_in_one_place(self, world):
        reorg = services.create(SYSTEM, name="Chuyển chức năng", decree_number="21", decree_date=date(2025, 6, 16), effective_on=small.DAY)
        split = Succession.Type.SPLIT
        edges = [
            SuccessionDraft(world["A"], split, successor_id=world["A"], functions=[world.functions["f2"]]),
            SuccessionDraft(world["A"], split, successor_id=world["B"], functions=[world.functions["f1"]]),
        ]
        services.plan_structure(SYSTEM, reorg.pk, units=[], successions=edges)
        now, after = compare(SYSTEM, [reorg.pk], on=ON).columns
        assert (value(now, "org.duties"), value(after, "org.duties")) == (4, 3)
        assert value(now, "org.units") == value(after, "org.units") == 2

    def test_open_work_follows_and_is_carried_by_fewer(self, world):
        for name in "ABC":
            for n in range(2):
                small.person(world, name, "Bí thư" if n else "Phó Bí thư")
            small.task(world, name)
        now, after = compare(SYSTEM, [draft(world, "Một phường").pk], on=ON).columns
        assert value(now, "tasks.open") == value(after, "tasks.open") == 3
        assert (value(now, "org.staff"), value(after, "org.staff")) == (6, 2)
        assert after.figures["org.staff"].origin == Origin.AT_MOST
        assert any("6 người mà 2 ghế: ít nhất 4 người" in one for one in wording.caveats(after))
        load = next(one for one in wording.sentences(after) if one.startswith("Hiệu năng"))
        assert "mỗi người gánh 1,5 việc đang mở thay vì 0,5" in load
        assert "(nếu ghế nào cũng có người)" in load
        assert "Chưa biết: việc một người làm xong" in load

    def test_what_only_time_will_tell_is_said_to_be_unknown(self, world):
        after = compare(SYSTEM, [world.reorg.pk], on=ON).columns[1]
        assert isinstance(value(after, "tasks.on_time"), Absent)
        assert any(one.startswith("Hiệu lực: chưa nói trước được.") for one in wording.sentences(after))

    def test_people_of_a_split_unit_are_undecided_until_the_inventory_is_decided(self, world):
        small.person(world, "C", "Bí thư")
        after = compare(SYSTEM, [world.reorg.pk], on=ON).columns[1]
        assert after.projection.undecided == 1
        assert isinstance(value(after, "personnel.covered"), Absent)
        services.take_inventory(SYSTEM, world.reorg.pk)
        services.decide_by_rule(SYSTEM, world.reorg.pk, unit_ids=[world["C"], world["H"]], heir_id=world["Y"])
        after = compare(SYSTEM, [world.reorg.pk], on=ON).columns[1]
        assert (after.projection.undecided, after.projection.is_inventoried) == (0, True)
        assert after.projection.structure.people[0][1] == world["Y"]

    def test_nothing_is_written(self, world):
        with CaptureQueriesContext(connection) as asked:
            compare(SYSTEM, [world.reorg.pk], on=ON)
        assert not [query for query in asked if query["sql"].lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))]


class TestInWords:
    def test_leaner_is_told_with_its_numbers(self, world):
        after = compare(SYSTEM, [draft(world, "Một phường").pk], on=ON).columns[1]
        lean = wording.sentence(next(one for one in after.differences if one.criterion == "gon"))
        assert lean == "Gọn hơn: 3 đơn vị còn 1; mỗi chức năng nằm ở 1,0 nơi thay vì 3,0."

    def test_better_here_and_worse_there_is_told_as_both(self, world):
        after = compare(SYSTEM, [draft(world, "Một phường", into="commune/office").pk], on=ON).columns[1]
        lean = wording.sentence(next(one for one in after.differences if one.criterion == "gon"))
        assert lean.startswith("Gọn")
        assert "0,0 % lên 66,7 % ghế làm việc trực tiếp" in lean

    def test_one_scenario_against_another(self, world):
        one, other = draft(world, "Một phường"), draft(world, "Hai xã", gather="AB")
        found = compare(SYSTEM, [one.pk, other.pk], on=ON, base=one.pk)
        assert found.columns[1].differences == ()
        lean = wording.sentence(next(d for d in found.columns[2].differences if d.criterion == "gon"))
        assert lean.startswith("Kém gọn hơn: 1 đơn vị lên 2")

    def test_every_result_shows_how_it_is_reckoned(self, world):
        now = compare(SYSTEM, [world.reorg.pk], on=ON).now
        lean = next(one for one in now.results if one.measure.code == "truc-tiep")
        assert wording.in_words(lean.measure.formula) == "100 × (ghế − ghế đứng đầu − ghế cấp phó) ÷ ghế"
        assert wording.working(lean) == f"100 × ({wording.plain(value(now, 'org.seats'))} − 5 − {wording.plain(value(now, 'org.deputies'))}) ÷ {wording.plain(value(now, 'org.seats'))} = 0,0"

    def test_a_division_by_nothing_names_the_divisor(self, world):
        now = compare(SYSTEM, [world.reorg.pk], on=ON).now
        first_time = next(one for one in now.results if one.measure.code == "lan-dau")
        assert wording.why_not(first_time) == ["Không chia được: nhiệm vụ hoàn thành trong kỳ bằng 0."]

    def test_numbers_are_written_the_house_s_way(self):
        assert wording.figure(Fraction(10445, 10), 1) == "1.044,5"
        assert wording.figure(Fraction(2, 3), 2) == "0,67"


class TestWho:
    def test_only_plans_still_being_drawn_are_candidates(self, world):
        small.decided(world)
        assert list(candidates(SYSTEM, on=ON)) == [world.reorg]
        Reorganisation.objects.update(state="applied")
        assert list(candidates(SYSTEM, on=ON)) == []
        with pytest.raises(NotFound):
            compare(SYSTEM, [world.reorg.pk], on=ON)

    def test_too_many_columns_are_refused(self, world):
        with pytest.raises(Invalid):
            compare(SYSTEM, list(range(1, MOST + 2)), on=ON)

    def test_the_base_is_one_of_those_compared(self, world):
        with pytest.raises(NotFound):
            compare(SYSTEM, [world.reorg.pk], on=ON, base=10**9)


def test_as_many_questions_for_two_communes_as_for_three(world):
    two, three = draft(world, "Hai", gather="AB"), draft(world, "Ba", gather="ABC")
    asked = []
    for one in (two, three):
        compare(SYSTEM, [one.pk], on=ON)
        with CaptureQueriesContext(connection) as queries:
            compare(SYSTEM, [one.pk], on=ON)
        asked.append(len(queries))
    assert asked[0] == asked[1]
