"""Kho tệp của một bài kiểm tra: thư mục tạm riêng, không đụng kho thật."""

from pathlib import Path

import pytest


@pytest.fixture
def store_in_a_temporary_folder(tmp_path: Path, settings) -> Path:
    """Kho tệp và gốc thư mục theo dõi của bài kiểm tra là thư mục tạm riêng; trả về thư mục kho."""
    options = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path / "files")}}
    settings.STORAGES = settings.STORAGES | {"default": options}
    settings.INTAKE_ROOT = tmp_path / "khay"
    return tmp_path / "files"
