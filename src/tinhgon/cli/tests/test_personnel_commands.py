"""``tinhgon personnel import`` và ``export``: cùng luật với trang; xuất rồi nhập không đổi gì; sai thì mã 1 và không ghi gì."""

import json
from pathlib import Path

import pytest

from tinhgon.cli.main import main
from tinhgon.core import clock
from tinhgon.core.models import User
from tinhgon.documents.tests.factories import TODAY
from tinhgon.personnel.models import Skill
from tinhgon.personnel.tests.factories import Staff
from tinhgon.personnel.tests.sheets import book, line

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(monkeypatch) -> Staff:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return Staff()


def keeper(staff: Staff) -> str:
    return User.objects.get(pk=staff.keeper.user_id).username


def test_a_file_is_tried_written_and_exported_again_without_a_change(staff: Staff, tmp_path: Path, capsys) -> None:
    file, out = tmp_path / "ho-so.xlsx", tmp_path / "xuat.xlsx"
    file.write_bytes(book(skills=[line(staff, field="van-thu", level="3", basis="Rà soát")]))
    assert main(["personnel", "import", str(file), "--dry-run", "--as", keeper(staff)]) == 0
    assert "Nếu nhập: 1 mục của 1 người; 0 chỗ phải sửa." in capsys.readouterr().out
    assert not Skill.objects.exists()
    assert main(["personnel", "import", str(file)]) == 0
    assert Skill.objects.get().level == 3
    assert main(["personnel", "export", str(out), "--as", keeper(staff)]) == 0
    capsys.readouterr()
    assert main(["personnel", "import", str(out), "--dry-run", "--json", "--as", keeper(staff)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["entries"], told["problems"], told["sheets"]["Lĩnh vực"]["same"]) == (0, 0, 1)


def test_a_wrong_file_says_each_row_and_writes_nothing(staff: Staff, tmp_path: Path, capsys) -> None:
    file = tmp_path / "ho-so.xlsx"
    row = line(staff, field="van-thu", level="3", basis="Rà soát")
    file.write_bytes(book(skills=[row, row | {"level": "9"}]))
    assert main(["personnel", "import", str(file), "--dry-run"]) == 1
    assert "Lĩnh vực, dòng 3: Dòng 2 đã ghi lĩnh vực này cho" in capsys.readouterr().out
    assert main(["personnel", "import", str(file)]) == 2
    assert "dòng 3" in capsys.readouterr().err
    file.write_bytes(b"\x00\x01\x02 rubbish")
    assert main(["personnel", "import", str(file)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not Skill.objects.exists()


def test_who_may_not_on_the_page_may_not_by_command(staff: Staff, tmp_path: Path) -> None:
    file = tmp_path / "ho-so.xlsx"
    file.write_bytes(book(skills=[line(staff, field="van-thu", level="3", basis="Rà soát")]))
    head = User.objects.get(pk=staff.head.user_id).username
    assert main(["personnel", "import", str(file), "--as", head]) == 1
    assert main(["personnel", "export", str(file), "--as", head]) == 1
    assert not Skill.objects.exists()
