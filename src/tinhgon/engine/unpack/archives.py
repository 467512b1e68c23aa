"""Tệp nén zip: mỗi tệp bên trong một lần, giữ tên thư mục. Bom nén, đường dẫn trỏ ra ngoài, mật khẩu: nói ra, không mở."""

import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from tinhgon.engine.unpack.model import Unpackable

MOST_MEMBERS = 2_000
MOST_UNPACKED = 4 * 1024**3
MOST_RATIO = 200
"""Văn bản thật nén hơn hai trăm lần thì không có; bom nén thì cả nghìn."""

_SMALL = 10 * 1024**2  # dưới mức này thì tỷ lệ nén không nói lên gì
_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Member:
    """Một tệp trong gói. ``folder``: thư mục của nó trong gói, rỗng khi nằm ngoài cùng."""

    name: str
    folder: str
    size: int
    entry: zipfile.ZipInfo


def is_archive(head: bytes, name: str) -> bool:
    """Gói zip để mở ra: không phải Word, Excel (cũng là zip)."""
    return head.startswith(b"PK\x03\x04") and name.lower().endswith(".zip")


def members(packed: IO[bytes]) -> list[Member]:
    """Các tệp trong gói theo thứ tự, bỏ rác của hệ điều hành. ``Unpackable`` khi gói có chỗ không nên mở."""
    try:
        with zipfile.ZipFile(packed) as opened:
            entries = [entry for entry in opened.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as broken:
        raise Unpackable("corrupt") from broken
    if len(entries) > MOST_MEMBERS:
        raise Unpackable("too_many", str(MOST_MEMBERS))
    found = [_member(entry) for entry in entries if not _is_junk(entry.filename)]
    if not found:
        raise Unpackable("empty")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unpackable("too_big", str(MOST_UNPACKED // 1024**3))
    return found


def open_member(packed: IO[bytes], member: Member) -> "Limited":
    """Mở một tệp trong gói để đọc từng khúc; đọc quá kích thước đã khai thì dừng."""
    try:
        return Limited(zipfile.ZipFile(packed).open(member.entry), member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as broken:
        raise Unpackable("corrupt", member.name) from broken


class Limited:
    """Luồng đọc không bao giờ cho ra nhiều hơn kích thước đã khai: bom nén khai man cũng chỉ tới đó."""

    def __init__(self, source: IO[bytes], member: Member) -> None:
        self._source, self._member, self._read = source, member, 0

    def read(self, size: int = -1) -> bytes:
        try:
            given = self._source.read(size)
        except (zipfile.BadZipFile, EOFError, OSError, ValueError) as broken:
            raise Unpackable("corrupt", self._member.name) from broken
        self._read += len(given)
        if self._read > self._member.size:
            raise Unpackable("bomb", self._member.name)
        return given

    def seekable(self) -> bool:
        return False


def _member(entry: zipfile.ZipInfo) -> Member:
    if entry.flag_bits & 1:
        raise Unpackable("encrypted")
    shown = _decoded(entry)
    path = PurePosixPath(shown.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        raise Unpackable("traversal", shown)
    if entry.file_size > _SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        raise Unpackable("bomb", shown)
    folder = str(path.parent)
    return Member(path.name, "" if folder == "." else folder, entry.file_size, entry)


def _decoded(entry: zipfile.ZipInfo) -> str:
    """Tên đúng chữ Việt: gói không nói bảng mã thì thường vẫn là UTF-8; máy Mac ghi dạng rời (NFD)."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("utf-8")
        except (UnicodeDecodeError, UnicodeEncodeError):
            name = entry.filename
    return unicodedata.normalize("NFC", name)


def _is_junk(name: str) -> bool:
    return name.startswith(_JUNK[0]) or name.rsplit("/", 1)[-1] in _JUNK[1:] or name.rsplit("/", 1)[-1].startswith("._")


def iterate(packed: IO[bytes]) -> Iterator[tuple[Member, Limited]]:
    """Từng tệp và luồng đọc của nó."""
    for member in members(packed):
        yield member, open_member(packed, member)
