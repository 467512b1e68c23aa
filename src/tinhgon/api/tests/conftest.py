import pytest
from django.test import Client

from tinhgon.core.actor import Actor
from tinhgon.documents.tests.factories import TODAY, Office
from tinhgon.org.services import tokens


@pytest.fixture
def office(db) -> Office:
    return Office()


def key(actor: Actor, *scopes: str) -> str:
    return tokens.make(actor, on=TODAY, name="thử", scopes=scopes or ("read", "write"), days=30)[1]


@pytest.fixture
def call():
    """``call(secret, "get", "/documents")``: gọi API như một chương trình, không cookie."""

    def ask(secret: str, method: str, path: str, body: object = None, **extra: object):
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        options = {"content_type": "application/json", "data": body} if body is not None else {}
        return getattr(Client(), method)(f"/api/v1{path}", headers=headers, **(options | extra))

    return ask
