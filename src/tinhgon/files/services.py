"""Cất và đọc tệp theo nội dung. Cùng một nội dung chỉ nằm một chỗ; tên tệp thuộc về nơi đính kèm.

Mọi bước đọc từng khúc một, nên tệp lớn cỡ nào cũng chỉ tốn bấy nhiêu bộ nhớ.
"""

import hashlib
import mimetypes
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from tinhgon.core import clock
from tinhgon.core.errors import Broken, Invalid, Reason
from tinhgon.files.models import StoredFile

CHUNK = 1024 * 1024
MOST_BYTES = 2 * 1024 * 1024 * 1024
_UNFINISHED = "dang-ghi"
"""Thư mục của nội dung đang ghi trong kho; thứ gì còn ở đó khi không ai cất tệp là của một lần bị ngắt, xóa được."""

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF8", "image/gif"),
)
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!/", b"#! /")
"""Đầu tệp của chương trình chạy được (Windows, Linux, Java, macOS, kịch bản), dù mang tên gì."""

_TOLD_BY_CONTENT = {content_type for _signature, content_type in _SIGNATURES} | {"text/html", "image/svg+xml"}
"""Loại mà tên tệp không được tự nhận: nội dung phải nói ra; HTML và SVG thì không bao giờ mở ngay trong trang."""


def store(stream: IO[bytes], name: str) -> StoredFile:
    """Cất nội dung của ``stream`` (đọc từ chỗ đang đứng); trả về tệp đã có hoặc vừa cất.

    ``name`` chỉ để đoán loại khi nội dung không tự nói ra. ``Invalid``: tệp rỗng, lớn quá 2 GB, hay là chương trình chạy được.
    ``stream`` đứng ở đầu thì đọc hai lượt tại chỗ, nếu không thì chép tạm. Nội dung vào kho trước, dòng vào cơ sở dữ liệu sau: giao dịch hỏng chỉ để lại nội dung không ai trỏ tới.
    """
    if stream.seekable() and stream.tell() == 0:
        return _stored(stream, name)
    with tempfile.TemporaryFile() as spooled:
        size = 0
        while chunk := stream.read(CHUNK):
            size = _fitting(size + len(chunk))
            spooled.write(chunk)
        spooled.seek(0)
        return _stored(spooled, name)


def _stored(content: IO[bytes], name: str) -> StoredFile:
    sha256, size, head = _measured(content)
    stored = StoredFile.objects.filter(sha256=sha256).first()
    if stored is not None and default_storage.exists(stored.path):
        return stored
    wanted = StoredFile(sha256=sha256, size=size, content_type=_content_type(head, name), stored_at=clock.now())
    if not is_kept(wanted):
        content.seek(0)
        keep(content, wanted)
    if stored is None:  # lần cất khác cùng nội dung có thể vừa ghi trước: khi ấy lấy mã của dòng ấy
        (stored,) = StoredFile.objects.bulk_create([wanted], update_conflicts=True, unique_fields=["sha256"], update_fields=["size"])
    return stored


def _measured(content: IO[bytes]) -> tuple[str, int, bytes]:
    digest, size, head = hashlib.sha256(), 0, b""
    while chunk := content.read(CHUNK):
        head = head or chunk[:1024]
        size = _fitting(size + len(chunk))
        digest.update(chunk)
    if not size:
        raise Invalid(Reason("files.empty", _("Tệp rỗng."), "file"))
    if head.startswith(_PROGRAMS) and (b"\0" in head or head.startswith(b"#!")):
        sentence = _("Tệp này là chương trình chạy được, dù tên tệp nói khác: không nhận để giữ an toàn.")
        raise Invalid(Reason("files.program", sentence, "file"))
    return digest.hexdigest(), size, head


def _fitting(size: int) -> int:
    if size > MOST_BYTES:
        raise Invalid(Reason("files.too_big", _("Tệp lớn quá 2 GB."), "file"))
    return size


def is_kept(file: StoredFile) -> bool:
    """Kho có nội dung ấy, đủ cỡ."""
    try:
        return default_storage.size(file.path) == file.size
    except FileNotFoundError:
        return False


def keep(content: IO[bytes], wanted: StoredFile) -> None:
    """Đưa nội dung (đọc từ chỗ đang đứng) vào kho.

    Ghi xong dưới một tên riêng rồi mới đổi tên, nên ai đọc hay cất cùng nội dung ấy đúng lúc này không bao giờ gặp tệp dở.
    """
    written = Path(default_storage.path(default_storage.save(f"{_UNFINISHED}/{uuid4().hex}", File(content))))
    kept = Path(default_storage.path(wanted.path))
    kept.parent.mkdir(parents=True, exist_ok=True)
    written.replace(kept)


def _content_type(head: bytes, name: str) -> str:
    """Loại theo nội dung; Word, Excel mới (zip) và chữ trơn thì theo đuôi tên."""
    for signature, content_type in _SIGNATURES:
        if head.startswith(signature):
            return content_type
    if head.lstrip().startswith(b"%PDF-"):
        return "application/pdf"
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return "application/octet-stream" if guessed in _TOLD_BY_CONTENT else guessed


def open_file(stored: StoredFile) -> "File[bytes]":
    """Mở để đọc từng khúc; nơi gọi đóng. ``Broken`` khi kho không còn nội dung ấy."""
    try:
        return default_storage.open(stored.path, "rb")
    except OSError as missing:
        raise Broken(_lost(stored)) from missing


def chunks(stored: StoredFile) -> Iterator[bytes]:
    """Nội dung từng khúc một MB."""
    with open_file(stored) as content:
        while chunk := content.read(CHUNK):
            yield chunk


@contextmanager
def local_path(stored: StoredFile) -> Iterator[Path]:
    """Đường dẫn trên đĩa để thư viện đọc thẳng; kho ở nơi khác thì chép tạm về. ``Broken`` khi kho không còn nội dung ấy."""
    try:
        path = Path(default_storage.path(stored.path))
    except NotImplementedError:
        with tempfile.NamedTemporaryFile() as copied, open_file(stored) as content:
            shutil.copyfileobj(content, copied, CHUNK)
            copied.flush()
            yield Path(copied.name)
        return
    if not path.is_file():
        raise Broken(_lost(stored))
    yield path


@transaction.atomic
def discard(stored: StoredFile) -> bool:
    """Bỏ hẳn một nội dung mà không nơi nào còn đính kèm. ``False`` khi còn nơi dùng: không đụng tới."""
    try:
        with transaction.atomic():
            stored.delete()
    except ProtectedError:
        return False
    transaction.on_commit(lambda: default_storage.delete(stored.path))
    return True


def verify(stored: StoredFile) -> list[Reason]:
    """Đối chiếu nội dung trong kho với băm và kích thước đã ghi; rỗng là đúng."""
    digest, size = hashlib.sha256(), 0
    try:
        for chunk in chunks(stored):
            digest.update(chunk)
            size += len(chunk)
    except Broken as lost:
        return list(lost.reasons)
    if digest.hexdigest() == stored.sha256 and size == stored.size:
        return []
    sentence = _("Nội dung tệp %(sha)s đã khác với lúc cất.") % {"sha": stored.sha256[:12]}
    return [Reason("files.changed", sentence, data={"sha256": stored.sha256})]


def verify_all() -> Iterator[Reason]:
    """Đối chiếu mọi tệp trong kho, từng tệp một; sinh ra từng chỗ sai."""
    for stored in StoredFile.objects.order_by("pk").iterator():
        yield from verify(stored)


def _lost(stored: StoredFile) -> Reason:
    sentence = _("Kho không còn nội dung tệp %(sha)s.") % {"sha": stored.sha256[:12]}
    return Reason("files.lost", sentence, data={"sha256": stored.sha256})
