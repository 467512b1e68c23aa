"""Mỗi phiên pytest có máy chủ PostgreSQL riêng (tinhgon.testing.throwaway), hoặc dùng ``DATABASE_URL``."""

import os
import signal

import pytest
from hypothesis import settings

from tinhgon.config import messages
from tinhgon.testing import throwaway

pytest_plugins = ["tinhgon.testing.committed", "tinhgon.testing.real", "tinhgon.testing.storing"]

# Trong CI cùng mã thì cùng kết quả; tìm lỗi mới là việc của máy người viết và của ``make bench``.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """pytest-django gọi trước khi tạo cơ sở dữ liệu thử: chỗ muộn nhất để chạy máy chủ."""
    throwaway.start()


def _stop_politely(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def pytest_configure() -> None:
    """Bản dịch tiếng Anh không được commit dạng .mo: biên dịch trước, như ``tinhgon up`` vẫn làm."""
    messages.compile_stale()
    signal.signal(signal.SIGTERM, _stop_politely)  # bị bảo dừng thì vẫn dọn: nhà của hành trình, máy chủ dùng một lần
