import pytest

from tinhgon.org.services.catalogue import ensure_catalogue
from tinhgon.org.tests.factories import World


@pytest.fixture
def world(db) -> World:
    ensure_catalogue()
    return World()
