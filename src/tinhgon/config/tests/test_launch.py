"""Dựng và dừng cả nhà bằng lệnh thật, trên cổng và thư mục riêng."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tinhgon.config import processes
from tinhgon.config.postgres import Server

Run = Callable[..., subprocess.CompletedProcess[str]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="tgl-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    tinhgon(folder, "stop")
    shutil.rmtree(folder)


def tinhgon(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith("TINHGON_") and k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    return subprocess.run(
        [sys.executable, "-m", "tinhgon.cli.main", *arguments],
        env=clean | {"TINHGON_HOME": str(home), "TINHGON_DEMO": "0"} | environment,
        capture_output=True,
        text=True,
        timeout=180,
    )


def recorded(home: Path, field: str) -> dict[str, object]:
    return {
        name: json.loads((home / f"run.{name}.json").read_text())[field]
        for name in ("worker", "web", "keeper")
    }


def pids(home: Path) -> dict[str, object]:
    return recorded(home, "pid")


@pytest.fixture(scope="module")
def house(home: Path) -> str:
    done = tinhgon(home, "up", "--port", str(free_port()), "--json")
    assert done.returncode == 0, done.stderr
    return str(json.loads(done.stdout)["address"])


def test_up_answers_on_the_address_it_prints(home: Path, house: str) -> None:
    with urllib.request.urlopen(f"{house}/suc-khoe/ping", timeout=5) as answer:
        assert answer.status == 200
    assert (home / "files").stat().st_mode & 0o077 == 0, "tệp chỉ chủ tài khoản vào được"


def test_a_second_up_changes_nothing(home: Path, house: str) -> None:
    """Mã nguồn bị sửa giữa hai lần thì chạy lại là đúng, nên so lần cuối với lần ngay trước nó."""
    for _attempt in range(3):
        before, stamps = pids(home), recorded(home, "stamp")
        done = tinhgon(home, "up", "--port", house.rsplit(":", 1)[1])
        assert done.returncode == 0, done.stderr
        assert house in done.stdout
        if recorded(home, "stamp") == stamps:
            break
    assert pids(home) == before


def test_changed_settings_restart_worker_and_web(home: Path, house: str) -> None:
    before = pids(home)
    done = tinhgon(
        home,
        "up",
        "--port",
        house.rsplit(":", 1)[1],
        TINHGON_EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    )
    assert done.returncode == 0, done.stderr
    assert {name for name, pid in pids(home).items() if before[name] != pid} == {"worker", "web", "keeper"}


def test_what_dies_by_accident_comes_back_by_itself(home: Path, house: str) -> None:
    database = Server(home).running()
    assert database
    database.kill()
    worker = processes.worker(home, False).running()
    assert worker
    worker.kill()
    psutil.wait_procs([database, worker], timeout=10)  # SIGKILL có hiệu lực sau một lát: chờ chết hẳn rồi mới tìm kẻ thay
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (
        Server(home).running() and processes.worker(home, False).running()
    ):
        time.sleep(0.2)
    assert Server(home).running()
    assert processes.worker(home, False).running()
    assert pids(home)["worker"] != worker.pid


def test_a_taken_port_is_refused_with_the_variable_to_set(home: Path, house: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = str(other.getsockname()[1])
        done = tinhgon(home, "up", "--port", taken)
    assert done.returncode == 1
    assert taken in done.stderr
    assert "TINHGON_PORT" in done.stderr
    assert "Traceback" not in done.stderr


def test_stop_leaves_nothing_running_and_keeps_the_data(home: Path, house: str) -> None:
    done = tinhgon(home, "stop", "--json")
    assert done.returncode == 0, done.stderr
    assert "PostgreSQL" in json.loads(done.stdout)["stopped"]
    assert Server(home).running() is None
    assert (home / "pg" / "PG_VERSION").exists()
    assert not list(home.glob("run.*.json"))
    assert json.loads(tinhgon(home, "stop", "--json").stdout)["stopped"] == []
