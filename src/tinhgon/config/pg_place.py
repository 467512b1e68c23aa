"""Nơi đặt PostgreSQL nhúng và tài khoản chạy nó: kiểm tra trước khi tạo bất cứ gì, từ chối bằng một câu rõ."""

import fcntl
import os
import shutil
import subprocess
import time
from pathlib import Path

from django.utils.translation import gettext as _

from tinhgon.core.errors import Broken, Reason

NOBODY = 65534
PORT = 5432  # chỉ là tên tệp của ổ cắm: máy chủ không nghe cổng mạng nào
SOCKET_LIMIT = 107
NEEDED_BYTES = 300 * 1024 * 1024


def check(home: Path, data: Path, socket_folder: Path) -> None:
    """``Broken`` khi không thể đặt cụm dữ liệu ở đây; chỉ xem, không tạo gì, không đổi quyền gì."""
    socket = f"{socket_folder}/.s.PGSQL.{PORT}"
    if len(os.fsencode(socket)) > SOCKET_LIMIT:
        raise broken(
            "pg_socket",
            _(
                "Đường dẫn ổ cắm %(socket)s dài hơn %(limit)s byte mà hệ điều hành cho phép: "
                "đặt TINHGON_HOME ở một thư mục ngắn hơn."
            ),
            socket=socket,
            limit=SOCKET_LIMIT,
        )
    existing = next(p for p in (home, *home.parents) if p.exists())
    if existing != home and not os.access(existing, os.W_OK | os.X_OK):
        raise broken(
            "pg_place",
            _("Không tạo được thư mục dữ liệu %(home)s: không có quyền ghi vào %(parent)s."),
            home=home,
            parent=existing,
        )
    if drops_root() and (closed := closed_to_nobody(existing)):
        raise broken(
            "pg_unreachable",
            _(
                "Chạy bằng root thì PostgreSQL chạy bằng nobody, mà nobody không vào được %(closed)s. "
                "Đặt TINHGON_HOME ở nơi khác, ví dụ /var/lib/tinhgon."
            ),
            closed=closed,
        )
    owner = NOBODY if drops_root() else os.geteuid()
    if data.exists() and data.stat().st_uid != owner:
        raise broken(
            "pg_owner",
            _("Cụm dữ liệu %(data)s thuộc về tài khoản khác: chạy bằng đúng tài khoản đã tạo ra nó."),
            data=data,
        )
    free = shutil.disk_usage(existing).free
    if free < NEEDED_BYTES:
        raise broken(
            "pg_disk",
            _("Ổ đĩa chứa %(home)s chỉ còn %(free)s MB; PostgreSQL cần ít nhất %(needed)s MB để chạy."),
            home=home,
            free=free // 2**20,
            needed=NEEDED_BYTES // 2**20,
        )


def closed_to_nobody(path: Path) -> Path | None:
    """Thư mục đầu tiên trên đường tới ``path`` mà ``nobody`` không đi qua được, hay None. Chỉ xem, không đổi quyền."""
    for folder in (*reversed(path.absolute().parents), path.absolute()):
        state = folder.stat()
        bit = 0o100 if state.st_uid == NOBODY else 0o010 if state.st_gid == NOBODY else 0o001
        if not state.st_mode & bit:
            return folder
    return None


def take(descriptor: int, *, seconds: float) -> None:
    """Giữ khóa tệp; chờ tối đa ``seconds`` giây rồi ``BlockingIOError``. Tiến trình chết thì khóa tự nhả."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def drops_root() -> bool:
    return os.geteuid() == 0


def give_to_server(path: Path, mode: int) -> None:
    path.chmod(mode)
    if drops_root():
        os.chown(path, NOBODY, NOBODY)


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Chạy một chương trình PostgreSQL bằng tài khoản của máy chủ; môi trường sạch để PGDATA, PGHOST... không xen vào."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
    as_nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if drops_root() else {}
    return subprocess.run(
        command,
        env=environment | {"LC_ALL": "C.UTF-8"},
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        start_new_session=True,  # Ctrl-C ở dòng lệnh không được giết máy chủ
        **as_nobody,  # type: ignore[call-overload]
    )


def broken(code: str, sentence: str, **data: object) -> Broken:
    return Broken(Reason(code, sentence % data, data=data))
