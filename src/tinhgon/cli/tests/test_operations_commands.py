"""Các lệnh vận hành: nhật ký, sức khỏe, sao lưu, nâng cấp, nhập xuất tổ chức."""

import json
import os

import psutil
import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction

from tinhgon.audit.models import Entry
from tinhgon.audit.services import record
from tinhgon.cli.main import main
from tinhgon.cli.tests.conftest import keep
from tinhgon.core.actor import SYSTEM
from tinhgon.org.models import UnitVersion
from tinhgon.org.services import accounts
from tinhgon.reorg.tests import world as small


@pytest.fixture
def tinhgon(capsys):
    def run(*words):
        code = main([*words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return run


def written(count):
    for number in range(count):
        with transaction.atomic():
            record(SYSTEM, "test.row", ("test", number), after={"n": number})


@pytest.mark.django_db
def test_an_intact_chain_verifies_and_the_verification_is_itself_recorded(tinhgon):
    written(5)
    code, found = tinhgon("audit", "verify")
    assert (code, found["intact"], found["entries"]) == (0, True, 5)
    assert Entry.objects.get(code="audit.verified").after["entries"] == 5


@pytest.mark.django_db
def test_a_touched_row_is_named_and_ends_with_one(tinhgon):
    written(5)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute("""UPDATE audit_entry SET after = '{"n": 99}' WHERE sequence = 3""")
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
    code, found = tinhgon("audit", "verify")
    assert (code, found["intact"], found["broken"]) == (1, False, 3)
    assert tinhgon("health")[0] == 1


@pytest.mark.django_db
def test_health_ends_with_zero_when_all_is_well_and_one_when_something_is_not(tinhgon, store):
    code, found = tinhgon("health")
    assert (code, found["ok"]) == (0, True)
    lost = keep("nội dung")
    default_storage.delete(lost.path)
    code, found = tinhgon("health")
    assert (code, [check["name"] for check in found["checks"] if not check["ok"]]) == (1, ["files.present"])


def test_backup_and_restore_by_command_say_what_they_did(committed_db, store, tinhgon, tmp_path):
    small.build()
    keep("Báo cáo")
    target = tmp_path / "a.tar"
    code, found = tinhgon("backup", str(target))
    assert (code, found["files"], found["missing"]) == (0, 1, [])
    assert found["bytes"] == target.stat().st_size
    assert tinhgon("backup", str(target))[1]["error"]["code"] == "backup_exists"
    assert tinhgon("restore", str(target))[0] == 1
    code, found = tinhgon("restore", str(target), "--replace")
    assert (code, found["files"]) == (0, 1)
    assert Entry.objects.filter(code="cli.restored").exists()
    code, found = tinhgon("restore", str(tmp_path / "khong-co.tar"))
    assert (code, found["error"]["code"]) == (2, "backup_file")


def test_a_backup_with_a_hole_says_so_by_its_exit_code(committed_db, store, tinhgon, tmp_path):
    default_storage.delete(keep("mất").path)
    code, found = tinhgon("backup", str(tmp_path / "a.tar"))
    assert (code, len(found["missing"])) == (1, 1)


def test_upgrading_saves_first_names_the_file_and_checks(committed_db, store, tinhgon, tmp_path):
    code, found = tinhgon("upgrade", "--backup", str(tmp_path / "truoc.tar"))
    assert (code, found["backup"], found["ok"]) == (0, str(tmp_path / "truoc.tar"), True)
    assert (tmp_path / "truoc.tar").exists()
    assert Entry.objects.get(code="cli.upgraded").after["file"] == "truoc.tar"


def test_upgrading_under_a_running_house_is_refused(committed_db, settings, tinhgon, tmp_path):
    mark = settings.HOME / "run.worker.json"
    mark.write_text(json.dumps({"pid": os.getpid(), "born": psutil.Process().create_time(), "stamp": ""}))
    try:
        code, found = tinhgon("upgrade", "--backup", str(tmp_path / "a.tar"))
    finally:
        mark.unlink()
    assert (code, found["error"]["code"]) == (1, "still_running")
    assert not (tmp_path / "a.tar").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["to-chuc.xlsx", "to-chuc.csv"])
def test_the_organisation_leaves_as_tables_that_come_back(tinhgon, tmp_path, name):
    small.build()
    before = UnitVersion.objects.count()
    path = str(tmp_path / name)
    assert tinhgon("org", "export", path)[0] == 0
    code, found = tinhgon("org", "import", path, "--dry-run")
    assert found["units"] >= before - 2
    assert (code, UnitVersion.objects.count()) == (1 if found["problems"] else 0, before)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [("a.csv", "cột lạ\n1\n", "table.no_header"), ("d.csv", "Mã đơn vị;Tên\n1;2\n", "which_table"), ("b.csv", "", "table.empty"), ("c.csv", None, "no_file")],
)
def test_a_file_that_is_no_table_of_the_organisation_is_one_sentence(tinhgon, tmp_path, name, content, reason):
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    code, found = tinhgon("org", "import", str(path))
    assert (code, found["error"]["code"]) == (2, reason)


@pytest.mark.django_db
def test_new_units_come_in_from_csv(tinhgon, tmp_path):
    path = tmp_path / "don-vi.csv"
    path.write_text(
        "Mã đơn vị;Tên;Loại;Cấp;Mã cấp trên;Từ ngày\nTU;Tỉnh ủy Mẫu;cấp ủy;tỉnh;;01/01/2020\nVP;Văn phòng Tỉnh ủy Mẫu;văn phòng;tỉnh;TU;01/01/2020\n",
        encoding="utf-8-sig",
    )
    assert tinhgon("org", "import", str(path), "--dry-run")[0] == 0
    assert not UnitVersion.objects.exists()
    code, found = tinhgon("org", "import", str(path))
    assert (code, found["units"]) == (0, 2)
    assert UnitVersion.objects.get(name="Văn phòng Tỉnh ủy Mẫu").kind == "office"


@pytest.mark.django_db
def test_the_first_account_of_a_new_house_is_invited_from_the_command_line(tinhgon):
    world = small.build()
    person = small.person(world, "A", "Bí thư").person
    code, found = tinhgon("account", "invite", person.code, "bithu.a", "--address", "https://vp.example/")
    assert code == 0
    token = found["link"].removeprefix("https://vp.example").rstrip("/").rpartition("/")[2]
    assert accounts.accept(token=token, password="một-mật-khẩu-dài-25").username == "bithu.a"
    assert tinhgon("account", "invite", person.code, "bithu.a")[0] == 1
    assert tinhgon("account", "reset", person.code)[0] == 0
    assert tinhgon("account", "invite", "CB-LẠ", "x.y.z")[1]["error"]["code"] == "no_person"
