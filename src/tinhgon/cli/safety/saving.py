"""Sao lưu: một ảnh chụp nhất quán của cơ sở dữ liệu, rồi mọi tệp mà ảnh chụp ấy nhắc tới.

Chạy được lúc đang làm việc. Kho tệp chỉ thêm, không sửa, nên tệp của ảnh chụp luôn còn đó khi chép sau.
"""

import os
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.cli.safety import archive, database
from tinhgon.cli.safety.archive import DUMP, FORMAT, Manifest, Writer
from tinhgon.cli.spoken import os_reason
from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import Broken, Reason, Refused
from tinhgon.files.models import StoredFile

Say = Callable[[str], None]
BACKED_UP = "cli.backed_up"


def save(target: Path, *, say: Say) -> Manifest:
    """Ghi bản sao lưu vào ``target`` (chưa có), đọc lại và so mọi dấu băm, rồi mới đặt tên. Trả về bản kê.

    ``Refused``: đã có tệp ấy. ``Broken``: không ghi được, hết đĩa, thiếu pg_dump. Hỏng giữa chừng thì không để lại gì.
    """
    target = target.absolute()
    if "files_stored_file" not in connection.introspection.table_names():
        raise Refused(Reason("no_house", _("Cơ sở dữ liệu này chưa có bảng nào của Tinh Gọn: chạy tinhgon up trước.")))
    if target.exists():
        raise Refused(Reason("backup_exists", _("Đã có tệp %(file)s: chọn tên khác.") % {"file": target}))
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
            partial = Path(folder) / "backup.tar"
            written = _write(partial, Path(folder) / DUMP, say)
            say(_("Đọc lại và so dấu băm"))
            archive.check(partial)
            partial.chmod(0o600)
            os.link(partial, target)  # không bao giờ đè lên tệp vừa có ai tạo
            _sync_folder(target.parent)
    except FileExistsError as error:
        raise Refused(Reason("backup_exists", _("Đã có tệp %(file)s: chọn tên khác.") % {"file": target})) from error
    except OSError as error:
        sentence = _("Không ghi được bản sao lưu vào %(folder)s: %(why)s.")
        raise Broken(Reason("backup_write", sentence % {"folder": target.parent, "why": os_reason(error)})) from error
    with transaction.atomic():
        after = {"file": target.name, "rows": written.rows, "files": len(written.files), "sha256": written.dump_sha256}
        record(SYSTEM, BACKED_UP, ("database", connection.settings_dict["NAME"]), after=after)
    return written


def _write(partial: Path, dump: Path, say: Say) -> Manifest:
    say(_("Cơ sở dữ liệu"))
    tables, migrations, files = _snapshot(dump)
    with partial.open("wb") as stream:
        writer = Writer(stream)
        with dump.open("rb") as dumped:
            size = dump.stat().st_size
            sha256 = writer.add(DUMP, dumped, size)
        say(_("Kho tệp: %(count)d tệp") % {"count": len(files)})
        missing = [file for file, size_ in files.items() if not _add(writer, file, size_)]
        manifest = Manifest(
            format=FORMAT, product=version("tinhgon"), created_at=clock.now().isoformat(), postgres=database.server_major(),
            demo=settings.DEMO, migrations=migrations, tables=tables, dump_sha256=sha256, dump_bytes=size, files=files,
            missing=missing,
        )  # fmt: skip
        writer.close(manifest)
        stream.flush()
        os.fsync(stream.fileno())
    return manifest


def _snapshot(dump: Path) -> tuple[dict[str, list], list[str], dict[str, int]]:
    """pg_dump và các phép đếm cùng đọc một ảnh chụp: (dấu các bảng, các migration, sha256 -> kích thước)."""
    name = connection.settings_dict["NAME"]
    pg_dump = database.program("pg_dump")
    with database.separate(name) as own, own.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={dump}"]
        dumping = database.start([pg_dump, *options], name)
        try:
            tables = database.marks(cursor)
            cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
            migrations = [row[0] for row in cursor.fetchall()]
            cursor.execute("SELECT sha256, size FROM files_stored_file ORDER BY sha256")
            files = dict(cursor.fetchall())
        finally:
            database.finish(dumping, _("pg_dump không chạy được: %(why)s"))
        cursor.execute("COMMIT")
    return tables, migrations, files


def _add(writer: Writer, sha256: str, size: int) -> bool:
    """Chép một tệp của kho; sai khi tệp thiếu hay hỏng: bản sao lưu vẫn được ghi, và nói rõ tệp nào."""
    path = StoredFile(sha256=sha256).path
    try:
        if default_storage.size(path) != size:
            return False
        with default_storage.open(path) as stream:
            return writer.add_file(sha256, stream, size)
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
