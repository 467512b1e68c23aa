"""Nơi nhận máy đề xuất: có lý do thì mới đề xuất, người quyết định mới đặt, đề xuất cũ không được quyết định."""

import pytest

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import Invalid
from tinhgon.reorg import plan, selectors, services
from tinhgon.reorg.selectors.receiving import ALIKE, MOST
from tinhgon.reorg.tests import world as small

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: small.DAY)
    made = small.build()
    for unit, functions in (("H", ("f1", "f1", "f2", "")), ("C", ("f1", "f2"))):
        for function in functions:
            small.task(made, unit, function=function)
    services.take_inventory(SYSTEM, made.reorg.pk)
    return made


def rows(world):
    return plan.rows_of(world.reorg, "apply")


def undecided(world) -> int:
    return selectors.undecided_count(world.reorg)


def told(world) -> list[tuple[int, int, str, int]]:
    return [(one.unit_id, one.heir_id, one.why, one.items) for one in selectors.proposed_receivers(world.reorg)]


def test_without_any_decision_there_is_no_reason_and_no_proposal(world):
    assert undecided(world) == 6
    assert told(world) == []


def test_where_others_sent_a_function_it_is_proposed_and_then_where_most_of_the_unit_goes(world):
    services.decide_by_rule(SYSTEM, world.reorg.pk, unit_ids=[world["C"]], heir_id=world["Y"], function_id=world.functions["f1"])
    assert told(world) == [(world["H"], world["Y"], ALIKE, 2), (world["C"], world["Y"], MOST, 1)]
    assert undecided(world) == 5  # đề xuất chưa đặt gì
    assert services.decide_proposed(SYSTEM, world.reorg.pk, chosen=[(world["H"], world["Y"], ALIKE)]) == 2
    assert told(world) == [(world["H"], world["Y"], MOST, 2), (world["C"], world["Y"], MOST, 1)]
    assert services.decide_proposed(SYSTEM, world.reorg.pk, chosen=[(one, world["Y"], MOST) for one in (world["H"], world["C"])]) == 3
    assert (undecided(world), told(world)) == (0, [])
    assert not rows(world).filter(kind="tasks.lead").exclude(to_unit=world["Y"]).exists()


def test_a_tie_is_left_to_people(world):
    for heir in ("X", "Y"):
        kind, item = rows(world).filter(kind="tasks.lead", from_unit=world["H"], to_unit=None).values_list("kind", "item_id")[0]
        services.decide_items(SYSTEM, world.reorg.pk, kind=kind, item_ids=[item], unit_id=world["H"], heir_id=world[heir])
    assert not [one for one in told(world) if one[0] == world["H"] and one[2] == MOST]


def test_a_proposal_that_is_not_there_any_more_and_an_empty_choice_decide_nothing(world):
    before = undecided(world)
    with pytest.raises(Invalid, match="Đề xuất đã đổi"):
        services.decide_proposed(SYSTEM, world.reorg.pk, chosen=[(world["C"], world["A"], MOST)])
    with pytest.raises(Invalid, match="đánh dấu ít nhất một"):
        services.decide_proposed(SYSTEM, world.reorg.pk, chosen=[])
    assert undecided(world) == before
    assert not world.reorg.rules.exists()
