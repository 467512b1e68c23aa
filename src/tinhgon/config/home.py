"""Thư mục dữ liệu và những gì nằm trong đó: khóa bí mật, địa chỉ cơ sở dữ liệu."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path


def data_folder() -> Path:
    """Thư mục dữ liệu. Với root là /var/lib/tinhgon: PostgreSQL chạy bằng ``nobody`` nên không thể nằm trong nhà của root."""
    if named := os.environ.get("TINHGON_HOME"):
        return Path(named).absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/tinhgon")
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local/share")) / "tinhgon"


def secret_key(folder: Path) -> str:
    """Khóa ký phiên làm việc; tạo một lần, chỉ chủ tài khoản đọc được."""
    if key := os.environ.get("TINHGON_SECRET_KEY"):
        return key
    file = folder / "secret_key"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, fresh = tempfile.mkstemp(dir=folder, prefix="secret_key.")
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):  # hai tiến trình cùng tạo: chìa nào tới trước thì giữ
            os.link(fresh, file)
        os.unlink(fresh)
    return file.read_text()


def is_demo(folder: Path) -> bool:
    """Thế giới mẫu: theo ``TINHGON_DEMO`` (1/0); không đặt thì theo dấu mà lần nạp thế giới mẫu để lại."""
    if said := os.environ.get("TINHGON_DEMO"):
        return said == "1"
    mark = demo_mark(folder)
    return mark.exists() and mark.read_text() == database_url(folder)


def demo_mark(folder: Path) -> Path:
    """Dấu "cơ sở dữ liệu này là thế giới mẫu": chứa địa chỉ của nó, để không nhầm với cơ sở dữ liệu khác."""
    return folder / "demo"


def socket_folder(folder: Path) -> Path:
    """Ổ cắm unix của PostgreSQL nhúng (đường dẫn bị giới hạn 107 byte)."""
    return folder / "run"


def database_url(folder: Path) -> str:
    """``DATABASE_URL``, hoặc ổ cắm của PostgreSQL nhúng trong thư mục dữ liệu."""
    if url := os.environ.get("DATABASE_URL"):
        return url
    quoted = str(socket_folder(folder)).replace("/", "%2F")
    return f"postgresql://tinhgon@{quoted}/tinhgon"
