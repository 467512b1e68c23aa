"""Tải tệp lên qua HTTP thật (granian và Django như khi dùng): tệp 2 GB, tệp quá 2 GB, 500 tệp thả một lượt, đứt mạng giữa chừng, tệp rỗng, chương trình;
mỗi lần: câu trả lời, giây, bộ nhớ cao nhất của tiến trình máy chủ, tệp tạm còn sót, số đã vào khay.

``python benchmarks/uploading.py``. Trần bộ nhớ 400 MB một tiến trình.
"""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from throwaway import house

MOST_MB = 400
GB = 1024**3
EDGE = "----ranh-gioi-cua-tinh-gon"
CHUNK = 1024 * 1024
_TOKEN = "a" * 32

Part = tuple[str, int, bytes]
"""(tên tệp, cỡ, mấy byte đầu); phần sau toàn số 0."""


class Office:
    """Máy chủ trang đang chạy và một văn thư đã đăng nhập."""

    def __init__(self, home: Path) -> None:
        from django.contrib.auth import get_user_model  # noqa: PLC0415
        from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415
        from django.core.management import call_command  # noqa: PLC0415

        from tinhgon.config import processes  # noqa: PLC0415
        from tinhgon.core import clock  # noqa: PLC0415
        from tinhgon.org.models import Kind, Level, Role  # noqa: PLC0415
        from tinhgon.org.tests.factories import make_actor, make_unit  # noqa: PLC0415

        call_command("collectstatic", interactive=False, verbosity=0)
        city = make_unit("Thành ủy", level=Level.PROVINCE, term="Nhiệm kỳ")
        self.unit = make_unit("Văn phòng Thành ủy", city, kind=Kind.OFFICE, level=Level.PROVINCE)
        user = get_user_model().objects.get(pk=make_actor(self.unit, Role.CLERK).user_id)
        session = SessionStore()
        session.update({"_auth_user_id": str(user.pk), "_auth_user_backend": "django.contrib.auth.backends.ModelBackend", "_auth_user_hash": user.get_session_auth_hash()})
        session.set_expiry(clock.now() + timedelta(days=1))
        session.save()
        self.cookies = f"sessionid={session.session_key}; csrftoken={_TOKEN}"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.temporary = home / "tam"
        self.temporary.mkdir()
        daemon = processes.web(home, "127.0.0.1", self.port, demo=False)
        environment = os.environ | dict(daemon.environment) | {"TMPDIR": str(self.temporary)}
        self.server = subprocess.Popen(daemon.command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not self._answers():
            time.sleep(0.2)

    def _answers(self) -> bool:
        there = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            there.request("GET", "/suc-khoe/ping")
            return there.getresponse().status == 200
        except OSError:
            return False
        finally:
            there.close()

    def upload(self, parts: list[Part], *, until: int | None = None) -> str:
        """Một lượt gửi như trang khay gửi; trả về câu trả lời. ``until``: người gửi đứt mạng sau chừng ấy byte của tệp đầu."""
        fields = b"".join(
            f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in (("to_unit", self.unit), ("secrecy", 0))
        )
        heads = [f'--{EDGE}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode() for name, _size, _head in parts]
        tail = f"--{EDGE}--\r\n".encode()
        length = len(fields) + sum(len(head) + size + 2 for head, (_name, size, _start) in zip(heads, parts, strict=True)) + len(tail)

        def body() -> Iterator[bytes]:
            yield fields
            for head, (_name, size, start) in zip(heads, parts, strict=True):
                yield head + start
                left = size - len(start)
                while left > 0:
                    if until is not None and size - left > until:
                        raise ConnectionAbortedError
                    yield bytes(min(left, CHUNK))
                    left -= CHUNK
                yield b"\r\n"
            yield tail

        there = http.client.HTTPConnection("127.0.0.1", self.port, timeout=900)
        told = {"Content-Type": f"multipart/form-data; boundary={EDGE}", "Content-Length": str(length), "Accept": "application/json"}
        try:
            there.request("POST", "/van-ban/khay/tai-len/", body(), told | {"Cookie": self.cookies, "X-CSRFToken": _TOKEN})
            answer = there.getresponse()
            return _said(answer.status, answer.read())
        except ConnectionAbortedError:
            return "(người gửi đứt mạng giữa chừng)"
        finally:
            there.close()

    def workers(self) -> list[Path]:
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text().split()
        return [Path(f"/proc/{child}") for child in children]

    def peak(self) -> float:
        """MB cao nhất của tiến trình lớn nhất từ lần ``forget`` gần nhất."""
        lines = [line for worker in self.workers() for line in (worker / "status").read_text().splitlines() if line.startswith("VmHWM")]
        return max(int(line.split()[1]) for line in lines) / 1024

    def forget(self) -> None:
        for worker in self.workers():
            (worker / "clear_refs").write_text("5")  # proc(5): đặt lại đỉnh

    def left_over(self) -> int:
        """Tệp tạm còn lại; máy chủ dọn ngay sau khi trả lời nên chờ một chút."""
        deadline = time.monotonic() + 10
        while (left := sum(1 for path in self.temporary.rglob("*") if path.is_file())) and time.monotonic() < deadline:
            time.sleep(0.1)
        return left


def _said(status: int, body: bytes) -> str:
    try:
        told = json.loads(body)
    except ValueError:
        found = re.search(r"nhiều nhất[^<]*", body.decode(errors="replace"))
        return f"HTTP {status}: {found[0].strip() if found else 'một trang HTML'}"
    if "sentences" in told:
        return f"HTTP {status}: {' '.join(told['sentences'])}"
    first = "; ".join(f"{name}: {why}" for name, why in told["refused"][:2])
    return f"HTTP {status}: {told['arrived']} vào khay, {len(told['refused'])} không nhận{': ' + first if first else ''}"


def cases() -> list[tuple[str, list[Part]]]:
    return [
        ("một tệp PDF nhỏ", [("cong-van.pdf", 50_000, b"%PDF-1.7\n")]),
        ("tệp 2 GB", [("hai-gb.bin", 2 * GB - 4096, b"\x01")]),
        ("tệp 3 GB", [("ba-gb.bin", 3 * GB, b"\x02")]),
        ("đứt mạng giữa tệp 2 GB", [("dut.bin", 2 * GB - 4096, b"\x03")]),
        ("500 tệp một lượt", [(f"tep-{n}.pdf", 60_000, f"%PDF-1.7\n{n}\n".encode()) for n in range(500)]),
        ("1.500 tệp một lượt", [(f"tep-{n}.pdf", 6_000, f"%PDF-1.7\nx{n}\n".encode()) for n in range(1500)]),
        ("chương trình đội lốt PDF", [("hoa-don.pdf", 4096, b"MZ\x90\x00")]),
        ("tệp rỗng", [("rong.pdf", 0, b"")]),
    ]


def main() -> None:
    with house() as home:
        from tinhgon.documents.models import Arrival  # noqa: PLC0415

        (home / "files").mkdir(exist_ok=True)
        office = Office(home)
        try:
            office.upload(cases()[0][1])
            print(f"{'gửi lên':28}{'MB cao nhất':>12}{'giây':>8}{'tệp tạm':>9}{'vào khay':>10}  câu trả lời (trần {MOST_MB} MB)")
            for label, parts in cases():
                office.forget()
                before, began = Arrival.objects.count(), time.perf_counter()
                said = office.upload(parts, until=GB // 2 if label.startswith("đứt") else None)
                spent, peak = time.perf_counter() - began, office.peak()
                mark = "" if peak < MOST_MB else "  VƯỢT"
                print(f"{label:28}{peak:12.0f}{spent:8.1f}{office.left_over():9}{Arrival.objects.count() - before:10}  {said}{mark}", flush=True)
        finally:
            office.server.terminate()
            office.server.wait(timeout=30)


if __name__ == "__main__":
    sys.exit(main())
