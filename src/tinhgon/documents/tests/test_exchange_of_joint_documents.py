"""Trao đổi văn bản liên tịch: nơi nhận thấy mọi người ký, cơ quan chủ trì trước; chữ dài không làm hỏng việc cập nhật."""

from dataclasses import replace

import pytest

from tinhgon.core.actor import SYSTEM
from tinhgon.documents.models import Arrival, Delivery, Document, JointOrgan, PartnerOrgan, Receipt
from tinhgon.documents.services import answering
from tinhgon.documents.services.exchange import asking, composing, partners, receiving, sending
from tinhgon.documents.tests.exchanging import (
    AWAY,
    AWAY_CODE,
    OUR_CODE,
    messages,
    partner,
    register,
    registered,
    sendable,
    signed_by,
)
from tinhgon.documents.tests.factories import TODAY, Office
from tinhgon.engine.edxml import reading
from tinhgon.engine.edxml.model import Business, Organ, Signer
from tinhgon.engine.tests.edxml_samples import JOINT, UPDATE
from tinhgon.engine.tests.edxml_samples import document as message

pytestmark = pytest.mark.django_db
NORTH = "A01.H29.01"
SIGNERS = (
    Signer(position="CHÁNH VĂN PHÒNG", name="Lê Văn Chánh"), Signer(authority="K/T TRƯỞNG BAN", position="PHÓ TRƯỞNG BAN", name="Trần Văn Ban"),
    Signer(position="CHỦ TỊCH", name="Tạ Văn Ngoài"),
)  # fmt: skip
READ = {"nguoi_ky": "Lê Văn Chánh; Trần Văn Ban; Tạ Văn Ngoài", "quyen_han_chuc_vu": "CHÁNH VĂN PHÒNG; K/T TRƯỞNG BAN / PHÓ TRƯỞNG BAN; CHỦ TỊCH"}


def joint(office: Office) -> Document:
    """Ban hành rồi, cùng Ban Tổ chức và một cơ quan ngoài."""
    document = sendable(office)
    Document.objects.filter(pk=document.pk).update(signer_name="Lê Văn Chánh", signer_position="CHÁNH VĂN PHÒNG", authority="")
    JointOrgan.objects.create(document=document, order=1, unit_id=office.board, kept_by_id=office.board, name="Ban Tổ chức", signer_name="Trần Văn Ban",
                              signer_position="PHÓ TRƯỞNG BAN", authority="K/T TRƯỞNG BAN")  # fmt: skip
    JointOrgan.objects.create(document=document, order=2, name="Mặt trận", symbol="MTTQ", signer_name="Tạ Văn Ngoài", signer_position="CHỦ TỊCH")
    return Document.objects.get(pk=document.pk)


def read_in(arrival: Arrival) -> dict[str, str]:
    return {name: arrival.reading["fields"][name]["value"] for name in READ}


@pytest.fixture
def line(office):
    partners.set_code(SYSTEM, on=TODAY, unit_id=office.office, code=OUR_CODE)
    partners.set_code(SYSTEM, on=TODAY, unit_id=office.north, code=NORTH)
    return partner()


def test_every_signer_goes_out_in_order_and_the_signed_message_reads_back(office, line):
    organ = PartnerOrgan.objects.get(code=AWAY_CODE)
    (delivery,) = sending.send(office.clerk, on=TODAY, document_id=joint(office).pk, organ_ids=[organ.pk])
    (sent,) = messages()
    assert sent.signers == SIGNERS
    again = composing.document_message(Delivery.objects.select_related("document__type", "to_organ").get(pk=delivery.pk))
    assert reading.read(composing.signed(again)) == replace(again, trace=sent.trace)  # giờ trên đường chỉ ghi tới giây


def test_the_receiver_of_a_message_sees_every_signer_in_its_tray(office, line):
    data = signed_by("xa", message(
        sender=Organ(id=AWAY_CODE, name=AWAY), receivers=(Organ(id=NORTH),), document_id=f"{AWAY_CODE},2025/07/01,5/UBND-VP", responses=(), signers=SIGNERS,
    ))  # fmt: skip
    receiving.receive(data)
    assert read_in(Arrival.objects.get()) == READ


def test_the_receiver_in_our_own_system_sees_the_same(office):
    (delivery,) = sending.send(office.clerk, on=TODAY, document_id=joint(office).pk, unit_ids=[office.north])
    assert read_in(Receipt.objects.select_related("arrival").get(delivery=delivery).arrival) == READ


def test_an_update_brings_every_signer_to_the_register(office):
    (delivery,) = sending.send(office.clerk, on=TODAY, document_id=joint(office).pk, unit_ids=[office.north])
    document = register(office, delivery)
    (request,) = asking.ask(office.clerk, on=TODAY, document_id=delivery.document_id, kind="update", reason="Ghi đủ người ký")
    answering.answer(office.north_clerk, on=TODAY, request_id=request.pk, agree=True)
    document.refresh_from_db()
    assert document.signer_name == READ["nguoi_ky"]
    assert (document.authority, document.signer_position) == ("K/T TRƯỞNG BAN", "CHÁNH VĂN PHÒNG; PHÓ TRƯỞNG BAN; CHỦ TỊCH")


def test_an_update_with_words_longer_than_the_register_holds_is_still_taken(office, line):
    about = {"sender": Organ(id=AWAY_CODE, name=AWAY), "receivers": (Organ(id=NORTH),), "document_id": f"{AWAY_CODE},2025/07/01,5/UBND-VP", "responses": ()}
    receiving.receive(signed_by("xa", message(**about)))
    document = registered(office, Arrival.objects.get())
    long = {"signers": tuple(Signer(name=f"Nguyễn Văn Người Thứ {number}", position="PHÓ CHỦ TỊCH") for number in range(30)), "place": "Đ" * 300}
    changed = UPDATE | {"receiver_changes": (), "about_id": about["document_id"], "subject": "Về việc " + "củng cố " * 400, "business": Business.UPDATE}
    receiving.receive(signed_by("xa", message(**about, **(JOINT | changed | long))))
    answering.answer(office.north_clerk, on=TODAY, request_id=Receipt.objects.get().requests.get().pk, agree=True)
    document.refresh_from_db()
    assert document.signer_name.startswith("Nguyễn Văn Người Thứ 0; Nguyễn Văn Người Thứ 1; ")
    assert (len(document.signer_name), len(document.place), len(document.summary)) == (120, 80, 2000)
