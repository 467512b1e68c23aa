"""Gửi đi là một phần của ban hành, của đóng dấu: cùng một giao dịch; một nơi không nhận được thì số chưa rút, dấu chưa đóng."""

import pytest

from tinhgon.audit.models import Entry
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import Refused
from tinhgon.documents import services
from tinhgon.documents.models import Arrival, Delivery, Document, Outbox, Signature
from tinhgon.documents.selectors import exchange
from tinhgon.documents.services import issuing, sealing
from tinhgon.documents.services.exchange import partners
from tinhgon.documents.services.exchange.sending import SendTo
from tinhgon.documents.tests import signing
from tinhgon.documents.tests.exchanging import OUR_CODE, partner
from tinhgon.documents.tests.factories import TODAY
from tinhgon.documents.tests.signing import personal, unlock, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def connected(office):
    signing.trusted()
    partners.set_code(SYSTEM, on=TODAY, unit_id=office.office, code=OUR_CODE)
    return office


def nothing_left() -> bool:
    return not (Delivery.objects.exists() or Outbox.objects.exists() or Arrival.objects.exists())


def test_issuing_puts_the_paper_in_the_tray_the_outbox_and_the_list_of_paper_copies(connected):
    organ = partner().organs.get()
    to = SendTo(unit_ids=[connected.north], organ_ids=[organ.pk], paper=["Bưu điện Thành phố", " "])
    document = services.issue(connected.clerk, on=TODAY, document_id=written(connected).pk, send_to=to)
    assert list(document.deliveries.order_by("pk").values_list("way", "to_name")) == [
        ("internal", "Đảng ủy phường Bắc"), ("network", organ.name), ("paper", "Bưu điện Thành phố"),
    ]  # fmt: skip
    assert list(Arrival.objects.values_list("to_unit", flat=True)) == [connected.north]
    assert Outbox.objects.get().delivery.document == document
    assert exchange.sent_to(document) == {("units", connected.north), ("organs", organ.pk), ("paper", "Bưu điện Thành phố")}


def test_no_receiver_chosen_sends_nothing(connected):
    services.issue(connected.clerk, on=TODAY, document_id=written(connected).pk, send_to=SendTo(paper=["", "  "]))
    assert nothing_left()


def test_a_receiver_that_cannot_get_it_leaves_the_number_undrawn(office):
    organ = partner().organs.get()  # Văn phòng chưa có mã định danh
    document, entries = written(office), Entry.objects.count()
    to = SendTo(unit_ids=[office.north], organ_ids=[organ.pk], paper=["Bưu điện"])
    with pytest.raises(Refused) as refusal:
        services.issue(office.clerk, on=TODAY, document_id=document.pk, send_to=to)
    assert refusal.value.code == "exchange.no_code"
    document.refresh_from_db()
    assert (document.number, document.state, document.attachments.count()) == (None, Document.State.READY, 0)
    assert nothing_left()
    assert Entry.objects.count() == entries


def test_the_signed_paper_is_sealed_and_sent_in_one_go_or_not_at_all(connected):
    key, seal = personal(connected.head), signing.seal(connected.clerk, connected.office)
    document = issuing.sign_and_issue(connected.head, on=TODAY, document_id=written(connected).pk, unlock=unlock(key))
    assert nothing_left()
    with pytest.raises(Refused) as refusal:
        sealing.seal(
            connected.clerk, on=TODAY, document_id=document.pk, unlock=unlock(seal), send_to=SendTo(unit_ids=[connected.north, connected.room])
        )
    assert refusal.value.code == "documents.not_an_organ"
    assert nothing_left()
    assert not document.signatures.filter(purpose=Signature.Purpose.SEAL).exists()
    sealing.seal(connected.clerk, on=TODAY, document_id=document.pk, unlock=unlock(seal), send_to=SendTo(unit_ids=[connected.north]))
    assert document.signatures.filter(purpose=Signature.Purpose.SEAL).exists()
    (file,) = Arrival.objects.get().files.filter(name__endswith=".pdf")
    assert file.file_id == document.attachments.get(is_final=True).file_id  # bản gửi đi mang cả con dấu
