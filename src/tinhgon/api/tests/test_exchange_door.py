"""Cửa nhận thông điệp: chữ ký là giấy thông hành; mỗi lối từ chối một mã, không để lại gì; tới hai lần vẫn một."""

import hashlib

import pytest
from cryptography.x509 import load_pem_x509_certificate
from django.test import Client

from tinhgon.api import auth, exchange
from tinhgon.core.actor import SYSTEM
from tinhgon.core.models import Rate
from tinhgon.documents.models import Arrival, Inbox
from tinhgon.documents.services.exchange import partners
from tinhgon.documents.services.exchange.identity import certificate_pem
from tinhgon.documents.tests.exchanging import AWAY, AWAY_CODE, partner, signed_by
from tinhgon.documents.tests.factories import TODAY
from tinhgon.engine.edxml.model import Organ
from tinhgon.engine.edxml.receipts import check_receipt, is_refusal
from tinhgon.engine.edxml.writing import write
from tinhgon.engine.tests.edxml_samples import document

pytestmark = pytest.mark.django_db
NORTH = "A01.H29.01"


@pytest.fixture
def line(office):
    partners.set_code(SYSTEM, on=TODAY, unit_id=office.north, code=NORTH)
    return partner()


def message(**changes):
    values = {"sender": Organ(id=AWAY_CODE, name=AWAY), "receivers": (Organ(id=NORTH),), "document_id": f"{AWAY_CODE},2025/07/01,5/UBND-VP", "responses": ()}
    return document(**(values | changes))


def post(data: bytes, kind: str = "application/xml"):
    return Client().post("/api/v1/exchange/messages", data=data, content_type=kind)


def test_a_message_gets_its_receipt_and_the_same_one_again(line):
    data = signed_by("xa", message())
    first, again = post(data), post(data)
    assert (first.status_code, first.json()["digest"]) == (200, hashlib.sha256(data).hexdigest())
    assert (again.status_code, again.json()["again"]) == (200, True)
    assert Arrival.objects.count() == 1


@pytest.mark.parametrize(("status", "code", "make"), [
    (422, "exchange.unsigned", lambda: write(message())),
    (422, "exchange.wrong_signature", lambda: signed_by("kẻ lạ", message())),
    (403, "exchange.unknown_sender", lambda: signed_by("xa", message(sender=Organ(id="X01.H1")))),
    (422, "exchange.doctype", lambda: b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
    (422, "exchange.not_xml", lambda: b"\xff\xfe khong phai xml"),
])  # fmt: skip
def test_every_refusal_is_a_problem_with_its_code(line, status, code, make):
    data = make()
    answer = post(data)
    assert (answer.status_code, answer.json()["reasons"][0]["code"]) == (status, code)
    told, ours = answer.json(), load_pem_x509_certificate(certificate_pem().encode())
    assert is_refusal(told["refusal"], hashlib.sha256(data).hexdigest(), status, told["detail"], ours)
    assert not is_refusal(told["refusal"], hashlib.sha256(data).hexdigest(), status, "câu khác", ours)
    assert not (Inbox.objects.exists())
    assert not (Arrival.objects.exists())


def test_only_xml_by_post(line):
    assert post(b"{}", "application/json").status_code == 422
    assert Client().get("/api/v1/exchange/messages").status_code == 405


def test_the_receipt_is_signed_by_this_system_and_is_the_same_each_time(line):
    data = signed_by("xa", message())
    first, again = post(data).json(), post(data).json()
    assert again == {**first, "again": True}
    check_receipt(first, hashlib.sha256(data).hexdigest(), load_pem_x509_certificate(certificate_pem().encode()))


def test_a_big_message_waits_on_disk_for_its_turn_and_is_told_to_come_again(line, monkeypatch):
    monkeypatch.setattr(exchange, "SMALL", 100)
    monkeypatch.setattr(exchange, "PATIENCE", 0.01)
    data = signed_by("xa", message())
    with exchange._one_big():
        assert post(data).status_code == 503
        assert not Inbox.objects.exists()
    assert post(data).status_code == 200


def test_a_message_beyond_the_limit_is_refused_while_it_is_being_read(line, monkeypatch):
    monkeypatch.setattr(exchange, "MOST_BYTES", 100)
    answer = post(signed_by("xa", message()))
    assert (answer.status_code, answer.json()["reasons"][0]["code"]) == (422, "exchange.too_big")
    assert not Inbox.objects.exists()


def test_every_worker_counts_into_one_allowance_of_an_address(line, monkeypatch):
    monkeypatch.setattr(auth.per_address, "most", 2)
    assert [post(b"<x/>").status_code for _call in range(3)] == [422, 422, 429]
    assert Rate.objects.get().count == 3
