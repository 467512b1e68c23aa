"""Phần cơ sở dữ liệu: chạy pg_dump và pg_restore của đúng bộ chương trình, đếm và lấy dấu từng bảng, đổi chỗ hai cơ sở dữ liệu."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _
from psycopg import sql

from tinhgon.config import pg_binaries
from tinhgon.core.errors import Broken, Reason, Refused

_LIBPQ = {
    "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY",
}  # fmt: skip
_LOCK = 0x71_6E_68_67_6F_6E
_FRESH, _OLD = "_restore_", "_old_"

_SAME_TEXT = """
    SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; SET bytea_output = 'hex';
    SET extra_float_digits = 1
"""
_TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY c.relname
"""
_MARK = "SELECT count(*), COALESCE(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0)::text FROM {table} t"
"""Dấu của một bảng: tổng băm các dòng, không phụ thuộc thứ tự, không tốn bộ nhớ theo số dòng."""


def server_major() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        return int(cursor.fetchone()[0])


def program(name: str) -> str:
    """Đường dẫn của ``pg_dump`` hay ``pg_restore`` không cũ hơn máy chủ; ``Broken`` nói phải cài gì."""
    needed = server_major()
    bundled = [binaries[name] for binaries in pg_binaries.available()]
    on_path = shutil.which(name)
    candidates = [*bundled, *([on_path] if on_path else [])]
    if connection.get_connection_params().get("sslmode"):  # chương trình trong gói pip không có TLS
        candidates.reverse()
    for candidate in candidates:
        if (_major(candidate) or 0) >= needed:
            return candidate
    sentence = _("Không tìm thấy %(name)s từ bản %(major)s: cài gói postgresql-client-%(major)s, hoặc chạy lại make run.")
    raise Broken(Reason("pg_programs", sentence % {"name": name, "major": needed}))


def _major(path: str) -> int | None:
    if not Path(path).is_file():
        return None
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)(\.|devel|beta|rc|$|\s)", said.rpartition(")")[2])
    return int(found[1]) if found else None


def start(arguments: list[str], database: str) -> "subprocess.Popen[str]":
    """Chạy một chương trình PostgreSQL trên ``database``; mật khẩu đi bằng môi trường, không hiện trong danh sách tiến trình."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LANG"))}
    parameters = connection.get_connection_params()
    for name, variable in _LIBPQ.items():
        if parameters.get(name):
            environment[variable] = str(parameters[name])
    environment |= {"PGDATABASE": database, "LC_ALL": "C.UTF-8"}
    return subprocess.Popen(
        arguments, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def finish(process: "subprocess.Popen[str]", sentence: str) -> None:
    """Chờ xong; ``Broken`` với dòng lỗi đầu tiên chương trình nói."""
    _out, said = process.communicate()
    if process.returncode:
        lines = [line.strip() for line in (said or "").splitlines() if line.strip()]
        first = next((line for line in lines if "error" in line.lower()), lines[0] if lines else str(process.returncode))
        raise Broken(Reason("pg_program", sentence % {"why": first}))


def marks(cursor: Any) -> dict[str, list[Any]]:
    """Bảng -> [số dòng, dấu] của mọi bảng, theo con trỏ đang mở."""
    cursor.execute(_SAME_TEXT)
    cursor.execute(_TABLES)
    found = {}
    for (table,) in cursor.fetchall():
        cursor.execute(_MARK.format(table=connection.ops.quote_name(table)))
        count, mark = cursor.fetchone()
        found[table] = [count, mark]
    return found


@contextmanager
def separate(database: str) -> Iterator[BaseDatabaseWrapper]:
    """Một kết nối riêng tới ``database``, không dính giao dịch nào đang mở."""
    own = connection.copy()
    own.settings_dict["NAME"] = database
    own.settings_dict["OPTIONS"] = {k: v for k, v in own.settings_dict.get("OPTIONS", {}).items() if k != "pool"}
    try:
        yield own
    finally:
        own.close()


@contextmanager
def pointed_at(database: str) -> Iterator[None]:
    """Trong khối này Django làm việc trên ``database``."""
    before = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = before


class Keeper:
    """Quản các cơ sở dữ liệu của máy chủ: tạo, xóa, đổi chỗ. Một lúc chỉ một người (khóa của phiên)."""

    def __init__(self, cursor: Any, name: str) -> None:
        self.cursor, self.name = cursor, name

    def create(self, token: str) -> str:
        """Cơ sở dữ liệu mới tinh, tên suy từ tên chính; bản dở dang của lần bị giết trước được dọn."""
        self._drop_leftovers()
        fresh = f"{self.name}{_FRESH}{token}"
        try:
            self._run("CREATE DATABASE {}", fresh)
        except psycopg.errors.InsufficientPrivilege as error:
            sentence = _("Tài khoản của DATABASE_URL không được tạo cơ sở dữ liệu: cấp quyền CREATEDB rồi chạy lại.")
            raise Refused(Reason("no_createdb", sentence)) from error
        return fresh

    def drop(self, database: str) -> None:
        """Xóa hẳn, ngắt mọi kết nối của ta. FORCE không được ngắt tiến trình tự dọn của máy chủ; lệnh thường thì tự chờ nó."""
        try:
            self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)
        except psycopg.errors.InsufficientPrivilege:
            self._run("DROP DATABASE IF EXISTS {}", database)

    def refuse_others(self) -> None:
        """``Refused`` khi còn ai nối vào cơ sở dữ liệu chính; kết nối vừa đóng của ta được chờ một giây."""
        for _try in range(20):
            self.cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'", [self.name]
            )
            if not self.cursor.fetchone()[0]:
                return
            time.sleep(0.05)
        raise Refused(Reason("database_busy", _in_use()))

    def swap(self, fresh: str, token: str) -> str:
        """Bản mới lên thay bản chính trong một giao dịch; trả về tên của bản cũ, còn nguyên."""
        old = f"{self.name}{_OLD}{token}"
        self.refuse_others()
        try:
            self.cursor.execute("BEGIN")
            self._run("ALTER DATABASE {} RENAME TO {}", self.name, old)
            self._run("ALTER DATABASE {} RENAME TO {}", fresh, self.name)
            self.cursor.execute("COMMIT")
        except psycopg.errors.ObjectInUse as error:
            self.cursor.execute("ROLLBACK")
            raise Refused(Reason("database_busy", _in_use())) from error
        return old

    def _drop_leftovers(self) -> None:
        self.cursor.execute("SELECT datname FROM pg_database WHERE datname ~ %s", [f"^{self.name}({_FRESH}|{_OLD})[0-9a-f]+$"])
        for (leftover,) in self.cursor.fetchall():
            self.drop(leftover)

    def _run(self, statement: str, *names: str) -> None:
        self.cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def keeper() -> Iterator[Keeper]:
    """Người quản cơ sở dữ liệu, làm việc từ cơ sở dữ liệu bảo trì. ``Refused`` khi một lần phục hồi khác đang chạy."""
    name = connection.settings_dict["NAME"]
    with separate("postgres") as maintenance, maintenance.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise Refused(Reason("restore_busy", _("Một lần phục hồi khác đang chạy trên máy chủ này: chờ nó xong.")))
        connections.close_all()
        keeper = Keeper(cursor.cursor, name)
        keeper.refuse_others()
        yield keeper


def _in_use() -> str:
    return _("Còn chương trình khác đang dùng cơ sở dữ liệu: chạy tinhgon stop (trên mọi máy) rồi làm lại.")
