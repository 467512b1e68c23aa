"""``tinhgon read``: thể thức ra bảng hay JSON; tệp hỏng thì một câu và mã 2; xem trước chữ cũ đã đổi."""

import json

import pytest

from tinhgon.cli.main import main
from tinhgon.engine.tests.test_reading import PARTY


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "kế hoạch.txt"
    path.write_text(PARTY)
    return path


def test_json_carries_every_field_with_its_confidence(plan, capsys):
    assert main(["read", str(plan), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["fields"]["so_ky_hieu"] == {"value": "15-KH/ĐU", "confidence": 0.97, "sure": True, "must_confirm": False, "page": None, "box": None}
    assert (found["layout"], found["source"], found["warnings"]) == ("party", "text", [])


def test_people_get_a_table(plan, capsys):
    assert main(["read", str(plan)]) == 0
    shown = capsys.readouterr().out
    assert "Số, ký hiệu" in shown
    assert "15-KH/ĐU" in shown


def test_several_files_come_as_a_list(plan, capsys):
    assert main(["read", str(plan), str(plan), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["files"]) == 2


def test_every_bad_file_is_named_in_one_sentence_and_nothing_else_is_printed(plan, tmp_path, capsys):
    (tmp_path / "a.pdf").write_bytes(b"MZ" + bytes(100))
    assert main(["read", str(plan), str(tmp_path / "a.pdf"), str(tmp_path / "none.pdf")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "a.pdf" in err
    assert "none.pdf" in err


def test_text_shows_legacy_letters_as_unicode(tmp_path, capsys):
    old = tmp_path / "cu.txt"
    old.write_bytes("V¨n phßng Thµnh uû b¸o c¸o t×nh h×nh thùc hiÖn nhiÖm vô n¨m 2005".encode("latin-1"))
    assert main(["read", "--text", str(old)]) == 0
    shown = capsys.readouterr().out
    assert "Văn phòng Thành uỷ báo cáo tình hình" in shown
    assert "TCVN3" in shown
