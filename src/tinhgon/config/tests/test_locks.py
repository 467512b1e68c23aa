"""Các tệp khóa: mọi gói có băm, không địa chỉ kho gói nào, không cũ hơn tệp khai."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
ADDRESS = re.compile(r"https?://|file:|--(extra-)?index-url|--find-links")
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PACKAGES = ROOT / "package-lock.json"


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_no_python_lock_holds_an_address(lock: Path) -> None:
    assert not ADDRESS.search(lock.read_text())


def test_the_npm_lock_holds_no_address() -> None:
    """Trừ ``funding``: lời mời ủng hộ của tác giả gói, không phải nơi tải."""
    packages = json.loads(PACKAGES.read_text())["packages"]
    for entry in packages.values():
        entry.pop("funding", None)
    assert not ADDRESS.search(json.dumps(packages))
    assert not any("resolved" in entry for entry in packages.values())


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_package_is_pinned_with_a_hash(lock: Path) -> None:
    entries = [
        line
        for line in lock.read_text().replace("\\\n", " ").splitlines()
        if line and not line.startswith("#")
    ]
    assert entries
    assert [line for line in entries if "==" not in line or "--hash=sha256:" not in line] == []


def test_every_npm_package_carries_its_integrity() -> None:
    packages = json.loads(PACKAGES.read_text())["packages"]
    assert [name for name, entry in packages.items() if name and not entry.get("integrity")] == []


def test_npm_versions_are_exact() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert [name for name, version in wanted.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_locks_are_not_older_than_what_they_lock() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import install; install.check_locks()"],
        cwd=ROOT / "requirements",
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
