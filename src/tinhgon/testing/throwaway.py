"""Máy chủ dùng một lần của một phiên pytest: thư mục tạm ngắn, không ghi chắc xuống đĩa, luôn được dọn.

``prepare()`` chỉ đặt biến môi trường (gọi trước khi Django đọc cấu hình); ``start()`` mới chạy máy chủ, nên phiên chỉ có
phép thử thuần không mất nửa giây. Người dọn là một tiến trình riêng chờ đầu ống kia đóng lại, nên dọn được cả khi
pytest bị kill -9.
"""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_folder: Path | None = None


def prepare() -> None:
    """Chọn thư mục dữ liệu tạm; có sẵn ``DATABASE_URL`` thì phép thử dùng máy chủ ấy."""
    global _folder
    if _folder is None:
        _folder = Path(tempfile.mkdtemp(prefix="tg-", dir="/tmp" if os.access("/tmp", os.W_OK) else None))
        _folder.chmod(0o755)  # với root, nobody phải đi qua được
        os.environ["TINHGON_HOME"] = str(_folder)
        atexit.register(shutil.rmtree, _folder, ignore_errors=True)


def start() -> None:
    """Chạy máy chủ của phiên, một lần; không làm gì khi đã có ``DATABASE_URL``."""
    from tinhgon.config.postgres import THROWAWAY, Server  # noqa: PLC0415  (cần Django đã nạp; prepare() chạy trước đó)

    if _folder is None or os.environ.get("DATABASE_URL"):
        return
    reaper = subprocess.Popen(
        [sys.executable, "-m", "tinhgon.testing.reaper", str(_folder)],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    atexit.register(_finish, reaper)
    Server(_folder, settings=THROWAWAY).ensure()


def _finish(reaper: "subprocess.Popen[bytes]") -> None:
    assert reaper.stdin
    reaper.stdin.close()
    reaper.wait(timeout=60)
