"""Trao đổi với hệ thống khác: chỉ đối tác đã đăng ký, chữ ký đúng, không làm hai lần, không nói thay ai; hộp thư đi sống sót."""

import hashlib
import json
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import transaction

from tinhgon.audit.models import Entry
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Refused
from tinhgon.documents import services
from tinhgon.documents.models import Arrival, Delivery, ExchangeRequest, Inbox, Outbox, Receipt
from tinhgon.documents.services import answering
from tinhgon.documents.services.exchange import asking, dispatching, filing, partners, receiving, sending
from tinhgon.documents.tests.exchanging import (
    AWAY,
    AWAY_CODE,
    OUR_CODE,
    messages,
    partner,
    registered,
    sendable,
    signed_by,
)
from tinhgon.documents.tests.factories import TODAY
from tinhgon.engine.edxml import receipts
from tinhgon.engine.edxml.model import Business, Organ, Replacement, ResponseFor
from tinhgon.engine.edxml.writing import write
from tinhgon.engine.tests.edxml_samples import document as message
from tinhgon.engine.tests.edxml_samples import identity, status

pytestmark = pytest.mark.django_db
FAR = Organ(id=AWAY_CODE, name=AWAY)
NORTH = "A01.H29.01"
AT = datetime(2026, 7, 1, 8, tzinfo=UTC)


@pytest.fixture
def line(office):
    """Văn phòng và phường Bắc có mã định danh; một đối tác đang nối."""
    partners.set_code(SYSTEM, on=TODAY, unit_id=office.office, code=OUR_CODE)
    partners.set_code(SYSTEM, on=TODAY, unit_id=office.north, code=NORTH)
    return partner()


def far_document(**changes):
    values = {"sender": FAR, "receivers": (Organ(id=NORTH),), "document_id": f"{AWAY_CODE},2025/07/01,5/UBND-VP", "responses": ()}
    return message(**(values | changes))


def far_status(delivery: Delivery, code: str, **changes):
    response = ResponseFor(organ_id=OUR_CODE, document_id=f"{OUR_CODE},2025/06/20,{delivery.document.symbol}")
    return status(code, **({"sender": FAR, "response": response} | changes))


def sent(office) -> Delivery:
    organ = partners.PartnerOrgan.objects.get(code=AWAY_CODE)
    (delivery,) = sending.send(office.clerk, on=TODAY, document_id=sendable(office).pk, organ_ids=[organ.pk])
    return delivery


def test_a_signed_message_of_a_registered_partner_reaches_the_tray_once(office, line):
    data = signed_by("xa", far_document())
    first, again = receiving.receive(data), receiving.receive(data)
    assert again == {**first, "again": True}
    arrival = Arrival.objects.get()
    assert (arrival.to_unit_id, arrival.channel, arrival.sender) == (office.north, "exchange", AWAY)
    assert sorted(f.name for f in arrival.files.all()) == ["Công văn.pdf"]  # tệp rỗng không cất
    assert [(m.code, m.sender.id, m.response.organ_id) for m in messages()] == [("01", NORTH, AWAY_CODE)]
    assert Inbox.objects.count() == 1


def test_the_same_document_in_another_envelope_is_still_one(office, line):
    receiving.receive(signed_by("xa", far_document()))
    receiving.receive(signed_by("xa", far_document(reason="gửi lại")))
    assert (Arrival.objects.count(), Receipt.objects.count()) == (1, 1)


@pytest.mark.parametrize(("error", "code", "make"), [
    (Invalid, "exchange.unsigned", lambda: write(far_document())),
    (Invalid, "exchange.wrong_signature", lambda: signed_by("kẻ lạ", far_document())),
    (Forbidden, "exchange.unknown_sender", lambda: signed_by("xa", far_document(sender=Organ(id="X99.H1")))),
    (Invalid, "exchange.not_ours", lambda: signed_by("xa", far_document(receivers=(Organ(id="H29.00"),)))),
    (Invalid, "exchange.doctype", lambda: b"<!DOCTYPE x><x/>"),
    (NotFound, "exchange.unknown_document", lambda: signed_by("xa", status("03", sender=FAR))),
    (NotFound, "exchange.unknown_document", lambda: signed_by("xa", status("13", sender=FAR, response=ResponseFor(organ_id=NORTH, document_id="a,b,c")))),
])  # fmt: skip
def test_what_is_not_to_be_trusted_leaves_nothing(office, line, error, code, make):
    with pytest.raises(error) as refused:
        receiving.receive(make())
    assert refused.value.code == code
    assert not (Arrival.objects.exists())
    assert not (Inbox.objects.exists())
    assert not (Outbox.objects.exists())


def test_a_partner_that_is_switched_off_is_not_heard(office, line):
    data = signed_by("xa", far_document())
    line.is_active = False
    line.save()
    with pytest.raises(Forbidden):
        receiving.receive(data)


def test_a_document_goes_out_and_its_statuses_come_back_even_twice_or_late(office, line):
    delivery = sent(office)
    (out,) = messages()
    assert (out.sender.id, out.receivers[0].id, out.symbol, len(out.files)) == (OUR_CODE, AWAY_CODE, delivery.document.symbol, 1)
    for code in ("01", "03", "01", "05", "06", "03"):
        receiving.receive(signed_by("xa", far_status(delivery, code, note=f"lần {code}{Inbox.objects.count()}")))
    delivery.refresh_from_db()
    assert delivery.code == "06"
    assert list(delivery.steps.order_by("pk").values_list("code", flat=True)) == ["", "01", "03", "05", "06"]
    assert Entry.objects.filter(code="documents.status_heard").count() == 6


def test_an_impossible_status_is_refused(office, line):
    delivery = sent(office)
    receiving.receive(signed_by("xa", far_status(delivery, "02", note="Sai thẩm quyền")))
    with pytest.raises(Refused) as refused:
        receiving.receive(signed_by("xa", far_status(delivery, "03")))
    assert refused.value.code == "exchange.illegal_step"
    delivery.refresh_from_db()
    assert delivery.code == "02"


def test_no_partner_speaks_for_another(office, line):
    delivery = sent(office)
    partner(code="H29.98", name="Kẻ khác", who="khác")
    receiving.receive(signed_by("xa", far_document()))
    other = Organ(id="H29.98")
    for hostile in (
        far_status(delivery, "06", sender=other),
        status("13", sender=other, response=ResponseFor(organ_id=NORTH, document_id=f"{AWAY_CODE},2025/07/01,5/UBND-VP")),
        far_document(sender=other, business=Business.UPDATE, about_id=f"{AWAY_CODE},2025/07/01,5/UBND-VP", document_id="H29.98,2025/07/01,1/X"),
    ):
        with pytest.raises(NotFound):
            receiving.receive(signed_by("khác", hostile))
    delivery.refresh_from_db()
    assert (delivery.code, ExchangeRequest.objects.count()) == ("", 0)


def test_a_far_recall_is_answered_and_the_answer_goes_back(office, line):
    receiving.receive(signed_by("xa", far_document()))
    document = registered(office, Arrival.objects.get())
    receiving.receive(signed_by("xa", status("13", sender=FAR, note="Gửi nhầm", response=ResponseFor(organ_id=NORTH, document_id=f"{AWAY_CODE},2025/07/01,5/UBND-VP"))))
    request = ExchangeRequest.objects.get()
    assert (request.kind, request.reason) == ("recall", "Gửi nhầm")
    answering.answer(office.north_clerk, on=TODAY, request_id=request.pk, agree=True)
    document.refresh_from_db()
    assert document.state == "void"
    assert [m.code for m in messages()] == ["01", "03", "15"]


def test_a_recall_of_a_finished_document_is_declined_by_itself(office, line):
    receiving.receive(signed_by("xa", far_document()))
    document = registered(office, Arrival.objects.get())
    services.complete_document(office.north_head, on=TODAY, document_id=document.pk)
    receiving.receive(signed_by("xa", status("13", sender=FAR, response=ResponseFor(organ_id=NORTH, document_id=f"{AWAY_CODE},2025/07/01,5/UBND-VP"))))
    assert not ExchangeRequest.objects.exists()
    assert [m.code for m in messages()] == ["01", "03", "06", "16"]


def test_a_far_update_and_a_far_replacement(office, line):
    receiving.receive(signed_by("xa", far_document(subject="Bản đầu")))
    document = registered(office, Arrival.objects.get())
    receiving.receive(signed_by("xa", far_document(subject="Bản sửa", business=Business.UPDATE, changes_document=True, reason="Sửa trích yếu")))
    answering.answer(office.north_clerk, on=TODAY, request_id=ExchangeRequest.objects.get().pk, agree=True)
    document.refresh_from_db()
    assert (document.summary, document.state) == ("Bản sửa", "registered")
    old = Replacement(document_id=f"{AWAY_CODE},2025/07/01,5/UBND-VP", organ_ids=(NORTH,))
    receiving.receive(signed_by("xa", far_document(document_id=f"{AWAY_CODE},2025/07/01,6/UBND-VP", business=Business.REPLACE, replacements=(old,), reason="Thay bản 5")))
    request = ExchangeRequest.objects.get(state="pending")
    assert request.kind == "replace"
    answering.answer(office.north_clerk, on=TODAY, request_id=request.pk, agree=True)
    document.refresh_from_db()
    assert document.state == "void"
    assert Arrival.objects.filter(state="ready").count() == 1


def test_our_recall_update_and_replacement_leave_as_messages_of_the_standard(office, line):
    delivery = sent(office)
    asking.ask(office.clerk, on=TODAY, document_id=delivery.document_id, kind="update", reason="Sửa số liệu")
    receiving.receive(signed_by("xa", far_status(delivery, "15")))
    new = sendable(office)
    asking.ask(office.clerk, on=TODAY, document_id=delivery.document_id, kind="replace", reason="Thay", replacement_id=new.pk)
    receiving.receive(signed_by("xa", far_status(delivery, "16", note="Đã dùng")))
    asking.ask(office.clerk, on=TODAY, document_id=delivery.document_id, kind="recall", reason="Thôi")
    receiving.receive(signed_by("xa", far_status(delivery, "15", note="Trả lại")))
    first, update, replace, recall = messages()
    assert (first.business, update.business, update.about_id) == (0, 2, first.document_id)
    assert replace.replacements[0].document_id == first.document_id
    assert (recall.code, recall.response.organ_id, recall.response.document_id) == ("13", AWAY_CODE, first.document_id)
    assert list(ExchangeRequest.objects.order_by("pk").values_list("kind", "state")) == [("update", "agreed"), ("replace", "declined"), ("recall", "agreed")]
    delivery.refresh_from_db()
    assert delivery.is_withdrawn
    assert len(set(Outbox.objects.values_list("line", flat=True))) == 1  # cùng dòng: đi theo thứ tự


def test_an_outbox_row_dies_with_its_transaction_and_waits_when_nobody_answers(office, line):
    document = sendable(office)
    organ = line.organs.get()
    with transaction.atomic():
        sending.send(office.clerk, on=TODAY, document_id=document.pk, organ_ids=[organ.pk])
        transaction.set_rollback(True)
    assert not Outbox.objects.exists()
    sending.send(office.clerk, on=TODAY, document_id=document.pk, organ_ids=[organ.pk])
    row = Outbox.objects.get()
    assert dispatching.dispatch(row.pk) == 0  # cổng 9: không ai nghe
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 1)
    assert "Không nối được" in row.problem
    body = row.body_id
    assert dispatching.sweep() == 0  # chưa tới hẹn
    Outbox.objects.update(next_at=row.created_at)
    dispatching.sweep()
    row.refresh_from_db()
    assert (row.attempts, row.body_id) == (2, body)


RECEIPTS = {
    "unsigned": lambda digest: {"digest": digest, "kind": "document"},
    "forged": lambda digest: receipts.signed_receipt(digest, AT, identity("kẻ lạ")[0]),
    "swapped": lambda digest: receipts.signed_receipt("0" * 64, AT, identity("xa")[0]),
    "altered": lambda digest: receipts.signed_receipt(digest, AT, identity("xa")[0]) | {"at": "2030-01-01T00:00:00+00:00"},
    "swapped under the right digest": lambda digest: receipts.signed_receipt("0" * 64, AT, identity("xa")[0]) | {"digest": digest},
    "broken": lambda digest: {"digest": digest, "signature": "không phải base64"},
    "no receipt at all": lambda digest: ["ok"],
}


@pytest.fixture
def answering_with():
    """Một nơi nhận thật ở cổng thật, trả lời bằng biên nhận mà bài kiểm tra viết."""
    class Receiver(BaseHTTPRequestHandler):
        def log_message(self, *_args: object) -> None: ...

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            said = json.dumps(self.server.answer(hashlib.sha256(body).hexdigest())).encode()
            self.send_response(getattr(self.server, "status", 200))
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def sent_to(line, server, office, answer) -> Outbox:
    server.answer = answer
    line.address = f"http://127.0.0.1:{server.server_port}"
    line.save()
    sent(office)
    row = Outbox.objects.get()
    dispatching.dispatch(row.pk)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("kind", RECEIPTS)
def test_a_receipt_the_partner_did_not_sign_for_this_message_leaves_it_in_the_outbox(office, line, answering_with, kind):
    row = sent_to(line, answering_with, office, RECEIPTS[kind])
    assert (row.state, row.attempts, row.sent_at) == ("waiting", 1, None)
    assert "iên nhận" in row.problem
    if kind == "unsigned":
        assert "bản cũ" in row.problem


def test_the_partners_own_receipt_ends_the_sending(office, line, answering_with):
    row = sent_to(line, answering_with, office, lambda digest: receipts.signed_receipt(digest, AT, identity("xa")[0]))
    assert (row.state, row.problem) == ("sent", "")


SAID = "Chữ ký không đúng."
REFUSALS = {
    "unsigned": lambda digest: {"detail": SAID},
    "forged": lambda digest: {"detail": SAID, "refusal": receipts.signed_refusal(digest, 422, SAID, AT, identity("kẻ lạ")[0])},
    "of another message": lambda digest: {"detail": SAID, "refusal": receipts.signed_refusal("0" * 64, 422, SAID, AT, identity("xa")[0])},
    "of another answer": lambda digest: {"detail": SAID, "refusal": receipts.signed_refusal(digest, 403, SAID, AT, identity("xa")[0])},
    "no problem at all": lambda digest: ["không"],
}


@pytest.mark.parametrize("kind", REFUSALS)
def test_a_refusal_the_partner_did_not_sign_does_not_end_the_sending(office, line, answering_with, kind):
    answering_with.status = 422
    row = sent_to(line, answering_with, office, REFUSALS[kind])
    assert (row.state, row.attempts) == ("waiting", 1)
    assert "không do đối tác này ký" in row.problem


def test_the_partners_own_refusal_ends_the_sending(office, line, answering_with):
    answering_with.status = 422
    row = sent_to(
        line, answering_with, office, lambda digest: {"detail": SAID, "refusal": receipts.signed_refusal(digest, 422, SAID, AT, identity("xa")[0])}
    )
    assert row.state == "failed"
    assert SAID in row.problem


def test_a_partner_not_connected_gets_a_file_and_never_a_connection(office, line):
    line.is_active = False
    line.save()
    delivery = sent(office)
    assert delivery.way == "file"
    assert not Outbox.objects.exists()
    name, content = filing.export(office.clerk, on=TODAY, delivery_id=delivery.pk)
    assert name.endswith(".edxml")
    assert b"edXMLEnvelope" in content


def test_a_file_is_imported_into_the_own_tray_only_and_its_trust_is_told(office):
    partners.set_code(SYSTEM, on=TODAY, unit_id=office.north, code=NORTH)
    with pytest.raises(Invalid) as refused:
        filing.import_message(office.clerk, on=TODAY, data=write(far_document()))
    assert refused.value.code == "exchange.not_ours"
    taken = filing.import_message(office.north_clerk, on=TODAY, data=write(far_document()))
    assert (taken.kind, taken.trust, taken.again) == ("document", "none", False)
    assert filing.import_message(office.north_clerk, on=TODAY, data=write(far_document())).again
    document = registered(office, Arrival.objects.get())
    assert document.holder_id == office.north
    name, content = filing.export_status(office.north_clerk, on=TODAY, receipt_id=Receipt.objects.get().pk)
    assert name.startswith("trang-thai-03")
    with pytest.raises(Forbidden):
        filing.import_message(office.specialist, on=TODAY, data=write(far_document()))


def test_a_connected_partners_message_without_a_good_signature_is_not_taken_from_a_file(office, line):
    for data in (write(far_document()), signed_by("kẻ lạ", far_document())):
        with pytest.raises(Invalid):
            filing.import_message(office.north_clerk, on=TODAY, data=data)
    assert filing.import_message(office.north_clerk, on=TODAY, data=signed_by("xa", far_document())).trust == "verified"


def test_the_registry_refuses_what_cannot_work_with_every_reason(office, line):
    with pytest.raises(Invalid) as refused:
        partners.keep(SYSTEM, on=TODAY, name="", address="file:///etc", certificate="x", organs=[("a b", ""), (OUR_CODE, "Trùng")], is_active=True)
    assert {r.code for r in refused.value.reasons} == {"documents.missing", "exchange.address", "exchange.certificate", "exchange.organ_id", "exchange.code_taken"}
    for actor in (office.clerk, office.head):
        with pytest.raises(Forbidden):
            partners.keep(actor, on=TODAY, name="X")
    sent(office)
    with pytest.raises(Refused):
        partners.keep(SYSTEM, on=TODAY, name="Xa", partner_id=line.pk, organs=[])
    assert line.organs.count() == 1
