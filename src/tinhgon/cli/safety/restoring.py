"""Phục hồi: dựng lại ở một cơ sở dữ liệu mới, so từng bảng, rồi mới đổi chỗ. Hỏng ở bước nào thì nơi cũ còn nguyên.

Thứ tự bảo đảm không lúc nào nửa vời: tệp được thêm trước (kho theo nội dung, thêm vào không phiền ai), cơ sở dữ liệu đổi
chỗ trong một giao dịch, tệp không còn ai nhắc tới bị dọn sau cùng.
"""

import secrets
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.cli.safety import archive, database
from tinhgon.cli.safety.archive import DUMP, Manifest
from tinhgon.config import home as homes
from tinhgon.config import processes
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import Broken, Reason, Refused
from tinhgon.files.models import StoredFile
from tinhgon.files.services import is_kept, keep

Say = Callable[[str], None]
RESTORED = "cli.restored"
_TELLING = ("core_user", "org_unit", "files_stored_file", "audit_entry")
"""Một trong các bảng này có dòng thì nơi ấy không trống: các bảng khác có sẵn dòng ngay khi dựng."""
_SCRATCH = "restore."
_UNPACKED = 4  # bản nén của cơ sở dữ liệu nở ra chừng này lần, kể cả chỉ mục


def restore(source: Path, *, replace: bool, say: Say) -> Manifest:
    """Phục hồi ``source`` vào cơ sở dữ liệu và kho tệp đang cấu hình. Trả về bản kê.

    ``Invalid``: tệp hỏng. ``Refused``: nơi này có dữ liệu (không ``replace``), đang chạy, bản sao lưu mới hơn phần mềm.
    """
    say(_("Kiểm tra tệp sao lưu"))
    manifest = archive.check(source)
    _refuse_unfit(manifest)
    refuse_running()
    if not replace and _occupied():
        sentence = _("Nơi này đã có dữ liệu: phục hồi vào một TINHGON_HOME khác, hoặc thêm --replace để thay hết.")
        raise Refused(Reason("not_empty", sentence))
    with database.keeper() as keeper:
        for leftover in Path(settings.HOME).glob(f"{_SCRATCH}*"):  # của lần bị giết giữa chừng; khóa bảo đảm không ai đang dùng
            shutil.rmtree(leftover, ignore_errors=True)
        token = secrets.token_hex(4)
        fresh = keeper.create(token)
        try:
            _fill(fresh, source, manifest, say)
            _add_files(source, manifest, say)
            say(_("Đổi chỗ"))
            old = keeper.swap(fresh, token)
        except BaseException:  # kể cả Ctrl-C: không để lại bản dở dang
            keeper.drop(fresh)
            raise
        with suppress(psycopg.Error):  # đã phục hồi xong; bản cũ không xóa được ngay thì lần phục hồi sau dọn
            keeper.drop(old)
    _tidy(manifest)
    return manifest


def _refuse_unfit(manifest: Manifest) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    newer = [name for name in manifest.migrations if name not in known and _ours(name)]
    reasons = []
    if newer:
        sentence = _("Bản sao lưu do phần mềm mới hơn (%(product)s) tạo: nâng cấp phần mềm rồi phục hồi.")
        reasons.append(Reason("newer_product", sentence % {"product": manifest.product}, data={"migrations": newer}))
    major = database.server_major()
    if major < manifest.postgres:
        sentence = _("Bản sao lưu từ PostgreSQL %(theirs)s; máy chủ này là bản %(ours)s: cần máy chủ không cũ hơn.")
        reasons.append(Reason("newer_postgres", sentence % {"theirs": manifest.postgres, "ours": major}))
    needed = manifest.dump_bytes * (1 + _UNPACKED) + manifest.file_bytes
    free = shutil.disk_usage(settings.HOME).free
    if free < needed:
        told = {"free": free // 2**20, "needed": needed // 2**20}
        reasons.append(Reason("no_disk", _("Ổ đĩa còn %(free)d MB; phục hồi cần khoảng %(needed)d MB.") % told))
    if reasons:
        raise Refused(*reasons)


def _ours(migration: str) -> bool:
    """Migration của sản phẩm, hay của một gói đang cài; gói đã bỏ thì không tính."""
    return migration.partition(".")[0] in {config.label for config in apps.get_app_configs()}


def refuse_running() -> None:
    """``Refused`` khi trang hay việc nền của thư mục dữ liệu này còn chạy."""
    daemons = (processes.web(settings.HOME, "", 0, settings.DEMO), processes.worker(settings.HOME, settings.DEMO))
    if any(daemon.running() for daemon in daemons):
        raise Refused(Reason("still_running", _("Trang hoặc việc nền đang chạy: chạy tinhgon stop rồi làm lại.")))


def _occupied() -> bool:
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in (name for name in _TELLING if name in existing):
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table})")
            if cursor.fetchone()[0]:
                return True
    return False


def _fill(fresh: str, source: Path, manifest: Manifest, say: Say) -> None:
    """Dựng cơ sở dữ liệu mới, so từng bảng với bản kê, đưa bảng lên bản của phần mềm này."""
    say(_("Cơ sở dữ liệu: %(rows)d dòng") % {"rows": manifest.rows})
    pg_restore = database.program("pg_restore")
    with tempfile.TemporaryDirectory(dir=settings.HOME, prefix=_SCRATCH) as folder:
        dump = Path(folder) / DUMP
        with archive.opened(source) as tar, dump.open("wb") as out:
            shutil.copyfileobj(_stream(tar, DUMP), out)
        options = ["--no-owner", "--no-privileges", "--exit-on-error", "--jobs=2", f"--dbname={fresh}"]
        database.finish(database.start([pg_restore, *options, str(dump)], fresh), _("pg_restore không chạy được: %(why)s"))
    say(_("So từng bảng với bản kê"))
    with database.separate(fresh) as own, own.cursor() as cursor:
        _refuse_different(manifest, database.marks(cursor))
        cursor.execute("ANALYZE")
    with database.pointed_at(fresh):
        say(_("Bảng và quy tắc trong cơ sở dữ liệu"))
        call_command("migrate", interactive=False, verbosity=0)
        with transaction.atomic():
            after = {"created_at": manifest.created_at, "rows": manifest.rows, "sha256": manifest.dump_sha256}
            record(SYSTEM, RESTORED, ("database", fresh.rpartition("_restore_")[0]), after=after)


def _refuse_different(manifest: Manifest, found: dict[str, list]) -> None:
    different = sorted(t for t in manifest.tables.keys() | found.keys() if manifest.tables.get(t) != found.get(t))
    if different:
        sentence = _("Sau khi phục hồi, bảng %(table)s không giống lúc sao lưu (%(before)s, %(after)s): không thay gì cả.")
        first = different[0]
        told = {"table": first, "before": manifest.tables.get(first), "after": found.get(first)}
        raise Broken(Reason("restore_differs", sentence % told, data={"tables": different}))


def _add_files(source: Path, manifest: Manifest, say: Say) -> None:
    say(_("Kho tệp: %(count)d tệp") % {"count": len(manifest.files)})
    with archive.opened(source) as tar:
        for sha256, size in manifest.files.items():
            if sha256 in manifest.missing:
                continue
            file = StoredFile(sha256=sha256, size=size)
            if not is_kept(file):
                keep(_stream(tar, archive.file_name(sha256)), file)


def _tidy(manifest: Manifest) -> None:
    """Dấu thế giới mẫu theo bản sao lưu; tệp của dữ liệu vừa bị thay không còn ai nhắc tới thì xóa."""
    mark = homes.demo_mark(settings.HOME)
    if manifest.demo:
        mark.write_text(homes.database_url(settings.HOME))
    else:
        mark.unlink(missing_ok=True)
    if isinstance(default_storage, FileSystemStorage):
        for file in Path(default_storage.location).glob("??/??/*"):
            if len(file.name) == 64 and file.name not in manifest.files:
                file.unlink()


def _stream(tar: tarfile.TarFile, name: str):
    stream = tar.extractfile(name)
    if stream is None:
        raise Broken(Reason("backup_file", _("Tệp sao lưu thiếu %(name)s.") % {"name": name}))
    return stream
