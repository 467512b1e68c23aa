"""API của sổ: cùng quyền với các trang, lỗi nêu mọi lý do, không cookie."""

import io

import pytest
from django.test import Client

from tinhgon.api.tests.conftest import key
from tinhgon.core import clock
from tinhgon.core.errors import Forbidden, Invalid, NotFound
from tinhgon.documents.models import Arrival, Document
from tinhgon.documents.tests.factories import TODAY
from tinhgon.org.models import AccessToken, Appointment, Role
from tinhgon.org.services import tokens
from tinhgon.org.tests.factories import make_actor

pytestmark = pytest.mark.django_db

INCOMING = {"type_code": "cong-van", "symbol": "12-CV/X", "summary": "Đề nghị phối hợp", "issued_on": "2025-06-18", "issuer_name": "Sở Nội vụ"}


def test_a_document_is_registered_listed_searched_and_read(office, call):
    secret = key(office.clerk)
    made = call(secret, "post", "/documents", INCOMING | {"addressed_to": office.office})
    assert made.status_code == 201, made.content
    assert (made.json()["number"], made.json()["holder"]["name"]) == (1, "Văn phòng Thành ủy")
    listed = call(secret, "get", "/documents?direction=incoming&text=phoi hop").json()
    assert [one["id"] for one in listed["items"]] == [made.json()["id"]]
    assert call(secret, "get", f"/documents/{made.json()['id']}").json() == made.json()


def test_a_file_goes_up_and_comes_back(office, call):
    secret, document = key(office.clerk), office.issued()
    file = io.BytesIO(b"%PDF-1.7 noi dung")
    file.name = "ban-ky.pdf"
    sent = Client().post(f"/api/v1/documents/{document.pk}/attachments", {"file": file}, headers={"Authorization": f"Bearer {secret}"})
    assert sent.status_code == 201, sent.content
    back = call(secret, "get", f"/attachments/{sent.json()['id']}")
    assert b"".join(back.streaming_content) == b"%PDF-1.7 noi dung"
    assert [f["name"] for f in call(secret, "get", f"/documents/{document.pk}/attachments").json()] == ["ban-ky.pdf"]


def test_nobody_without_a_key_and_no_cookie_helps(office, call):
    assert call("", "get", "/documents").status_code == 401
    assert call("tg_sai", "get", "/documents").status_code == 401
    browser = Client()
    browser.force_login(Appointment.objects.get(pk=office.clerk.appointment_id).person.user, backend="django.contrib.auth.backends.ModelBackend")
    answer = browser.get("/api/v1/documents")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json; charset=utf-8")


def test_the_key_sees_what_the_post_sees_and_no_more(office, call):
    hidden = office.incoming(office.north_clerk, to=office.north)
    secret = key(office.clerk)
    assert call(secret, "get", f"/documents/{hidden.pk}").status_code == 404
    assert call(secret, "get", "/documents").json()["total"] == 0
    assert call(secret, "get", f"/documents/{hidden.pk}/deliveries").status_code == 404
    Arrival.objects.create(to_unit_id=office.north, channel="upload", state="ready", received_at=clock.now())
    assert call(secret, "get", "/arrivals").json()["total"] == 0
    assert call(key(office.north_clerk), "get", "/arrivals").json()["total"] == 1
    secret_paper = office.incoming(make_actor(office.office, Role.CLERK, clearance=2), secrecy=1)
    assert call(secret, "get", f"/documents/{secret_paper.pk}").status_code == 404
    answer = call(key(office.specialist), "post", "/documents", INCOMING | {"addressed_to": office.office})
    assert (answer.status_code, Document.objects.filter(symbol="12-CV/X").count()) == (403, 0)


def test_a_reading_key_does_not_write(office, call):
    answer = call(key(office.clerk, "read"), "post", "/documents", INCOMING | {"addressed_to": office.office})
    assert (answer.status_code, answer.json()["reasons"][0]["code"]) == (403, "api.scope")
    assert call(key(office.clerk, "write"), "get", "/documents").status_code == 403


def test_every_reason_is_told_as_a_problem(office, call):
    body = INCOMING | {"addressed_to": office.office, "issued_on": "2030-01-01", "arrived_on": "2031-01-01"}
    answer = call(key(office.clerk), "post", "/documents", body)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json; charset=utf-8")
    assert {reason["code"] for reason in answer.json()["reasons"]} >= {"documents.arrived_later"}
    again = call(key(office.clerk), "post", "/documents", {"addressed_to": 0})
    assert {reason["field"] for reason in again.json()["reasons"]} >= {"body.addressed_to", "body.summary", "body.issued_on"}
    assert not Document.objects.exists()


def test_a_key_ends_with_its_day_its_owner_or_its_post(office, call):
    for end in ("expires_at", "revoked_at"):
        secret = key(office.clerk)
        AccessToken.objects.filter(user=office.clerk.user_id).update(**{end: clock.now()})
        assert call(secret, "get", "/documents").status_code == 401
    secret = key(office.clerk)
    office.incoming()
    Appointment.objects.filter(pk=office.clerk.appointment_id).update(valid=("2020-01-01", "2025-06-01"))
    assert call(secret, "get", "/documents").json()["total"] == 0
    assert call(secret, "post", "/documents", INCOMING | {"addressed_to": office.office}).status_code == 403


def test_keys_are_made_and_revoked_by_their_owner_only(office):
    with pytest.raises(Invalid) as refused:
        tokens.make(office.clerk, on=TODAY, name=" ", scopes=["all"], days=900)
    assert {r.code for r in refused.value.reasons} == {"org.token_name", "org.token_scopes", "org.token_days"}
    token, secret = tokens.make(office.clerk, on=TODAY, name="Máy quét", scopes=["read"], days=30)
    assert secret not in (token.digest, token.prefix)
    with pytest.raises(NotFound):
        tokens.revoke(office.head, token_id=token.pk)
    tokens.revoke(office.clerk, token_id=token.pk)
    assert tokens.holder_of(secret) is None
    with pytest.raises(Forbidden):
        tokens.make(office.clerk.__class__(office.clerk.user_id, None), on=TODAY, name="x", scopes=["read"], days=1)
