"""Ba tiến trình nền của một máy: việc nền (procrastinate), máy chủ trang (granian), người trông hai cái ấy và PostgreSQL.

Mỗi tiến trình có tệp ``run.<tên>.json`` trong thư mục dữ liệu ghi số, giờ sinh và dấu của mã nguồn lúc chạy. Số tiến trình
được hệ điều hành dùng lại, nên chỉ tin khi giờ sinh khớp.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

_SAME_BIRTH = 2.0  # giây: đồng hồ máy chỉnh lại làm giờ sinh xê dịch
_STOP_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Daemon:
    """Một tiến trình nền: ``name`` đặt tên tệp, ``command`` là dòng lệnh, ``environment`` thêm vào môi trường hiện có."""

    home: Path
    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]

    @property
    def log(self) -> Path:
        return self.home / "log" / f"{self.name}.log"

    @property
    def record(self) -> Path:
        return self.home / f"run.{self.name}.json"

    def running(self) -> psutil.Process | None:
        """Tiến trình đã ghi, nếu còn sống và đúng là nó."""
        try:
            recorded = self._recorded()
            process = psutil.Process(recorded["pid"])
            same = abs(process.create_time() - recorded["born"]) < _SAME_BIRTH
            return process if same and process.status() != psutil.STATUS_ZOMBIE else None
        except (KeyError, psutil.NoSuchProcess):
            return None

    def running_as(self, stamp: str) -> bool:
        """Đang chạy đúng mã nguồn và cấu hình mang dấu ``stamp``."""
        return bool(self.running()) and self._recorded().get("stamp") == stamp

    def start(self, stamp: str) -> None:
        """Chạy nền trong phiên riêng, mọi lời ghi vào nhật ký; không chờ."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as log:
            child = subprocess.Popen(
                self.command,
                env=os.environ | self.environment,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                umask=0o077,  # tệp tài liệu và nhật ký chỉ chủ tài khoản đọc được
            )
        born = psutil.Process(child.pid).create_time()
        fresh = self.record.with_suffix(".new")
        fresh.write_text(json.dumps({"pid": child.pid, "born": born, "stamp": stamp}))
        fresh.replace(self.record)

    def stop(self) -> bool:
        """Bảo dừng, chờ việc đang làm xong, quá hạn thì giết cả nhóm. False nếu vốn không chạy."""
        process = self.running()
        if process:
            process.terminate()
            with suppress(psutil.TimeoutExpired):
                process.wait(timeout=_STOP_SECONDS)
        self._kill_group()
        self.record.unlink(missing_ok=True)
        return process is not None

    def _kill_group(self) -> None:
        """Con cháu còn lại của tiến trình chủ đã chết (granian giữ cổng): chúng ở cùng phiên, sinh sau chủ."""
        recorded = self._recorded()
        for process in psutil.process_iter():
            with suppress(psutil.Error, ProcessLookupError, KeyError):
                if (
                    os.getsid(process.pid) == recorded["pid"]
                    and process.create_time() >= recorded["born"] - _SAME_BIRTH
                ):
                    process.kill()

    def _recorded(self) -> dict[str, Any]:
        try:
            read: dict[str, Any] = json.loads(self.record.read_text())
            return read
        except (FileNotFoundError, json.JSONDecodeError):
            return {}

    def last_words(self, lines: int = 5) -> str:
        """Vài dòng cuối của nhật ký, để nói vì sao không lên."""
        if not self.log.exists():
            return ""
        return " | ".join(
            line.strip()
            for line in self.log.read_text(errors="replace").splitlines()[-lines:]
            if line.strip()
        )


def worker(home: Path, demo: bool) -> Daemon:
    """Việc nền; chờ việc đang làm tối đa 20 giây khi được bảo dừng (việc dài tự chia lô nên chạy tiếp được)."""
    arguments = ("worker", "--concurrency", "4", "--shutdown-graceful-timeout", "20")
    return Daemon(
        home, "worker", (sys.executable, "-m", "django", "procrastinate", *arguments), _django(home, demo)
    )


def web(home: Path, host: str, port: int, demo: bool) -> Daemon:
    """Máy chủ trang, WSGI, mỗi tiến trình một nhóm kết nối."""
    workers = str(min(4, os.cpu_count() or 1))
    options = (
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        workers,
        "--blocking-threads",
        "4",
    )
    command = (
        sys.executable,
        "-m",
        "granian",
        *options,
        "--no-ws",
        "--respawn-failed-workers",
        "tinhgon.config.wsgi:application",
    )
    return Daemon(home, "web", command, _django(home, demo) | {"TINHGON_POOL": "1"})


def keeper(home: Path, host: str, port: int, stamp: str, demo: bool) -> Daemon:
    """Người trông: cái gì chết bất ngờ thì dựng lại (config/keeper.py)."""
    command = (sys.executable, "-m", "tinhgon.config.keeper", host, str(port), stamp)
    return Daemon(home, "keeper", command, _django(home, demo))


def _django(home: Path, demo: bool) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "tinhgon.config.settings",
        "TINHGON_HOME": str(home),
        "TINHGON_DEMO": "1" if demo else "0",
    }


def port_is_free(host: str, port: int, wait: float = 0.0) -> bool:
    """Không ai đang nghe ở cổng; ``wait`` giây cho tiến trình vừa dừng nhả cổng."""
    deadline = time.monotonic() + wait
    while _somebody_listens(host, port):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _somebody_listens(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False
