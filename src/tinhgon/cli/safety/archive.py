"""Bố cục của tệp sao lưu: một tar thường, ai cũng mở được.

``database.dump`` (pg_dump dạng riêng) · ``files/ab/cd/<sha256>`` · ``manifest.json`` · ``manifest.sha256``.
Bản kê đứng cuối: tệp bị cắt ngang thì không có bản kê, nên không bao giờ bị tưởng là trọn vẹn.
"""

import dataclasses
import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from tinhgon.cli.spoken import os_reason
from tinhgon.core.errors import Invalid, Reason

FORMAT = 1
DUMP = "database.dump"
MANIFEST = "manifest.json"
SEAL = "manifest.sha256"
_FILES = "files/"
_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    """Bản kê. ``tables``: bảng -> [số dòng, dấu]; ``files``: sha256 -> số byte; ``missing``: tệp đã thiếu lúc sao lưu."""

    format: int
    product: str
    created_at: str
    postgres: int
    demo: bool
    migrations: list[str]
    tables: dict[str, list[Any]]
    dump_sha256: str
    dump_bytes: int
    files: dict[str, int]
    missing: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(int(count) for count, _mark in self.tables.values())

    @property
    def file_bytes(self) -> int:
        return sum(self.files.values())


class Reading:
    """Đọc qua một luồng và băm cái đã đọc."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.digest.update(data)
        return data


class Writer:
    """Ghi lần lượt vào một tar đang mở; ``close`` ghi bản kê sau cùng."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.tar = tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115  (close() đóng)

    def add(self, name: str, stream: IO[bytes], size: int) -> str:
        """Thêm một tệp; trả về SHA-256 của cái đã ghi. Luồng ngắn hơn ``size`` thì ``OSError``."""
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        reading = Reading(stream)
        self.tar.addfile(info, reading)  # type: ignore[arg-type]
        return reading.digest.hexdigest()

    def add_file(self, sha256: str, stream: IO[bytes], size: int) -> bool:
        """Thêm một nội dung của kho tệp; đúng khi nội dung khớp tên."""
        return self.add(file_name(sha256), stream, size) == sha256

    def close(self, manifest: Manifest) -> None:
        text = json.dumps(dataclasses.asdict(manifest), ensure_ascii=False, indent=1).encode()
        self.add(MANIFEST, io.BytesIO(text), len(text))
        seal = hashlib.sha256(text).hexdigest().encode()
        self.add(SEAL, io.BytesIO(seal), len(seal))
        self.tar.close()


def file_name(sha256: str) -> str:
    return f"{_FILES}{sha256[:2]}/{sha256[2:4]}/{sha256}"


@contextmanager
def opened(source: Path) -> Iterator[tarfile.TarFile]:
    """Tệp sao lưu mở để đọc; ``Invalid`` khi không có, không đọc được, hay không phải tệp sao lưu."""
    try:
        with tarfile.open(source, "r:") as tar:
            yield tar
    except FileNotFoundError as error:
        raise _invalid(_("Không có tệp %(file)s."), source) from error
    except (tarfile.TarError, EOFError) as error:
        raise _invalid(_("%(file)s không phải tệp sao lưu, hoặc bị cắt ngang."), source) from error
    except OSError as error:
        raise _invalid(_("Không đọc được %(file)s: %(why)s."), source, why=os_reason(error)) from error


def check(source: Path) -> Manifest:
    """Đọc cả tệp và so mọi dấu băm với bản kê. ``Invalid`` nói cái gì sai đầu tiên."""
    with opened(source) as tar:
        seen = {member.name: member for member in tar if member.isfile()}
        manifest = _manifest(tar, seen, source)
        expected = {DUMP: manifest.dump_sha256} | {
            file_name(sha256): sha256 for sha256 in manifest.files if sha256 not in manifest.missing
        }
        for name, sha256 in expected.items():
            if name not in seen:
                raise _invalid(_("Tệp sao lưu %(file)s thiếu %(name)s."), source, name=name)
            if _digest(tar, seen[name]) != sha256:
                raise _invalid(_("Tệp sao lưu %(file)s hỏng: %(name)s không khớp dấu băm."), source, name=name)
        return manifest


def _manifest(tar: tarfile.TarFile, seen: dict[str, tarfile.TarInfo], source: Path) -> Manifest:
    if MANIFEST not in seen or SEAL not in seen:
        raise _invalid(_("%(file)s không phải tệp sao lưu, hoặc bị cắt ngang: không có bản kê."), source)
    text = _content(tar, seen[MANIFEST])
    if hashlib.sha256(text).hexdigest().encode() != _content(tar, seen[SEAL]):
        raise _invalid(_("Tệp sao lưu %(file)s hỏng: bản kê không khớp dấu băm."), source)
    read = json.loads(text)
    if read["format"] != FORMAT:
        raise _invalid(
            _("Tệp sao lưu %(file)s có bố cục số %(format)s; bản này chỉ đọc bố cục số %(known)s."),
            source, format=read["format"], known=FORMAT,
        )  # fmt: skip
    return Manifest(**read)


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = tar.extractfile(member)
    assert stream is not None
    return stream.read()


def _digest(tar: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    stream = tar.extractfile(member)
    assert stream is not None
    reading = Reading(stream)
    while reading.read(_CHUNK):
        pass
    return reading.digest.hexdigest()


def _invalid(sentence: str, source: Path, **told: object) -> Invalid:
    return Invalid(Reason("backup_file", sentence % {"file": source, **told}, "file"))
