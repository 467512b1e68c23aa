"""Tệp nằm trong kho theo nội dung: không mất, không trùng, hỏng thì biết."""

import hashlib
import io
import tracemalloc

import pytest

from tinhgon.core.errors import Broken, Invalid
from tinhgon.files import services
from tinhgon.files.models import StoredFile

pytestmark = pytest.mark.django_db
TEXT = "Số 15-CV/VPTU".encode()


def stored_files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_stored_reads_back_byte_for_byte():
    stored = services.store(io.BytesIO(TEXT), "cong-van.txt")
    assert stored.sha256 == hashlib.sha256(TEXT).hexdigest()
    assert stored.size == len(TEXT)
    assert stored.content_type == "text/plain"
    assert b"".join(services.chunks(stored)) == TEXT
    assert services.verify(stored) == []


def test_the_same_content_is_kept_once_whatever_its_name(store_in_a_temporary_folder):
    first = services.store(io.BytesIO(TEXT), "a.txt")
    assert services.store(io.BytesIO(TEXT), "b.pdf") == first
    assert len(stored_files(store_in_a_temporary_folder)) == 1


def test_the_kind_of_a_file_comes_from_its_content_before_its_name():
    assert services.store(io.BytesIO(b"%PDF-1.7 ..."), "anh.png").content_type == "application/pdf"


def test_an_empty_file_is_refused_and_leaves_nothing(store_in_a_temporary_folder):
    with pytest.raises(Invalid, match="rỗng"):
        services.store(io.BytesIO(b""), "a.txt")
    assert not StoredFile.objects.exists()
    assert stored_files(store_in_a_temporary_folder) == []


def test_a_store_interrupted_halfway_is_mended_by_the_next(store_in_a_temporary_folder):
    stored = services.store(io.BytesIO(TEXT), "a.txt")
    stored_files(store_in_a_temporary_folder)[0].write_bytes(TEXT[:3])
    StoredFile.objects.all().delete()
    again = services.store(io.BytesIO(TEXT), "a.txt")
    assert again.sha256 == stored.sha256
    assert services.verify(again) == []


def test_a_file_lost_from_the_store_comes_back_when_stored_again(store_in_a_temporary_folder):
    stored = services.store(io.BytesIO(TEXT), "a.txt")
    stored_files(store_in_a_temporary_folder)[0].unlink()
    with pytest.raises(Broken):
        services.open_file(stored)
    assert [reason.code for reason in services.verify(stored)] == ["files.lost"]
    assert services.store(io.BytesIO(TEXT), "a.txt") == stored
    assert services.verify(stored) == []


def test_a_changed_content_is_found(store_in_a_temporary_folder):
    stored = services.store(io.BytesIO(TEXT), "a.txt")
    stored_files(store_in_a_temporary_folder)[0].write_bytes(b"X" * len(TEXT))
    assert [reason.code for reason in services.verify_all()] == ["files.changed"]
    assert services.verify(stored)[0].data == {"sha256": stored.sha256}


class Zeros(io.RawIOBase):
    """Một tệp toàn số 0, không nằm trong bộ nhớ."""

    def __init__(self, size: int):
        self.left = size

    def read(self, size: int = -1) -> bytes:
        given = min(size, self.left)
        self.left -= given
        return bytes(given)


def test_a_large_file_needs_only_a_few_chunks_of_memory():
    tracemalloc.start()
    stored = services.store(Zeros(60 * services.CHUNK), "lon.bin")
    assert services.verify(stored) == []
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * services.CHUNK
