"""Cài đặt: dừng bằng một câu trước khi đụng tới mạng, khi tệp khóa cũ hơn tệp khai."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    for name in ("pyproject.toml", "package.json", "package-lock.json"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def install(checkout: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, checkout / "requirements" / "install.py", "run"],
        capture_output=True,
        text=True,
        timeout=60,
    )


def refused(checkout: Path, said: str) -> None:
    done = install(checkout)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert said in done.stderr
    assert "make lock" in done.stderr
    assert not (checkout / ".venv").exists(), "không làm dở dang"


def test_a_lock_older_than_pyproject_is_refused(checkout: Path) -> None:
    file = checkout / "pyproject.toml"
    file.write_text(file.read_text().replace('"babel>=', '"them-mot-goi",\n  "babel>='))
    refused(checkout, ".lock")


def test_a_missing_lock_is_refused(checkout: Path) -> None:
    (checkout / "requirements" / "run.lock").unlink()
    refused(checkout, "requirements/run.lock")


def test_an_npm_lock_older_than_package_json_is_refused(checkout: Path) -> None:
    file = checkout / "package.json"
    wanted = json.loads(file.read_text())
    wanted["dependencies"]["htmx.org"] = "2.0.1"
    file.write_text(json.dumps(wanted))
    refused(checkout, "package-lock.json")
