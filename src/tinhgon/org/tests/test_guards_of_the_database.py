"""Điều cơ sở dữ liệu tự giữ, dù mã có sai: ngày không chồng, sổ cái không sửa; và hai người đổi cơ cấu cùng lúc."""

import threading

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import Refused
from tinhgon.org.models import Appointment, Handover, LedgerRow, Term, UnitVersion
from tinhgon.org.selectors import units
from tinhgon.org.services import appointing
from tinhgon.org.services import units as verbs
from tinhgon.org.services.catalogue import ensure_catalogue
from tinhgon.org.tests.factories import (
    DECREE,
    MOVING_DAY,
    World,
    make_appointment,
    make_person,
    make_post,
    make_unit,
)


def ledger_row(world) -> LedgerRow:
    handover = Handover.objects.create(decree=DECREE, effective_on=MOVING_DAY)
    return LedgerRow.objects.create(
        handover=handover, direction="apply", batch=1, kind="org.appointment", item_id=1, from_unit_id=world.north,
        to_unit_id=world.south, outcome="move", rule="single", decree=DECREE, content=handover.pk, recorded_at=clock.now(),
    )  # fmt: skip


def refused_by_the_database(change) -> bool:
    try:
        with transaction.atomic():
            change()
    except DatabaseError:
        return True
    return False


@pytest.mark.django_db
def test_the_ledger_is_never_changed_nor_deleted(world):
    row = ledger_row(world)
    assert refused_by_the_database(lambda: LedgerRow.objects.update(to_unit=world.city))
    assert refused_by_the_database(lambda: LedgerRow.objects.all().delete())
    row.refresh_from_db()
    assert row.to_unit_id == world.south


@pytest.mark.django_db
def test_versions_terms_and_main_posts_never_overlap(world):
    version = UnitVersion.objects.get(unit=world.north)
    person, post = make_person(), make_post(world.north, seats=9)
    make_appointment(person, post)

    def copy_version():
        version.pk = None
        version.save(force_insert=True)

    assert refused_by_the_database(copy_version)
    assert refused_by_the_database(
        lambda: Term.objects.create(unit_id=world.city, name="Trùng", valid=DateRange(MOVING_DAY, None))
    )
    assert refused_by_the_database(lambda: make_appointment(person, make_post(world.south)))
    assert refused_by_the_database(lambda: make_appointment(person, post, is_main=False))
    with pytest.raises(IntegrityError):
        UnitVersion.objects.filter(unit=world.north).update(parent=world.north)


@pytest.fixture
def committed_world(committed_db) -> World:
    ensure_catalogue()
    return World()


def at_once(*verbs_to_run) -> list[str]:
    """Chạy cùng lúc, mỗi việc một kết nối; trả về mã của các lần bị từ chối."""
    refused: list[str] = []
    together = threading.Barrier(len(verbs_to_run))

    def run(verb):
        try:
            together.wait()
            verb()
        except Refused as reason:
            refused.append(reason.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(verb,)) for verb in verbs_to_run]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_two_moves_at_once_never_close_a_circle(committed_world):
    world = committed_world
    deep_north, deep_south = make_unit("Xã Thượng", world.north), make_unit("Xã Hạ", world.south)
    refused = at_once(
        lambda: verbs.move_unit(SYSTEM, unit_id=world.north, parent_id=deep_south, on=MOVING_DAY, decree=DECREE),
        lambda: verbs.move_unit(SYSTEM, unit_id=world.south, parent_id=deep_north, on=MOVING_DAY, decree=DECREE),
    )
    assert refused == ["org.cycle"]
    assert len(units.tree(on=MOVING_DAY)) == 8


def test_a_unit_cannot_be_opened_under_a_parent_closing_at_the_same_moment(committed_world):
    world = committed_world
    new = verbs.NewUnit("Phòng mới", "Phòng mới", "room", "commune", world.south)
    refused = at_once(
        lambda: verbs.dissolve_unit(SYSTEM, unit_id=world.south, heir_id=world.city, on=MOVING_DAY, decree=DECREE),
        lambda: verbs.open_unit(SYSTEM, unit=new, on=MOVING_DAY, decree=DECREE),
    )
    assert len(refused) == 1
    assert refused[0] in ("org.children_left", "org.unit_not_open_on")


def test_the_last_seat_goes_to_one_of_two_at_once(committed_world):
    post, persons = make_post(committed_world.south), [make_person(), make_person()]
    refused = at_once(
        *(
            lambda person=person: appointing.appoint(
                SYSTEM, person_id=person.pk, post_id=post.pk, on=MOVING_DAY, decree=DECREE
            )
            for person in persons
        )
    )
    assert refused == ["org.no_free_seat"]
    assert Appointment.objects.filter(post=post).count() == 1
