"""Hai hệ thống trên một máy trao đổi N thông điệp qua đường dây hỏng 10 %: rớt, trả 500, giao hai lần, giao muộn; giết việc nền giữa chừng.

    python benchmarks/exchange.py [--messages 10000] [--faults 0.1] [--kills 5]

Mỗi hệ thống: PostgreSQL, một tiến trình web bốn luồng, một tiến trình gửi hộp thư đi. A gửi văn bản tới B, B vào sổ, xử lý xong; mỗi văn bản là bốn
thông điệp (văn bản, 01, 03, 06). Kết thúc: hai bên phải giống hệt, so bằng băm; không văn bản nào hai lần. Bên cạnh, trong cùng lượt chạy:
mức trơn, tức là chính những byte ấy chỉ ký, gửi HTTP, kiểm chữ ký và ghi chắc xuống đĩa, không sổ sách gì.
"""

import argparse
import hashlib
import http.client
import json
import os
import random
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import Process
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

ROOT = Path(__file__).resolve().parents[1]
PER_DOCUMENT = 4
CODES = ("A01.H29", "B01.H30")
SAMPLE = 300
_TICKS = os.sysconf("SC_CLK_TCK")


class Line(ThreadingHTTPServer):
    """Đường dây giữa hai bên: chuyển tiếp, có khi làm hỏng."""

    daemon_threads = True

    def __init__(self, target: int, faults: float, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), _Relay)
        self.target, self.faults, self.dice, self.seen = target, faults, random.Random(seed), Counter()
        self.late: list[bytes] = []
        self.sample: list[bytes] = []
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request: object, client_address: object) -> None:
        """Bên gửi chết giữa chừng (kill -9) thì đường dây không có gì để nói."""

    def forward(self, path: str, body: bytes) -> tuple[int, bytes]:
        there = http.client.HTTPConnection("127.0.0.1", self.target, timeout=60)
        try:
            there.request("POST", path, body, {"Content-Type": "application/xml"})
            answer = there.getresponse()
            return answer.status, answer.read()
        finally:
            there.close()


class _Relay(BaseHTTPRequestHandler):
    server: Line

    def log_message(self, *_args: object) -> None: ...

    def do_POST(self) -> None:
        body, line = self.rfile.read(int(self.headers["Content-Length"])), self.server
        with line.lock:
            fault = line.dice.choice(("drop_before", "drop_after", "500", "twice", "late")) if line.dice.random() < line.faults else ""
            again = line.late.pop(0) if line.late and line.dice.random() < 0.5 else None
            line.seen[fault or "clean"] += 1
            if len(line.sample) < SAMPLE:
                line.sample.append(body)
        if fault == "drop_before":
            return self.connection.close()
        if fault == "500":
            return self._answer(500, b"{}")
        try:
            if again is not None:  # một thông điệp cũ tới lại, sau những cái mới hơn
                line.forward(self.path, again)
            status, said = line.forward(self.path, body)
            if fault == "twice":
                status, said = line.forward(self.path, body)
        except OSError:
            return self._answer(502, b"{}")
        if fault == "late":
            with line.lock:
                line.late.append(body)
        if fault == "drop_after":
            return self.connection.close()
        self._answer(status, said)

    def _answer(self, status: int, said: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)


class Side:
    """Một hệ thống: thư mục, cổng, các tiến trình."""

    def __init__(self, folder: Path, code: str, other: str) -> None:
        self.code, self.other, self.folder = code, other, folder
        folder.mkdir(mode=0o755)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
        self.environment = kept | {
            "TINHGON_HOME": str(folder), "TINHGON_DEMO": "0", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'benchmarks'}",
            "DJANGO_SETTINGS_MODULE": "tinhgon.config.settings",
        }  # fmt: skip

    def act(self, step: str, *words: object) -> dict:
        """Chạy một bước của ``exchange_side`` trong hệ thống này, trả về điều nó in."""
        done = subprocess.run([sys.executable, "-m", "exchange_side", step, *map(str, words)], env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.strip().splitlines()[-1])

    def start(self, step: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "exchange_side", step], env=self.environment, stderr=(self.folder / "sender.log").open("ab"))

    def observe(self) -> None:
        """Một tiến trình sống suốt cuộc để hỏi tiến độ: nạp Django mỗi lần hỏi thì chính việc đo ăn mất máy."""
        self.observer = subprocess.Popen([sys.executable, "-m", "exchange_side", "progress"], env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.progress()

    def progress(self) -> dict:
        self.observer.stdin.write(b"\n")
        self.observer.stdin.flush()
        return json.loads(self.observer.stdout.readline())

    def serve(self) -> subprocess.Popen[bytes]:
        log = (self.folder / "web.log").open("ab")
        arguments = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--workers", "1", "--blocking-threads", "4"]
        command = [sys.executable, "-m", "granian", *arguments, "tinhgon.config.wsgi:application"]
        return subprocess.Popen(command, env=self.environment | {"TINHGON_POOL": "1"}, stdout=log, stderr=log)  # như tiến trình web thật


class Cpu:
    """CPU (giây) của hai hệ thống: mọi tiến trình mang TINHGON_HOME hay đứng trong thư mục của chúng, kể cả tiến trình đã bị giết."""

    def __init__(self, base: Path) -> None:
        self.mark, self.inside = f"TINHGON_HOME={base}/".encode(), f"{base}/"
        self.python: dict[tuple[str, str], float] = {}
        self.start = self.look()

    def look(self) -> tuple[float, float]:
        """(python, postgres)."""
        postgres = 0.0
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
                is_postgres = (folder / "comm").read_text().strip() == "postgres"
                ours = str((folder / "cwd").readlink()).startswith(self.inside) if is_postgres else self.mark in (folder / "environ").read_bytes()
            except OSError:  # vừa kết thúc
                continue
            if not ours:
                continue
            if is_postgres:  # tiến trình mẹ gánh cả CPU của những kết nối đã đóng
                postgres += sum(map(int, fields[11:15])) / _TICKS
            else:
                self.python[folder.name, fields[19]] = sum(map(int, fields[11:13])) / _TICKS
        return sum(self.python.values()), postgres

    def spent(self) -> tuple[float, float]:
        python, postgres = self.look()
        return python - self.start[0], postgres - self.start[1]


def bare(bodies: list[bytes], folder: Path) -> tuple[float, float]:
    """(thông điệp/giây, giây CPU mỗi thông điệp) khi chỉ ký, gửi, kiểm, ghi chắc: một tiến trình gửi, một tiến trình nhận."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    public, algorithm = key.public_key(), (padding.PKCS1v15(), SHA256())

    class Keep(BaseHTTPRequestHandler):
        def log_message(self, *_args: object) -> None: ...

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            public.verify(bytes.fromhex(self.headers["Signature"]), body, *algorithm)
            with (folder / hashlib.sha256(body).hexdigest()).open("wb") as kept:
                kept.write(body)
                kept.flush()
                os.fsync(kept.fileno())
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keep)
    receiver = Process(target=server.serve_forever, daemon=True)
    receiver.start()
    began, burnt = time.monotonic(), time.process_time()
    for body in bodies:
        there = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
        there.request("POST", "/", body, {"Signature": key.sign(body, *algorithm).hex()})
        assert there.getresponse().status == 200
        there.close()
    spent, burnt = time.monotonic() - began, time.process_time() - burnt
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    receiver.terminate()
    receiver.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    burnt += after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return len(bodies) / spent, burnt / len(bodies)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--faults", type=float, default=0.1)
    parser.add_argument("--kills", type=int, default=5)
    asked = parser.parse_args()
    documents = asked.messages // PER_DOCUMENT
    base = Path(tempfile.mkdtemp(prefix="tgx-", dir="/tmp"))
    base.chmod(0o755)
    running: list[subprocess.Popen[bytes]] = []
    a, b = Side(base / "a", *CODES), Side(base / "b", *reversed(CODES))
    try:
        certificates = [side.act("prepare", side.code)["certificate"] for side in (a, b)]
        lines = [Line(b.port, asked.faults, 1), Line(a.port, asked.faults, 2)]
        for side, line, pem in zip((a, b), lines, reversed(certificates), strict=True):
            side.act("connect", side.other, f"http://127.0.0.1:{line.server_port}", json.dumps(pem))
        running += [side.serve() for side in (a, b)]
        time.sleep(8)
        a.act("write", documents)
        for side in (a, b):
            side.observe()
            running.append(side.observer)
        cpu, began = Cpu(base), time.monotonic()
        senders = {side: side.start("dispatch") for side in (a, b)}
        registrar = b.start("work")
        running += [*senders.values(), registrar]
        kills = _watch(a, b, senders, running, documents, asked.kills, cpu)
        spent, burnt = time.monotonic() - began, cpu.spent()
        mine, theirs = a.act("state"), b.act("state")
        (base / "tron").mkdir()
        limit = bare([body for line in lines for body in line.sample], base / "tron")
        _table(documents, spent, burnt, kills, lines, mine, theirs, limit)
        return 0 if mine["hash"] == theirs["hash"] and mine["rows"] == documents else 1
    finally:
        for process in running:
            process.terminate()  # granian tự dừng các tiến trình con; kill -9 thì chúng mồ côi
        for process in running:
            process.wait(timeout=30)
        for side in (a, b):
            side.act("stop")
        shutil.rmtree(base, ignore_errors=True)


def _watch(a: Side, b: Side, senders: dict, running: list, documents: int, most: int, cpu: Cpu) -> int:
    """Giết việc nền của một bên, đều trong cuộc, cho tới khi cả hai yên."""
    kills, dice = 0, random.Random(7)
    while True:
        time.sleep(5)
        cpu.look()
        done = a.progress()["done"]
        if done >= documents and not b.progress()["waiting"] and not a.progress()["waiting"]:
            return kills
        if kills < most and done >= documents * (kills + 1) / (most + 2):
            side = dice.choice((a, b))
            cpu.look()
            senders[side].send_signal(signal.SIGKILL)
            senders[side].wait()
            senders[side] = side.start("dispatch")
            running.append(senders[side])
            kills += 1


def _table(documents, spent, burnt, kills, lines, mine, theirs, limit) -> None:
    sent = mine["sent"] + theirs["sent"]
    faults = Counter()
    for line in lines:
        faults.update(line.seen)
    rows = [
        ("thông điệp tới nơi", f"{sent:,}"), ("văn bản", f"{documents:,}"), ("thời gian", f"{spent:,.0f} s"),
        ("thông điệp/giây", f"{sent / spent:.1f}"),
        ("CPU mỗi thông điệp", f"{sum(burnt) * 1000 / sent:.0f} ms (python {burnt[0] * 1000 / sent:.0f}, postgres {burnt[1] * 1000 / sent:.0f})"),
        ("mức trơn, cùng lượt", f"{limit[0]:.0f} thông điệp/giây, {limit[1] * 1000:.1f} ms CPU"),
        ("gấp mức trơn (CPU)", f"{sum(burnt) / sent / limit[1]:.1f}"),
        ("tải của máy lúc xong", f"{os.getloadavg()[0]:.1f}"),
        ("lần gửi", f"{mine['attempts'] + theirs['attempts']:,}"),
        ("lần gửi mỗi thông điệp", f"{(mine['attempts'] + theirs['attempts']) / sent:.2f}"),
        ("lỗi đã gây", ", ".join(f"{name} {count}" for name, count in sorted(faults.items()) if name != "clean")),
        ("giết -9 việc nền", str(kills)), ("nhận lặp (bỏ qua)", f"{theirs['arrivals'] - theirs['rows']}"),
        ("băm hai bên", "giống hệt" if mine["hash"] == theirs["hash"] else "KHÁC NHAU"), ("băm", mine["hash"][:16]),
    ]  # fmt: skip
    width = max(len(name) for name, _value in rows)
    for name, value in rows:
        print(f"{name:<{width}}  {value}")


def digest(rows: list[str]) -> str:
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
