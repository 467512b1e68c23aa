"""Mặc định là không: thao tác nào của API cũng đòi mã truy cập; riêng nơi nhận thông điệp thì chữ ký là chìa khóa."""

import re

import pytest
from django.test import Client

from tinhgon.api.main import api

SIGNED_INSTEAD = {("post", "/api/v1/exchange/messages")}
OPERATIONS = sorted((method, path) for path, verbs in api.get_openapi_schema()["paths"].items() for method in verbs)


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "path"), [one for one in OPERATIONS if one not in SIGNED_INSTEAD])
def test_no_operation_answers_without_a_key(client: Client, method: str, path: str) -> None:
    assert getattr(client, method)(re.sub(r"\{\w+\}", "1", path)).status_code == 401


@pytest.mark.django_db
def test_a_message_without_a_signature_is_refused(client: Client) -> None:
    answer = client.post("/api/v1/exchange/messages", b"<x/>", content_type="application/xml")
    assert 400 <= answer.status_code < 500


def test_the_list_is_not_empty() -> None:
    assert set(OPERATIONS) > SIGNED_INSTEAD
