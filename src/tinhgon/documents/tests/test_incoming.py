"""Vào sổ đến: số theo năm, ngày đến, nơi kế thừa nhận thay."""

from datetime import date

import pytest

from tinhgon.core.errors import Forbidden, Invalid, Refused
from tinhgon.documents.models import Document, NumberSeries
from tinhgon.documents.tests.factories import TODAY, document_type
from tinhgon.org.models import Kind, Level, Role
from tinhgon.org.services import structure
from tinhgon.org.tests.factories import make_actor, make_unit

AFTER = date(2025, 7, 2)
DAY = date(2025, 7, 1)


def test_incoming_numbers_run_by_year_over_all_types(office):
    first = office.incoming()
    second = office.incoming(type_id=document_type("bao-cao").pk)
    assert (first.number, second.number, first.series_id) == (1, 2, second.series_id)
    assert office.incoming(on=date(2026, 1, 2)).number == 1


def test_the_symbol_and_author_are_kept_as_on_the_paper(office):
    document = office.incoming(symbol=" 12-CV/VPTW ")
    assert (document.symbol, document.issuer_name, document.arrived_on) == ("12-CV/VPTW", "Văn phòng Trung ương", TODAY)


def test_every_missing_field_is_named_at_once_and_no_number_is_drawn(office):
    with pytest.raises(Invalid) as refusal:
        office.incoming(summary=" ", issuer_name="", issued_on=None, type_id=0)
    assert {reason.field for reason in refusal.value.reasons} == {"summary", "issuer_name", "issued_on", "type"}
    assert not NumberSeries.objects.exists()


def test_a_document_cannot_arrive_tomorrow_nor_before_it_was_written(office):
    with pytest.raises(Invalid) as refusal:
        office.incoming(arrived_on=date(2025, 6, 21), issued_on=date(2025, 6, 22))
    assert {reason.code for reason in refusal.value.reasons} == {"documents.arrived_later", "documents.issued_later"}


def test_only_the_clerk_of_the_receiving_organ_registers(office):
    for actor in (office.head, office.specialist, office.north_clerk):
        with pytest.raises(Forbidden):
            office.incoming(actor)
    assert not Document.objects.exists()


def test_a_room_keeps_no_register(office):
    with pytest.raises(Refused) as refusal:
        office.incoming(to=office.room)
    assert refusal.value.code == "documents.not_an_organ"


def test_late_mail_to_a_closed_unit_goes_to_its_only_heir_stamped_received_for(office):
    heir = _merge(office, [office.north, office.south])
    clerk = make_actor(heir, Role.CLERK)
    document = office.incoming(clerk, to=office.north, on=AFTER)
    assert (document.holder_id, document.received_for_id, document.number) == (heir, office.north, 1)


def test_with_several_heirs_the_clerk_chooses_and_the_list_is_in_the_refusal(office):
    heirs = [_open(office, name) for name in ("Đảng ủy phường Đông", "Đảng ủy phường Tây")]
    structure.record_successions([(office.north, heir, "split", []) for heir in heirs], on=DAY, decree="QĐ")
    structure.close_units([office.north], on=DAY)
    clerk = make_actor(heirs[0], Role.CLERK)
    with pytest.raises(Refused) as refusal:
        office.incoming(clerk, to=office.north, on=AFTER)
    assert refusal.value.code == "documents.several_heirs"
    assert set(refusal.value.reasons[0].data["heirs"]) == set(heirs)
    with pytest.raises(Refused) as refusal:
        office.incoming(clerk, to=office.north, on=AFTER, heir_id=office.south)
    assert refusal.value.code == "documents.not_an_heir"
    assert office.incoming(clerk, to=office.north, on=AFTER, heir_id=heirs[0]).holder_id == heirs[0]


def _open(office, name: str) -> int:
    return make_unit(name, office.city, kind=Kind.COMMITTEE, level=Level.COMMUNE, on=DAY, term="khóa I")


def _merge(office, old: list[int]) -> int:
    heir = _open(office, "Đảng ủy phường Mới")
    structure.record_successions([(unit, heir, "merged", []) for unit in old], on=DAY, decree="QĐ")
    structure.close_units(old, on=DAY)
    return heir
