"""Gửi giữa các cơ quan trong một hệ thống: tới khay, trạng thái theo việc thật, lấy lại, cập nhật, thay thế."""

import pytest

from tinhgon.core.errors import Forbidden, Invalid, NotFound, Refused
from tinhgon.documents import services
from tinhgon.documents.models import (
    Arrival,
    Delivery,
    DeliveryStep,
    Document,
    ExchangeRequest,
    Outbox,
    Receipt,
)
from tinhgon.documents.services import answering
from tinhgon.documents.services.exchange import asking, sending
from tinhgon.documents.services.intake import reading
from tinhgon.documents.tests.exchanging import partner, register, sendable
from tinhgon.documents.tests.factories import TODAY, Office
from tinhgon.org.models import Role
from tinhgon.org.tests.factories import make_actor

pytestmark = pytest.mark.django_db


def sent(office: Office, **extra: object) -> Delivery:
    (delivery,) = sending.send(office.clerk, on=TODAY, document_id=sendable(office, **extra).pk, unit_ids=[office.north])
    return delivery


def fresh(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(pk=delivery.pk)


def codes(delivery: Delivery) -> list[str]:
    return list(DeliveryStep.objects.filter(delivery=delivery).order_by("pk").values_list("code", flat=True))


def test_a_sent_document_waits_in_the_receivers_tray_with_its_files(office):
    delivery = sent(office, summary="Về việc sơ kết")
    arrival = Arrival.objects.get()
    assert (arrival.to_unit_id, arrival.channel, arrival.state, arrival.subject) == (office.north, "internal", "ready", "Về việc sơ kết")
    assert arrival.reading["fields"]["so_ky_hieu"]["value"] == "01-CV/VPTU"
    assert [f.name for f in arrival.files.all()] == ["ban-ky-0.pdf"]
    assert (delivery.code, delivery.way) == ("01", "internal")
    assert codes(delivery) == ["", "01"]


def test_the_status_follows_the_receivers_real_work(office):
    delivery = sent(office)
    document = register(office, delivery)
    assert fresh(delivery).code == "03"
    head = office.north_head
    (line,) = services.route(head, on=TODAY, document_id=document.pk, lead_id=office.south)
    assert fresh(delivery).code == "04"
    services.accept_line(make_actor(office.south, Role.STANDING_COMMITTEE), on=TODAY, line_id=line.pk)
    assert fresh(delivery).code == "05"
    services.recall_line(head, on=TODAY, line_id=line.pk)
    services.complete_document(head, on=TODAY, document_id=document.pk)
    assert fresh(delivery).code == "06"
    assert codes(delivery) == ["", "01", "03", "04", "05", "06"]


def test_a_document_that_came_by_hand_tells_nobody(office):
    document = office.incoming()
    services.route(office.head, on=TODAY, document_id=document.pk, lead_id=office.room)
    assert not Outbox.objects.exists()


def test_secret_documents_are_never_sent_only_their_paper_is_recorded(office):
    keeper = make_actor(office.office, Role.CLERK, clearance=2)
    draft = office.draft(keeper, secrecy=1)
    document = services.issue(keeper, on=TODAY, document_id=draft.pk)
    before = Arrival.objects.count()
    with pytest.raises(Refused) as refused:
        sending.send(keeper, on=TODAY, document_id=document.pk, unit_ids=[office.north], organ_ids=[partner().organs.get().pk])
    assert "documents.secret_content" in {reason.code for reason in refused.value.reasons}
    assert (Arrival.objects.count(), Delivery.objects.count(), Outbox.objects.count()) == (before, 0, 0)
    (paper,) = sending.send(keeper, on=TODAY, document_id=document.pk, paper=["Ban Nội chính"])
    assert paper.way == "paper"


def test_every_reason_is_told_at_once_and_nothing_is_sent(office):
    bare = office.issued()
    organ = partner().organs.get()
    with pytest.raises(Refused) as refused:
        sending.send(office.clerk, on=TODAY, document_id=bare.pk, unit_ids=[office.room, office.office], organ_ids=[organ.pk])
    assert {r.code for r in refused.value.reasons} == {"exchange.no_file", "documents.not_an_organ", "exchange.to_itself", "exchange.no_code"}
    with pytest.raises(Refused) as refused:
        sending.send(office.clerk, on=TODAY, document_id=bare.pk)
    assert refused.value.code == "exchange.no_receiver"
    assert not Delivery.objects.exists()


def test_not_twice_to_the_same_place_and_only_by_the_clerk_of_the_book(office):
    delivery = sent(office)
    with pytest.raises(Refused) as refused:
        sending.send(office.clerk, on=TODAY, document_id=delivery.document_id, unit_ids=[office.north])
    assert refused.value.code == "exchange.sent_already"
    with pytest.raises(Forbidden):
        sending.send(office.head, on=TODAY, document_id=delivery.document_id, unit_ids=[office.south])
    with pytest.raises(NotFound):
        sending.send(office.north_clerk, on=TODAY, document_id=delivery.document_id, unit_ids=[office.south])
    with pytest.raises(Forbidden):
        sending.send(office.clerk, on=TODAY, document_id=office.incoming().pk, unit_ids=[office.south])
    assert Delivery.objects.count() == 1


def test_a_recall_is_agreed_and_the_received_number_stays_with_its_reason(office):
    delivery = sent(office)
    document = register(office, delivery)
    (line,) = services.route(office.north_head, on=TODAY, document_id=document.pk, lead_id=office.south)
    (request,) = asking.ask(office.clerk, on=TODAY, document_id=delivery.document_id, kind="recall", reason="Gửi nhầm bản")
    assert (fresh(delivery).is_asked, request.state) == (True, "pending")
    answering.answer(office.north_clerk, on=TODAY, request_id=request.pk, agree=True)
    document.refresh_from_db()
    line.refresh_from_db()
    assert (document.state, document.number, line.state) == ("void", 1, "recalled")
    assert "Gửi nhầm bản" in document.void_reason
    assert fresh(delivery).is_withdrawn
    assert codes(delivery)[-2:] == ["13", "15"]


def test_a_recall_before_registering_takes_it_out_of_the_tray(office):
    delivery = sent(office)
    (request,) = asking.ask(office.clerk, on=TODAY, document_id=delivery.document_id, kind="recall", reason="Nhầm nơi nhận")
    answering.answer(office.north_clerk, on=TODAY, request_id=request.pk, agree=True)
    assert Arrival.objects.get().state == "refused"
    assert not Document.objects.filter(direction="incoming").exists()


def test_a_refused_recall_needs_a_reason_and_changes_nothing_at_the_receiver(office):
    delivery = sent(office)
    document = register(office, delivery)
    (request,) = asking.ask(office.clerk, on=TODAY, document_id=delivery.document_id, kind="recall", reason="Gửi nhầm")
    with pytest.raises(Refused):
        answering.answer(office.north_clerk, on=TODAY, request_id=request.pk, agree=False)
    assert ExchangeRequest.objects.get().state == "pending"
    answering.answer(office.north_clerk, on=TODAY, request_id=request.pk, agree=False, said="Đã triển khai xong")
    document.refresh_from_db()
    assert document.state == "registered"
    assert (fresh(delivery).is_asked, fresh(delivery).is_withdrawn) == (False, False)
    with pytest.raises(Refused):
        answering.answer(office.north_clerk, on=TODAY, request_id=request.pk, agree=True)


def test_only_the_receiving_clerk_answers(office):
    delivery = sent(office)
    (request,) = asking.ask(office.clerk, on=TODAY, document_id=delivery.document_id, kind="recall", reason="Nhầm")
    for stranger in (office.clerk, office.specialist, office.administrator):
        with pytest.raises(NotFound):
            answering.answer(stranger, on=TODAY, request_id=request.pk, agree=True)
    with pytest.raises(Forbidden):
        answering.answer(office.north_head, on=TODAY, request_id=request.pk, agree=True)
    assert ExchangeRequest.objects.get().state == "pending"


def test_an_update_brings_new_words_and_files_and_keeps_the_receivers_own(office):
    delivery = sent(office)
    document = register(office, delivery)
    Document.objects.filter(pk=delivery.document_id).update(summary="Trích yếu đã sửa", signer_position="CHÁNH VĂN PHÒNG")
    services.attach(office.clerk, on=TODAY, document_id=delivery.document_id, name="phu-luc.pdf", content=__import__("io").BytesIO(b"%PDF-1.7 phu luc"))
    (request,) = asking.ask(office.clerk, on=TODAY, document_id=delivery.document_id, kind="update", reason="Bổ sung phụ lục")
    answering.answer(office.north_clerk, on=TODAY, request_id=request.pk, agree=True)
    document.refresh_from_db()
    assert (document.summary, document.signer_position, document.number) == ("Trích yếu đã sửa", "CHÁNH VĂN PHÒNG", 1)
    assert sorted(a.name for a in document.attachments.all()) == ["ban-ky-0.pdf", "phu-luc.pdf"]
    assert not fresh(delivery).is_withdrawn
    services.complete_document(office.north_head, on=TODAY, document_id=document.pk)
    assert fresh(delivery).code == "06"


def test_a_replacement_arrives_and_the_old_one_goes_when_agreed(office):
    old = sent(office)
    received = register(office, old)
    new = sendable(office, summary="Bản thay thế")
    (request,) = asking.ask(office.clerk, on=TODAY, document_id=old.document_id, kind="replace", reason="Sai căn cứ", replacement_id=new.pk)
    assert Arrival.objects.filter(subject="Bản thay thế", state="ready").exists()
    answering.answer(office.north_clerk, on=TODAY, request_id=request.pk, agree=True)
    received.refresh_from_db()
    assert received.state == "void"
    assert fresh(old).is_withdrawn
    assert Delivery.objects.get(document=new).replaces_id == old.pk


def test_nothing_to_ask_where_it_is_done_refused_or_already_asked(office):
    delivery = sent(office)
    document = register(office, delivery)
    asking.ask(office.clerk, on=TODAY, document_id=delivery.document_id, kind="recall", reason="Nhầm")
    with pytest.raises(Refused) as refused:
        asking.ask(office.clerk, on=TODAY, document_id=delivery.document_id, kind="recall", reason="", delivery_ids=[delivery.pk])
    assert {r.code for r in refused.value.reasons} == {"documents.missing", "exchange.cannot_ask"}
    answering.answer(office.north_clerk, on=TODAY, request_id=ExchangeRequest.objects.get().pk, agree=False, said="Không")
    services.complete_document(office.north_head, on=TODAY, document_id=document.pk)
    with pytest.raises(Refused) as refused:
        asking.ask(office.clerk, on=TODAY, document_id=delivery.document_id, kind="recall", reason="Nhầm")
    assert refused.value.code == "exchange.nobody_to_ask"
    assert ExchangeRequest.objects.count() == 1


def test_paper_is_answered_by_hand_and_only_once(office):
    (paper,) = sending.send(office.clerk, on=TODAY, document_id=office.issued().pk, paper=["Sở Nội vụ"])
    with pytest.raises(Refused):
        sending.record_paper(office.clerk, on=TODAY, delivery_id=paper.pk, refused=True)
    assert sending.record_paper(office.clerk, on=TODAY, delivery_id=paper.pk, said="Ký nhận: Lê Thị Hoa").code == "03"
    with pytest.raises(Refused):
        sending.record_paper(office.clerk, on=TODAY, delivery_id=paper.pk)
    internal = sent(office)
    with pytest.raises(Refused):
        sending.record_paper(office.clerk, on=TODAY, delivery_id=internal.pk)


def test_the_answer_is_due_the_next_working_day(office):
    assert sent(office).answer_due_on.isoformat() == "2025-06-23"  # thứ Sáu 20/6 -> thứ Hai


def test_an_unknown_request_is_not_found(office):
    with pytest.raises(NotFound):
        answering.answer(office.north_clerk, on=TODAY, request_id=999, agree=True)
    assert not Receipt.objects.exists()
    with pytest.raises((Invalid, NotFound)):
        sending.resend(office.clerk, on=TODAY, delivery_id=999)


def test_the_machine_reads_the_files_but_the_senders_words_win(office):
    delivery = sent(office, summary="Về việc sơ kết")
    arrival = Arrival.objects.get()
    reading.read(arrival.pk)
    arrival.refresh_from_db()
    assert (arrival.state, arrival.reading["fields"]["trich_yeu"]["value"]) == ("ready", "Về việc sơ kết")
    assert fresh(delivery).code == "01"
