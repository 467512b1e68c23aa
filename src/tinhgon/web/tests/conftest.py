import pytest

from tinhgon.documents.tests.factories import Office


@pytest.fixture
def office(db) -> Office:
    return Office()
