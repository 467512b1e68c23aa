import pytest

from tinhgon.personnel.tests.factories import Staff


@pytest.fixture
def staff(db) -> Staff:
    return Staff()
