"""Cất và đọc tệp theo nội dung. Không kiểm tra quyền: động từ của ứng dụng gọi tới đây đã kiểm tra."""

import hashlib
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage

from tinhgon.core import clock
from tinhgon.files.models import StoredFile

_CHUNK = 1024 * 1024


def store(content: IO[bytes], *, content_type: str = "") -> StoredFile:
    """Cất nội dung một lần; đã có nội dung ấy thì trả về dòng cũ. Đọc theo khúc 1 MB, đọc lại từ đầu để ghi."""
    digest, size = _measure(content)
    found = StoredFile.objects.filter(sha256=digest).first()
    if found is None:
        fresh = StoredFile(
            sha256=digest, size=size, content_type=content_type or "application/octet-stream", stored_at=clock.now()
        )
        StoredFile.objects.bulk_create([fresh], ignore_conflicts=True)
        found = StoredFile.objects.get(sha256=digest)
    _write(found.path, content)
    return found


def open_file(stored: StoredFile) -> IO[bytes]:
    """Mở để đọc. ``FileNotFoundError`` khi kho mất tệp."""
    return default_storage.open(stored.path, "rb")


def _measure(content: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    content.seek(0)
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _write(path: str, content: IO[bytes]) -> None:
    if default_storage.exists(path):
        return
    content.seek(0)
    saved = default_storage.save(path, File(content))
    if saved != path:  # một tiến trình khác vừa cất cùng nội dung
        default_storage.delete(saved)
