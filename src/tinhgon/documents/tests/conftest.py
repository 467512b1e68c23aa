import pytest

from tinhgon.documents.tests.factories import Office


@pytest.fixture
def office(db) -> Office:
    return Office()


@pytest.fixture(autouse=True)
def _store_in_a_temporary_folder(store_in_a_temporary_folder) -> None:
    """Mọi bài kiểm tra ở đây ghi vào kho tạm."""
