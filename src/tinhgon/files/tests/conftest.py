import pytest


@pytest.fixture(autouse=True)
def _store_in_a_temporary_folder(store_in_a_temporary_folder) -> None:
    """Mọi bài kiểm tra ở đây ghi vào kho tạm."""
