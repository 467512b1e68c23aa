"""Sắp xếp bộ máy: thứ còn chờ trong khay và nơi tự lấy về đi theo cơ quan kế thừa; thứ đã xong ở lại; hoàn tác thì về."""

from datetime import date

import pytest

from tinhgon.documents.access_tray import arrivals_visible_to
from tinhgon.documents.models import Arrival, WatchedPlace
from tinhgon.documents.services.intake import registering
from tinhgon.documents.tests.arriving import LETTER, drop, typed
from tinhgon.documents.tests.factories import TODAY
from tinhgon.documents.tests.handing import DAY, carry_out, contents, plan, take_back
from tinhgon.org.models import Role
from tinhgon.org.services import structure
from tinhgon.org.tests.factories import make_actor, make_unit

KINDS = ("documents.watched_place", "documents.arrival")


@pytest.fixture
def heir(office) -> int:
    unit = make_unit("Đảng ủy phường Mới", office.city, on=DAY, term="khóa I")
    structure.record_successions([(office.north, unit, "merged", []), (office.south, unit, "merged", [])], on=DAY, decree="QĐ")
    return unit


def waiting(office, unit: int, name: str) -> Arrival:
    clerk = office.north_clerk if unit == office.north else make_actor(unit, Role.CLERK)
    (arrival,) = drop(office, (name, LETTER + name.encode()), actor=clerk, to=unit, key="cùng một thông điệp").arrivals
    return arrival


def test_what_still_waits_follows_the_heir_and_what_is_done_stays(office, heir):
    arrivals = [waiting(office, office.north, "a.txt"), waiting(office, office.south, "b.txt")]
    done = waiting_done(office)
    place = WatchedPlace.objects.create(unit_id=office.north, kind="folder", path="phuong-bac")
    before = contents("documents.arrival")
    handover = plan({office.north: heir, office.south: heir}, KINDS)
    assert carry_out(handover) == 3
    for item in (*arrivals, done, place):
        item.refresh_from_db()
    assert [a.to_unit_id for a in arrivals] == [heir, heir]
    assert [a.addressed_to_id for a in arrivals] == [office.north, office.south]
    assert (done.to_unit_id, place.unit_id) == (office.north, heir)
    assert contents("documents.arrival") == before
    take_back(handover, day=date(2025, 7, 10))
    for item in (*arrivals, place):
        item.refresh_from_db()
    assert [a.to_unit_id for a in arrivals] == [office.north, office.south]
    assert place.unit_id == office.north


def test_the_heirs_clerk_registers_what_came_to_the_old_unit_as_received_for_it(office, heir):
    arrival = waiting(office, office.north, "a.txt")
    carry_out(plan({office.north: heir, office.south: heir}, KINDS))
    structure.close_units([office.north, office.south], on=DAY)
    clerk = make_actor(heir, Role.CLERK)
    assert arrivals_visible_to(clerk, on=DAY).filter(pk=arrival.pk).exists()
    arrival.refresh_from_db()
    fields = typed(office, addressed_to_id=arrival.addressed_to_id)
    document = registering.register(clerk, on=DAY, fields=fields, arrival_id=arrival.pk)
    assert (document.holder_id, document.received_for_id) == (heir, office.north)


def waiting_done(office) -> Arrival:
    (arrival,) = drop(office, ("xong.txt", LETTER + b"xong"), actor=office.north_clerk, to=office.north).arrivals
    registering.refuse(office.north_clerk, on=TODAY, arrival_id=arrival.pk, reason="Gửi nhầm")
    return arrival
