"""Gói nộp lưu trữ: ghi ra, soát lại; động một byte là biết; gói độc không làm hại."""

import hashlib
import io
import zipfile

import pytest

from tinhgon.engine.archive import Package, PackagedDocument, PackagedDossier, PackagedFile, verify, write
from tinhgon.engine.archive.model import MANIFEST, SEAL

TEXTS = {hashlib.sha256(text).hexdigest(): text for text in (b"bao cao", b"to trinh " * 1000)}


def package() -> Package:
    files = tuple(PackagedFile(f"{n}.pdf", sha, len(text)) for n, (sha, text) in enumerate(TEXTS.items()))
    documents = (PackagedDocument({"Subject": "Báo cáo\x01 quý", "TypeName": ""}, files), PackagedDocument({"Subject": "Bản giấy"}))
    return Package({"OrganName": "Thành ủy"}, (PackagedDossier({"Title": "Hồ sơ hội nghị"}, documents),))


@pytest.fixture
def made(tmp_path):
    path = tmp_path / "goi.zip"
    with path.open("wb") as out:
        write(package(), out, content=lambda sha: [TEXTS[sha][:3], TEXTS[sha][3:]])
    return path


def rewritten(path, change):
    with zipfile.ZipFile(path) as bag:
        parts = {entry.filename: bag.read(entry) for entry in bag.infolist()}
    change(parts)
    with zipfile.ZipFile(path, "w") as bag:
        for name, data in parts.items():
            bag.writestr(name, data)
    return [fault.code for fault in verify(path)]


def test_a_package_just_made_is_whole_and_made_twice_is_the_same(made):
    assert verify(made) == []
    again = io.BytesIO()
    write(package(), again, content=lambda sha: [TEXTS[sha]])
    assert again.getvalue() == made.read_bytes()


def test_one_byte_changed_one_file_lost_one_added_are_all_told(made):
    first, second = sorted(TEXTS)

    def spoil(parts):
        parts[f"tep/{first}"] = b"x" * len(TEXTS[first])
        del parts[f"tep/{second}"]
        parts["la.txt"] = b"la"

    assert rewritten(made, spoil) == ["changed", "missing", "extra"]


def test_a_touched_table_of_contents_breaks_the_seal(made):
    assert rewritten(made, lambda parts: parts.update({MANIFEST: parts[MANIFEST].replace("Thành".encode(), b"Thanh")})) == ["seal"]
    assert "seal" in rewritten(made, lambda parts: parts.pop(SEAL))


def test_a_file_larger_than_it_says_is_not_unpacked_further(made):
    first = sorted(TEXTS)[0]
    assert rewritten(made, lambda parts: parts.update({f"tep/{first}": b"\0" * 50_000_000})) == ["size"]


def test_entities_and_strange_paths_are_refused(made):
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><Package xmlns="urn:tinhgon:goi-luu-tru:1">&x;</Package>'
    assert "bad_manifest" in rewritten(made, lambda parts: parts.update({MANIFEST: bomb}))
    climb = b'<Package xmlns="urn:tinhgon:goi-luu-tru:1"><File href="../etc" SIZE="1" CHECKSUM="a"/></Package>'
    assert "bad_manifest" in rewritten(made, lambda parts: parts.update({MANIFEST: climb}))


def test_what_is_no_package_is_said_so(tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(b"PK khong phai")
    assert [fault.code for fault in verify(path)] == ["not_zip"]
    with zipfile.ZipFile(path, "w") as bag:
        bag.writestr("a", "b")
    assert [fault.code for fault in verify(path)] == ["no_manifest"]


def test_content_that_is_not_what_was_said_is_not_written(tmp_path):
    with pytest.raises(ValueError, match="khác với băm"):
        write(package(), io.BytesIO(), content=lambda _sha: [b"khac"])
