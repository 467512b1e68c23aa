"""Cả hành trình của một lần sắp xếp bằng dòng lệnh: mã thoát 0/1/2, một dòng lỗi, JSON cho máy đọc."""

import json
from datetime import date

import pypdfium2
import pytest

from tinhgon.cli.main import main
from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.org.models import Appointment
from tinhgon.org.services import structure
from tinhgon.org.tests.factories import make_actor
from tinhgon.reorg import services
from tinhgon.reorg.models import DispositionRule, Reorganisation
from tinhgon.reorg.tests import world as small

pytestmark = pytest.mark.django_db
HEAD = "ma_cu;ten_cu;ma_moi;ten_moi;ma_huyen"
OPTIONS = ("--name", "Phương án mới", "--decree", "20-QĐ/TU", "--decree-date", "20/06/2025", "--effective", "2025-07-01", "--parent", "Đảng ủy T")


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: small.DAY)


@pytest.fixture
def world():
    made = small.build()
    structure.give_codes((made[name], "DVHC", "cũ", code) for name, code in (("A", "01001"), ("B", "01002"), ("C", "01003"), ("H", "010")))
    return made


@pytest.fixture
def table(tmp_path):
    def write(*rows, encoding="utf-8-sig", name="ke-thua.csv"):
        path = tmp_path / name
        path.write_bytes("\n".join([HEAD, *rows]).encode(encoding))
        return str(path)

    return write


@pytest.fixture
def tinhgon(capsys):
    """Chạy một lệnh: (mã thoát, JSON hoặc chữ, các dòng lỗi)."""

    def run(*words, as_json=True):
        code = main([*words, *(["--json"] if as_json else [])])
        said = capsys.readouterr()
        return code, json.loads(said.out) if as_json else said.out, [line for line in said.err.splitlines() if not line.startswith("  ")]

    return run


def test_the_whole_journey_by_command_line(world, tinhgon, tmp_path):
    task = small.task(world, "C", with_="A")
    small.person(world, "C", "Bí thư", "Nguyễn Thị Hồng Hạnh")
    reorg = str(world.reorg.pk)
    code, found, _err = tinhgon("reorg", "inventory", reorg)
    assert (code, found["undecided"], found["splits"][0]["name"]) == (0, 2, "Đảng ủy C")
    assert tinhgon("reorg", "preview", reorg)[0] == 1

    rules = tmp_path / "quy-tac.csv"
    rules.write_text("don_vi_cu,don_vi_moi\n01003,Đảng ủy phường Y\nĐảng ủy H,0000Y\n", encoding="utf-8")
    assert tinhgon("reorg", "rules", reorg, str(rules))[1]["rules"] == 2
    assert DispositionRule.objects.count() == 2

    code, seen, _err = tinhgon("reorg", "preview", reorg)
    assert (code, seen["objections"]) == (0, [])
    code, done, _err = tinhgon("reorg", "apply", reorg, "--hash", seen["preview_hash"], "--wait")
    assert (code, done["state"], done["proof"]["whole"]) == (0, "applied", True)
    task.refresh_from_db()
    assert task.lead_id == world["Y"]

    assert tinhgon("reorg", "verify", reorg)[1]["whole"] is True
    pdf = tmp_path / "bien-ban.pdf"
    assert tinhgon("reorg", "minutes", reorg, "Đảng ủy C", "-o", str(pdf))[0] == 0
    assert "Nguyễn Thị Hồng Hạnh" in pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    folder = tmp_path / "bien-ban"
    assert len(tinhgon("reorg", "minutes", reorg, "-o", str(folder))[1]["files"]) == len(list(folder.iterdir())) == 4

    code, undone, _err = tinhgon("reorg", "undo", reorg, "--preview")
    assert (code, undone["items"]) == (0, done["proof"]["items"])
    code, undone, _err = tinhgon("reorg", "undo", reorg, "--reason", "sai quyết định", "--wait")
    assert (code, undone["state"], undone["proof"]["whole"]) == (0, "undone", True)
    task.refresh_from_db()
    assert task.lead_id == world["C"]


def test_a_table_is_imported_whatever_its_encoding(world, table, tinhgon):
    path = table("01001;A;09001;Phường Mới;010", "01002;B;09001;Phường Mới;010", "01003;C;09002;Xã Đông;010", encoding="utf-16")
    code, found, _err = tinhgon("reorg", "import", path, *OPTIONS)
    assert (code, found["problems"]) == (0, [])
    reorg = Reorganisation.objects.get(pk=found["id"])
    assert (reorg.effective_on, reorg.decree_date) == (date(2025, 7, 1), date(2025, 6, 20))
    assert set(reorg.planned_units.filter(kind="committee").values_list("name", flat=True)) == {"Đảng ủy phường Mới", "Đảng ủy xã Đông"}


def test_only_the_wanted_rows_are_taken(world, table, tinhgon):
    path = table("01001;A;09001;Phường Mới;010", "01002;B;09002;Phường Khác;010")
    code, found, _err = tinhgon("reorg", "import", path, *OPTIONS, "--only", "ma_moi=09001")
    assert code == 0
    assert Reorganisation.objects.get(pk=found["id"]).planned_units.filter(kind="committee").count() == 1
    code, refused, _err = tinhgon("reorg", "import", path, *OPTIONS, "--only", "tinh=79")
    assert (code, refused["error"]["code"]) == (2, "reorg.only")


def test_a_dry_run_lists_every_wrong_row_and_writes_nothing(world, table, tinhgon):
    path = table("99999;Không có;09001;Phường Mới;", "01001;A;;Thiếu mã;", "01002;B;09001;Tên khác;")
    before = Reorganisation.objects.count()
    code, found, _err = tinhgon("reorg", "import", path, *OPTIONS, "--dry-run")
    assert code == 1
    assert [(p["row"], p["column"]) for p in found["problems"]] == [(2, "ma_cu"), (3, "ma_moi")]
    assert Reorganisation.objects.count() == before
    code, refused, err = tinhgon("reorg", "import", path, *OPTIONS)
    assert (code, len(refused["error"]["sentences"])) == (2, 2)
    assert Reorganisation.objects.count() == before


def test_a_drawing_table_is_told_by_its_column_and_a_scenario_is_copied(world, tinhgon, tmp_path):
    made = services.create(SYSTEM, name="Phương án vẽ", decree_number="30-QĐ/TU", decree_date=small.DAY, effective_on=small.DAY)
    path = tmp_path / "bang.csv"
    path.write_text("Đơn vị;Việc;Về đơn vị\n01001;nhập;Đảng ủy B\nĐảng ủy Q;nhập;Đảng ủy B\n")
    code, told, _errors = tinhgon("reorg", "import", str(path), "--into", str(made.pk), "--dry-run")
    assert (code, [problem["row"] for problem in told["problems"]]) == (1, [3])
    path.write_text("Đơn vị;Việc;Về đơn vị\n01001;nhập;Đảng ủy B\n")
    code, told, _errors = tinhgon("reorg", "import", str(path), "--into", str(made.pk))
    assert (code, told["successions"], made.successions.count()) == (0, 1, 1)
    code, told, _errors = tinhgon("reorg", "copy", str(made.pk), "--name", "Bản hai")
    assert (code, Reorganisation.objects.get(name="Bản hai").copied_from_id) == (0, made.pk)


def test_a_new_plan_says_which_options_are_missing(world, table, tinhgon):
    code, refused, _err = tinhgon("reorg", "import", table("01001;A;09001;Phường Mới;"), "--parent", "Đảng ủy T", "--name", "X")
    assert code == 2
    assert "--decree, --decree-date, --effective" in refused["error"]["sentences"][0]


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        (("reorg", "inventory", "999"), 2, "reorg.not_found"),
        (("reorg", "inventory", "Phương án không có"), 2, "reorg.not_found"),
        (("reorg", "apply", "10-QĐ/TU"), 1, "reorg.not_decided"),
        (("reorg", "verify", "10-QĐ/TU"), 2, "reorg.not_applied"),
        (("reorg", "undo", "10-QĐ/TU", "--reason", "thử"), 1, "reorg.not_applied"),
        (("reorg", "undo", "10-QĐ/TU", "--item", "tasks.lead", "--reason", "thử"), 2, "reorg.item"),
        (("reorg", "minutes", "10-QĐ/TU", "Đảng ủy A", "-o", "/tmp/khong-in.pdf"), 1, "reorg.no_minutes"),
        (("reorg", "minutes", "10-QĐ/TU", "Đảng ủy Z", "-o", "/tmp/khong-in.pdf"), 2, "no_unit"),
        (("reorg", "rules", "10-QĐ/TU", "/khong/co.csv"), 2, "no_file"),
        (("reorg", "list", "--as", "khong.co"), 2, "no_user"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_the_right_code(world, tinhgon, words, code, reason):
    found = tinhgon(*words)
    assert (found[0], found[1]["error"]["code"]) == (code, reason)
    text = tinhgon(*words, as_json=False)
    assert (text[0], text[1], len(text[2])) == (code, "", 1)


@pytest.mark.parametrize("text", ["31/02/2025", "hôm qua", "2025-13-01"])
def test_an_unreadable_date_is_refused_before_anything_runs(text, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["reorg", "undo", "1", "--on", text])
    assert stopped.value.code == 2
    assert text in capsys.readouterr().err


def test_every_wrong_row_of_a_table_of_rules_is_named_and_none_is_kept(world, tinhgon, tmp_path):
    path = tmp_path / "quy-tac.csv"
    path.write_text(
        "don_vi_cu,don_vi_moi,loai,chuc_nang\n01003,0000Y,,\n01003,Đảng ủy Q,,\n01003,0000Y,khong.co,\n01003,0000Y,,f9\n", encoding="utf-8"
    )
    code, refused, _err = tinhgon("reorg", "rules", "10-QĐ/TU", str(path))
    assert code == 2
    assert [item["row"] for item in refused["error"]["data"]] == [3, 4, 5]
    assert not DispositionRule.objects.exists()


def test_applying_before_the_effective_day_is_refused_and_can_be_scheduled(world, tinhgon, monkeypatch):
    small.task(world, "A")
    small.decided(world)
    monkeypatch.setattr(clock, "today", lambda: date(2025, 6, 30))
    code, refused, _err = tinhgon("reorg", "apply", "10-QĐ/TU")
    assert (code, refused["error"]["code"]) == (1, "reorg.too_early")
    assert tinhgon("reorg", "apply", "10-QĐ/TU", "--schedule")[0] == 0
    world.reorg.refresh_from_db()
    assert world.reorg.is_scheduled


def test_without_waiting_the_worker_is_asked_and_waiting_later_carries_on(world, tinhgon):
    small.task(world, "A")
    small.decided(world)
    code, found, _err = tinhgon("reorg", "apply", "10-QĐ/TU")
    assert (code, found["state"]) == (0, "applying")
    assert tinhgon("reorg", "apply", "10-QĐ/TU")[1]["error"]["code"] == "reorg.running"
    code, found, _err = tinhgon("reorg", "apply", "10-QĐ/TU", "--wait")
    assert (code, found["state"]) == (0, "applied")


def test_one_item_goes_back_by_command(world, tinhgon):
    task = small.task(world, "C")
    small.decided(world)
    assert tinhgon("reorg", "apply", "10-QĐ/TU", "--wait")[0] == 0
    item = f"tasks.lead:{task.pk}"
    assert tinhgon("reorg", "undo", "10-QĐ/TU", "--item", item, "--to", "Đảng ủy phường X", "--reason", "giao nhầm")[0] == 0
    task.refresh_from_db()
    assert task.lead_id == world["X"]


def test_a_user_without_the_right_is_refused_as_that_user(world, tinhgon):
    actor = make_actor(world["T"], "specialist", full_name="Lê Văn Viên")
    username = Appointment.objects.select_related("person__user").get(pk=actor.appointment_id).person.user.username
    small.decided(world)
    code, refused, _err = tinhgon("reorg", "apply", "10-QĐ/TU", "--as", username)
    assert code in (1, 2)
    assert refused["error"]["code"] in ("reorg.not_permitted", "reorg.not_found")
    world.reorg.refresh_from_db()
    assert world.reorg.state == "decided"


def test_a_name_that_fits_several_plans_asks_for_the_number(world, tinhgon):
    services.create(SYSTEM, name="Sắp xếp thêm", decree_number="11-QĐ/TU", decree_date=date(2025, 6, 16), effective_on=small.DAY)
    assert tinhgon("reorg", "inventory", "sắp xếp")[1]["error"]["code"] == "reorg.many"


def test_scenarios_are_compared_in_words_and_for_machines(world, tinhgon):
    code, told, _errors = tinhgon("reorg", "compare", str(world.reorg.pk))
    now, after = told["columns"]
    assert (code, told["units"], now["figures"]["org.units"], after["measures"]["don-vi"]) == (0, 5, {"value": 5.0, "from": "measured"}, 3.0)
    assert after["figures"]["tasks.on_time"] == {"value": None, "from": "unknown"}
    code, text, _errors = tinhgon("reorg", "compare", world.reorg.name, as_json=False)
    assert code == 0
    assert "5 đơn vị còn 3" in text
    assert "chưa tính được" in text
    assert tinhgon("reorg", "compare", "999999")[0] == 2
