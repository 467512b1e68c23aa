"""Nơi đặt tệp riêng cho mỗi phép thử."""

import io
from pathlib import Path

import pytest

from tinhgon.files import services as files
from tinhgon.files.models import StoredFile


@pytest.fixture
def store(settings, tmp_path):
    """Đổi kho tệp sang thư mục ``tên`` của phép thử; trả về hàm đổi."""

    def use(name: str) -> Path:
        folder = tmp_path / name
        settings.STORAGES = settings.STORAGES | {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(folder)}}
        }
        return folder

    use("files")
    return use


def keep(text: str) -> StoredFile:
    """Một tệp trong kho."""
    return files.store(io.BytesIO(text.encode()), "van-ban.txt")
