import pytest

from tinhgon.documents.tests.factories import Office


@pytest.fixture
def office(db) -> Office:
    return Office()


@pytest.fixture(autouse=True)
def store_in_a_temporary_folder(tmp_path, settings):
    """Kho tệp và gốc thư mục theo dõi của mỗi bài kiểm tra là thư mục tạm riêng."""
    options = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path / "files")}}
    settings.STORAGES = settings.STORAGES | {"default": options}
    settings.INTAKE_ROOT = tmp_path / "khay"
