"""Tải tệp lên: nhiều quá một lượt thì nói rõ; tệp lớn quá thì không chiếm đĩa của máy chủ."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from tinhgon.core.errors import Invalid
from tinhgon.documents.models import Arrival
from tinhgon.files import services
from tinhgon.web.uploads import BoundedUpload


@override_settings(DATA_UPLOAD_MAX_NUMBER_FILES=3)
def test_too_many_files_in_one_go_say_how_many_are_allowed_and_keep_nothing(db):
    files = [SimpleUploadedFile(f"{n}.pdf", b"%PDF-1.7") for n in range(4)]
    browser = Client(enforce_csrf_checks=True)  # như thật: biểu mẫu bị đọc ngay ở chỗ xét CSRF
    browser.cookies["csrftoken"] = "a" * 32
    answer = browser.post("/van-ban/khay/tai-len/", {"files": files})
    assert answer.status_code == 400
    assert "nhiều nhất 3 tệp" in answer.content.decode()
    assert not Arrival.objects.exists()


def test_what_is_over_the_limit_is_read_away_but_never_written(monkeypatch):
    monkeypatch.setattr(services, "MOST_BYTES", 100)
    upload = BoundedUpload(None)
    upload.new_file("files", "lon.bin", "application/octet-stream", None)
    for start in range(0, 1000, 40):
        upload.receive_data_chunk(b"x" * 40, start)
    file = upload.file_complete(1000)
    assert file.file.seek(0, io.SEEK_END) == 101
    file.seek(0)
    with pytest.raises(Invalid, match="lớn quá"):
        services.store(file, file.name)
    file.close()


def test_a_file_at_the_limit_is_whole(monkeypatch):
    monkeypatch.setattr(services, "MOST_BYTES", 100)
    upload = BoundedUpload(None)
    upload.new_file("files", "vua.bin", "application/octet-stream", None)
    upload.receive_data_chunk(b"a" * 60, 0)
    upload.receive_data_chunk(b"b" * 40, 60)
    with upload.file_complete(100) as file:
        assert file.read() == b"a" * 60 + b"b" * 40
