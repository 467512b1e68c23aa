"""Cách mở và đọc các trang bố trí cán bộ."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def at(world, path: str = "") -> str:
    return f"/sap-xep/{world.reorg.pk}/bo-tri/{path}"


def text_of(answer) -> str:
    return answer.content.decode()


def counted(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(asked.captured_queries)
