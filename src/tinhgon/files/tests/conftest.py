import pytest


@pytest.fixture(autouse=True)
def store_in_a_temporary_folder(tmp_path, settings):
    """Kho của mỗi bài kiểm tra là một thư mục tạm riêng."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        }
    }
    return tmp_path / "files"
