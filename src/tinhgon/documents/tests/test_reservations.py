"""Giữ số: có người giữ, có lý do, có hạn; trả lại hay hết hạn thì thành "hủy số"; sổ không có chỗ trống không ai giải thích."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tinhgon.audit.models import Entry
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Refused
from tinhgon.documents import selectors, services
from tinhgon.documents.access import visible_to
from tinhgon.documents.models import Document, NumberReservation, NumberSeries
from tinhgon.documents.services import issuing, numbers, reserving
from tinhgon.documents.tests.factories import TODAY, Office, document_type
from tinhgon.org.models import Role
from tinhgon.org.tests.factories import make_actor

SOON = TODAY + timedelta(days=3)
State = NumberReservation.State


def reserve(office: Office, actor=None, **extra):
    values = {
        "issuer_id": office.office, "type_id": document_type().pk, "unit_id": office.office, "reason": "Chờ chữ ký", "until": SOON
    }
    return reserving.reserve(actor or office.clerk, on=TODAY, **(values | extra))


def test_a_reserved_number_is_drawn_now_and_the_next_document_takes_the_next(office):
    kept = reserve(office)
    assert (kept.number, kept.symbol, kept.state) == (1, "01-CV/VPTU", State.HELD)
    assert office.issued().number == 2
    (book,) = [r for r in selectors.registers(office.clerk, on=TODAY) if r.series.pk == kept.series_id]
    assert (book.held, book.entries, book.unexplained) == (1, 1, 0)


def test_the_holder_unit_uses_its_number_and_nobody_else(office):
    kept = reserve(office)
    elsewhere = office.sent(office.board_head, issuer_id=office.office)
    with pytest.raises(Refused) as refusal:
        services.issue(office.clerk, on=TODAY, document_id=elsewhere.pk, reservation_id=kept.pk)
    assert refusal.value.code == "documents.reserved_for_another"
    office.issued()
    used = services.issue(office.clerk, on=SOON, document_id=office.sent().pk, reservation_id=kept.pk)
    kept.refresh_from_db()
    assert (used.symbol, kept.state, kept.document_id) == ("01-CV/VPTU", State.USED, used.pk)


def test_a_number_reserved_in_one_book_is_not_used_for_another_type(office):
    kept = reserve(office)
    plan = office.sent(type_id=document_type("ke-hoach").pk)
    with pytest.raises(Refused) as refusal:
        services.issue(office.clerk, on=TODAY, document_id=plan.pk, reservation_id=kept.pk)
    assert refusal.value.code == "documents.reserved_elsewhere"
    assert Document.objects.get(pk=plan.pk).number is None


def test_a_number_held_past_its_day_cannot_be_used_and_becomes_a_void_with_its_reason(office):
    kept = reserve(office)
    late = SOON + timedelta(days=1)
    with pytest.raises(Refused) as refusal:
        services.issue(office.clerk, on=late, document_id=office.sent().pk, reservation_id=kept.pk)
    assert refusal.value.code == "documents.not_reserved"
    assert reserving.release_expired(on=SOON) == 0
    assert reserving.release_expired(on=late) == 1
    assert reserving.release_expired(on=late) == 0
    (gap,) = selectors.gaps(office.clerk, kept.series_id, on=late)
    assert (gap.number, gap.kind, gap.reason) == (1, "void", reserving.EXPIRED)
    kept.refresh_from_db()
    assert (kept.state, kept.document.symbol, kept.document.state) == (State.EXPIRED, "01-CV/VPTU", Document.State.VOID)


def test_a_released_number_stays_in_the_book_and_needs_a_reason(office):
    kept = reserve(office)
    with pytest.raises(Invalid):
        reserving.release(office.clerk, on=TODAY, reservation_id=kept.pk, reason=" ")
    entry = reserving.release(office.clerk, on=TODAY, reservation_id=kept.pk, reason="Không ban hành nữa")
    assert (entry.number, entry.state, entry.void_reason) == (1, Document.State.VOID, "Không ban hành nữa")
    assert Entry.objects.get(target_kind="document", target_id=str(entry.pk)).after["reason"] == "Không ban hành nữa"
    with pytest.raises(Refused):
        reserving.release(office.clerk, on=TODAY, reservation_id=kept.pk, reason="Lần nữa")
    assert office.issued().number == 2


@pytest.mark.parametrize(("extra", "code"), [
    ({"reason": ""}, "documents.missing"),
    ({"until": TODAY - timedelta(days=1)}, "documents.until_past"),
    ({"until": TODAY + timedelta(days=60)}, "documents.until_too_far"),
    ({"direction": "incoming"}, "documents.direction"),
    ({"secrecy": 1}, "documents.not_cleared"),
])  # fmt: skip
def test_a_bad_reservation_draws_nothing(office, extra, code):
    before = Entry.objects.count()
    with pytest.raises(Invalid) as refusal:
        reserve(office, **extra)
    assert refusal.value.code == code
    assert not NumberSeries.objects.exists()
    assert Entry.objects.count() == before


def test_only_the_clerk_of_the_organ_reserves_and_releases(office):
    for actor in (office.specialist, office.head, office.north_clerk):
        with pytest.raises(Forbidden):
            reserve(office, actor)
    kept = reserve(office)
    with pytest.raises(Forbidden):
        reserving.release(office.specialist, on=TODAY, reservation_id=kept.pk, reason="Thử")
    kept.refresh_from_db()
    assert kept.state == State.HELD


def test_a_secret_number_is_held_out_of_sight_in_lists_counts_and_gaps(office):
    cleared = make_actor(office.office, Role.CLERK, clearance=2)
    kept = reserve(office, cleared, secrecy=1)
    assert [k.reservation.pk for k in selectors.held_numbers(cleared, on=TODAY)] == [kept.pk]
    assert selectors.held_numbers(office.clerk, on=TODAY) == []
    assert selectors.registers(office.clerk, on=TODAY) == []
    for read in (selectors.gaps, selectors.entries, selectors.book):
        with pytest.raises(NotFound):
            read(office.clerk, kept.series_id, on=TODAY)
    with pytest.raises(NotFound):
        reserving.release(office.clerk, on=TODAY, reservation_id=kept.pk, reason="Thử")
    entry = reserving.release(cleared, on=TODAY, reservation_id=kept.pk, reason="Thôi")
    assert entry.secrecy == 1
    assert not visible_to(office.clerk, on=TODAY).filter(pk=entry.pk).exists()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["issue", "void", "reserve", "use", "release", "expire", "late"]), min_size=1, max_size=10))
def test_whatever_happens_to_reserved_numbers_every_number_is_explained(office: Office, steps):
    held: list[int] = []
    day = date(2025, 7, 20)
    for step in steps:
        if step == "reserve":
            held.append(reserve(office, until=TODAY + timedelta(days=len(held) % 2)).pk)
        elif step == "use" and held:
            services.issue(office.clerk, on=TODAY, document_id=office.sent().pk, reservation_id=held.pop())
        elif step == "release" and held:
            reserving.release(office.clerk, on=TODAY, reservation_id=held.pop(), reason="Thôi")
        elif step == "expire":
            reserving.release_expired(on=day)
            held.clear()
        else:
            issued = office.issued()
            if step == "void":
                services.void(office.clerk, on=TODAY, document_id=issued.pk, reason="Nhầm")
            if step == "late":
                issuing.insert_late(
                    office.clerk, on=TODAY, document_id=office.sent().pk, after=issued.number, dated=TODAY, reason="Sót"
                )
    for series in NumberSeries.objects.all():
        assert numbers.unexplained(series) == []
        assert series.documents.filter(number_suffix="").count() + series.reservations.filter(state=State.HELD).count() == series.last_number
