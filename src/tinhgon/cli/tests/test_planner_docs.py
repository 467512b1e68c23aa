"""Mọi dòng lệnh viết trong tài liệu của máy bố trí, chia việc, dự báo chạy được đúng như viết."""

import json
import re
from pathlib import Path

import pytest

from tinhgon.cli.main import main
from tinhgon.cli.tests.test_allocate_simulate import ALLOCATION, TRANSITION
from tinhgon.cli.tests.test_placement_commands import PROBLEM

DOCS = Path(__file__).parents[4] / "docs"
VALUES = {"P": "an", "X": "cv", "SECONDS": "1"}
PROBLEMS = {"place": PROBLEM, "check": PROBLEM, "explain": PROBLEM, "allocate": ALLOCATION, "simulate": TRANSITION}


def told() -> list[str]:
    """Các lệnh trong dấu `...`, phần trong ngoặc vuông cũng viết; lệnh chỉ nhắc tên thì không tính."""
    text = " ".join(" ".join((DOCS / name).read_text().split()) for name in ("placement.md", "work-and-backlog.md"))
    found = re.findall(r"`tinhgon ((?:place|check|explain|allocate|simulate) [^`]*\.json[^`]*)`", text)
    return sorted({one.replace("[", "").replace("]", "") for one in found})


def test_the_documents_tell_every_command() -> None:
    assert {one.split()[0] for one in told()} == PROBLEMS.keys()


@pytest.mark.parametrize("line", told())
def test_a_line_of_the_documents_runs_as_written(line, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    words = line.split()
    Path("PROBLEM.json").write_text(json.dumps(PROBLEMS[words[0]]))
    if words[0] in ("check", "explain"):
        assert main(["place", "PROBLEM.json", "-o", "PLAN.json"]) == 0
    assert main([VALUES.get(word, word) for word in words]) == 0
    out, err = capsys.readouterr()
    assert out
    assert "tinhgon:" not in err
