"""Máy chủ PostgreSQL dùng một lần cho các phép đo: ghi chắc xuống đĩa như thật, dọn khi xong."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def house() -> Iterator[Path]:
    """Thư mục dữ liệu tạm, máy chủ chạy, bảng đã tạo, Django sẵn sàng."""
    with tempfile.TemporaryDirectory(prefix="tgb-", dir="/tmp") as folder:
        path = Path(folder)
        path.chmod(0o755)
        os.environ.update(TINHGON_HOME=folder, DJANGO_SETTINGS_MODULE="tinhgon.config.settings")
        os.environ.pop("DATABASE_URL", None)
        from tinhgon.config.postgres import Server  # noqa: PLC0415  (cần TINHGON_HOME đã đặt)

        server = Server(path)
        server.ensure()
        try:
            import django  # noqa: PLC0415
            from django.core.management import call_command  # noqa: PLC0415

            django.setup()
            call_command("migrate", verbosity=0)
            yield path
        finally:
            server.stop("immediate")
