"""Dựng cả nhà trên một máy: cơ sở dữ liệu, bảng, tài nguyên, bản dịch, thế giới mẫu, việc nền, máy chủ trang.

Chạy lại bao nhiêu lần cũng được: bước nào đã xong thì qua rất nhanh; mã nguồn hay cấu hình đổi thì hai tiến trình nền
được chạy lại.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import shutil
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import psycopg
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.config import home as homes
from tinhgon.config import messages, processes
from tinhgon.config.pg_binaries import OLDEST_MAJOR
from tinhgon.config.pg_place import take
from tinhgon.config.postgres import Server
from tinhgon.core.errors import Broken, Reason, Refused

Say = Callable[[str], None]
Login = tuple[str, str, str, str]  # tên đăng nhập, mật khẩu, vai, đơn vị
_SOURCE = Path(__file__).resolve().parents[1]
_WEB_SECONDS = 60
_OURS = (
    "pg",
    "pg.new",
    "pg-programs",
    "run",
    "static",
    "static.stamp",
    "files",
    "mail",
    "log",
    "demo",
    "secret_key",
)


@dataclass(frozen=True, slots=True)
class House:
    """Nhà đã dựng xong: địa chỉ trang và các tài khoản mẫu (rỗng ngoài thế giới mẫu)."""

    address: str
    logins: tuple[Login, ...]


def up(*, host: str, port: int, say: Say) -> House:
    """Dựng mọi thứ còn thiếu rồi trả về khi trang đã trả lời. ``Refused``/``Broken`` nói rõ bước nào, vì sao."""
    home: Path = settings.HOME
    with alone(home):
        ensure_database(say)
        for private in ("files", "mail"):
            (home / private).mkdir(mode=0o700, exist_ok=True)
        worker, web = processes.worker(home, settings.DEMO), processes.web(home, host, port, settings.DEMO)
        mark = stamp(host, str(port))
        keeper = processes.keeper(home, host, port, mark, settings.DEMO)
        if not keeper.running_as(mark):
            keeper.stop()
        if not web.running_as(mark):
            web.stop()
            _refuse_taken_port(host, port)
        if not worker.running_as(mark):
            worker.stop()
        say(_("Bảng và quy tắc trong cơ sở dữ liệu"))
        call_command("migrate", interactive=False, verbosity=0)
        _prepare_pages(home, say)
        logins = _demo_world(say)
        if not worker.running():
            say(_("Việc nền"))
            worker.start(mark)
        if not web.running():
            say(_("Máy chủ trang"))
            web.start(mark)
        address = _wait_for_page(web, host, port)
        if not keeper.running():
            keeper.start(mark)
        return House(address, logins)


def stop(say: Say) -> list[str]:
    """Dừng trang, việc nền, rồi PostgreSQL nhúng. Trả về tên những thứ vừa dừng."""
    home: Path = settings.HOME
    stopped: list[str] = []
    if not home.exists():
        return stopped
    with alone(home):
        processes.keeper(home, "", 0, "", settings.DEMO).stop()
        for daemon, name in (
            (processes.web(home, "", 0, settings.DEMO), _("máy chủ trang")),
            (processes.worker(home, settings.DEMO), _("việc nền")),
        ):
            if daemon.running():
                say(_("Dừng %(name)s") % {"name": name})
            if daemon.stop():
                stopped.append(name)
        server = Server(home)
        if not os.environ.get("DATABASE_URL") and server.running():
            say(_("Dừng PostgreSQL"))
            server.stop()
            stopped.append("PostgreSQL")
    return stopped


def what_reset_removes() -> str:
    """Một câu nói reset sẽ xóa gì; ``Refused`` khi không phải nhà do ``up`` dựng, hay cơ sở dữ liệu là máy chủ khác."""
    if os.environ.get("DATABASE_URL"):
        sentence = _(
            "reset không xóa máy chủ của DATABASE_URL: hãy tự xóa cơ sở dữ liệu ấy, hoặc bỏ DATABASE_URL."
        )
        raise Refused(Reason("reset_url", sentence))
    if not Server(settings.HOME).data.exists():
        sentence = _(
            "Thư mục %(folder)s không có cơ sở dữ liệu nào của Tinh Gọn: không xóa gì. Kiểm tra TINHGON_HOME."
        )
        raise Refused(Reason("reset_nothing", sentence % {"folder": settings.HOME}))
    return _("cơ sở dữ liệu, tệp, thư và nhật ký trong %(folder)s") % {"folder": settings.HOME}


def reset(say: Say) -> str:
    """Dừng rồi xóa những gì ``up`` đã tạo trong thư mục dữ liệu, không gì khác. Trả về tên thư mục."""
    what_reset_removes()
    stop(say)
    home: Path = settings.HOME
    with alone(home):
        for name in _OURS:
            path = home / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    return str(home)


def ensure_database(say: Say = lambda sentence: None) -> None:
    """PostgreSQL nhúng đang chạy, hoặc máy chủ của ``DATABASE_URL`` trả lời và đủ mới."""
    if not os.environ.get("DATABASE_URL"):
        server = Server(settings.HOME)
        if not server.running():
            say(_("PostgreSQL") if server.data.exists() else _("PostgreSQL: khởi tạo lần đầu"))
        server.ensure()
        return
    say(_("PostgreSQL theo DATABASE_URL"))
    try:
        with psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=10) as probe:
            major = probe.info.server_version // 10000
    except psycopg.OperationalError as error:
        why = str(error).strip().splitlines()[0]
        raise _broken("pg_url", _("Không kết nối được máy chủ của DATABASE_URL: %(why)s"), why=why) from error
    if major < OLDEST_MAJOR:
        raise _broken(
            "pg_old",
            _("Máy chủ của DATABASE_URL là PostgreSQL %(major)s; cần từ bản %(oldest)s."),
            major=major,
            oldest=OLDEST_MAJOR,
        )


def stamp(*extra: str) -> str:
    """Dấu của những gì tiến trình nền nạp một lần: mã nguồn, gói đã cài, biến môi trường của sản phẩm."""
    digest = hashlib.sha256()
    for line in (*extra, sys.version, *_environment(), *_packages(), *_files(_SOURCE)):
        digest.update(line.encode() + b"\0")
    return digest.hexdigest()


def _environment() -> Iterable[str]:
    named = {k: v for k, v in os.environ.items() if k.startswith("TINHGON_") or k == "DATABASE_URL"}
    return sorted(f"{k}={v}" for k, v in (named | {"TINHGON_DEMO": settings.DEMO}).items())


def _packages() -> Iterable[str]:
    return sorted(f"{d.name}=={d.version}" for d in importlib.metadata.distributions())


def _files(root: Path) -> Iterator[str]:
    for file in sorted(root.rglob("*")):
        if (
            file.suffix in {".py", ".html", ".css", ".js", ".svg", ".po", ".sql", ".typ"}
            and "tests" not in file.parts
        ):
            state = file.stat()
            yield f"{file.relative_to(root)} {state.st_mtime_ns} {state.st_size}"


def _prepare_pages(home: Path, say: Say) -> None:
    if not Path(settings.NODE_MODULES).is_dir():
        raise _broken(
            "assets",
            _("Chưa có tài nguyên giao diện (%(folder)s): chạy make run, hoặc npm ci."),
            folder=settings.NODE_MODULES,
        )
    messages.compile_stale()
    seen = home / "static.stamp"
    mark = hashlib.sha256(
        "".join((*_static_files(), (settings.BASE_DIR / "package-lock.json").read_text())).encode()
    ).hexdigest()
    if seen.exists() and seen.read_text() == mark and Path(settings.STATIC_ROOT).is_dir():
        return
    say(_("Tài nguyên giao diện"))
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    seen.write_text(mark)


def _static_files() -> Iterator[str]:
    yield from (line for folder in sorted(_SOURCE.glob("*/static")) for line in _files(folder))
    yield from _files(Path(__file__).parent)


def _demo_world(say: Say) -> tuple[Login, ...]:
    """Nạp thế giới mẫu vào cơ sở dữ liệu còn trống, trọn vẹn hoặc không gì cả; dữ liệu thật thì không bao giờ đụng tới."""
    if not settings.DEMO or not importlib.util.find_spec("tinhgon.cli.demo"):
        return ()
    demo = import_module("tinhgon.cli.demo")  # gói nặng, chỉ thế giới mẫu mới nạp
    mark = homes.demo_mark(settings.HOME)
    if not get_user_model().objects.exists():
        say(_("Thế giới mẫu: lần đầu mất một hai phút"))
        with transaction.atomic():
            demo.load(variant=os.environ.get("TINHGON_DEMO_SIZE", "full"), say=say)
        with connection.cursor() as cursor:
            cursor.execute("analyze")
        mark.write_text(homes.database_url(settings.HOME))
    elif not mark.exists() or mark.read_text() != homes.database_url(settings.HOME):
        sentence = _(
            "Cơ sở dữ liệu này có dữ liệu thật, không phải thế giới mẫu: chạy với TINHGON_DEMO=0, hoặc chọn TINHGON_HOME khác."
        )
        raise Refused(Reason("not_demo", sentence))
    return tuple(demo.logins())


def _refuse_taken_port(host: str, port: int) -> None:
    if not processes.port_is_free(host, port, wait=3):
        sentence = _("Cổng %(port)s đang có chương trình khác dùng: đặt TINHGON_PORT=<số khác> rồi chạy lại.")
        raise Refused(Reason("port_taken", sentence % {"port": port}, data={"port": port}))


def _wait_for_page(web: processes.Daemon, host: str, port: int) -> str:
    """Chờ trang trả lời; tiến trình chết sớm thì nói những dòng cuối nó ghi."""
    reachable = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    address = f"http://{f'[{reachable}]' if ':' in reachable else reachable}:{port}"
    url = address + reverse("web:ping")
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # máy chủ này, không qua proxy
    deadline = time.monotonic() + _WEB_SECONDS
    while time.monotonic() < deadline and web.running():
        try:
            with direct.open(url, timeout=5) as answer:
                if answer.status == 200:
                    return address
        except OSError:
            time.sleep(0.1)
    raise _broken(
        "web_down",
        _("Máy chủ trang không trả lời. Nhật ký %(log)s: %(words)s"),
        log=web.log,
        words=web.last_words(),
    )


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Một lúc chỉ một lệnh dựng hay dừng; lệnh thứ hai chờ vài giây rồi được bảo chờ, không xếp hàng lặng lẽ."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "up.lock").open("w") as lock:
        try:
            take(lock.fileno(), seconds=10)
        except BlockingIOError as error:
            sentence = _(
                "Một lệnh up hoặc stop khác đang chạy trên cùng thư mục dữ liệu: chờ nó xong rồi chạy lại."
            )
            raise Refused(Reason("up_busy", sentence)) from error
        yield


def _broken(code: str, sentence: str, **data: object) -> Broken:
    return Broken(Reason(code, sentence % data, data=data))
