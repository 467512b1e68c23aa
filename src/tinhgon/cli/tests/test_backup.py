"""Sao lưu và phục hồi: đủ mọi dòng mọi tệp, hoặc không đổi gì cả."""

import hashlib
import json
import tarfile
import threading

import pytest
from django.core.files.storage import default_storage
from django.db import connection, connections

from tinhgon.cli.safety import archive, database
from tinhgon.cli.safety.restoring import restore
from tinhgon.cli.safety.saving import save
from tinhgon.cli.tests.conftest import keep
from tinhgon.core.errors import Broken, Invalid, Refused
from tinhgon.core.models import User
from tinhgon.core.progress import start
from tinhgon.files.models import StoredFile
from tinhgon.org.models import UnitVersion
from tinhgon.reorg.tests import world as worlds

_CHAIN = {"audit_entry", "audit_head"}  # phục hồi ghi thêm một dòng nhật ký


def quiet(_sentence):
    """Không cần nghe từng bước."""


@pytest.fixture
def house(committed_db, store):
    """Một tỉnh nhỏ có phương án, việc, người, và hai tệp trong kho."""
    world = worlds.build()
    worlds.person(world, "A", "Bí thư")
    worlds.task(world, "A", with_="BC")
    return [keep("Báo cáo số 15-BC/ĐU"), keep("Tờ trình về việc sắp xếp")]


def marks():
    with connection.cursor() as cursor:
        found = database.marks(cursor)
    connection.close()  # các phép đếm đổi múi giờ của phiên
    return found


def everything():
    """Bảng -> dấu, và mọi tệp trong kho."""
    files = {f.sha256: default_storage.open(f.path).read() for f in StoredFile.objects.all() if default_storage.exists(f.path)}
    return marks(), files


@pytest.fixture
def empty_place(committed_db, store):
    """Vào một cơ sở dữ liệu trống và một kho trống, cùng máy chủ; ra thì xóa."""
    name = f"{committed_db}_empty"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    store("elsewhere")
    with database.pointed_at(name):
        yield name
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def saved(house, tmp_path):
    target = tmp_path / "sao-luu.tar"
    return target, save(target, say=quiet), everything()


def databases():
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [connection.settings_dict["NAME"] + "%"])
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db
def test_the_mark_of_a_table_sees_one_changed_letter_and_not_the_order_of_rows():
    a, b = (User.objects.create(username=n, display_name="Nguyễn Văn Hoà", created_at="2026-01-01T00:00Z") for n in "ab")
    with connection.cursor() as cursor:
        before = database.marks(cursor)
        User.objects.filter(pk=a.pk).update(display_name="Nguyễn Văn Hòa")
        changed = database.marks(cursor)
        User.objects.filter(pk=a.pk).update(display_name="Nguyễn Văn Hoà")
        assert database.marks(cursor) == before
    assert {table for table in before if before[table] != changed[table]} == {"core_user"}
    assert before["core_user"][0] == 2
    assert b.pk != a.pk


def test_restoring_into_an_empty_place_brings_back_every_row_and_every_file(saved, empty_place):
    target, manifest, (rows, files) = saved
    assert restore(target, replace=False, say=quiet).tables == manifest.tables
    found, found_files = everything()
    assert {t: found[t] for t in found if t not in _CHAIN} == {t: rows[t] for t in rows if t not in _CHAIN}
    assert found["audit_entry"][0] == manifest.tables["audit_entry"][0] + 1
    assert found_files == files
    assert len(files) == 2
    assert databases() == {empty_place}


def test_the_restored_house_finds_and_writes_like_the_old_one(saved, empty_place):
    restore(saved[0], replace=False, say=quiet)
    assert UnitVersion.objects.filter(search_folded="dang uy").exists()
    assert User.objects.create(username="moi", display_name="Người Mới", created_at="2026-01-01T00:00Z").pk


def test_a_place_with_data_is_left_alone(saved):
    keep("tệp có sau khi sao lưu")
    before = everything()
    with pytest.raises(Refused) as refused:
        restore(saved[0], replace=False, say=quiet)
    assert refused.value.code == "not_empty"
    assert everything() == before


def test_replacing_brings_back_the_old_state_and_drops_what_came_after(saved):
    target, manifest, (rows, files) = saved
    later = keep("tệp có sau khi sao lưu")
    User.objects.create(username="moi", display_name="Người Mới", created_at="2026-01-01T00:00Z")
    restore(target, replace=True, say=quiet)
    found, found_files = everything()
    assert found["core_user"] == rows["core_user"] == manifest.tables["core_user"]
    assert found_files == files
    assert not default_storage.exists(later.path)
    assert databases() == {connection.settings_dict["NAME"]}


def test_a_damaged_backup_is_refused_by_name_and_changes_nothing(saved):
    target = saved[0]
    whole = target.read_bytes()
    with tarfile.open(target) as tar:
        members = [next(m for m in tar if m.name.startswith(part)) for part in ("database.dump", "files/", "manifest.json")]
    before = everything()
    for member in members:
        raw = bytearray(whole)
        raw[member.offset_data + member.size // 2] ^= 0xFF
        target.write_bytes(raw)
        with pytest.raises(Invalid, match="hỏng") as refused:
            restore(target, replace=True, say=quiet)
        assert refused.value.code == "backup_file"
    for kept in (0, 100, 5_000, len(whole) // 2):
        target.write_bytes(whole[:kept])
        with pytest.raises(Invalid, match="bị cắt ngang"):
            restore(target, replace=True, say=quiet)
    assert everything() == before


def test_something_that_is_no_backup_is_refused(tmp_path):
    (tmp_path / "anh.png").write_bytes(b"\x89PNG" * 300)
    with pytest.raises(Invalid, match="không phải tệp sao lưu"):
        archive.check(tmp_path / "anh.png")
    with pytest.raises(Invalid, match="Không có tệp"):
        archive.check(tmp_path / "khong-co.tar")


def rewritten(target, **changes):
    """Bản sao lưu với bản kê nói khác đi (dấu băm vẫn đúng)."""
    fresh = target.with_name("khac.tar")
    with tarfile.open(target) as tar, tarfile.open(fresh, "w") as out:
        manifest = json.load(tar.extractfile(archive.MANIFEST)) | changes
        text = json.dumps(manifest).encode()
        replaced = {archive.MANIFEST: text, archive.SEAL: hashlib.sha256(text).hexdigest().encode()}
        for member in tar:
            content = replaced.get(member.name) or tar.extractfile(member).read()
            member.size = len(content)
            out.addfile(member, archive.io.BytesIO(content))
    return fresh


def test_rows_that_differ_from_the_manifest_stop_the_restore_before_anything_is_replaced(saved):
    target, manifest, before = saved
    wrong = rewritten(target, tables=manifest.tables | {"core_user": [99, "1"]})
    before = everything()
    with pytest.raises(Broken) as refused:
        restore(wrong, replace=True, say=quiet)
    assert refused.value.code == "restore_differs"
    assert refused.value.reasons[0].data["tables"] == ["core_user"]
    assert everything() == before
    assert databases() == {connection.settings_dict["NAME"]}


def test_a_backup_of_a_newer_product_or_server_is_refused_with_both_reasons(saved):
    target, manifest, _before = saved
    newer = rewritten(target, migrations=[*manifest.migrations, "org.9999_tuong_lai"], postgres=99)
    with pytest.raises(Refused) as refused:
        restore(newer, replace=True, say=quiet)
    assert [reason.code for reason in refused.value.reasons] == ["newer_product", "newer_postgres"]


def test_a_backup_from_another_layout_is_refused(saved):
    with pytest.raises(Invalid, match="bố cục số 7"):
        archive.check(rewritten(saved[0], format=7))


def test_nobody_may_be_using_the_place_while_it_is_replaced(saved):
    with database.separate(connection.settings_dict["NAME"]) as other, other.cursor() as cursor:
        cursor.execute("SELECT 1")
        with pytest.raises(Refused) as refused:
            restore(saved[0], replace=True, say=quiet)
    assert refused.value.code == "database_busy"
    assert databases() == {connection.settings_dict["NAME"]}


def test_a_process_of_the_server_in_the_old_database_does_not_stop_it_from_being_dropped(saved, monkeypatch):
    real = database.Keeper._run

    def run(self, statement, *names):
        if "FORCE" in statement:
            raise database.psycopg.errors.InsufficientPrivilege("permission denied to terminate process")
        return real(self, statement, *names)

    monkeypatch.setattr(database.Keeper, "_run", run)
    restore(saved[0], replace=True, say=quiet)
    assert databases() == {connection.settings_dict["NAME"]}


def test_two_restores_at_once_are_not_possible(saved):
    with database.keeper(), pytest.raises(Refused) as refused:
        restore(saved[0], replace=True, say=quiet)
    assert refused.value.code == "restore_busy"


def test_what_a_killed_restore_left_is_cleared_by_the_next_one(saved, settings):
    (settings.HOME / "restore.dodang").mkdir()
    name = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}_restore_0badcafe"')
    restore(saved[0], replace=True, say=quiet)
    assert databases() == {name}
    assert not list(settings.HOME.glob("restore.*"))


def test_a_backup_taken_while_people_work_is_one_moment(house, tmp_path):
    stop = threading.Event()

    def work():
        while not stop.is_set():
            start("thu", total=1, sentence="việc đang làm")
        connections.close_all()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        save(tmp_path / "a.tar", say=quiet)
    finally:
        stop.set()
        worker.join()
    restore(tmp_path / "a.tar", replace=True, say=quiet)  # so từng bảng với bản kê


def test_a_file_missing_from_the_store_is_named_and_the_rest_is_saved(house, tmp_path):
    default_storage.delete(house[0].path)
    manifest = save(tmp_path / "a.tar", say=quiet)
    assert manifest.missing == [house[0].sha256]
    restore(tmp_path / "a.tar", replace=True, say=quiet)
    assert default_storage.exists(house[1].path)


def test_a_backup_never_overwrites_a_file_and_leaves_no_scraps(saved, tmp_path):
    content = saved[0].read_bytes()
    with pytest.raises(Refused) as refused:
        save(saved[0], say=quiet)
    assert refused.value.code == "backup_exists"
    assert saved[0].read_bytes() == content
    assert {path.name for path in tmp_path.iterdir()} == {"sao-luu.tar", "files"}
    assert saved[0].stat().st_mode & 0o777 == 0o600
    with pytest.raises(Broken, match="Không ghi được"):
        save(tmp_path / "khong-co" / "a.tar", say=quiet)
