"""Sắp xếp bộ máy: dòng gửi còn chờ và biên nhận còn dở đi theo cơ quan kế thừa, hoàn tác thì về; thư gửi tới mã cũ do nơi kế thừa nhận thay."""

from datetime import date

import pytest

from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import NotFound
from tinhgon.documents import services
from tinhgon.documents.models import Arrival, Delivery, Document, ExchangeRequest, Outbox, Receipt
from tinhgon.documents.services import answering
from tinhgon.documents.services.exchange import asking, partners, receiving, sending
from tinhgon.documents.services.intake import registering
from tinhgon.documents.tests.exchanging import (
    AWAY,
    AWAY_CODE,
    messages,
    partner,
    register,
    sendable,
    signed_by,
)
from tinhgon.documents.tests.factories import TODAY, document_type
from tinhgon.documents.tests.handing import DAY, carry_out, contents, plan, take_back
from tinhgon.engine.edxml.model import Organ
from tinhgon.engine.tests.edxml_samples import document as message
from tinhgon.org.models import Role, UnitVersion
from tinhgon.org.services import structure
from tinhgon.org.tests.factories import make_actor, make_unit

pytestmark = pytest.mark.django_db
KINDS = ("documents.receipt", "documents.arrival", "documents.open", "documents.series", "documents.delivery")
NORTH = "A01.H29.01"


@pytest.fixture
def heir(office) -> int:
    unit = make_unit("Đảng ủy phường Mới", office.city, on=DAY, term="khóa I")
    UnitVersion.objects.filter(unit=unit).update(symbol="ĐU")
    structure.record_successions([(office.north, unit, "merged", []), (office.south, unit, "merged", [])], on=DAY, decree="QĐ")
    return unit


def test_open_deliveries_and_receipts_follow_and_come_back(office, heir):
    outgoing = sending.send(office.clerk, on=TODAY, document_id=sendable(office).pk, unit_ids=[office.north])[0]
    before = contents("documents.receipt"), contents("documents.delivery")
    handover = plan({office.north: heir}, KINDS)
    carry_out(handover)
    assert (Receipt.objects.get().to_unit_id, Arrival.objects.get().to_unit_id) == (heir, heir)
    assert Delivery.objects.get(pk=outgoing.pk).to_unit_id == office.north  # gửi cho ai là lịch sử
    assert (contents("documents.receipt"), contents("documents.delivery")) == before
    take_back(handover, day=date(2025, 7, 10))
    assert (Receipt.objects.get().to_unit_id, Arrival.objects.get().to_unit_id) == (office.north, office.north)


def test_the_heir_registers_answers_and_the_sender_hears(office, heir):
    outgoing = sending.send(office.clerk, on=TODAY, document_id=sendable(office).pk, unit_ids=[office.north])[0]
    (request,) = asking.ask(office.clerk, on=TODAY, document_id=outgoing.document_id, kind="recall", reason="Nhầm")
    carry_out(plan({office.north: heir}, KINDS))
    structure.close_units([office.north], on=DAY)
    clerk = make_actor(heir, Role.CLERK)
    fields = {"addressed_to_id": office.north, "type_id": document_type().pk, "symbol": "01-CV/VPTU", "summary": "Nhận thay", "issued_on": TODAY, "issuer_name": "Văn phòng Thành ủy"}
    document = registering.register(clerk, on=DAY, fields=fields, arrival_id=Arrival.objects.get().pk)
    assert (document.received_for_id, Delivery.objects.get().code) == (office.north, "03")
    answering.answer(clerk, on=DAY, request_id=request.pk, agree=True)
    assert Delivery.objects.get().is_withdrawn
    assert ExchangeRequest.objects.get().state == "agreed"


def test_the_senders_heir_follows_what_was_sent(office, heir):
    document = services.issue(office.north_clerk, on=TODAY, document_id=office.sent(office.north_head).pk)
    sending.send(office.north_clerk, on=TODAY, document_id=document.pk, paper=["Sở Nội vụ"])
    carry_out(plan({office.north: heir}, KINDS))
    structure.close_units([office.north], on=DAY)
    delivery = Delivery.objects.get()
    assert delivery.from_unit_id == heir
    clerk = make_actor(heir, Role.CLERK)
    assert sending.record_paper(clerk, on=DAY, delivery_id=delivery.pk, said="Đã nhận").code == "03"
    with pytest.raises(NotFound):
        sending.record_paper(office.clerk, on=DAY, delivery_id=delivery.pk)


def test_a_message_for_an_abolished_code_reaches_the_heir_marked_so(office, heir, settings):
    partners.set_code(SYSTEM, on=TODAY, unit_id=office.north, code=NORTH)
    partner()
    structure.close_units([office.north], on=DAY)
    taken = receiving.receive(signed_by("xa", message(
        sender=Organ(id=AWAY_CODE, name=AWAY), receivers=(Organ(id=NORTH),), document_id=f"{AWAY_CODE},2025/07/01,5/UBND-VP", responses=(),
    )))  # fmt: skip
    receipt = Receipt.objects.get(arrival=taken["arrivals"][0])
    assert (receipt.to_unit_id, receipt.received_for_id, receipt.to_code) == (heir, office.north, NORTH)
    assert [m.sender.id for m in messages()] == [NORTH]  # nơi gửi nhận ra trạng thái theo mã họ đã gửi


def test_finished_ones_stay_as_history(office, heir):
    outgoing = sending.send(office.clerk, on=TODAY, document_id=sendable(office).pk, unit_ids=[office.north])[0]
    document = register(office, outgoing)
    services.complete_document(office.north_head, on=TODAY, document_id=document.pk)
    carry_out(plan({office.north: heir}, KINDS))
    assert Receipt.objects.get().to_unit_id == office.north
    assert Document.objects.get(pk=document.pk).state == "done"
    assert not Outbox.objects.exists()
