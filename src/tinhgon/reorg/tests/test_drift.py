"""Bộ máy đổi từ lúc soạn: nêu xung đột, gỡ được từng cái; chưa gỡ thì không kiểm kê, không chốt được. Và nhân bản."""

import pytest

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import Invalid, Refused
from tinhgon.org.models import PlanRow, Unit
from tinhgon.org.services import structure
from tinhgon.reorg import baseline, services
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.services import running
from tinhgon.reorg.services.journal import snapshot
from tinhgon.reorg.tests import world as small

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: small.DAY)


@pytest.fixture
def world():
    return small.build()


def other(world, name="Phương án khác") -> Reorganisation:
    return services.create(SYSTEM, name=name, decree_number="12-QĐ/TU", decree_date=small.DAY, effective_on=small.DAY)


def applied(reorg: Reorganisation) -> None:
    found = services.preview(SYSTEM, reorg.pk)
    services.decide(SYSTEM, reorg.pk, preview_hash=found.hash)
    services.apply(SYSTEM, reorg.pk, preview_hash=found.hash)
    running.run(reorg.pk)
    reorg.refresh_from_db()
    assert reorg.state == Reorganisation.State.APPLIED


def conflicts(reorg: Reorganisation) -> list[tuple[int, str, tuple[str, ...]]]:
    reorg.refresh_from_db()
    return [(c.unit, str(c.what), tuple(map(str, c.choices))) for c in baseline.conflicts(reorg)]


class TestAnotherScenarioWasCarriedOut:
    @pytest.fixture
    def second(self, world):
        """Phương án thứ hai nhập xã A vào xã B; phương án đầu (A, B thành X) đứng trên cùng bộ máy."""
        made = other(world)
        services.merge_units(SYSTEM, made.pk, units=[world["A"]], into_id=world["B"])
        applied(made)
        return made

    def test_inventory_and_decision_are_refused_with_one_sentence_naming_the_smallest_reason(self, world, second):
        kept = snapshot(world.reorg)
        for verb in (services.take_inventory, services.preview):
            with pytest.raises(Refused) as refused:
                verb(SYSTEM, world.reorg.pk)
            (reason,) = refused.value.reasons
            assert reason.code == "reorg.drift"
            assert "Đảng ủy A đã kết thúc từ 01/07/2025, việc đã về Đảng ủy B" in reason.sentence
        world.reorg.refresh_from_db()
        assert snapshot(world.reorg) == kept
        assert world.reorg.state == Reorganisation.State.DRAFT
        assert not PlanRow.objects.filter(handover=world.reorg.handover_id).exists()

    def test_a_decided_scenario_is_not_carried_out(self, world):
        text = small.decided(world)
        made = other(world)
        services.merge_units(SYSTEM, made.pk, units=[world["A"]], into_id=world["B"])
        with pytest.raises(Refused, match="mỗi đơn vị chỉ trong một lần sắp xếp"):
            applied(made)
        structure.close_units([world["B"]], on=small.DAY)
        with pytest.raises(Refused, match="Bộ máy đã đổi"):
            services.apply(SYSTEM, world.reorg.pk, preview_hash=text)
        world.reorg.refresh_from_db()
        assert world.reorg.state == Reorganisation.State.DECIDED

    def test_taking_the_new_state_puts_the_heir_in_its_place(self, world, second):
        assert (world["A"], "closed", ("take", "drop")) in conflicts(world.reorg)
        services.resolve(SYSTEM, world.reorg.pk, unit_id=world["A"], what="closed", choice="take")
        pairs = set(world.reorg.successions.values_list("predecessor_id", "successor_id"))
        assert (world["B"], world["X"]) in pairs
        assert not any(world["A"] in pair for pair in pairs)

    def test_dropping_the_line_leaves_the_rest(self, world, second):
        services.resolve(SYSTEM, world.reorg.pk, unit_id=world["A"], what="closed", choice="drop")
        assert not world.reorg.successions.filter(predecessor=world["A"]).exists()
        assert world.reorg.successions.filter(predecessor=world["B"]).exists()
        assert conflicts(world.reorg) == []
        services.take_inventory(SYSTEM, world.reorg.pk)

    def test_a_way_that_does_not_exist_is_refused(self, world, second):
        kept = snapshot(world.reorg)
        with pytest.raises(Invalid):
            services.resolve(SYSTEM, world.reorg.pk, unit_id=world["A"], what="closed", choice="keep")
        world.reorg.refresh_from_db()
        assert snapshot(world.reorg) == kept

    def test_taking_a_resolution_back_brings_the_conflict_back(self, world, second):
        before = conflicts(world.reorg)
        services.resolve(SYSTEM, world.reorg.pk, unit_id=world["A"], what="closed", choice="drop")
        services.take_back(SYSTEM, world.reorg.pk)
        assert conflicts(world.reorg) == before


class TestTheOrganisationChanged:
    def test_a_name_both_changed_can_be_kept(self, world):
        made = other(world)
        services.rename_unit(SYSTEM, made.pk, unit_id=world["A"], name="Đảng ủy xã An")
        structure.change_units([(world["A"], {"name": "Đảng ủy xã Ân"})], on=small.DAY, decree="x")
        assert conflicts(made) == [(world["A"], "name", ("keep", "drop"))]
        services.resolve(SYSTEM, made.pk, unit_id=world["A"], what="name", choice="keep")
        assert conflicts(made) == []
        assert made.successions.get().new_name == "Đảng ủy xã An"

    def test_a_function_shared_out_but_no_longer_held(self, world):
        made = other(world)
        f1 = world.functions["f1"]
        services.move_function(SYSTEM, made.pk, function_id=f1, from_id=world["A"], to_id=world["B"])
        structure.take_functions([(world["A"], f1)], on=small.DAY)
        assert conflicts(made) == [(world["A"], "lost", ("take", "drop"))]
        services.resolve(SYSTEM, made.pk, unit_id=world["A"], what="lost", choice="take")
        assert conflicts(made) == []

    def test_a_new_unit_inside_one_that_closes_follows(self, world):
        made = other(world)
        services.merge_units(SYSTEM, made.pk, units=[world["A"]], into_id=world["B"])
        (child,) = structure.open_units([structure.NewUnit("Phòng mới", "Phòng mới", "room", "commune", world["A"], is_organ=False)], on=small.DAY, decree="x")
        assert conflicts(made) == [(world["A"], "child", ("take", "drop"))]
        services.resolve(SYSTEM, made.pk, unit_id=world["A"], what="child", choice="take")
        assert conflicts(made) == []
        assert made.successions.get(predecessor=child).new_parent_id == world["B"]

    def test_what_changes_elsewhere_disturbs_nobody(self, world):
        structure.change_units([(world["VT"], {"name": "Văn phòng khác"})], on=small.DAY, decree="x")
        assert conflicts(world.reorg) == []


class TestCopies:
    def test_a_copy_has_units_of_its_own_and_says_where_it_came_from(self, world):
        services.decide_by_rule(SYSTEM, world.reorg.pk, unit_ids=[world["C"]], heir_id=world["Y"])
        made = services.copy(SYSTEM, world.reorg.pk, name="Bản hai")
        assert (made.copied_from_id, made.state) == (world.reorg.pk, "draft")
        own = set(made.planned_units.values_list("unit_id", flat=True))
        assert not own & set(world.reorg.planned_units.values_list("unit_id", flat=True))
        assert made.successions.count() == world.reorg.successions.count()
        assert made.rules.get().heir_id in own
        services.merge_units(SYSTEM, made.pk, units=[world["A"]], into_id=world["T"])
        assert world.reorg.successions.filter(predecessor=world["A"], successor=world["X"]).exists()

    def test_one_of_two_carried_out_leaves_conflicts_to_the_other(self, world):
        made = services.copy(SYSTEM, world.reorg.pk, name="Bản hai")
        services.decide_by_rule(SYSTEM, world.reorg.pk, unit_ids=[world["C"], world["H"]], heir_id=world["Y"])
        applied(world.reorg)
        assert {(unit, what) for unit, what, _choices in conflicts(made)} == {(world[u], "closed") for u in "ABCH"}
        with pytest.raises(Refused, match="và 3 xung đột nữa"):
            services.take_inventory(SYSTEM, made.pk)

    def test_what_is_carried_out_is_not_copied(self, world):
        small.decided(world)
        Reorganisation.objects.filter(pk=world.reorg.pk).update(state="applied")
        units = Unit.objects.count()
        with pytest.raises(Refused, match="chỉ nhân bản"):
            services.copy(SYSTEM, world.reorg.pk, name="Bản hai")
        assert (Unit.objects.count(), Reorganisation.objects.count()) == (units, 1)
