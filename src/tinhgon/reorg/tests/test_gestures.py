"""Thao tác trên bảng: vẽ lại bộ máy, hoàn lại được, sai thì từ chối mà không gì đổi; chuyển giao đúng như đã vẽ."""

import pytest

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import Invalid, Refused
from tinhgon.engine.structure import future, orphans
from tinhgon.org.models import Function, UnitFunction, UnitVersion
from tinhgon.org.services.catalogue import ensure_catalogue
from tinhgon.reorg import scenario, services
from tinhgon.reorg.models import DispositionRule, Gesture, Reorganisation
from tinhgon.reorg.services import NewUnit, Part, running
from tinhgon.reorg.services.journal import snapshot
from tinhgon.reorg.tests import world as small

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: small.DAY)


@pytest.fixture
def world():
    """Tỉnh nhỏ với một phương án còn trống."""
    made = small.build()
    made.reorg = services.create(
        SYSTEM, name="Phương án trống", decree_number="12-QĐ/TU", decree_date=small.DAY, effective_on=small.DAY
    )
    return made


def lines(world) -> dict[tuple[int, int], str]:
    rows = world.reorg.successions.values_list("predecessor_id", "successor_id", "type")
    return {(before, after): type_ for before, after, type_ in rows}


def read(world) -> scenario.Scenario:
    world.reorg.refresh_from_db()
    return scenario.read(world.reorg)


def carried_out(world) -> None:
    found = services.preview(SYSTEM, world.reorg.pk)
    services.decide(SYSTEM, world.reorg.pk, preview_hash=found.hash)
    services.apply(SYSTEM, world.reorg.pk, preview_hash=found.hash)
    running.run(world.reorg.pk)
    world.reorg.refresh_from_db()
    assert world.reorg.state == Reorganisation.State.APPLIED, world.reorg.proof


def structure_on(day) -> dict[int, tuple[str, int | None, frozenset[int]]]:
    held: dict[int, set[int]] = {}
    for unit, function in UnitFunction.objects.filter(valid__contains=day).values_list("unit_id", "function_id"):
        held.setdefault(unit, set()).add(function)
    rows = UnitVersion.objects.filter(valid__contains=day).values_list("unit_id", "name", "parent_id")
    return {unit: (name, parent, frozenset(held.get(unit, ()))) for unit, name, parent in rows}


class TestMoving:
    def test_a_unit_goes_under_another_parent_and_back_again_leaves_no_line(self, world):
        services.move_units(SYSTEM, world.reorg.pk, units=[world["A"]], parent_id=world["T"])
        assert lines(world) == {(world["A"], world["A"]): "moved"}
        assert read(world).after[world["A"]].parent == world["T"]
        services.move_units(SYSTEM, world.reorg.pk, units=[world["A"]], parent_id=world["H"])
        assert lines(world) == {}

    def test_a_unit_never_becomes_its_own_superior(self, world):
        with pytest.raises(Invalid, match="nằm trong Đảng ủy H"):
            services.move_units(SYSTEM, world.reorg.pk, units=[world["H"]], parent_id=world["A"])
        assert lines(world) == {}
        assert not Gesture.objects.filter(reorganisation=world.reorg).exists()

    def test_two_moves_in_one_gesture_do_not_close_a_ring(self, world):
        services.move_units(SYSTEM, world.reorg.pk, units=[world["B"]], parent_id=world["A"])
        with pytest.raises(Invalid):
            services.move_units(SYSTEM, world.reorg.pk, units=[world["A"]], parent_id=world["B"])

    def test_a_name_and_a_parent_change_in_one_line(self, world):
        services.rename_unit(SYSTEM, world.reorg.pk, unit_id=world["A"], name="Đảng ủy xã An")
        services.move_units(SYSTEM, world.reorg.pk, units=[world["A"]], parent_id=world["T"])
        (line,) = world.reorg.successions.all()
        assert (line.new_name, line.new_parent_id, line.type) == ("Đảng ủy xã An", world["T"], "moved")
        carried_out(world)
        now = UnitVersion.objects.get(unit=world["A"], valid__contains=small.DAY)
        assert (now.name, now.parent_id) == ("Đảng ủy xã An", world["T"])

    def test_a_name_already_taken_beside_it_is_refused(self, world):
        with pytest.raises(Invalid, match="Đã có đơn vị tên"):
            services.rename_unit(SYSTEM, world.reorg.pk, unit_id=world["A"], name="đảng ủy b")
        assert lines(world) == {}


class TestFunctions:
    def test_a_function_goes_with_its_work_and_the_rest_stays(self, world):
        task = small.task(world, "A", function="f1")
        other = small.task(world, "A")
        services.move_function(SYSTEM, world.reorg.pk, function_id=world.functions["f1"], from_id=world["A"], to_id=world["B"])
        assert lines(world) == {(world["A"], world["A"]): "split", (world["A"], world["B"]): "split"}
        carried_out(world)
        task.refresh_from_db()
        other.refresh_from_db()
        assert (task.lead_id, other.lead_id) == (world["B"], world["A"])
        assert structure_on(small.DAY)[world["A"]][2] == {world.functions["f2"]}

    def test_undoing_the_change_gives_the_function_back(self, world):
        before = structure_on(small.DAY)
        UnitFunction.objects.filter(unit=world["B"], function=world.functions["f1"]).delete()
        services.move_function(SYSTEM, world.reorg.pk, function_id=world.functions["f1"], from_id=world["A"], to_id=world["B"])
        carried_out(world)
        assert structure_on(small.DAY)[world["B"]][2] == set(world.functions.values())
        services.undo(SYSTEM, world.reorg.pk, on=small.DAY, reason="thử")
        running.run(world.reorg.pk)
        after = structure_on(small.DAY)
        assert after[world["A"]] == before[world["A"]]
        assert after[world["B"]][2] == {world.functions["f2"]}

    def test_a_function_brought_back_leaves_no_line_and_no_rule(self, world):
        args = {"function_id": world.functions["f1"]}
        services.move_function(SYSTEM, world.reorg.pk, from_id=world["A"], to_id=world["B"], **args)
        services.move_function(SYSTEM, world.reorg.pk, from_id=world["A"], to_id=world["A"], **args)
        assert lines(world) == {}
        assert not DispositionRule.objects.filter(reorganisation=world.reorg).exists()

    def test_a_function_not_held_is_refused(self, world):
        with pytest.raises(Invalid, match="không giữ"):
            services.move_function(SYSTEM, world.reorg.pk, function_id=world.functions["f1"], from_id=world["T"], to_id=world["A"])
        assert lines(world) == {}


class TestMerging:
    def test_committees_merge_into_a_new_one_with_three_agencies_from_the_template(self, world):
        ensure_catalogue()
        new = NewUnit("Đảng ủy phường Z", world["T"], "commune")
        made = services.merge_into_new(SYSTEM, world.reorg.pk, units=[world["A"], world["B"]], new=new)
        assert lines(world) == {(world["A"], made): "merged", (world["B"], made): "merged"}
        found = read(world)
        assert sorted(found.after[unit].kind for unit in found.children_after[made]) == ["inspection", "office", "party_building"]
        assert found.after[made].parent == world["T"]

    def test_a_district_takes_its_communes_along(self, world):
        services.merge_units(SYSTEM, world.reorg.pk, units=[world["H"]], into_id=world["T"])
        found = read(world)
        assert set(found.children_after[world["T"]]) >= {world["A"], world["B"], world["C"]}
        assert found.plan.closing == {world["H"]}
        carried_out(world)
        assert UnitVersion.objects.get(unit=world["A"], valid__contains=small.DAY).parent_id == world["T"]

    def test_who_was_to_be_received_follows_to_the_new_receiver(self, world):
        services.merge_units(SYSTEM, world.reorg.pk, units=[world["A"]], into_id=world["B"])
        services.merge_units(SYSTEM, world.reorg.pk, units=[world["B"]], into_id=world["C"])
        assert lines(world) == {(world["A"], world["C"]): "merged", (world["B"], world["C"]): "merged"}

    def test_a_unit_is_not_merged_into_what_is_inside_it(self, world):
        with pytest.raises(Invalid, match="nằm trong nó"):
            services.merge_units(SYSTEM, world.reorg.pk, units=[world["H"]], into_id=world["A"])
        assert lines(world) == {}

    def test_closing_gives_the_work_to_the_receiver(self, world):
        services.close_units(SYSTEM, world.reorg.pk, units=[world["A"]], receiver_id=world["B"])
        assert lines(world) == {(world["A"], world["B"]): "dissolved"}

    def test_a_unit_that_closes_may_be_given_another_receiver(self, world):
        services.close_units(SYSTEM, world.reorg.pk, units=[world["A"]], receiver_id=world["B"])
        services.merge_units(SYSTEM, world.reorg.pk, units=[world["A"]], into_id=world["C"])
        assert lines(world) == {(world["A"], world["C"]): "merged"}

    def test_what_closes_is_no_receiver(self, world):
        services.close_units(SYSTEM, world.reorg.pk, units=[world["A"]], receiver_id=world["B"])
        with pytest.raises(Invalid, match="sẽ kết thúc"):
            services.merge_units(SYSTEM, world.reorg.pk, units=[world["C"]], into_id=world["A"])
        assert len(lines(world)) == 1


class TestSplitting:
    def test_functions_are_shared_out(self, world):
        f1, f2 = world.functions.values()
        new = NewUnit("Đảng ủy xã D", world["H"], "old_commune")
        ids = services.split_unit(
            SYSTEM, world.reorg.pk, unit_id=world["C"], parts=[Part(unit_id=world["A"], functions=[f1]), Part(new=new, functions=[f2])]
        )
        found = read(world)
        assert found.plan.given(world["C"]) == {ids[0]: {f1}, ids[1]: {f2}}
        assert not orphans(world["C"], found.plan, found.after)

    def test_a_unit_may_stay_as_one_of_its_parts(self, world):
        f1, f2 = world.functions.values()
        parts = [Part(unit_id=world["C"], functions=[f1]), Part(unit_id=world["A"], functions=[f2])]
        services.split_unit(SYSTEM, world.reorg.pk, unit_id=world["C"], parts=parts)
        found = read(world)
        assert world["C"] in found.after
        assert found.after[world["C"]].functions == {f1}

    @pytest.mark.parametrize(
        ("parts", "why"),
        [
            (lambda w: [Part(unit_id=w["A"])], "ít nhất hai nơi"),
            (lambda w: [Part(unit_id=w["A"]), Part(unit_id=w["A"])], "chỉ ghi một lần"),
            (lambda w: [Part(unit_id=w["A"], functions=[w.functions["f1"]]), Part(unit_id=w["B"], functions=[w.functions["f1"]])], "chỉ về một nơi"),
        ],
    )  # fmt: skip
    def test_a_wrong_split_is_refused_whole(self, world, parts, why):
        with pytest.raises(Invalid, match=why):
            services.split_unit(SYSTEM, world.reorg.pk, unit_id=world["C"], parts=parts(world))
        assert lines(world) == {}


class TestTakingBack:
    def test_every_gesture_goes_back_in_reverse_order(self, world):
        ensure_catalogue()
        pk = world.reorg.pk
        seen = [snapshot(world.reorg)]
        steps = [
            lambda: services.move_function(SYSTEM, pk, function_id=world.functions["f1"], from_id=world["A"], to_id=world["B"]),
            lambda: services.merge_into_new(SYSTEM, pk, units=[world["A"], world["C"]], new=NewUnit("Đảng ủy phường Z", world["T"], "commune")),
            lambda: services.merge_units(SYSTEM, pk, units=[world["H"]], into_id=world["T"]),
            lambda: services.rename_unit(SYSTEM, pk, unit_id=world["B"], name="Đảng ủy xã Bê"),
        ]
        for step in steps:
            step()
            world.reorg.refresh_from_db()
            seen.append(snapshot(world.reorg))
        for before in reversed(seen[:-1]):
            services.take_back(SYSTEM, pk)
            world.reorg.refresh_from_db()
            assert snapshot(world.reorg) == before
        with pytest.raises(Refused, match="Không còn thao tác"):
            services.take_back(SYSTEM, pk)

    def test_dropping_a_new_unit_keeps_the_old_ones(self, world):
        ensure_catalogue()
        made = services.merge_into_new(SYSTEM, world.reorg.pk, units=[world["A"]], new=NewUnit("Đảng ủy phường Z", world["T"], "commune"))
        services.drop_unit(SYSTEM, world.reorg.pk, unit_id=made)
        assert lines(world) == {}
        assert not world.reorg.planned_units.exists()

    def test_a_unit_kept_as_it_was_has_no_line(self, world):
        services.merge_units(SYSTEM, world.reorg.pk, units=[world["A"]], into_id=world["B"])
        services.restore_units(SYSTEM, world.reorg.pk, units=[world["A"]])
        assert lines(world) == {}

    def test_the_board_rests_once_inventoried_until_it_is_a_draft_again(self, world):
        services.merge_units(SYSTEM, world.reorg.pk, units=[world["A"]], into_id=world["B"])
        services.take_inventory(SYSTEM, world.reorg.pk)
        with pytest.raises(Refused, match="nhân bản"):
            services.move_units(SYSTEM, world.reorg.pk, units=[world["C"]], parent_id=world["T"])
        assert len(lines(world)) == 1
        services.back_to_draft(SYSTEM, world.reorg.pk)
        services.move_units(SYSTEM, world.reorg.pk, units=[world["C"]], parent_id=world["T"])


def test_what_is_drawn_is_what_is_carried_out(world):
    """Bộ máy mà bảng vẽ ra (``engine.structure.future``) là bộ máy có thật sau chuyển giao."""
    ensure_catalogue()
    pk = world.reorg.pk
    services.merge_into_new(SYSTEM, pk, units=[world["A"], world["B"]], new=NewUnit("Đảng ủy phường Z", world["T"], "commune"))
    services.split_unit(
        SYSTEM, pk, unit_id=world["C"],
        parts=[Part(unit_id=world["VT"], functions=[world.functions["f1"]]), Part(unit_id=world["T"], functions=[world.functions["f2"]])],
    )  # fmt: skip
    services.close_units(SYSTEM, pk, units=[world["H"]], receiver_id=world["VT"])
    drawn = {unit: (node.name, node.parent, node.functions) for unit, node in future(read(world).plan).items()}
    services.decide_by_rule(SYSTEM, pk, unit_ids=[world["C"]], heir_id=world["VT"])
    carried_out(world)
    assert structure_on(small.DAY) == drawn
    assert Function.objects.exists()
