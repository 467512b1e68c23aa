"""Bài toán giữ lại giữa các lần kéo thanh: không đổi gì thì không dựng lại, đổi bất cứ gì nó đọc thì thấy ngay."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.org.models import Appointment, Post, UnitVersion
from tinhgon.personnel.models import Profile, Wish, WishRound, WishSheet
from tinhgon.reorg import services
from tinhgon.reorg.models import PlannedUnit
from tinhgon.reorg.placing.assembly import assembled
from tinhgon.reorg.placing.prepared import prepared
from tinhgon.reorg.tests import world as small
from tinhgon.reorg.tests.world import DAY, MOMENT, World

pytestmark = pytest.mark.django_db
RULES: dict[str, bool] = {}


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)
    made = small.with_leaders()
    services.start(SYSTEM, made.reorg.pk)
    prepared(made.reorg, RULES)  # lần đầu của một tiến trình chỉ học tên bảng
    return made


def who(name: str) -> int:
    return Appointment.objects.get(person__full_name=name, is_main=True).person_id


def pin(world: World) -> None:
    post = world.reorg.planned_posts.get(unit=world["Y"], title="Phó Bí thư")
    services.pin(SYSTEM, world.reorg.pk, kind="pin", person_id=who("Trần Văn An"), post_id=post.pk, reason="Tăng cường")


def pair(world: World) -> None:
    services.pair(SYSTEM, world.reorg.pk, kind="apart", person_id=who("Trần Văn An"), other_id=who("Vũ Văn Em"), reason="Vợ chồng")


def appointment(world: World) -> None:
    small.person(world, "H", "Phó Bí thư", "Người mới")


def leaving(_world: World) -> None:
    Appointment.objects.filter(person__full_name="Vũ Văn Em").update(is_main=False)


def seats(world: World) -> None:
    services.set_seats(SYSTEM, world.reorg.pk, seats={world.reorg.planned_posts.order_by("pk")[0].pk: 7})


def wish(world: World) -> None:
    round_ = WishRound.objects.create(root_id=world["T"], title="Nguyện vọng", opened_at=MOMENT, closes_on=DAY)
    sheet = WishSheet.objects.create(round=round_, person_id=who("Trần Văn An"), updated_at=MOMENT)
    Wish.objects.create(sheet=sheet, rank=1, unit_id=world["B"])


def born(_world: World) -> None:
    Profile.objects.update_or_create(person_id=who("Trần Văn An"), defaults={"sex": "nam"})


def rank(_world: World) -> None:
    Post.objects.filter(title="Phó Bí thư").update(rank=3)


def name(world: World) -> None:
    UnitVersion.objects.filter(unit=world["A"]).update(name="Đảng ủy tên khác")
    PlannedUnit.objects.filter(reorganisation=world.reorg).update(name="Đảng ủy mới tên khác")


CHANGES = (pin, pair, appointment, leaving, seats, wish, born, rank, name)


def test_nothing_changed_is_read_with_one_query(world):
    first = prepared(world.reorg, RULES)
    with CaptureQueriesContext(connection) as asked:
        assert prepared(world.reorg, RULES) is first
    assert len(asked.captured_queries) == 1
    assert prepared(world.reorg, {"status_quo": True}).problem.rules.status_quo


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_it_read_and_that_changed_is_seen_at_once_also_when_it_is_taken_back(world, change: Callable[[World], None]):
    before = prepared(world.reorg, RULES)
    with transaction.atomic():
        change(world)
        after = prepared(world.reorg, RULES)
        assert after is not before
        assert after.problem != before.problem
        assert after.problem == assembled(world.reorg, RULES).problem
        transaction.set_rollback(True)
    assert prepared(world.reorg, RULES).problem == before.problem == assembled(world.reorg, RULES).problem


def test_two_changes_of_one_row_in_one_transaction_are_both_seen(world):
    row = world.reorg.planned_posts.order_by("pk")[0]
    for count in (3, 4, 5):
        services.set_seats(SYSTEM, world.reorg.pk, seats={row.pk: count})
        assert prepared(world.reorg, RULES).problem.post_of[f"v{row.pk}"].seats == count


def test_names_are_in_the_language_of_whoever_asks(world):
    with translation.override("en"):
        assert prepared(world.reorg, RULES).problem.field_of["lanh-dao"].name == assembled(world.reorg, RULES).problem.field_of["lanh-dao"].name
    assert prepared(world.reorg, RULES).problem.field_of["lanh-dao"].name == "lãnh đạo cấp ủy"


def test_a_pin_written_between_two_moves_of_the_slider_holds_in_the_next(world):
    placement = world.reorg.placements.get()
    services.tune(SYSTEM, placement.pk, weights={"moves": 30}, switches={})
    pin(world)
    services.tune(SYSTEM, placement.pk, weights={"moves": 31}, switches={})
    assert placement.proposals.get(person=who("Trần Văn An")).post.unit_id == world["Y"]


def test_a_move_rewrites_only_the_proposals_that_changed(world):
    placement = world.reorg.placements.get()
    services.tune(SYSTEM, placement.pk, weights={"moves": 30}, switches={})
    before = {row[0]: row for row in placement.proposals.values_list("person_id", "post_id", "pk")}
    pin(world)
    services.tune(SYSTEM, placement.pk, weights={"moves": 30}, switches={})
    after = {row[0]: row for row in placement.proposals.values_list("person_id", "post_id", "pk")}
    assert after.keys() == before.keys()
    assert after[who("Trần Văn An")] != before[who("Trần Văn An")]
    assert all(after[person] == row for person, row in before.items() if after[person][1] == row[1])
