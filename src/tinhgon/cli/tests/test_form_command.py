"""``tinhgon form check``: một tệp, mọi lỗi kèm nguồn, mã thoát cho máy khác dùng."""

import dataclasses
import json

import pytest

from tinhgon.cli.main import main
from tinhgon.engine.paper import to_docx, to_pdf
from tinhgon.engine.paper.tests.samples import DECISION, PARTY, PLAN, STATE

pytestmark = pytest.mark.django_db


@pytest.fixture
def check(capsys, tmp_path):
    def run(data, name, *more):
        path = tmp_path / name
        path.write_bytes(data)
        code = main(["form", "check", str(path), *more, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return run


def test_a_well_formed_file_ends_with_zero_by_the_rules_of_its_own_day(check):
    code, found = check(to_docx(PLAN, PARTY), "ke-hoach.docx")
    assert (code, found["rules"], found["violations"]) == (0, "HD36-2018", [])
    code, found = check(to_docx(DECISION, STATE), "quyet-dinh.docx")
    assert (code, found["rules"], found["violations"]) == (0, "ND30-2020", [])


def test_faults_are_listed_and_a_blocking_one_ends_with_one(check):
    wrong = dataclasses.replace(PLAN, symbol_line="Số 9-KH/ĐU", authority="TM. BAN THƯỜNG VỤ")
    code, found = check(to_pdf(wrong, PARTY), "ke-hoach.pdf", "--rules", "hd05-2026")
    told = {one["code"]: one for one in found["violations"]}
    assert (code, found["rules"], found["blocking"]) == (1, "HD05-2026", 1)
    assert told["number.pad"]["expected"] == "Số 09-KH/ĐU"
    assert told["sign.style"]["source"]


def test_an_unknown_set_or_an_unreadable_file_is_one_sentence(check, capsys):
    for data, name, more in ((b"%PDF-1.7 hong", "x.pdf", ()), (to_docx(PLAN, PARTY), "x.docx", ("--rules", "HD99"))):
        code, found = check(data, name, *more)
        assert code != 0
        assert "violations" not in found
